"""Components in hand-written pages: what can't work is named with file, line, column and what helps, and nothing is built."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.mkdocs_plugin import write_site
from generator.model.config import SiteConfig
from generator.pipeline.build import Project, build_site, prepare
from generator.render.components.calls import check_text
from tests.chance import every, whole
from tests.edit.towns import write_town
from tests.golden.sites import FOLDER as GOLDEN


@pytest.mark.parametrize(
    ("call", "code", "help_text"),
    [
        ("{{ ofers() }}", "baustein-unbekannt", "gemeint ist vielleicht „offers“"),
        ("{{ __import__('os') }}", "baustein-unbekannt", "möglich sind: "),
        ("{{ offers(tpic='geld') }}", "baustein-angabe", "gemeint ist vielleicht „topic“"),
        ("{{ offers('geld', None, 3, 4) }}", "baustein-aufruf", "die Form ist offers("),
        ("{{ offers(limit='viele') }}", "baustein-aufruf", "die Form ist offers("),
        ("{{ offers(topic=1) }}", "baustein-aufruf", "die Form ist offers("),
        ("{{ term() }}", "baustein-aufruf", "die Form ist term("),
        ("{{ offers(topic='schuldn') }}", "baustein-verweis", "gemeint ist vielleicht „schulden“"),
        ("{{ offers(kind='familienrt') }}", "baustein-verweis", "gemeint ist vielleicht „familienrat“"),
        ("{{ contact('gibt-es-nicht') }}", "baustein-verweis", "möglich sind: "),
        ("{{ offers( }}", "baustein-schreibweise", "{{ offers(topic='schulden', limit=5) }}"),
        ("{{ offers.x }}", "baustein-schreibweise", "in Klammern"),
        ("{{ offers(topic=open('x')) }}", "baustein-schreibweise", "in Klammern"),
    ],
)
def test_what_cannot_work_is_named_at_its_place(tmp_path: Path, call: str, code: str, help_text: str) -> None:
    write_town(tmp_path)
    page = tmp_path / "content" / "seite.md"
    page.parent.mkdir()
    page.write_text(f"# Seite\n\nSiehe {call} hier.\n", "utf-8")
    result = CliRunner().invoke(main, ["build", "-p", str(tmp_path), "-f", "json"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    found = [item for item in json.loads(result.stdout) if item["severity"] == "error"]
    assert [(item["code"], item["file"], item["line"], item["column"]) for item in found] == [
        (code, "content/seite.md", 3, 7)
    ]
    assert help_text in found[0]["help"]
    assert not (tmp_path / "site").exists()


def test_each_paragraph_leads_to_the_offers_that_work_after_it(demo: Project, demo_site: Path) -> None:
    """What the link promises, the directory's filter holds: the same number, under a value that it knows."""
    page = (demo_site / "fachkraefte" / "verfahren" / "index.html").read_text("utf-8")
    context = demo.contexts[0]
    kinds = context.site.words.kinds
    choices = json.loads((demo_site / "angebote" / "auswahl.json").read_text("utf-8"))["facets"]
    (options,) = [facet[1] for facet in choices if facet[0] == "recht"]
    rows = re.findall(
        r'href="\.\./\.\./angebote/\?recht=([\w-]+)">(§[^<]+)</a>.*?(\d+) Angebote?<', page, re.DOTALL
    )
    assert [(key, law, int(number)) for key, law, number in rows] == [tuple(option[:3]) for option in options]
    number = sum(
        1
        for key, offer in context.site.offers.items()
        if context.facts.offers[key].active
        and (basis := kinds[offer.kind].legal_basis) is not None
        and (basis.law, basis.paragraph) == ("SGB VIII", "16")
    )
    assert ("sgb-viii-16", "§ 16 SGB VIII", str(number)) in rows


def test_the_family_council_says_who_moderates_it(demo_site: Path) -> None:
    for lang, heading in (
        ("", "Wer hier einen Familienrat moderiert"),
        ("en/", "Who moderates a family council here"),
    ):
        page = (demo_site / lang / "fachkraefte" / "familienrat" / "index.html").read_text("utf-8")
        assert "angebote/familienrat-auenstedt/" in page.rpartition(heading)[2].partition("<h2")[0]


VILLAGE = GOLDEN / "village" / "project"

CONFIG = "site_name: Dorf\ndocs_dir: content\ntheme: {name: nahraum}\nplugins: [nahraum]\n"
HEAD = "---\ntitle: Seite\ntags:\n- a\n---\n\n"


@cache
def config() -> SiteConfig:
    return prepare(VILLAGE, date(2026, 11, 29)).site.config


def places(text: str) -> list[int]:
    found = check_text(text, [], "content/seite.md", config())
    assert {item.code for item in found} <= {"zeichen-als-text"}
    assert all(item.help for item in found)
    return [item.position.line for item in found]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("- a\n\n    ```yaml\n    - id: b\n      name: c\n    ```\n", [3]),
        ("- a\n  ```\n  b\n  c\n  ```\n", [2]),
        ("1. a\n\n   ~~~sh\n   b\n   ~~~\n", [3, 3]),
        ("!!! note\n\n    ```\n    a\n    b\n    ```\n", [3]),
        ("```yaml\nx: 1\n", [1]),
        ("Text\n\n::: warning\nText\n:::\n", [3, 3]),
        ("??? note\n    Text\n", [1]),
        ('=== "Reiter"\n\n    Text\n', [1]),
        ("!!! note: Achtung\n    Text\n", [1]),
        ("- a\n\n    Text\n- **b**\n", [4]),
    ],
)
def test_a_mark_that_is_left_is_told_at_its_line(text: str, lines: list[int]) -> None:
    assert places(text) == lines
    assert places(HEAD + text) == [line + 6 for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        "```yaml\n- id: a\n  b: c\n```\n", "~~~\n::: a\n~~~\n", "- a\n\n        - id: b\n          c: ```\n\n- d\n",
        '!!! note "Achtung"\n\n    Text - mit Strich\n\n    - a\n', "Bitte klingeln!!! Wirklich??? `- a` - und `nahraum\nimport` === b\n",
        "Überschrift\n===\n\n| a |\n|---|\n| - |\n", "- a\n- b\n    - c\n",
    ],
)  # fmt: skip
def test_what_is_read_passes(text: str) -> None:
    assert places(HEAD + text) == []


def town(tmp_path: Path, page: str, mkdocs: str = CONFIG) -> Path:
    root = tmp_path / "dorf"
    shutil.copytree(VILLAGE, root)
    (root / "content").mkdir(exist_ok=True)
    (root / "content/seite.md").write_text(page, "utf-8")
    (root / "mkdocs.yml").write_text(mkdocs, "utf-8")
    return root


FENCE = "# Seite\n\n- a\n\n    ```yaml\n    - id: b\n      name: c\n    ```\n"
DETAILS = f"{CONFIG}markdown_extensions: [pymdownx.details]\n"


@whole
@pytest.mark.parametrize("mkdocs", every((CONFIG, DETAILS), {DETAILS}))
def test_a_fence_that_is_left_stops_both_builds(tmp_path: Path, mkdocs: str) -> None:
    root = town(tmp_path, FENCE, mkdocs)
    found = build_site(prepare(root, date(2026, 11, 29)), tmp_path / "site", write_site)
    assert ("zeichen-als-text", "content/seite.md", 5) in [(item.code, *item.position[:2]) for item in found]
    assert not (tmp_path / "site").exists()
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(root / "mkdocs.yml")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "content/seite.md:5" in run.stdout + run.stderr
    assert not (root / "site/seite").exists()


def test_marks_that_a_town_can_read_are_none_of_ours(tmp_path: Path) -> None:
    root = town(tmp_path, "# Seite\n\n??? note\n    Text\n", DETAILS)
    found = build_site(prepare(root, date(2026, 11, 29)), tmp_path / "site", write_site)
    assert [item.code for item in found if item.severity == "error"] == []
