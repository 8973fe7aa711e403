"""Texts in `content/` that nobody writes by hand: the converter is slow or gives up on them, so they are told and not converted."""

from pathlib import Path
from shutil import copytree

import pytest

from generator.model.config import SiteConfig
from generator.model.site import Site
from generator.pipeline.build import prepare
from generator.render.components.calls import check_text
from generator.render.frame import markup_policy
from generator.render.frame.markup_policy import OPEN, excess, with_room_to_spare
from tests.chance import every
from tests.conftest import TODAY
from tests.golden.sites import FOLDER as GOLDEN

# Each took the converter more than ten seconds, or all the calls that Python allows.
SLOW = {
    "open brackets": "Text\n\n" + "[" * 16_000,
    "nested brackets": "[" * 8_000 + "]" * 8_000,
    "open links": "[a](" * 50_000,
    "open tags": "<a " * 30_000,
    "open tags in many paragraphs": "<a \n\n" * 30_000,
    "tags": "<a>" * 50_000,
    "open pictures": "![" * 20_000,
    "ever more ticks": "".join("`" * number + " " for number in range(1_300)),
    "headings": "# a\n" * 15_000,
    "headings in HTML": "<h2>a</h2>\n\n" * 15_000,
    "headings with a line below": "a\n=\n\n" * 15_000,
    "boxes": "!!! a\n    b\n\n" * 20_000,
    "backslashes": "\\" * 290_000,
    "notes": "".join(f"[^{number}]" for number in range(15_000)),
    "abbreviations": "".join(f"*[a{number}]: x\n" for number in range(3_000)) + "a1 " * 20_000,
}
DEEP = {
    "numbers in numbers": "1. " * 2_000,
    "terms in terms": "a\n: b\n" * 2_000,
    "lists in lists": "\n".join("    " * number + "- a" for number in range(600)),
}


@pytest.fixture(scope="module")
def config() -> SiteConfig:
    site = prepare(GOLDEN / "village" / "project", TODAY).site
    assert isinstance(site, Site)
    return site.config


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_what_would_take_too_long_is_told_and_not_converted(
    text: str, config: SiteConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.render.components.calls.converted", lambda _: pytest.fail("converted"))
    assert {item.code for item in check_text(text, [], "a.md", config)} == {"text-zu-viel"}


@pytest.mark.parametrize("text", every(DEEP.values(), [DEEP["numbers in numbers"]]), ids=DEEP)
def test_what_is_too_deep_is_told(text: str, config: SiteConfig) -> None:
    assert [item.code for item in check_text(text, [], "a.md", config)] == ["text-zu-tief"]


def test_a_project_with_such_a_page_has_an_error_and_no_mishap(tmp_path: Path) -> None:
    root = tmp_path / "dorf"
    copytree(GOLDEN / "village" / "project", root)
    (root / "content" / "tief.md").write_text("# Tief\n\n" + "1. " * 2_000, encoding="utf-8")
    found = [
        (item.code, item.position.file) for item in prepare(root, TODAY).found if item.severity == "error"
    ]
    assert found == [("text-zu-tief", "content/tief.md")]


def test_it_is_told_where_it_becomes_too_much() -> None:
    found = list(excess("# Seite\n\n" + "[" * (OPEN + 1) + "\n", "a.md", 5))
    assert [(item.position.line, item.position.column) for item in found] == [(7, OPEN + 1)]


def test_what_people_write_is_not_too_much(config: SiteConfig) -> None:
    text = "# Seite\n\n" + "Ein [Verweis](a.md) (und [noch](b.md) einer) :( 1 <2.\n" * 300
    paragraphs = "".join(f"\n[offen {number} ( <\n" for number in range(150))
    assert check_text(text + paragraphs, [], "a.md", config) == []


def test_the_check_has_less_room_than_the_build() -> None:
    def deep(calls: int) -> int:
        return deep(calls - 1) if calls else 1

    assert with_room_to_spare(lambda: deep(100)) == 1
    most = next(calls for calls in range(100, 2_000, 10) if with_room_to_spare(lambda: deep(calls)) is None)  # noqa: B023
    assert deep(most + markup_policy.SPARE // 2) == 1
