"""Words and records in; the ids that people mean who write a name („Türkisch“, „Diakonie an der Aue“) out."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

from generator.files.result_cache import Same
from generator.model.fields import value_for
from generator.model.names_and_ids import slug
from generator.read.nodes import ListNode, MapNode, Node, Scalar

_CLOSE = 0.88
MANY = 4
"""More ids than this are no answer to what was meant."""


@dataclass(frozen=True)
class KnownNames:
    """What people call what there is; collected when the first reference leads nowhere, which in most readings none does."""

    collect: Callable[[], Mapping[str, Mapping[str, tuple[str, ...]]]]
    _answers: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def by_target(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """By kind of record or vocabulary, and by the name as an id would be written, the ids that are called so."""
        return self.collect()

    def meant(self, text: str, targets: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that a text means, at most `MANY`; none where nobody can tell."""
        key = text, tuple(targets)
        if key not in self._answers:
            self._answers[key] = self._meant(*key)
        return self._answers[key]

    def exactly(self, text: str, targets: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that are called just so."""
        wanted = slug(text[:200])
        found: dict[str, None] = {}
        for target in targets:
            found |= dict.fromkeys(self.by_target.get(target, {}).get(wanted, ()))
        return tuple(key for key in found if key != text)

    def _meant(self, text: str, targets: tuple[str, ...]) -> tuple[str, ...]:
        wanted = slug(text[:200])
        known = self._names_of(targets)
        if not wanted or not known:
            return ()
        if wanted in known:
            return known[wanted][:MANY]
        value = value_for(text, _ids_of(known, known))
        if value is not None:
            return (value,)
        close = difflib.get_close_matches(wanted, known, 1, _CLOSE)
        return known[close[0]][:MANY] if close else ()

    def _names_of(self, targets: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the names of several targets with the ids of each."""
        known: dict[str, tuple[str, ...]] = {}
        for target in targets:
            for name, ids in self.by_target.get(target, {}).items():
                known[name] = tuple(dict.fromkeys((*known.get(name, ()), *ids)))
        return known


def _ids_of(names: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the ids of some names, each once."""
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys(known[name])
    return list(found)


NO_NAMES = KnownNames(dict)


_Found = defaultdict[str, defaultdict[str, list[str]]]


def names_of(
    words: Mapping[str, Mapping[str, Any]], nodes: Mapping[tuple[str, str], tuple[str, MapNode]]
) -> KnownNames:
    """Return what words and records are called; records by what stands in their files, whether they could be read or not."""
    return KnownNames(partial(_names, words, nodes))


def _names(
    words: Mapping[str, Mapping[str, Any]], nodes: Mapping[tuple[str, str], tuple[str, MapNode]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    found: _Found = defaultdict(lambda: defaultdict(list))
    for (folder, key), (_, node) in nodes.items():
        _add(
            found[folder],
            key,
            [key, *_texts(node.get("name")), *_texts(node.get("short")), *_texts(node.get("aliases"))],
        )
    return {**_names_of_words(Same(words)), **_each_once(found)}


# Words that were read before come as the same ones.
@lru_cache(maxsize=4)
def _names_of_words(words: Same[Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: _Found = defaultdict(lambda: defaultdict(list))
    for vocabulary, entries in words.value.items():
        for key, word in entries.items():
            texts = [key, getattr(word, "name", ""), getattr(word, "short", None), getattr(word, "own", None)]
            if vocabulary == "topics":
                texts += getattr(word, "words", ())
            _add(found[vocabulary], key, texts)
    return _each_once(found)


def _each_once(found: _Found) -> dict[str, dict[str, tuple[str, ...]]]:
    by_target = {}
    for target, names in found.items():
        by_target[target] = {name: tuple(dict.fromkeys(keys)) for name, keys in names.items()}
    return by_target


def _add(names: dict[str, list[str]], key: str, texts: Iterable[str | None]) -> None:
    for text in texts:
        if text and (name := slug(text)):
            names[name].append(key)


def _texts(node: Node | None) -> list[str]:
    if isinstance(node, Scalar):
        return [node.text]
    if isinstance(node, ListNode):
        return [item.text for item in node.items if isinstance(item, Scalar)]
    return []
