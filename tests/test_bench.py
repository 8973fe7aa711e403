"""How large a package may be."""

from __future__ import annotations

from pathlib import Path

from bench.house import PACKAGE, Program, above, read_ceilings


def test_a_package_above_its_ceiling_or_without_one_is_named() -> None:
    one = Program({"check.sums": (Path(PACKAGE, "check", "sums.py"), '"""Sum."""\n\nA = 1\n_B = 2\n')})
    assert above(one, read_ceilings("# package lines statements public\ncheck 4 2 1\n")) == []
    assert above(one, read_ceilings("check 3 2 1 sums of rows are new\n")) == ["check: 4 lines, at most 3"]
    assert above(one, read_ceilings("check 4 1 0\n")) == [
        "check: 2 statements, at most 1",
        "check: 1 public, at most 0",
    ]
    assert above(one, read_ceilings("edit 4 2 1\n")) == ["check: has no ceiling"]
