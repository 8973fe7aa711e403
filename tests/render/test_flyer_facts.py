"""What flyers say and records used to lack: deadline, messengers, telephone hours, several places, a range of prices, childcare if asked; on the page, in the open data, hidden where somebody is protected."""

import csv
import datetime as dt
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from generator.derive.masking import published
from generator.mkdocs_plugin import write_site
from generator.model.groups import Cost, Fee
from generator.model.offer_flags import OFFER_FLAGS
from generator.pipeline.build import build_site, prepare
from generator.read.project import read_project
from tests.edit.towns import FILES, write, write_town

TODAY = dt.date(2026, 11, 20)
BUS = """\
name: Spielbus
summary: Der Bus kommt mit Rollern und Seilen.
kind: jugendarbeit
provider: verein
topics: [sport]
ages: 6-12
cost: {amount: 3, up_to: 8, per: Tag, reduced: 2}
childcare: on request
access: {way: registration, register_by: 2026-12-05}
contact: {name: Büro, phone: 040 66969-902, mobile: 0171 39200-12, messengers: [signal, whatsapp], phone_hours: "Di 9-11 Uhr"}
stops:
  - {place: treff, name: im Hof, hours: Mo 15-17 Uhr}
  - {name: Lindenplatz, address: {street: Lindenplatz, postcode: 22999, town: Kleinstadt}, point: 10.015 53.705, hours: Mi 15-17 Uhr}
"""
BUS_FILE = "resources/offers/spielbus.yml"


def codes(root: Path) -> dict[str, int]:
    return {item.code: item.position.line for item in prepare(root, TODAY).found if item.severity != "note"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with a bus that stops at two places, built."""
    root = write(tmp_path_factory.mktemp("ort"), {**FILES, BUS_FILE: BUS})
    found = build_site(prepare(root, TODAY), root / "site", write_site)
    assert [item for item in found if item.severity == "error"] == []
    return root / "site"


def words(page: Path) -> str:
    text = page.read_text("utf-8")
    text = text[text.index("<main") : text.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_page_says_it(site: Path) -> None:
    page = words(site / "angebote" / "spielbus" / "index.html")
    for said in (
        "3 € bis 8 € je Tag, für manche 2 €",
        "Anmeldung bis zum 5. Dezember 2026.",
        "0171 39200-12 auch Signal und WhatsApp",
        "Telefonzeiten: Di",
        "Ihre Kinder können währenddessen betreut werden.",
        "Mo und Mi 15 bis 17 Uhr",
        "Orte und Zeiten Treff am Fluss , im Hof",
        "Lindenplatz, 22999 Kleinstadt",
    ):
        assert said in page.replace("\u00a0", " ").replace("\u202f", " "), said


def test_it_is_found_where_it_stops(site: Path) -> None:
    assert "Spielbus" in words(site / "orte" / "treff" / "index.html")
    facts = prepare(site.parent, TODAY).site
    assert facts is not None
    for area in ("ost", "west"):
        assert "spielbus" in (site / "sozialraeume" / area / "index.html").read_text("utf-8"), area


def test_the_table_of_offers_has_it(site: Path) -> None:
    rows = csv.DictReader((site / "daten" / "angebote.csv").read_text("utf-8-sig").splitlines())
    bus = next(row for row in rows if row["id"] == "spielbus")
    assert (bus["amount_eur"], bus["amount_to_eur"], bus["amount_reduced_eur"]) == ("3", "8", "2")
    assert (bus["register_by"], bus["childcare"], bus["messengers"]) == (
        "2026-12-05",
        "on request",
        "signal;whatsapp",
    )
    assert bus["stops"] == "Treff am Fluss, im Hof: Mo 15-17 Uhr | Lindenplatz: Mi 15-17 Uhr"


def test_hsds_has_it(site: Path) -> None:
    content = json.loads((site / "daten" / "hsds.json").read_text("utf-8"))
    services = [item for row in content["contents"] for item in row.get("services", [])]
    bus = next(item for item in services if item["name"] == "Spielbus")
    assert bus["application_process"].endswith(", bis 2026-12-05")
    assert [(row["option"], row["amount"]) for row in bus["cost_options"]] == [
        ("ab", 3),
        ("bis", 8),
        ("ermäßigt", 2),
    ]
    assert [row["description"] for row in bus["phones"]] == ["Büro, Di 9-11 Uhr", "Büro, signal, whatsapp"]
    places = bus["service_at_locations"]
    assert [row["location"]["name"] for row in places] == ["Treff am Fluss", "Lindenplatz"]
    assert [row["schedules"][0]["byday"] for row in places] == ["MO", "WE"]


def test_search_engines_are_told_prices_and_deadline(site: Path) -> None:
    page = (site / "angebote" / "spielbus" / "index.html").read_text("utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    offers = str(json.loads(block[1]))
    for said in ("'minPrice': '3'", "'maxPrice': '8'", "'availabilityEnds': '2026-12-05'"):
        assert said in offers


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (("register_by: 2026-12-05", "register_by: 2026-11-05"), "anmeldeschluss-vorbei", 9),
        (("up_to: 8", "up_to: 2"), "betrag-verkehrt", 7),
        (("reduced: 2", "reduced: 9"), "betrag-verkehrt", 7),
        (("mobile: 0171 39200-12, ", ""), "messenger-ohne-nummer", 10),
        (("{place: treff, name: im Hof, hours: Mo 15-17 Uhr}", "{hours: Mo 15-17 Uhr}"), "halt-ohne-ort", 12),
        (("hours: Mo 15-17 Uhr", "hours: mal so"), "zeiten-unlesbar", 12),
        (('"Di 9-11 Uhr"', '"mal so"'), "zeiten-unlesbar", 10),
        (("place: treff,", "place: gibts-nicht,"), "unbekannter-verweis", 12),
    ],
)
def test_what_cannot_be_is_told_at_its_line(
    tmp_path: Path, change: tuple[str, str], code: str, line: int
) -> None:
    assert change[0] in BUS
    write(tmp_path, {**FILES, BUS_FILE: BUS})
    assert codes(tmp_path) == {}
    write(tmp_path, {BUS_FILE: BUS.replace(*change)})
    assert codes(tmp_path) == {code: line}


def test_a_stop_at_a_protected_place_is_refused_and_never_shown(tmp_path: Path) -> None:
    write_town(tmp_path)
    home = "name: Heim\nkind: gemeinschaftsunterkunft\n"
    write(tmp_path, {"resources/places/heim.yml": home, BUS_FILE: BUS.replace("place: treff", "place: heim")})
    assert codes(tmp_path)["ort-verraten"] == 12
    reading = read_project(tmp_path).site
    assert reading is not None
    assert [stop.place for stop in published(reading).offers["spielbus"].stops] == [None]


def test_an_offer_that_is_protected_shows_no_stops(tmp_path: Path) -> None:
    write_town(tmp_path)
    text = "name: Rat\nsummary: Wir beraten.\nkind: gewaltberatung\nprovider: verein\ntopics: [haeusliche-gewalt]\n"
    write(tmp_path, {"resources/offers/rat.yml": text + "stops: [{name: am Bahnhof}]\n"})
    assert codes(tmp_path)["ort-verraten"] == 6
    site = read_project(tmp_path).site
    assert site is not None
    assert published(site).offers["rat"].stops == ()


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("3 bis 8 €", ("3", "8", None)),
        ("3-8 Euro", ("3", "8", None)),
        ("3 € – 8 €", ("3", "8", None)),
        ("zwischen 3 und 8 €", ("3", "8", None)),
        ("3,50 bis 8 € ermäßigt 2 €", ("3.50", "8", "2")),
        ("8 €", ("8", None, None)),
    ],
)
def test_a_range_of_prices_is_understood(text: str, amounts: tuple[Any, ...]) -> None:
    cost = TypeAdapter(Cost).validate_python(text)
    assert isinstance(cost, Fee)
    said = (cost.amount, cost.up_to, cost.reduced)
    assert tuple(None if value is None else str(value) for value in said) == amounts


def test_what_may_cost_something_is_not_free(tmp_path: Path) -> None:
    free = BUS.replace("{amount: 3, up_to: 8, per: Tag, reduced: 2}", "free")
    for text, expected in (
        (free, True),
        (BUS.replace("amount: 3, up_to: 8", "amount: 0, up_to: 8"), False),
        (free.replace("cost: free", "cost: {amount: 0, note: mit Bildungskarte}"), False),
    ):
        write(tmp_path, {**FILES, BUS_FILE: text})
        project = prepare(tmp_path, TODAY)
        assert project.site is not None
        offer = project.site.offers["spielbus"]
        facts = project.facts.offers["spielbus"] if project.facts else None
        assert facts is not None
        assert OFFER_FLAGS["free"].holds(project.site, offer, facts) is expected
