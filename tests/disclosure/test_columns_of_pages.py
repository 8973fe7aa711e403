"""Which columns of a page's tables and data say how many were counted, by their headings; what the audit knows of an indicator."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.derive.indicator_series import committed_series
from generator.disclosure.site_audit.site import _Known, _known, audit_site
from generator.disclosure.site_audit.spoken_names import any_of
from generator.model.cells import Cell, Series, Status
from generator.read.indicator_folders import tables_of
from generator.read.project import read_project
from tests.disclosure.test_site_told_whole import TITLE, VALUES, Town
from tests.disclosure.worlds import DEFAULTS, DEFINITION, indicator, write_project

ABOUT_THE_AREA = """\
jahr year jahre code id @id nr nummer position index rang rank level ebene tiefe depth order sort-order area fläche einwohner einwohner/innen je per base basis
decimals schwelle threshold size bytes width height breite höhe länge x y x1 x2 y1 y2 r cx cy zoom scale maßstab version format hash digest telefon telephone
phone tel fax plz postleitzahl postalcode zip hausnummer house street straße streetaddress alter age ages preis price kosten öffnungszeiten opens closes hours
uhr dauer duration entfernung distance meter colour color theme-color viewport mask date-von datebis valid validFrom data-jahr data-wert-id DATA-ZOOM
og:image:width twitter:card article:tag dc:date dcterms:x og:url data-straße
nenner denominator zeitraum period schlüssel kennung gebietsschlüssel stand datum date ausgabe release sha256 sha geometry coordinates bbox latitude longitude
angebot angebote offers lat lon lng breitengrad längengrad x:width x:height x:alt-length bild-width bild_height spalte.id-code logo-px schrift-size wohn_id JAHR
"""
"""What tells where or when something is, how it is drawn, how to reach it or how a figure is made."""
COUNTS = """\
anzahl zähler wert quote hilfen familien jahrgang jahren codes ids nummern rangliste widths width2 basiswert grundfläche standort datumsfeld nenners latten
og:title twitter:description dc:title.x og data- meterzahl x3 y0 bild:px x:widths lngs schlüssel2 perle xid size2 stunden
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    reading = read_project(write_project(tmp_path_factory.mktemp("stadt"), DEFINITION, VALUES))
    assert reading.site is not None
    return reading.site, reading, committed_series(reading.site, tables_of(reading.indicators))


def test_only_columns_that_say_how_many_are_read_as_counts(town: Town, tmp_path: Path) -> None:
    """One row of Birke, whose counts are withheld, with a number of its own in each column."""
    headings = [*ABOUT_THE_AREA.split(), *COUNTS.split()]
    values = {f"1,{number}": heading for number, heading in enumerate(headings, 1001)}
    lines = [TITLE, ";".join(("Gebiet", "Zeit", *values.values())), ";".join(("Birke", "2025", *values))]
    (tmp_path / "leck.csv").write_text("\n".join(lines), "utf-8")
    said = [item.message.rpartition(" ")[2] for item in audit_site(*town, tmp_path)]
    assert [values[value] for value in said] == COUNTS.split()


def known(*cells: Cell, **definition: Any) -> _Known:
    return _known(indicator(**definition), cast(Series, SimpleNamespace(cells={one.key: one for one in cells})), DEFAULTS, lambda period: [f"im Jahr {period}"])  # fmt: skip


def decimals(*numbers: str) -> frozenset[Decimal]:
    return frozenset(map(Decimal, numbers))


def test_what_is_known_of_an_indicator_that_says_little() -> None:
    found = known(title="Hilfen")
    words = any_of({"hilfen"}, re.IGNORECASE)
    assert found == _Known(indicator(title="Hilfen"), {}, frozenset(), {}, decimals(), words, ())  # fmt: skip


def test_all_that_is_known_of_an_indicator() -> None:
    """Its own words say what is counted; every number of its cells and their bounds may stand on a page, as the table shows them."""
    values = [{"id": "u3", "name": "Unter 3"}, {"id": "ab3", "name": "Ab 3", "name_en": "From 3"}]
    definition: dict[str, Any] = {
        "title": "Hilfen für Kinder im Jahr",
        "says": "Von 40 Kindern so viele.",
        "numerator": "Anträge und Fälle, Typ 2",
        "denominator": "Kinder unter 6",
        "unit": "Stunden am Ort",
        "per": 1000,
        "disclosure": {"threshold": 3},
        "breakdowns": [{"id": "alter", "name": "Alter", "values": values}],
    }
    cells = (
        Cell("a", "2025", ("u3",), Decimal("333.3333"), 1, 3, 12.34567, None),
        Cell("a", "2024", ("u3",), None, None, 9, None, 2.5, Status.SECRET),
        Cell("b", "2024", ("",), None, None, None, None, None, Status.SECRET),
        Cell("c", "2023", ("ab3",), None, None, 8, None, None, Status.UNRELIABLE),
    )
    found = known(*cells, **definition)
    assert found.secret == {("a", "2024", ("u3",)): 9, ("b", "2024", ("",)): None}
    assert found.there == {one.key for one in cells}
    assert found.periods["2023"] == found.periods["im Jahr 2023"] == "2023"
    # Counts below the threshold are never published.
    assert found.shown == decimals("9", "8", "333.3333", "12.34567", "2.5")
    # Short words and small ones are no nouns, and what a value is called may be a number.
    text = "In 2025 Ab 3 von 40 Kinder Unter 3, Anträge am Ort und u3: 7"
    assert found.words.sub("_", text) == "In _ _ von 40 _ _, _ am Ort und _: 7"
    assert found.values == ({"u3": "u3", "unter 3": "u3", "ab3": "ab3", "ab 3": "ab3", "from 3": "ab3"},)
    assert found.indicator == indicator(**definition)
