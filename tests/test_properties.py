"""What must hold for every input: the order of files is irrelevant, figures of an area are the sums of its parts."""

import contextlib
import os
import random
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.check import check_reading
from generator.derive.facts import derive
from generator.derive.geography import space_facts
from generator.derive.indicator_series import series
from generator.disclosure.measures.lattice import areas
from generator.disclosure.protect.raw_tables import add_up
from generator.model.areas_and_offices import Space
from generator.model.cells import Status
from generator.model.site import Site
from generator.read.project import Reading, read_project
from generator.read.value_tables import ValueRow, ValueTable
from tests.chance import cases, is_long, long, whole
from tests.disclosure.worlds import indicator, write_project
from tests.golden.sites import FOLDER, NAMES, TODAY
from tests.records import replace

BOUNDED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Shuffled:
    """Makes folders hand out their entries in a random order, as another file system might; counts what it mixed up."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.mixed = 0

    def __call__(self, original: Any) -> Any:
        def listed(folder: Path, *arguments: Any, **more: Any) -> Iterator[Path]:
            found = list(original(folder, *arguments, **more))
            before = list(found)
            self.chance.shuffle(found)
            self.mixed += found != before
            return iter(found)

        return listed


@pytest.fixture(scope="module")
def in_order() -> dict[str, Reading]:
    return {name: read_project(FOLDER / name / "project", internal=name == "internal") for name in NAMES}


@whole
@long
@pytest.mark.parametrize("name", NAMES)
@settings(BOUNDED, max_examples=cases(3, 200), derandomize=not is_long())
@given(seed=st.integers(0, 2**16))
def test_the_order_in_which_folders_list_their_files_is_irrelevant(
    name: str, seed: int, in_order: dict[str, Reading]
) -> None:
    expected = in_order[name]
    with pytest.MonkeyPatch.context() as patch:
        shuffled = Shuffled(seed)
        for method in ("iterdir", "glob", "rglob"):
            patch.setattr(Path, method, shuffled(getattr(Path, method)))
        patch.setattr(os, "listdir", shuffled(os.listdir))
        scan = shuffled(os.scandir)
        patch.setattr(os, "scandir", lambda folder: contextlib.nullcontext(scan(folder)))
        found = read_project(expected.root, internal=name == "internal")
    assert shuffled.mixed
    assert found.site == expected.site
    assert list(found.sources) == list(expected.sources)
    assert check_reading(found, TODAY) == check_reading(expected, TODAY)


def test_the_order_of_records_in_a_site_is_that_of_their_ids(in_order: dict[str, Reading]) -> None:
    site = in_order["two-languages"].site
    assert site is not None
    for folder in ("spaces", "providers", "offers"):
        assert list(site.records(folder)) == sorted(site.records(folder))
    assert derive(site, TODAY) == derive(site, TODAY)


# --- figures --------------------------------------------------------------------------------------------------------

Counts = dict[str, tuple[int | None, int]]
"""A count (None where it is secret) and its denominator by quarter."""


@pytest.fixture(scope="module")
def small_town(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = read_project(write_project(tmp_path_factory.mktemp("ort"))).site
    assert site is not None
    return site


@st.composite
def towns(draw: st.DrawFn) -> tuple[dict[str, str], Counts]:
    """Draw quarters with the region of each, and counts; now and then one is secret."""
    regions = [f"r{number}" for number in range(draw(st.integers(1, 4)))]
    parents = {
        f"{region}q{number}": region for region in regions for number in range(draw(st.integers(1, 4)))
    }
    counts: Counts = {}
    for quarter in parents:
        below = draw(st.integers(1, 10_000))
        secret = draw(st.integers(0, 9)) == 0
        counts[quarter] = (None if secret else draw(st.integers(0, below)), below)
    return parents, counts


def town(site: Site, parents: dict[str, str]) -> Site:
    levels = {"stadt-ganz": ("stadt", None)}
    levels |= dict.fromkeys(parents.values(), ("region", "stadt-ganz"))
    levels |= {quarter: ("quartier", region) for quarter, region in parents.items()}
    spaces = {
        key: Space.model_validate({"id": key, "name": key, "level": level, "parent": parent})
        for key, (level, parent) in sorted(levels.items())
    }
    return replace(site, spaces=spaces, shapes={}, indicators={}, streets=())


def rows_of(counts: Counts) -> list[ValueRow]:
    return [
        ValueRow(
            space,
            "2025",
            (),
            None if count is None else Decimal(count),
            Decimal(below),
            Status.SECRET if count is None else Status.KNOWN,
            "",
            line,
        )
        for line, (space, (count, below)) in enumerate(counts.items(), 2)
    ]


@BOUNDED
@given(drawn=towns(), seed=st.integers(0, 2**16))
def test_an_area_is_the_sum_of_its_parts_or_has_no_figure(
    drawn: tuple[dict[str, str], Counts], seed: int, small_town: Site
) -> None:
    parents, counts = drawn
    site = town(small_town, parents)
    rows = rows_of(counts)
    definition = indicator(denominator="Kinder", per=100, decimals=1)
    found = series(site, space_facts(site), definition, rows)
    inside = {region: [key for key in counts if parents[key] == region] for region in set(parents.values())}
    inside["stadt-ganz"] = list(counts)
    for area, quarters in inside.items():
        cell = found.cell(area, "2025")
        if any(counts[key][0] is None for key in quarters):
            assert cell is None, "a sum beside its other parts would give the secret one away"
            continue
        assert cell is not None
        numerator = sum(counts[key][0] or 0 for key in quarters)
        denominator = sum(counts[key][1] for key in quarters)
        assert (cell.numerator, cell.denominator) == (numerator, denominator)
        rate = Decimal(numerator) / Decimal(denominator) * 100
        # A share of rounded counts has no decimals, nor have its limits.
        assert cell.value == rate.quantize(Decimal("1"), ROUND_HALF_UP)
        assert cell.low is not None
        assert cell.high is not None
        assert cell.low - 0.5 <= float(rate) <= cell.high + 0.5
    mixed = random.Random(seed).sample(rows, len(rows))
    assert series(site, space_facts(site), definition, mixed) == found


@BOUNDED
@given(drawn=towns(), seed=st.integers(0, 2**16))
def test_raw_counts_of_an_area_are_the_sums_of_its_parts(
    drawn: tuple[dict[str, str], Counts], seed: int, small_town: Site
) -> None:
    parents, counts = drawn
    counts = {key: (count or 0, below) for key, (count, below) in counts.items()}
    site = town(small_town, parents)
    rows = random.Random(seed).sample(rows_of(counts), len(counts))
    found = add_up(
        indicator(denominator="Kinder"), areas(site), ValueTable("roh.csv", tuple(rows), ","), ["wohnen"]
    )
    whole = found["stadt-ganz", "2025", ()]
    regions = [found[region, "2025", ()] for region in sorted(set(parents.values()))]
    assert whole.numerator == sum(count or 0 for count, _ in counts.values())
    assert whole.denominator == sum(below for _, below in counts.values())
    assert whole.numerator == sum(part.numerator or 0 for part in regions)
    assert whole.denominator == sum(part.denominator or 0 for part in regions)
