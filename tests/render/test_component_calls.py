"""Components in hand-written pages: what can't work is named with file, line, column and what helps, and nothing is built."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline.build import Project
from tests.edit.towns import write_town


@pytest.mark.parametrize(
    ("call", "code", "help_text"),
    [
        ("{{ ofers() }}", "baustein-unbekannt", "gemeint ist vielleicht „offers“"),
        ("{{ __import__('os') }}", "baustein-unbekannt", "möglich sind: "),
        ("{{ offers(tpic='geld') }}", "baustein-angabe", "gemeint ist vielleicht „topic“"),
        ("{{ offers('geld', None, 3, 4) }}", "baustein-aufruf", "die Form ist offers("),
        ("{{ offers(limit='viele') }}", "baustein-aufruf", "die Form ist offers("),
        ("{{ offers(topic=1) }}", "baustein-aufruf", "die Form ist offers("),
        ("{{ term() }}", "baustein-aufruf", "die Form ist term("),
        ("{{ offers(topic='schuldn') }}", "baustein-verweis", "gemeint ist vielleicht „schulden“"),
        ("{{ offers(kind='familienrt') }}", "baustein-verweis", "gemeint ist vielleicht „familienrat“"),
        ("{{ contact('gibt-es-nicht') }}", "baustein-verweis", "möglich sind: "),
        ("{{ offers( }}", "baustein-schreibweise", "{{ offers(topic='schulden', limit=5) }}"),
        ("{{ offers.x }}", "baustein-schreibweise", "in Klammern"),
        ("{{ offers(topic=open('x')) }}", "baustein-schreibweise", "in Klammern"),
    ],
)
def test_what_cannot_work_is_named_at_its_place(tmp_path: Path, call: str, code: str, help_text: str) -> None:
    write_town(tmp_path)
    page = tmp_path / "content" / "seite.md"
    page.parent.mkdir()
    page.write_text(f"# Seite\n\nSiehe {call} hier.\n", "utf-8")
    result = CliRunner().invoke(main, ["build", "-p", str(tmp_path), "-f", "json"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    found = [item for item in json.loads(result.stdout) if item["severity"] == "error"]
    assert [(item["code"], item["file"], item["line"], item["column"]) for item in found] == [
        (code, "content/seite.md", 3, 7)
    ]
    assert help_text in found[0]["help"]
    assert not (tmp_path / "site").exists()


def test_each_paragraph_leads_to_the_offers_that_work_after_it(demo: Project, demo_site: Path) -> None:
    """What the link promises, the directory's filter holds: the same number, under a value that it knows."""
    page = (demo_site / "fachkraefte" / "verfahren" / "index.html").read_text("utf-8")
    context = demo.contexts[0]
    kinds = context.site.words.kinds
    choices = json.loads((demo_site / "angebote" / "auswahl.json").read_text("utf-8"))["facets"]
    (options,) = [facet[1] for facet in choices if facet[0] == "recht"]
    rows = re.findall(
        r'href="\.\./\.\./angebote/\?recht=([\w-]+)">(§[^<]+)</a>.*?(\d+) Angebote?<', page, re.DOTALL
    )
    assert [(key, law, int(number)) for key, law, number in rows] == [tuple(option[:3]) for option in options]
    number = sum(
        1
        for key, offer in context.site.offers.items()
        if context.facts.offers[key].active
        and (basis := kinds[offer.kind].legal_basis) is not None
        and (basis.law, basis.paragraph) == ("SGB VIII", "16")
    )
    assert ("sgb-viii-16", "§ 16 SGB VIII", str(number)) in rows


def test_the_family_council_says_who_moderates_it(demo_site: Path) -> None:
    for lang, heading in (
        ("", "Wer hier einen Familienrat moderiert"),
        ("en/", "Who moderates a family council here"),
    ):
        page = (demo_site / lang / "fachkraefte" / "familienrat" / "index.html").read_text("utf-8")
        assert "angebote/familienrat-auenstedt/" in page.rpartition(heading)[2].partition("<h2")[0]
