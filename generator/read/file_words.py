"""Find the words in the bytes of any file.

Pictures' metadata (EXIF, IPTC, XMP, PNG texts) are text, maybe packed or hexadecimal. All bytes are searched,
so that no format must be known.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from itertools import chain

from generator.read.value_tables import decode

# JPEG, PNG, GIF, WebP, TIFF, HEIC; then PDF, RTF or control characters, which no text has.
_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*|.{4}ftyp", re.DOTALL)
_OTHER_PROGRAMS = re.compile(rb"\A(?:%PDF|\{\\rtf)|[\x01-\x08\x0e-\x1a]")
# Eight letters or more in UTF-8 or Windows-1252 (its umlauts); the first brackets refuse most places at once.
_PRINTED = re.compile(
    rb"(?=[\t\n\r -~\x80-\xfc]{8})(?:[\t\n\r -~]|[\xc2-\xf4][\x80-\xbf]{1,3}|[\xc4\xd6\xdc\xdf\xe4\xf6\xfc]){8,300}"
)
# The same in UTF-16, by the order of its bytes.
_WIDE = re.compile(rb"(?:[ -~\xa0-\xff]\0){8,300}"), re.compile(rb"(?:\0[ -~\xa0-\xff]){8,300}")
_PACKED = re.compile(rb"(?<!IDAT)\x78[\x01\x5e\x9c\xda]")  # how zlib begins, but for the pixels of a PNG
_HEXADECIMAL = re.compile(rb"(?:[0-9a-fA-F]{2}\n?){20,}")  # as ImageMagick writes metadata into a PNG
# UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNPACKED = 2_000_000
"""So many bytes of a file are unpacked at most: a small one may hold gigabytes."""


def is_picture(data: bytes) -> bool:
    """Tell whether bytes begin as pictures do."""
    return _PICTURE.match(data) is not None


def words_of(data: bytes) -> str | None:
    """Return a file's words, a picture's as unordered lines; None of what is no text."""
    if is_picture(data):
        return printed(data)
    if data.startswith(_MARKS):
        return data.decode("utf-32" if data.startswith(_MARKS[:2]) else "utf-16", "replace")
    if b"\0" in data:
        return _wide(data)
    return None if _OTHER_PROGRAMS.search(data) else decode(data)


def printed(data: bytes) -> str:
    """Return all readable text among bytes, unpacked too."""
    unpacked = b"\0".join(_unpacked(data))
    parts = [data, unpacked, *map(_from_hexadecimal, _HEXADECIMAL.findall(data + b"\0" + unpacked))]
    return "\n".join(chain.from_iterable(map(_lines, parts)))


def _lines(data: bytes) -> Iterator[str]:
    for match in _PRINTED.finditer(data):
        yield decode(match[0])
    for pattern, encoding in zip(_WIDE, ("utf-16-le", "utf-16-be"), strict=True):
        for match in pattern.finditer(data):
            yield match[0].decode(encoding)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what can be unpacked among bytes."""
    left = _UNPACKED
    for match in _PACKED.finditer(data):
        try:
            part = zlib.decompressobj().decompress(memoryview(data)[match.start() :], left)
        except zlib.error:
            continue
        yield part
        left -= len(part)
        if left <= 0:
            return


def _from_hexadecimal(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode())


def _wide(data: bytes) -> str | None:
    """Return UTF-16 without mark as text, whose every second byte is mostly zero; None for others."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[first::2].count(0) * 2 > len(data[first::2]):
            return data.decode(encoding, "replace")
    return None
