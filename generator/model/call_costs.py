"""Tell why calling a telephone number costs more than a call: services at a price by the minute, satellites, other countries."""

from __future__ import annotations

import re
from typing import NamedTuple


class Price(NamedTuple):
    """A kind of numbers: how one begins as it is dialled, what it is, and whether it may be named when somebody has looked."""

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
    """Return what makes a number dear; None where it costs no more than any call."""
    called = re.sub(r"\D", "", re.sub(r"^\s*\+", "00", number))
    # „+49 (0)40 …“ is dialled without the second zero.
    called = re.sub(r"^00490?(?=\d)", "0", called)
    return next((kind for kind in PRICES if kind.begins.match(called)), None)
