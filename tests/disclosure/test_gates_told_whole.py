"""What each gate says of a table, every word of it, at its place, in its order; rows stand as they are committed, what is told is said by code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.gates.committed import check_figures, check_figures_ahead
from generator.disclosure.gates.value_rows import check_table
from generator.disclosure.lattice import areas
from generator.files.result_cache import ONCE
from generator.model.cells import Release, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder
from generator.read.project import Reading, read_project
from generator.read.value_tables import ValueRow, ValueTable
from tests.disclosure.worlds import CONFIG, indicator, write_project
from tests.records import replace

QUARTERS = ("ahorn", "birke", "celtis", "dorn", "esche")
COLUMNS = ("space", "period", "alter", "numerator", "denominator", "status", "note")
AGES = [{"id": "alter", "name": "Alter", "values": [{"id": "u6", "name": "unter 6"}, {"id": "ab6", "name": "ab 6"}]}]  # fmt: skip
Told = tuple[str, int, str, dict[str, Any]]
"""Code, number of the row, column and what the message says."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    project = write_project(tmp_path_factory.mktemp("stadt"))
    named = CONFIG.replace(
        "- id: schulbezirk\n    levels", "- id: schulbezirk\n    name: Schulbezirke\n    levels"
    )
    (project / "site_config.yml").write_text(named, "utf-8")
    found = read_project(project).site
    assert found is not None
    codes = {"ahorn": "007", "birke": "70"}
    spaces = {key: space.model_copy(update={"code": codes.get(key), "aliases": ("Buche",) if key == "birke" else ()}) for key, space in found.spaces.items()}  # fmt: skip
    return replace(found, spaces=spaces)


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def row(
    space: str, count: object = None, below: object = None, *, value: str | None = None, period: str = "2025", note: str = "", sign: str = "", further: tuple[str, ...] = ()
) -> ValueRow:  # fmt: skip
    breakdown = () if value is None else (value,)
    return ValueRow(space, period, breakdown, number(count), number(below), Status(sign), note, 0, further)


def made(rows: Iterable[ValueRow], further: tuple[str, ...] = ()) -> ValueTable:
    numbered = tuple(replace(one, line=line) for line, one in enumerate(rows, 2))
    return ValueTable("values.csv", numbered, ",", columns=COLUMNS, further=further)


def said(table: ValueTable, told: list[Told]) -> list[Diagnostic]:
    return [diagnostic(code, table.position(table.rows[place], column), **values) for code, place, column, values in told]  # fmt: skip


def town(**counts: object) -> list[ValueRow]:
    """Every area of the first geography: 14, 16, 22, 12 and 31 make 30, 65 and 95."""
    usual = {"kleinstadt": 95, "nord": 30, "sued": 65, "ahorn": 14, "birke": 16, "celtis": 22, "dorn": 12, "esche": 31}  # fmt: skip
    return [row(key, counts.get(key, count)) for key, count in usual.items()]


def aged(**counts: tuple[object, object]) -> list[ValueRow]:
    """Every quarter, in all and by age: 4 of 40 and 5 of 60 are 9 of 100."""
    every = {"": (9, 100), "u6": (4, 40), "ab6": (5, 60)}
    return [row(key, *counts.get(f"{key}_{value}", pair), value=value) for key in QUARTERS for value, pair in every.items()]  # fmt: skip


SUM = "summe-der-teile"
STRANGE = "ein Kürzel aus resources/spaces/ eintragen; passt kein Gebiet, ist der Gebietsstand ein anderer"
SHARE = {"denominator": "Kinder"}
SCHOOLS = [row("schule-oben", 40), row("schule-unten", 55)]
Case = tuple[list[ValueRow], dict[str, Any], list[Told]]
CASES: dict[str, Case] = {
    "sound": (town(), {}, []),
    # --- sums
    "a town that isn't the sum": (town(kleinstadt=96), {}, [(SUM, 0, "numerator", {"name": "Kleinstadt", "sum": 95, "total": 96, "what": "2 Gebiete", "period": "2025"})]),
    "a denominator that isn't": ([replace(one, denominator=Decimal({"kleinstadt": 251, "nord": 100, "sued": 151}.get(one.space, 50))) for one in town()], SHARE, [(SUM, 2, "denominator", {"name": "Sued", "sum": 150, "total": 151, "what": "3 Gebiete", "period": "2025"})]),
    "ages that aren't all": (aged(celtis_u6=(3, 40)), SHARE | {"breakdowns": AGES}, [(SUM, 6, "numerator", {"name": "Celtis", "sum": 8, "total": 9, "what": "Alter", "period": "2025"})]),
    "ages of others": (aged(celtis_u6=(4, 41)), SHARE | {"breakdowns": AGES}, [(SUM, 6, "denominator", {"name": "Celtis", "sum": 101, "total": 100, "what": "Alter", "period": "2025"})]),
    "two years apart": ([*town(), *(replace(one, period="2024") for one in town(nord=31, kleinstadt=96))], {}, [(SUM, 9, "numerator", {"name": "Nord", "sum": 30, "total": 31, "what": "2 Gebiete", "period": "2024"})]),
    # --- what is missing
    "three areas": ([one for one in town() if one.space not in ("celtis", "dorn", "nord")], {}, [("gebiet-ohne-wert", 1, "space", {"missing": "„Nord“", "period": "2025", "parent": "Kleinstadt"}), ("gebiet-ohne-wert", 4, "space", {"missing": "„Celtis“ und „Dorn“", "period": "2025", "parent": "Sued"})]),
    # --- areas that there are not: by code, by name in any letters, by another name, not at all; then neither sums nor gaps are told
    "codes and names": ([row("7", 14), row("AHORN", 14), row("0070", 14), row("buche", 14), row("zzz", 3), row("7", 15, period="2024")], {}, [
        ("kein-gebiet", 2, "space", {"value": "0070", "better": "gemeint ist vielleicht „birke“"}),
        ("kein-gebiet", 0, "space", {"value": "7", "better": "gemeint ist vielleicht „ahorn“"}),
        ("kein-gebiet", 1, "space", {"value": "AHORN", "better": "gemeint ist vielleicht „ahorn“"}),
        ("kein-gebiet", 3, "space", {"value": "buche", "better": "gemeint ist vielleicht „birke“"}),
        ("kein-gebiet", 4, "space", {"value": "zzz", "better": STRANGE}),
    ]),
    "eleven strangers": ([row(f"z{n:02}", 14) for n in range(11)], {}, [("kein-gebiet", n, "space", {"value": f"z{n:02}", "better": STRANGE}) for n in range(10)]),
    "an earlier vintage": ([row("ahorn", 14), row("x1", 3), row("x2", 4), row("y", 3), row("x1", 3, period="2024")], {"vintages": {"uralt": ["x1", "y"], "alt": ["x1", "x2"], "neu": ["q"]}}, [("gebietsstand", 1, "space", {"found": "alt", "expected": "von heute", "count": 3, "value": "x1"})]),
    # --- rows
    "twice and again": ([*town(), *town()[3:4] * 2], {}, [("zeitraum-doppelt", place, "period", {"space": "Ahorn", "period": "2025", "first": 5}) for place in (8, 9)]),
    "an age that there is not": ([*aged(), row("ahorn", 3, 9, value="u7")], SHARE | {"breakdowns": AGES}, [("aufgliederung-unbekannt", 15, "alter", {"value": "u7", "name": "Alter", "known": "ab6, u6"}), ("gebiet-ohne-wert", 15, "space", {"missing": "„Birke“", "period": "2025", "parent": "Nord"})]),
    "counts that are none": ([row("schule-oben", 1.5, -2), row("schule-unten", -3, 2.5)], SHARE, [
        ("keine-anzahl", 0, "numerator", {"value": Decimal("1.5")}),
        ("negative-anzahl", 0, "denominator", {"value": Decimal(-2)}),
        ("zaehler-ueber-nenner", 0, "numerator", {"numerator": Decimal("1.5"), "denominator": Decimal(-2)}),
        ("negative-anzahl", 1, "numerator", {"value": Decimal(-3)}),
        ("keine-anzahl", 1, "denominator", {"value": Decimal("2.5")}),
    ]),
    "without denominators": ([row("schule-oben", 5), row("schule-unten", None, None, sign=".")], SHARE, [("nenner-fehlt", 0, "denominator", {"denominator": "Kinder"})]),
    "more cases than people": ([row("schule-oben", 5, 3), row("schule-unten", 1, 0)], SHARE | {"interval": "byar"}, [("zaehler-ueber-nenner", 1, "numerator", {"numerator": 1, "denominator": 0})]),
    "a hundred in three areas": ([row("nord"), *(row(key, 3, 100) for key in ("schule-oben", "schule-unten", "sued"))], SHARE, [("nenner-ueberall-gleich", 1, "denominator", {"value": 100, "count": 3})]),
    "notes": ([row("schule-oben", note="nur 3", sign="."), row("schule-unten", note="2024 und 7", sign=".")], {}, [("anmerkung-verraet", 0, "note", {"cell": "„Schule Oben, 2025“", "note": "nur 3"}), ("anmerkung-verraet", 1, "note", {"cell": "„Schule Unten, 2025“", "note": "2024 und 7"})]),
    "a period that is none": ([row("schule-oben", 3, period="2024-13"), row("schule-unten", 4, period="2024-13")], {}, [("kein-zeitraum", 0, "period", {"value": "2024-13", "better": "gemeint ist vielleicht 2024"})]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_all_that_is_told_of_the_rows_of_a_table(site: Site, name: str) -> None:
    rows, definition, told = CASES[name]
    table = made(rows)
    assert list(check_table(site, areas(site), indicator(**definition), table)) == said(table, told)


def test_rows_of_contributors_and_of_areas_that_cannot_be_read(site: Site) -> None:
    parts = made([row("schule-oben", 3, further=(who,)) for who in ("A", "B", "A")] + [row("schule-unten", 9, further=("A",))], ("contributor",))  # fmt: skip
    found = list(check_table(site, areas(site), indicator(), parts))
    assert found == said(parts, [("zeitraum-doppelt", 2, "period", {"space": "Schule Oben", "period": "2025", "first": 2})])  # fmt: skip
    # Rows of contributors are no sums yet.
    apart = made([replace(one, further=("A",)) for one in town(kleinstadt=99)], ("contributor",))
    assert list(check_table(site, areas(site), indicator(), apart)) == []
    # Areas that are told of elsewhere; without them neither sums nor gaps can be seen.
    some = made([row("kaputt", 3), row("weg", 4), *town(kleinstadt=99)[:4]])
    assert list(check_table(site, areas(site), indicator(), some, ["kaputt", "weg"])) == []
    assert list(check_table(site, areas(site), indicator(), made(town(kleinstadt=99)), ["kaputt"])) == []
    found = list(check_table(site, areas(site), indicator(), some, ["kaputt"]))
    assert found == said(some, [("kein-gebiet", 1, "space", {"value": "weg", "better": STRANGE})])


# --- everything that is committed


class Written:
    """A definition that says of each field where it stands."""

    def __init__(self, key: str) -> None:
        self.key = key

    def position(self, *path: str) -> Position:
        return Position(f"{self.key}/{'.'.join(path)}")


def folder(item: Indicator, rows: Iterable[ValueRow] | None, releases: tuple[Release, ...] = ()) -> IndicatorFolder:  # fmt: skip
    table = None if rows is None else replace(made(rows), file=f"{item.id}.csv", digest="heute")
    return IndicatorFolder(cast(Any, Written(item.id)), item, table, releases, {})


def committed(site: Site, *folders: IndicatorFolder, broken: Any = None) -> tuple[Site, Reading]:
    whole = replace(site, indicators={one.indicator.id: one.indicator for one in folders})
    reading = SimpleNamespace(indicators={one.indicator.id: one for one in folders}, broken=broken or {}, cache=ONCE, once=lambda what, make: make())  # fmt: skip
    return whole, cast(Reading, reading)


def at(one: IndicatorFolder, code: str, place: int, column: str, **values: object) -> Diagnostic:
    assert one.table is not None
    return diagnostic(code, one.table.position(one.table.rows[place], column), **values)


def test_of_a_raw_table_five_rows_are_enough(site: Site) -> None:
    raw = folder(indicator(design="1", source={"name": "Amt", "regime": "delivered"}, disclosure={"zero_is_secret": True, "minimum_population": "0"}), [row(key, 0, period=period) for period in ("2024", "2025", "2026") for key in ("schule-oben", "schule-unten")])  # fmt: skip
    assert list(check_figures(*committed(site, raw))) == [at(raw, "kleine-zahl", place, "numerator", threshold=5) for place in range(5)]  # fmt: skip


def test_figures_of_periods_to_come_are_told_of_each_indicator(site: Site) -> None:
    first, second = (
        folder(indicator(key), [row("schule-oben", 9, period="2030")]) for key in ("eins", "zwei")
    )
    _, reading = committed(site, first, folder(indicator("leer"), None), second)
    assert list(check_figures_ahead(site, reading, dt.date(2026, 1, 1))) == [at(one, "zeitraum-zukunft", 0, "period", value="2030") for one in (first, second)]  # fmt: skip
