"""What many tests share: the demo and the examples, read and built once in a run."""

from __future__ import annotations

import datetime as dt
import gc
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from generator.diagnostics import Diagnostic, has_errors
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare
from generator.render.base.context import Context
from tests.chance import LONG
from tests.machine import needed
from tests.records import replace
from tests.sharing import shared_folder, shared_value

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 20)
EXAMPLES = ROOT / "examples"
NAMES = ("essen", "hamburg-mitte", "norderstedt", "siegen", "walle")
"""The worked examples, each a project of its own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--slow-pages` finds tests in browsers that read a page without waiting for it."""
    parser.addoption("--slow-pages", action="store_true", help="pages in browser tests answer late")
    parser.addoption(
        "--skipped", action="store_true", help="only what the last run skipped for want of something"
    )


# Time isn't judged in tests: a busy machine is no failure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """`-m long` is told to every process before it draws its cases; no process works out what one can before all."""
    if not hasattr(config, "workerinput"):
        subprocess.run([sys.executable, ROOT / "hatch_build.py"], check=True)
    if config.getoption("markexpr") == "long":
        os.environ[LONG] = "1"


@pytest.fixture(scope="session", autouse=True)
def kept_builds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept of builds stays out of the home folder of whoever runs the tests; messages are those of a person's own machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("CI", raising=False)
        yield


FIRST = (
    "browser/test_directory", "preview/test_serving", "test_unchanged", "test_case", "test_canaries", "test_changes", "edit/test_pipelines", "test_build",
    "test_examples", "test_guide", "test_numbers", "test_language_of_parts", "test_operations", "test_berlin_reports", "test_berlin", "test_schema", "test_tasks", "test_maps", "test_case_ideas", "test_named_filters", "test_reports", "test_kept_editions",
    "test_finder", "test_doors", "test_search_browser", "test_every_template", "test_layout", "test_site", "test_editions", "test_danger",
    "test_offline", "test_invented", "test_live_site", "test_shell", "test_commands_hold", "test_protect", "test_place_grammar", "test_random_worlds",
    "test_supply_chain",
)  # fmt: skip
"""The files that take longest: begun first, none of them is left to one process at the end. While the first makes the demo, the next two need none."""
SKIPPED = "nahraum/skipped"
"""Where pytest keeps from run to run what was skipped."""
LONGER = 600
"""Seconds that a test may take which is whole or long; the others': `pyproject.toml`."""
RARELY = (10_000, 10, 10)
"""How often garbage is looked for: what a test makes and lets go of is mostly gone without."""


LARGE = {"built_examples", "internal_demo", "internal_site"}
"""What takes long to make: a test that looks at it is `whole`. Small sites of the same kinds are in `tests/golden`."""


@cache
def _place(path: Path) -> int:
    return next((place for place, name in enumerate(FIRST) if path.match(f"{name}.py")), len(FIRST))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long files first; `--dist loadfile --no-loadscope-reorder` hands them out in this order, each to one process."""
    if config.getoption("skipped"):
        skipped = set(config.cache.get(SKIPPED, []))
        items[:] = [item for item in items if item.nodeid in skipped]
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if not LARGE.isdisjoint(fixtures):
            item.add_marker(pytest.mark.whole)
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.needs("Chromium"))
            if not item.get_closest_marker("guards"):
                item.add_marker(pytest.mark.whole)
        if item.get_closest_marker("whole") or item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(LONGER))
    items.sort(key=lambda item: _place(item.path))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Ask for what a test needs before anything is made for it."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            needed(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line each why tests were skipped."""
    skipped = terminalreporter.getreports("skipped")
    if terminalreporter.config.pluginmanager.hasplugin("cacheprovider"):
        terminalreporter.config.cache.set(SKIPPED, [report.nodeid for report in skipped])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} übersprungen: {reason}")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Twelve thousand tests and all that they import live as long as their process: garbage is looked for among what comes after them, and less often."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*RARELY)
        gc.enable()


def _prepared(factory: pytest.TempPathFactory, name: str, *, internal: bool) -> Project:
    """Read and derive the demo once in a run; views hold templates, which each process makes for itself."""
    return shared_value(
        factory, name, lambda: replace(prepare(ROOT, TODAY, internal=internal), contexts=())
    ).showing()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The public demo, read and derived."""
    return _prepared(tmp_path_factory, "demo", internal=False)


@pytest.fixture(scope="session")
def context(demo: Project) -> Context:
    """The German tree of the demo."""
    return demo.contexts[0]


@pytest.fixture(scope="session")
def demo_site(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built public demo."""
    return _built(tmp_path_factory, "demo-site", lambda: demo)


@pytest.fixture(scope="session")
def demo_found(demo_site: Path) -> tuple[Diagnostic, ...]:
    """What building the demo found wrong with it and with the site."""
    found: tuple[Diagnostic, ...] = pickle.loads((demo_site.parent / "found").read_bytes())
    return found


@pytest.fixture(scope="session")
def internal_demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The demo with its overlay, read and derived."""
    return _prepared(tmp_path_factory, "demo-intern", internal=True)


@pytest.fixture(scope="session")
def internal_site(internal_demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built internal demo."""
    return _built(tmp_path_factory, "demo-intern-site", lambda: internal_demo)


@cache
def example(name: str) -> Project:
    """Return a worked example, read and derived once in a process."""
    return prepare(EXAMPLES / name, TODAY)


class BuiltExamples(Mapping[str, Path]):
    """The worked examples by name, each built into a folder of its own when a test first asks for it."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self.factory = factory

    def __getitem__(self, name: str) -> Path:
        return _built(self.factory, f"example-{name}", partial(prepare, EXAMPLES / name, TODAY))

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


@pytest.fixture(scope="session")
def built_examples(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every worked example, built."""
    return BuiltExamples(tmp_path_factory)


def _built(factory: pytest.TempPathFactory, name: str, project: Callable[[], Project]) -> Path:
    """Return the folder of a site that is built once in a run."""

    def build(folder: Path) -> None:
        found = build_site(project(), folder / "site", write_site)
        assert not has_errors(found), [item for item in found if item.severity == "error"]
        (folder / "found").write_bytes(pickle.dumps(found))

    return shared_folder(factory, name, build) / "site"


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
