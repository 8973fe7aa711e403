"""Define the entries of the search and its rows: the words by which topics and kinds are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec import field as struct_field

from generator.search.packing import distances, pack_numbers
from generator.search.word_forms import base, fold, fold_words, stemmer, stop_words, words

Field = Literal["summary", "keywords", "provider", "place", "space", "description"]
"""The texts of an entry, beside its title."""


class Entry(Struct, frozen=True):
    """One page that a search can lead to, in one language."""

    id: int  # its place in the indexed list, from 0; filters and the map use it too
    url: str  # from the language's folder: `angebote/lerncafe/`
    kind: str  # under which heading it stands in the list of hits: offer, topic, place …
    title: str
    subtitle: str = ""
    # short texts for the list of hits (age, cost …), each sort at the same place in every entry, "" for none
    facts: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()  # ids of topics, kind and other names that find it, the most telling first
    texts: Mapping[Field, str] = struct_field(default_factory=dict)  # whose words find it, beside the title's
    language: str = ""  # of its texts, where they aren't translated
    lead: str = ""  # what it is in the page's language, where its title is in another
    # lowest and highest age in months (None: open), 1 if also before birth, 1 if also for grown-ups; None: any age
    ages: tuple[int, int | None, int, int] | None = None
    # about violence, addiction, homelessness …: only explicit words and whole phrases find it
    guarded: bool = False
    grave: bool = False  # a topic of violence
    only_for: tuple[str, ...] = ()  # concepts of the only people it is for
    whom: tuple[str, ...] = ()  # target groups it is for; empty where families may come
    leisure: bool = False  # where one spends time
    resting: bool = False  # paused, planned or ended: it never leads
    absent: bool = False  # the town has nothing of it: the search says so, and never lists it
    # nouns for what is absent, by language
    said: Mapping[str, Sequence[str]] = struct_field(default_factory=dict)


class Concept(Struct, frozen=True):
    """A topic, kind or target group as the search knows it: what finds all its entries."""

    names: str  # each of their words counts
    phrase: str = ""  # „Das Geld reicht nicht“: counts mostly as a whole
    said: tuple[str, ...] = ()  # of a target group: what people who belong to it say
    guarded: bool = False  # phrases count as a whole only


class NamedFilter(Struct, frozen=True):
    """A filter that people name among their words."""

    label: str  # as shown
    words: tuple[str, ...]  # that name it; none for a filter that only others share
    concept: str = ""  # whose words name it too, and whose entries it has
    entries: tuple[int, ...] = ()  # that it has, where it has no concept
    # label of a filter whose entries are in this too: what is for the whole town is in each area
    shared: str = ""
    alone: bool = True  # whether it filters where nothing else is typed: no area or language does
    also: tuple[str, ...] = ()  # labels of those whose entries fit nearly, below headings of their names
    unsaid: str = ""  # label of the one whose entries say nothing of it; what neither has contradicts


class SearchSynonym(Struct, frozen=True):
    """Lay words for what professionals call otherwise, searched and never displayed."""

    language: str
    words: tuple[str, ...]
    # ids of concepts; or phrases, which mean the entries with all their words in title, concepts, keywords or summary
    means: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words by which entries are found in one language."""

    language: str
    concepts: Mapping[str, Concept]  # by id
    synonyms: Sequence[
        SearchSynonym
    ] = ()  # in other languages too, for what this language's words don't find
    everywhere: Collection[str] = ()  # names said of everything here, such as the town's
    groups: Mapping[str, bool] = field(default_factory=dict)  # target groups, and whether they exclude others

    @cached_property
    def own(self) -> list[SearchSynonym]:
        """The synonyms of the language itself."""
        return [one for one in self.synonyms if base(one.language) == base(self.language)]

    @cached_property
    def foreign(self) -> list[SearchSynonym]:
        """The synonyms of other languages."""
        return [one for one in self.synonyms if base(one.language) != base(self.language)]


_WORDS, _PHRASES = 1, 2
"""Places in a row of its single lay words, and of those of several words; at 0 it has its names."""


@dataclass
class ConceptRows:
    """The rows of one language: what finds all entries of a concept, or of a phrase that a synonym means."""

    entries: Sequence[Entry]
    lexicon: Lexicon
    rows: list[list[str]] = field(default_factory=list)  # names, single lay words, lay phrases; between `;`
    row_of: dict[str, int] = field(default_factory=dict)  # the number of each concept's row
    of_entry: list[list[int]] = field(default_factory=list)  # the rows of each entry
    phrases: dict[str, int] = field(default_factory=dict)  # the row of each phrase

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
        """Return an entry's rows; one whose name is in the title counts double and stands twice."""
        found = []
        for key in dict.fromkeys(entry.concepts):
            found.append(self.row_of[key])
            if self._is_in_title(entry, self.concepts[key]):
                found.append(self.row_of[key])
        return found

    def _is_in_title(self, entry: Entry, concept: Concept) -> bool:
        """Tell whether a title has a concept's name, maybe within a word; short stems would be there by chance."""
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
                    segment = _find_segment(lay)
                    found[segment] = f"{found[segment]};{lay}".strip(";")

    def _add_phrases(self) -> None:
        """Give each set of entries that phrases mean a row with their lay words.

        These rows have no names, and no words if only synonyms of other languages use them.
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
                        segments[_find_segment(lay)].append(lay)
        row_of_entries: dict[tuple[int, ...], int] = {}
        for numbers, segments in sorted(lay_by_entries.items()):
            row_of_entries[numbers] = len(self.rows)
            for number in numbers:
                self.of_entry[number].append(len(self.rows))
            self.rows.append([";".join(segment) for segment in segments])
        for meaning, numbers in found_by.items():
            self.phrases[meaning] = row_of_entries[numbers]

    def _entries_by_phrase(self) -> dict[str, tuple[int, ...]]:
        """Return the entries of each phrase that synonyms mean, if there are any."""
        found_by: dict[str, tuple[int, ...]] = {}
        for synonym in self.lexicon.synonyms:
            for meaning in synonym.means:
                if meaning not in self.concepts and meaning not in found_by:
                    found_by[meaning] = self._found_by(meaning)
        return {meaning: numbers for meaning, numbers in found_by.items() if numbers}

    def _found_by(self, phrase: str) -> tuple[int, ...]:
        """Return guarded entries whose title begins with a phrase, else others whose strong texts hold all its words."""
        folded = fold_words(phrase)
        called = [
            one.id
            for one in self.entries
            if one.guarded and not one.absent and fold_words(one.title).startswith(folded)
        ]
        if called:
            return tuple(called)
        stem = stemmer(self.language)
        empty_words = stop_words(self.language)
        wanted = {stem(word) for word in words(phrase) if fold(word) not in empty_words}
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


def _find_segment(lay: str) -> int:
    return _WORDS if len(words(lay)) == 1 else _PHRASES


def stems_of(texts: Iterable[str], language: str) -> set[str]:
    """Return the stems of all words in some texts."""
    stem = stemmer(language)
    found: set[str] = set()
    for text in texts:
        found.update(map(stem, words(text)))
    return found


def part_shared_words(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """Return (rows with their own lay words, lay words of several rows, each once with packed row numbers).

    So the file is smaller: three of four lay words mean both a topic and a kind of offer.
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
