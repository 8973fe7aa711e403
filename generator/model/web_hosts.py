"""The address of a link in; the host that it leads to, as people read it, and why nobody can trust what they read out.

Addresses are taken apart as browsers do: signs that they pass over don't count, a backslash is a slash, how many slashes stand
there doesn't matter.
"""

from __future__ import annotations

import re
import unicodedata

_PASSED_OVER = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")
_AUTHORITY = re.compile(r"(?:https?:[/\\]*|[/\\]{2,})([^/\\?#]*)", re.IGNORECASE)
_PORT = re.compile(r":\d*\Z")
_OWN_NETWORK = re.compile(
    r"(?:\A|\.)(?:localhost|local|internal|intranet|intern|lan|home|corp|private|localdomain|home\.arpa|fritz\.box)\Z"
)
_NUMBER = re.compile(r"(?:\A|\.)(?:\d+|0x[0-9a-f]*)\Z")


def host_of(address: str) -> str:
    """Return the host of an address as people read it: no `www.`, letters instead of `xn--`; empty where it leads to none."""
    return _readable(_host(address)).removeprefix("www.")


def deceives(address: str) -> str:
    """Say why what people read of an address is not where it leads; empty where it is."""
    authority = _authority(address)
    if "@" in authority:
        return "vor dem @ steht ein Name, der nicht das Ziel ist"
    host = _readable(_host(address))
    odd = next((sign for sign in host if not (sign.isalpha() or sign in "0123456789-.[]:_")), "")
    if odd:
        return f"der Name enthält „{odd}“"
    if "xn--" in host:
        return "der Name lässt sich nicht lesen"
    if len({_alphabet(sign) for sign in host if sign.isalpha()}) > 1:
        return "der Name mischt Buchstaben aus mehreren Alphabeten"
    return ""


def is_own_network(address: str) -> bool:
    """Tell whether an address leads into the network of whoever reads it: their own device, an intranet, a number without a name."""
    host = _host(address)
    if not host:
        return False
    return host.startswith("[") or "." not in host or bool(_OWN_NETWORK.search(host) or _NUMBER.search(host))


def _authority(address: str) -> str:
    found = _AUTHORITY.match(_PASSED_OVER.sub("", address))
    return found[1] if found else ""


def _host(address: str) -> str:
    return _PORT.sub("", _authority(address).rpartition("@")[2]).lower().rstrip(".")


def _readable(host: str) -> str:
    """Return a host with letters instead of `xn--`; what can't be read stays."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]
