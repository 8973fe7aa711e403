"""What is due, by day; and the words that fields choose from."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import FILES, write_town

OFFER = "resources/offers/krabbelgruppe.yml"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_town(tmp_path)
    (tmp_path / "site_config.yml").write_text(
        FILES["site_config.yml"] + "check_every: {offers: 6 months, places: 12 months}\n", "utf-8"
    )
    more = "checked: 2026-01-31\nfunded_until: 2026-12-31\ncapacity: {free: 1, date: 2026-11-01}\nuntil: 2027-01-31\n"
    (tmp_path / OFFER).write_text(FILES[OFFER] + more, "utf-8")
    place = tmp_path / "resources" / "places" / "treff.yml"
    place.write_text(place.read_text("utf-8") + "checked: 2026-11-01\n", "utf-8")
    return tmp_path


def due(town: Path, *more: str, today: str = "2026-11-20") -> str:
    result = CliRunner().invoke(
        main, ["due", "--by", "day", "--ahead", "0", "-p", str(town), "--today", today, *more]
    )
    assert result.exit_code == 0, result.output
    return result.output


def test_what_is_due_today_comes_with_how_long(town: Path) -> None:
    assert due(town) == (
        "2026-07-31    seit 112 Tagen  offers/krabbelgruppe: nachfragen, ob alles stimmt (Krabbelgruppe)\n"
        "2026-11-15      seit 5 Tagen  offers/krabbelgruppe: freie Plätze neu erfragen (Krabbelgruppe)\n"
        "2 Erinnerungen.\n"
    )


def test_looking_ahead_shows_the_end_of_funding_and_of_the_offer(town: Path) -> None:
    lines = due(town, "--ahead", "90").splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [
        "2026-07-31", "2026-11-15", "2026-12-31", "2027-01-31",
    ]  # fmt: skip
    assert "in 41 Tagen" in lines[2]
    assert "Finanzierung klären" in lines[2]
    assert "Ende eintragen" in lines[3]


def test_a_page_is_due_on_the_day_that_its_head_says(town: Path) -> None:
    page = town / "content" / "pruefen.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("---\ntitle: Prüfen\nagain: 2028-11-30\n---\n", "utf-8")
    assert "content/pruefen.md" not in due(town, today="2028-11-29")
    line = "2028-11-30             heute  content/pruefen.md: ansehen, eintragen, wann wieder (Prüfen)"
    assert line in due(town, today="2028-11-30").splitlines()
    page.write_text("---\ntitle: Prüfen\nagain: in zwei Jahren\n---\n", "utf-8")
    result = CliRunner().invoke(main, ["check", "-p", str(town)])
    assert result.exit_code == 1
    assert "content/pruefen.md:3" in result.output


def test_nothing_is_due(town: Path) -> None:
    assert due(town, today="2026-07-30") == "Nichts ist fällig.\n"


def test_what_was_never_checked_is_due_at_once(town: Path) -> None:
    (town / OFFER).write_text(FILES[OFFER], "utf-8")
    assert "2026-11-20             heute  offers/krabbelgruppe" in due(town)


def test_ended_offers_are_left_in_peace(town: Path) -> None:
    (town / OFFER).write_text((town / OFFER).read_text("utf-8") + "status: ended\n", "utf-8")
    assert due(town) == "Nichts ist fällig.\n"


def test_when_a_pause_was_to_end_is_asked_about(town: Path) -> None:
    paused = (town / OFFER).read_text("utf-8") + "status: paused\n"
    (town / OFFER).write_text(paused + "from: 2026-11-19\n", "utf-8")
    assert "offers/krabbelgruppe: nachfragen, ob es wieder läuft" in due(town)
    (town / OFFER).write_text(paused + "from: 2020-11-19\n", "utf-8")
    assert "wieder läuft" not in due(town)


def test_a_project_that_cannot_be_read_is_named(town: Path) -> None:
    (town / "site_config.yml").write_text("name: A\n", "utf-8")
    result = CliRunner().invoke(main, ["check", "-p", str(town)])
    assert result.exit_code == 1
    assert "feld-fehlt" in result.output


def test_words_are_listed_with_those_of_the_town(town: Path) -> None:
    run = CliRunner().invoke
    assert "topics" in run(main, ["help", "-p", str(town)]).output
    (town / "resources" / "topics.yml").write_text(
        "- {id: neues-thema, name: Neues Thema, parent: geld}\n", "utf-8"
    )
    output = run(main, ["help", "topics", "-p", str(town)]).output
    assert "neues-thema" in output
    assert any(line.split(maxsplit=1) == ["schulden", "Schulden"] for line in output.splitlines()), output
    result = run(main, ["help", "topic", "-p", str(town)])
    assert result.exit_code == 2
    assert "Gemeint ist vielleicht „topics“" in result.output
