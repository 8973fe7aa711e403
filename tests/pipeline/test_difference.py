"""`nahraum difference`: what a proposal changes, in words; nothing that somebody wrote does anything in a comment."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import FILES, write, write_town
from tests.repository import git

OFFER = "resources/offers/krabbelgruppe.yml"
TEXT = FILES[OFFER]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    root = write_town(tmp_path / "stadt")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "Stand")
    return root


def told(root: Path, *words: str) -> str:
    result = CliRunner().invoke(main, ["difference", "-p", str(root), "--today", "2026-11-20", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_nothing_changed(town: Path) -> None:
    assert told(town) == "An Einträgen und Texten ändert sich nichts.\n"


def test_it_says_it_as_the_site_would(town: Path) -> None:
    text = TEXT.replace("Mo 09:00-10:30", "Mo 09:00-10:30; Di 14:00-16:00").replace("ages: 0-3", "ages: 0-2")
    text = text.replace("69-902", "69-903").replace("summary: Eltern", "summary: Mütter und Väter")
    write(town, {OFFER: text.replace("provider: verein", "provider: verein\nstatus: paused")})
    (line,) = [line for line in told(town).splitlines() if line.startswith("- ")]
    assert line.startswith("- Angebot `Krabbelgruppe`: ")
    assert set(line.partition(": ")[2].split("; ")) == {
        "Alter: jetzt bis 2 Jahre, bisher bis 3 Jahre",
        "jetzt auch Di, 14 bis 16 Uhr",
        "Kontakt, Telefon: jetzt `040 66969-903`, bisher `040 66969-902`",
        "Zwei Sätze: jetzt `Mütter und Väter treffen sich mit ihren Babys.`, bisher `Eltern treffen sich mit ihren Babys.`",
        "macht Pause",
    }


def test_new_and_gone_and_rewritten(town: Path) -> None:
    write(
        town,
        {
            "resources/providers/neu.yml": "name: Neuer Verein\nkind: association\n",
            "content/neu.md": "# Neu\n",
        },
    )
    write(
        town, {OFFER: TEXT.replace("topics: [krabbelgruppe]", "topics:\n  - krabbelgruppe"), "notiz.txt": "x"}
    )
    (town / "resources/places/treff.yml").unlink()
    assert told(town) == (
        "**Neu**\n\n- Datei `content/neu.md`\n- Träger `Neuer Verein`\n\n"
        "**Geändert**\n\n- Angebot `Krabbelgruppe`: nur die Schreibweise\n\n**Entfernt**\n\n- Ort `Treff am Fluss`\n"
    )


def test_a_project_with_mistakes_is_told_all_the_same(town: Path) -> None:
    write(
        town,
        {OFFER: TEXT.replace("ages: 0-3", "ages: zwei").replace("name: Krabbelgruppe", "name: Krabbelkreis")},
    )
    assert "Alter: jetzt `zwei`, bisher `0-3`" in told(town)


def test_it_is_compared_with_where_the_branch_began(town: Path) -> None:
    git(town, "checkout", "-qb", "vorschlag")
    write(town, {OFFER: TEXT.replace("ages: 0-3", "ages: 0-2")})
    git(town, "commit", "-qam", "Alter")
    git(town, "checkout", "-q", "main")
    write(
        town,
        {
            "resources/providers/verein.yml": FILES["resources/providers/verein.yml"].replace(
                "am Fluss", "am Bach"
            )
        },
    )
    git(town, "commit", "-qam", "anderes")
    git(town, "checkout", "-q", "vorschlag")
    said = told(town, "--since", "main")
    assert "Alter" in said
    assert "Träger" not in said, "what others did meanwhile is no part of this proposal"


def test_no_text_does_anything_in_a_comment(town: Path) -> None:
    evil = "x` @all ![b](http://boese.example/) <img src=x> /close"
    write(
        town,
        {OFFER: TEXT.replace("name: Krabbelgruppe", f"name: {evil!r}").replace("ages: 0-3", "ages: 0-2")},
    )
    said = told(town)
    for line in said.splitlines():
        assert "@all" not in "".join(line.split("`")[::2]), "outside of code spans"
        assert "<img" not in "".join(line.split("`")[::2])
        assert not line.startswith("/")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--since", "gibt-es-nicht"], "kennt hier keine Fassung"),
        (["--since", "--output=x"], "keine Fassung"),
    ],
)
def test_an_unknown_version_is_told(town: Path, words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["difference", "-p", str(town), *words])
    assert result.exit_code == 1
    assert said in result.output
    assert not list(Path.cwd().glob("x"))


def test_without_git_it_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["difference", "-p", str(write_town(tmp_path / "stadt"))])
    assert result.exit_code == 1
    assert "git" in result.output
