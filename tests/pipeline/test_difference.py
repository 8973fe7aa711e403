"""`nahraum changes`: what a proposal changes, in words; nothing that somebody wrote does anything in a comment."""

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
    result = CliRunner().invoke(main, ["changes", "-p", str(root), "--today", "2026-11-20", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_nothing_changed(town: Path) -> None:
    assert told(town) == "An Einträgen und Texten ändert sich nichts.\n"


def test_it_says_it_as_the_site_would(town: Path) -> None:
    text = TEXT.replace("Mo 09:00-10:30", "Mo 09:00-10:30; Tu 14:00-16:00").replace("ages: 0-3", "ages: 0-2")
    text = text.replace("69-902", "69-903").replace("summary: Eltern", "summary: Mütter und Väter")
    write(town, {OFFER: text.replace("provider: verein", "provider: verein\nstatus: paused")})
    (line,) = [line for line in told(town).splitlines() if line.startswith("- ")]
    assert line.startswith("- Angebot `Krabbelgruppe`: ")
    assert set(line.partition(": ")[2].split("; ")) == {
        "Alter: jetzt bis 2 Jahre, bisher bis 3 Jahre",
        "neue Zeiten: Mo 9 bis 10:30 Uhr, Di 14 bis 16 Uhr, an Feiertagen geschlossen",
        "Kontakt, Telefon: jetzt `040 66969-903`",
        "Zwei Sätze: jetzt `Mütter und Väter treffen sich mit ihren Babys.`",
        "macht Pause",
    }


def test_new_and_gone_and_rewritten(town: Path) -> None:
    write(town, {"resources/providers/alt.yml": "name: Alter Verein\nkind: association\n"})
    git(town, "add", ".")
    git(town, "commit", "-qm", "noch einer")
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
    (town / "resources/providers/alt.yml").unlink()
    assert told(town) == (
        "**Neu**\n\n- Datei `content/neu.md`\n- Träger `Neuer Verein`\n\n"
        "**Geändert**\n\n- Angebot `Krabbelgruppe`: nur die Schreibweise\n\n**Entfernt**\n\n- Träger `Alter Verein`\n"
    )


def test_a_file_that_nobody_could_read_before_is_told_as_changed(town: Path) -> None:
    for broken in ("", "name: Krabbelgruppe: montags\n"):
        write(town, {OFFER: broken})
        git(town, "commit", "-qam", "kaputt")
        write(town, {OFFER: TEXT})
        assert "- Angebot `Krabbelgruppe`" in told(town)


def test_what_check_does_not_let_pass_is_told_nowhere(town: Path) -> None:
    write(
        town, {OFFER: TEXT.replace("ages: 0-3", "ages: zwei").replace("name: Krabbelgruppe", "name: Kreis")}
    )
    result = CliRunner().invoke(main, ["changes", "-p", str(town), "--today", "2026-11-20"])
    assert result.exit_code == 1
    assert "kein-alter" in result.output
    assert "Angebot" not in result.output


# --- what is or was protected ----------------------------------------------------------------------------------------

HOUSE = "resources/protected/haus.yml"
OPENED = "resources/places/haus.yml"
ADDRESS = (
    "address: {street: Fluchtweg, number: 7, postcode: 01067, town: Kleinstadt}\npoint: 10.0151 53.7023\n"
)
HIDDEN = "name: Haus Lichtblick\nkind: schutz\nprovider: verein\nphone: 040 66969-905\nway_in: [call]\n"
OPEN = (
    "name: Haus Lichtblick\nkind: nachbarschaftshaus\nsummary: Für alle.\ncontact: {phone: 040 66969-905}\n"
)
KEPT = "name: Haus Lichtblick\nkind: gemeinschaftsunterkunft\nspaces: [west]\n"
CLUB = FILES["resources/providers/verein.yml"]
SECRET = (
    "Fluchtweg", "fluchtweg", "10.0151", "53.7023", "14", "Di", "Ost", "jetzt", "fällt weg", "Zeiten", ": Adresse",
)  # fmt: skip
"""Where the house is, when people are there, and what of it was changed; none of it may be told of any of these proposals."""
PROPOSALS: dict[str, tuple[dict[str, str], dict[str, str | None]]] = {
    "the address is taken out": ({HOUSE: HIDDEN + ADDRESS}, {HOUSE: HIDDEN}),
    "the house becomes protected and loses its address": ({OPENED: OPEN + ADDRESS}, {OPENED: None, HOUSE: HIDDEN}),
    "what shows its area alone loses its address": ({OPENED: KEPT + ADDRESS}, {OPENED: KEPT}),
    "the house is taken out": ({HOUSE: HIDDEN.replace("Lichtblick", "Fluchtweg")}, {HOUSE: None}),
    "its file bears another name": ({"resources/protected/fluchtweg-7.yml": HIDDEN}, {"resources/protected/fluchtweg-7.yml": None, HOUSE: HIDDEN}),
    "an offer was the house": (
        {OFFER: TEXT.replace("kind: gruppe", "kind: schutz").replace("place: treff", "hours: Di 14:30-16:00\nspaces: [ost]")}, {OFFER: TEXT},
    ),
    "the house is opened": ({HOUSE: HIDDEN}, {HOUSE: None, OPENED: OPEN + ADDRESS}),
    "its number is answered at another time": ({HOUSE: HIDDEN + "hours: Mo 10:00-11:00\n"}, {HOUSE: HIDDEN + "hours: Di 14:30-16:00\n"}),
    "a page bore it in its name": ({HOUSE: HIDDEN, "content/lichtblick-fluchtweg-7.md": "# Haus\n"}, {"content/lichtblick-fluchtweg-7.md": None}),
    "the town's own word protected it": (
        {OPENED: OPEN + ADDRESS, "resources/place_kinds.yml": "- {id: nachbarschaftshaus, name: Haus, visibility: area}\n"},
        {OPENED: OPEN, "resources/place_kinds.yml": None},
    ),
    "what it was can't be read": ({HOUSE: HIDDEN + ADDRESS + "farbe: rot\n"}, {HOUSE: None, OPENED: OPEN}),
}  # fmt: skip


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_nothing_but_that_it_changed_is_told_of_what_is_protected_in_either_version(
    town: Path, proposal: str
) -> None:
    before, now = PROPOSALS[proposal]
    write(town, before)
    git(town, "add", ".")
    git(town, "commit", "-qm", "wie es war")
    for name, text in now.items():
        if text is None:
            (town / name).unlink()
        else:
            write(town, {name: text})
    said = told(town)
    assert not [word for word in SECRET if word in said], said
    assert said.count("- ") == len(now), "that something changed is told"


def test_what_somebody_else_said_of_it_is_not_repeated(town: Path) -> None:
    spoken = CLUB + "summary: Haus Lichtblick im Fluchtweg 7.\n"
    write(town, {HOUSE: HIDDEN, "resources/providers/verein.yml": spoken})
    git(town, "add", ".")
    git(town, "commit", "-qm", "wie es war")
    write(town, {"resources/providers/verein.yml": CLUB + "summary: Wir arbeiten mit Haus Lichtblick.\n"})
    said = told(town)
    assert "Ein Satz ist geändert" in said
    assert "Fluchtweg" not in said
    assert "Lichtblick" not in said


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
    result = CliRunner().invoke(main, ["changes", "-p", str(town), *words])
    assert result.exit_code == 1
    assert said in result.output
    assert not list(Path.cwd().glob("x"))


def test_without_git_it_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["changes", "-p", str(write_town(tmp_path / "stadt"))])
    assert result.exit_code == 1
    assert "git" in result.output
