"""What many tests share: the demo, built once for each process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.build import Project, build_site, prepare
from generator.mkdocs_plugin import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 20)


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
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: playwright can't be started twice at a time."""
    from tests.browsing import started

    with started() as chromium:
        yield chromium
