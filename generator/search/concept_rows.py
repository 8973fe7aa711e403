"""Takes entries, concepts and lay words and hands out the rows that find entries: one per concept, then one per phrase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.search.entry import Concept, Entry, Lexicon, SearchSynonym
from generator.search.folding import fold, words
from generator.search.languages import stemmer, stop_words
from generator.search.packing import distances, pack_numbers

_WORDS, _PHRASES = 1, 2
"""Where a row has its lay words: single ones and those of several words. At 0 it has its names."""


@dataclass
class ConceptRows:
    """The rows of one language, and which of them each entry has.

    `rows` are lists of three texts: names, single lay words, lay phrases. `row_of` is the number of each concept's row,
    `of_entry` the rows of each entry, `phrases` the row of each phrase that a synonym stands for.
    """

    entries: Sequence[Entry]
    lexicon: Lexicon
    rows: list[list[str]] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    of_entry: list[list[int]] = field(default_factory=list)
    phrases: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay out the rows of concepts, then add the lay words and the rows of phrases."""
        self._add_concepts()
        for entry in self.entries:
            self.of_entry.append(self._rows_of(entry))
        for synonym in self.lexicon.own:
            self._add_lay_words(synonym)
        self._add_phrases()

    @property
    def language(self) -> str:
        """The language of the entries."""
        return self.lexicon.language

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """What the concepts of entries are called, by their ids."""
        return self.lexicon.concepts

    def _add_concepts(self) -> None:
        """Give each concept that an entry has a row, in the order of their ids."""
        used: set[str] = set()
        for entry in self.entries:
            used.update(entry.concepts)
        for key in sorted(used):
            self.row_of[key] = len(self.rows)
            self.rows.append([self.concepts[key].names, "", self.concepts[key].phrase])

    def _rows_of(self, entry: Entry) -> list[int]:
        """List the rows of an entry's concepts; one that the title names stands twice: it is what the entry is about."""
        found = []
        for key in dict.fromkeys(entry.concepts):
            found.append(self.row_of[key])
            if self._is_in_title(entry, self.concepts[key]):
                found.append(self.row_of[key])
        return found

    def _is_in_title(self, entry: Entry, concept: Concept) -> bool:
        stem = stemmer(self.language)
        title = fold(entry.title)
        stems = map(stem, words(concept.names))
        return any(len(name) > 3 and name in title for name in stems)

    def _add_lay_words(self, synonym: SearchSynonym) -> None:
        """Write the words of a synonym into the rows of the concepts that it stands for."""
        for meaning in synonym.means:
            if meaning in self.row_of:
                found = self.rows[self.row_of[meaning]]
                for lay in synonym.words:
                    segment = _segment(lay)
                    found[segment] = f"{found[segment]};{lay}".strip(";")

    def _add_phrases(self) -> None:
        """Give each group of entries that a phrase stands for a row, with all lay words for it.

        Rows of phrases have no names; those that only synonyms of other languages stand for have no words either.
        """
        found_by = self._entries_by_phrase()
        lay_by_entries: dict[tuple[int, ...], list[list[str]]] = {}
        for numbers in found_by.values():
            lay_by_entries[numbers] = [[], [], []]
        for synonym in self.lexicon.own:
            for meaning in synonym.means:
                if meaning in found_by:
                    segments = lay_by_entries[found_by[meaning]]
                    for lay in synonym.words:
                        segments[_segment(lay)].append(lay)
        row_of_entries: dict[tuple[int, ...], int] = {}
        for numbers, segments in sorted(lay_by_entries.items()):
            row_of_entries[numbers] = len(self.rows)
            for number in numbers:
                self.of_entry[number].append(len(self.rows))
            self.rows.append([";".join(segment) for segment in segments])
        for meaning, numbers in found_by.items():
            self.phrases[meaning] = row_of_entries[numbers]

    def _entries_by_phrase(self) -> dict[str, tuple[int, ...]]:
        """Return the entries of each phrase that a synonym stands for and that has any."""
        found_by: dict[str, tuple[int, ...]] = {}
        for synonym in self.lexicon.synonyms:
            for meaning in synonym.means:
                if meaning not in self.concepts and meaning not in found_by:
                    found_by[meaning] = self._found_by(meaning)
        return {meaning: numbers for meaning, numbers in found_by.items() if numbers}

    def _found_by(self, phrase: str) -> tuple[int, ...]:
        """List the entries that have all words of a phrase in their title, concepts, keywords or summary, but for guarded ones."""
        stem = stemmer(self.language)
        ignored = stop_words(self.language)
        wanted = {stem(word) for word in words(phrase) if fold(word) not in ignored}
        found: list[int] = []
        if not wanted:
            return ()
        for number, stems in enumerate(self._strong_stems):
            if wanted <= stems and not self.entries[number].guarded:
                found.append(number)
        return tuple(found)

    @cached_property
    def _strong_stems(self) -> list[set[str]]:
        """For each entry the stems of its title, concepts, keywords and summary."""
        found = []
        for entry in self.entries:
            texts = [entry.title, entry.texts.get("keywords", ""), entry.texts.get("summary", "")]
            texts += [self.concepts[key].names for key in entry.concepts]
            found.append(stems_of(texts, self.language))
        return found


def _segment(lay: str) -> int:
    return _WORDS if len(words(lay)) == 1 else _PHRASES


def stems_of(texts: Iterable[str], language: str) -> set[str]:
    """Return the stems of all words in some texts."""
    stem = stemmer(language)
    found: set[str] = set()
    for text in texts:
        found.update(map(stem, words(text)))
    return found


def part_shared_words(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """Take the lay words that several concepts share out of their rows: each stands once, beside the numbers of its rows.

    Three of four lay words mean a topic and a kind of offer, which lie far apart in the file.
    """
    own = [[names, "", ""] for names, _, _ in rows]
    by_rows: dict[tuple[int, ...], list[list[str]]] = {}
    for (segment, lay), numbers in _holders(rows).items():
        segments = by_rows.setdefault(tuple(numbers), [[], [], []])
        segments[segment].append(lay)
    shared: list[list[str]] = []
    for held, (_, single, several) in sorted(by_rows.items()):
        texts = [";".join(single), ";".join(several)]
        if len(held) == 1:
            own[held[0]][1:] = texts
        else:
            shared.append([pack_numbers(distances(held)), *texts])
    return own, shared


def _holders(rows: Sequence[Sequence[str]]) -> dict[tuple[int, str], list[int]]:
    """Say of each lay word and phrase, by its segment, which rows have it."""
    found: dict[tuple[int, str], list[int]] = {}
    for number, row in enumerate(rows):
        for segment in (_WORDS, _PHRASES):
            for lay in dict.fromkeys(row[segment].split(";")):
                if lay:
                    found.setdefault((segment, lay), []).append(number)
    return found
