"""Takes the entries of one language and hands out the word forms of their texts with the entries they occur in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from generator.search.entry import Entry, Field
from generator.search.folding import fold, words
from generator.search.languages import stemmer, stop_words
from generator.search.packing import SEPARATOR, pack_groups, pack_numbers

Counts = dict[Field, Counter[str]]
"""How often each folded word stands in each text of an entry."""

# How much a word says about an entry, by the text it stands in; a title says more and is weighed in the browser.
WEIGHTS: Mapping[Field, float] = {
    "summary": 4.0, "keywords": 4.0, "provider": 3.0, "place": 3.0, "space": 3.0, "description": 1.0,
}  # fmt: skip
_SATURATION = 3.0
_LENGTH_COUNTS = 0.5
# Weights as the browser gets them: the smallest of these that is at least as large as the true one, of at most 4.
_LEVELS = (1.0, 1.75, 2.5, 4.0)


def full_part(
    entries: Sequence[Entry], rows: Sequence[Sequence[str]], grave: Collection[str], language: str
) -> dict[str, Any]:
    """Return the word forms of all texts and of `rows` (names and lay words of concepts), grouped by stem (`heads` and `tails`: see `pack_groups`), and for each group the entries that have it in a text but the title
    (`postings`: step from the entry before times 4, plus the number of its weight in `levels`). Of a guarded entry's texts only words with a `grave` stem count."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    counted: list[Counts] = []
    for entry in entries:
        counts: Counts = {}
        for name in WEIGHTS:
            telling = _telling_words(entry, name, grave, language)
            _add_spellings(spellings, telling)
            counts[name] = Counter(map(fold, telling))
        counted.append(counts)
    for entry in entries:
        _add_spellings(spellings, words(entry.title))
    for row in rows:
        for text in row:
            _add_spellings(spellings, words(text))
    groups = _groups(spellings, language)
    heads, tails = pack_groups(groups)
    return {
        "levels": _LEVELS,
        "heads": heads,
        "tails": tails,
        "postings": SEPARATOR.join(map(pack_numbers, _postings(groups, counted))),
    }


def _telling_words(entry: Entry, name: Field, grave: Collection[str], language: str) -> list[str]:
    """List the words of one of an entry's texts without empty ones and single letters; of a guarded entry those with a `grave` stem alone."""
    stem = stemmer(language)
    ignored = stop_words(language)
    found = []
    for word in words(entry.texts.get(name, "")):
        form = fold(word)
        if entry.guarded and stem(word) not in grave:
            continue
        is_letter = len(form) == 1 and not form.isdigit()
        if form not in ignored and not is_letter:
            found.append(word)
    return found


def _add_spellings(spellings: dict[str, Counter[str]], written: Iterable[str]) -> None:
    """Count each written word under its folded form."""
    for word in written:
        spellings[fold(word)][word] += 1


def _groups(spellings: Mapping[str, Counter[str]], language: str) -> list[list[str]]:
    """Group the commonest spelling of every form by stem, in an order in which neighbours begin alike."""
    stem = stemmer(language)
    groups: dict[str, list[str]] = defaultdict(list)
    for counts in spellings.values():
        form = min(counts, key=lambda word: (-counts[word], word))
        groups[stem(form)].append(form)
    for group in groups.values():
        group.sort(key=_alphabetical)
    return sorted(groups.values(), key=lambda group: _alphabetical(group[0]))


def _postings(groups: Sequence[Sequence[str]], counted: Sequence[Counts]) -> list[list[int]]:
    """List for each group of forms the entries that have it, as steps from the one before, with the level of its weight."""
    group_of: dict[str, int] = {}
    for number, group in enumerate(groups):
        group_of.update((fold(form), number) for form in group)
    postings: list[list[int]] = [[] for _ in groups]
    last = [0] * len(groups)
    for entry, weights in enumerate(_weights(counted, group_of)):
        for group_number, weight in weights.items():
            step = entry - last[group_number]
            postings[group_number].append(step * len(_LEVELS) + _level(weight))
            last[group_number] = entry
    return postings


def _level(weight: float) -> int:
    """Return the number of the level to which a weight is rounded up."""
    share = 4 * weight / (_SATURATION + weight)
    for number, bound in enumerate(_LEVELS[:-1]):
        if share <= bound:
            return number
    return len(_LEVELS) - 1


def _alphabetical(form: str) -> tuple[str, str]:
    return form.lower(), form


def _weights(counted: Sequence[Counts], group_of: Mapping[str, int]) -> Iterable[dict[int, float]]:
    """Weigh every stem of every entry (BM25F: Robertson, Zaragoza 2009, eq. 3.22)."""
    totals = {name: _total_length(counted, name) for name in WEIGHTS}
    for counts in counted:
        frequency: dict[int, float] = defaultdict(float)
        for name, weight in WEIGHTS.items():
            if not counts[name]:
                continue
            total, holders = totals[name]
            length = counts[name].total() * holders / total
            factor = weight / (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length)
            for form, times in counts[name].items():
                frequency[group_of[form]] += factor * times
        yield frequency


def _total_length(counted: Iterable[Counts], name: Field) -> tuple[int, int]:
    """Return how many words all texts of a sort have together, and how many entries have such a text."""
    lengths = [counts[name].total() for counts in counted if counts[name]]
    return sum(lengths), len(lengths)
