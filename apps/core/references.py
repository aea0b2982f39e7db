"""Short references people can read aloud: no vowels, no look-alikes, one check character."""

import secrets

#: Crockford's base 32 without vowels, so that no word appears by chance.
ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"[:30]


def new_reference(prefix: str, length: int = 7) -> str:
    """For example AP-7K3M-2QX4. About 30**7 = 2 * 10**10 references a prefix; unique by constraint."""
    digits = [secrets.randbelow(30) for _ in range(length)]
    check = sum((position + 1) * digit for position, digit in enumerate(digits)) % 29
    text = "".join(ALPHABET[digit] for digit in [*digits, check])
    return f"{prefix}-{text[:4]}-{text[4:]}"
