"""Decide what may be shown of places, and recognise words for a house whose address nobody may know.

`vocabulary/refuges.yml` is the one list of words. Some are certain, others make one ask.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from itertools import chain
from textwrap import shorten
from typing import Literal, NamedTuple

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
_COMERS = re.compile(
    r"(?<!-)\b(?:[A-ZÄÖÜ]\w+|kommt|kommen)\s(?:aus|von)\s(?:de[mr]|unse\w+|the)\s+(?:[a-zäöü]+\s+)?\Z"
)
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


class _Phrases(NamedTuple):
    """Phrases of a list as one pattern for folded sentences, whose groups are these phrases."""

    pattern: re.Pattern[str]
    phrases: tuple[str, ...]  # folded, as `refuges.yml` writes them

    def found(self, words: str) -> Iterator[re.Match[str]]:
        """Yield where a folded sentence holds any."""
        return self.pattern.finditer(words)


class _Lists(NamedTuple):
    """All of `refuges.yml`, folded."""

    names: _Phrases  # certainly mean a protected house
    perhaps: _Phrases  # make one ask
    never: _Phrases  # hold such words and mean none
    together: tuple[_Phrases, ...]
    """Words for people, for a house and for violence: one of each in a sentence may mean a protected house, two make one ask beside a place."""
    compounds: frozenset[str]
    """German words that may stand within longer ones."""
    houses: re.Pattern[str]
    heads: tuple[str, ...]
    """German words for a house, with which longer ones may end."""
    listed: re.Pattern[str]
    """Any single word of the lists."""
    telling: re.Pattern[str]
    """Words without which a sentence says nothing: of each name, each phrase and each word of violence the longest."""
    people: re.Pattern[str]


class _Folded(NamedTuple):
    """A sentence's words in folded letters, and where the piece of each stands."""

    words: str
    places: tuple[tuple[int, int], ...]

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Return where in the sentence stands what was found in its words."""
        first = self.words.count(" ", 0, match.start())
        return self.places[first][0], self.places[first + match[0].count(" ")][1]


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
    text = seen(text)
    sentence = _fold_sentence(text)
    match = kinds.search(sentence.words)
    if match is None:
        return None
    start, end = sentence.span(match)
    itself = match["more"] in ("", "s") and not leads_away(text[:start], text[end:], _BESIDE)
    return Speech(_shorten_quotation(text[start:end]), False, itself)


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
    for sentence, folded in _sentences(text, "telling"):
        yield from _spoken(sentence, folded, lists)


def hinted(text: str) -> str:
    """Return the first sentence with two different words, for people and for house or violence."""
    lists = _load_word_lists()
    for sentence, folded in _sentences(text, "people"):
        people, houses, violence = (
            {folded.span(match)[0] for match in phrases.found(folded.words)} for phrases in lists.together
        )
        if any(people and other and len(people | other) > 1 for other in (violence, houses)):
            return _shorten_quotation(sentence)
    return ""


def _sentences(text: str, needed: Literal["telling", "people"]) -> Iterator[tuple[str, _Folded]]:
    """Yield (sentence, words) that hold any of the needed words, without phrases that never mean a refuge."""
    text = seen(_DIVIDED.sub("", text))
    # Most texts and sentences hold no such word: each is folded only where one does.
    if not any(_holds(chunk, needed) for chunk in _chunks(text)):
        return
    for sentence in _SENTENCE.split(text):
        if any(_holds(chunk, needed) for chunk in _CHUNK.findall(sentence)):
            words, places = _fold_sentence(sentence)
            harmless = _load_word_lists().never.pattern
            yield sentence, _Folded(harmless.sub(lambda found: re.sub(r"\w+", "_", found[0]), words), places)


@lru_cache(maxsize=16)
def _chunks(text: str) -> frozenset[str]:
    """Return a text's pieces, cached for several readers."""
    return frozenset(_CHUNK.findall(text))


@lru_cache(maxsize=200_000)
def _holds(chunk: str, needed: Literal["telling", "people"]) -> bool:
    """Tell whether a piece holds any of a list's words; by its name, for a pattern is slow to look up."""
    pattern: re.Pattern[str] = getattr(_load_word_lists(), needed)
    return pattern.search(_fold_chunk(chunk)) is not None


@lru_cache(maxsize=100_000)
def _fold_chunk(chunk: str) -> str:
    """Return a piece's words folded; a third of all pieces are figures and coordinates, without any."""
    return "" if chunk.isascii() and not _LATIN.search(chunk) else _fold_sentence(chunk).words


def is_common(word: str) -> bool:
    """Tell whether a word is listed, so that many such houses may bear it."""
    return _load_word_lists().listed.search(" ".join(folded_words(word))) is not None


def is_house(word: str) -> bool:
    """Tell whether a word is listed as one for a house."""
    return _load_word_lists().houses.search(" ".join(folded_words(word))) is not None


def _spoken(sentence: str, folded: _Folded, lists: _Lists) -> Iterator[Speech]:
    """Yield what in a sentence means a refuge, then what may."""
    itself = True
    for phrases, certain in ((lists.names, True), (lists.perhaps, False)):
        match = next(phrases.found(folded.words), None)
        if match is not None:
            start, end = folded.span(match)
            phrase = phrases.phrases[(match.lastindex or 1) - 1]
            # Where the certain words only lead there, so do others of the sentence.
            itself = itself and not _is_elsewhere(sentence[:start], sentence[end:], phrase, match[0])
            yield Speech(_shorten_quotation(sentence[start:end]), certain, itself)
    if all(any(phrases.found(folded.words)) for phrases in lists.together):
        yield Speech(_shorten_quotation(sentence), False, itself)


def _is_elsewhere(before: str, after: str, phrase: str, found: str) -> bool:
    """Tell whether words belong to another name or a preposition leads there."""
    # „Adresse … geheim“ is nobody's name.
    if "…" in phrase:
        return False
    written, word = phrase.split(" ")[-1], found.split(" ")[-1]
    if written in _load_word_lists().compounds and _goes_on(written, word):
        return True
    return _SEVERAL.search(word) is not None or leads_away(before, after)


def _goes_on(written: str, word: str) -> bool:
    """Tell whether a German compound goes on, but not with a house."""
    after, lists = word.partition(written.strip("*"))[2], _load_word_lists()
    if _ENDING.fullmatch(after) or word.endswith(lists.heads):
        return False
    return not lists.houses.search(f"{word} {after}")


def _shorten_quotation(text: str) -> str:
    plain = " ".join(text.split()).strip(" .,;:!?()[]„“”\"'»«")
    return shorten(plain, _CUT, placeholder="…")


def _fold_sentence(sentence: str) -> _Folded:
    """Return a sentence's words folded; „Frauen-Haus“ is one word, its parts stand behind the sentence."""
    found: list[tuple[str, tuple[int, int]]] = []
    parts = [("_", (0, 0))]
    for chunk in _CHUNK.finditer(sentence):
        piece = _SUFFIX.sub("", chunk[0])
        words = folded_words(piece)
        found += [(word, chunk.span()) for word in words]
        if len(words) == 1 and _JOINERS.search(piece):
            parts += [(word, chunk.span()) for word in folded_words(_JOINERS.sub(" ", piece))]
    found += parts if len(parts) > 1 else ()
    return _Folded(" ".join(word for word, _ in found), tuple(place for _, place in found))


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


@cache
def _load_word_lists() -> _Lists:
    languages = yaml.load(
        packaged_text("generator", "vocabulary", "refuges.yml"),
        Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader),
    )
    lists = {
        part: tuple(map(_fold_phrase, chain.from_iterable(language[part] for language in languages.values())))
        for part in ("names", "perhaps", "never", "people", "houses", "violence")
    }
    german = {
        part: _words_of_phrases(map(_fold_phrase, phrases)) for part, phrases in languages["de"].items()
    }
    telling = {
        max(phrase.split(), key=len) for part in ("names", "perhaps", "violence") for phrase in lists[part]
    }
    return _Lists(
        names=_phrases(lists["names"]),
        perhaps=_phrases(lists["perhaps"]),
        never=_phrases(lists["never"]),
        together=tuple(_phrases(lists[part]) for part in ("people", "houses", "violence")),
        compounds=frozenset(german["names"] + german["perhaps"]),
        houses=_pattern_of_words(_words_of_phrases(lists["houses"])),
        heads=(*_PARTS, *(word for word in german["houses"] if "*" not in word)),
        listed=_pattern_of_words(_words_of_phrases(chain.from_iterable(lists.values()))),
        telling=_pattern_of_words(telling),
        people=_pattern_of_words(_words_of_phrases(lists["people"])),
    )


def _phrases(phrases: tuple[str, ...]) -> _Phrases:
    return _Phrases(_pattern_of_phrases(phrases), phrases)


def _pattern_of_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern for folded sentences, with a group of each phrase: `*word*` is any part of a word, `…` any words between."""
    parts = (re.escape(one).replace(r"\*", r"\w*").replace(r"\ …\ ", r"\ (?:\S+\ )*?") for one in phrases)
    return re.compile(rf"(?<!\S)(?:{'|'.join(f'({part})' for part in parts)})(?!\S)")


def _pattern_of_words(words: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern that tells whether folded texts hold one of single words, together by where their stars are: most texts hold none."""
    by_stars: dict[tuple[bool, bool], set[str]] = defaultdict(set)
    for word in words:
        by_stars[word.startswith("*"), word.endswith("*")].add(word.strip("*"))
    forms = (
        ("" if before else r"(?<!\S)") + _match_any_of(sorted(cores)) + ("" if after else r"(?!\S)")
        for (before, after), cores in sorted(by_stars.items())
    )
    return re.compile("|".join(forms))


def _fold_phrase(text: str) -> str:
    """Return a listed phrase folded like texts.

    >>> _fold_phrase("Anschrift … *geschützt*")
    'anschrift … *geschuetzt*'
    """
    words = ("".join(folded_words(word)) or word for word in text.split())
    stars = ("*" * word.startswith("*") + "{}" + "*" * word.endswith("*") for word in text.split())
    return " ".join(star.format(word) for star, word in zip(stars, words, strict=True))


def _words_of_phrases(phrases: Iterable[str]) -> list[str]:
    """Return all words that phrases are written with."""
    return [word for phrase in phrases for word in phrase.split() if word != "…"]
