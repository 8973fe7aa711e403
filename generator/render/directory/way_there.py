"""Where something is in, the ways to get there out: the address to take along, a map program, a map in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from generator.model.facts import Location
from generator.render.base.wording import address_text


@dataclass(frozen=True, slots=True)
class WayThere:
    """What leads to a place; empty is what isn't there.

    `address` is what is copied. `app` opens a device's map program (RFC 5870), `apple` the one of devices that don't know that
    scheme: scripts show the one that works. `web` is a page of another host, which learns of it by being tapped only. With `kept` it is said that
    map programs remember where one wanted to go.
    """

    address: str
    app: str = ""
    apple: str = ""
    web: str = ""
    kept: bool = False


def way_there(location: Location, *, discreet: bool) -> WayThere | None:
    """Return the ways to a location; with `discreet` none that leaves the device, and with what stays on it. None where nobody is told where it is."""
    address, point = address_text(location.address), location.point
    if point is None:
        return WayThere(address) if address else None
    there = f"{point.latitude},{point.longitude}"
    # What stands in brackets is the pin's label: the street, so that no program keeps what one went there for.
    label = quote(f"({address})") if address else ""
    return WayThere(
        address=address,
        app=f"geo:{there}?q={there}{label}",
        apple=f"maps:?daddr={there}",
        kept=discreet,
        web=""
        if discreet
        else f"https://www.openstreetmap.org/directions?to={quote(there)}#map=16/{there.replace(',', '/')}",
    )
