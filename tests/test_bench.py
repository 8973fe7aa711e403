"""Each benchmark that needs a browser or files of others starts on this machine and prints what it promises, with a tiny town."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.house import PACKAGE, House, densities, rose
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


PLAIN = "def total(rows):\n    found = 0\n    for row in rows:\n        found += row\n    return found\n"
DENSE = "def total(tables):\n    return sum(cell if cell else 0 for table in tables for row in table for cell in row)\n"


def test_a_room_that_became_denser_is_named_and_a_longer_one_is_not() -> None:
    def house(text: str) -> House:
        return House({"check.sums": (Path(PACKAGE, "check", "sums.py"), text)})

    kept = densities(house(PLAIN))
    assert rose(house(PLAIN + PLAIN.replace("total", "again")), kept) == []
    told = rose(house(PLAIN + DENSE), kept)
    assert [line for line in told if "nested comprehensions" in line and line.startswith("check:")]
    assert [line for line in told if "nodes a statement" in line]
