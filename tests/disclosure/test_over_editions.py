"""What editions tell together: rules, periods, areas, wholes and reports that come, go or change between them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.disclosure.intruder import releases
from tests.disclosure.test_project_system import (
    SCHOOLS,
    WHOLE,
    protect,
    report_of,
    run,
    undrawn,
    write_indicator,
    write_table,
)
from tests.disclosure.worlds import QUARTERS, SIGNED, write_project, write_raw

YEAR = "2025"
Counts = Mapping[str, int]


def town_of(tmp_path: Path) -> tuple[Path, Path]:
    """A town with one indicator, and the folder for its raw tables."""
    return write_project(tmp_path / "projekt", WHOLE), tmp_path / "roh"


def counts(*numbers: int) -> dict[str, int]:
    """Give each quarter a number."""
    return dict(zip(QUARTERS, numbers, strict=True))


def tell(town: Path, raw: Path, key: str, told: Counts, more: str = "", period: str = YEAR) -> None:
    """Write an indicator with its raw table."""
    write_indicator(town, raw, key, {(area, period): str(count) for area, count in told.items()}, more)


def end(town: Path, raw: Path, key: str) -> None:
    """Show an indicator no more."""
    (town / f"resources/indicators/{key}/values.csv").unlink()
    (raw / f"{key}.csv").unlink()


WINDOWS = {"2021": (0,), "2024": (3,), "2021-2023": (0, 1, 2), "2022-2024": (1, 2, 3)}
BY_YEAR = {
    "ahorn": (8, 9, 3, 12),
    "birke": (7, 11, 14, 9),
    "celtis": (13, 8, 9, 16),
    "dorn": (9, 10, 8, 2),
    "esche": (12, 14, 9, 11),
}


def windows(*periods: str) -> dict[tuple[str, str], int]:
    """Add up the years of each period."""
    return {
        (area, period): sum(years[place] for place in WINDOWS[period])
        for area, years in BY_YEAR.items()
        for period in periods
    }


def test_windows_that_overlap_those_of_a_release_ask_for_these(tmp_path: Path) -> None:
    town, raw = town_of(tmp_path)
    write_indicator(town, raw, "hilfen", windows("2021", "2021-2023"))
    assert protect(town, raw, "2026-03-01").exit_code == 0
    write_indicator(town, raw, "hilfen", windows("2024", "2022-2024"))
    assert "hier fehlen: 2021-2023" in protect(town, raw, "2026-06-01").output
    write_indicator(town, raw, "hilfen", windows(*WINDOWS))
    assert protect(town, raw, "2026-06-01").exit_code == 0


def test_periods_of_another_table_of_the_same_counts_are_asked_for(tmp_path: Path) -> None:
    """The year beside quarters that stand already: whoever has both adds up."""
    town, raw = town_of(tmp_path)
    quarters = {(key, f"2025-Q{place}"): 2 * place for key in QUARTERS for place in (1, 2, 3, 4)}
    write_indicator(town, raw, "quartale", quarters)
    assert protect(town, raw, "2026-03-01").exit_code == 0
    (raw / "quartale.csv").unlink()
    tell(town, raw, "jahre", dict.fromkeys(QUARTERS, 20), "numerator_from: quartale\n")
    done = protect(town, raw, "2026-06-01")
    assert "hier fehlen: 2025-Q1, 2025-Q2" in done.output
    assert releases(town, "jahre") == []
    write_indicator(town, raw, "quartale", quarters)
    assert protect(town, raw, "2026-06-01").exit_code == 0


def test_a_whole_that_a_release_showed_stays_beside_parts_that_are_withheld(tmp_path: Path) -> None:
    """8 were shown where nothing was small; of these 5 are told apart now, and the other 3 aren't."""
    town, raw = town_of(tmp_path)
    whole, part = counts(20, 15, 8, 30, 12), counts(11, 9, 5, 14, 6)
    tell(town, raw, "hilfen", whole)
    assert protect(town, raw, "2026-03-01").exit_code == 0
    end(town, raw, "hilfen")
    rest = {key: count - part[key] for key, count in whole.items()}
    tell(town, raw, "ambulant", part, f"part_of: hilfen\n{SIGNED}")
    tell(town, raw, "heim", rest, f"part_of: hilfen\n{SIGNED}")
    done = protect(town, raw, "2026-06-01")
    assert "hier fehlen: ahorn, " in done.output
    assert releases(town, "heim") == []


def test_areas_of_a_division_that_went_stay_while_their_period_is_told(tmp_path: Path) -> None:
    """Schools were shown and so quarters withheld; without the schools these would be shown, and 2 in Ahorn follow."""
    town, raw = undrawn(tmp_path), tmp_path / "roh"
    for key, school in SCHOOLS.items():
        record = town / f"resources/spaces/{key}.yml"
        record.write_text(record.read_text("utf-8") + f"also_in: [schule-{school}]\n", "utf-8")
    told = counts(2, 9, 6, 11, 12)
    rows = [f"{key},{YEAR},{count},schule-{SCHOOLS[key]}" for key, count in told.items()]
    write_table(town, raw, "hilfen", WHOLE, ["space,period,numerator,schulbezirk", *rows])
    assert protect(town, raw, "2026-03-01").exit_code == 0
    tell(town, raw, "hilfen", told)
    done = protect(town, raw, "2026-06-01")
    assert "hier fehlen: schule-oben, schule-unten" in done.output
    assert len(releases(town, "hilfen")) == 1


def test_who_is_not_counted_is_nobody_without_a_denominator(tmp_path: Path) -> None:
    """73 of 75 were withheld; without a word of the 75 today the 73 would be shown."""
    town, raw = town_of(tmp_path)
    rule = "disclosure: {method: round-small, complement: yes, minimum_denominator: 0}\n"
    rows = [f"{key},{YEAR},{count},{count + 39}" for key, count in counts(64, 53, 92, 36, 131).items()]
    write_table(town, raw, "hilfen", WHOLE + "denominator: Kinder\n" + rule, ["space,period,numerator,denominator", *rows])  # fmt: skip
    assert protect(town, raw, "2026-03-01").exit_code == 0
    tell(town, raw, "hilfen", counts(64, 53, 92, 36, 131), rule)
    done = protect(town, raw, "2026-06-01")
    assert done.exit_code == 1
    assert "Ihr fehlt denominator" in done.output


def test_wholes_of_another_cut_are_no_wrong_sums(tmp_path: Path) -> None:
    """Until there are counts of a new year the table of the old one stands."""
    town, raw = town_of(tmp_path)
    tell(town, raw, "hilfen", counts(20, 15, 8, 30, 12))
    assert protect(town, raw, "2026-03-01").exit_code == 0
    record = town / "resources/spaces/celtis.yml"
    record.write_text(record.read_text("utf-8").replace("parent: sued", "parent: nord"), "utf-8")
    assert "Fehler" not in run("check", "--project", town).output
    ledger = town / "resources/indicators/hilfen/releases/ledger.csv"
    ledger.write_text(ledger.read_text("utf-8").replace("nord: ahorn birke", "nord: ahorn birke celtis"), "utf-8")  # fmt: skip
    assert "summe-der-teile" in run("check", "--project", town).output


def test_a_release_that_the_ledger_forgot_is_asked_for(tmp_path: Path) -> None:
    """As a merge leaves it that took one side's ledger and both sides' files."""
    town = write_project(tmp_path / "projekt")
    assert protect(town, write_raw(tmp_path / "roh"), "2026-03-01").exit_code == 0
    assert protect(town, write_raw(tmp_path / "roh", period="2024"), "2026-06-01").exit_code == 0
    ledger = town / "resources/indicators/hilfen/releases/ledger.csv"
    head, _, last = ledger.read_text("utf-8").splitlines()
    ledger.write_text(f"{head}\n{last}\n", "utf-8")
    assert "Die Veröffentlichung vom 2026-03-01" in run("check", "--project", town).output


PUBLISHED = WHOLE.replace("regime: own-cases", "regime: delivered, licence: dl-de/by-2.0") + "disclosure: {method: published}\n"  # fmt: skip
RAISED = WHOLE + "disclosure: {method: round-small, threshold: 10}\n"


@pytest.mark.parametrize(("before", "told"), [("", False), (WHOLE, False), (PUBLISHED, True)])
def test_what_falls_only_with_an_earlier_release_is_told_by_how_many_and_where(
    tmp_path: Path, before: str, told: bool
) -> None:
    """8 are withheld below 10 now. Shown as 10 before, 8 to 12 are left; shown as it was, nothing is. The 12 is shown today as well."""
    town, raw = town_of(tmp_path)
    rows = [f"{area},{YEAR},{count}" for area, count in counts(20, 15, 8, 30, 12).items()]
    if before:
        write_table(town, raw, "hilfen", before, ["space,period,numerator", *rows])
        done = protect(town, raw, "2026-03-01")
        assert done.exit_code == 0, done.output
    write_table(town, raw, "hilfen", RAISED, ["space,period,numerator", *rows])
    done = protect(town, raw, "2026-06-01")
    assert done.exit_code == 0, done.output
    assert ("[frueher-verraten]" in done.output) == told
    row = next(line for line in report_of(raw).splitlines() if line.startswith("| Celtis, 2025 | 8 |"))
    assert ("| 8 bis 8 | nur durch frühere" in row) == told
    if told:
        assert "wer alles Veröffentlichte kennt, aber nur mit früheren" in done.output
        assert "1 (zuerst „Celtis, 2025“)" in done.output
        assert "1 (zuerst „Celtis, 2025“)" in run("check", "--project", town).output


@pytest.mark.parametrize(("nord", "wrong"), [(25, False), (30, True)])
def test_a_table_that_its_supplier_rounded_is_no_wrong_sum(tmp_path: Path, nord: int, wrong: bool) -> None:
    """Five times 12 are delivered as 10, their sums 24 and 36 as 25 and 35: 2 off each. 30 is none of these."""
    town, raw = town_of(tmp_path)
    told = {**counts(10, 10, 10, 10, 10), "nord": nord, "sued": 35, "kleinstadt": 60}
    rows = [f"{area},{YEAR},{count}" for area, count in told.items()]
    write_table(town, raw, "hilfen", PUBLISHED, ["space,period,numerator", *rows])
    done = protect(town, raw, "2026-03-01")
    assert ("[summe-der-teile]" in done.output) == wrong, done.output
    assert done.exit_code == wrong
    if not wrong:
        text = (town / "resources/indicators/hilfen/values.csv").read_text("utf-8")
        assert [
            line.split(",")[2] for line in text.splitlines() if line.startswith(("nord,", "kleinstadt,"))
        ] == ["60", "25"]
        assert "Fehler" not in run("check", "--project", town).output
