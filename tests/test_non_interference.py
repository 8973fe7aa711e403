"""Whatever records say that isn't shown in full, or the overlay says of them, the public site is the same.

Pages are a function of site and facts, so these two are compared for every field; the bytes of everything, reports on paper
included, once for all fields together.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.diagnostics import has_errors
from generator.edit.records.yaml_writer import Value, write_record
from generator.mkdocs_plugin import write_site
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.visibility import named
from generator.pipeline.build import Project, build_site, prepare
from tests.conftest import TODAY
from tests.edit.towns import write_town
from tests.refuges import HOUSE, REFUGE, write

ADDRESS: Value = {"street": "Kallmorgen", "number": "17", "postcode": "22998", "town": "Kleinstadt"}
EDITORS: dict[str, Value] = {
    "earlier_ids": ["am-kallmorgen"],
    "notes": "Kallmorgen 17",
    "cleared": [{"text": "Kallmorgen", "reason": "weil"}],
    "called_back": {"date": "2026-11-01", "by": "Kallmorgen 17"},
}
WHERE: dict[str, Value] = {"address": ADDRESS, "point": "10.00471 53.70471"}
# A value for every field that nobody may learn; a new field of the model must be added here or to its `DISCLOSED`.
SECRETS: dict[str, dict[str, Value]] = {
    "places": {**WHERE, "transport": "Bus 293, Haltestelle Kallmorgen", "successor": "treff", **EDITORS},
    "providers": {"address": ADDRESS, "successor": "verein", **EDITORS},
    "offers": {
        **WHERE, "stops": [{"name": "am Bahnhof", "address": ADDRESS}], "dates": [{"date": "2026-12-04", "from": "16:17"}], **EDITORS,
    },
}  # fmt: skip
RECORDS: dict[str, str] = {
    "places": "name: Heim\nkind: gemeinschaftsunterkunft\nproviders: [heim]\nspaces: [west]\n",
    "providers": "name: Heimverein\nkind: non-profit\n",
    "offers": "name: Rat\nsummary: Wir beraten.\nkind: gewaltberatung\nprovider: heim\nplace: heim\ntopics: [haeusliche-gewalt]\n"
    "contact: {phone: 040 66969-914}\n",
}
FIELDS = [(folder, field) for folder, fields in SECRETS.items() for field in fields]
OVERLAY = {
    "protected/lichtblick.yml": "profile: Haus Kallmorgen.\nexclusions: Kallmorgen.\n",
    "places/heim.yml": "address: {street: Kallmorgen, number: 17, postcode: 22998, town: Kleinstadt}\n",
    "offers/neu.yml": "kaputt: [",
    "topics.yml": "- {id: neu, name: Kallmorgen}\n",
}


def file_of(folder: str) -> str:
    return f"resources/{folder}/{'rat' if folder == 'offers' else 'heim'}.yml"


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
            "summary: Was es gibt.\nauthors: Planung\n---\n\n## Angebote\n\n{{ offers() }}\n\n{{ offers(space='west') }}\n",
            **{file_of(folder): text for folder, text in RECORDS.items()},
        },
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.pipeline.build.check_reading", lambda *_: ())
        yield root


def with_secrets(root: Path, *fields: tuple[str, str]) -> Project:
    """Read and derive the town with some secret fields."""
    for folder, text in RECORDS.items():
        more = {field: SECRETS[of][field] for of, field in fields if of == folder}
        write(root, {file_of(folder): text + (write_record(more) if more else "")})
    project = prepare(root, TODAY, drafts=True)
    assert project.site is not None
    assert not has_errors(project.found), project.found
    return project


@pytest.fixture(scope="module")
def public(town: Path) -> Project:
    return with_secrets(town)


@pytest.mark.parametrize("folder", SECRETS)
def test_every_field_is_decided(folder: str) -> None:
    model = KIND_BY_FOLDER[folder].model
    assert {*SECRETS[folder]} & named(model) == set()
    assert {*SECRETS[folder]} | named(model) == set(model.model_fields)


@pytest.mark.parametrize(("folder", "field"), FIELDS)
def test_a_secret_field_changes_nothing(folder: str, field: str, town: Path, public: Project) -> None:
    told = with_secrets(town, (folder, field))
    assert (told.site, told.facts) == (public.site, public.facts)


def test_a_house_says_neither_what_the_overlay_says_nor_words_of_its_own(town: Path, public: Project) -> None:
    write(town, {HOUSE: REFUGE[HOUSE] + OVERLAY["protected/lichtblick.yml"]})
    told = with_secrets(town)
    write(town, {HOUSE: REFUGE[HOUSE]})
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
    quiet = site_bytes(with_secrets(town), tmp_path / "site")
    write(town.parent / "intern", OVERLAY)
    loud = site_bytes(with_secrets(town, *FIELDS), tmp_path / "site")
    shutil.rmtree(town.parent / "intern")
    assert any(name.endswith(".pdf") for name in quiet)
    assert [name for name in quiet if quiet[name] != loud.get(name)] == []
    assert quiet.keys() == loud.keys()


def test_the_comparison_sees_what_is_not_masked(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public = with_secrets(town)
    for module in ("generator.pipeline.build", "generator.derive.facts"):
        monkeypatch.setattr(f"{module}.published", lambda site, *_given: site)
    for folder, field in FIELDS:
        assert with_secrets(town, (folder, field)).site != public.site, (folder, field)
