"""What is left of the demo or of a template in a town that is real: told with its place, stopped before it is published."""

from pathlib import Path

import pytest

from generator.check.unfinished import check_leftovers
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import entry_of
from generator.read.project import read_project
from tests.edit.towns import FILES

CLEAN = {
    name: text.replace("kleinstadt.example", "kleinstadt.de")
    .replace("invented: yes\n", "")
    .replace("040 66969-901", "0431 66969-1")
    .replace("040 66969-902", "0431 66969-2")
    for name, text in FILES.items()
}
NUMBERS = "Telefonnummern, unter denen niemand abhebt"
ADDRESSES = "Adressen im Netz, die es nicht gibt"
TOWN = "den Namen der Beispielstadt"
MADE_UP = "die Angabe, etwas sei erfunden"


def write(root: Path, **files: str) -> None:
    for name, text in {**CLEAN, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def told(root: Path) -> list[Diagnostic]:
    reading = read_project(root)
    assert reading.site is not None, reading.found
    return list(check_leftovers(reading, reading.site))


@pytest.mark.guards("Examples and the rest: every trace of the demo is found in another town")
@pytest.mark.parametrize(
    ("said", "what"),
    [
        # what the Bundesnetzagentur keeps free, in every way of writing a number
        *((f"{first}{rest}", NUMBERS) for first in ("030 23125", "040 66969", "069 90009", "089 99998", "0221 4710", "0171 39200", "0176 040690") for rest in ("12", "123")),
        ("+49 40 66969-12", NUMBERS),
        ("+49 (0) 40 66969 12", NUMBERS),
        ("0049 30/23125-123", NUMBERS),
        ("(040) 66 969-12", NUMBERS),
        ("040.66969.12", NUMBERS),
        ("amt@stadt.example", ADDRESSES),
        ("https://www.stadt.example", ADDRESSES),
        ("example.com", ADDRESSES),
        ("example.org", ADDRESSES),
        ("example.net", ADDRESSES),
        ("AUENSTEDT", TOWN),
        ("Auenstedter", TOWN),
        ("Norderaue", TOWN),
        ("Süderaue", TOWN),
        ("suederaue", TOWN),
        ("Alle Namen sind erfunden", MADE_UP),
        ("Die Zahlen der Stadt hat sich jemand ausgedacht", MADE_UP),
        ("eine erfundene Gemeinde", MADE_UP),
        ("an invented town", MADE_UP),
        ("a made-up town", MADE_UP),
        ("All of them are made up", MADE_UP),
        ("This is invented", MADE_UP),
    ],
)  # fmt: skip
def test_each_trace_is_told_at_its_place(tmp_path: Path, said: str, what: str) -> None:
    write(tmp_path, **{"content/seite.md": f"# Wir\n\nHier: {said} steht es.\n"})
    (found,) = told(tmp_path)
    assert (found.code, found.position.file, found.position.line) == (
        "rest-der-vorlage",
        "content/seite.md",
        3,
    )
    assert found.many == entry_of("rest-der-vorlage").many.format(what=what)
    start = found.position.column - 1
    shown = f"Hier: {said} steht es."[start : start + found.position.length]
    assert shown
    assert shown in said or said in shown or said.startswith(shown)


@pytest.mark.parametrize(
    "said",
    [
        "040 66968-12", "0431 66969-12", "040 66969-1", "040 66969-1234", "1040 66969-12", "beispiel.examples", "myexample.com", "die Aue",
        "Das Rad wurde erfunden.", "invented here",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(tmp_path: Path, said: str) -> None:
    write(tmp_path, **{"content/seite.md": f"# Wir\n\nHier: {said} steht es.\n"})
    assert [item.message for item in told(tmp_path)] == []


def test_every_file_that_editors_write_is_searched(tmp_path: Path) -> None:
    line = "Auenstedt\nAuenstedt\n"
    write(
        tmp_path,
        **{
            "content/seite.md": line,
            "content/tafel.html": line,
            "content/bild.svg": line,
            "content/daten.txt": line,
            "content/bild.png": line,
            "content/.versteckt.md": line,
            "resources/context/notiz.md": line,
            "resources/context/liste.csv": line,
            "resources/offers/krabbelgruppe.yml": CLEAN["resources/offers/krabbelgruppe.yml"] + "# Auenstedt\nnotes: Auenstedt # Auenstedt\n",
            "site_config.yml": CLEAN["site_config.yml"].replace("name: Kleinstadt\n", "name: Auenstedt\n"),
        },
    )  # fmt: skip
    where = [(item.position.file, item.position.line, item.position.column) for item in told(tmp_path)]
    assert sorted(where) == [
        ("content/bild.svg", 1, 1),
        ("content/daten.txt", 1, 1),
        ("content/seite.md", 1, 1),
        ("content/seite.md", 2, 1),
        ("content/tafel.html", 1, 1),
        ("resources/context/liste.csv", 1, 1),
        ("resources/context/notiz.md", 1, 1),
        ("resources/context/notiz.md", 2, 1),
        # A comment that has a line of its own is seen by nobody but editors.
        ("resources/offers/krabbelgruppe.yml", 12, 8),
        ("resources/offers/krabbelgruppe.yml", 12, 20),
        ("site_config.yml", 1, 7),
    ]


def test_before_it_is_published_it_stops_the_build_and_an_invented_town_may_say_so(tmp_path: Path) -> None:
    page = {"content/seite.md": "Auenstedt\n"}
    write(tmp_path, **page)
    assert [(item.code, item.severity) for item in told(tmp_path)] == [("rest-der-vorlage", "warning")]
    write(tmp_path, **page, **{"site_config.yml": CLEAN["site_config.yml"] + "publish: yes\n"})
    assert [(item.code, item.severity) for item in told(tmp_path)] == [("rest-der-beispielstadt", "error")]
    write(tmp_path, **page, **{"site_config.yml": CLEAN["site_config.yml"] + "invented: yes\n"})
    assert told(tmp_path) == []
