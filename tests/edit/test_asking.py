"""A provider is asked whether an entry is still right, and what came of it is noted: the day and nothing else."""

import csv
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.edit.towns import FILES, write, write_town

OFFER = "resources/offers/krabbelgruppe.yml"
TEXT = FILES[OFFER].replace("phone: 040 66969-902", "phone: 040 66969-902, email: petra@verein.example")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    town = write_town(tmp_path / "stadt")
    provider = FILES["resources/providers/verein.yml"].replace("901}", "901, email: info@verein.example}")
    config = FILES["site_config.yml"].replace(
        "{name: Stadt Kleinstadt}",
        "{name: Stadt Kleinstadt, phone: 040 66969-100, email: nahraum@kleinstadt.example}",
    )
    more = "check_every: {offers: 6 months, places: 12 months}\n"
    return write(
        town,
        {
            "site_config.yml": config + more,
            "resources/providers/verein.yml": provider,
            OFFER: TEXT
            + "cost: {amount: 3, per: Termin}\nlanguages: [de, tr]\nchecked: 2026-03-01   # am Telefon\n",
            "resources/places/treff.yml": FILES["resources/places/treff.yml"] + "checked: 2026-11-01\n",
        },
    )


def run(town: Path, *words: object, answer: str = "") -> Result:
    arguments = [*map(str, words), "-p", str(town), "--today", "2026-11-20"]
    return CliRunner().invoke(main, arguments, input=answer)


def letters(folder: Path) -> dict[str, str]:
    found = {}
    for path in folder.glob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        found[str(message["To"])] = str(message.get_content())
    return found


def test_a_provider_is_asked_and_confirmed_by_telephone(town: Path) -> None:
    """What is due says whom to call; the mail asks; nobody answers; the call is noted and nothing is due."""
    told = run(town, "due").output
    for word in (
        "Nachbarn am Fluss",
        "040 66969-902",
        "info@verein.example",
        "vor 264 Tagen",
        "/angebote/krabbelgruppe/",
    ):
        assert word in told, told
    post = town.parent / "post"
    closed = "closed: [{date: 2026-12-21, until: 2027-01-03, instead_phone: 040 66969-903}]\n"
    write(town, {OFFER: (town / OFFER).read_text("utf-8") + closed})
    assert run(town, "due", "--mail", post).exit_code == 0
    ((address, letter),) = letters(post).items()
    assert address == "info@verein.example", "the functional mailbox before one that bears a name"
    for word in (
        "1. Krabbelgruppe",
        "Zeiten: Mo 9 bis 10:30 Uhr; an Feiertagen geschlossen",
        "Kosten: 3 € je Termin. Sprachen: Deutsch, Türkisch",
        "Stimmt alles: mailto:nahraum@kleinstadt.example?subject=Krabbelgruppe%20%28offers/krabbelgruppe%29%3A%20stimmt",
        "Hat sich geändert: mailto:nahraum@kleinstadt.example?subject=Krabbelgruppe",
        "Kontakt: 040 66969-902",
        "Wartezeit:",
        "Geschlossen: 21.12.2026 bis 3.1.2027 (stattdessen: 040 66969-903)",
    ):
        assert word in letter, letter
    assert "bis 04.12.2026" in letter
    assert "040 66969-100" in letter
    before = (town / OFFER).read_text("utf-8")
    assert run(town, "confirm", "krabbelgruppe", "--asked", post).exit_code == 0
    assert (town / OFFER).read_text("utf-8") == before.replace("2026-03-01", "2026-11-20")
    assert run(town, "due").output == "Nichts ist fällig.\n"


@pytest.mark.parametrize(
    ("by", "title"),
    [
        ("provider", "Nachbarn am Fluss"),
        ("office", "Amt West"),
        ("area", "West"),
    ],
)
def test_what_is_due_is_ordered_by_whoever_asks(town: Path, by: str, title: str) -> None:
    office = "name: Amt West\nkind: asd\nserves: [west]\ncontact: {phone: 040 66969-950}\n"
    offer = (town / OFFER).read_text("utf-8") + "spaces: [west]\n"
    write(town, {"resources/offices/amt-west.yml": office, OFFER: offer})
    lines = run(town, "due", "--by", by).output.splitlines()
    assert lines[0] == title
    assert "offers/krabbelgruppe" in lines[1]
    assert "040 66969-902" in lines[1]


def test_what_was_asked_lies_beside_the_mails_alone(town: Path) -> None:
    before = {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}
    run(town, "due", "--mail", town.parent / "post")
    assert {path: path.read_bytes() for path in town.rglob("*") if path.is_file()} == before
    rows = list(csv.DictReader((town.parent / "post/gefragt.csv").read_text("utf-8").splitlines()))
    assert [(row["id"], row["date"]) for row in rows] == [("offers/krabbelgruppe", "2026-11-20")]
    assert set(rows[0]) == {"id", "date", "digest"}


def test_what_changed_since_the_mail_is_asked_about(town: Path) -> None:
    post = town.parent / "post"
    run(town, "due", "--mail", post)
    (town / OFFER).write_text((town / OFFER).read_text("utf-8").replace("Mo 09", "Di 09"), "utf-8")
    before = (town / OFFER).read_bytes()
    assert run(town, "confirm", "krabbelgruppe", "--asked", post, answer="n\n").exit_code == 1
    assert (town / OFFER).read_bytes() == before
    assert run(town, "confirm", "krabbelgruppe", "--asked", post, answer="j\ny\n").exit_code == 0
    assert b"2026-11-20" in (town / OFFER).read_bytes()


@pytest.mark.parametrize("phone", ["116 111", "116111", "0800 111 05 50"])
def test_a_crisis_number_is_never_confirmed(town: Path, phone: str) -> None:
    (town / OFFER).write_text((town / OFFER).read_text("utf-8").replace("040 66969-902", phone), "utf-8")
    before = (town / OFFER).read_bytes()
    told = run(town, "confirm", "krabbelgruppe")
    assert "[krisennummer-bestaetigen]" in told.output, told.output
    assert (town / OFFER).read_bytes() == before


def test_one_that_is_not_there_keeps_the_others_from_being_written(town: Path) -> None:
    before = (town / OFFER).read_bytes()
    assert "[eintrag-fehlt]" in run(town, "confirm", "krabbelgruppe", "krabelgruppe").output
    assert (town / OFFER).read_bytes() == before


def test_no_mail_is_written_by_a_machine_nor_into_the_project(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(town, "due", "--mail", town / "post").exit_code == 2
    monkeypatch.setenv("CI", "true")
    assert run(town, "due", "--mail", town.parent / "post").exit_code == 2
    assert not (town / "post").exists()
    assert not (town.parent / "post").exists()


def test_nothing_hidden_is_shown_or_counted(town: Path) -> None:
    hidden = {
        "resources/protected/haus-amsel.yml": "name: Haus Amsel\nkind: schutz\nprovider: verein\nphone: 040 66969-907\nway_in: [call]\n",
    }
    run(town, "due", "--mail", town.parent / "a")
    seen = run(town, "due").output
    write(town, hidden)
    run(town, "due", "--mail", town.parent / "b")
    assert letters(town.parent / "a") == letters(town.parent / "b")
    assert "Amsel" not in (town.parent / "b/gefragt.csv").read_text("utf-8")
    assert [line for line in run(town, "due").output.splitlines() if "vor " in line] == [
        line for line in seen.splitlines() if "vor " in line
    ]


def test_a_mail_is_a_page(town: Path) -> None:
    for number in range(20):
        write(
            town, {f"resources/offers/gruppe-{number}.yml": TEXT.replace("Krabbelgruppe", f"Gruppe {number}")}
        )
    run(town, "due", "--mail", town.parent / "post")
    ((_, letter),) = letters(town.parent / "post").items()
    assert len(letter.splitlines()) <= 55
