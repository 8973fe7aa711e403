"""Say how a telephone number is dialled, why it costs more, or where a link leads.

Addresses are taken apart as browsers do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_TYPED = re.compile(
    r"(?<![\d+])(?!\d{1,2}\.[^\S\n]?\d{1,2}\.)(?:\+|\()?\d(?:(?:[()/.\-‐-―−]|[^\S\n]){0,5}\d){5,30}(?!\d)"
)
"""Digits with whatever people put between them on one line; a day is none."""


class TypedNumber(NamedTuple):
    """A telephone number in a text: digits as dialled, and place."""

    digits: str
    start: int
    end: int


def typed_numbers(text: str) -> Iterator[TypedNumber]:
    """Yield what may be telephone numbers, as people type them.

    >>> [number.digits for number in typed_numbers("Tel. +49 (0) 40 / 66 96 – 99 10, seit 1.2.2024")]
    ['04066969910']
    """
    for match in _TYPED.finditer(text):
        yield TypedNumber(dialled(match[0]), *match.span())


def dialled(number: str) -> str:
    """Return a number's digits as dialled in Germany, for comparison."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    # „+49 (0)40 …“ is dialled without the second zero.
    return re.sub(r"^(?:00)?490?(?=\d{7})", "0", digits)


_AREA = re.compile(r"\(?(0[2-9]\d{1,4})[\s/\-)]")  # „040 “, „(04102)“
_ABROAD = re.compile(r"^(?:\+|00)49[\s/\-]*(?:\(?0\)?)?\s*")  # „+49 (0)“
_NOWHERE = frozenset({"032", "0700", "0800", "0900"})
"""Look like area codes and belong to no place."""


def area_code(number: str) -> str:
    """Return a landline's separated area code; empty for others.

    >>> area_code("040 66969-1"), area_code("+49 (0)40 66969-1"), area_code("0800 22 55 530")
    ('040', '040', '')
    """
    match = _AREA.match(_ABROAD.sub("0", number.strip()))
    return "" if match is None or match[1] in _NOWHERE else match[1]


class Price(NamedTuple):
    """A kind of dear numbers: how they begin, a name, whether records may give them."""

    begins: re.Pattern[str]
    what: str
    allowed: bool = False


PRICES = (
    Price(re.compile(r"0(?:900|190)"), "ein Dienst zum Preis pro Minute"),
    Price(re.compile(r"013[78]"), "eine Nummer für Abstimmungen, zum Preis pro Anruf"),
    Price(re.compile(r"118\d{2,3}\Z"), "eine Auskunft zum Preis pro Minute"),
    Price(re.compile(r"00(?:870|88[1238])"), "ein Telefon über Satellit"),
    Price(re.compile(r"01[029]\d"), "ein Dienst mit eigenem Preis"),
    Price(re.compile(r"0180"), "eine Servicenummer: bis 60 Cent je Anruf", allowed=True),
    Price(re.compile(r"0700"), "eine persönliche Nummer, aus vielen Netzen teuer", allowed=True),
    Price(re.compile(r"00"), "eine Nummer in einem anderen Land", allowed=True),
)
"""The first that fits counts. Numbers that are free or cost what a call costs are none of them: 0800, 116, 115, area codes, mobiles."""


def price(number: str) -> Price | None:
    """Return what makes a number dear; None for usual prices."""
    called = dialled(re.sub(r"^\s*\+", "00", number))
    return next((kind for kind in PRICES if kind.begins.match(called)), None)


_IGNORED = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")  # what browsers leave out of an address
_AUTHORITY = re.compile(r"(?:https?:[/\\]*|[/\\]{2,})([^/\\?#]*)", re.IGNORECASE)  # `name@host:443`
_PORT = re.compile(r":\d*\Z")
_OWN_NETWORK = re.compile(
    r"(?:\A|\.)(?:localhost|local|internal|intranet|intern|lan|home|corp|private|localdomain|home\.arpa|fritz\.box)\Z"
)
_NUMERIC_HOST = re.compile(r"(?:\A|\.)(?:\d+|0x[0-9a-f]*)\Z")  # `192.168.0.1`, `0x7f000001`


def host_of(address: str) -> str:
    """Return an address' readable host, without `www.` and `xn--`; empty for none."""
    return _readable(_host_of_address(address)).removeprefix("www.")


def deceives(address: str) -> str:
    """Say why an address leads elsewhere than it looks; else empty."""
    authority = _authority_of_address(address)
    if "@" in authority:
        return "vor dem @ steht ein Name, der nicht das Ziel ist"
    host = _readable(_host_of_address(address))
    odd = next((sign for sign in host if not (sign.isalpha() or sign in "0123456789-.[]:_")), "")
    if odd:
        return f"der Name enthält „{odd}“"
    if "xn--" in host:
        return "der Name lässt sich nicht lesen"
    alphabets = {unicodedata.name(sign, "?").split()[0] for sign in host if sign.isalpha()}
    if len(alphabets) > 1:
        return "der Name mischt Buchstaben aus mehreren Alphabeten"
    return ""


def is_own_network(address: str) -> bool:
    """Tell whether an address leads into the reader's own network."""
    host = _host_of_address(address)
    if not host:
        return False
    return (
        host.startswith("[")
        or "." not in host
        or bool(_OWN_NETWORK.search(host) or _NUMERIC_HOST.search(host))
    )


def _authority_of_address(address: str) -> str:
    found = _AUTHORITY.match(_IGNORED.sub("", address))
    return found[1] if found else ""


def _host_of_address(address: str) -> str:
    return _PORT.sub("", _authority_of_address(address).rpartition("@")[2]).lower().rstrip(".")


def _readable(host: str) -> str:
    """Return a host with letters instead of `xn--`, if readable."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host
