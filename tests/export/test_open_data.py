"""Exports: the structure that others expect, nothing that is protected, a place for every figure on the pages."""

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from generator.export import EXPORTS
from generator.export.source import ExportSource
from generator.export.structured_data import breadcrumbs, offer_data
from generator.model.facts import StopFacts
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.data_files.open_data import (
    calendar_files,
    export_files,
    exports,
    source_of,
)
from generator.render.directory.contact import contact_files
from generator.render.frame.page_frame import data_block
from generator.render.maps.views import places_view, resources_view
from tests.open_data import REAL, real
from tests.records import replace


@pytest.fixture(scope="module")
def files(context: Context) -> dict[str, bytes]:
    return export_files(context)


def test_every_row_of_the_registry_is_written(files: dict[str, bytes], demo_site: Path) -> None:
    # The demo is invented: it has nothing of others.
    assert set(files) == {row.path for row in EXPORTS if not row.licence}
    page = (demo_site / "daten" / "index.html").read_text("utf-8")
    for row in (row for row in EXPORTS if not row.licence):
        assert (demo_site / row.path).read_bytes() == files[row.path]
        assert f'href="{row.path.removeprefix("daten/")}"' in page


def test_the_internal_site_has_no_open_data(internal_demo: Project) -> None:
    context = internal_demo.contexts[0]
    assert exports(context) == ()
    assert export_files(context) == {}
    with pytest.raises(ValueError, match="internal"):
        source_of(context)


# --- HSDS ------------------------------------------------------------------------------------------------------------


def shape(value: Any, path: str = "") -> dict[str, str]:
    """Return every field of nested objects by its path, with the kind of its value."""
    found: dict[str, str] = {}
    if isinstance(value, dict):
        for name, item in value.items():
            place = f"{path}.{name}" if path else name
            found[place] = "number" if isinstance(item, int | float) else type(item).__name__
            found |= shape(item, place)
    elif isinstance(value, list):
        for item in value:
            found |= shape(item, path)
    return found


@real("hsds_examples/organization_full.json")
def test_hsds_has_the_structure_of_the_examples(files: dict[str, bytes]) -> None:
    example = REAL / "hsds_examples" / "organization_full.json"
    known = shape(json.loads(example.read_text("utf-8")))
    organisations = json.loads(files["daten/hsds.json"])["contents"]
    ours = shape(organisations)
    assert len(ours) > 60
    assert {path: kind for path, kind in ours.items() if known.get(path) != kind} == {}


def test_hsds_holds_every_active_offer_once(context: Context, files: dict[str, bytes]) -> None:
    organisations = json.loads(files["daten/hsds.json"])["contents"]
    services = [service for row in organisations for service in row.get("services", [])]
    active = [key for key, facts in context.facts.offers.items() if facts.active]
    assert sorted(service["url"].split("/")[-2] for service in services) == sorted(active)
    ids = [row["id"] for row in (*organisations, *services)]
    assert len(ids) == len(set(ids))


def test_hsds_describes_each_place_once_and_loses_none_of_it(
    context: Context, files: dict[str, bytes]
) -> None:
    """Who joins by identifier finds every answer about a place, though services don't repeat it."""
    organisations = json.loads(files["daten/hsds.json"])["contents"]
    full = {row["id"]: row for item in organisations for row in item.get("locations", [])}
    services = {row["url"].split("/")[-2]: row for item in organisations for row in item.get("services", [])}
    joined = repeated = 0
    for key, service in services.items():
        place = context.site.places.get(context.site.offers[key].place or "")
        for row in service.get("service_at_locations", []):
            here = row["location"]
            assert {"id", "location_type", "name"} <= set(here)
            if place is None or context.facts.offers[key].location.visibility != "full":
                continue
            known = {**full.get(here["id"], {}), **here}
            answers = {item["description"]: item["details"] for item in known.get("accessibility", [])}
            words = context.site.words.accessibility
            assert answers == {words[name].name: answer for name, answer in place.accessibility.items()}
            assert known["url"] == f"{context.site.config.url.rstrip('/')}/orte/{place.id}/"
            joined += here["id"] in full
            repeated += here["id"] in full and "accessibility" in here
    assert joined > 50
    assert repeated == 0


# --- GeoJSON and tables ----------------------------------------------------------------------------------------------


def test_points_are_those_that_may_be_shown(context: Context, files: dict[str, bytes]) -> None:
    features = json.loads(files["daten/angebote.geojson"])["features"]
    shown = {
        key: facts.location.point
        for key, facts in context.facts.offers.items()
        if facts.carried and facts.location.visibility == "full" and facts.location.point
    }
    assert {row["id"] for row in features} == set(shown)
    for row in features:
        point = shown[row["id"]]
        assert row["geometry"]["coordinates"] == [point.longitude, point.latitude]


def test_where_and_when_something_sensitive_is_changes_no_file(context: Context) -> None:
    """Tried by moving all of it to another house and to other hours: no file, calendar, address book or map of many differs by a byte."""
    facts = context.facts
    other = facts.offers["elterncafe-birkenkoppel"]
    assert other.schedule is not None
    assert other.location.point is not None
    hours = context.site.offers[other.id].hours
    told = [
        key for key, offer in facts.offers.items() if offer.sensitive and offer.location.point is not None
    ]
    assert len(told) > 3
    moved = {
        key: replace(
            facts.offers[key],
            location=other.location,
            schedule=other.schedule,
            phone_schedule=other.schedule,
            spaces=other.spaces,
            stops=(StopFacts("Hof", other.location, other.schedule),),
        )
        for key, offer in facts.offers.items()
        if offer.sensitive
    }
    offers = {
        key: offer.model_copy(update={"place": other.location.place, "hours": hours})
        for key, offer in context.site.offers.items()
        if key in moved
    }
    elsewhere = Context(
        replace(context.site, offers={**context.site.offers, **offers}),
        replace(facts, offers={**facts.offers, **moved}),
        context.lang,
    )

    def written(one: Context) -> dict[str, object]:
        maps = {"places": places_view(one), "gifts": resources_view(one)}
        return {**export_files(one), **calendar_files(one), **contact_files(one), **maps}

    assert written(elsewhere) == written(context)


def test_a_house_in_which_only_something_sensitive_was_stays_protected(context: Context) -> None:
    """Who looks for it after the last offer ended is no less in danger; one open offer more makes it a house like others."""
    facts = context.facts
    key = next(
        key
        for key, there in facts.relations.offers_by_place.items()
        if len(there) > 1 and facts.places[key].visibility == "full" and not facts.protects(key)
    )
    first, *others = facts.relations.offers_by_place[key]
    over = {name: replace(facts.offers[name], active=False, sensitive=True) for name in (first, *others)}
    assert replace(facts, offers={**facts.offers, **over}).protects(key)
    again = over | {first: replace(over[first], active=True, sensitive=False)}
    assert not replace(facts, offers={**facts.offers, **again}).protects(key)
    # What ended there doesn't make up for what protects there now.
    alone = over | {
        first: replace(over[first], sensitive=False),
        others[0]: replace(over[others[0]], active=True),
    }
    assert replace(facts, offers={**facts.offers, **alone}).protects(key)


def test_outer_rings_run_anticlockwise(files: dict[str, bytes]) -> None:
    """RFC 7946, 3.1.6."""
    features = json.loads(files["daten/gebiete.geojson"])["features"]
    assert len(features) > 10
    for row in features:
        shapes = row["geometry"]["coordinates"]
        for polygon in shapes if row["geometry"]["type"] == "MultiPolygon" else [shapes]:
            ring = polygon[0]
            area = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
            assert area > 0, row["id"]


def test_the_table_has_a_row_for_each_offer(context: Context, files: dict[str, bytes]) -> None:
    text = files["daten/angebote.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [key for key, facts in context.facts.offers.items() if facts.active]
    for row in rows:
        facts = context.facts.offers[row["id"]]
        assert bool(row["street"]) == (facts.location.address is not None and facts.carried)
        assert not row["name"].startswith(("=", "+", "@"))


# --- structured data -------------------------------------------------------------------------------------------------


def nodes(source: ExportSource, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = offer_data(source, source.site.offers[key], source.facts.offers[key])[
        "@graph"
    ]
    return found


def test_an_offer_is_a_service_with_its_events(context: Context) -> None:
    service, *events = nodes(source_of(context), "elterncafe-birkenkoppel")
    assert service["@type"] == "Service"
    assert service["url"] == "https://nahraum.auenstedt.example/angebote/elterncafe-birkenkoppel/"
    assert service["offers"] == {"@type": "Offer", "price": "0", "priceCurrency": "EUR"}
    channel = service["availableChannel"]
    assert channel["availableLanguage"] == ["de", "ru", "uk", "ar"]
    assert channel["serviceLocation"]["address"]["postalCode"] == "22999"
    assert service["areaServed"] == [{"@type": "AdministrativeArea", "name": "Birkenkoppel"}]
    hours = service["hoursAvailable"][0]
    assert (hours["dayOfWeek"], hours["opens"], hours["closes"]) == (["Monday", "Thursday"], "09:00", "11:30")
    assert [event["startDate"] for event in events] == ["2026-12-03T09:00"]
    assert events[0]["isAccessibleForFree"] is True


def test_a_protected_place_is_never_told(context: Context) -> None:
    source = source_of(context)
    protected = [
        key
        for key, facts in context.facts.offers.items()
        if facts.active and facts.location.visibility != "full"
    ]
    assert protected
    for key in protected:
        text = json.dumps(nodes(source, key))
        assert "PostalAddress" not in text
        assert "GeoCoordinates" not in text


def test_every_offer_that_runs_carries_its_data(context: Context, demo_site: Path) -> None:
    """A house that hides people has none: what machines would read of it is where it is."""
    for key, facts in context.facts.offers.items():
        page = (demo_site / "angebote" / key / "index.html").read_text("utf-8")
        blocks = [
            part.split("</script>")[0] for part in page.split('<script type="application/ld+json">')[1:]
        ]
        types = [
            node["@type"] for block in blocks for node in json.loads(block).get("@graph", [json.loads(block)])
        ]
        assert ("Service" in types or "GovernmentService" in types) == (
            facts.active and key not in context.site.protected
        ), key


def test_nothing_in_the_data_ends_the_block() -> None:
    written = str(
        data_block(breadcrumbs([("</script><script>alert(1)</script> & Co", "https://a.example/")]))
    )
    assert written.count("<") == 2
    assert json.loads(written[written.index("{") : written.rindex("}") + 1])["itemListElement"][0][
        "name"
    ].startswith("</script>")


def test_previews_name_page_and_picture(demo_site: Path) -> None:
    page = (demo_site / "sozialraeume" / "suederaue" / "index.html").read_text("utf-8")
    assert '<meta property="og:title" content="Süderaue">' in page
    assert (
        '<meta property="og:image" content="https://nahraum.auenstedt.example/assets/nahraum/og-stadtteil.png">'
        in page
    )
    for name in demo_site.glob("assets/nahraum/og-*.png"):
        assert name.stat().st_size <= 20_000
    quiet = (demo_site / "themen" / "haeusliche-gewalt" / "index.html").read_text("utf-8")
    assert '<meta property="og:title" content="Beratung und Schutz">' in quiet


def test_free_places_stand_with_their_day_and_none_of_what_is_sensitive(
    context: Context, files: dict[str, bytes]
) -> None:
    for row in csv.DictReader(io.StringIO(files["daten/angebote.csv"].decode("utf-8-sig"))):
        room = context.site.offers[row["id"]].capacity
        told = room is not None and not context.facts.offers[row["id"]].sensitive
        assert row["places_as_of"] == (str(room.date) if told and room else "")
        assert row["places_free"] == (str(room.free) if told and room and room.free is not None else "")
