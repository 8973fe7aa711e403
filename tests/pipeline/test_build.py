"""The whole way from a folder to a site: both ways of writing, exchange, determinism, links, reach, canaries."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import shutil
import subprocess
import sys
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.diagnostics import Diagnostic, has_errors
from generator.mkdocs_plugin import write_site
from generator.pipeline import plan
from generator.pipeline.build import Project, build_site, prepare
from generator.theme import material
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.folders import files_of
from tests.golden.sites import FOLDER


def differing(one: Path, two: Path) -> list[str]:
    first, second = files_of(one), files_of(two)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the golden village, which builds quickly."""
    return Path(shutil.copytree(FOLDER / "village" / "project", tmp_path / "project"))


def build(project: Path, target: Path) -> Project:
    ready = prepare(project, TODAY)
    build_site(ready, target, write_site)
    return ready


@whole
def test_mkdocs_build_gives_the_same_site(small: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", small)
    build(small, tmp_path / "built")
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC).timestamp())),
    }
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--config-file",
        str(small / "mkdocs.yml"),
        "--site-dir",
        str(tmp_path / "site"),
    ]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    assert differing(tmp_path / "built", tmp_path / "site") == []


@whole
def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_files(small: Path, tmp_path: Path) -> None:
    build(small, tmp_path / "one")
    shuffled = tmp_path / "shuffled"
    names = sorted(path for path in small.rglob("*") if path.is_file())
    random.Random(7).shuffle(names)
    for path in names:
        copy = shuffled / path.relative_to(small)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    build(shuffled, tmp_path / "two")
    assert differing(tmp_path / "one", tmp_path / "two") == []


@whole
def test_scripts_of_the_site_before_stay_for_one_build(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def folders() -> set[str]:
        return {path.name for path in (tmp_path / "site" / "assets" / "nahraum").glob("skripte-*")}

    def built(name: str) -> set[str]:
        """Build with scripts that lie in another folder."""
        plan._assets.cache_clear()
        with monkeypatch.context() as patched:
            patched.setattr(material, "folder_of", lambda scripts: f"{name}/")
            build(small, tmp_path / "site")
        return folders()

    one, two, three = (f"skripte-{sign * 16}" for sign in "abc")
    assert built(one) == {one}
    assert built(two) == {one, two}
    kept, now = ((tmp_path / "site" / "assets" / "nahraum" / name / "site.js") for name in (one, two))
    assert kept.read_bytes() == now.read_bytes()
    assert built(two) == {two}
    assert built(three) == {two, three}
    assert built(one) == {three, one}
    plan._assets.cache_clear()


def test_unchanged_files_keep_their_bytes_and_times(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(small, target)
    before = {
        path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in target.rglob("*") if path.is_file()
    }
    record = min((small / "resources" / "offers").glob("*.yml"))
    record.write_text(
        re.sub(
            r"^name: .*$", "name: Umbenanntes Angebot", record.read_text(encoding="utf-8"), flags=re.MULTILINE
        ),
        encoding="utf-8",
    )
    build(small, target)
    kept = [
        path
        for path, state in before.items()
        if path.exists() and (path.stat().st_ino, path.stat().st_mtime_ns) == state
    ]
    page = target / "angebote" / record.stem / "index.html"
    assert page not in kept
    assert "Umbenanntes Angebot" in page.read_text(encoding="utf-8")
    assert len(kept) > len(before) * 0.5


def test_an_error_leaves_the_old_site_untouched(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(small, target)
    before = files_of(target)
    (small / "resources" / "offers" / "kaputt.yml").write_text("name: [", encoding="utf-8")
    ready = build(small, target)
    assert has_errors(ready.found)
    assert files_of(target) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "site"]


def test_a_killed_build_leaves_the_old_site_whole(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(small, target)
    before = files_of(target)

    def killed(project: Project, folder: Path, before: Path, report: object) -> tuple[()]:
        (folder / "index.html").write_text("halb", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_site(prepare(small, TODAY), target, killed)
    assert files_of(target) == before


def test_every_link_and_anchor_resolves(demo_site: Path, demo_found: tuple[Diagnostic, ...]) -> None:
    """The check of the built site names every link into nothing."""
    broken = [
        f"{item.position.file}: {item.message}"
        for item in demo_found
        if item.code in ("verweis-ins-leere", "sprungmarke-fehlt")
    ]
    assert broken == []


@pytest.mark.guards("Search: nothing found leads on; without scripts every entry can be reached")
@pytest.mark.guards("Law, paper, speed: imprint, privacy and accessibility statement in every footer")
@whole
def test_every_record_is_reachable_from_the_home_page(demo: Project, demo_site: Path) -> None:
    reached = walk(demo_site)
    assert demo.site is not None
    for folder, kind in (
        ("offers", "angebote"),
        ("places", "orte"),
        ("providers", "traeger"),
        ("spaces", "sozialraeume"),
        ("networks", "netzwerke"),
        ("offices", "aemter"),
    ):
        missing = [key for key in demo.site.records(folder) if f"{kind}/{key}/index.html" not in reached]
        assert missing == [], folder
    assert {"impressum/index.html", "datenschutz/index.html", "barrierefreiheit/index.html"} <= reached


def walk(site: Path) -> set[str]:
    """Follow links as a browser without scripts would, from the home page."""
    seen = {"index.html"}
    todo = deque(seen)
    while todo:
        name = todo.popleft()
        text = (site / name).read_text(encoding="utf-8")
        for link in re.findall(r'<a\s[^>]*href="([^"#?]+)', text):
            if re.match(r"[a-z]+:|//", link):
                continue
            target = (site / name).parent / unquote(unescape(link))
            target = target / "index.html" if link.endswith("/") or target.is_dir() else target
            found = os.path.relpath(target, site)
            if found not in seen and target.is_file() and target.suffix == ".html":
                seen.add(found)
                todo.append(found)
    return seen


@whole
def test_the_internal_site_is_marked_and_keeps_robots_out(internal_site: Path) -> None:
    assert "Disallow: /" in (internal_site / "robots.txt").read_text(encoding="utf-8")
    for path in internal_site.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        assert 'class="nr-mark"' in text, path
        assert '<meta name="robots" content="noindex">' in text, path
