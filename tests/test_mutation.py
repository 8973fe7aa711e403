"""The bench that puts faults into the code: which places count, which tests are asked, what is written down."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest
import yaml

from bench.mutation import trials
from bench.mutation.concern import Chosen, Concern, Recorded, Spot, functions_by_line
from bench.mutation.mutants import Mutant, Sample, found_in
from bench.mutation.results import SURVIVORS, Results, wilson
from bench.mutation.trials import Trial, Verdict, failing, try_all
from tests.chance import whole
from tests.conftest import ROOT

UNSEEN = '''
"""About a module."""
from typing import TYPE_CHECKING

__all__ = ["One"]
if TYPE_CHECKING:
    ONE = 1
Pair = tuple[int, "str"]


@dataclass(frozen=True)
class One:
    """About a class."""

    number: Literal[1, 2]

    def __repr__(self) -> str:
        return "<One>" + str(1)


def told(pairs: "Pairs") -> None:
    """About a function."""
    assert pairs != 3
    len(pairs)
    "Das ist ein Satz."
    cast("Pairs", pairs)
'''
ALIKE = ['zip(one, other, strict=True)', 'text.encode("utf-8")', 'raise Odd("Es fehlt eine Uhrzeit.")']  # fmt: skip
"""Calls of which only what is given first, or nothing, can be changed so that it matters."""


def places(source: str) -> list[str]:
    """Return the code of each place of a file."""
    module = cst.parse_module(source)
    return [module.code_for_node(place.node) for place in found_in("a.py", module)]


def test_what_no_test_can_see_is_not_changed() -> None:
    assert places(UNSEEN) == []


def test_everything_else_is_changed() -> None:
    source = "LIMIT = 3\n\n@property\ndef late(self):\n    return self.age > LIMIT or not self.there\n"
    assert places(source) == [
        "LIMIT = 3",
        "3",
        "self.age > LIMIT or not self.there",
        " > LIMIT",
        "not self.there",
    ]


def test_what_is_the_same_without_it_is_not_left_out() -> None:
    module = cst.parse_module("\n".join(ALIKE))
    found = {
        module.code_for_node(place.node): [module.code_for_node(new) for new in place.instead]
        for place in found_in("a.py", module)
    }
    assert found == {
        ALIKE[0]: [
            "zip(None, other, strict=True)",
            "zip(one, None, strict=True)",
            "zip(other, strict=True)",
            "zip(one, strict=True)",
        ],
        'Odd("Es fehlt eine Uhrzeit.")': ["Odd(None)"],
    }


def test_a_mutant_keeps_its_name_when_lines_move(tmp_path: Path) -> None:
    file = tmp_path / "room" / "one.py"
    file.parent.mkdir()

    def drawn() -> list[tuple[str, str]]:
        return [(mutant.id, mutant.becomes) for mutant in Sample(tmp_path, "room", 1)]

    file.write_text("def f(a):\n    return a + 1, a + 1\n", "utf-8")
    before = drawn()
    assert len({name for name, _ in before}) == len(before) == 4
    file.write_text("# moved\n\n\ndef f(a):\n    return a + 1, a + 1\n", "utf-8")
    assert drawn() == before
    assert [mutant.id for mutant in Sample(tmp_path, "room", 2)] != [name for name, _ in before]


def test_lines_of_a_body_belong_to_the_innermost_function() -> None:
    source = (
        "class A:\n    x = 1\n    def f(self):\n        def g():\n            return 1\n        return g\n"
    )
    assert functions_by_line(source) == {4: "A.f", 5: "A.f.g", 6: "A.f"}


SOURCE = """\
KNOWN = {"b": 1}
ALL = {**KNOWN, "c": 2}


def f(x):
    if x in (
        "a"
    ):
        return 1
    return ALL[x]


def g(x):
    return 3
"""
B = "generator/a/b.py"
CONCERN = Concern(
    {
        "tests/test_wide.py": Recorded("", 0.1, {"tests/test_wide.py::w1": 0.1, "tests/test_wide.py::w2": 0.2}, {f"{B}::f": {"if x in (": 0b11, "return ALL[x]": 0b10}, "generator/a/c.py::g": {"return": 1}}),
        "tests/test_near.py": Recorded("", 0, {"tests/test_near.py::n1": 3, "tests/test_near.py::n2": 1, "tests/test_near.py::n3": 2}, {f"{B}::f": {"if x in (": 0b011, "return 1": 0b001}}),
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("function", "line", "most", "tests"),
    [
        ("f", 7, 60, ("w1", "w2", "n2", "n1", "n3")),
        ("f", 7, 2, ("w1", "w2", "n2")),
        ("f", 7, 0, ("n2",)),
        ("f", 9, 60, ("n1", "n2", "n3")),
        ("f", 10, 60, ("w2", "w1")),
        ("", 2, 60, ("w2", "w1")),
        ("", 1, 60, ("w2", "w1")),
        ("g", 14, 60, ("w1", "w2", "n2", "n1", "n3")),
        ("without tests", 99, 60, ("w1", "w2", "n2", "n1", "n3")),
    ],
)
def test_quick_tests_that_run_the_statement_are_asked_first(
    function: str, line: int, most: float, tests: tuple[str, ...]
) -> None:
    asked = CONCERN.choose(Spot(B, SOURCE, function, line), most).tests
    assert tuple(test.rpartition("::")[2] for test in asked) == tests


def test_who_goes_a_way_of_their_own_is_asked_before_quicker_ones() -> None:
    seconds = {f"tests/t.py::t{number}": number for number in range(1, 20)}
    lines = {"if x in (": (1 << 19) - 1, "return 1": 1 << 17}
    concern = Concern({"tests/t.py": Recorded("", 0, seconds, {f"{B}::f": lines})})
    assert concern.choose(Spot(B, SOURCE, "f", 6), 22).tests == tuple(
        f"tests/t.py::t{number}" for number in (1, 18, 2)
    )


SMALL = {
    "killed": "def twice(x):\n    return x - x\n",
    "survived": "def twice(x):\n    return x * 2\n",
    "hung": "def twice(x):\n    while True:\n        pass\n",
}


@whole
def test_a_test_that_fails_kills_and_the_tree_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "GRACE", 2)
    tree = tmp_path / "0" / "tree"
    (tree / "tests").mkdir(parents=True)
    (tree / "small.py").write_text("def twice(x):\n    return x + x\n", "utf-8")
    test = "from small import twice\n\ndef test_twice():\n    assert twice(2) == 4\n"
    (tree / "tests" / "test_small.py").write_text(test, "utf-8")
    chosen = Chosen(("tests/test_small.py::test_twice",), 0)
    mutants = [(Mutant(name, "small.py", "twice", "", "", text), chosen) for name, text in SMALL.items()]
    ended = {trial.mutant.id: (trial.verdict, trial.by) for trial in try_all(mutants, [tree])}
    assert ended == {
        "killed": ("killed", chosen.tests[0]),
        "survived": ("survived", ""),
        "hung": ("hung", ""),
    }
    assert failing(chosen.tests, tree) == ""
    (tree / "small.py").write_text(SMALL["killed"], "utf-8")
    assert failing(chosen.tests, tree) == chosen.tests[0]


def trial(name: str, verdict: Verdict) -> Trial:
    """A mutant of which nothing but its name matters, and what became of it."""
    return Trial(Mutant(name, "a.py", "f", "x", "y", ""), verdict, "tests/t.py::t")


def test_reasons_are_kept_and_what_was_killed_later_stays_in_the_list(tmp_path: Path) -> None:
    files = tmp_path / "last.json", tmp_path / "survivors.yml"
    results = Results(*files)
    for name, verdict in (("a", "killed"), ("b", "survived"), ("c", "survived"), ("d", "hung")):
        results.take(1, "read", trial(name, verdict))  # type: ignore[arg-type]
    assert results.unexplained() == ["b", "c"]
    files[1].write_text(files[1].read_text("utf-8").replace("why: ''", "why: the same", 1), "utf-8")
    results = Results(*files)
    assert results.unexplained() == ["c"]
    results.take(1, "read", trial("c", "killed"))
    results.keep(1, "read", {"a", "c", "d"})
    ends = {one["id"]: (one["end"], one["why"]) for one in yaml.safe_load(files[1].read_text("utf-8"))}
    assert ends == {"b": ("gone", "the same"), "c": ("killed: tests/t.py::t", "")}
    series = Results(*files).of(1, "read")
    assert (series.killed, series.hung, series.survived) == (["a", "c"], ["d"], [])


def test_what_is_said_to_survive_is_of_code_that_is_there() -> None:
    told = yaml.safe_load(SURVIVORS.read_text("utf-8"))
    files = {one["where"].split()[0] for one in told if one["end"] != "gone"}
    assert [name for name in sorted(files) if not (ROOT / name).is_file()] == []


def test_the_interval_of_a_share() -> None:
    # Newcombe (1998), table I: 81 of 263 and 15 of 148.
    assert [round(bound, 4) for bound in wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(bound, 4) for bound in wilson(15, 148)] == [0.0624, 0.1605]
