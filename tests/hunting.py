"""A built site in, everything that can be read out of it out: names, text, and what is packed inside of files."""

import base64
import binascii
import gzip
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

_DATA_URI = re.compile(rb"data:[\w/+.\-]+;base64,([A-Za-z0-9+/=]+)")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_DEPTH = 4


def haystack(site: Path) -> str:
    """All text of a site: names of files, entities resolved, white space folded, thousands as plain digits too."""
    parts = []
    for path in sorted(site.rglob("*")):
        parts.append(path.relative_to(site).as_posix())
        if path.is_file():
            data = path.read_bytes()
            parts += [piece.decode("utf-8", "replace") for piece in unpacked(data)]
            if data.startswith(b"%PDF"):
                parts.append(pdf_text(path))
    return readable(" ".join(parts))


def readable(text: str) -> str:
    """Resolve entities and escapes, drop soft hyphens and joiners, fold white space; numbers also without separators."""
    text = unescape(text)
    text += " " + unquote(text) if "%" in text else ""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    folded = " ".join(re.sub("[\u00ad\u200b-\u200d\u2060]", "", text).split())
    return folded + re.sub(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3})", "", folded)


def unpacked(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """Yield the bytes of a file, and those of everything packed in it: ZIP (XLSX), gzip, PDF, PNG, data URIs."""
    yield data
    if depth == 0:
        return
    for inner in _inside(data):
        yield from unpacked(inner, depth - 1)


def _inside(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode() + b" " + entry.comment
                yield archive.read(entry)
    elif data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    elif data.startswith(b"%PDF"):
        for match in _STREAM.finditer(data):
            try:
                yield zlib.decompress(match[1])
            except zlib.error:
                yield match[1]
        # Texts of outline, title and links in UTF-16, as hexadecimal digits or as they are.
        yield data.decode("utf-16-be", "ignore").encode()
        for match in re.finditer(rb"<((?:[0-9A-Fa-f]{2})+)>", data):
            yield bytes.fromhex(match[1].decode()).decode("utf-16-be", "ignore").encode()
        for match in re.finditer(rb"\(\xfe\xff((?:[^()\\]|\\.)*)\)", data, re.DOTALL):
            yield match[1].decode("utf-16-be", "ignore").encode()
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _chunks(data)
    for match in _DATA_URI.finditer(data):
        try:
            yield base64.b64decode(match[1])
        except binascii.Error:
            continue


def _chunks(data: bytes) -> Iterator[bytes]:
    """What a PNG says beside its picture; a compressed text follows a keyword and its marks."""
    position = 8
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4])
        kind, content = data[position + 4 : position + 8], data[position + 8 : position + 8 + size]
        position += size + 12
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            for start in (match.start() for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content)):
                try:
                    yield zlib.decompress(content[start:])
                    break
                except zlib.error:
                    continue
        elif kind == b"IDAT":
            continue
        yield content


def pdf_text(path: Path) -> str:
    """The words of a PDF, as a reader shows them; without poppler only its streams are searched."""
    program = shutil.which("pdftotext")
    if program is None:
        return ""
    return subprocess.run([program, str(path), "-"], capture_output=True, text=True, check=True).stdout
