"""The demo's own secrets, made once and kept beside its data."""

import base64
import secrets
from pathlib import Path


def keep_secrets(path: Path) -> dict[str, str]:
    """Read the secrets from `path`, or make them; the file is ours alone (0600)."""
    if not path.exists():
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"DJANGO_SECRET_KEY={secrets.token_urlsafe(50)}\nFIELD_ENCRYPTION_KEYS={key}\n")
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)
