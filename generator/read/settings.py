"""Read `site_config.yml` and `mkdocs.yml`."""

from __future__ import annotations

import re
from typing import Any

import yaml
from pydantic import ValidationError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.config import SiteConfig
from generator.read.nodes import Node, parse, plain, position_at
from generator.read.records import validate

FILE = "site_config.yml"
MKDOCS = "mkdocs.yml"
_INHERITS = re.compile(r"""^["']?INHERIT["']?\s*:""", re.MULTILINE)
# What other checks judge by: without these nothing more can be said about the records.
_JUDGED_BY = frozenset({"geographies", "languages", "disclosure", "internal", "overlay"})
_STAND_INS: dict[str, Any] = {
    "name": "?",
    "url": "https://unbekannt.example/",
    "publisher": {"name": "?"},
    "land": "SH",
}
_LETS_IN: dict[str, Any] = {"embedded": (), "basemap": "none"}
"""Settings by which the site asks other hosts for something, and what they are without."""


def read_settings(door: Door) -> tuple[SiteConfig | None, Node | None, list[Diagnostic]]:
    """Read the settings; those that are wrong are left out as long as the others suffice to judge the records by."""
    path = door.project / FILE
    if not door.holds(path):
        return None, None, [diagnostic("einstellungen-fehlen", Position(FILE))]
    text, found = door.text(path)
    node, problems = parse(text, FILE) if text is not None else (None, [])
    found += problems
    if node is None:
        return None, None, found
    config, problems = validate(SiteConfig, node)
    return config or _without_mistakes(node), node, [*found, *problems]


def for_strangers(config: SiteConfig, node: Node | None) -> tuple[SiteConfig, list[Diagnostic]]:
    """Return settings by which the site asks nobody else for anything, and say which of them that changed."""
    set_aside = [name for name, without in _LETS_IN.items() if getattr(config, name) != without]
    places = {name: position_at(node, (name,)) if node else Position(FILE) for name in set_aside}
    found = [diagnostic("einstellung-uebergangen", places[name], name=name) for name in set_aside]
    return config.model_copy(update=_LETS_IN), found


_USUAL_EXTENSIONS = frozenset(
    [
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
    ]
)


def read_mkdocs(door: Door, *, untrusted: bool) -> tuple[str, list[Diagnostic]]:
    """Return what MkDocs' own settings say.

    Those that strangers wrote aren't even read: hooks, extensions and tags (`!!python/…`) run what they like.
    """
    path = door.project / MKDOCS
    if not door.holds(path):
        return "", []
    if untrusted:
        return "", [diagnostic("mkdocs-uebergangen", Position(MKDOCS))]
    text, found = door.text(path)
    if match := _INHERITS.search(text or ""):
        line = match.string.count("\n", 0, match.start()) + 1
        found.append(diagnostic("mkdocs-erbt", Position(MKDOCS, line)))
    if not _only_says(text or ""):
        # What runs may read and do anything.
        door.seen.whole = False
    return text or "", found


def _only_says(text: str) -> bool:
    """Tell whether the settings run nothing of the project's own: no hooks, no extensions but Markdown's usual ones."""
    try:
        said = yaml.safe_load(text) or {}
    except yaml.YAMLError:
        return False
    extensions = said.get("markdown_extensions", []) if isinstance(said, dict) else None
    if not isinstance(extensions, dict | list) or "hooks" in said:
        return False
    names: set[str] = set()
    for item in extensions:
        names.update([item] if isinstance(item, str) else item)
    return all(map(_is_harmless, names))


def _is_harmless(extension: str) -> bool:
    """Tell whether an extension of Markdown reads no other files: of pymdownx two put their contents in."""
    if extension in _USUAL_EXTENSIONS:
        return True
    return extension.startswith("pymdownx.") and not extension.endswith(("snippets", "b64"))


def _without_mistakes(node: Node) -> SiteConfig | None:
    """Return settings without those that could not be read, only so that a mistake there hides none in the records."""
    values = plain(node)
    if not isinstance(values, dict):
        return None
    try:
        return SiteConfig.model_validate(values)
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors(include_url=False, include_input=False)}
    if wrong & _JUDGED_BY:
        return None
    kept = {name: value for name, value in values.items() if name not in wrong}
    return SiteConfig.model_validate({**_STAND_INS, **kept})
