"""Languages of the program that Django does not know yet."""

EXTRA_LANG_INFO = {
    "fil": {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"},
    "lo": {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"},
    "tet": {"bidi": False, "code": "tet", "name": "Tetum", "name_local": "Tetun"},
}
