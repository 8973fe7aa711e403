"""Read the vocabularies of the package and of a town."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.files.packaged import once, packaged_text
from generator.model.fields import references
from generator.model.visibility import LEVELS
from generator.model.vocabulary import VOCABULARIES, Entry
from generator.read.nodes import ListNode, MapNode, Node, Scalar, parse, position_at
from generator.read.records import validate

_Entry = tuple[Node, Entry | None, tuple[Diagnostic, ...]]  # as written, as read, what is wrong with it
Entries = tuple[tuple[_Entry, ...] | None, tuple[Diagnostic, ...]]
"""A text's entries, None if it is no list, and what is wrong with the text."""

# What of a vocabulary's entry protects people, the strictest value first.
PROTECTIVE: Mapping[str, tuple[Any, ...]] = {
    "form": ("S", "K", "W", None),
    "place_visibility": LEVELS,
    "visibility": LEVELS,
    "sensitivity": ("sensitive", "normal"),
    "sensitive": (True, False),
    "refuge": (True, False),
    "with_violence": ("off", "last", "normal"),
    "held_back": (True, False),
}
SPOKEN = ("ar", "en", "fa", "fr", "pl", "ro", "ru", "tr", "uk")
"""Languages in which the search is asked besides German."""
IN_DANGER = ("de", "en", "fr", "ro", "tr", "pl", "uk", "ru", "ar", "fa")
"""Languages in which the search hears that somebody is in danger; what is written alike stands beside each other, which takes less to load."""
PACKAGED: Mapping[str, tuple[str, ...]] = {
    "synonyms": ("synonyms", "synonyms_said", *(f"synonyms_{language}" for language in SPOKEN)),
    "danger_words": tuple(f"danger_words_{language}" for language in IN_DANGER),
}
"""The files of a vocabulary that the package has in more than one."""


def word_texts(
    disk: Disk, folders: Sequence[Path], name: str
) -> Iterator[tuple[str, str | None, list[Diagnostic]]]:
    """Yield (name, text, problems) of a vocabulary's files, the package's first."""
    for part in PACKAGED.get(name, (name,)):
        yield f"vocabulary/{part}.yml", packaged_text("generator", "vocabulary", f"{part}.yml"), []
    yield from _own_texts(disk, folders, name)


def _own_texts(
    disk: Disk, folders: Sequence[Path], name: str
) -> Iterator[tuple[str, str | None, list[Diagnostic]]]:
    file = f"{name}.yml"
    for folder in folders:
        if disk.holds(folder / file):
            yield disk.name(folder / file), *disk.text(folder / file)


def read_words(
    disk: Disk, folders: Sequence[Path]
) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[Node, ...]], frozenset[str], list[Diagnostic]]:
    """Return by vocabulary its words by id and their nodes, then unsure vocabularies, then what is wrong."""
    texts = tuple((name, _freeze_texts(_own_texts(disk, folders, name))) for name in VOCABULARIES)
    words, nodes, unsure, found = _read_words(texts)
    return words, nodes, unsure, [*found]


_Texts = tuple[tuple[str, str | None, tuple[Diagnostic, ...]], ...]
"""A town's files of a vocabulary: what messages call each, its text, what is wrong with it."""


def _freeze_texts(texts: Iterable[tuple[str, str | None, Iterable[Diagnostic]]]) -> _Texts:
    return tuple((file, text, tuple(problems)) for file, text, problems in texts)


@dataclass(slots=True)
class _Gathered:
    """A vocabulary's words from its files; `unsure` if partly unreadable."""

    words: dict[str, Any] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)  # of `words`, for positions
    found: list[Diagnostic] = field(default_factory=list)
    unsure: bool = False

    def take(self, entries: Entries) -> None:
        """Add a file's words, replacing earlier ones of the same id."""
        read, problems = entries
        self.found += problems
        if read is None:
            self.unsure = True
            return
        lines: dict[str, int] = {}
        for item, word, wrong in read:
            self.found += wrong
            if word is None:
                self.unsure = True
            elif word.id in lines:
                other = f"Zeile {lines[word.id]}"
                place = position_at(item, ("id",))
                self.found.append(diagnostic("doppeltes-kuerzel", place, value=word.id, other=other))
            else:
                lines[word.id] = item.position.line
                self.words[word.id], looser = _protected(self.words.get(word.id), word, item)
                self.found += looser
                self.nodes.append(item)


# Most projects have no words of their own, and a preview reads the same ones at every change.
@lru_cache(maxsize=4)
def _read_words(
    texts: tuple[tuple[str, _Texts], ...],
) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[Node, ...]], frozenset[str], tuple[Diagnostic, ...]]:
    gathered = {name: _Gathered() for name in VOCABULARIES}
    found: list[Diagnostic] = []
    for name, files in texts:
        part = gathered[name]
        for packaged in PACKAGED.get(name, (name,)):
            part.take(_packaged_entries(name, packaged))
        for file, text, problems in files:
            part.found += problems
            if text is None:
                part.unsure = True
            else:
                part.take(read_entries(VOCABULARIES[name], file, text))
        found += part.found
    words = {name: part.words for name, part in gathered.items()}
    nodes = {name: tuple(part.nodes) for name, part in gathered.items()}
    return words, nodes, frozenset(name for name, part in gathered.items() if part.unsure), tuple(found)


@cache
def _packaged_entries(name: str, part: str) -> Entries:
    return once(packaged_entries, name, part)


def packaged_entries(name: str, part: str) -> Entries:
    """Read a file of a packaged vocabulary; of its nodes only what checks point at, for lay words are slow to load."""
    text = packaged_text("generator", "vocabulary", f"{part}.yml")
    entries, found = read_entries(VOCABULARIES[name], f"vocabulary/{part}.yml", text)
    if entries is None:
        return None, found
    fields = {"id", "name", "icon", *(reference.path[0] for reference in references(VOCABULARIES[name]))}
    reduced: list[_Entry] = []
    for node, word, wrong in entries:
        if isinstance(node, MapNode):
            node = replace(node, entries=tuple(pair for pair in node.entries if pair[0].text in fields))
        reduced.append((node, word, wrong))
    return tuple(reduced), found


# A preview reads the same vocabularies at every change.
@lru_cache(maxsize=64)
def read_entries(model: type[Entry], file: str, text: str) -> Entries:
    """Read a vocabulary's entries with their faults; None if no list."""
    node, problems = parse(text, file)
    if node is None:
        return None, tuple(problems)
    if not isinstance(node, ListNode):
        return None, (*problems, _report_wrong_form(node, "eine Liste"))
    read = (
        (item, *validate(model, item))
        if isinstance(item, MapNode)
        else (item, None, [_report_wrong_form(item, "eine Gruppe von Feldern")])
        for item in node.items
    )
    return tuple((item, word, tuple(wrong)) for item, word, wrong in read), tuple(problems)


def _report_wrong_form(node: Node, expected: str) -> Diagnostic:
    what = {MapNode: "eine Gruppe von Feldern", ListNode: "eine Liste", Scalar: "ein Text"}[type(node)]
    better = "jeden Eintrag in eine eigene Zeile schreiben: - {id: …, name: …}"
    return diagnostic("falsche-form", node.position, expected=expected, found=what, better=better)


def _protected(before: Entry | None, word: Entry, node: Node) -> tuple[Entry, list[Diagnostic]]:
    """Let a town's entry make a protection stricter, never looser."""
    found: list[Diagnostic] = []
    for name, order in PROTECTIVE.items():
        earlier = getattr(before, name, None)
        if earlier is None:
            continue
        stated = getattr(word, name) if name in word.model_fields_set else None
        if stated is not None and order.index(stated) <= order.index(earlier):
            continue
        word = word.model_copy(update={name: earlier})
        if stated is not None:
            position = position_at(node, (name,))
            found.append(diagnostic("schutz-gelockert", position, name=word.id, field=name))
    return word, found
