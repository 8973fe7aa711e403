"""Describe the changes between two versions of a project in Markdown (`difference`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct
from pydantic import BaseModel, ValidationError

from generator.check.protected import KeptBack, kept_back
from generator.derive.offer_facts import timetable
from generator.model.facts import FieldChange
from generator.model.fields import fields, models_at
from generator.model.indicator import Indicator
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.offer import REMEMBERED, Offer, value_of
from generator.pipeline.build import Project
from generator.read.nodes import MapNode, parse, plain
from generator.read.project import Reading
from generator.render.directory.news_lines import change_text

_LONG = 60
"""Longer texts are only called changed: what they say is in the file."""
_OF_THE_SITE = ("resources/", "content/", "site_config.yml")
"""What makes the site; pipelines may write other files beside it."""
_GROUPS = ("Neu", "Geändert", "Entfernt")


class _WhatMayBeTold(Struct, frozen=True):
    """The project, and what of it may only be called changed: protected records, and words that name them."""

    project: Project
    kept_back: KeptBack


def difference_text(
    project: Project, reading: Reading, before: Mapping[str, str | None], lines: int = 60
) -> str:
    """Return what changed, new records first, counting what doesn't fit.

    `before` are changed files' former texts. The present is read from the checked project, so unpublishable things
    aren't told, nor is what was removed.
    """
    told = _WhatMayBeTold(project, kept_back(reading, before))
    lines_of: dict[str, list[str]] = {group: [] for group in _GROUPS}
    for name, old in before.items():
        if not name.startswith(_OF_THE_SITE):
            continue
        path = project.root / name
        new = project.disk.text(path)[0] if project.disk.holds(path) else None
        group = "Geändert"
        if old is None:
            group = "Neu"
        elif new is None:
            group = "Entfernt"
        lines_of[group].append(_describe_file_change(told, name, old, new))
    parts = [_group_of_lines(group, lines_of[group], lines) for group in _GROUPS if lines_of[group]]
    return "\n".join(parts) or "An Einträgen und Texten ändert sich nichts.\n"


def _group_of_lines(title: str, found: list[str], room: int) -> str:
    """Write a titled Markdown list, counting what doesn't fit."""
    further = len(found) - room
    if further > 0:
        found = [*found[:room], f"und {further} weitere"]
    return f"**{title}**\n\n" + "".join(f"- {line}\n" for line in found)


def _describe_file_change(told: _WhatMayBeTold, name: str, old: str | None, new: str | None) -> str:
    """Say in a line what changed in a file."""
    model, what, key = _described(name)
    if model is None:
        # Of a file that is gone not even the name is repeated.
        top = f"{PurePosixPath(name).parts[0]}/"
        return f"eine Datei unter {quoted(top)}" if new is None else f"Datei {quoted(name)}"
    was, now = _read_record_values(name, old), _read_record_values(name, new)
    # Both names and the id: each might tell of something protected.
    names = [_called(now or was, key), _called(was, key), key]
    head = f"{what} {quoted(names[0])}"
    folder = PurePosixPath(name).parent.name
    hidden = told.kept_back.holds(folder, key) or any(map(told.kept_back.spoken_of, names))
    if old is None:
        return head
    if new is None:
        return f"{what}: ein geschützter Eintrag" if hidden else head
    if hidden:
        return f"{head} ist geändert"
    changes = "; ".join(_describe_changed_fields(told, model, was, now))
    return f"{head}: {changes or 'nur die Schreibweise'}"


def _called(values: Mapping[str, Any], key: str) -> str:
    """Return a record's name, else its id."""
    return str(values.get("name") or values.get("title") or key)


def _described(name: str) -> tuple[type[BaseModel] | None, str, str]:
    """Return a file's (model or None, kind's name, id)."""
    path = PurePosixPath(name)
    if path.suffix != ".yml" or path.parts[0] != "resources":
        return None, "", path.stem
    if path.name == "indicator.yml" and path.parent.parent.name == "indicators":
        return Indicator, "Kennzahl", path.parent.name
    kind = KIND_BY_FOLDER.get(path.parent.name)
    return (kind.model, kind.singular, path.stem) if kind else (None, "", path.stem)


def _read_record_values(name: str, text: str | None) -> Mapping[str, Any]:
    """Return a record's values; none without or if unreadable."""
    node = parse(text, name)[0] if text is not None else None
    return plain(node) if isinstance(node, MapNode) else {}


def _describe_changed_fields(
    told: _WhatMayBeTold, model: type[BaseModel], was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[str]:
    """Say each changed field, as the site does where it has words for it."""
    for name, one, two in _differing(was, now):
        words = _in_words(told.project, name, one, two) if model is Offer and name in REMEMBERED else ""
        yield from [words] if words else _plainly(told, model, (name,), one, two)


def _differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield (key, before, after) where two maps differ; None is nothing."""
    for key in [*now, *(key for key in was if key not in now)]:
        one, two = was.get(key), now.get(key)
        if _same(one) != _same(two):
            yield key, one, two


def _same(value: Any) -> Any:
    """Return a value in a form for comparison."""
    if value in (None, "", [], {}):
        return None
    return " ".join(value.split()) if isinstance(value, str) else value


def _in_words(project: Project, name: str, one: Any, two: Any) -> str:
    """Say a change as the site does; empty if impossible."""
    if not project.contexts or project.site is None:
        return ""
    try:
        before, after = value_of(name, one), value_of(name, two)
    except ValidationError:
        return ""
    # For these the site has no words that something was removed.
    if name in ("place", "cost", "ages") and after is None:
        return ""
    if name == "place" and not {before or after, after} <= project.site.places.keys():
        return ""
    if name == "hours":
        before, after = (timetable(project.site, hours, project.today) for hours in (before, after))
    return escaped(change_text(project.contexts[0], FieldChange(name, before, after)))


def _plainly(
    told: _WhatMayBeTold, model: type[BaseModel], path: tuple[str, ...], one: Any, two: Any
) -> Iterator[str]:
    """Say a path's change, of a map each key's."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        for key, before, now in _differing(one, two):
            yield from _plainly(told, model, (*path, key), before, now)
        return
    where = escaped(", ".join(_title(model, path[:depth]) for depth in range(1, len(path) + 1)))
    after = _quote_if_short(two)
    if _same(two) is None:
        yield f"{where} fällt weg"
    elif after and not told.kept_back.spoken_of(after):
        yield f"{where}: jetzt {after}"
    else:
        yield f"{where} ist geändert"


def _title(model: type[BaseModel], path: tuple[str, ...]) -> str:
    """Return a path's title: field's, or the key."""
    *above, name = path
    for owner in models_at(model, tuple(above)):
        if name in fields(owner):
            return fields(owner)[name].title or name
    return name


def _quote_if_short(value: Any) -> str:
    """Return a value to quote; empty if too long."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return quoted(text) if 0 < len(text) <= _LONG else ""


def quoted(text: str) -> str:
    """Quote a text that a forge shows as written.

    >>> quoted("Treff `@alle`")
    "`Treff '@alle'`"
    """
    return "`" + re.sub(r"\s+", " ", text.replace("`", "'")) + "`"


def escaped(text: str) -> str:
    """Escape all signs that a forge would interpret.

    >>> escaped("jetzt auch Di <b>@alle</b> [hier](x)")
    'jetzt auch Di &lt;b&gt;&#64;alle&lt;/b&gt; &#91;hier&#93;(x)'
    """
    return re.sub(r"[&<>@\[\]!#*_`~|\\]", lambda sign: _ENTITY.get(sign[0], f"&#{ord(sign[0])};"), text)


_ENTITY = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
