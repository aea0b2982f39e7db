"""Names of languages in a workbook ("English (en)", "french", "SW") and our codes for them."""

import re
from hashlib import sha256

NAMES = {
    **{"en": "English", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "fil": "Filipino", "th": "Thai"},
    **{"vi": "Vietnamese", "km": "Khmer", "lo": "Lao", "my": "Burmese", "zh-hans": "Chinese"},
    **{"pt": "Portuguese", "tet": "Tetum", "fr": "French", "es": "Spanish", "sw": "Swahili", "ar": "Arabic"},
    **{"hi": "Hindi", "bn": "Bengali", "ne": "Nepali", "ru": "Russian", "am": "Amharic", "so": "Somali"},
    **{"ur": "Urdu", "de": "German", "it": "Italian", "nl": "Dutch", "ja": "Japanese", "ko": "Korean"},
    **{"tl": "Tagalog", "jv": "Javanese", "rw": "Kinyarwanda", "ha": "Hausa", "ps": "Pashto", "fa": "Dari"},
}
ALSO = {
    **{"indonesian": "id", "malay": "ms", "pilipino": "fil", "myanmar": "my", "tetun": "tet"},
    **{"español": "es", "français": "fr", "francais": "fr", "português": "pt", "kiswahili": "sw"},
    **{"simplified chinese": "zh-hans", "mandarin": "zh-hans", "laotian": "lo", "cambodian": "km"},
}
CODES = {name.lower(): code for code, name in NAMES.items()} | ALSO
SAME = {"zh": "zh-hans", "zh-cn": "zh-hans", "in": "id", "iw": "he"}
IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\s*\)\s*$")
CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")


def code_of(name: str) -> str:
    """A language tag; a private one ("x-…"), always the same for the same name, when we know none."""
    plain = " ".join(name.lower().split())
    found = IN_BRACKETS.search(name)
    if found:
        code = found[1].lower()
    elif plain in CODES:
        code = CODES[plain]
    elif CODE.fullmatch(plain):
        code = plain
    else:
        return "x-" + sha256(plain.encode()).hexdigest()[:8]
    return SAME.get(code, code)


def name_of(code: str) -> str:
    """What we call a language in a workbook that has no name for it yet."""
    return f"{NAMES[code]} ({code})" if code in NAMES else code


def codes_for(names: list[str], unlabelled: str) -> dict[str, str]:
    """Code by name. Two names of one language are two languages: the second gets a private code.

    `unlabelled` is the code of texts in a column without a language ("").
    """
    codes: dict[str, str] = {}
    for name in names:
        code = code_of(name)
        if code in codes.values():
            code = "x-" + sha256(name.encode()).hexdigest()[:8]
        codes[name] = code
    return {**codes, "": unlabelled}
