"""Each benchmark that needs a browser or files of others starts on this machine and prints what it promises, with a tiny town."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.chance import whole

ROOT = Path(__file__).parent.parent


@whole
@pytest.mark.parametrize(
    ("words", "promised"),
    [
        (["search", "--offers", "40"], "ours, search:"),
        (["directory", "--offers", "60", "--rounds", "1"], "first visit, gzip:"),
        (["berlin", "/nowhere"], "not measured"),
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
    assert ended.returncode == 0
