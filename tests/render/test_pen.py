"""„Diesen Eintrag bearbeiten“: where it leads, and where it never stands."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.conftest import TODAY
from tests.edit.towns import write_town
from tests.refuges import REFUGE, write

FORGE = "forge: {kind: KIND, address: https://git.aue.example/jugend/nahraum, folder: stadt}\n"
SHAPES = {"gitlab": "-/edit/main", "github": "edit/main", "forgejo": "_edit/main"}
GRAVE = (
    "name: Rat\nsummary: Wir beraten.\nkind: gewaltberatung\nprovider: verein\ntopics: [haeusliche-gewalt]\n"
)
PEN = "Diesen Eintrag bearbeiten"


def built(
    tmp_path: Path, kind: str, more: str = "", *, drafts: bool = False, internal: bool = False
) -> dict[str, str]:
    """Return the pages of a town with a refuge and an offer about violence, by path."""
    root = write_town(tmp_path / "stadt")
    write(root, {**REFUGE, "resources/offers/rat.yml": GRAVE})
    (tmp_path / "intern/offers").mkdir(parents=True)
    offer = (root / "resources/offers/krabbelgruppe.yml").read_text("utf-8")
    (tmp_path / "intern/offers/drinnen.yml").write_text(offer.replace("Krabbel", "Innen"), "utf-8")
    settings = root / "site_config.yml"
    forge = FORGE.replace("KIND", kind).replace("}", f"{more}}}") if kind else ""
    settings.write_text(settings.read_text("utf-8") + forge + "overlay: ../intern\n", "utf-8")
    project = prepare(root, TODAY, drafts=drafts, internal=internal)
    assert not has_errors(build_site(project, tmp_path / "site", write_site)), project.found
    pages = sorted((tmp_path / "site").rglob("index.html"))
    return {page.parent.relative_to(tmp_path / "site").as_posix(): page.read_text("utf-8") for page in pages}


@pytest.mark.parametrize("kind", SHAPES)
def test_a_record_s_page_leads_to_its_file(tmp_path: Path, kind: str) -> None:
    pages = built(tmp_path, kind, drafts=True)
    base = f"https://git.aue.example/jugend/nahraum/{SHAPES[kind]}/stadt/resources"
    assert f'href="{base}/offers/krabbelgruppe.yml"' in pages["angebote/krabbelgruppe"]
    assert f'href="{base}/places/treff.yml"' in pages["orte/treff"]
    assert f'href="{base}/providers/verein.yml"' in pages["traeger/verein"]
    assert f'href="{base}/spaces/ost.yml"' in pages["sozialraeume/ost"]


def test_protected_and_grave_records_and_those_of_the_overlay_have_none(tmp_path: Path) -> None:
    pages = built(tmp_path, "gitlab", internal=True)
    assert PEN in pages["angebote/krabbelgruppe"]
    for path in ("angebote/rat", "angebote/drinnen"):
        assert PEN not in pages[path]
    links = {path: re.findall(r'href="([^"]*)"', html) for path, html in pages.items()}
    assert not [
        path
        for path, found in links.items()
        if any("resources/protected" in one or "rat.yml" in one for one in found)
    ]


@pytest.mark.parametrize(("kind", "more", "there"), [("gitlab", "", 0), ("", "", 0), ("gitlab", ", public: yes", 1)])  # fmt: skip
def test_the_public_site_has_it_only_where_the_town_says_so(
    tmp_path: Path, kind: str, more: str, there: int
) -> None:
    pages = built(tmp_path, kind, more)
    assert pages["angebote/krabbelgruppe"].count(PEN) == there
    assert any("git.aue.example" in html for html in pages.values()) is bool(there)


@pytest.mark.parametrize("kind", SHAPES)
def test_a_new_record_begins_with_its_lines(tmp_path: Path, kind: str) -> None:
    page = built(tmp_path, kind, drafts=True)["angebote"]
    (address,) = {part.split('"')[0] for part in page.split('href="')[1:] if "git.aue.example" in part}
    link = urlsplit(address.replace("&amp;", "&"))
    assert link.path.endswith("/main/stadt/resources/offers")
    lines = parse_qs(link.query).get("value", [""])[0].splitlines() if kind != "gitlab" else page.splitlines()
    assert "name: TODO" in lines
