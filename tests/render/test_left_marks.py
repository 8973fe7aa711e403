"""What Markdown doesn't read never stands on a page as text."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.model.config import SiteConfig
from generator.pipeline.build import build_site, prepare
from generator.render.components.calls import check_text
from tests.chance import every, whole
from tests.golden.sites import FOLDER as GOLDEN

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
