"""A project in, what its records can name out: words that come with the package, words a town adds, its levels, its records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path

from generator.files.door import RECORD, Door
from generator.model.kinds import KINDS
from generator.model.vocabulary import VOCABULARIES
from generator.read.nodes import ListNode, MapNode, Scalar, parse
from generator.read.settings import read_settings
from generator.read.vocabularies import word_texts

Names = Mapping[str, Mapping[str, str]]
"""By vocabulary or kind of record the ids with their names; `levels` are those of `site_config.yml`."""


def words_of(project: Path | None) -> dict[str, tuple[str, ...]]:
    """Return the ids of each vocabulary, and of `levels` from `site_config.yml`; what can't be read is left out.

    Without a project these are the words that come with the package.
    """
    return {name: tuple(known) for name, known in named_words(project).items()}


def named_words(project: Path | None) -> dict[str, dict[str, str]]:
    """Return the names of all words and levels by their ids."""
    known = {name: _named(project, name) for name in VOCABULARIES}
    config = read_settings(Door(project))[0] if project else None
    levels = chain.from_iterable(geography.levels for geography in config.geographies) if config else ()
    return {**known, "levels": {level.id: level.name for level in levels}}


def named_records(project: Path, *, internal: bool = False) -> dict[str, dict[str, str]]:
    """Return by kind the ids of a project's records with their names, whether they have mistakes or not.

    With `internal` those of the overlay as well: what is made of these must not lie where the public records lie.
    """
    door = Door(project)
    folders = [project / "resources"]
    if internal and (overlay := overlay_of(project)) is not None:
        folders.append(overlay)
        door = door.also(overlay)
    known: dict[str, dict[str, str]] = {kind.folder: {} for kind in KINDS}
    for folder in folders:
        for kind, names in known.items():
            for path in door.files(folder / kind, ".yml")[0]:
                if not path.name.startswith("."):
                    node = _node(door.text(path, RECORD)[0], path.name)
                    names[path.stem] = _text(node, "name") or names.get(path.stem, "")
    known["indicators"] = _named_indicators(door, folders[0] / "indicators")
    return {kind: dict(sorted(names.items())) for kind, names in known.items()}


def _named_indicators(door: Door, folder: Path) -> dict[str, str]:
    """Return the ids of indicators with their titles."""
    named = {}
    for path in door.entries(folder)[0]:
        if door.holds(path / "indicator.yml"):
            node = _node(door.text(path / "indicator.yml", RECORD)[0], path.name)
            named[path.name] = _text(node, "title")
    return named


def overlay_of(project: Path) -> Path | None:
    """Return the folder that `site_config.yml` names as overlay; None where it names none."""
    config, *_ = read_settings(Door(project))
    return project / config.overlay if config and config.overlay else None


def list_words(project: Path, vocabulary: str | None) -> str:
    """Write one line for each word: id and name; without a vocabulary one line for each of these and its size."""
    if vocabulary is None:
        sizes = {name: len(_named(project, name)) for name in VOCABULARIES}
        width = max(map(len, sizes))
        return "".join(f"{name:<{width}}  {size:>4}\n" for name, size in sizes.items())
    names = _named(project, vocabulary)
    width = max((len(key) for key in names), default=0)
    return "".join(f"{key:<{width}}  {name}\n" for key, name in names.items())


def _named(project: Path | None, vocabulary: str) -> dict[str, str]:
    names: dict[str, str] = {}
    root = project or Path()
    for file, text, _problems in word_texts(Door(root), [root / "resources"] if project else [], vocabulary):
        names.update(_names_in(text, file))
    return names


@lru_cache(maxsize=2 * len(VOCABULARIES))
def _names_in(text: str | None, file: str) -> tuple[tuple[str, str], ...]:
    """Return ids and names of a vocabulary's text; those that come with the package are asked for again and again."""
    node = _node(text, file)
    items = node.items if isinstance(node, ListNode) else ()
    return tuple(
        (key, _text(item, "name") or ", ".join(_texts(item, "words")))
        for item in items
        if (key := _text(item, "id"))
    )


def _node(text: str | None, file: str) -> object:
    if text is not None:
        return parse(text, file)[0]
    return None


def _text(item: object, key: str) -> str:
    value = None
    if isinstance(item, MapNode):
        value = item.get(key)
    if isinstance(value, Scalar):
        return value.text
    return ""


def _texts(item: object, key: str) -> list[str]:
    value = None
    if isinstance(item, MapNode):
        value = item.get(key)
    if isinstance(value, ListNode):
        return [part.text for part in value.items if isinstance(part, Scalar)]
    return []
