"""Define the entries of the search, and the lay words that find them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec import field as struct_field

from generator.search.packing import distances, pack_numbers
from generator.search.word_forms import base, fold, stemmer, stop_words, words

Field = Literal["summary", "keywords", "provider", "place", "space", "description"]


class Entry(Struct, frozen=True):
    """One page that a search can lead to, in one language.

    ``id`` is the entry's place in the list that is indexed, from 0; filters and map use the same number.
    ``url`` is relative to the root of the language's tree (``angebote/lerncafe/``). ``subtitle`` and ``facts`` are
    short texts for the result list, finished for reading; give a fact of the same sort at the same place of every
    entry and ``""`` where there is none. ``concepts`` are ids into the table given to ``build``: topics, the kind of
    the offer, whatever has a name that finds this entry, the most telling first. ``language`` is set where the texts are shown untranslated.
    ``ages`` are whole months, the lowest and the highest (None: no upper end); None where any age fits.
    ``guarded`` entries are about violence, addiction, homelessness and the like: words of their texts don't find them, only those that
    speak of it themselves, whole phrases and what no other title says. ``grave`` ones are topics of violence. ``only_for`` are the concepts of people for whom alone an entry is.
    ``leisure`` entries are those where one spends time. Where ``absent``, nothing of it is here: a reason for a no, never a hit; ``said`` are
    nouns for it by language.
    """

    id: int
    url: str
    kind: str
    title: str
    subtitle: str = ""
    facts: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    texts: Mapping[Field, str] = struct_field(default_factory=dict)
    language: str = ""
    lead: str = ""
    """What it is in the page's language, where its title is in another."""
    ages: tuple[int, int | None] | None = None
    guarded: bool = False
    grave: bool = False
    only_for: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    leisure: bool = False
    absent: bool = False
    said: Mapping[str, Sequence[str]] = struct_field(default_factory=dict)


class Concept(Struct, frozen=True):
    """What finds every entry of a topic or kind: its names, and a phrase such as *Das Geld reicht nicht*.

    A name counts by each of its words, a phrase mostly as a whole. Of a ``guarded`` one phrases
    count as a whole alone.
    """

    names: str
    phrase: str = ""
    said: tuple[str, ...] = ()
    guarded: bool = False


class NamedFilter(Struct, frozen=True):
    """A filter that people name among their words: what it is called when it is shown, and the words that name it.

    Words for its ``concept`` name it too. Its entries are those of the concept, or ``entries``, and those of the filter without words
    that is ``shared``, by its label: what is there for the whole town, and what doesn't say for whom it is, is in each of its areas.
    """

    label: str
    words: tuple[str, ...]
    concept: str = ""
    entries: tuple[int, ...] = ()
    shared: str = ""


class SearchSynonym(Struct, frozen=True):
    """Lay words that lead to what the trade calls by another name; they are searched and never displayed.

    ``means`` holds ids of concepts, or phrases: a phrase stands for every entry whose title, concepts, keywords or
    summary has all its words.
    """

    language: str
    words: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words with which entries are found in one language: what concepts are called, and what people say instead.

    ``everywhere`` are names that are said of everything here, the town's own. Synonyms of other languages are looked up
    where the site's own words know nothing.
    """

    language: str
    concepts: Mapping[str, Concept]
    synonyms: Sequence[SearchSynonym] = ()
    everywhere: Collection[str] = ()
    groups: Mapping[str, bool] = field(default_factory=dict)

    @cached_property
    def own(self) -> list[SearchSynonym]:
        """The synonyms of the language itself."""
        return [one for one in self.synonyms if base(one.language) == base(self.language)]

    @cached_property
    def foreign(self) -> list[SearchSynonym]:
        """The synonyms of other languages."""
        return [one for one in self.synonyms if base(one.language) != base(self.language)]


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
        """Lay out concepts' rows, then lay words and phrases."""
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
        """Give each used concept a row, by id."""
        used: set[str] = set()
        for entry in self.entries:
            used.update(entry.concepts)
        for key in sorted(used):
            self.row_of[key] = len(self.rows)
            self.rows.append([self.concepts[key].names, "", self.concepts[key].phrase])

    def _rows_of(self, entry: Entry) -> list[int]:
        """Return an entry's rows, those in its title twice."""
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
        """Add a synonym's words to its concepts' rows."""
        for meaning in synonym.means:
            if meaning in self.row_of:
                found = self.rows[self.row_of[meaning]]
                for lay in synonym.words:
                    segment = _segment(lay)
                    found[segment] = f"{found[segment]};{lay}".strip(";")

    def _add_phrases(self) -> None:
        """Give each phrase's entries a row with its lay words. These rows have no names, and no words if only other languages use them."""
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
        """Return synonyms' phrases with entries, if any."""
        found_by: dict[str, tuple[int, ...]] = {}
        for synonym in self.lexicon.synonyms:
            for meaning in synonym.means:
                if meaning not in self.concepts and meaning not in found_by:
                    found_by[meaning] = self._found_by(meaning)
        return {meaning: numbers for meaning, numbers in found_by.items() if numbers}

    def _found_by(self, phrase: str) -> tuple[int, ...]:
        """Return unguarded entries whose strong texts hold a phrase's words."""
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
        """Return each entry's stems of title, concepts, keywords, summary."""
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
    """Move lay words of several rows out: each once, with row numbers.

    Three of four mean a topic and a kind of offer, far apart in the file.
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
    """Return each lay word's or phrase's rows, by segment."""
    found: dict[tuple[int, str], list[int]] = {}
    for number, row in enumerate(rows):
        for segment in (_WORDS, _PHRASES):
            for lay in dict.fromkeys(row[segment].split(";")):
                if lay:
                    found.setdefault((segment, lay), []).append(number)
    return found
