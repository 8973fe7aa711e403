"""Read `site_config.yml`."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.model.config import SiteConfig
from generator.read.nodes import Node, parse, plain, position_at
from generator.read.records import validate

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
