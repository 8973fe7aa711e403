"""Cells of which the source tells no number: whatever its sign is, they are protected like withheld ones and look like them."""

import csv
from pathlib import Path

import pytest

from tests.chance import every
from tests.disclosure.test_filled_forms import AREAS, fill, new
from tests.disclosure.test_project_system import protect, report_of, run
from tests.disclosure.worlds import DEFINITION, write_project

COUNTED = DEFINITION.replace("denominator: Alle Familien\n", "unit: Familien\n")
RULE = "disclosure: {method: round-small, threshold: 5}\n"


def protected(root: Path, counts: tuple[int | str, ...], total: int) -> tuple[list[dict[str, str]], str]:
    """Protect the counts of five quarters (a sign where the source tells none) and the town's; return the table and the report."""
    town, raw = write_project(root / "projekt", COUNTED + RULE), root / "roh"
    raw.mkdir()
    lines = [
        f"{area.lower()},2025,,{one}" if isinstance(one, str) else f"{area.lower()},2025,{one},"
        for area, one in zip(AREAS, counts, strict=True)
    ]
    lines = ["space,period,numerator,status", *lines, f"kleinstadt,2025,{total},"]
    (raw / "hilfen.csv").write_text("\n".join(lines) + "\n", "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    done = run("check", "--project", town)
    assert done.exit_code == 0, done.output
    with (town / "resources/indicators/hilfen/values.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream)), report_of(raw)


@pytest.mark.parametrize("sign", every(["…", "/", "x", "."], {"…", "."}))
@pytest.mark.parametrize(
    ("counts", "total"),
    [
        # 16 is shown as 15: of 17 at most, 9 in the north leave the two small ones hardly any room.
        ((8, 1, 5, None, 2), 16),
        ((0, None, None, 6, 5), 12),
        ((None, 6, 7, None, 12), 35),
        ((10, 3, 14, None, 0), 27),
        ((6, None, 12, 3, 7), 32),
    ],
)
def test_whatever_its_sign_says_a_town_with_an_untold_cell_is_released(
    tmp_path: Path, counts: tuple[int | None, ...], total: int, sign: str
) -> None:
    """And nothing that is withheld can be worked out; the report names each of it."""
    table, told = protected(tmp_path, tuple(sign if one is None else one for one in counts), total)
    withheld = [row["space"] for row in table if row["status"] == "."]
    for space in withheld:
        assert f"| {space.title()}, 2025 |" in told
    assert told.count(", 2025 |") == len(withheld)


def test_nobody_sees_which_withheld_count_the_source_does_not_tell(tmp_path: Path) -> None:
    """Of the first two quarters one has 3 families and of the other nothing is told: published is the same."""
    tables = []
    for at, (first, second) in enumerate((("3", "."), (".", "3"))):
        town, raw = write_project(tmp_path / f"projekt{at}", COUNTED + RULE), tmp_path / f"roh{at}"
        new(town, raw)
        said = {"Zeichen .": "geheim", "Schon gerundet geliefert?": "nein"}
        rows = [[first], [second], ["20"], ["30"], ["25"], ["90"]]
        fill(raw / "hilfen.xlsx", "C3", rows, said)
        assert protect(town, raw, "2026-03-01").exit_code == 0
        tables.append((town / "resources/indicators/hilfen/values.csv").read_text("utf-8"))
    assert tables[0] == tables[1]
    assert tables[0].count(",.,") == 2
