"""Write a form for Sveltia CMS, made of the models, for people without YAML."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.edit.records.new_records import filled
from generator.edit.schemas import Foreign, Names
from generator.files.disk import Disk
from generator.files.packaged import packaged_text
from generator.files.writing import write_files
from generator.hours.written_hours import Hours
from generator.model.config import SiteConfig
from generator.model.fields import VALUE_WORDS, annotation, choices, fields, variants
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.scalars import parse_markdown
from generator.read.yaml_mistakes import entries, groups, marks_of

FOLDER = "editor"
"""Where the form lies in a project; no site is built of it."""
DIGESTS = {
    "cms": "sha384-JQ+XsKx/UzwdTiNnFStza3XtqqQoVtyNPApkfvwlzZDfhe7giE9CnfQrpHqgv3k6",
    "yaml": "sha384-Q/tEKvm6A6ApUDMhhBKif9TeE92KrNq3Iiu8Etmi2RzhK0l5qurzMtaCuJb4xZVM",
}
"""What a browser must find in the scripts that the town brings: @sveltia/cms 0.221.1 `dist/sveltia-cms.js`, js-yaml 5.5.0 `dist/browser/js-yaml.umd.min.js`."""
_CONTACT = "contact.phone contact.mobile contact.email"
FORM = {
    "offers": f"name summary provider place hours closed alert cost access.way access.first_visit access.bring {_CONTACT} "
    "languages interpreter ages for topics dates capacity status until successor checked called_back",
    "places": f"name summary hours closed {_CONTACT} status until successor checked called_back",
    "providers": f"name summary {_CONTACT} status until successor checked called_back",
}
"""What is edited in the form, by kind; all else stays as it stands in the file, unseen."""
ONE_TEXT = ("cost", "alert.closed")
"""What a record writes as a text or as fields: the form has one text for both."""
_HINTS = {
    "cost": "kostenlos, Spende, nach Einkommen, auf Anfrage oder ein Preis: „3,50 € je Abend“. Was in {…} steht, sind einzelne Angaben; es darf ein Preis in Worten an seine Stelle.",
    "alert.closed": "no: Die Zeiten gelten weiter. Sonst die Tage, an denen zu ist: [{date: 2026-12-21, until: 2027-01-03}]",
    "called_back": "Ist eine Nummer neu oder etwas für immer zu: Jemand anderes als die Person, die es meldet oder einträgt, ruft unter der alten Nummer an.",
}
"""What the form says instead of a field's description."""
_Field = dict[str, Any]
_OURS = "Geschrieben von „nahraum schema --cms“"
"""Stands in the first lines of each of the form's files."""


class NoProposals(Exception):
    """The forge is one where Sveltia CMS commits at once; the message says so in German."""


def write_form(project: Path, files: Mapping[str, str]) -> None:
    """Write the form's files; raises `Foreign` before writing if one is in the way."""
    for name in files:
        there = Disk(project).text(project / name)[0] if (project / name).exists() else _OURS
        if there is None or _OURS not in there[:400]:
            raise Foreign(name)
    write_files(project, dict(files))


def form_files(config: SiteConfig, names: Names) -> dict[str, str]:
    """Return the form's files by path in the project; `names` are the words by vocabulary. Raises `NoProposals`."""
    if config.forge is not None and config.forge.kind == "forgejo":
        raise NoProposals(
            "Bei Forgejo und Gitea macht Sveltia CMS keine Vorschläge, sondern schreibt gleich in den Zweig der Website. Darum gibt es dafür kein Formular; mit forge: in site_config.yml führt jede Seite zur Datei, die man dort ändert."
        )
    about = {
        "title": f"{config.name}: Einträge ändern",
        "forge": "".join(f" {host}" for host in _hosts(config)),
        "one_text": json.dumps([path.split(".") for path in ONE_TEXT]),
        **DIGESTS,
    }
    files = {
        name: filled(packaged_text("generator", "starter", FOLDER, name), about)
        for name in ("index.html", "form.js")
    }
    settings = yaml.safe_dump(cms_config(config, names), allow_unicode=True, sort_keys=False, width=110)
    files["config.yml"] = (
        f"# {_OURS}: was dort zu ändern ist, folgt aus den Feldern und aus site_config.yml.\n{settings}"
    )
    return {f"{FOLDER}/{name}": text for name, text in files.items()}


def cms_config(config: SiteConfig, names: Names) -> dict[str, Any]:
    """Return the settings by which Sveltia CMS makes the form."""
    top = f"{config.forge.folder}/" if config.forge and config.forge.folder else ""
    return {
        "backend": _backend(config),
        "publish_mode": "editorial_workflow",
        "media_folder": FOLDER,
        "media_libraries": {"all": {"max_file_size": 1}, "stock_assets": False},
        "app_title": f"{config.name}: Einträge ändern",
        "site_url": config.url,
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [_collection(folder, top, names) for folder in FORM],
    }


def _backend(config: SiteConfig) -> dict[str, Any]:
    """Say to which forge proposals go; what nobody said yet stays `[[…]]`."""
    forge = config.forge
    if forge is None:
        return {"name": "gitlab", "repo": "[[Gruppe/Projekt]]", "branch": "main", "auth_methods": ["token"]}
    address = urlsplit(forge.address)
    server = f"{address.scheme}://{address.netloc}"
    backend: dict[str, Any] = {"name": forge.kind, "repo": address.path.strip("/"), "branch": forge.branch}
    if forge.kind == "gitlab":
        backend |= {"base_url": server, "api_root": f"{server}/api/v4"}
    if forge.app_id is None or forge.kind != "gitlab":
        return backend | {"auth_methods": ["token"]}
    return backend | {"auth_type": "pkce", "app_id": forge.app_id, "auth_methods": ["oauth"]}


def _hosts(config: SiteConfig) -> Iterator[str]:
    """Yield the only hosts that the form may ask."""
    if config.forge is not None and config.forge.kind == "github":
        yield "https://api.github.com"
    elif config.forge is not None:
        address = urlsplit(config.forge.address)
        yield f"{address.scheme}://{address.netloc}"


def _collection(folder: str, top: str, names: Names) -> dict[str, Any]:
    """Return a kind's records: neither made nor deleted here, their file names stay."""
    kind = KIND_BY_FOLDER[folder]
    return {
        "name": folder,
        "label": kind.plural,
        "label_singular": kind.singular,
        "folder": f"{top}resources/{folder}",
        "extension": "yml",
        "format": "nahraum",
        "create": False,
        "delete": False,
        "duplicate": False,
        "identifier_field": "name",
        "slug": {"template": "{{name}}", "editable": False},
        "aliases_field": False,
        "summary": "{{name}}",
        "sortable_fields": ["name"],
        "fields": list(_fields(kind.model, FORM[folder].split(), names)),
    }


def _fields(model: type[BaseModel], paths: list[str], names: Names, above: str = "") -> Iterator[_Field]:
    """Yield the form's fields for paths into a model, those of a group together."""
    known = fields(model)
    for name in dict.fromkeys(path.partition(".")[0] for path in paths):
        inner = [rest for path in paths for first, _, rest in [path.partition(".")] if first == name and rest]
        path = f"{above}{name}"
        about: _Field = {"name": name, "label": known[name].title, "required": known[name].is_required()}
        if hint := _HINTS.get(path, known[name].description):
            about["hint"] = hint
        yield about | _widget(known[name], path, inner, names)


def _widget(info: FieldInfo, path: str, inner: list[str], names: Names) -> _Field:
    """Return how a field is asked for."""
    kind = annotation(info)
    if path in ONE_TEXT:
        return {"widget": "string"}
    within = entries(kind)
    for model in (*groups(kind), *(group for item in within for group in groups(item))):
        shape = "list" if within else "object"
        below = inner or list(fields(model))
        return {"widget": shape, "fields": list(_fields(model, below, names, f"{path}."))}
    plain = within[0] if within else kind
    several: _Field = {"multiple": True} if within else {}
    targets = [mark.target for mark in marks_of(plain)]
    if targets and (folder := targets[0].partition("|")[0]) in KIND_BY_FOLDER:
        return {
            "widget": "relation",
            "collection": folder,
            "value_field": "{{slug}}",
            "display_fields": ["name"],
            **several,
        }
    options = [{"label": label, "value": key} for key, label in _options(plain, targets, names).items()]
    if path == "for":
        options.insert(0, {"label": "alle", "value": "all"})
    if options:
        return {"widget": "select", "options": options, **several}
    return _make_text_field(plain, path)


def _options(kind: Any, targets: list[str], names: Names) -> Mapping[str, str]:
    """Return what may be chosen: ids with their German names."""
    if targets:
        return names[targets[0]]
    if any(plain is bool for plain, _ in variants(kind)):
        return {"yes": "ja", "no": "nein"}
    return {key: VALUE_WORDS.get(key, (key,))[0] for key in choices(kind)}


def _make_text_field(kind: Any, name: str) -> _Field:
    """Return a field for what is written."""
    plain, marks = next(variants(kind))
    if plain is dt.date:
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    long = (
        name == "summary"
        or plain is Hours
        or any(getattr(mark, "func", None) is parse_markdown for mark in marks)
    )
    return {"widget": "text" if long else "string"}
