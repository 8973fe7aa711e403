"""What stays of the site before is its scripts, and nothing that a link in a stranger's repository points at."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline.build import keep_scripts

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
