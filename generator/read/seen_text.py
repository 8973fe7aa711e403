"""Turn text as it is written in files into what people read of it."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import chain
from urllib.parse import unquote_plus

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
