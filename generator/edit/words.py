"""A project in, the words of its vocabularies out: those that come with the package and those a town adds."""

from __future__ import annotations

from pathlib import Path

from generator.files.door import Door
from generator.model.vocabulary import VOCABULARIES
from generator.read.nodes import Mapping, Scalar, Sequence, parse
from generator.read.settings import FILE
from generator.read.vocabularies import word_texts


def words_of(project: Path | None) -> dict[str, tuple[str, ...]]:
    """Return the ids of each vocabulary, and of `levels` from `site_config.yml`; what can't be read is left out.

    Without a project these are the words that come with the package.
    """
    known = {name: tuple(_named(project, name)) for name in VOCABULARIES}
    config = _node(Door(project).text(project / FILE)[0], FILE) if project else None
    geographies = config.get("geographies") if isinstance(config, Mapping) else None
    levels: list[str] = []
    for geography in geographies.items if isinstance(geographies, Sequence) else ():
        inner = geography.get("levels") if isinstance(geography, Mapping) else None
        levels += [
            text
            for item in (inner.items if isinstance(inner, Sequence) else ())
            if (text := _text(item, "id"))
        ]
    return {**known, "levels": tuple(levels)}


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
        node = _node(text, file)
        for item in node.items if isinstance(node, Sequence) else ():
            if key := _text(item, "id"):
                names[key] = _text(item, "name") or ", ".join(_texts(item, "words"))
    return names


def _node(text: str | None, file: str) -> object:
    return parse(text, file)[0] if text is not None else None


def _text(item: object, key: str) -> str:
    value = item.get(key) if isinstance(item, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""


def _texts(item: object, key: str) -> list[str]:
    value = item.get(key) if isinstance(item, Mapping) else None
    return (
        [part.text for part in value.items if isinstance(part, Scalar)] if isinstance(value, Sequence) else []
    )
