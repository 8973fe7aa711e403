"""A field that no list names is withheld of every protected record, wherever it stands in it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from generator.derive.masking import published
from generator.mkdocs_plugin import write_site
from generator.model.groups import Group
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.site import Site
from generator.model.visibility import keep_only, listed, named
from generator.pipeline.build import Project, build_site, prepare
from generator.read.project import Reading, read_project
from generator.render.data_files.open_data import source_of
from tests.edit.towns import FILES, write_town
from tests.records import replace
from tests.refuges import HOUSE, PROVIDER, REFUGE, write

TODAY = dt.date(2026, 11, 20)
CONTACT = "{name: Büro, phone: 040 66969-931, mobile: 0171 39200-91, messengers: [sms], email: a@heim.example, website: 'https://heim.example/', note: vormittags, phone_hours: Mo 9-10 Uhr}"
ADDRESS = "{street: Uferweg, number: 1, postcode: 22998, town: Kleinstadt, extra: Hof}"
SHOWN = "shown: {visibility: area, confirmed: 2026-11-01, by: amt, why: Beratung}\n"
ALL = """\
illustrative: no
origin: {name: Plan, date: 2026, note: Seite 3}
cleared: [{text: Uferweg, reason: weil}]
notes: Nur für uns.
"""
HOUSE_FIELDS = f"""\
summary: Ein Haus.
address: {ADDRESS}
point: 10.003 53.703
spaces: [west]
first_contact: amt
contact: {CONTACT}
hours: Mo 9-10 Uhr
accessibility: {{step_free: no}}
closed: [{{date: 2026-12-24, whole_house: yes}}]
transport: Bus
description: Ein Haus.
translations: {{en: {{name: House, transport: Bus}}}}
"""
PROVIDER_FIELDS = f"""\
contact: {CONTACT}
address: {ADDRESS}
spaces: [west]
can_give: [{{what: Raum, kind: room, spaces: [west]}}]
translations: {{en: {{name: Club}}}}
"""
OFFER_FIELDS = f"""\
partners: [verein]
address: {ADDRESS}
stops: [{{name: Hof, address: {ADDRESS}}}]
spaces: [west]
visits: [west]
hours: Mo 9-10 Uhr
hours_note: montags
dates: [{{date: 2026-12-04, from: '15:00', name: Fest}}]
cost: {{amount: 3, note: bar}}
access: {{way: direct, first_visit: Kommen., bring: Nichts., address: Uferweg 1}}
contact: {CONTACT}
capacity: {{places: 7, free: 1, date: 2026-11-13}}
results: [{{date: 2026, according_to: Team, text: Gut.}}]
closed: [{{date: 2026-12-24}}]
alert: {{text: Neu., until: 2026-12-31, closed: [{{date: 2026-12-28}}]}}
translations: {{en: {{summary: Help., hours_note: Mondays}}}}
"""
OTHER_OFFER = "name: {}\nsummary: Hilfe.\nkind: {}\nprovider: {}\nplace: {}\ntopics: [{}]\n"
TOWN = {
    **REFUGE,
    HOUSE: REFUGE[HOUSE] + "vacancy: {free: 1, date: 2026-11-01}\nillustrative: no\n",
    PROVIDER: REFUGE[PROVIDER].replace("contact: {phone: 040 66969-912}\n", "") + PROVIDER_FIELDS + ALL,
    "resources/offers/rat.yml": OTHER_OFFER.format("Rat", "gewaltberatung", "verein", "heim", "haeusliche-gewalt") + OFFER_FIELDS + ALL,
    "resources/places/stern.yml": "name: Haus Stern\nkind: schutzhaus\nproviders: [stern]\n" + HOUSE_FIELDS + ALL,
    "resources/providers/stern.yml": "name: Stern\nkind: non-profit\n" + PROVIDER_FIELDS + ALL,
    "resources/offers/stern.yml": OTHER_OFFER.format("Stern", "schutz", "stern", "stern", "zuflucht") + OFFER_FIELDS + ALL,
    "resources/places/heim.yml": "name: Heim\nkind: wohngruppe\nproviders: [heim]\n" + HOUSE_FIELDS + SHOWN + ALL,
    "resources/providers/heim.yml": "name: Heimverein\nkind: non-profit\n" + PROVIDER_FIELDS + SHOWN + ALL,
    "resources/offers/heim.yml": OTHER_OFFER.format("Wohnen", "treff", "heim", "heim", "erziehungsfragen") + OFFER_FIELDS + SHOWN + ALL,
    "resources/offices/amt.yml": REFUGE["resources/offices/amt.yml"] + f"place: heim\naddress: {ADDRESS}\nresponsibility: {{by: street}}\non_call: {{phone: 040 66969-933}}\ntranslations: {{en: {{name: Office}}}}\n" + ALL,
    "resources/networks/schutz.yml": "name: Netzwerk Frauenhaus\nkind: ag-78\nspaces: [west]\ncontact: {phone: 040 66969-934}\nmeets: {every: 6 weeks, where: heim}\n"
    "guarantee: {released: 2026-01-01, rules: [{topic: erziehungsfragen, text: Wir helfen.}]}\nsteps: [{who: Schule, does: fragt}]\ntranslations: {en: {name: Network}}\n" + ALL,
    "resources/measures/schutz.yml": "name: Platz im Frauenhaus\nneed: Zu wenig.\nspaces: [west]\ntopics: [zuflucht]\nowner: amt\ncosts: [{name: Haus, amount: 1, every: once}]\n"
    "decisions: [{by: schutz, date: 2026-01-01, result: approved}]\nreviews: [{due: 2027}]\ntranslations: {en: {name: Place}}\n" + ALL,
    "resources/agreements/schutz.yml": "name: Vertrag Frauenhaus\npartners: [lichtblick]\nspaces: [west]\nreleased: 2026-01-01\npublic: [sub_budgets, goals, field_work, covers]\n"
    "sub_budgets: [{name: Haus, amount: 1}]\ngoals: [{name: Mehr Platz, reviews: [{date: 2026, status: open}]}]\nfield_work: {planned: 20 %, date: 2026}\ncovers: {date: 2026}\n" + ALL,
}  # fmt: skip
INTERNAL: dict[str, dict[str, Any]] = {
    "needs": {"id": "schutz", "name": "Platz im Frauenhaus", "topics": ["zuflucht"], "spaces": ["west"], "named": [{"half_year": "2026-1", "source": "families", "times": "3", "space": "west"}]},
    "minutes": {"id": "schutz", "name": "Sitzung", "network": "schutz", "date": "2026-10-01", "topics": ["Kita"], "decisions": [{"what": "Fest"}]},
}  # fmt: skip
"""Records of kinds that the public site doesn't read; masking doesn't rely on it."""
OPEN = {("places", "treff"), ("providers", "verein"), ("offers", "krabbelgruppe")}
SECRET = "Stellplatz"
Built = tuple[Path, Site, dict[str, type[Group]]]
"""The site's folder, what was read, and each unknown value with the group that it was planted in."""


def with_unknown_fields(group: Any, path: str, planted: dict[str, type[Group]]) -> Any:
    """Return a record with one more field in each of its groups, whose value names the group's path."""
    if isinstance(group, tuple) and type(group) is tuple:
        return tuple(
            with_unknown_fields(item, f"{path}-{number}", planted) for number, item in enumerate(group)
        )
    if isinstance(group, dict):
        return {key: with_unknown_fields(item, f"{path}-{key}", planted) for key, item in group.items()}
    if not isinstance(group, Group):
        return group
    more = {
        name: with_unknown_fields(value, f"{path}-{name}", planted) for name, value in group.__dict__.items()
    }
    planted[f"{SECRET}-{path}."] = type(group)
    return group.model_copy(update={**more, "parking": f"{SECRET}-{path}."})


def planted_site(site: Site, planted: dict[str, type[Group]]) -> Site:
    changed: dict[str, Mapping[str, Any]] = {}
    for kind in KINDS:
        records = dict(site.records(kind.folder))
        if kind.folder in INTERNAL:
            records["schutz"] = kind.model.model_validate(INTERNAL[kind.folder])
        if kind.folder != "spaces":
            for key, record in records.items():
                if (kind.folder, key) not in OPEN:
                    records[key] = with_unknown_fields(record, f"{kind.folder}-{key}", planted)
        changed[kind.folder] = records
    return site.with_records(changed)


def texts_of(value: Any, seen: set[int]) -> Iterator[str]:
    """Yield every text that an object holds, known to its class or not."""
    if isinstance(value, str):
        yield value
    if id(value) in seen or value is None or isinstance(value, str | int | float | type):
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        parts = list(value)
    elif isinstance(value, Struct):
        parts = [getattr(value, name) for name in value.__struct_fields__]
    else:
        parts = list(getattr(value, "__dict__", {}).values())
    for part in parts:
        yield from texts_of(part, seen)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A town in which every protected record has an unknown field in each group, built; one file tells all that pages know."""
    root = write_town(tmp_path_factory.mktemp("stadt"))
    write(root, TOWN)
    planted: dict[str, type[Group]] = {}
    raw: list[Site] = []

    def read(*given: Any, **others: Any) -> Reading:
        reading = read_project(*given, **others)
        assert reading.site is not None, reading
        raw.append(planted_site(reading.site, planted))
        return replace(reading, site=raw[0])

    def write_all(project: Project, folder: Path, *others: Any) -> Any:
        found = write_site(project, folder, *others)
        texts = texts_of((project.site, project.facts, project.contexts), set())
        (folder / "alles.txt").write_text("\n".join(texts), "utf-8")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.pipeline.build.check_reading", lambda *_: ())
        patch.setattr("generator.pipeline.build.read_project", read)
        project = prepare(root, TODAY)
        assert project.site is not None, project.found
        build_site(project, root / "site", write_all)
    return root / "site", raw[0], planted


@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
def test_no_file_holds_an_unknown_field(built: Built) -> None:
    target, _, planted = built
    assert (target / "index.html").is_file()
    found = set()
    for path in target.rglob("*"):
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        found |= {secret for secret in planted if secret in text}
    assert sorted(found) == []


def test_every_group_that_discloses_something_was_tried(
    built: Built,
) -> None:
    def below(model: type[Group]) -> Iterator[type[Group]]:
        for one in model.__subclasses__():
            yield one
            yield from below(one)

    disclosing = {model for model in below(Group) if model.DISCLOSED}
    assert disclosing - set(built[2].values()) == set()
    assert {kind.model for kind in KINDS if kind.planned == "without areas"} <= disclosing


def test_the_hunt_finds_all_that_was_planted(built: Built) -> None:
    _, raw, planted = built
    assert set(planted) <= set(texts_of(raw, set()))


def test_files_for_others_hold_no_unknown_field_of_a_sensitive_offer(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Its page says where and when; a file goes into other people's maps and calendars."""
    root = write_town(tmp_path_factory.mktemp("offen"))
    sensitive = "resources/offers/krabbelgruppe.yml"
    write(root, {sensitive: FILES[sensitive].replace("kind: gruppe", "kind: suchtberatung")})
    project = prepare(root, TODAY)
    assert project.site is not None
    planted: dict[str, type[Group]] = {}
    offer = with_unknown_fields(project.site.offers["krabbelgruppe"], "offer", planted)
    site = project.site.with_records({"offers": {"krabbelgruppe": offer}})
    source = replace(source_of(project.contexts[0]), site=site)
    assert set(planted) <= set(texts_of(site.offers, set()))
    texts = set(texts_of(list(source.offers), set()))
    assert "Krabbelgruppe" in texts
    assert texts.isdisjoint({*planted, "Flussweg", "treff", "Mo 09:00-10:30; PH off"})


def test_no_public_record_keeps_what_is_for_editors_alone(built: Built) -> None:
    raw, public = (
        [one.id for kind in KINDS for one in site.records(kind.folder).values() if one.notes or one.cleared]
        for site in (built[1], published(built[1]))
    )
    assert len(raw) > 10
    assert public == []


def test_lists_name_fields_and_all_that_a_group_needs() -> None:
    for model, names in ((kind.model, named(kind.model)) for kind in KINDS):
        if names:
            assert names <= model.model_fields.keys(), model
            required = {name for name, info in model.model_fields.items() if info.is_required()}
            assert required - names <= {"summary"}, model


def test_what_is_kept_is_as_written_and_what_is_left_out_as_if_unwritten() -> None:
    place = KIND_BY_FOLDER["places"].model.model_validate(
        {"id": "a", "name": "A", "kind": "haus", "transport": "Bus", "contact": {"phone": "040 66969-910", "note": "n"}}
    )  # fmt: skip
    kept = keep_only(place, {type(place): listed("id name kind contact")})
    assert kept == place.model_copy(update={"transport": None})
    assert kept.model_fields_set == {"id", "name", "kind", "contact"}
