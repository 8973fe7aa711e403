"""Whatever a hidden place's record says beyond a short list, or the overlay says of it, the public site is the same.

Pages are a function of site and facts, so these two are compared for every field and for random records; the bytes of
everything, reports on paper included, once for all fields together.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.derive.masking import KEPT
from generator.derive.protected_offers import DISCLOSED
from generator.diagnostics import has_errors
from generator.edit.records.yaml_writer import Value, write_record
from generator.mkdocs_plugin import write_site
from generator.model.groups import Contact
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.pipeline.build import Project, build_site, prepare
from tests.chance import cases, is_long, long
from tests.conftest import TODAY
from tests.edit.towns import write_town
from tests.refuges import HOUSE, OFFER, PROVIDER, REFUGE, write

ADDRESS: Value = {"street": "Kallmorgen", "number": "17", "postcode": "22998", "town": "Kleinstadt"}
SHOWN: Value = {"visibility": "area", "confirmed": "2026-11-01", "by": "amt"}
# A value for every field that nobody may learn; a new field of the model must be added here or to the list of what is kept.
SECRET: dict[str, Value] = {
    "address": ADDRESS,
    "point": "10.00471 53.70471",
    "visibility": "hidden",
    "shown": SHOWN,
    "spaces": ["kranichmoor"],
    "first_contact": "amt",
    "hours": "Mo 09:00-10:00",
    "closed": [{"date": "2026-12-07", "until": "2026-12-09"}],
    "accessibility_note": "Rampe am Kallmorgen",
    "transport": "Bus 293, Haltestelle Kallmorgen",
    "earlier_ids": ["am-kallmorgen"],
    "notes": "Kallmorgen 17",
    "cleared": [{"text": "Kallmorgen", "reason": "weil"}],
}
TOLD: dict[str, Value] = {
    "name": "Haus Morgenrot",
    "kind": "schutzwohnung",
    "providers": ["lichtblick", "verein"],
    "contact": {"phone": "040 66969-999"},
    "accessibility": {"step_free": "no"},
    "checked": "2026-11-02",
    "check_every": "2 weeks",
    "translations": {"en": {"name": "Another name"}},
    "illustrative": "yes",
}
# In its own words a record tells something only where somebody has confirmed them.
OWN_WORDS: dict[str, Value] = {
    "summary": "Vier Minuten zum Bahnhof.",
    "description": "Über dem Friseur.",
    "origin": {"name": "OpenStreetMap node/4711", "date": "2026"},
}
CONFIRMED: dict[str, Value] = {"text_confirmed": {"by": "amt", "date": "2026-11-01"}}
# What nobody learns of the refuge's offer and provider; a new field of the model must be added here or to what may be told.
OFFER_SECRETS: dict[str, Value] = {
    "summary": "Vier Minuten zum Bahnhof.",
    "for_young": "Über dem Friseur.",
    "partners": ["verein"],
    "address": ADDRESS,
    "point": "10.00471 53.70471",
    "hours_note": "freitags",
    "stops": [{"name": "am Bahnhof"}],
    "dates": [{"date": "2026-12-04"}],
    "closed": [{"date": "2026-12-07", "until": "2026-12-09"}],
    "capacity": {"places": "7", "date": "2026-11-13"},
    "funded_until": "2027-01-01",
    "successor": "krabbelgruppe",
    "earlier_ids": ["wohnen-am-bahnhof"],
    "history": "Seit 2024 über dem Friseur.",
    "results": [{"date": "2026", "according_to": "Team", "text": "Am Bahnhof ist es laut."}],
    "alert": {"text": "Baustelle vor dem Haus.", "until": "2026-12-31"},
    "description": "Der Bus hält vor der Tür.",
    "origin": {"name": "OpenStreetMap node/4711", "date": "2026"},
    "notes": "Kallmorgen 17",
    "cleared": [{"text": "Ein Bett", "reason": "weil"}],
}
PROVIDER_SECRETS: dict[str, Value] = {
    "earlier_ids": ["am-bahnhof"],
    "summary": "Vier Minuten zum Bahnhof.",
    "address": ADDRESS,
    "can_give": [{"what": "Ein Raum am Bahnhof", "kind": "room"}],
    "description": "Über dem Friseur.",
    "origin": {"name": "OpenStreetMap node/4711", "date": "2026"},
    "notes": "Kallmorgen 17",
    "cleared": [{"text": "Lichtblick", "reason": "weil"}],
}
BASE: dict[str, Value] = {
    "name": "Frauenhaus Lichtblick",
    "kind": "schutzhaus",
    "visibility": "hidden",
    "summary": "Ein sicheres Haus. Rufen Sie an.",
    "providers": ["lichtblick"],
    "contact": {"phone": "040 66969-910"},
    "checked": "2026-11-01",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The town without its checks, which would refuse most of what is tried here."""
    root = write_town(tmp_path_factory.mktemp("stadt"))
    write(root, REFUGE)
    write(root, {"site_config.yml": "+overlay: ../intern\npdf: yes\n"})
    write(
        root,
        {
            "content/berichte/lage/2026.md": "---\ntitle: Lage\nedition: 2026\ndate: 2026-11-01\nstate: draft\nspace: kleinstadt\n"
            "summary: Was es gibt.\nauthors: Planung\n---\n\n## Angebote\n\n{{ offers() }}\n\n{{ offers(space='west') }}\n"
        },
    )
    (root / HOUSE).write_text(write_record(BASE), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.pipeline.build.check_reading", lambda *_: ())
        yield root


def with_house(root: Path, values: dict[str, Value]) -> Project:
    """Read and derive the town with another record of the house."""
    (root / HOUSE).write_text(write_record(values), "utf-8")
    try:
        project = prepare(root, TODAY, drafts=True)
    finally:
        (root / HOUSE).write_text(write_record(BASE), "utf-8")
    assert project.site is not None
    assert not has_errors(project.found), project.found
    return project


@pytest.fixture(scope="module")
def public(town: Path) -> Project:
    return with_house(town, BASE)


def test_every_field_is_decided() -> None:
    assert {*SECRET, *TOLD, *OWN_WORDS, "id", "text_confirmed"} == set(Place.model_fields)
    assert {*TOLD, *OWN_WORDS, "id", "text_confirmed"} == KEPT[Place]
    assert {*TOLD, "id", "visibility"} == DISCLOSED[Place]
    assert {*OFFER_SECRETS} & DISCLOSED[Offer] == set()
    assert {*OFFER_SECRETS, "text_confirmed"} | DISCLOSED[Offer] == set(Offer.model_fields)
    assert {*PROVIDER_SECRETS, "text_confirmed"} | DISCLOSED[Provider] == set(Provider.model_fields)


@pytest.mark.parametrize("field", [*SECRET, *OWN_WORDS])
def test_a_secret_field_changes_nothing(field: str, town: Path, public: Project) -> None:
    secret = {**SECRET, **OWN_WORDS}[field]
    told = with_house(town, {**BASE, field: secret})
    assert (told.site, told.facts) == (public.site, public.facts)
    if field not in BASE:
        assert field in write_record({**BASE, field: secret})


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [
        *((OFFER, field, value) for field, value in OFFER_SECRETS.items()),
        *((PROVIDER, field, value) for field, value in PROVIDER_SECRETS.items()),
        (OFFER, "contact", {"phone": "040 66969-911", "name": "Am Bahnhof", "note": "Klingel oben", "email": "am@bahnhof.example"}),
        (PROVIDER, "contact", {"phone": "040 66969-912", "note": "Klingel oben", "website": "https://kallmorgen.example/"}),
        (OFFER, "access", {"way": "direct", "first_visit": "Am Bahnhof.", "bring": "Den Schlüssel.", "address": "Kallmorgen 17"}),
        (OFFER, "cost", {"amount": "0", "note": "Bezahlt wird am Bahnhof."}),
        (OFFER, "translations", {"en": {"summary": "At the station.", "first_visit": "At the station."}}),
    ],
)  # fmt: skip
def test_no_word_of_its_offer_or_provider_is_told(
    file: str, field: str, value: Value, town: Path, public: Project
) -> None:
    plain: dict[str, Value] = {
        "access": {"way": "direct"},
        "cost": {"amount": "0"},
        "contact": {"phone": "040 66969-911" if file == OFFER else "040 66969-912"},
    }
    before, after = (with_one_more(town, file, field, item) for item in (plain.get(field), value))
    assert (after.site, after.facts) == (before.site, before.facts)


def with_one_more(root: Path, file: str, field: str, value: Value | None) -> Project:
    """Read the town with another value of a field of the refuge's offer or provider; None leaves it as it is."""
    lines = [line for line in REFUGE[file].splitlines() if not line.startswith(f"{field}:")]
    more = write_record({field: value}) if value is not None else ""
    try:
        if more:
            write(root, {file: "\n".join(lines) + "\n" + more})
        return with_house(root, BASE)
    finally:
        write(root, {file: REFUGE[file]})


@pytest.mark.parametrize("field", OWN_WORDS)
def test_confirmed_words_are_told(field: str, town: Path) -> None:
    confirmed = with_house(town, {**BASE, **CONFIRMED})
    told = with_house(town, {**BASE, **CONFIRMED, field: OWN_WORDS[field]})
    assert told.site != confirmed.site


@pytest.mark.parametrize("field", TOLD)
def test_what_is_told_is_told(field: str, town: Path, public: Project) -> None:
    assert with_house(town, {**BASE, field: TOLD[field]}).site != public.site


WAYS: dict[str, Value] = {
    "name": "Am Bahnhof",
    "email": "haus@kallmorgen.example",
    "website": "https://kallmorgen.example/",
    "note": "Klingel oben",
}


def test_every_way_to_reach_it_is_decided() -> None:
    assert {*WAYS} | DISCLOSED[Contact] == set(Contact.model_fields)


@pytest.mark.parametrize("field", WAYS)
def test_a_secret_way_to_reach_it_changes_nothing(field: str, town: Path, public: Project) -> None:
    contact: dict[str, Value] = {"phone": "040 66969-910", field: WAYS[field]}
    told = with_house(town, {**BASE, "contact": contact})
    assert (told.site, told.facts) == (public.site, public.facts)


@pytest.mark.parametrize("field", sorted(set(Contact.model_fields) - KEPT[Contact]))
def test_its_website_is_told_by_nobody(field: str, town: Path) -> None:
    contact: dict[str, Value] = {"phone": "040 66969-910", field: WAYS[field]}
    confirmed = with_house(town, {**BASE, **CONFIRMED})
    told = with_house(town, {**BASE, **CONFIRMED, "contact": contact})
    assert (told.site, told.facts) == (confirmed.site, confirmed.facts)


def test_transport_in_another_language_changes_nothing(town: Path) -> None:
    texts: list[Value] = [{"en": {"name": "Refuge", **more}} for more in ({}, {"transport": "Kallmorgen"})]
    first, second = (with_house(town, {**BASE, "translations": item}) for item in texts)
    assert (first.site, first.facts) == (second.site, second.facts)


points = st.builds(
    lambda x, y: f"{x:.5f} {y:.5f}", st.floats(9.99, 10.03), st.floats(53.69, 53.72)
)  # fmt: skip
areas = st.lists(st.sampled_from(["west", "ost", "kranichmoor", "reiherbruch"]), unique=True)
DRAWN: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.just(value) for name, value in SECRET.items() if name not in ("cleared", "visibility")},
    "point": points,
    "spaces": areas,
    "address": st.builds(
        lambda street, number: {
            "street": street,
            "number": str(number),
            "postcode": "22998",
            "town": "Kleinstadt",
        },
        st.sampled_from(["Kallmorgen", "Flussweg", "Im Holzwinkel"]),
        st.integers(1, 99),
    ),
    "hours": st.sampled_from(["Mo 09:00-10:00", "24/7", "Tu-Fr 08:00-18:00"]),
}


@long
@settings(
    max_examples=cases(12, 200),
    derandomize=not is_long(),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=st.fixed_dictionaries({}, optional=DRAWN))
def test_no_secret_of_a_random_record_changes_anything(
    values: dict[str, Any], town: Path, public: Project
) -> None:
    told = with_house(town, {**BASE, **values})
    assert (told.site, told.facts) == (public.site, public.facts)


@long
@settings(
    max_examples=cases(8, 200),
    derandomize=not is_long(),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(point=points, spaces=areas, visits=areas, place=st.sampled_from(["", "treff"]))
def test_no_whereabouts_of_its_offer_or_provider_change_anything(
    point: str, spaces: list[str], visits: list[str], place: str, town: Path, public: Project
) -> None:
    offer = "".join(
        line + "\n" for line in REFUGE[OFFER].splitlines() if not (line.startswith("place:") and place)
    )
    more: dict[str, Value] = {"point": point, "address": ADDRESS, "spaces": spaces, "visits": visits}
    if place:
        more["place"] = place
    write(town, {OFFER: offer + write_record(more)})
    write(town, {PROVIDER: REFUGE[PROVIDER] + write_record({"address": ADDRESS, "spaces": spaces})})
    try:
        told = prepare(town, TODAY, drafts=True)
    finally:
        write(town, {OFFER: REFUGE[OFFER], PROVIDER: REFUGE[PROVIDER]})
    assert told.facts is not None
    assert public.facts is not None
    if place:
        # At another place the offer no longer stands on the page of the house; nothing else differs.
        assert told.facts.offers["lichtblick-schutz"].location.place is None
        assert (
            told.facts.offers["lichtblick-schutz"].spaces == public.facts.offers["lichtblick-schutz"].spaces
        )
        assert told.facts.relations.offers_by_place.get("treff") == public.facts.relations.offers_by_place.get("treff")  # fmt: skip
        assert told.facts.relations.offers_by_space == public.facts.relations.offers_by_space
    else:
        assert (told.site, told.facts) == (public.site, public.facts)


def site_bytes(project: Project, target: Path) -> dict[str, bytes]:
    found = build_site(project, target, write_site)
    assert not has_errors(found), found
    files = {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
    shutil.rmtree(target)
    return files


@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
@pytest.mark.needs("Pango")
def test_no_byte_of_the_site_changes(town: Path, tmp_path: Path) -> None:
    quiet = site_bytes(with_house(town, BASE), tmp_path / "site")
    write(town.parent / "intern", {"places/lichtblick.yml": write_record({"address": ADDRESS, "point": "10.00471 53.70471", "name": "Kallmorgen"})})  # fmt: skip
    write(town.parent / "intern", {"offers/neu.yml": "kaputt: [", "topics.yml": "- {id: neu, name: Kallmorgen}\n"})  # fmt: skip
    loud = site_bytes(with_house(town, {**BASE, **SECRET}), tmp_path / "site")
    assert any(name.endswith(".pdf") for name in quiet)
    assert [name for name in quiet if quiet[name] != loud.get(name)] == []
    assert quiet.keys() == loud.keys()
    shutil.rmtree(town.parent / "intern")


def test_the_comparison_sees_what_is_not_masked(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public = with_house(town, BASE)
    for module in ("generator.pipeline.build", "generator.derive.facts"):
        monkeypatch.setattr(f"{module}.published", lambda site, *_given: site)
    for field in set(SECRET) - {"visibility"}:
        assert with_house(town, {**BASE, field: SECRET[field]}).site != public.site, field
