"""Several photos become one PDF, a page each. Photos are laid in as they are, not compressed again."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image

#: Points: A4, the paper of all our countries but two. A photo keeps its shape within it.
SHORT_SIDE, LONG_SIDE = 595, 842


def assemble(photos: Sequence[bytes]) -> bytes:
    """`photos` are pictures that inspection wrote. The same photos in the same order give the same bytes."""
    document = pikepdf.new()
    for photo in photos:
        _add_page(document, *_as_jpeg(photo))
    kept = io.BytesIO()
    document.save(kept, deterministic_id=True)
    return kept.getvalue()


def _as_jpeg(photo: bytes) -> tuple[bytes, int, int]:
    with Image.open(io.BytesIO(photo)) as image:
        if image.format == "JPEG":
            return photo, image.width, image.height
        paper = Image.new("RGB", image.size, "white")
        clear = image.convert("RGBA")
        paper.paste(clear, mask=clear.getchannel("A"))
    kept = io.BytesIO()
    paper.save(kept, "JPEG", quality=85)
    return kept.getvalue(), paper.width, paper.height


def _add_page(document: pikepdf.Pdf, jpeg: bytes, width: int, height: int) -> None:
    picture = pikepdf.Stream(document, jpeg)
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    room = (SHORT_SIDE, LONG_SIDE) if height >= width else (LONG_SIDE, SHORT_SIDE)
    scale = min(room[0] / width, room[1] / height)
    wide, high = round(width * scale, 2), round(height * scale, 2)
    page = document.add_blank_page(page_size=(wide, high))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=picture))
    page.obj.Contents = pikepdf.Stream(document, f"q {wide} 0 0 {high} 0 0 cm /Photo Do Q".encode())
