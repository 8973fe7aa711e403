"""The whole way from a folder to a site: both ways of writing, exchange, determinism, links, reach, canaries."""

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
from click.testing import CliRunner

from generator.cli import main
from generator.diagnostics import Diagnostic, has_errors
from generator.mkdocs_plugin import write_site
from generator.pipeline import plan
from generator.pipeline.build import Project, build_site, keep_scripts, prepare
from generator.theme import material
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.edit.towns import FILES, every_number_called, write, write_town
from tests.folders import files_of
from tests.golden.sites import FOLDER
from tests.golden.sites import FOLDER as GOLDEN


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


VILLAGE = GOLDEN / "village" / "project"


OURS = "eine Seite, die Nahraum baut"


@pytest.mark.parametrize(
    "lost",
    [
        {"angebote/index.md": OURS, "themen/index.md": OURS, "wir.md": "content/wir/index.md"},
        {"angebote.md": OURS},
    ],
)
def test_pages_that_others_cover_are_told(tmp_path: Path, lost: dict[str, str]) -> None:
    shutil.copytree(VILLAGE, tmp_path / "dorf")
    for name in {*lost, "wir/index.md"}:
        (tmp_path / "dorf" / "content" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "dorf" / "content" / name).write_text(f"# Von Hand {name}\n", "utf-8")
    project = prepare(tmp_path / "dorf", TODAY)
    found = {item.position.file: item.message for item in project.found if item.code == "seite-verdeckt"}
    assert found.keys() == {f"content/{name}" for name in lost}
    assert [name for name, what in lost.items() if not found[f"content/{name}"].endswith(what)] == []
    build_site(project, tmp_path / "site", write_site)
    told = "".join(path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert [name for name in lost if f"Von Hand {name}" in told] == []
    assert "Von Hand wir/index.md" in told


def test_every_page_that_is_shown_is_passed_over(tmp_path: Path) -> None:
    assert "seite-verdeckt" not in {item.code for item in prepare(VILLAGE, TODAY).found}


def test_each_folder_below_a_section_leads_on(demo_site: Path) -> None:
    """Whoever shortens an address by hand finds a page; languages that have the most necessary only aren't shortened."""
    sections = [page.parent for page in demo_site.glob("*/index.html")]
    below = {page.parents[1] for section in sections for page in section.glob("*/*/index.html")}
    assert len(below) > 10
    assert [str(folder) for folder in below if not (folder / "index.html").exists()] == []


NAMED = "skripte-0123456789abcdef"
SCRIPTS = f"assets/nahraum/{NAMED}"


def site_before(folder: Path) -> Path:
    """Return the scripts of a site whose pages name them."""
    scripts = folder / SCRIPTS
    scripts.mkdir(parents=True)
    (folder / "404.html").write_text(f'<script src="{SCRIPTS}/search.js"></script>', "utf-8")
    (scripts / "search.js").write_text("export {};", "utf-8")
    return scripts


def test_scripts_stay_and_links_do_not(tmp_path: Path) -> None:
    scripts = site_before(tmp_path / "alt")
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "liste.txt").write_text("geheim", "utf-8")
    (scripts / "liste.txt").symlink_to(tmp_path / "geheim" / "liste.txt")
    (scripts / "mehr").symlink_to(tmp_path / "geheim", target_is_directory=True)
    keep_scripts(tmp_path / "neu", tmp_path / "alt")
    assert [path.name for path in (tmp_path / "neu" / SCRIPTS).rglob("*")] == ["search.js"]


def test_files_of_the_search_stay_beside_scripts(tmp_path: Path) -> None:
    site_before(tmp_path / "alt")
    index = SCRIPTS.replace("skripte", "suche")
    (tmp_path / "alt" / index).mkdir()
    (tmp_path / "alt" / index / "title.de.json").write_text("{}", "utf-8")
    page = tmp_path / "alt" / "404.html"
    page.write_text(f'{page.read_text("utf-8")}<form data-index="/ort/{index}/">', "utf-8")
    keep_scripts(tmp_path / "neu", tmp_path / "alt")
    kept = sorted(path.name for path in (tmp_path / "neu").rglob("*.js*"))
    assert kept == ["search.js", "title.de.json"]


@pytest.mark.parametrize("linked", ["assets", "assets/nahraum", SCRIPTS])
def test_a_folder_that_is_a_link_is_no_folder_of_scripts(tmp_path: Path, linked: str) -> None:
    site_before(tmp_path / "alt")
    (tmp_path / "alt" / linked).rename(tmp_path / "woanders")
    (tmp_path / "alt" / linked).symlink_to(tmp_path / "woanders", target_is_directory=True)
    keep_scripts(tmp_path / "neu", tmp_path / "alt")
    assert not (tmp_path / "neu").exists()


NOINDEX = '<meta name="robots" content="noindex">'
MARK = "Noch nicht veröffentlicht, Angaben können falsch sein."


def built(root: Path, publish: str) -> Path:
    write(root, {"site_config.yml": f"{FILES['site_config.yml']}publish: {publish}\nsubjects: [embeds]\n"})
    words = ["build", "-p", str(root), "-o", str(root.parent / publish), "--today", "2026-11-20"]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return root.parent / publish


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def test_a_draft_is_marked_on_every_page_and_listed_nowhere(town: Path) -> None:
    site = built(town, "no")
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text("utf-8")
        assert NOINDEX in text, page
        assert MARK in text, page
    assert "X-Robots-Tag: noindex" in (site / "_headers").read_text("utf-8")
    assert (site / "noindex.txt").is_file()
    # Who may not read a page doesn't see that it is not to be listed.
    assert "Disallow" not in (site / "robots.txt").read_text("utf-8")


def test_what_is_published_bears_nothing_of_that(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What stops a town that has no imprint yet is tried elsewhere.
    monkeypatch.setattr("generator.pipeline.build.check_publishing", lambda *_: ())
    write(town, every_number_called("2026-11-01"))
    site = built(town, "yes")
    home = (site / "index.html").read_text("utf-8")
    assert NOINDEX not in home
    assert not [page for page in site.rglob("*.html") if MARK in page.read_text("utf-8")]
    assert "X-Robots-Tag" not in (site / "_headers").read_text("utf-8")
    assert not (site / "noindex.txt").exists()
