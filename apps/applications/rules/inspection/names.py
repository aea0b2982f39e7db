"""What a file's name and declared type may say. They can refuse a file; they never make one acceptable."""

import re
import unicodedata
from pathlib import PurePosixPath

from apps.applications.rules.inspection.refusals import Refused

EXTENSIONS = {"pdf": "pdf", "jpg": "jpeg", "jpeg": "jpeg", "png": "png", "docx": "docx"}
#: What iPhones keep photos as. Browsers hand over a JPEG when only JPEG is asked for; files apps do not.
APPLE_PHOTOS = {"heic", "heif"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: "scan.html.pdf": an inner ending that a careless program might go by.
RUNS = frozenset(
    {"exe", "com", "scr", "bat", "cmd", "ps1", "msi", "dll", "js", "jse", "vbs", "vbe", "wsf", "hta", "jar"}
    | {"apk", "sh", "php", "phtml", "asp", "aspx", "jsp", "cgi", "pl", "py", "htm", "html", "xhtml", "shtml"}
    | {"mht", "svg", "xml", "url", "lnk", "desktop", "docm", "dotm", "xlsm", "pptm"}
)
#: Types that a browser or a desktop would act on. Others are guesses of the device and say nothing.
ACTIVE_TYPE = re.compile(
    r"html|xml\b|svg|script|msdownload|msdos|executable|x-sh\b|php|java-archive|macroenabled"
)
#: Names that Windows keeps for devices.
DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
LONGEST_STEM, LONGEST_EXTENSION = 90, 8


def shown_name(name: str) -> str:
    """The file's own name, safe to show and to download under: no folders, control or direction marks."""
    base = PurePosixPath(name[:5000].replace("\\", "/")).name
    kept = "".join(each for each in base if unicodedata.category(each) not in ("Cc", "Cf", "Cs"))
    tidy = re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip(". ")
    tidy = DEVICES.sub(r"file-\1", tidy)
    stem, _dot, extension = tidy.rpartition(".")
    return f"{stem[:LONGEST_STEM]}.{extension[:LONGEST_EXTENSION]}" if stem else (tidy[:100] or "document")


def kind_of(name: str, declared_type: str = "") -> str:
    """The one kind the name claims, or Refused. The content still has to be of that kind."""
    *inner, extension = shown_name(name).lower().split(".")
    if extension in APPLE_PHOTOS:
        raise Refused("heic")
    if extension not in EXTENSIONS or name != name.rstrip(". ") or RUNS & set(inner[1:]):
        raise Refused("type")
    kind = EXTENSIONS[extension]
    if declared_type != CONTENT_TYPES[kind] and ACTIVE_TYPE.search(declared_type.lower()):
        raise Refused("type")
    return kind
