"""Write a new record to fill in, or a copy of another (`nahraum new`)."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from babel.dates import format_date
from pydantic.fields import FieldInfo

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.records.record_text import open_record
from generator.edit.records.yaml_writer import (
    WIDTH,
    Value,
    write_field,
    write_on_one_line,
    write_record,
    write_scalar,
)
from generator.files.disk import Disk
from generator.files.packaged import packaged_text, source_address
from generator.files.writing import write_files
from generator.model.config import OSM, DoorLanguage, SiteConfig, Territory
from generator.model.fields import VALUE_WORDS, annotation, choices, fields
from generator.model.groups import Kind
from generator.model.indicator import Indicator
from generator.model.names_and_ids import is_slug, slug, slug_from
from generator.model.samples import OPEN, OPEN_ID, arranged_fields, form, sample
from generator.read.mkdocs_settings import FILE
from generator.read.nodes import parse
from generator.read.records import validate
from generator.read.yaml_mistakes import entries, flow, marks_of
from generator.render.base.urls import telephone

Words = Mapping[str, tuple[str, ...]]
NOTHING: Mapping[str, Any] = MappingProxyType({})
# So many words are named in a template; longer lists are printed by a command.
_MANY = 12
_OF_ONE_ALONE = (
    "checked", "status", "from", "until", "successor", "earlier_ids", "funded_until", "announced", "dates", "capacity", "alert",
    "history", "results", "origin", "notes", "cleared", "shown", "translations",
)  # fmt: skip
"""Fields that say when somebody asked or agreed, how long it runs, what became of it; translations would go on telling of the other."""
INDICATOR = Kind("indicators", Indicator, "Kennzahl", "Kennzahlen", "keine Kennzahl")
"""A figure's definition: no record among others, but a file in a folder of its own."""


_USUAL = ("parent", "place", "ages", "hours", "cost", "contact", "checked")
"""Fields that a good entry has beside those that it needs."""


def short_template(kind: Kind) -> str:
    """Write a new record with what a good one says."""
    lines = [
        f"# {kind.singular}: „{OPEN_ID}“ und „{OPEN}“ ersetzen, löschen, was nicht passt. Weitere Felder erklärt „nahraum new“ mit --all."
    ]
    for name, info in fields(kind.model).items():
        value = sample(info)
        if not info.is_required():
            value = OPEN_ID if marks_of(annotation(info)) else OPEN
            value = {"phone": OPEN} if name == "contact" else value
        if info.is_required() or name in _USUAL:
            lines.append(f"{name}: {flow(value)}")
    return "\n".join(lines) + "\n"


def template(kind: Kind, words: Words, given: Mapping[str, Value] = NOTHING) -> str:
    """Write a new record: needed fields, then the others as comments.

    `words` are ids by vocabulary (and `levels`) to choose from; `given` values are filled in.
    """
    arranged = arranged_fields(kind.model)
    needed = {name: info for name, info in arranged if info.is_required() or name in given}
    lines = [
        f"# {kind.singular}. „{OPEN_ID}“ und „{OPEN}“ ersetzen; danach sagt „nahraum check“, ob alles stimmt."
    ]
    for name, info in needed.items():
        lines += says(info, words, name)
        lines += write_record({name: given.get(name, sample(info))}).splitlines()
    lines += [
        "",
        "# --- nach Bedarf: das # und das Leerzeichen am Anfang der Zeile löschen und ausfüllen; der Rest kann weg ---",
    ]
    for name, info in arranged:
        if name not in needed:
            lines += ["", *says(info, words, name)]
            lines += [f"# {line}" for line in write_record({name: sample(info)}).splitlines()]
    return "\n".join(lines) + "\n"


def new_record(root: Path, kind: Kind, key: str, text: str) -> tuple[Path | None, list[Diagnostic]]:
    """Write a new record's file below `root`, unless its id is taken or invalid."""
    found = refused_id(root, kind, key)
    if found:
        return None, found
    name = file_of(kind, key)
    write_files(root, {name: text})
    return root / name, []


def copied_record(root: Path, kind: Kind, key: str, source: str) -> tuple[Path | None, list[Diagnostic]]:
    """Copy a record's file without what was true of it alone, if `source` is there and the id is free."""
    name, original = f"resources/{kind.folder}/{key}.yml", f"resources/{kind.folder}/{source}.yml"
    found = refused_id(root, kind, key)
    if found:
        return None, found
    if not os.path.lexists(root / original):
        known = [path.stem for path in sorted((root / "resources" / kind.folder).glob("*.yml"))]
        better = meant_or(source, known, "--from nennt das Kürzel eines vorhandenen Eintrags")
        return None, [
            diagnostic("eintrag-fehlt", Position(original), name=source, what=kind.none, better=better)
        ]
    record, found = open_record(Disk(root), root / original)
    if record is None:
        return None, found
    for field in _OF_ONE_ALONE:
        record.remove((field,))
    if record.found:
        return None, record.found
    write_files(root, {name: record.text})
    return root / name, []


def file_of(kind: Kind, key: str) -> str:
    """Return the path of a record's file."""
    inner = f"{key}/indicator.yml" if kind is INDICATOR else f"{key}.yml"
    return f"resources/{kind.folder}/{inner}"


def refused_id(root: Path, kind: Kind, key: str) -> list[Diagnostic]:
    """Report why an id can't be used; nothing if it can."""
    name = file_of(kind, key)
    if not is_slug(key) or "_" in key:
        return [diagnostic("dateiname", Position(name), name=key, better=slug_from(key))]
    if os.path.lexists(root / name) or os.path.lexists(root / "resources" / OSM / kind.folder / f"{key}.yml"):
        help_ = "ein anderes Kürzel wählen oder die vorhandene Datei ändern"
        return [diagnostic("eintrag-vorhanden", Position(name), name=f"{kind.folder}/{key}", help=help_)]
    return []


def says(info: FieldInfo, words: Words, name: str) -> Iterator[str]:
    """Explain a field in comments, with ids to choose from `words`."""
    text = f"{info.title}."
    if info.description:
        text += f" {info.description}"
    target, known = _list_choices(info, words)
    if name == "level":
        known = words.get("levels", ())
    if len(known) > _MANY:
        text += f" Zum Beispiel: {', '.join(known[:_MANY])} … Alle zeigt „nahraum help {target}“."
    elif known and not all(word in text for word in known):
        text += " Möglich: " + ", ".join(known) + "."
    elif not info.description and not known:
        text += f" {form(annotation(info))}."
    yield from _wrap_comment(text)


def _list_choices(info: FieldInfo, words: Words) -> tuple[str, tuple[str, ...]]:
    """Return (vocabulary, its ids), or the model's own values."""
    kind = annotation(info)
    if found := choices(kind):
        return "", found
    for part in (kind, *entries(kind)):
        for mark in marks_of(part):
            if mark.target in words:
                return mark.target, words[mark.target]
    return "", ()


def _wrap_comment(text: str) -> Iterator[str]:
    line = "##"
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH:
            yield line
            line = "##"
        line += f" {word}"
    yield line


_HOLE = re.compile(r"<<(\w+)>>")  # `<<town>>`
_LEVELS = {
    "Stadt": ("Stadt", "Town", "Town"),
    "Kreis": ("Kreis", "District", "District"),
    "Landkreis": ("Landkreis", "District", "District"),
    "Land": ("Land", "State", "State"),
    "Region": ("Regionen", "Region", "Regions"),
    "Bezirk": ("Bezirke", "Borough", "Boroughs"),
    "Stadtbezirk": ("Stadtbezirke", "Borough", "Boroughs"),
    "Stadtteil": ("Stadtteile", "District", "Districts"),
    "Ortsteil": ("Ortsteile", "Part of town", "Parts of town"),
    "Gemeinde": ("Gemeinden", "Municipality", "Municipalities"),
    "Sozialraum": ("Sozialräume", "Social space", "Social spaces"),
    "Planungsraum": ("Planungsräume", "Planning area", "Planning areas"),
    "Quartier": ("Quartiere", "Quarter", "Quarters"),
    "Viertel": ("Viertel", "Quarter", "Quarters"),
}
"""Usual names of levels: plural, name and plural in English. The widest is the town itself, so its plural is never another word."""
_MASCULINE = re.compile(r"(?:Land|Stadt|Markt|Zweck)?(?:[Kk]reis|[Bb]ezirk|[Vv]erband|[Vv]erein)\b")
"""Publishers' names that take „der“; others take „die“."""
_UNSAID = {
    "de": {
        "phone": "[[Telefon]]",
        "email": "[[E-Mail]]",
        "office": "[[Amt]]",
        "registration": "[[Bürgerbüro oder Einwohnermeldeamt: Straße, Telefon]]",
        "immigration": "[[Ausländerbehörde: Straße, Telefon]]",
        "benefits": "[[Jobcenter und Sozialamt: Straße, Telefon]]",
        "ombuds": "[[Name, Telefon und Adresse der Ombudsstelle]]",
        "privacy_law": "[[Paragraf und Name des Datenschutzgesetzes von {land}]]",
        "privacy_authority": "[[Datenschutzaufsicht von {land}, mit Anschrift]]",
        "equality": "für eine Kommune {in_land} [[das Gleichstellungsgesetz des Landes]]",
        "statement_made": "am [[Tag der Erklärung]]",
        "statement_due": "im [[Monat und Jahr der nächsten Prüfung]]",
    },
    "en": {
        "phone": "[[phone]]",
        "email": "[[email]]",
        "office": "[[office]]",
        "registration": "[[registration office: street, phone]]",
        "immigration": "[[immigration office: street, phone]]",
        "benefits": "[[job centre and social welfare office: street, phone]]",
        "ombuds": "[[name, phone and address of the ombuds office]]",
        "privacy_law": "[[section and name of the data protection act of {land}]]",
        "privacy_authority": "[[data protection authority of {land}, with address]]",
        "equality": "for a municipality in {land} [[the state's equality act]]",
        "statement_made": "on [[day of the statement]]",
        "statement_due": "in [[month and year of the next check]]",
    },
}
"""What only people know, as the pages of each language ask for it."""
_DAY = {"de": "d. MMMM y", "en": "d MMMM y"}  # how a page's day is written
PIPELINES = {
    "gitlab": ".gitlab-ci.yml",
    "github": ".github/workflows/nahraum.yml",
    "forgejo": ".forgejo/workflows/nahraum.yml",
}
"""Forges whose pipelines are known, and the file in which each looks for its own."""


def settings_text(
    town: str,
    land: str,
    levels: tuple[str, ...],
    languages: tuple[str, ...],
    publisher: Mapping[str, str],
    *,
    url: str = "",
) -> str:
    """Write `site_config.yml`; `levels` are names, the widest first.

    `publisher` may hold name, office, phone, email. Languages with partial catalogues get only the most
    necessary pages.
    """
    lowest, doors = levels[-1], [language for language in languages[1:] if language in get_args(DoorLanguage)]
    return filled(
        packaged_text("generator", "starter", FILE),
        {
            "name": write_scalar(f"Nahraum {town}"),
            "url": write_scalar(url or f"https://nahraum.{slug_from(town)}.example/"),
            "publisher_fields": "\n".join(
                f"  {key}: {write_scalar(value)}" for key, value in publisher.items() if value
            ),
            "town": write_scalar(town),
            "territory": territory_of(levels[0]),
            "land": land,
            "languages": write_on_one_line([language for language in languages if language not in doors]),
            "first_doors": f"first_doors: {write_on_one_line(doors)}"
            if doors
            else f"# first_doors: [{', '.join(get_args(DoorLanguage))}]",
            "geography": slug_from(lowest),
            "geography_name": write_scalar(_LEVELS.get(lowest, (lowest,))[0]),
            "levels": "\n".join(
                f"      - {write_on_one_line(_describe_level(item, widest=number == 0))}"
                for number, item in enumerate(levels)
            ),
        },
    )


def territory_of(widest: str) -> str:
    """Return the territory that the widest level names, else a town."""
    name = slug(widest)
    return name if name in get_args(Territory) else "stadt"


def publisher_of(town: str, widest: str) -> str:
    """Return who publishes, of a town whose name may say already what it is.

    >>> publisher_of("Auental", "Landkreis"), publisher_of("Landkreis Auental", "Landkreis")
    ('Landkreis Auental', 'Landkreis Auental')
    """
    says_it = slug(town.partition(" ")[0]) in get_args(Territory)
    return town if says_it else f"{territory_of(widest).capitalize()} {town}"


def _describe_level(name: str, *, widest: bool) -> dict[str, str]:
    plural, english, plural_en = _LEVELS.get(name, ("", "", ""))
    level = {"id": slug_from(name), "name": name, "plural": name if widest else plural}
    level |= {"name_en": english} | ({} if widest else {"plural_en": plural_en})
    return {key: value for key, value in level.items() if value}


def read_settings_text(text: str, file: str = FILE) -> tuple[SiteConfig | None, list[Diagnostic]]:
    """Read settings before they stand in a project."""
    node, found = parse(text, file)
    if node is None:
        return None, found
    config, problems = validate(SiteConfig, node)
    return config, [*found, *problems]


def founded(
    config: SiteConfig, settings: str, day: dt.date, *, forge: str | None, examples: bool
) -> dict[str, str]:
    """Return a new project's files; `forge` is one of `PIPELINES` or None."""
    town = town_of(config)
    files = {FILE: settings, ".gitignore": _read_starter_file("gitignore")}
    files["mkdocs.yml"] = filled(_read_starter_file("mkdocs.yml"), {"name": write_scalar(config.name)})
    files["README.md"] = filled(_read_starter_file("README.md"), page_words(config, "de", day))
    if forge is not None:
        files[PIPELINES[forge]] = f"# {PIPELINES[forge]}\n{_pipeline(_read_starter_file(f'{forge}-ci.yml'))}"
    for name, text in starter_pages():
        language = language_of_page(name)
        if language in config.trees:
            files[f"content/{name}"] = filled(text, page_words(config, language, day))
    top = slug_from(town)
    values = _record_values(config, day, top)
    records = {
        f"spaces/{top}": "resources/space",
        "offices/asd": "resources/asd",
        "offices/verfahrenslotse": "resources/verfahrenslotse",
        f"providers/{slug_from(config.publisher.name)}": "resources/publisher",
    }
    if examples:
        records |= {
            "providers/beispielverein": "examples/provider",
            "places/beispielhaus": "examples/place-house",
            "places/beispielspielplatz": "examples/place-playground",
            "offers/beispieltreff": "examples/offer-meeting",
            "offers/beispielberatung": "examples/offer-advice",
        }
        if len(config.geographies[0].levels) > 1:
            records["spaces/beispielviertel"] = "examples/space"
    for key, source in records.items():
        files[f"resources/{key}.yml"] = filled(_read_starter_file(f"{source}.yml"), values)
    return files


def _pipeline(text: str) -> str:
    """Say in a pipeline where the program comes from, if known."""
    source = source_address()
    if not source:
        return f"# Woher das Programm kommt, ist noch nirgends eingetragen: NAHRAUM_REPOSITORY muss es sagen.\n{text}"
    text = text.replace("${{ vars.NAHRAUM_REPOSITORY }}", f"${{{{ vars.NAHRAUM_REPOSITORY || '{source}' }}}}")
    return text.replace("\nvariables:\n", f"\nvariables:\n  NAHRAUM_REPOSITORY: {source}\n")


def town_of(config: SiteConfig) -> str:
    """Return the town's name, else the publisher's without „Stadt“."""
    return config.town or config.publisher.name.removeprefix("Stadt ")


def starter_pages(before: str = "") -> Iterator[tuple[str, str]]:
    """Yield a new town's pages by path below `content/`."""
    folder = resources.files("generator").joinpath("starter", "content", before)
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{before}{item.name}"
        if item.is_dir():
            yield from starter_pages(f"{name}/")
        elif name.endswith(".md"):
            yield name, packaged_text("generator", "starter", "content", *name.split("/"))


def language_of_page(name: str) -> str:
    """Return a starter page's language by its folder: `en/…`, else German."""
    first = name.split("/")[0]
    return first if first == "en" or first in get_args(DoorLanguage) else "de"


def _read_starter_file(name: str) -> str:
    return packaged_text("generator", "starter", *name.split("/"))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill a starter text; a missing value raises KeyError (a bug)."""
    return _HOLE.sub(lambda hole: values[hole[1]], text)


def page_words(config: SiteConfig, language: str, day: dt.date) -> dict[str, str]:
    """Return the values for a language's starter pages."""
    publisher = config.publisher
    land = VALUE_WORDS[config.land][0]
    in_land = "im Saarland" if config.land == "SL" else f"in {land}"
    article, dative = ("der", "dem") if _MASCULINE.match(publisher.name) else ("die", "der")
    words = {
        key: text.format(land=land if config.land != "SL" else "dem Saarland", in_land=in_land)
        for key, text in _UNSAID.get(language, {}).items()
    }
    if publisher.phone:
        words["phone"] = f"[{publisher.phone}]({telephone(publisher.phone)})"
    if publisher.email:
        words["email"] = f"[{publisher.email}](mailto:{publisher.email})"
    if publisher.office:
        words["office"] = publisher.office
    return words | {
        "name": config.name,
        "town": town_of(config),
        "publisher": publisher.name,
        "the_publisher": f"{article.capitalize()} {publisher.name}",
        "from_publisher": f"{dative} {publisher.name}",
        "in_land": in_land,
        "date": day.isoformat(),
        "day": format_date(day, _DAY.get(language, "long"), locale=language.split("-")[0]),
        "asd": "{{ contact('asd') }}",
    }


def _record_values(config: SiteConfig, day: dt.date, top: str) -> dict[str, str]:
    """Return the values for starter records; `top` is the town's id."""
    levels = config.geographies[0].levels
    publisher = config.publisher
    contact = {"phone": publisher.phone, "email": publisher.email}
    lines = "\n".join(write_field("contact", {key: value for key, value in contact.items() if value}))
    return {
        "town": write_scalar(town_of(config)),
        "publisher": write_scalar(publisher.name),
        "top": top,
        "top_level": levels[0].id,
        "second_level": levels[min(1, len(levels) - 1)].id,
        "example_space": "beispielviertel" if len(levels) > 1 else top,
        "office_contact": lines or "# contact: {phone: …}",
        "provider_contact": lines or "# contact: {phone: …, email: …}",
        "date": day.isoformat(),
    }


def unfit_levels(levels: tuple[str, ...]) -> list[str]:
    """Return level names without valid or unique id."""
    ids = [slug(level) for level in levels]
    return [level for level, key in zip(levels, ids, strict=True) if ids.count(key) > 1 or not key]
