"""Find records that can't be read but look protected by what is written in them: nobody may tell where they are either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.model.apart import OSM
from generator.model.vocabulary import Vocabularies
from generator.read.hidden_places import refuge_in
from generator.read.nodes import Node, at, parse
from generator.read.project import Reading

_FOLDERS = ("places", "offers", "providers")


def broken_and_protected(reading: Reading, words: Vocabularies) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield folder and id of each, with its file; an id may stand in two files, the town's own and one of OpenStreetMap's."""
    for folder in _FOLDERS:
        for key in reading.broken.get(folder, ()):
            for path in _paths(reading, folder, key):
                name = reading.door.name(path)
                text, _ = reading.door.text(path)
                if text is None or _protected(words, text, name):
                    yield (folder, key), name


def _paths(reading: Reading, folder: str, key: str) -> Iterator[Path]:
    for resources in ("resources", f"resources/{OSM}"):
        path = reading.root / resources / folder / f"{key}.yml"
        if reading.door.holds(path):
            yield path


def _protected(words: Vocabularies, text: str, name: str) -> bool:
    node, _ = parse(text, name)
    if node is None:
        return _speaks_of_protection(words, text)
    return _looks_protected(words, node)


def _speaks_of_protection(words: Vocabularies, text: str) -> bool:
    """Tell whether a text that is no YAML holds the name of a protected kind, `hidden`, or words for a refuge."""
    places = (key for key, kind in words.place_kinds.items() if kind.visibility == "hidden")
    offers = (key for key, kind in words.kinds.items() if kind.discreet)
    folded = text.casefold()
    return any(word in folded for word in ("hidden", *places, *offers)) or bool(refuge_in(text))


def _looks_protected(words: Vocabularies, node: Node) -> bool:
    """Tell whether what is written of a record is what one writes of a protected one: its kind, its visibility, its name."""
    kind, visibility, name = (
        str(getattr(at(node, (field,)), "text", "")) for field in ("kind", "visibility", "name")
    )
    place, offer = words.place_kinds.get(kind), words.kinds.get(kind)
    by_kind = (place is not None and place.visibility == "hidden") or (offer is not None and offer.discreet)
    return by_kind or visibility == "hidden" or bool(refuge_in(name))
