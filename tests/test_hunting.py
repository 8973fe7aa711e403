"""The hunt itself: whatever a secret is packed in, it is found."""

import base64
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.hunting import haystack

SECRET = "Kallmorgenweg"


def workbook() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = SECRET  # type: ignore[index]
    book.save(stream)
    return stream.getvalue()


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.json.gz", gzip.compress(SECRET.encode()))
    return stream.getvalue()


def picture(*, compressed: bool) -> bytes:
    info, stream = PngInfo(), io.BytesIO()
    info.add_text("Comment", SECRET, zip=compressed)
    Image.new("1", (1, 1)).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def international() -> bytes:
    info, stream = PngInfo(), io.BytesIO()
    info.add_itxt("Comment", SECRET, zip=True)
    Image.new("1", (1, 1)).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def camera() -> bytes:
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET
    Image.new("RGB", (8, 8)).save(stream, "PNG", exif=exif)
    return stream.getvalue()


def stream_of_a_pdf() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + zlib.compress(SECRET.encode()) + b"\nendstream\nendobj\n%%EOF"
    )


def title_of_a_pdf() -> bytes:
    title = b"".join(struct.pack(">H", ord(sign)) for sign in SECRET)
    return b"%PDF-1.7\n1 0 obj\n<</Title <feff" + title.hex().encode() + b">>>\nendobj\n%%EOF"


HIDDEN: dict[str, Callable[[], bytes]] = {
    "a.html": lambda: b"<p>Kall&shy;morgen&#119;eg</p>",
    "b.json": lambda: b'{"a": "Kallmor\\u0067enweg"}',
    "c.svg": lambda: b"<svg><title>Kallmorgenweg</title></svg>",
    "d.html": lambda: (
        b'<img src="data:image/png;base64,' + base64.b64encode(picture(compressed=True)) + b'">'
    ),
    "e.gz": lambda: gzip.compress(SECRET.encode()),
    "f.xlsx": workbook,
    "g.zip": archive,
    "h.png": lambda: picture(compressed=False),
    "i.png": lambda: picture(compressed=True),
    "j.png": international,
    "k.png": camera,
    "l.pdf": stream_of_a_pdf,
    "m.pdf": title_of_a_pdf,
    "n.html": lambda: b'<a href="?q=Kallmorgen%77eg">',
    "Kallmorgenweg.txt": lambda: b"",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_secret_is_found_in_whatever_it_is_packed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.hunting.pdf_text", lambda path: "")
    (tmp_path / name).write_bytes(HIDDEN[name]())
    assert SECRET in haystack(tmp_path)


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"Uferweg"))
    assert SECRET not in haystack(tmp_path)
