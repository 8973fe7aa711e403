"""Sums that no definition declares: protected against where the raw counts obey them, found where tables are written by hand."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.disclosure.counted_measures import measures_of
from generator.disclosure.implied_sums import implied_sums
from generator.disclosure.lattice import LatticeArea
from generator.disclosure.periods import end_to_end
from generator.model.dates import spans_of
from tests.disclosure.test_engine_properties import bounds_by_own_programme
from tests.disclosure.test_more_damage import checked, protected, write
from tests.disclosure.worlds import QUARTERS, write_project
from tests.disclosure.worlds import indicator as defined

COUNT = """\
title: {title}
says: So viele.
numerator: Hilfen
interval: none
source: {{name: Amt (erfunden)}}
"""
BREAKDOWN = "breakdowns: [{{id: {0}, name: {0}, values: [{1}]}}]\n"

Finest = tuple[str, ...]
"""Quarter, then what else divides the cases."""
Row = dict[str, str]


def by(name: str, *values: str) -> str:
    return BREAKDOWN.format(name, ", ".join(f"{{id: {value}, name: {value}}}" for value in values))


@dataclass(frozen=True)
class Case:
    """Definitions, raw tables made of the finest counts, and which of these a published row is made of.

    `tables` gives for each indicator the raw rows: cells of the CSV and the finest counts they add up.
    """

    counts: Mapping[Finest, int]
    definitions: Mapping[str, str]
    tables: Mapping[str, tuple[str, Callable[[str, Finest], Iterable[str]]]]
    inside: Callable[[str, Row, Finest], bool]
    shapes: bool = True


def quarter_in(space: str, quarter: str) -> bool:
    return space in (quarter, QUARTERS[quarter], "kleinstadt")


HALVES = {"ahorn": (14, 9), "birke": (3, 17), "celtis": (22, 10), "dorn": (2, 12), "esche": (31, 30)}
AGES = {
    "ahorn": (20, 14, 30),
    "birke": (12, 20, 25),
    "celtis": (30, 2, 6),
    "dorn": (18, 22, 19),
    "esche": (11, 15, 17),
}
FINE = ("u3", "3bis5", "schulkind")
SMALL = {"ahorn": 2, "birke": 0, "celtis": 10, "dorn": 20, "esche": 11}


def plain(counts: Mapping[str, int]) -> dict[Finest, int]:
    return {(key,): value for key, value in counts.items()}


CASES = {
    "an indicator of the same measure says that its parts do not add up": Case(
        plain({"ahorn": 14, "birke": 3, "celtis": 22, "dorn": 2, "esche": 31}),
        {"hilfen": "", "zweite": "numerator_from: hilfen\nadds_up: no\n"},
        {name: ("space,period", lambda _, one: [f"{one[0]},2025"]) for name in ("hilfen", "zweite")},
        lambda _, row, one: quarter_in(row["space"], one[0]),
    ),
    "a year is the sum of its halves": Case(
        {(key, half): two[int(half) - 1] for key, two in HALVES.items() for half in "12"},
        {"hilfen": ""},
        {"hilfen": ("space,period", lambda _, one: [f"{one[0]},2025-{one[1]}", f"{one[0]},2025"])},
        lambda _, row, one: quarter_in(row["space"], one[0]) and row["period"] in ("2025", f"2025-{one[1]}"),
    ),
    "three years are the sum of each": Case(
        {
            (key, year): two[int(year) % 2] + int(year) % 3
            for key, two in HALVES.items()
            for year in ("2023", "2024", "2025")
        },
        {"hilfen": ""},
        {"hilfen": ("space,period", lambda _, one: [f"{one[0]},{one[1]}", f"{one[0]},2023-2025"])},
        lambda _, row, one: quarter_in(row["space"], one[0]) and row["period"] in ("2023-2025", one[1]),
    ),
    "a second division of the town without boundaries": Case(
        {
            (key, way): count if way == "oben" else 0
            for key, count in SMALL.items()
            for way in ("oben", "unten")
        },
        {"hilfen": ""},
        {
            "hilfen": (
                "space,period",
                lambda _, one: [f"{one[0]},2025", f"schule-{one[1]},2025"],
            )
        },
        lambda _, row, one: quarter_in(row["space"], one[0]) or row["space"] == f"schule-{one[1]}",
        shapes=False,
    ),
    "breakdowns of two names and one meaning": Case(
        {(key, age): count for key, three in AGES.items() for age, count in zip(FINE, three, strict=True)},
        {"hilfen": by("alter", "u6", "ab6"), "zweite": "numerator_from: hilfen\n" + by("stufe", *FINE)},
        {
            "hilfen": ("space,period,alter", lambda _, one: [f"{one[0]},2025,{coarse(one[1])}"]),
            "zweite": ("space,period,stufe", lambda _, one: [f"{one[0]},2025,{one[1]}"]),
        },
        lambda _, row, one: (
            quarter_in(row["space"], one[0])
            and row.get("alter", "") in ("", coarse(one[1]))
            and row.get("stufe", "") in ("", one[1])
        ),
    ),
    "breakdowns of one name and two sets of values": Case(
        {
            (key, age): count
            for key, three in AGES.items()
            for age, count in zip(FINE, three[::-1], strict=True)
        },
        {"hilfen": by("alter", "u6", "ab6"), "zweite": "numerator_from: hilfen\n" + by("alter", *FINE)},
        {
            "hilfen": ("space,period,alter", lambda _, one: [f"{one[0]},2025,{coarse(one[1])}"]),
            "zweite": ("space,period,alter", lambda _, one: [f"{one[0]},2025,{one[1]}"]),
        },
        lambda _, row, one: quarter_in(row["space"], one[0]) and row["alter"] in ("", coarse(one[1]), one[1]),
    ),
}


def coarse(age: str) -> str:
    return "ab6" if age == "schulkind" else "u6"


def made(case: Case, root: Path) -> tuple[Path, Path]:
    project, raw = write_project(root / "projekt"), root / "roh"
    if not case.shapes:
        shutil.rmtree(project / "resources/geometry")
        for path in (project / "resources/spaces").glob("*.yml"):
            path.write_text(re.sub(r"geometry:.*\n", "", path.read_text("utf-8")), "utf-8")
    for name, more in case.definitions.items():
        write(project, f"resources/indicators/{name}/indicator.yml", COUNT.format(title=name.title()) + more)
        head, lines = case.tables[name]
        sums: dict[str, int] = {}
        for finest, count in case.counts.items():
            for line in lines(name, finest):
                sums[line] = sums.get(line, 0) + count
        text = "".join(f"{line},{count}\n" for line, count in sums.items())
        write(raw, f"{name}.csv", f"{head},numerator\n{text}")
    return project, raw


def rows(project: Path) -> list[tuple[str, Row]]:
    return [
        (path.parent.name, row)
        for path in sorted(project.glob("resources/indicators/*/values.csv"))
        for row in csv.DictReader(path.read_text("utf-8").splitlines())
    ]


@pytest.mark.parametrize("name", CASES)
def test_sums_that_nobody_declared_give_nothing_away(name: str, tmp_path: Path) -> None:
    """Judged by a programme that knows the finest counts and what each row is made of, and nothing of the product's sums."""
    case = CASES[name]
    project, raw = made(case, tmp_path)
    assert protected(project, raw)[0] == []
    members = {
        (indicator, *sorted(row.items())): frozenset(
            one for one in case.counts if case.inside(indicator, row, one)
        )
        for indicator, row in rows(project)
    }
    known = {key: int(dict(key[1:])["numerator"]) for key in members if dict(key[1:])["status"] != "."}
    assert known
    for key, inside in members.items():
        if key in known:
            assert known[key] == sum(case.counts[one] for one in inside), key
    hidden = 0
    for key in members.keys() - known.keys():
        low, high = bounds_by_own_programme(members, known, key)
        assert low < high, key
        if 0 < sum(case.counts[one] for one in members[key]) < 5:
            hidden += 1
            assert low <= 1, key
            assert high >= 4, key
    assert hidden


def hand_made(name: str, root: Path, shown: Mapping[tuple[str, str], str]) -> Path:
    """The tables of a case as somebody wrote them by hand: small counts are withheld, and nothing else but `shown` (→ .)."""
    case = CASES[name]
    project, _ = made(case, root)
    for indicator in case.definitions:
        head = case.tables[indicator][0]
        columns = head.split(",")[2:]
        lines = []
        spaces = ["kleinstadt", "nord", "sued", *QUARTERS]
        spaces += [] if case.shapes else ["schule-oben", "schule-unten"]
        values = sorted(
            {
                line.split(",", 1)[1]
                for one in case.counts
                for line in case.tables[indicator][1](indicator, one)
            }
        )
        values += [f"{value.split(',')[0]}," for value in values[:1] if columns]
        for space in spaces:
            for value in values:
                row = dict(zip(["space", *head.split(",")[1:]], [space, *value.split(",")], strict=True))
                count = sum(number for one, number in case.counts.items() if case.inside(indicator, row, one))
                secret = 0 < count < 5 or (space, value) in shown
                lines.append(f"{space},{value},{'' if secret else count},{'.' if secret else ''}")
        write(
            project,
            f"resources/indicators/{indicator}/values.csv",
            f"{head},numerator,status\n" + "\n".join(lines) + "\n",
        )
    return project


@pytest.mark.parametrize(
    ("name", "further", "cell"),
    [
        ("an indicator of the same measure says that its parts do not add up", {}, "„Birke, 2025“"),
        (
            "a year is the sum of its halves",
            {("ahorn", "2025-1"): "", ("celtis", "2025-1"): ""},
            "„Birke, 2025-1“",
        ),
        (
            "a second division of the town without boundaries",
            {("kleinstadt", "2025"): "", ("nord", "2025"): ""},
            "„Ahorn, 2025“",
        ),
    ],
)
def test_check_adds_up_what_nobody_declared(
    name: str, further: dict[tuple[str, str], str], cell: str, tmp_path: Path
) -> None:
    project = hand_made(name, tmp_path, further)
    if not CASES[name].shapes:
        # A second year in which nothing is small shows that both divisions add up to the same.
        path = project / "resources/indicators/hilfen/values.csv"
        more = {"ahorn": 9, "birke": 6, "celtis": 10, "dorn": 20, "esche": 11, "nord": 15, "sued": 41}
        more |= {"kleinstadt": 56, "schule-oben": 40, "schule-unten": 16}
        for year, extra in (("2023", 0), ("2024", 2)):
            lines = {
                **more,
                "ahorn": 9 + extra,
                "nord": 15 + extra,
                "kleinstadt": 56 + extra,
                "schule-oben": 40 + extra,
            }
            with path.open("a", encoding="utf-8") as stream:
                stream.writelines(f"{key},{year},{count},\n" for key, count in lines.items())
    assert any(cell in str(item["message"]) for item in checked(project, "zahl-verraten"))


def test_numbers_that_do_not_add_up_are_left_alone(tmp_path: Path) -> None:
    """Residents at the end of a half-year don't add up to a year's; a district that covers a part isn't the town."""
    counts = {
        "ahorn": (140, 146),
        "birke": (3, 4),
        "celtis": (220, 231),
        "dorn": (190, 171),
        "esche": (310, 302),
    }
    case = Case(
        {(key, half): two[int(half) - 1] for key, two in counts.items() for half in "12"},
        {"hilfen": ""},
        {"hilfen": ("space,period", lambda _, one: [f"{one[0]},2025-{one[1]}"])},
        lambda *_: True,
    )
    project, raw = made(case, tmp_path)
    path = raw / "hilfen.csv"
    path.write_text(
        path.read_text("utf-8") + "".join(f"{key},2025,{two[1]}\n" for key, two in counts.items()), "utf-8"
    )
    assert protected(project, raw)[0] == []
    secret = {(row["space"], row["period"]) for _, row in rows(project) if row["status"] == "."}
    # Birke and the smallest beside it; the same in each period, as if the others were not there.
    assert {space for space, _ in secret} == {"ahorn", "birke"}


def test_the_only_part_of_an_area_counts_what_the_area_counts() -> None:
    spaces = {
        "stadt": LatticeArea("w", 0, ("nord", "sued")),
        "nord": LatticeArea("w", 1, ("a", "b")),
        "sued": LatticeArea("w", 1, ("c",)),
        **{key: LatticeArea("w", 2, ()) for key in "abc"},
    }
    (measure,) = measures_of({"hilfen": defined(adds_up="no")})
    counts = {"stadt": 60, "nord": 30, "sued": 30, "a": 10, "b": 20, "c": 30}
    keys = {key: ("hilfen", key, "2025") for key in counts}
    found = implied_sums(measure, spaces, {keys[key]: count for key, count in counts.items()})
    assert {(item.total[1], *(part[1] for part in item.parts)) for item in found} == {
        ("stadt", "nord", "sued"),
        ("nord", "a", "b"),
        ("sued", "c"),
    }


def test_periods_lie_end_to_end_in_longer_ones() -> None:
    assert spans_of("2025-12-31") == ()
    assert spans_of("2024/25") == ((2024 * 12 + 7, 2025 * 12 + 7),)
    assert [
        end - start for start, end in (*spans_of("2024/2025"), *spans_of("2024 H2"), *spans_of("2024-07"))
    ] == [12, 24, 6, 1]
    months = [f"2024-{month:02d}" for month in range(1, 13)]
    assert list(end_to_end(["2024", *months])) == [("2024", tuple(months))]
    assert list(end_to_end(["2024", "2024-H1", *months[6:], "2025"])) == [("2024", ("2024-H1", *months[6:]))]
    assert list(end_to_end(["2023-2025", "2022-2024", "2022", "2023", "2024"])) == [
        ("2022-2024", ("2022", "2023", "2024"))
    ]
