"""Components in hand-written pages: what can't work is named with file, line, column and what helps, and nothing is built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
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
