"""Decide what may be shown of places, and recognise words for a house whose address nobody may know.

`vocabulary/refuges.yml` is the one list of words. Some are certain, others make one ask.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from operator import itemgetter
from textwrap import shorten
from typing import NamedTuple

import yaml

from generator.files.packaged import packaged_text
from generator.files.result_cache import ONCE, ResultCache, Same
from generator.model.groups import Visibility
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.visibility import Sight, visibility_of_offer, visibility_of_place, visible_providers
from generator.model.vocabulary import Vocabularies, Word
from generator.read.seen_text import seen

Levels = Mapping[str, Visibility]
"""By id how much of a place may be shown."""


def sight(site: Site, cache: ResultCache = ONCE, state: str = "") -> Sight:
    """Decide what may be shown of all places; `state` names the site's version."""
    places = cache.latest(
        ("places seen", state), (site.words, site.places), partial(_visibility_of_places, site)
    )
    groups = cache.groups(("offers seen", state), site.offers)
    housed = cache.of_each(groups, _housed, Same(site.words))
    providers: Levels = cache.latest(
        ("providers seen", state),
        (site.places, site.providers, places, housed),
        lambda: visible_providers(site, places, frozenset(chain(*housed))),
    )
    # What equals the former becomes the former object, by which `Same` knows that nothing changed.
    places = cache.like_before(("levels of places", state), places)
    providers = cache.like_before(("levels of providers", state), providers)
    offers: dict[str, Visibility] = {}
    for levels in cache.of_each(
        groups, _visibility_of_offers, Same(site.words), Same(places), Same(providers)
    ):
        offers |= levels
    return Sight(places, providers, offers)


def _visibility_of_places(site: Site) -> Levels:
    return {key: visibility_of_place(site.words, place) for key, place in site.places.items()}


def _housed(offers: tuple[Offer, ...], words: Same[Vocabularies]) -> frozenset[tuple[str, str]]:
    """Return (provider, place) of offers; of open ones without a place, too."""
    kinds = words.value.kinds
    return frozenset(
        (offer.provider, offer.place or "")
        for offer in offers
        if offer.place is not None or (offer.kind in kinds and kinds[offer.kind].place_visibility == "full")
    )


def _visibility_of_offers(
    offers: tuple[Offer, ...], words: Same[Vocabularies], places: Same[Levels], providers: Same[Levels]
) -> dict[str, Visibility]:
    return {
        offer.id: visibility_of_offer(words.value, offer, places.value, providers.value) for offer in offers
    }


# Letters that are written in more than one way.
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه"}
)
_JOINERS = re.compile(r"(?<=\w)[-‐‑‒–—_*:·•.'’`´]+(?=\w)")
"""Hyphens, gender signs and the like within a word; what stands before and after it is one word."""
_DIVIDED = re.compile(r"[-‐‑]\s*\n\s*(?!und\b|oder\b)")  # „Frauen-“ at the end of a line, „haus“ on the next
# Between sentences: behind a full stop, at a blank line, before an entry of a list, at „; “.
_SENTENCE = re.compile(r"(?<=[.!?…؟۔])[\"“”»)]*\s+|\n[^\S\n]*\n|\n(?=[^\S\n]*[-*|])|;\s")
_CHUNK = re.compile(r"[^\s/]+")  # what stands between blanks and slashes
_SUFFIX = re.compile(r"(?<=\w)\.[a-z\d]{2,4}(?=\W*\Z)")  # of a file
_LATIN = re.compile("[A-Za-z]")
_ENDING = re.compile(r"(?:e?[sn]|e|ern?|ung(?:en)?|unft|uenften?|einrichtung(?:en)?|platz|plaetzen?)?")
"""How a German word of the lists may go on and still be the house; a word for a house may follow, too."""
_MODIFIERS = r"(?:(?!(?:in|im|bei|beim)\b)[a-zäöüß]+\s+){0,3}"  # articles and adjectives: „dem neuen “
_LEADING = re.compile(
    r"\b(?i:ins|zum|zur?|von|aus|mit|fürs?|ans|nach|übers?|um|gegen|seit|ohne|statt|per|to|into|from|for|with|about"
    r"|(?:in|an|auf)(?!\s(?:de|(?:ein|unser|dies)e)[rm]\b))\s+"
    rf"(?:{_MODIFIERS}[A-ZÄÖÜ][\w\-*:]*(?:,\s|\s?/\s?|-?\s(?:und|oder|sowie|and|or)\s)){{0,4}}{_MODIFIERS}[„\"“]?\Z"
)
"""What leads to a house that isn't spoken of: „mit Polizei und dem “; behind „in dem “ it is."""
_PARTS = ("garten", "hof", "eingang", "keller", "parkplatz", "spielplatz")
"""What belongs to a house lies where it is: „Frauenhaus-Garten“."""
_HERE = re.compile(
    r"\b(?i:hierh(?:er|in)|her(?:über|auf|unter|ein)|nebenan|da(?:hinter|vor)|gegenüber|(?:dr)?oben|(?:dr)?unten|drüben|nearby|next door|(?:up|down)stairs"
    rf"|{'|'.join(_PARTS)})\b|(?!Sie\b|Ihnen)[A-ZÄÖÜ]\w+\s(?:weiter|entfernt|away)\b"
)
"""What says in a sentence that it speaks of what is near, where a preposition leads to, too: „ins Frauenhaus drei Häuser weiter“."""
_COMERS = re.compile(r"(?<!-)\b[A-ZÄÖÜ]\w+\s(?:aus|von)\s(?:de[mr]|unse\w+|the)\s+(?:[a-zäöü]+\s+)?\Z")
"""Who comes from a house comes hither where nothing leads to them: „Kinder aus dem “, not „nach dem Auszug aus dem “."""
_BESIDE = re.compile(r"\b(?i:mit|fürs?|with|for)\b")
"""A town has one refuge that all work with; „mit der Wohngruppe“ is one of several, which is near."""
_GOVERNED = re.compile(rf"\b(?i:bei|beim|im|am|in|an|auf)\s+{_MODIFIERS}\Z")
_SEVERAL = re.compile(r"(?:haeuser|haeusern|ungen|stellen|staetten|gruppen)\Z")
"""„Frauenhäuser“ are all that there are, none of them."""
_BEFORE = 200
"""So far before a word is looked for a preposition."""
_LONG_ENOUGH = 9
"""Shorter parts of a kind's name are words of other meanings, too."""
_DIGITS = 12  # of a digest
_CUT = 80
"""So much of a sentence is quoted."""


class Speech(NamedTuple):
    """Words as written, and whether they can only mean a protected house."""

    words: str  # quoted, at most `_CUT` letters
    certain: bool
    itself: bool = True
    """Whether the house may be what is spoken of; „ins Frauenhaus“ leads there, „Mädchenhaus-Chor“ is called after it."""


class _Phrase(NamedTuple):
    """Words that follow each other in a sentence: „anschrift … nicht veröffentlichen“ has two groups of adjacent ones."""

    groups: tuple[tuple[str, ...], ...]
    words: frozenset[str]  # of all groups


class _Lists(NamedTuple):
    """All of `refuges.yml`, and its words by how they are written: `word`, `word*`, `*word`, `*word*`."""

    names: tuple[_Phrase, ...]  # certainly mean a protected house
    perhaps: tuple[_Phrase, ...]  # make one ask
    never: tuple[_Phrase, ...]  # hold such words and mean none
    together: tuple[tuple[_Phrase, ...], ...]
    """Words for people, for a house and for violence: one of each in a sentence may mean a protected house, two make one ask beside a place."""
    whole: frozenset[str]  # without star
    beginnings: frozenset[str]
    lengths: frozenset[int]  # of the beginnings
    endings: tuple[str, ...]
    parts: tuple[str, ...]
    any_part: re.Pattern[str]  # finds any of `parts`
    compounds: frozenset[str]
    """German words that may stand within longer ones."""
    people: frozenset[str]
    houses: frozenset[str]
    heads: tuple[str, ...]
    """German words for a house, with which longer ones may end."""
    telling: frozenset[str]
    """Words without which a sentence says nothing: of each name, each phrase and each word of violence the longest."""


class _MarkedWord(NamedTuple):
    """A word of a text, folded, and where its piece of the text stands."""

    word: str
    marks: frozenset[str]  # which listed words it is: „frauenhaeuser“ is „*frauenhaeus*“
    start: int
    end: int


def digest_of(sentence: str) -> str:
    """Return what an answer (`cleared`) holds instead of the sentence."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()[:_DIGITS]


def refuge_named(text: str) -> str:
    """Return the first words that can only mean a refuge; empty for none.

    >>> refuge_named("Haus Sonnenblume – autonomes Frauen*haus")
    'Frauen*haus'
    """
    return next((one.words for one in speech(text) if one.certain), "")


def refuge_in(text: str) -> str:
    """Return the first words that do or may mean a refuge."""
    return next((one.words for one in speech(text)), "")


def kinds_named(words: Vocabularies, forms: str = "SKW") -> re.Pattern[str]:
    """Make a pattern for what kinds of some forms are named, and all are called, in folded words; homes for children also in longer words."""
    refuges = _match_any_of(_kinds_of(words, "S" if "S" in forms else ""))
    homes = _match_any_of(_kinds_of(words, forms.replace("S", "")))
    called = _match_any_of(
        " ".join(folded_words(name)) for kind in words.kinds.values() for name in kind.called if kind.form
    )
    return re.compile(rf"\b(?P<name>{refuges}|\w*(?:{homes}|{called}(?=(?:e?[sn]|e)?\b)))(?P<more>\w*)")


def _match_any_of(names: Iterable[str]) -> str:
    """Make a pattern of names, which finds nothing where there are none."""
    return rf"(?:{'|'.join(names) or '(?!)'})"


def _kinds_of(words: Vocabularies, forms: str) -> list[str]:
    """Return what kinds of some forms are called, folded; „X und Y“ is two names where both are one word."""
    kinds: list[Word] = [kind for kind in words.kinds.values() if kind.form and kind.form in forms]
    kinds += [kind for kind in words.place_kinds.values() if kind.form and kind.form in forms]
    names = {kind.name for kind in kinds}
    names |= {text.name for kind in kinds for text in kind.translations.values() if text.name}
    names |= {part for name in names for part in re.split(" (?:und|oder) ", name) if " " not in part}
    return sorted(" ".join(folded_words(name)) for name in names if len(name) >= _LONG_ENOUGH)


def kind_in(text: str, kinds: re.Pattern[str]) -> Speech | None:
    """Return what of a text names a house's kind; „Wohngruppen“ are all that there are, a „Wohngruppenkind“ is called after one."""
    match = kinds.search(" ".join(folded_words(text)))
    if match is None:
        return None
    text = seen(text)
    first = match.string.count(" ", 0, match.start())
    said = list(_words_of_sentence(text))[first : first + match[0].count(" ") + 1]
    before, after = text[: said[0].start], text[said[-1].end :]
    return Speech(
        _shorten_quotation(text[said[0].start : said[-1].end]),
        False,
        match["more"] in ("", "s") and not leads_away(before, after, _BESIDE),
    )


def leads_away(before: str, after: str, beside: re.Pattern[str] | None = None) -> bool:
    """Tell whether a preposition leads to what is named between two parts of a text, and nothing says that it is near, as those `beside` do.

    >>> leads_away("Wir begleiten Sie ins ", "."), leads_away("Kinder aus dem ", " spielen mit.")
    (True, False)
    """
    before = before[-_BEFORE:]
    towards = beside.sub("und", before) if beside is not None else before
    if not _LEADING.search(towards) or _HERE.search(f"{before}…{after[:_BEFORE]}"):
        return False
    comers = _COMERS.search(before)
    if comers is None:
        return True
    leads_to_them = before[: comers.start()]
    return any(one.search(leads_to_them) for one in (_LEADING, _GOVERNED))


def speech(text: str) -> Iterator[Speech]:
    """Yield what certainly or maybe speaks of a refuge, by sentence."""
    lists = _load_word_lists()
    for sentence, words in _sentences(text, lists.telling):
        yield from _spoken(sentence, words, lists)


def hinted(text: str) -> str:
    """Return the first sentence with words for people and for house or violence."""
    lists = _load_word_lists()
    for sentence, words in _sentences(text, lists.people):
        if _come_together(words, lists):
            return _shorten_quotation(sentence)
    return ""


def _sentences(text: str, needed: frozenset[str]) -> Iterator[tuple[str, list[_MarkedWord]]]:
    """Yield (sentence, words) that hold any of the listed words."""
    text = seen(_DIVIDED.sub("", text))
    # Most texts and sentences hold no such word: each is parted into its words only where one does.
    if not _has_needed_word(_chunks(text), needed):
        return
    for sentence in _SENTENCE.split(text):
        if _has_needed_word(_CHUNK.findall(sentence), needed):
            yield (
                sentence,
                _unmark_harmless_phrases(list(_words_of_sentence(sentence)), _load_word_lists().never),
            )


@lru_cache(maxsize=16)
def _chunks(text: str) -> frozenset[str]:
    """Return a text's pieces, cached for several readers."""
    return frozenset(_CHUNK.findall(text))


def _has_needed_word(chunks: Iterable[str], needed: frozenset[str]) -> bool:
    """Tell whether pieces hold any of the words."""
    return not needed.isdisjoint(chain.from_iterable(map(_all_marks, chunks)))


@lru_cache(maxsize=100_000)
def _all_marks(chunk: str) -> frozenset[str]:
    # Figures and coordinates: a third of all pieces.
    if chunk.isascii() and not _LATIN.search(chunk):
        return frozenset()
    return frozenset().union(*(marks for _, marks in _marked_words(chunk)))


def _come_together(words: Sequence[_MarkedWord], lists: _Lists) -> bool:
    """Tell whether two different words of a sentence are of lists that go together."""
    listed = _marks_of_words(words)
    people, houses, violence = (
        set(map(itemgetter(1), _find_first_phrase(phrases, words, listed))) for phrases in lists.together
    )
    return any(people and other and len(people | other) > 1 for other in (violence, houses))


def is_common(word: str) -> bool:
    """Tell whether a word is listed, so that many such houses may bear it."""
    return any(_marks(part) for part in folded_words(word))


def _spoken(sentence: str, words: Sequence[_MarkedWord], lists: _Lists) -> Iterator[Speech]:
    """Yield what in a sentence means a refuge, then what may."""
    listed = _marks_of_words(words)
    itself = True
    for phrases, certain in ((lists.names, True), (lists.perhaps, False)):
        for phrase, first, last in _find_first_phrase(phrases, words, listed):
            around = sentence[: words[first].start], sentence[words[last].end :]
            # Where the certain words only lead there, so do others of the sentence.
            itself = itself and not _is_elsewhere(*around, phrase, words[last].word)
            yield Speech(_shorten_quotation(sentence[words[first].start : words[last].end]), certain, itself)
    if all(any(_find_first_phrase(phrases, words, listed)) for phrases in lists.together):
        yield Speech(_shorten_quotation(sentence), False, itself)


def _is_elsewhere(before: str, after: str, phrase: _Phrase, word: str) -> bool:
    """Tell whether words belong to another name or a preposition leads there."""
    # „Adresse … geheim“ is nobody's name.
    if len(phrase.groups) > 1:
        return False
    written = phrase.groups[0][-1]
    if written in _load_word_lists().compounds and _goes_on(written, word):
        return True
    return _SEVERAL.search(word) is not None or leads_away(before, after)


def _goes_on(written: str, word: str) -> bool:
    """Tell whether a German compound goes on, but not with a house."""
    after = word.partition(written.strip("*"))[2]
    if _ENDING.fullmatch(after) or word.endswith(_load_word_lists().heads):
        return False
    return _load_word_lists().houses.isdisjoint(_marks(word) | _marks(after))


def _find_first_phrase(
    phrases: Iterable[_Phrase], words: Sequence[_MarkedWord], listed: frozenset[str]
) -> Iterator[tuple[_Phrase, int, int]]:
    """Yield the first phrase found, if any, with the numbers of its first and last word."""
    for phrase in phrases:
        found = _find(phrase, words) if phrase.words <= listed else None
        if found is not None:
            yield phrase, *found
            return


def _marks_of_words(words: Iterable[_MarkedWord]) -> frozenset[str]:
    """Return all listed words in a sentence."""
    return frozenset(chain.from_iterable(word.marks for word in words))


def _find(phrase: _Phrase, words: Sequence[_MarkedWord]) -> tuple[int, int] | None:
    """Return the numbers of a phrase's first and last word in a sentence, or None."""
    starts: list[int] = []
    after = 0
    for group in phrase.groups:
        at = next((here for here in range(after, len(words)) if _stand_at(group, words, here)), None)
        if at is None:
            return None
        starts.append(at)
        after = at + len(group)
    return starts[0], after - 1


def _stand_at(group: Sequence[str], words: Sequence[_MarkedWord], at: int) -> bool:
    if at + len(group) > len(words):
        return False
    return all(part in words[at + step].marks for step, part in enumerate(group))


def _unmark_harmless_phrases(words: Sequence[_MarkedWord], never: Iterable[_Phrase]) -> list[_MarkedWord]:
    """Unmark words of phrases that never mean a refuge."""
    left = list(words)
    listed = _marks_of_words(words)
    for phrase in never:
        if not phrase.words <= listed:
            continue
        found = _find(phrase, left)
        while found is not None:
            for at in range(found[0], found[1] + 1):
                left[at] = left[at]._replace(marks=frozenset())
            found = _find(phrase, left)
    return left


def _shorten_quotation(text: str) -> str:
    plain = " ".join(text.split()).strip(" .,;:!?()[]„“”\"'»«")
    return shorten(plain, _CUT, placeholder="…")


def _words_of_sentence(sentence: str) -> Iterator[_MarkedWord]:
    """Yield a sentence's words; blanks may divide several."""
    for chunk in _CHUNK.finditer(sentence):
        for word, marks in _marked_words(chunk[0]):
            yield _MarkedWord(word, marks, chunk.start(), chunk.end())


def _marked_words(chunk: str) -> list[tuple[str, frozenset[str]]]:
    """Return a piece's words with marks; „Frauen-Haus“ is one word, with the marks of its parts, too."""
    chunk = _SUFFIX.sub("", chunk)
    words = folded_words(chunk)
    if len(words) == 1 and _JOINERS.search(chunk):
        parts = folded_words(_JOINERS.sub(" ", chunk))
        return [(words[0], _marks(words[0]).union(*map(_marks, parts)))]
    return [(word, _marks(word)) for word in words]


@lru_cache(maxsize=100_000)
def folded_words(chunk: str) -> tuple[str, ...]:
    """Return words in small letters, without accents, hyphens and gender signs.

    >>> folded_words("Frauen-Schutz-Häuser"), folded_words("(Mädchen_haus)")
    (('frauenschutzhaeuser',), ('maedchenhaus',))
    """
    plain = chunk.casefold()
    if not plain.isascii():
        plain = _without_marks(plain)
    return tuple(re.findall(r"[^\W_]+", _JOINERS.sub("", plain)))


def _without_marks(text: str) -> str:
    """Return normalised letters without invisible signs and accents."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf").translate(_LETTERS)
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if unicodedata.category(sign) != "Mn")


@lru_cache(maxsize=100_000)
def _marks(word: str) -> frozenset[str]:
    """Return which listed words a word is."""
    lists = _load_word_lists()
    found = {word} & lists.whole
    found |= {f"{word[:end]}*" for end in lists.lengths if word[:end] in lists.beginnings}
    if word.endswith(lists.endings):
        found |= {f"*{ending}" for ending in lists.endings if word.endswith(ending)}
    if lists.any_part.search(word):
        found |= {f"*{part}*" for part in lists.parts if part in word}
    return frozenset(found)


@cache
def _load_word_lists() -> _Lists:
    languages = yaml.load(
        packaged_text("generator", "vocabulary", "refuges.yml"),
        Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader),
    )
    lists: list[tuple[_Phrase, ...]] = [
        tuple(map(_phrase, chain.from_iterable(language[part] for language in languages.values())))
        for part in ("names", "perhaps", "never", "people", "houses", "violence")
    ]
    names, perhaps, never, people, houses, violence = lists
    words = _words_of_phrases(chain.from_iterable(lists))
    starred = [word for word in words if "*" in word]
    endings = [word for word in starred if word.startswith("*")]
    beginnings = frozenset(word[:-1] for word in starred if word[0] != "*")
    german = languages["de"]
    return _Lists(
        names,
        perhaps,
        never,
        (people, houses, violence),
        whole=words.difference(starred),
        beginnings=beginnings,
        lengths=frozenset(map(len, beginnings)),
        endings=tuple(word[1:] for word in endings if word[-1] != "*"),
        parts=tuple(word[1:-1] for word in endings if word[-1] == "*"),
        any_part=re.compile("|".join(word[1:-1] for word in endings if word[-1] == "*")),
        compounds=_words_of_phrases(map(_phrase, german["names"] + german["perhaps"])),
        people=_words_of_phrases(people),
        houses=_words_of_phrases(houses),
        heads=_PARTS
        + tuple(word for word in _words_of_phrases(map(_phrase, german["houses"])) if "*" not in word),
        telling=frozenset(max(phrase.words, key=len) for phrase in (*names, *perhaps, *violence)),
    )


def _phrase(text: str) -> _Phrase:
    """Read a listed phrase, folded like texts."""
    groups = tuple(tuple(map(_fold_word_pattern, group.split())) for group in text.split("…"))
    return _Phrase(groups, frozenset(chain.from_iterable(groups)))


def _fold_word_pattern(word: str) -> str:
    before = "*" * word.startswith("*")
    after = "*" * word.endswith("*")
    return f"{before}{''.join(folded_words(word.strip('*')))}{after}"


def _words_of_phrases(phrases: Iterable[_Phrase]) -> frozenset[str]:
    """Return all words that phrases are written with."""
    return frozenset(chain.from_iterable(phrase.words for phrase in phrases))
