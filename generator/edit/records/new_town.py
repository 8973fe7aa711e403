"""Write a new town's files from those of `starter/` (`nahraum init`).

Unsaid things stay `[[…]]`, which `check` reports until filled in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import get_args

from babel.dates import format_date

from generator.diagnostics import Diagnostic
from generator.edit.records.yaml_writer import write_field, write_on_one_line, write_scalar
from generator.files.packaged import packaged_text, source_address
from generator.model.config import DoorLanguage, SiteConfig, Territory
from generator.model.fields import VALUE_WORDS
from generator.model.names_and_ids import slug, slug_from
from generator.read.mkdocs_settings import FILE
from generator.read.nodes import parse
from generator.read.records import validate
from generator.render.base.urls import telephone

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
                f"      - {write_on_one_line(_level(item, widest=number == 0))}"
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


def _level(name: str, *, widest: bool) -> dict[str, str]:
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
    files = {FILE: settings, ".gitignore": _starter("gitignore")}
    files["mkdocs.yml"] = filled(_starter("mkdocs.yml"), {"name": write_scalar(config.name)})
    files["README.md"] = filled(_starter("README.md"), page_words(config, "de", day))
    if forge is not None:
        files[PIPELINES[forge]] = f"# {PIPELINES[forge]}\n{_pipeline(_starter(f'{forge}-ci.yml'))}"
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
        files[f"resources/{key}.yml"] = filled(_starter(f"{source}.yml"), values)
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


def _starter(name: str) -> str:
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
