"""Hand-written pages whose address belongs to another page: none is lost without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.conftest import TODAY
from tests.golden.sites import FOLDER as GOLDEN

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
