"""Which columns of a page's tables and data say how many were counted, by their headings; what the audit knows of an indicator; what its attack says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.derive.indicator_series import committed_series
from generator.diagnostics import Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.engine.attack import Evidence, FeasibilityInterval
from generator.disclosure.engine.linear_system import Statement
from generator.disclosure.published import Disclosure
from generator.disclosure.site_audit import site as site_audit
from generator.disclosure.site_audit.site import _attack, _Known, _known, audit_site
from generator.disclosure.site_audit.spoken_names import any_of
from generator.model.cells import Status
from generator.model.config import Thresholds
from generator.read.indicator_folders import tables_of
from generator.read.project import read_project
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.test_site_told_whole import TITLE, VALUES, Town
from tests.disclosure.worlds import DEFINITION, indicator, write_project

ABOUT_THE_AREA = """\
jahr year jahre code id @id nr nummer position index rang rank level ebene tiefe depth order sort-order area fläche einwohner einwohner/innen je per base basis
decimals schwelle threshold size bytes width height breite höhe länge x y x1 x2 y1 y2 r cx cy zoom scale maßstab version format hash digest telefon telephone
phone tel fax plz postleitzahl postalcode zip hausnummer house street straße streetaddress alter age ages preis price kosten öffnungszeiten opens closes hours
uhr dauer duration entfernung distance meter colour color theme-color viewport mask date-von datebis valid validFrom data-jahr data-wert-id DATA-ZOOM
og:image:width twitter:card article:tag dc:date dcterms:x og:url data-straße
nenner denominator zeitraum period schlüssel kennung gebietsschlüssel stand datum date ausgabe release sha256 sha geometry coordinates bbox latitude longitude
lat lon lng breitengrad längengrad x:width x:height x:alt-length bild-width bild_height spalte.id-code logo-px schrift-size wohn_id JAHR
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


def row(space: str, count: str | None, below: str | None, period: str = "2025", *values: str, sign: str = "") -> ValueRow:  # fmt: skip
    numbers = (None if one is None else Decimal(one) for one in (count, below))
    return ValueRow(space, period, values, *numbers, Status(sign), "", 2)


def known(*rows: ValueRow, cells: Any = (), **definition: Any) -> _Known:
    town = Thresholds(threshold=11, minimum_denominator=12, minimum_population=13)
    site = SimpleNamespace(config=SimpleNamespace(disclosure=town))
    folder = SimpleNamespace(indicator=indicator(**definition), table=ValueTable("values.csv", rows, ",") if rows else None)  # fmt: skip
    series = SimpleNamespace(cells=dict(enumerate(SimpleNamespace(low=low, high=high) for low, high in cells)))  # fmt: skip
    return _known(cast(Any, site), cast(Any, folder), cast(Any, series))


def decimals(*numbers: str) -> frozenset[Decimal]:
    return frozenset(map(Decimal, numbers))


def test_what_is_known_of_an_indicator_that_says_little() -> None:
    found = known(title="Hilfen")
    assert found == _Known(
        indicator(title="Hilfen"),
        {},
        frozenset(),
        (),
        decimals("0", "100"),
        decimals("11", "12", "13"),
        any_of({"hilfen"}, re.IGNORECASE),
        (),
    )


def test_all_that_is_known_of_an_indicator() -> None:
    """Its own words say what is counted; every number of its table, its rates and their bounds may stand on a page, written as exactly as anybody does."""
    values = [{"id": "u3", "name": "Unter 3"}, {"id": "ab3", "name": "Ab 3", "name_en": "From 3"}]
    definition: dict[str, Any] = {
        "title": "Hilfen für Kinder im Jahr",
        "says": "Von 40 Kindern so viele.",
        "numerator": "Anträge und Fälle, Typ 2",
        "denominator": "Kinder unter 6",
        "unit": "Stunden am Ort",
        "note": "Seit 2019 am 31. Dezember gezählt",
        "per": 1000,
        "breakdowns": [{"id": "alter", "name": "Alter", "values": values}],
        "disclosure": {"threshold": 7, "minimum_denominator": 20, "minimum_population": 300},
    }
    rows = (
        row("a", "1", "3", "2025", "u3"),
        row("a", None, "9", "2024", "u3", sign="."),
        row("b", None, None, "2024", "", sign="."),
        row("b", "4", None, "2025", ""),
        row("c", "0", "0", "2023", ""),
        row("c", None, "8", "2023", "ab3", sign="/"),
    )
    found = known(*rows, cells=[(12.34567, None), (None, 2.5)], **definition)
    assert found.secret == {("a", "2024", ("u3",)): 9, ("b", "2024", ("",)): None}
    assert found.there == {(one.space, one.period, one.breakdown) for one in rows}
    assert found.periods == ("2023", "2024", "2025")
    rates = ("333", "333.3", "333.33", "333.333")
    assert found.shown == decimals("1000", "0", "1", "3", "9", "4", "8", *rates, "12", "12.3", "12.35", "12.346", "2", "2.5")  # fmt: skip
    # Short words and small ones are no nouns, and what a value is called may be a number.
    text = "In 2025 Ab 3 von 40 Kinder Unter 3, Anträge am Ort und u3: 7"
    assert found.words.sub("_", text) == "In _ _ von 40 _ _, _ am Ort und _: 7"
    assert found.spoken == decimals("40", "2", "6", "2019", "31", "7", "20", "300", "11", "12", "13")
    assert found.values == ({"u3": "u3", "unter 3": "u3", "ab3": "ab3", "ab 3": "ab3", "from 3": "ab3"},)
    assert found.indicator == indicator(**definition)


@pytest.mark.parametrize("secret_first", [True, False])
def test_a_cell_that_stands_twice_is_secret_when_one_of_its_rows_is(secret_first: bool) -> None:
    """The tables are refused then; a site that was built before is read back all the same."""
    rows = [row("nord", None, "40", sign="."), row("nord", "7", "40")]
    found = known(*(rows if secret_first else reversed(rows)))
    assert found.secret == {("nord", "2025", ()): 40}


def test_what_only_a_site_shows_is_attacked_together_with_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each count is a statement from the file in which it stood; what falls is told with the first of these files and four reasons at most."""
    asked: list[tuple[object, list[Statement]]] = []
    leaks: list[Disclosure] = []

    def audit(facts: object, further: list[Statement]) -> list[Disclosure]:
        asked.append((facts, further))
        return leaks

    monkeypatch.setattr(site_audit, "published", lambda site, reading: (site, reading))
    monkeypatch.setattr(site_audit, "audit", audit)
    spaces = {key: SimpleNamespace(name=key.title()) for key in ("ahorn", "birke", "celtis", "dorn", "esche")}
    own = {"hilfen": indicator(), "auch": indicator("auch", numerator_from="hilfen")}
    site = cast(Any, SimpleNamespace(spaces=spaces, indicators=own))
    assert _attack(site, cast(Any, "reading"), {}) == []
    assert asked == []
    extra = {("hilfen", ("dorn", "2025", ())): (31, "z.html"), ("auch", ("ahorn", "2024", ())): (7, "a.csv")}
    assert _attack(site, cast(Any, "reading"), extra) == []
    keys = (("hilfen", "ahorn", "2024"), ("hilfen", "dorn", "2025"))
    said = [Statement(((key, 1.0),), count, count, file) for key, count, file in zip(keys, (7, 31), ("a.csv", "z.html"), strict=True)]  # fmt: skip
    assert asked == [((site, "reading"), said)]

    def leak(low: float, high: float, evidence: Evidence, **more: Any) -> Disclosure:
        return Disclosure(keys[0], "hilfen", ("ahorn", "2024", ()), FeasibilityInterval(low, high), evidence, **more)  # fmt: skip

    cells = tuple(("hilfen", key, "2025") for key in ("birke", "celtis", "dorn"))
    leaks += [
        leak(1.6, 3.4, Evidence(cells, ("z.html", "a.csv"))),
        # What an earlier release shows, and what does not fit together, is told of the tables themselves.
        leak(3, 3, Evidence(cells, ()), released=True),
        Disclosure(keys[0], "hilfen", None, None, Evidence((), ()), contradictions=("x",)),
        leak(2, 2, Evidence((), ())),
    ]
    by = "z.html; a.csv; Birke, 2025; Celtis, 2025"
    told = {"cell": "„Ahorn, 2024“", "what": "sie liegt zwischen 2 und 3"}
    assert _attack(site, cast(Any, "reading"), extra) == [
        diagnostic("zahl-verraten", Position("z.html"), **told, by=by),
        diagnostic("zahl-verraten", Position("z.html"), **{**told, "what": "sie ist 2"}, by="die Regel selbst"),
    ]  # fmt: skip
