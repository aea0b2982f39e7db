"""What people and machines type by mistake or on purpose, by the kind of field it reaches."""

NUMBERS = [
    "",
    "abc",
    "-1",
    "1.5",
    "1,5",
    str(2**63),
    "9" * 6000,
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "1E999999999",
    "true",
    "\x00",
    "0x10",
    "--5",
]
DATES = ["0-1-1", "10000-1-1", "2027-02-30", "24:00", "x-y-z", "0001-01-01", "9999-12-31", "\x00"]
TIMES = ["", "24:00", "25:61", "abc", "9999", "\x00", "12:00+14:00", "-1:00"]
TEXTS = ["", "   ", "a\x00b", "\u200b", "z" * 1_000_000, "a" + "\u0301" * 5000]
HARMLESS_TEXTS = [
    "O'Brien",
    "{{ 7*7 }}{% include 'x' %}${7*7}",
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE x;--",
    "สวัสดี",
    "👩‍🔬",
    "=1+1",
]
