"""The form of Sveltia CMS: what it may touch, what it keeps, and that it is part of no site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.edit.cms import FOLDER, FORM, ONE_TEXT
from generator.model.fields import annotation, fields, variants
from generator.model.kinds import KIND_BY_FOLDER
from generator.pipeline.build import prepare
from tests.conftest import ROOT, TODAY
from tests.edit.towns import write_town
from tests.machine import needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GITLAB = "forge: {kind: gitlab, address: https://git.aue.example/jugend/nahraum, folder: stadt}\n"


def form(root: Path, more: str = "") -> Result:
    """Write the form of a town with further settings."""
    settings = root / "site_config.yml"
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    return CliRunner().invoke(main, ["schema", "--cms", "-p", str(root)])


def config_of(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / FOLDER / "config.yml").read_text("utf-8"))
    return found


@pytest.mark.whole
@pytest.mark.needs("Sveltia CMS")
def test_the_schema_of_sveltia_accepts_the_settings(tmp_path: Path) -> None:
    form(write_town(tmp_path), GITLAB)
    schema = json.loads((Path(needed("Sveltia CMS")) / "schema/sveltia-cms.json").read_text("utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(config_of(tmp_path))


def test_the_form_proposes_and_asks_the_town_s_forge_alone(tmp_path: Path) -> None:
    form(write_town(tmp_path), GITLAB)
    config = config_of(tmp_path)
    assert config["publish_mode"] == "editorial_workflow"
    assert config["backend"]["repo"] == "jugend/nahraum"
    assert {one["folder"] for one in config["collections"]} == {f"stadt/resources/{name}" for name in FORM}
    page = (tmp_path / FOLDER / "index.html").read_text("utf-8")
    assert "default-src 'none'; script-src 'self';" in page
    assert "connect-src 'self' data: https://git.aue.example;" in page


def test_records_are_neither_made_nor_deleted_nor_named_anew(tmp_path: Path) -> None:
    form(write_town(tmp_path))
    for one in config_of(tmp_path)["collections"]:
        assert [one[name] for name in ("create", "delete", "duplicate")] == [False] * 3
        assert one["slug"]["editable"] is False


NEVER = {"id", "kind", "visibility", "shown", "cleared", "point", "funded_until", "results", "notes", "address", "stops", "illustrative", "origin"}  # fmt: skip


def test_what_the_form_never_touches_stands_in_none_of_its_fields(tmp_path: Path) -> None:
    form(write_town(tmp_path))
    asked = {field["name"] for one in config_of(tmp_path)["collections"] for field in one["fields"]}
    assert asked
    assert not asked & NEVER


def test_protected_houses_stand_in_no_list_and_no_settings(tmp_path: Path) -> None:
    root = write_town(tmp_path)
    house = root / "resources/protected/zuflucht-am-wald.yml"
    house.parent.mkdir()
    house.write_text("form: S\nname: Zuflucht Waldrand\nphone: 040 66969-999\n", "utf-8")
    form(root, GITLAB)
    written = [path.read_text("utf-8") for path in (root / FOLDER).iterdir()]
    assert len(written) == 3
    assert not any(
        word in text
        for text in written
        for word in ("protected", "zuflucht-am-wald", "Waldrand", "66969-999")
    )


def test_where_the_cms_would_write_at_once_there_is_no_form(tmp_path: Path) -> None:
    done = form(write_town(tmp_path), GITLAB.replace("gitlab", "forgejo"))
    assert done.exit_code == 2
    assert not (tmp_path / FOLDER).exists()


def test_somebody_else_s_file_of_that_name_stays(tmp_path: Path) -> None:
    root = write_town(tmp_path)
    (root / FOLDER).mkdir()
    (root / FOLDER / "index.html").write_text("<p>unser Editor</p>", "utf-8")
    assert form(root).exit_code == 1
    assert [path.name for path in (root / FOLDER).iterdir()] == ["index.html"]


def test_a_new_town_gets_the_form_on_demand(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "aue"), "--name", "Aue", "--land", "SH", "--cms"])
    assert done.exit_code == 0, done.output
    assert config_of(tmp_path / "aue")["backend"]["repo"] == "[[Gruppe/Projekt]]"


def test_no_site_holds_the_form(tmp_path: Path) -> None:
    root = write_town(tmp_path)
    form(root)
    done = CliRunner().invoke(main, ["build", "-p", str(root), "--today", "2026-11-20"])
    assert done.exit_code == 0, done.output
    built = [path for path in (root / "site").rglob("*") if path.is_file()]
    assert built
    assert not [
        path for path in built if FOLDER in path.parts or b"registerCustomFormat" in path.read_bytes()
    ]


def test_whatever_has_two_forms_is_one_text() -> None:
    """Where the form expects a text, Sveltia drops a group without a word."""
    two = {
        path
        for folder, paths in FORM.items()
        for path in paths.split()
        for name in [path.partition(".")[0]]
        for shapes in [
            {str(kind) for kind, _ in variants(annotation(fields(KIND_BY_FOLDER[folder].model)[name]))}
        ]
        if len(shapes) > 1
    }
    assert two == {path for path in ONE_TEXT if "." not in path}


# What stands in place of the picker of folders: the page's own, which no test shares.
_PICKER = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
_FOLDER = """async function folder(parts, create) {
  let found = await navigator.storage.getDirectory();
  for (const part of parts) found = await found.getDirectoryHandle(part, { create });
  return found;
}"""
_FILL = f"""async (files) => {{ {_FOLDER}
  await folder([".git"], true);
  for (const [name, text] of Object.entries(files)) {{
    const parts = name.split("/");
    const file = await (await folder(parts.slice(0, -1), true)).getFileHandle(parts.at(-1), {{ create: true }});
    const writing = await file.createWritable();
    await writing.write(text);
    await writing.close();
  }}
}}"""
_READ = f"""async (name) => {{ {_FOLDER}
  const parts = name.split("/");
  const within = await folder(parts.slice(0, -1), false);
  try {{
    return await (await (await within.getFileHandle(parts.at(-1))).getFile()).text();
  }} catch (error) {{
    // While the form writes it.
    if (["NotFoundError", "NotReadableError"].includes(error.name)) return "";
    throw error;
  }}
}}"""


def values(text: str) -> Any:
    """Return what a record says, every value as written."""
    return stripped(yaml.load(text, yaml.BaseLoader))


def inline(cost: Mapping[str, str]) -> str:
    """Write a cost's fields as the one text that the form shows."""
    shown = (
        one if one.replace(".", "").isalnum() else json.dumps(one, ensure_ascii=False)
        for one in cost.values()
    )
    return "{" + ", ".join(f"{name}: {text}" for name, text in zip(cost, shown, strict=True)) + "}"


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: stripped(inner) for name, inner in value.items()}
    return [stripped(one) for one in value] if isinstance(value, list) else value.strip()


def shapes(value: Any, path: str = "") -> Iterator[str]:
    """Yield the fields of a record with their forms, so that records can be told apart by these."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from shapes(inner, f"{path}.{name}")
    elif isinstance(value, list):
        yield f"{path}[{min(len(value), 2)}]"
        for inner in value:
            yield from shapes(inner, f"{path}[]")
    else:
        yield f"{path}:{chr(10) in value}{value in ('all', 'no', 'yes')}{value[:1].isdigit()}"


def most_different(records: Mapping[str, str], count: int) -> list[str]:
    """Return records that together have the most shapes."""
    of_each = {name: set(shapes(values(text), name.split("/")[1])) for name, text in records.items()}
    chosen: list[str] = []
    seen: set[str] = set()
    for _ in range(count):
        name = max(sorted(of_each), key=lambda name: len(of_each[name] - seen))
        seen |= of_each.pop(name)
        chosen.append(name)
    return chosen


def open_form(page: Page, address: str, files: Mapping[str, str]) -> None:
    """Fill the folder, open the form, choose the folder."""
    page.add_init_script(_PICKER)
    page.goto(f"{address}form.js")
    page.evaluate(_FILL, files)
    page.goto(f"{address}index.html")
    page.get_by_text("Mit lokalem Repository arbeiten").click()
    page.get_by_text("Angebote").first.wait_for()


def save(page: Page, address: str, name: str, field: str, old: str, new: str) -> str:
    """Open a record, write one value in the place of another, save; return the file."""
    from playwright.sync_api import expect

    from tests.browser.conftest import until

    _, kind, file = name.split("/")
    before = page.evaluate(_READ, name)
    page.goto(f"{address}index.html#/collections/{kind}/entries/{file.removesuffix('.yml')}")
    box = page.locator(f'[data-key-path="{field}"]').locator("input, textarea").first
    expect(box).to_have_value(old)
    button = page.get_by_role("button", name="Speichern", exact=True)
    expect(button).to_be_disabled()
    box.fill(new)
    button.click()
    until(page, lambda: page.evaluate(_READ, name) not in (before, ""))
    # It leads back to the list by itself.
    until(page, lambda: "/entries/" not in page.url)
    written: str = page.evaluate(_READ, name)
    return written


def bring_scripts(folder: Path) -> None:
    """Lay beside the form what a town brings, as docs/formular.md says."""
    cms, reader = Path(needed("Sveltia CMS")), Path(needed("js-yaml"))
    shutil.copy(cms / "dist/sveltia-cms.js", folder)
    shutil.copy(cms / "locales/de.json", folder)
    (symbols,) = cms.glob("npm/assets/material-symbols-outlined-*.woff2")
    shutil.copy(symbols, folder / "symbols.woff2")
    shutil.copy(reader / "dist/browser/js-yaml.umd.min.js", folder)


ODD = """\
# Was YAML oder ein Browser für etwas anderes nimmt.
name: "112: Treff"
summary: >-
  Eltern treffen sich
  mit ihren Babys.
kind: gruppe
provider: nachbarn-am-fluss
topics: [krabbelgruppe, garten]
for: all
ages: 0-3
hours: |
  Mo 9-12 Uhr
  Di 15-17 Uhr, mit Anmeldung
checked: 3.1.2026
cost: {amount: 3.50, per: "Kind, und: Woche", note: 'mit "Karte" frei'}
contact: {phone: 04066969902, mobile: "+494066969903", messengers: [signal]}
address: {street: Weg, number: 007, postcode: 01067, town: Aue}
alert: {text: Umbau, until: 2026-12-24, closed: no}
capacity: {places: "08", date: 2026-11-01}
successor: lichtblick
translations: {en: {name: "No", summary: "null"}}
notes: "true"
"""
"""An offer whose values are easily taken for others, one of them leading to a house that the form doesn't know."""


@pytest.mark.whole
@pytest.mark.needs("Sveltia CMS", "js-yaml")
def test_fifteen_records_are_saved_without_a_loss(browser: Browser, tmp_path: Path) -> None:
    from tests.browser.conftest import served

    for name in ("resources", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("site_config.yml", "mkdocs.yml"):
        shutil.copy(ROOT / name, tmp_path)
    form(tmp_path)
    bring_scripts(tmp_path / FOLDER)
    files = {
        path.relative_to(tmp_path).as_posix(): path.read_text("utf-8")
        for kind in (*FORM, "protected")
        for path in sorted((tmp_path / "resources" / kind).glob("*.yml"))
    }
    before = {item.message for item in prepare(tmp_path, TODAY).found}
    chosen = most_different({name: text for name, text in files.items() if "/protected/" not in name}, 15)
    odd = "resources/offers/seltsames.yml"
    files[odd] = ODD
    page = browser.new_context(locale="de-DE").new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    with served(tmp_path / FOLDER) as address:
        open_form(page, address, files)
        for name in chosen:
            was = values(files[name])
            changed = {**was, "name": f"{was['name']} neu"}
            assert values(save(page, address, name, "name", was["name"], changed["name"])) == changed, name
            again = save(page, address, name, "name", changed["name"], was["name"])
            assert values(again) == was, name
            (tmp_path / name).write_text(again, "utf-8")
        was = values(files[odd])
        expected = {**was, "name": "Treff", "checked": "2026-01-03"}
        assert values(save(page, address, odd, "name", was["name"], "Treff")) == expected
        in_words = values(save(page, address, odd, "cost", inline(was["cost"]), "3,50 € je Abend"))
        assert in_words == {**expected, "cost": "3,50 € je Abend"}
        house = next(name for name in files if "/protected/" in name)
        page.goto(f"{address}index.html#/collections/protected/entries/{Path(house).stem}")
        page.get_by_text("Sammlung nicht gefunden").first.wait_for()
        said = page.evaluate("document.body.innerText")
        assert not [url for url in asked if not url.startswith((address, "blob:", "data:"))]
    houses = [values(text).get("name") for name, text in files.items() if "/protected/" in name]
    assert not [name for name in houses if name and name in said]
    assert {item.message for item in prepare(tmp_path, TODAY).found} == before
    page.context.close()
