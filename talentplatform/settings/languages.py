"""Languages of the program that Django does not know yet, or does not call by their own name."""

EXTRA_LANG_INFO = {
    "fil": {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"},
    "km": {"bidi": False, "code": "km", "name": "Khmer", "name_local": "ខ្មែរ"},
    "lo": {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"},
    "tet": {"bidi": False, "code": "tet", "name": "Tetum", "name_local": "Tetun"},
}
