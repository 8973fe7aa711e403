"""A site that is not published yet says so: to people on every page, to search engines in page and header, to servers and pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import FILES, every_number_called, write, write_town

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
