"""`site_config.yml` and `mkdocs.yml` in; the settings, their node, and what is wrong with them, out; which settings are switched off where strangers wrote them, what of MkDocs runs, files of a newer or an earlier format.

The format of a town's files stands there: one newer than this program is refused, an older one is told as one thing to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.door import Door
from generator.model.config import SiteConfig
from generator.model.earlier_formats import FIRST, FORMAT, SETTINGS, FormatStep, Lift, steps_after
from generator.read.nodes import FieldPath, MapNode, Node, at, parse, plain, position_at, text_at
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


_DIGITS = 9
"""So many digits say that a number is far too large."""


def written_format(settings: Node | None) -> int:
    """Return the format that the settings name, the first where they name none or nothing that is a number."""
    text = text_at(settings, "format").strip()
    return int(text[:_DIGITS]) if text.isascii() and text.isdigit() else FIRST


def too_new(settings: Node | None) -> list[Diagnostic]:
    """Say that a newer Nahraum wrote these files; nothing where this one knows their format."""
    written = written_format(settings)
    if settings is None or written <= FORMAT:
        return []
    place = position_at(settings, ("format",))
    return [diagnostic("format-neuer", place, written=written, known=FORMAT)]


def lifts(steps: Iterable[FormatStep], folder: str, node: Node | None) -> Iterator[tuple[FormatStep, Lift]]:
    """Yield what the steps would change in a record of a kind."""
    for step in steps:
        if step.folder == folder and isinstance(node, MapNode):
            yield from ((step, lift) for lift in step.lifts(plain(node)))


def of_earlier_format(
    settings: Node | None, nodes: Mapping[tuple[str, str], tuple[str, MapNode]], found: list[Diagnostic]
) -> list[Diagnostic]:
    """Return what was found, with all that comes from an earlier format as one message that says what lifts it."""
    written = written_format(settings)
    steps = steps_after(written)
    if settings is None or not steps:
        return found
    places: dict[Position, None] = {}
    keys: set[Position] = set()
    for node, path in _lifted(steps, settings, nodes):
        places[position_at(node, path)] = None
        keys.add(position_at(node, path, key=True))
    told = [diagnostic("format-aelter", place, written=written, known=FORMAT) for place in places]
    known = keys | places.keys()
    return [*(item for item in found if item.position not in known), *told]


def _lifted(
    steps: Iterable[FormatStep], settings: Node, nodes: Mapping[tuple[str, str], tuple[str, MapNode]]
) -> Iterator[tuple[Node, FieldPath]]:
    """Yield each record of which the steps would change something, with the path of what stands there."""
    for folder, node in [(SETTINGS, settings), *((folder, node) for (folder, _), (_, node) in nodes.items())]:
        for _, lift in lifts(steps, folder, node):
            if at(node, lift.path) is not None:
                yield (node, lift.path)
