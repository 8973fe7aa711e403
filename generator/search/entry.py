"""Takes what the site knows about a page and hands out the records that the search index is built from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from generator.search.languages import base

Field = Literal["summary", "keywords", "provider", "place", "space", "description"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a search can lead to, in one language.

    ``id`` is the entry's place in the list that is indexed, from 0; filters and map use the same number.
    ``url`` is relative to the root of the language's tree (``angebote/lerncafe/``). ``subtitle`` and ``facts`` are
    short texts for the result list, finished for reading; give a fact of the same sort at the same place of every
    entry and ``""`` where there is none. ``concepts`` are ids into the table given to ``build``: topics, the kind of
    the offer, whatever has a name that finds this entry, the most telling first. ``language`` is set where the texts are shown untranslated.
    ``ages`` are whole months, the lowest and the highest (None: no upper end); None where any age fits.
    ``guarded`` entries are about violence, addiction, homelessness and the like: words of their texts don't find them, only those that
    speak of it themselves, whole phrases and what no other title says. ``grave`` ones are topics of violence. ``only_for`` are the concepts of people for whom alone an entry is.
    ``leisure`` entries are those where one spends time.
    """

    id: int
    url: str
    kind: str
    title: str
    subtitle: str = ""
    facts: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    texts: Mapping[Field, str] = field(default_factory=dict)
    language: str = ""
    ages: tuple[int, int | None] | None = None
    guarded: bool = False
    grave: bool = False
    only_for: tuple[str, ...] = ()
    leisure: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """What finds every entry of a topic or kind: its names, and a phrase such as *Das Geld reicht nicht*.

    A name counts by each of its words, a phrase mostly as a whole. Of a ``guarded`` one phrases
    count as a whole alone.
    """

    names: str
    phrase: str = ""
    said: tuple[str, ...] = ()
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """A filter that people name among their words: what it is called when it is shown, and the words that name it.

    Words for its ``concept`` name it too. Its entries are those of the concept, or ``entries``, and those of the filter without words
    that is ``shared``, by its label: what is there for the whole town, and what doesn't say for whom it is, is in each of its areas.
    """

    label: str
    words: tuple[str, ...]
    concept: str = ""
    entries: tuple[int, ...] = ()
    shared: str = ""


@dataclass(frozen=True, slots=True)
class SearchSynonym:
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

    @cached_property
    def own(self) -> list[SearchSynonym]:
        """The synonyms of the language itself."""
        return [one for one in self.synonyms if base(one.language) == base(self.language)]

    @cached_property
    def foreign(self) -> list[SearchSynonym]:
        """The synonyms of other languages."""
        return [one for one in self.synonyms if base(one.language) != base(self.language)]
