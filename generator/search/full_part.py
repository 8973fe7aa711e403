"""Takes the entries of one language and hands out the word forms of their texts with the entries they occur in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf
from typing import Any

from generator.search.entry import Entry, Field
from generator.search.folding import fold, words
from generator.search.languages import stemmer, stop_words
from generator.search.packing import SEPARATOR, pack_groups, pack_numbers

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
    """Group the word forms of all texts by stem, and list the entries that have each stem in a text but the title; of guarded ones `grave` stems alone."""
    stem = stemmer(language)
    ignored = stop_words(language)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    counted: list[dict[Field, Counter[str]]] = []
    for entry in entries:
        fields: dict[Field, Counter[str]] = {}
        for name in WEIGHTS:
            count: Counter[str] = Counter()
            for word in words(entry.texts.get(name, "")):
                form = fold(word)
                if entry.guarded and stem(word) not in grave:
                    continue
                if form in ignored or (len(form) == 1 and not form.isdigit()):
                    continue
                spellings[form][word] += 1
                count[form] += 1
            fields[name] = count
        counted.append(fields)
    for text in (*(entry.title for entry in entries), *(text for row in rows for text in row)):
        for word in words(text):
            spellings[fold(word)][word] += 1
    groups = _groups(spellings, language)
    group_of = {fold(form): number for number, group in enumerate(groups) for form in group}
    postings: list[list[int]] = [[] for _ in groups]
    last = [0] * len(groups)
    for number, weights in enumerate(_weights(counted, group_of)):
        for group, level in weights:
            postings[group].append((number - last[group]) * len(_LEVELS) + level)
            last[group] = number
    heads, tails = pack_groups(groups)
    return {
        "levels": _LEVELS,
        "heads": heads,
        "tails": tails,
        "postings": SEPARATOR.join(pack_numbers(numbers) for numbers in postings),
    }


def _groups(spellings: Mapping[str, Counter[str]], language: str) -> list[list[str]]:
    """Group the commonest spelling of every form by stem, in an order in which neighbours begin alike."""
    stem = stemmer(language)
    groups: dict[str, list[str]] = defaultdict(list)
    for counts in spellings.values():
        form = min(counts, key=lambda word: (-counts[word], word))
        groups[stem(form)].append(form)
    return sorted(
        (sorted(group, key=_alphabetical) for group in groups.values()), key=lambda g: _alphabetical(g[0])
    )


def _alphabetical(form: str) -> tuple[str, str]:
    return form.lower(), form


def _weights(
    counted: Sequence[Mapping[Field, Counter[str]]], group_of: Mapping[str, int]
) -> Iterable[list[tuple[int, int]]]:
    """Weigh every stem of every entry (BM25F: Robertson, Zaragoza 2009, eq. 3.22) and round up to a level."""
    total = {name: sum(fields[name].total() for fields in counted) for name in WEIGHTS}
    holders = {name: sum(1 for fields in counted if fields[name]) for name in WEIGHTS}
    for fields in counted:
        frequency: dict[int, float] = defaultdict(float)
        for name, weight in WEIGHTS.items():
            if not fields[name]:
                continue
            length = fields[name].total() * holders[name] / total[name]
            factor = weight / (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length)
            for form, times in fields[name].items():
                frequency[group_of[form]] += factor * times
        bounds = (*_LEVELS[:-1], inf)
        yield [
            (group, next(n for n, bound in enumerate(bounds) if 4 * value / (_SATURATION + value) <= bound))
            for group, value in frequency.items()
        ]
