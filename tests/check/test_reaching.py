"""Numbers that cost, links that lead elsewhere than they say, and what nobody has confirmed yet: told where it stands, and not told of what is sound."""

from pathlib import Path

import pytest

from generator.files.packaged import packaged_text
from generator.read.vocabularies import IN_DANGER
from tests.check.marked_towns import told
from tests.edit.towns import FILES, write
from tests.refuges import Files

KRABBEL = "resources/offers/krabbelgruppe.yml"
TEXT = FILES[KRABBEL]
SETTINGS = "site_config.yml"
PAGE = "content/seite.md"
OFFICE = "name: Amt {0}\nkind: asd\nhours: {0} 09:00-12:00\ncontact: {{phone: 040 66969-950}}\n"
PUBLISHED = {SETTINGS: f"{FILES[SETTINGS]}publish: yes\n"}


def called(number: str, more: str = "") -> Files:
    return {KRABBEL: TEXT.replace("040 66969-902", number) + more}


def says(text: str, more: str = "") -> Files:
    return {KRABBEL: f"{TEXT}description: |\n  {text}\n{more}"}


def places(root: Path, files: Files, code: str) -> list[tuple[str, int]]:
    """Return where a code is told of the small town with these files."""
    write(root, {**FILES, **files})
    return [item.position[:2] for item in told(root) if item.code == code]


@pytest.mark.parametrize(
    ("code", "files", "place"),
    [
        ("teure-nummer", called("0900 5 123456"), (KRABBEL, 9)),
        ("teure-nummer", called("+870 773 123456"), (KRABBEL, 9)),
        ("nummer-kostet", called("0180 5 12345"), (KRABBEL, 9)),
        ("teure-nummer-im-text", says("Stimmen Sie ab: 0137 8 123456."), (KRABBEL, 12)),
        ("teure-nummer-im-text", {PAGE: "# Seite\n\nTel. 11833 weiß es.\n"}, (PAGE, 3)),
        ("link-taeuscht", says("Siehe https://stadt.example@fremd.example/hilfe."), (KRABBEL, 12)),
        ("link-taeuscht", says("Siehe https://st\N{CYRILLIC SMALL LETTER A}dt.example/hilfe."), (KRABBEL, 12)),
        ("link-ins-eigene-netz", says("Siehe http://192.168.1.1/hilfe."), (KRABBEL, 12)),
        ("zugang-fehlt", {KRABBEL: TEXT.replace("access: {way: registration}\n", "")}, (KRABBEL, 3)),
        ("telefon-zwei-zeiten", {"resources/offices/a.yml": OFFICE.format("Mo"), "resources/offices/b.yml": OFFICE.format("Tu")}, ("resources/offices/b.yml", 3)),
        ("aufgabe-ohne-telefon", {"resources/offices/a.yml": "name: A\nkind: asd\n"}, ("resources/offices/a.yml", 1)),
    ],
)  # fmt: skip
def test_what_leads_people_astray_is_told(
    tmp_path: Path, code: str, files: Files, place: tuple[str, int]
) -> None:
    assert place in places(tmp_path, files, code)


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("teure-nummer", called("0800 123 4567")),
        ("nummer-kostet", called("116 111")),
        ("nummer-kostet", called("0180 5 12345", "cleared: [{text: 0180 5 12345, reason: es gibt keine andere}]\n")),
        ("teure-nummer-im-text", says("Das sagt Abschnitt 0137, seit 1900.")),
        ("link-taeuscht", says("Siehe https://stadt.example/hilfe@haus.")),
        ("link-ins-eigene-netz", says("Siehe https://stadt.example/hilfe.")),
        ("zugang-fehlt", {}),
    ],
)  # fmt: skip
def test_what_is_sound_or_confirmed_is_not_told(tmp_path: Path, code: str, files: Files) -> None:
    asked = {file for file in files if file != "content/start.md"} & {KRABBEL}
    assert [place for place in places(tmp_path, files, code) if place[0] in asked] == []


def test_a_town_that_publishes_hears_which_words_of_danger_nobody_has_read(tmp_path: Path) -> None:
    file, code = "resources/danger_words.yml", "gefahr-ungelesen"
    assert places(tmp_path / "a", {}, code) == []
    assert len(places(tmp_path / "b", PUBLISHED, code)) == len(IN_DANGER)
    persian = packaged_text("generator", "vocabulary", "danger_words_fa.yml")
    read = persian.replace("reviewed: no", "reviewed: yes")
    assert read != persian
    assert len(places(tmp_path / "c", {**PUBLISHED, file: read}, code)) == len(IN_DANGER) - 1
