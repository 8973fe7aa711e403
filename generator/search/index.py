"""Takes the entries of one language and hands out the three files with which a browser searches them.

``search/title.<language>.json`` has what a result list shows, and the words of titles, topics and synonyms. It is all
that most searches need. ``search/full.<language>.json`` has every word form of the other texts, grouped by stem, with
the entries they occur in, ``search/tongues.<language>.json`` the words of other languages. ``assets/js/matching.js``
reads all of them; the last two always come one after the other, so that no request tells what was typed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from generator.model.slugs import slug
from generator.search.entry import Concept, Entry, NamedFilter, SearchSynonym
from generator.search.folding import fold, words
from generator.search.full_part import full_part
from generator.search.languages import base, faint_words, spoken_forms, stemmer, stop_words
from generator.search.packing import SEPARATOR, distances, pack_numbers, pack_table
from generator.search.topic_model import OWN, TopicModel, model_part

VERSION = 1
_EVERYDAY = {"offer", "topic", "place"}
_NAME = 9
"""Letters from which on a word of a title is a name: „Muschelgruppe“, and not „Nacht“."""


def build(
    entries: Sequence[Entry],
    *,
    language: str,
    kinds: Mapping[str, str],
    concepts: Mapping[str, Concept],
    synonyms: Iterable[SearchSynonym] = (),
    filters: Iterable[NamedFilter] = (),
    doors: Collection[str] = (),
    models: Sequence[TopicModel] = (),
    everywhere: Iterable[str] = (),
) -> dict[str, bytes]:
    """Build the index files of one language, by their paths relative to the language's tree.

    ``kinds`` gives the heading of each kind of entry in the order of the site, ``concepts`` what each
    concept is called. Synonyms of other languages are a part of their own: they are looked up where the site's own words
    know nothing. ``doors`` are the languages in which the search leads somewhere: that part has
    the words that are of no other language; ``models`` say which topics a query may mean, each in the part whose words it has read; ``everywhere`` are
    names that are said of everything here, the town's own. Raises ``ValueError`` where an entry's id isn't its place
    in ``entries``, and ``KeyError`` for a kind or concept that isn't in its table.
    """
    for place, entry in enumerate(entries):
        if entry.id != place:
            raise ValueError(f"entry {entry.url} has id {entry.id}, but stands at place {place}")
    own: list[SearchSynonym] = []
    foreign: list[SearchSynonym] = []
    for synonym in synonyms:
        (own if base(synonym.language) == base(language) else foreign).append(synonym)
    used = sorted({concept for entry in entries for concept in entry.concepts})
    row_of = {concept: number for number, concept in enumerate(used)}
    rows, of_entry, phrases = _concept_rows(entries, concepts, row_of, own, foreign, language)
    guarded = [row_of[concept] for concept in used if concepts[concept].guarded]
    stem, common = stemmer(language), _common_stems(entries, language)
    for row in guarded:
        rows[row][0] = " ".join(word for word in words(rows[row][0]) if stem(word) not in common)
    for entry in filter(attrgetter("guarded"), entries):
        guarded.append(len(rows))
        of_entry[entry.id].append(len(rows))
        rows.append(["", ";".join(_own_names(entry, common, language)), entry.title])
    faint = faint_words() | {fold(word) for name in everywhere for word in words(name)}
    title = _title_part(entries, *_shared(rows), of_entry, kinds, faint, language)
    title |= _facets(filters, own, row_of)
    title["guardedRows"] = pack_numbers(distances(guarded))
    title["onlyFor"] = _only_for(entries, concepts, row_of, own, language)
    title["leisure"] = pack_numbers(distances([entry.id for entry in entries if entry.leisure]))
    grave = {stem(word) for row in guarded for text in rows[row][:2] for word in words(text)}
    full = full_part(entries, rows, grave, language)
    tongues = _spoken(row_of | phrases, foreign, language) | _doors(foreign, doors)
    for model in models:
        (tongues if OWN in model.topics else full)["model"] = model_part(model, row_of)
    parts = {"title": title, "full": full, "tongues": tongues}
    about = {"version": VERSION, "language": language}
    return {
        f"search/{name}.{language}.json": _bytes(about | {"part": name} | part)
        for name, part in parts.items()
    }


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _concept_rows(
    entries: Sequence[Entry],
    concepts: Mapping[str, Concept],
    place: Mapping[str, int],
    synonyms: Sequence[SearchSynonym],
    foreign: Sequence[SearchSynonym],
    language: str,
) -> tuple[list[list[str]], list[list[int]], dict[str, int]]:
    """Lay out a row per concept (names, single lay words, lay phrases), list the rows of each entry, and say which row is that of a phrase.

    A concept that the entry's title names is listed twice: it is what the entry is about. Rows of synonyms that stand
    for a phrase have no names and come after those of the entry's concepts; those of other languages have no words either.
    """
    rows = [[concepts[concept].names, "", concepts[concept].phrase] for concept in place]
    of_entry = [
        [
            place[concept]
            for concept in dict.fromkeys(entry.concepts)
            for _ in range(2 if _names(entry, concepts[concept], language) else 1)
        ]
        for entry in entries
    ]
    stem = stemmer(language)
    ignored = stop_words(language)
    strong: list[set[str]] | None = None
    by_entries: dict[tuple[int, ...], list[list[str]]] = defaultdict(lambda: [[], []])
    found_by: dict[str, tuple[int, ...]] = {}
    for synonym in (*synonyms, *foreign):
        own = base(synonym.language) == base(language)
        for meaning in synonym.means:
            if meaning in concepts:
                if own and meaning in place:
                    row = rows[place[meaning]]
                    for lay in synonym.words:
                        segment = 1 if len(words(lay)) == 1 else 2
                        row[segment] = f"{row[segment]};{lay}".strip(";")
                continue
            if strong is None:
                strong = [_strong_stems(entry, concepts, language) for entry in entries]
            if meaning not in found_by:
                wanted = {stem(word) for word in words(meaning) if fold(word) not in ignored}
                found_by[meaning] = tuple(
                    number
                    for number, stems in enumerate(strong)
                    if wanted and wanted <= stems and not entries[number].guarded
                )
            found = found_by[meaning]
            if found:
                segments = by_entries[found]
                for lay in synonym.words if own else ():
                    segments[0 if len(words(lay)) == 1 else 1].append(lay)
    row_of_found: dict[tuple[int, ...], int] = {}
    for found, (single, several) in sorted(by_entries.items()):
        row_of_found[found] = len(rows)
        for number in found:
            of_entry[number].append(len(rows))
        rows.append(["", ";".join(single), ";".join(several)])
    phrases = {meaning: row_of_found[found] for meaning, found in found_by.items() if found}
    return rows, of_entry, phrases


def _common_stems(entries: Iterable[Entry], language: str) -> set[str]:
    """What says nothing grave by itself: stems in titles of offers, topics and places that aren't guarded, and silent words."""
    stem = stemmer(language)
    titles = [entry.title for entry in entries if entry.kind in _EVERYDAY and not entry.guarded]
    silent = stop_words(language) | faint_words()
    return {stem(word) for title in titles for word in words(title)} | {stem(word) for word in silent}


def _own_names(entry: Entry, common: Collection[str], language: str) -> list[str]:
    """List the words of a guarded entry's title that are names: long ones that no everyday title has."""
    stem = stemmer(language)
    return [word for word in words(entry.title) if len(word) >= _NAME and stem(word) not in common]


def _shared(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """Take the lay words that several concepts share out of their rows: each stands once, beside the numbers of its rows.

    Three of four lay words mean a topic and a kind of offer, which lie far apart in the file.
    """
    own = [[names, "", ""] for names, _, _ in rows]
    holders: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for segment in (1, 2):
            for lay in dict.fromkeys(filter(None, row[segment].split(";"))):
                holders[segment, lay].append(number)
    shared: dict[tuple[int, ...], list[list[str]]] = defaultdict(lambda: [[], []])
    for (segment, lay), numbers in holders.items():
        shared[tuple(numbers)][segment - 1].append(lay)
    lists: list[list[str]] = []
    for held, (single, several) in sorted(shared.items()):
        if len(held) == 1:
            own[held[0]][1:] = [";".join(single), ";".join(several)]
        else:
            lists.append([pack_numbers(distances(held)), ";".join(single), ";".join(several)])
    return own, lists


def _only_for(
    entries: Sequence[Entry],
    concepts: Mapping[str, Concept],
    place: Mapping[str, int],
    synonyms: Sequence[SearchSynonym],
    language: str,
) -> list[list[Any]]:
    """List the entries that are for some people alone: the rows of their groups, and with which beginnings of words somebody says to be one of them."""
    stem = stemmer(language)
    said: dict[str, set[str]] = defaultdict(set)
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for entry in entries:
        if entry.only_for:
            held[entry.only_for].append(entry.id)
    wanted = set(chain.from_iterable(held))
    for synonym in synonyms:
        for meaning in wanted.intersection(synonym.means):
            said[meaning] |= {" ".join(map(fold, words(lay))) for lay in synonym.words}
    for groups in held:
        for group in groups:
            said[group] |= {" ".join(map(fold, words(one))) for one in concepts[group].said}
            said[group] |= {stem(name) for name in words(concepts[group].names)}
    return [
        [
            [place[group] for group in groups if group in place],
            pack_numbers(distances(ids)),
            ";".join(sorted(set[str]().union(*(said[group] for group in groups)))),
        ]
        for groups, ids in sorted(held.items())
    ]


def _facets(
    filters: Iterable[NamedFilter], synonyms: Sequence[SearchSynonym], place: Mapping[str, int]
) -> dict[str, Any]:
    """List the filters that words can name: label, words, the row of a concept or -1, the entries where they aren't those of the concept, which list they share."""
    filters = tuple(filters)
    lay: dict[str, list[str]] = {one.concept: [] for one in filters}
    for synonym in synonyms:
        for meaning in lay.keys() & synonym.means:
            lay[meaning] += synonym.words
    shared = {one.label: one.entries for one in filters if not one.words}
    numbers = {label: number for number, label in enumerate(shared)}
    rows: list[list[Any]] = []
    for one in filters:
        if one.words and (one.entries or one.concept in place or shared.get(one.shared)):
            said = dict.fromkeys((*one.words, *lay[one.concept]))
            own = None if one.concept in place and not one.entries else pack_numbers(distances(one.entries))
            rows.append([one.label, ";".join(said), place.get(one.concept, -1), own, numbers.get(one.shared)])
    return {"facets": rows, "lists": [pack_numbers(distances(entries)) for entries in shared.values()]}


def _spoken(place: Mapping[str, int], synonyms: Sequence[SearchSynonym], language: str) -> dict[str, Any]:
    """List what the rows of concepts and phrases are called in other languages, as it is looked up, and the empty words of these."""
    rows: dict[str, set[int]] = defaultdict(set)
    for synonym in synonyms:
        meant = {place[meaning] for meaning in synonym.means if meaning in place}
        for lay in synonym.words if meant else ():
            rows[" ".join(map(fold, words(lay)))] |= meant
    said: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for lay, meant in rows.items():
        said[tuple(sorted(meant))].append(lay)
    languages = sorted({base(synonym.language) for synonym in synonyms})
    empty = frozenset[str]().union(*(stop_words(code) for code in languages)) - stop_words(language)
    return {
        "spoken": [[held, ";".join(phrases)] for held, phrases in sorted(said.items())],
        "spokenStop": " ".join(sorted(empty)),
    }


def _doors(synonyms: Sequence[SearchSynonym], languages: Collection[str]) -> dict[str, Any]:
    """List the words by which a query in one of the languages is known: single ones, of that language alone."""
    if not languages:
        return {}
    said: dict[str, set[str]] = defaultdict(set)
    for synonym in synonyms:
        for phrase in synonym.words:
            said[base(synonym.language)].update(map(fold, words(phrase)))
    found = {}
    for language in sorted({*languages} & said.keys()):
        others = set[str]().union(*(words for code, words in said.items() if code != language))
        single = {
            fold(phrase)
            for one in synonyms
            if base(one.language) == language
            for phrase in one.words
            if len(words(phrase)) == 1
        }
        own = sorted(form for form in single - others if len(form) > 2)
        if own:
            found[language] = " ".join(own)
    return {"doors": found} if found else {}


def _names(entry: Entry, concept: Concept, language: str) -> bool:
    title = fold(entry.title)
    stem = stemmer(language)
    return any(len(name) > 3 and name in title for name in map(stem, words(concept.names)))


def _strong_stems(entry: Entry, concepts: Mapping[str, Concept], language: str) -> set[str]:
    stem = stemmer(language)
    texts = [entry.title, *(concepts[concept].names for concept in entry.concepts)]
    texts += [entry.texts.get("keywords", ""), entry.texts.get("summary", "")]
    return {stem(word) for text in texts for word in words(text)}


def _title_part(
    entries: Sequence[Entry],
    rows: Sequence[Sequence[str]],
    shared: Sequence[Sequence[str]],
    of_entry: Sequence[Sequence[int]],
    kinds: Mapping[str, str],
    faint: Collection[str],
    language: str,
) -> dict[str, Any]:
    stem = stemmer(language)
    first: dict[str, int] = {}  # the first form with a stem
    forms: dict[str, int] = {}
    grouped: list[int] = []
    texts = [text for row in rows for text in row] + [text for _, *lay in shared for text in lay]
    for text in (*(entry.title for entry in entries), *texts):
        for word in words(text):
            form = fold(word)
            if form not in forms:
                here = forms[form] = len(forms)
                grouped.append(here - first.setdefault(stem(word), here))
    order = [kind for kind in kinds if any(entry.kind == kind for entry in entries)]
    missing = {entry.kind for entry in entries} - set(order)
    if missing:
        raise KeyError(f"no heading for entries of the kind {', '.join(sorted(missing))}")
    folders = {kind: _folder(entry.url for entry in entries if entry.kind == kind) for kind in order}
    runs: list[int] = []
    for kind, run in groupby(entries, key=attrgetter("kind")):
        runs += [order.index(kind), sum(1 for _ in run)]
    sorts = max((len(entry.facts) for entry in entries), default=0)
    lines = [entry.subtitle for entry in entries]
    facts = [
        [entry.facts[sort] if sort < len(entry.facts) else "" for entry in entries] for sort in range(sorts)
    ]
    foreign: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.language:
            foreign[entry.language].append(entry.id)
    return {
        "kinds": [[kind, kinds[kind], folders[kind]] for kind in order],
        "runs": pack_numbers(runs),
        "titles": [entry.title for entry in entries],
        "urls": [_short_url(entry, folders[entry.kind]) for entry in entries],
        "lines": [pack_table(column) for column in (lines, *facts)],
        "foreign": {code: pack_numbers(distances(ids)) for code, ids in sorted(foreign.items())},
        "concepts": rows,
        "shared": shared,
        "guarded": pack_numbers(distances([entry.id for entry in entries if entry.guarded])),
        "grave": pack_numbers(distances([entry.id for entry in entries if entry.grave])),
        "ages": pack_table(entry.ages for entry in entries),
        "ofEntry": SEPARATOR.join(pack_numbers(numbers) for numbers in of_entry),
        "forms": len(forms),
        "groups": pack_numbers(grouped),
        "faint": " ".join(sorted(faint)),
        "written": spoken_forms(language),
        "stop": " ".join(sorted(stop_words(language))),
    }


def _folder(urls: Iterable[str]) -> str:
    """Find the folder that all urls share, with its closing slash, or nothing."""
    shared: list[str] | None = None
    for url in urls:
        parts = url.rstrip("/").split("/")[:-1]
        if shared is None:
            shared = parts
        while shared != parts[: len(shared)]:
            shared.pop()
    return "/".join([*shared, ""]) if shared else ""


def _short_url(entry: Entry, folder: str) -> str:
    """Leave out of a url what the browser can tell from the title: ``+`` and the rest, or ``=`` and the whole."""
    rest = entry.url.removeprefix(folder)
    start = slug(entry.title)
    if start and rest == f"{start}/":
        return ""
    return f"+{rest[len(start) :]}" if start and rest.startswith(start) else f"={rest}"
