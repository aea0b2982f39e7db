"""The cost of a password check, chosen once (docs/adr/0007-password-hash-cost.md)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LeanArgon2Hasher(Argon2PasswordHasher):
    """argon2id at OWASP's minimum: 19 MiB, 2 passes, 1 lane; about 15 ms of one core."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
