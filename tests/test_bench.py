"""Each benchmark that needs a browser or files of others starts on this machine and prints what it promises, with a tiny town."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.house import PACKAGE, House, above, read_ceilings
from tests.chance import whole

ROOT = Path(__file__).parent.parent


@whole
@pytest.mark.parametrize(
    ("words", "promised"),
    [
        (["search", "--offers", "40"], "ours, search:"),
        (["directory", "--offers", "60", "--rounds", "1"], "first visit, gzip:"),
        (["berlin", "/nowhere"], "not measured"),
        (["questions"], "Zwei Seiten für den Ausschuss morgen"),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else "",
)
def test_a_benchmark_starts(words: list[str], promised: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", f"bench.{words[0]}", *words[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert promised in ended.stdout
    # A time that is missed is for the bench to say: other tests run beside it.
    assert ended.returncode == 0 or "MISSES" in ended.stdout


def test_a_package_above_its_ceiling_or_without_one_is_named() -> None:
    one = House({"check.sums": (Path(PACKAGE, "check", "sums.py"), '"""Sum."""\n\nA = 1\n_B = 2\n')})
    assert above(one, read_ceilings("# package lines statements public\ncheck 4 2 1\n")) == []
    assert above(one, read_ceilings("check 3 2 1 sums of rows are new\n")) == ["check: 4 lines, at most 3"]
    assert above(one, read_ceilings("check 4 1 0\n")) == [
        "check: 2 statements, at most 1",
        "check: 1 public, at most 0",
    ]
    assert above(one, read_ceilings("edit 4 2 1\n")) == ["check: has no ceiling"]
