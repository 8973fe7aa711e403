"""Whoever holds an address of a record that was renamed comes to it: by its page, calendar, poster, list and frame."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.edit.towns import FILES, write, write_town
from tests.folders import files_of

OFFER, PLACE = "resources/offers/krabbelgruppe.yml", "resources/places/treff.yml"
MAIN = re.compile(rb"<main.*?</main>", re.DOTALL)


def rename(town: Path, kind: str, old: str, new: str) -> None:
    done = CliRunner().invoke(main, ["rename", kind, old, new, "-p", str(town)])
    assert done.exit_code == 0, done.output


def built(town: Path) -> dict[str, bytes]:
    done = CliRunner().invoke(main, ["build", "-p", str(town), "--today", "2026-11-29"])
    assert done.exit_code == 0, done.output
    return files_of(town / "site")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_town(tmp_path / "stadt")


def test_a_renamed_record_is_found_from_its_earlier_addresses(town: Path) -> None:
    for kind, old, new in (
        ("offer", "krabbelgruppe", "babytreff"),
        ("offer", "babytreff", "spieltreff"),
        ("space", "west", "westen"),
        ("place", "treff", "haus-am-fluss"),
        ("provider", "verein", "nachbarn"),
    ):
        rename(town, kind, old, new)
    site = built(town)
    for old, new in (
        ("angebote/krabbelgruppe/", "angebote/spieltreff/"),
        ("angebote/babytreff/", "angebote/spieltreff/"),
        ("sozialraeume/west/", "sozialraeume/westen/"),
        ("sozialraeume/west/diese-woche/", "sozialraeume/westen/diese-woche/"),
        ("orte/treff/", "orte/haus-am-fluss/"),
        ("traeger/verein/", "traeger/nachbarn/"),
    ):
        (body,) = MAIN.findall(site[f"{old}index.html"])
        (link,) = re.findall(rb'href="(?!#)([^"]*)"', body)
        assert (town / "site" / old / link.decode()).resolve() == town / "site" / new.rstrip("/"), old
        assert f"/{old}<".encode() not in site["sitemap.xml"]
    for old, new in (
        ("angebote/krabbelgruppe", "angebote/spieltreff"),
        ("sozialraeume/west", "sozialraeume/westen"),
    ):
        assert site[f"{old}/termine.ics"] == site[f"{new}/termine.ics"]
        assert b"BEGIN:VEVENT" in site[f"{old}/termine.ics"]
    assert site["einbetten/west/index.html"] == site["einbetten/westen/index.html"]
    assert json.loads(site["merkliste/beendet.json"]) == {
        "krabbelgruppe": {"r": "spieltreff"},
        "babytreff": {"r": "spieltreff"},
    }
    # It is itself again, and no earlier one; who takes a free address has it.
    rename(town, "offer", "spieltreff", "krabbelgruppe")
    write(
        town,
        {
            "resources/offers/babytreff.yml": FILES[OFFER].replace(
                "place: treff\nprovider: verein", "provider: nachbarn"
            )
        },
    )
    text = (town / "resources/offers/babytreff.yml").read_text("utf-8")
    write(
        town,
        {
            "resources/offers/babytreff.yml": text.replace("verein", "nachbarn").replace(
                "treff\ntopics", "haus-am-fluss\ntopics"
            )
        },
    )
    site = built(town)
    for key in ("krabbelgruppe", "babytreff"):
        assert b"Eltern treffen sich" in site[f"angebote/{key}/index.html"]
    assert json.loads(site["merkliste/beendet.json"]) == {"spieltreff": {"r": "krabbelgruppe"}}


REFUGE = {
    PLACE: FILES[PLACE].split("address")[0].replace("nachbarschaftshaus", "gemeinschaftsunterkunft")
    + "providers: [verein]\n"
}


def test_of_what_is_sensitive_the_page_leads_on_and_nothing_else(town: Path) -> None:
    write(town, {OFFER: FILES[OFFER].replace("kind: gruppe", "kind: suchtberatung")})
    rename(town, "offers", "krabbelgruppe", "beratung")
    site = built(town)
    assert b"angebote/krabbelgruppe" not in b"".join(
        text for name, text in site.items() if name.endswith(".ics")
    )
    assert {name for name in site if "krabbelgruppe" in name and name.startswith("angebote/")} == {
        "angebote/krabbelgruppe/index.html"
    }
    assert json.loads(site["merkliste/beendet.json"]) == {}


@pytest.mark.parametrize(
    ("records", "ids"),
    [
        ({}, {"offers": "krabbelgruppe"}),
        (REFUGE, {"offers": "krabbelgruppe", "places": "treff", "providers": "verein"}),
    ],
)
def test_nothing_leads_from_or_to_what_is_protected(
    town: Path, records: dict[str, str], ids: dict[str, str]
) -> None:
    write(
        town,
        {
            OFFER: FILES[OFFER]
            .replace("[krabbelgruppe]", "[haeusliche-gewalt]")
            .replace("kind: gruppe", "kind: gewaltberatung")
            .replace("place: treff\n", ""),
            **records,
        },
    )
    for folder, old in ids.items():
        rename(town, folder, old, f"{old}-neu")
    assert not [name for name, text in files_of(town / "resources").items() if b"earlier_ids" in text]
    # Whoever writes it, or what became protected later: it leads nowhere.
    for folder, old in ids.items():
        path = town / f"resources/{folder}/{old}-neu.yml"
        path.write_text(path.read_text("utf-8") + "earlier_ids: [am-flussweg]\n", "utf-8")
    assert not [name for name, text in built(town).items() if "am-flussweg" in name or b"am-flussweg" in text]
