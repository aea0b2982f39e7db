"""One mark for equal content."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of plain data in one canonical spelling: keys sorted, no spaces, numbers as text."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
