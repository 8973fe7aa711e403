"""What many tests share: the demo, built once for each process."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 20)
EXAMPLES = ROOT / "examples"
NAMES = ("essen", "hamburg-mitte", "norderstedt", "siegen", "walle")
"""The worked examples, each a project of its own."""


@pytest.fixture(scope="session")
def demo() -> Project:
    """The public demo, read and derived."""
    return prepare(ROOT, TODAY)


@pytest.fixture(scope="session")
def demo_site(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built public demo."""
    target = tmp_path_factory.mktemp("demo") / "site"
    build_site(demo, target, write_site)
    return target


@pytest.fixture(scope="session")
def internal_demo() -> Project:
    """The demo with its overlay."""
    return prepare(ROOT, TODAY, internal=True)


@pytest.fixture(scope="session")
def internal_site(internal_demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built internal demo."""
    target = tmp_path_factory.mktemp("demo-intern") / "site"
    build_site(internal_demo, target, write_site)
    return target


@pytest.fixture(scope="session")
def built_examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every worked example, built into a folder of its own."""
    folders: dict[str, Path] = {}
    for name in NAMES:
        folders[name] = tmp_path_factory.mktemp("examples") / name
        found = build_site(prepare(EXAMPLES / name, TODAY), folders[name], write_site)
        assert not has_errors(found)
    return folders


def words_of(folder: Path, page: str) -> str:
    """Return the visible words of a page's main part in one line."""
    html = (folder / page / "index.html").read_text("utf-8")
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: playwright can't be started twice at a time."""
    from tests.browsing import started

    with started() as chromium:
        yield chromium
