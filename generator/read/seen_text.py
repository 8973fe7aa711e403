"""Read text as people see it, out of any file's bytes."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import chain
from urllib.parse import unquote_plus

from generator.read.value_tables import decode

WRITTEN = r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|(?:</?\w[\w-]*(?:[\s/][^<>]*)?>)+|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|(?:%20|[%=][89a-fA-F][0-9a-fA-F])+|=[\w%.,\-]+(?:\+[\w%.,\-]+)+"
"""What isn't read as it stands: `&amp;`, `<b>`, `\\u00e4` of JSON, `%C3%BC` of links, `=C3=BC` of mails, `=Haus+am+See` of forms."""
_WRITTEN = re.compile(WRITTEN)
_SIGNS = frozenset("&<\\%=")  # each of these has one of them
# An attribute's value, in quotes or not.
_VALUE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


@lru_cache(maxsize=16)
def seen(text: str) -> str:
    """Return a text as people read it.

    >>> seen('<img alt="Haus am See">im Linden<b>hof</b>, M\\\\u00e4dchen &amp; M%C3%BCtter')
    ' Haus am See im Lindenhof, Mädchen & Mütter'
    """
    if _SIGNS.isdisjoint(text):
        return text
    return _WRITTEN.sub(read_as, text)


def read_as(match: re.Match[str]) -> str:
    """Return what people read of an entity, tags or escapes."""
    written = match[0]
    if written.startswith("&"):
        return unescape(written)
    if written.startswith("<"):
        return _of_tags(match)
    if written.startswith("\\"):
        return chr(int(written[2:], 16))
    if "+" in written:
        return unquote_plus(written)
    try:
        return bytes.fromhex(re.sub("[%=]", "", written)).decode()
    except UnicodeDecodeError:
        return written


def _of_tags(match: re.Match[str]) -> str:
    """Return attributes' values; tags without any part words before a capital or digit: `Linden<b>hof` is one, `Hof<br>Am` two."""
    values = " ".join(filter(None, chain.from_iterable(_VALUE.findall(match[0]))))
    after = match.string[match.end() : match.end() + 1]
    if values or after.isupper() or after.isdigit():
        return f" {values} "
    return ""


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
    return "\n".join(chain.from_iterable(map(_find_readable_lines, parts)))


def _find_readable_lines(data: bytes) -> Iterator[str]:
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
