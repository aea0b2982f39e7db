"""Pictures: decoded within a limit of points and written anew, so that only the picture is left."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from apps.applications.rules.inspection.refusals import Refused

MOST_PIXELS = {"jpeg": 100_000_000, "png": 16_000_000}
LONGEST_SIDE = 2400
QUALITY = 85


def clean_picture(content: bytes, kind: str) -> bytes:
    """A JPEG of any phone is decoded at a fraction of its size; a PNG has to be decoded whole.

    Several frames in a JPEG are a phone's own extras (depth, brightness) and are left behind; a PNG
    with several is an animation and is refused. Place, device, comments, colour profiles and
    whatever hides behind the picture do not come along; the way it was held does.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as image:
            animated = kind == "png" and getattr(image, "n_frames", 1) > 1
            if image.width * image.height > MOST_PIXELS[kind] or animated:
                raise Refused("large")
            return _written(_plain(image, kind), kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise error if isinstance(error, Refused) else Refused("content") from error


def _plain(image: Image.Image, kind: str) -> Image.Image:
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    clear = kind == "png" and (upright.mode in ("RGBA", "LA") or "transparency" in upright.info)
    plain = upright.convert("RGBA" if clear else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return plain


def _written(plain: Image.Image, kind: str) -> bytes:
    plain.info = {}
    kept = io.BytesIO()
    plain.save(kept, kind.upper(), **({"quality": QUALITY} if kind == "jpeg" else {}))
    return kept.getvalue()
