"""What is told of a mistake: all of it and nothing else, at its line and column, with the words that help."""

import ast
import datetime as dt
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from generator.check.links import SiteLinks
from generator.check.persons import mails, traces
from generator.diagnostics.codes import entry_of
from generator.pipeline.build import prepare
from generator.read.record_mistakes import NO_ID
from tests.chance import every, whole
from tests.check.refuge_ways import address, photo, place
from tests.conftest import ROOT
from tests.edit.towns import FILES, write_town
from tests.refuges import HOUSE, PROVIDER, REFUGE, Files, write

TODAY = dt.date(2026, 11, 20)
SPACE = "resources/spaces/west.yml"
TREFF = "resources/places/treff.yml"
ABENDROT = "resources/places/abendrot.yml"
CONFIRMED = "shown: {{visibility: full, confirmed: {}, by: {}}}\n"
CONFIG = "site_config.yml"
KRABBEL = "resources/offers/krabbelgruppe.yml"
AMT = "resources/offices/amt.yml"
LIST = "resources/places/liste.csv"
CAFE = "resources/places/cafe.yml"
OPEN_HOUSE = place("haus", "providers: [lichtblick]\n" + CONFIRMED.format("2026-11-20", "amt") + "address: {street: Flussweg, number: 5, postcode: 01067, town: Kleinstadt}\n", "Café Abendrot")  # fmt: skip
TEAM = "team:\n  - {role: asd, weekly_hours: {koordination: 8}}\n  - {role: asd, staff: 3, weekly_hours: {koordination: 8}, weekly_each: {koordination: 3}}\n"


@dataclass(frozen=True)
class Case:
    """Files that are written over the town with its refuge, and what is told: code, file, line, column, words of the message or its help."""

    files: Files
    told: tuple[tuple[str, str, int, int, tuple[str, ...]], ...]


def one(files: Files, code: str, file: str, line: int, column: int, *said: str) -> Case:
    return Case(files, ((code, file, line, column, said),))


CASES = {
    # --- why a place is protected, and which field tells it
    # --- houses and numbers beside it
    "a house of nobody": Case({ABENDROT: place("haus", address("Uferweg"))}, ()),
    # --- confirmations
    "a provider confirmed by a person": one({"resources/providers/lichtblick.yml": "+" + CONFIRMED.format("2026-11-20", "Petra")}, "bestaetigung-ohne-stelle", "resources/providers/lichtblick.yml", 4, 54, "Petra"),
    # --- files beside the records
    "a release of nothing": one({TREFF: "+cleared: [{text: Flussweg, reason: offen}, {text: Nirgends, reason: offen}]\n"}, "freigabe-ohne-stelle", TREFF, 6, 51, "„Nirgends“"),
    "a sentence is no heading": Case({"content/hilfe.md": "# Hilfe\n\nEs gibt das Frauenhaus Lichtblick.\n\nIm Holzwinkel 3 ist ein Café.\n"}, (("zuflucht-vielleicht", "content/hilfe.md", 3, 1, ()),)),
    "the area in a sentence about it": one({"resources/providers/verein.yml": "+description: Das Frauenhaus Lichtblick ist in Kranichmoor.\n"}, "ort-im-text", "resources/providers/verein.yml", 4, 47, "Kranichmoor"),
    "its provider in a page": one({"content/hilfe.md": "# Hilfe\n\nLichtblick, Verein für Frauen: Kallmorgen 3\n"}, "ort-im-text", "content/hilfe.md", 3, 32, "„Lichtblick, Verein für Frauen“"),
    "a name of common words in a list": one({HOUSE: REFUGE[HOUSE].replace("Frauenhaus Lichtblick", "Wohnung für Familien"), "content/liste.txt": "Wohnung für Familien: Kallmorgen 3\n"}, "ort-im-text", "content/liste.txt", 1, 23, "„Wohnung für Familien“"),
    "below another heading of its page": one({"content/hilfe.md": "# Hilfe\n\nEs gibt das Frauenhaus Lichtblick.\n\n## Café\n\nIm Holzwinkel 3 ist ein Café.\n"}, "zuflucht-vielleicht", "content/hilfe.md", 3, 1),
    # --- sums, levels, names
    "hours of each": one({SPACE: "+" + TEAM}, "summe-falsch", SPACE, 7, 88, "3 × 3", "9", "8"),
    "hours of a team that are internal": Case(
        {"site_config.yml": FILES["site_config.yml"] + "internal: [team-hours]\noverlay: ../intern\n", SPACE: "+team:\n  - {role: asd, weekly_hours: {koordination: 8}}\n  - {role: asd, staff: 3, weekly_each: {koordination: 3}}\n  - {role: asd, weekly_total: 0}\n  - {role: asd, staff: 2}\n"},
        tuple(("intern-oeffentlich", SPACE, line, column, ("team-hours",)) for line, column in ((6, 17), (7, 27), (8, 17))),
    ),
    "no such level": one({SPACE: FILES[SPACE].replace("level: quartier", "level: xyz")}, "unbekannte-ebene", SPACE, 2, 8, "möglich sind: stadt, quartier"),
    "nearly a level": one({SPACE: FILES[SPACE].replace("level: quartier", "level: quartir")}, "unbekannte-ebene", SPACE, 2, 8, "vielleicht „quartier“"),
    "three of one name": Case(
        {f"resources/providers/{key}.yml": "name: NACHBARN am Fluss\nkind: association\ncontact: {phone: 040 66969-901}\n" for key in ("y", "z")},
        tuple(("doppelter-name", f"resources/providers/{key}.yml", 1, 7, ("resources/providers/verein.yml und 1 weitere",)) for key in ("y", "z")),
    ),
    "hours in a block": one({"resources/offers/krabbelgruppe.yml": FILES["resources/offers/krabbelgruppe.yml"].replace("hours: Mo 09:00-10:30; PH off", "hours: >-\n  Di 15-18 Uhr (Handarbeiten)")}, "zeiten-unlesbar", "resources/offers/krabbelgruppe.yml", 8, 8, "Handarbeiten"),
    "areas in a circle": Case({"resources/spaces/kleinstadt.yml": "+parent: west\n"}, (("kind-ausserhalb", "resources/spaces/kleinstadt.yml", 4, 9, ()), ("kreis-in-gebieten", "resources/spaces/kleinstadt.yml", 4, 9, ("kleinstadt → west → kleinstadt",)))),
    "an area below one of its own level": Case({SPACE: FILES[SPACE].replace("parent: kleinstadt", "parent: ost")}, (("luecke-im-gebiet", "resources/spaces/ost.yml", 1, 7, ()), ("ebene-verkehrt", SPACE, 3, 9, ("„West“ (Quartier)", "„Ost“ (Quartier)")), ("kind-ausserhalb", SPACE, 3, 9, ()))),
    "an offer of one day": Case({"resources/offers/krabbelgruppe.yml": FILES["resources/offers/krabbelgruppe.yml"] + "from: 2026-12-01\nuntil: 2026-12-01\n"}, ()),
    "an overlay among the public files": one({"site_config.yml": FILES["site_config.yml"] + "overlay: content/intern\n", "content/intern/a.md": "# A\n"}, "ablage-oeffentlich", "site_config.yml", 10, 10, "content"),
    "an area called like one above it": Case({SPACE: FILES[SPACE].replace("name: West", "name: Kleinstadt")}, ()),
    "a person instead of an office": one({TREFF: "+contact: {name: Petra Mustermann}\n"}, "person-statt-stelle", TREFF, 6, 17, "Petra Mustermann"),
    "hours of a meeting point": one({SPACE: "+meeting_points:\n  - {name: Bank, when: immer mal}\n"}, "zeiten-unlesbar", SPACE, 6, 30, "mal"),
    # --- both sides of each limit, with what is said of it
    "funded for three months": one({KRABBEL: "+funded_until: 2027-02-20\n"}, "finanzierung-endet", KRABBEL, 11, 15, "am 20.2.2027"),
    "funded for a day more": Case({KRABBEL: "+funded_until: 2027-02-21\n"}, ()),
    "ended and no longer funded": Case({KRABBEL: "+funded_until: 2026-01-01\nstatus: ended\nuntil: 2026-01-01\n"}, ()),
    "ended without a day": one({KRABBEL: "+status: ended\n"}, "ende-fehlt", KRABBEL, 11, 9),
    "an end before the start": one({KRABBEL: "+from: 2025-08-01\nuntil: 2025-07-31\n"}, "ende-vor-beginn", KRABBEL, 12, 8, "2025-07-31", "2025-08-01"),
    "the last day was yesterday": one({KRABBEL: "+until: 2026-11-19\n"}, "ende-vorbei", KRABBEL, 11, 8, "2026-11-19"),
    "the last day is today": Case({KRABBEL: "+until: 2026-11-20\n"}, ()),
    "followed by itself": one({KRABBEL: "+successor: krabbelgruppe\n"}, "nachfolge-im-kreis", KRABBEL, 11, 12),
    "two that follow each other": one({KRABBEL: "+successor: kreis\nuntil: 2027-01-01\n", "resources/offers/kreis.yml": FILES[KRABBEL].replace("name: Krabbelgruppe", "name: Kreis") + "successor: krabbelgruppe\nuntil: 2027-01-01\n"}, "nachfolge-im-kreis", KRABBEL, 11, 12, "krabbelgruppe → kreis → krabbelgruppe"),
    "free places of tomorrow": one({KRABBEL: "+capacity: {date: 2026-11-21, free: 3, places: 3}\n"}, "stand-in-zukunft", KRABBEL, 11, 18, "21.11.2026", "20.11.2026"),
    "free places of today, all of them": Case({KRABBEL: "+capacity: {date: 2026-11-20, free: 3, places: 3}\n"}, ()),
    "free places of two weeks ago": Case({KRABBEL: "+capacity: {date: 2026-11-06, free: 0, places: 3}\n"}, ()),
    "free places of a day before": one({KRABBEL: "+capacity: {date: 2026-11-05, free: 0, places: 3}\n"}, "plaetze-veraltet", KRABBEL, 11, 18, "5.11.2026", "14 Tagen"),
    "more free than there are": one({KRABBEL: "+capacity: {date: 2026-11-20, free: 4, places: 3}\n"}, "plaetze-zu-viele", KRABBEL, 11, 36, "(4)", "(3)"),
    "the last date was yesterday": one({KRABBEL: FILES[KRABBEL].replace("hours: Mo 09:00-10:30; PH off\n", "") + "dates: [{date: 2026-11-01}, {date: 2026-11-19}]\n"}, "termine-vorbei", KRABBEL, 10, 1, "19.11.2026"),
    "the last date is today": Case({KRABBEL: FILES[KRABBEL].replace("hours: Mo 09:00-10:30; PH off\n", "") + "dates: [{date: 2026-11-20}]\n"}, ()),
    "dates beside hours, half a year ago": Case({KRABBEL: "+dates: [{date: 2026-05-20}]\n"}, ()),
    "dates beside hours, a day before": one({KRABBEL: "+dates: [{date: 2026-05-19}]\n"}, "termine-vorbei", KRABBEL, 11, 1, "19.5.2026"),
    "checked a month ago": Case({KRABBEL: "+check_every: 1 months\nchecked: 2026-10-20\n"}, ()),
    "checked a day before": one({KRABBEL: "+check_every: 1 months\nchecked: 2026-10-19\n"}, "lange-ungeprueft", KRABBEL, 12, 10, "19.10.2026", "Monat"),
    "a place checked tomorrow": one({TREFF: "+checked: 2026-11-21\n"}, "geprueft-in-zukunft", TREFF, 6, 10, "21.11.2026", "20.11.2026"),
    "an ended offer is asked for nothing": Case({KRABBEL: "+check_every: 1 months\nchecked: 2026-10-19\nstatus: ended\nuntil: 2026-01-01\n"}, ()),
    # --- maps, words for a place, sums
    "a language that isn't whole": one({CONFIG: FILES[CONFIG].replace("[de]", "[de, tr]")}, "sprache-nicht-ganz", CONFIG, FILES[CONFIG].partition("[de]")[0].count("\n") + 1, 17, "„tr“"),
    "tiles from nowhere": one({CONFIG: FILES[CONFIG] + "basemap: {tiles: 'http://karte.example/{z}/{x}/{y}.png', attribution: Amt}\n"}, "hintergrundkarte-adresse", CONFIG, 1, 1, "„http://karte.example/{z}/{x}/{y}.png“"),
    "tiles of the site": Case({CONFIG: FILES[CONFIG] + "basemap: {tiles: 'kacheln/{z}/{x}/{y}.png', attribution: Amt}\n"}, ()),
    **{f"where, and then {sign}": one({SPACE: f"+where: 'im Westen{sign}'\n"}, "wo-ohne-verhaeltniswort", SPACE, 5, 8, f"„im Westen{sign}“", "in West") for sign in ".:,"},
    "where, as a sentence takes it": Case({SPACE: "+where: im Westen\n"}, ()),
    "a name instead of where": one({SPACE: "+where: Westen\n"}, "wo-ohne-verhaeltniswort", SPACE, 5, 8, "„Westen“", "in West"),
    "hours of a week": one({SPACE: "+team:\n  - {role: asd, weekly_hours: {koordination: 8, fallunspezifisch: 3}, weekly_total: 10}\n"}, "summe-falsch", SPACE, 6, 85, "8 + 3", "11", "10"),
    "a part of nothing": one({SPACE: "+figures:\n  - {name: Kinder, value: 3, of: Alle, date: 2025-12-31, source: Amt}\n"}, "anteil-ohne-ganzes", SPACE, 6, 34, "„Alle“"),
    "a part that is too large": one({SPACE: "+figures:\n  - {name: Alle, value: 5, date: 2025-12-31, source: Amt}\n  - {name: Kinder, value: 6, of: Alle, date: 2025-12-31, source: Amt}\n"}, "anteil-zu-gross", SPACE, 7, 27, "„Kinder“ (6)", "„Alle“ (5)"),
    "a part that is all": Case({SPACE: "+figures:\n  - {name: Alle, value: 5, date: 2025-12-31, source: Amt}\n  - {name: Kinder, value: 5, of: Alle, date: 2025-12-31, source: Amt}\n"}, ()),
    # --- hours wherever they stand, at the piece in question
    "hours of an office on call": one({AMT: "+on_call: {phone: 040 66969-921, hours: immer mal}\n"}, "zeiten-unlesbar", AMT, 4, 46, "mal"),
    "hours of a team": one({SPACE: "+team:\n  - {role: asd, hours: immer mal}\n"}, "zeiten-unlesbar", SPACE, 6, 30, "mal"),
    # --- who may be reached, and who can't
    "nowhere": one({KRABBEL: FILES[KRABBEL].replace("place: treff\n", "")}, "ohne-ort", KRABBEL, 1, 7, "„Krabbelgruppe“"),
    # --- an open house of those who have a hidden one
    "its open house": Case({CAFE: OPEN_HOUSE, PROVIDER: "+description: Unser Café Abendrot ist am Flussweg 5, 01067 Kleinstadt.\n"}, ()),
    # --- who is spoken of, and how far it reaches
    "another file of settings": one({"mkdocs.yml": "site_name: X\n# Frauenhaus Lichtblick, Kallmorgen 3\n"}, "ort-im-text", "mkdocs.yml", 2, 26, "„Kallmorgen 3“"),
    "a table beside the records": Case({LIST: "name,wo\nFrauenhaus Lichtblick,Kallmorgen 3\n"}, (("fremde-datei", LIST, 1, 1, ()), ("ort-im-text", LIST, 2, 23, ("„Kallmorgen 3“",)))),
    "an office in an open house": Case({AMT: "+place: treff\n"}, ()),
    "what may be anywhere, close to it in a list": Case({"content/liste.txt": "Frauenhaus Lichtblick\n\nam Stadtrand\n"}, ()),
    "a street close to it in a list": one({"content/liste.txt": "Frauenhaus Lichtblick\n\nKallmorgen 3\n"}, "zuflucht-vielleicht", "content/liste.txt", 1, 1, "Lichtblick"),
}  # fmt: skip


@pytest.mark.parametrize("name", every(CASES, [*CASES][::2]))
def test_what_is_told(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    write_town(tmp_path)
    write(tmp_path, {**REFUGE, **{key: text for key, text in case.files.items() if key not in REFUGE}})
    write(tmp_path, {key: text for key, text in case.files.items() if key in REFUGE})
    found = [item for item in prepare(tmp_path, TODAY).found if item.severity != "note"]
    places = [(item.code, *item.position[:3]) for item in found]
    assert places == [told[:4] for told in case.told]
    for item, (*_, said) in zip(found, case.told, strict=True):
        assert [part for part in said if part not in f"{item.message} {item.help}"] == []


@pytest.mark.parametrize("suffix", ["jpg", "jpeg", "png", "webp", "tif", "tiff", "JPG"])
def test_a_picture_that_knows_where_it_was_taken(tmp_path: Path, suffix: str) -> None:
    write_town(tmp_path)
    write(tmp_path, REFUGE)
    (jpeg,) = photo("x").values()
    assert isinstance(jpeg, bytes)
    picture = Image.open(io.BytesIO(jpeg))
    file = tmp_path / "content" / "bilder" / f"garten.{suffix}"
    file.parent.mkdir(parents=True)
    picture.save(file, exif=picture.getexif())
    found = [item for item in prepare(tmp_path, TODAY).found if item.code == "bild-mit-ort"]
    assert [item.position.file for item in found] == [f"content/bilder/garten.{suffix}"]
    assert f"garten.{suffix}" in found[0].help
    Image.new("RGB", (8, 8)).save(file)
    assert [item for item in prepare(tmp_path, TODAY).found if item.severity == "error"] == []


@pytest.mark.parametrize(
    ("address_", "person"),
    [
        ("anna.ott@a.example", True),
        ("anna.li@a.example", False),
        ("ott.anna@a.example", True),
        ("li.anna@a.example", False),
        ("a.mueller@a.example", True),
        ("a.ott@a.example", False),
        ("a-mueller@a.example", False),
        ("anna@a.example", False),
        ("anna.maria.ott@a.example", True),
        ("anna.maria.von.ott@a.example", False),
        ("kita.anna@a.example", False),
    ],
)
def test_whose_mail_it_is(address_: str, person: bool) -> None:
    assert [trace.code for trace in mails(address_)] == ["mail-einer-person"] * person


@pytest.mark.parametrize(
    ("text", "stories"),
    [
        ("Anna (5)der 7-jährige Junge", ["Anna (5)", "der 7-jährige Junge"]),
        ("Die 7-jährige Anna (5) kam.", ["Die 7-jährige Anna"]),
        ("Anna (5) und Petra, 6,", ["Anna (5)", "Petra, 6,"]),
        ("Kinder von 5 bis 7", []),
    ],
)
def test_stories_beside_each_other_are_two_and_one_within_another_is_one(
    text: str, stories: list[str]
) -> None:
    found = sorted((trace.start, trace.end) for trace in traces(text) if trace.code == "fallgeschichte")
    assert [text[start:end] for start, end in found] == stories


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("b/", True), ("./b/", True), ("b", True), ("b/index.html", True), ("../a/b/", True), ("../../a/b/", True),
        ("..", True), ("../", True), (".", True), ("b/?x=1", True), ("b/#m", True), ("b/#x=1", True), ("#n", True), ("gr%C3%BCn/", True),
        ("b/#n", False), ("c/", False), ("../b/", False), ("#m", False), ("b/../c/", False), ("/b/", False), ("/X/", False), ("/a/b/", True), ("x&amp;y/", True), ("b/&#x2e;", True),
    ],
)  # fmt: skip
def test_where_a_link_leads(tmp_path: Path, link: str, there: bool) -> None:
    pages = {"index.html": "", "a/index.html": f'<a href="{link}"><b id="n">', "a/b/index.html": '<b id="m">', "a/grün/index.html": "", "a/x&y/index.html": ""}  # fmt: skip
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = [item.position.file for item in SiteLinks().check(tmp_path)]
    assert found == ([] if there else ["a/index.html"])


def _calls(name: str) -> Iterator[tuple[str, set[str], set[str]]]:
    """Every call with a code: the code, the words it is given, the words that message and help say."""
    for file in sorted((ROOT / "generator").rglob("*.py")):
        text = file.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if f"{name}(" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                code = node.args[0]
                whole = all(item.arg for item in node.keywords)
                if isinstance(code, ast.Constant) and whole:
                    entry = entry_of(str(code.value))
                    said = set(re.findall(r"(?<!\{)\{(\w+)", entry.message + entry.help))
                    said |= set(re.findall(r"(?<!\{)\{(\w+)", entry.many))
                    yield str(code.value), {str(item.arg) for item in node.keywords}, said


def test_every_word_that_a_diagnostic_is_given_is_said_and_none_is_missing() -> None:
    calls = list(_calls("diagnostic"))
    assert len(calls) > 200
    assert [(code, given ^ said) for code, given, said in calls if given != said] == []


def test_what_types_find_has_every_word_that_is_said() -> None:
    calls = [item for item in _calls("fault") if item[0] not in (*NO_ID, "falsche-form")]
    assert len(calls) > 20
    assert [(code, given ^ said) for code, given, said in calls if given != said] == []


@whole
def test_no_check_is_lost_where_a_subject_is_loaded_first() -> None:
    asked = "from generator.check import checks; print(*(check.__name__ for check in checks()))"
    told = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        for code in (asked, f"import generator.subjects.budgets.check; {asked}")
    ]
    assert "check_budgets" in told[0]
    assert told[0] == told[1]
