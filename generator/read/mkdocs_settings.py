"""Read `site_config.yml` and `mkdocs.yml`, and say what of them does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from jinja2 import Environment, TemplateSyntaxError, meta, nodes
from pydantic import ValidationError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.model.config import BLOCKS, MenuEntry, SiteConfig, TownLook
from generator.read.nodes import Node, parse, plain, position_at
from generator.read.records import validate
from generator.read.yaml_mistakes import cause

MKDOCS = "mkdocs.yml"
KNOWN = frozenset({"home", "lang", "site_name"})
"""What a town's `main.html` may ask for."""
_HELD = frozenset(
    [
        "INHERIT",
        "docs_dir",
        "dev_addr",
        "extra_css",
        "hooks",
        "markdown_extensions",
        "nav",
        "plugins",
        "remote_branch",
        "remote_name",
        "site_dir",
        "site_name",
        "theme",
        "watch",
    ]
)
"""The settings of a town that count; of any other a message says that it does nothing."""
_IN_SETTINGS = "das steht in site_config.yml"
_OWN_CHECKS = "Verweise und Texte prüft „nahraum check“"
_NO_SCRIPTS = "Seiten führen nur Skripte von Nahraum aus"
_NO_REPOSITORY = "Seiten verweisen auf keine Ablage"
_EVERY_PAGE = "veröffentlicht wird jede Seite in content/"
# Why a key does nothing.
_REASONS = {
    "site_url": _IN_SETTINGS,
    "site_author": _IN_SETTINGS,
    "copyright": _IN_SETTINGS,
    "site_description": "jede Seite sagt selbst, worum es geht (description in ihrem Kopf)",
    "extra_javascript": _NO_SCRIPTS,
    "extra_templates": "Dateien neben den Seiten schreibt nur Nahraum",
    "extra": "der Rahmen kennt keine eigenen Werte",
    "repo_url": _NO_REPOSITORY,
    "repo_name": _NO_REPOSITORY,
    "edit_uri": _NO_REPOSITORY,
    "edit_uri_template": _NO_REPOSITORY,
    "exclude_docs": _EVERY_PAGE,
    "draft_docs": _EVERY_PAGE,
    "not_in_nav": _EVERY_PAGE,
    "use_directory_urls": "Adressen enden immer mit einem Schrägstrich",
    "strict": _OWN_CHECKS,
    "validation": _OWN_CHECKS,
    "docs_dir": "Texte stehen immer in content/",
    "site_dir": "„nahraum build“ baut nach site/ oder dorthin, wohin -o zeigt",
}
_USUAL = {"docs_dir": "content", "site_dir": "site"}
"""Keys that may say this and nothing else."""
# Extensions that read no other files.
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
_MOST = 2_000
"""Entries of `nav` at most: by aliases a few lines may stand for billions."""
_FINAL = re.compile(r"\.nr-(?:exit|sos|footer)\b")  # what no stylesheet of a town may hide
# `@import "a.css"`, `url(https://…)`, but not `url(data:…)` and `url(#part)`: a page asks no other host.
_LOADS = re.compile(r"@import\b|url\((?![\s\"']*(?:data:|#))[^()]*\)", re.IGNORECASE)


def read_mkdocs(
    disk: Disk, pages: Mapping[str, str], *, untrusted: bool
) -> tuple[str, TownLook, list[Diagnostic]]:
    """Return MkDocs' settings and what of them concerns all pages.

    Strangers' settings aren't even read: hooks, extensions and tags (`!!python/…`) run code.
    """
    path = disk.project / MKDOCS
    if not disk.holds(path):
        return "", TownLook(), []
    if untrusted:
        return "", TownLook(), [diagnostic("mkdocs-uebergangen", Position(MKDOCS))]
    text, found = disk.text(path)
    settings = None
    try:
        # Composed, not constructed: nothing that a tag names is run.
        settings = yaml.compose(text or "", yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        found.append(cause(error, MKDOCS, text or ""))
    keys = _values_by_key(settings)
    if not isinstance(settings, yaml.MappingNode | None) or not _runs_nothing(keys):
        # What runs may read any file: nobody can tell any more which ones the site is made of.
        disk.seen.whole = False
    found += _set_aside(settings)
    styles, problems = _styles(disk, keys.get("extra_css"))
    template, more = _template(disk, keys.get("theme"))
    menu, unknown = _menu(keys.get("nav"), pages)
    return text or "", TownLook(tuple(menu), styles, template), [*found, *problems, *more, *unknown]


def _menu(node: yaml.Node | None, pages: Mapping[str, str]) -> tuple[list[MenuEntry], list[Diagnostic]]:
    """Return `nav` entries that are hand-written pages, warning of others."""
    entries: list[MenuEntry] = []
    found: list[Diagnostic] = []
    for title, name, place in _entries(node):
        if name in pages:
            entries.append(MenuEntry(name, title or _title_of(pages[name], name)))
        else:
            found.append(diagnostic("mkdocs-nav", place, name=name))
    return entries, found


_HEADING = re.compile(r"^# +([^ \n].*)$", re.MULTILINE)  # `# Über uns`
# `title:` in the head of a page.
_HEAD_TITLE = re.compile(r"\A---\n(?:(?!title:).*\n)*title:(.*)\n")


def _title_of(text: str, name: str) -> str:
    """Return a page's title from head or first heading."""
    if head := _HEAD_TITLE.match(text):
        return head[1].strip().strip("\"'")
    heading = _HEADING.search(text)
    return heading[1].rstrip("# ") if heading else name.rpartition("/")[2].removesuffix(".md")


def _values_by_key(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return what stands under each key of a mapping."""
    return {str(key.value): value for key, value in _pairs(node)}


def _position_of_node(node: yaml.Node) -> Position:
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Position(MKDOCS, start.line + 1, start.column + 1, length)


def _names_in_list(node: yaml.Node | None) -> list[str] | None:
    """Return the names of a list, some with options; else None."""
    if isinstance(node, yaml.MappingNode):
        return list(_values_by_key(node))
    if not isinstance(node, yaml.SequenceNode):
        return [] if node is None else None
    return [name for item in node.value for name in (_values_by_key(item) or (str(item.value),))]


def _runs_nothing(keys: Mapping[str, yaml.Node]) -> bool:
    """Tell whether settings run nothing: no hooks, plugins, unusual extensions."""
    extensions, plugins = _names_in_list(keys.get("markdown_extensions")), _names_in_list(keys.get("plugins"))
    if extensions is None or plugins is None or "hooks" in keys:
        return False
    return set(plugins) <= {"nahraum"} and all(map(_is_harmless, extensions))


def _is_harmless(extension: str) -> bool:
    """Tell whether a Markdown extension reads no other files."""
    if extension in _USUAL_EXTENSIONS:
        return True
    return extension.startswith("pymdownx.") and not extension.endswith(("snippets", "b64"))


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return keys and values of a mapping."""
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _set_aside(settings: yaml.Node | None) -> Iterator[Diagnostic]:
    """Say of each key why it doesn't hold."""
    for written, node in _pairs(settings):
        key, place = str(written.value), _position_of_node(written)
        if key == "INHERIT":
            yield diagnostic("mkdocs-erbt", place)
        elif key not in _HELD or (key in _USUAL and str(node.value).strip("/") != _USUAL[key]):
            reason = _REASONS.get(key, "diesen Schlüssel kennt Nahraum nicht")
            yield diagnostic("mkdocs-schluessel", place, key=key, reason=reason)
    theme = _values_by_key(settings).get("theme")
    if theme is None:
        return
    name = _values_by_key(theme).get("name") if _pairs(theme) else theme
    if name is None or name.value != "nahraum":
        yield diagnostic(
            "mkdocs-thema", _position_of_node(name or theme), name=str(name.value if name else "")
        )
    for written, _ in _pairs(theme):
        if written.value not in ("name", "custom_dir"):
            reason = "das Aussehen kommt von Nahraum; Farbe und Wappen stehen in site_config.yml"
            key, place = f"theme.{written.value}", _position_of_node(written)
            yield diagnostic("mkdocs-schluessel", place, key=key, reason=reason)


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, str, Position]]:
    """Yield (title, target, position) of `nav` in order."""
    todo: list[tuple[str, yaml.Node]] = [("", node)] if node is not None else []
    for _ in range(_MOST):
        if not todo:
            return
        title, item = todo.pop()
        if isinstance(item, yaml.SequenceNode):
            todo += [("", below) for below in reversed(item.value)]
        elif isinstance(item, yaml.MappingNode):
            todo += [(str(key.value), below) for key, below in reversed(item.value)]
        else:
            yield title, str(item.value), _position_of_node(item)


def _styles(disk: Disk, node: yaml.Node | None) -> tuple[dict[str, str], list[Diagnostic]]:
    """Read the town's stylesheets, reporting what they load or hide."""
    styles: dict[str, str] = {}
    found: list[Diagnostic] = []
    for name in _names_in_list(node) or ():
        path = disk.project / "content" / name
        if "//" in name or not name.endswith(".css") or not disk.holds(path):
            found.append(
                diagnostic("mkdocs-css", _position_of_node(node) if node else Position(MKDOCS), name=name)
            )
            continue
        text, problems = disk.text(path)
        found += problems
        for match in (*_LOADS.finditer(text or ""), *_FINAL.finditer(text or "")):
            line = match.string.count("\n", 0, match.start()) + 1
            found.append(diagnostic("css-verboten", Position(disk.name(path), line), what=match[0]))
        styles[name] = text or ""
    return styles, found


def _template(disk: Disk, theme: yaml.Node | None) -> tuple[str, list[Diagnostic]]:
    """Read the town's `main.html`, which may only fill open blocks."""
    folder = _values_by_key(theme).get("custom_dir")
    if folder is None:
        return "", []
    top = disk.project / str(folder.value)
    paths, found = disk.below(top)
    if not paths:
        return "", [
            *found,
            diagnostic("mkdocs-rahmen", _position_of_node(folder), what="Hier liegt keine main.html"),
        ]
    for path in paths:
        if path != top / "main.html":
            what = "Nur main.html wird gelesen"
            found.append(diagnostic("rahmen-uebergangen", Position(disk.name(path)), what=what))
    text, problems = disk.text(top / "main.html") if top / "main.html" in paths else ("", [])
    wrong = [
        diagnostic("mkdocs-rahmen", Position(disk.name(top / "main.html"), line), what=what)
        for line, what in _mistakes(text or "")
    ]
    return text or "", [*found, *problems, *wrong]


def _mistakes(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, mistake) of a town's `main.html`."""
    try:
        tree = Environment(autoescape=False).parse(text)
    except TemplateSyntaxError as error:
        yield error.lineno, f"Jinja versteht die Vorlage nicht ({error.message})"
        return
    if text and list(meta.find_referenced_templates(tree)) != ["base.html"]:
        yield 1, 'Die Vorlage beginnt nicht mit {% extends "base.html" %} oder liest weitere Vorlagen'
    for block in tree.find_all(nodes.Block):
        if block.name not in BLOCKS:
            yield block.lineno, f"Der Block {block.name} steht fest"
    for name in sorted(meta.find_undeclared_variables(tree) - KNOWN - {"super"}):
        yield 1, f"Die Vorlage fragt nach {name}; der Rahmen kennt nur {', '.join(sorted(KNOWN))}"


FILE = "site_config.yml"
# What other checks judge by: without these nothing more can be said about the records.
_JUDGED_BY = frozenset({"geographies", "languages", "disclosure", "internal", "overlay"})
# Required settings by which no record is judged, in place of wrong ones.
_STAND_INS: dict[str, Any] = {
    "name": "?",
    "url": "https://unbekannt.example/",
    "publisher": {"name": "?"},
    "land": "SH",
}
_LETS_IN: dict[str, Any] = {"embedded": (), "basemap": "none"}
"""Settings by which the site asks other hosts for something, and what they are without."""


def read_settings(disk: Disk) -> tuple[SiteConfig | None, Node | None, list[Diagnostic]]:
    """Read the settings, leaving out wrong ones while records can be judged."""
    path = disk.project / FILE
    if not disk.holds(path):
        return None, None, [diagnostic("einstellungen-fehlen", Position(FILE))]
    text, found = disk.text(path)
    node, problems = parse(text, FILE) if text is not None else (None, [])
    found += problems
    if node is None:
        return None, None, found
    config, problems = validate(SiteConfig, node)
    return config or _without_mistakes(node), node, [*found, *problems]


def for_strangers(config: SiteConfig, node: Node | None) -> tuple[SiteConfig, list[Diagnostic]]:
    """Return settings that ask no other host, and what that changed."""
    set_aside = [name for name, without in _LETS_IN.items() if getattr(config, name) != without]
    places = {name: position_at(node, (name,)) if node else Position(FILE) for name in set_aside}
    found = [diagnostic("einstellung-uebergangen", places[name], name=name) for name in set_aside]
    return config.model_copy(update=_LETS_IN), found


def _without_mistakes(node: Node) -> SiteConfig | None:
    """Return only readable settings, so that records' mistakes show too."""
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
