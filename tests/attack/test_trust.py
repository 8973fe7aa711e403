"""`docs/trust.md` says what the rig counted, and nothing else."""

from __future__ import annotations

import re

from attack import commands
from attack.parts import PARTS
from attack.results import Result, Results
from attack.tally import Find
from attack.trust import FAULTS, TEMPLATE, TITLES, main, page
from tests.conftest import ROOT


def test_the_page_is_made_from_the_results() -> None:
    assert main(["--check"]) == 0, "python -m attack.trust writes it"


def test_every_part_and_every_fault_has_its_words() -> None:
    assert set(TITLES) == set(PARTS)
    assert set(FAULTS) == {kind.name for kind in commands.KINDS} | {"overlapping runs"}
    written = (ROOT / "attack" / TEMPLATE).read_text("utf-8")
    assert set(re.findall(r'<a id="(\w+)"></a>', written)) == set(PARTS)


def test_every_count_that_is_named_is_made() -> None:
    """A count under another name would be told as 0."""
    named = re.findall(r'count\("(\w+)", "([^"]+)"\)', (ROOT / "attack" / TEMPLATE).read_text("utf-8"))
    source = "".join(
        path.read_text("utf-8") for path in sorted((ROOT / "attack").glob("*.py")) if path.name != "trust.py"
    )
    assert [(part, what) for part, what in named if f'"{what.removesuffix(" at most")}"' not in source] == []
    assert len(named) > 15


def test_what_is_open_is_told() -> None:
    results = Results(0, {"commands": Result(8, 4.0, {"kills before a step": 1}, 2, 1, [Find(4711, "…")])})
    told = page(results)
    assert "- getötete Befehle: 1 Fall (Nr. 4711)." in told
    assert "| [getötete Befehle](#commands) | 1 | 200 | 2 | 1 | 1 | 0,0 |" in told
    assert "Kein Fund dieser Läufe ist offen." not in told
    assert "Kein Fund dieser Läufe ist offen." in page(Results())


def test_the_page_names_the_commits_it_was_counted_on() -> None:
    one, other = "1" * 40, "2" * 40 + "+"
    known = Results(0, {"commands": Result(commits=[other]), "texts": Result(commits=[one, other])})
    assert f"`{one}`, `{other}`" in page(known)
    unknown = Results(0, {"commands": Result(commits=[one]), "texts": Result(done=8)})
    assert one not in page(unknown)
    assert "ist nicht festgehalten" in page(unknown)
