"""Takes the entries of one language and hands out the three files with which a browser searches them.

``search/title.<language>.json`` has what a result list shows, and the words of titles, topics and synonyms. It is all
that most searches need. ``search/full.<language>.json`` has every word form of the other texts, grouped by stem, with
the entries they occur in, ``search/tongues.<language>.json`` the words of other languages. ``assets/js/matching.js``
reads all of them; the last two always come one after the other, so that no request tells what was typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from generator.search.concept_rows import ConceptRows, stems_of
from generator.search.entry import Entry, Lexicon, NamedFilter, SearchSynonym
from generator.search.folding import fold_words, words
from generator.search.full_part import full_part
from generator.search.languages import base, faint_words, stemmer, stop_words
from generator.search.packing import distances, pack_numbers, packed_json
from generator.search.title_part import pack_ids, title_part
from generator.search.topic_model import OWN, TopicModel, model_part

VERSION = 1
_EVERYDAY = {"offer", "topic", "place"}
_NAME = 9
"""Letters from which on a word of a title is a name: „Muschelgruppe“, and not „Nacht“."""


def build(
    entries: Sequence[Entry],
    lexicon: Lexicon,
    *,
    kinds: Mapping[str, str],
    filters: Sequence[NamedFilter] = (),
    doors: Collection[str] = (),
    models: Sequence[TopicModel] = (),
) -> dict[str, bytes]:
    """Build the index files of one language, by their paths relative to the language's tree.

    ``kinds`` gives the heading of each kind of entry in the order of the site. ``doors`` are the languages in which the
    search leads somewhere: the part of other languages has the words that are of no other; ``models`` say which topics a
    query may mean, each in the part whose words it has read. Raises ``ValueError`` where an entry's id isn't its place
    in ``entries``, and ``KeyError`` for a kind or concept that isn't in its table.
    """
    _check_ids(entries)
    language, foreign = lexicon.language, lexicon.foreign
    found = ConceptRows(entries, lexicon)
    guarded = _guard(found)
    faint = faint_words().union(*(fold_words(name).split() for name in lexicon.everywhere))
    title = title_part(found, kinds, faint)
    title |= _filters(filters, lexicon.own, found.row_of)
    title["guardedRows"] = pack_numbers(distances(guarded))
    title["onlyFor"] = _only_for(found)
    title["leisure"] = pack_ids(entry for entry in entries if entry.leisure)
    full = full_part(entries, found.rows, _grave_stems(found, guarded), language)
    tongues = _spoken(found.row_of | found.phrases, foreign, language) | _doors(foreign, doors)
    for model in models:
        part = tongues if OWN in model.topics else full
        part["model"] = model_part(model, found.row_of)
    parts = {"title": title, "full": full, "tongues": tongues}
    about = {"version": VERSION, "language": language}
    return {
        f"search/{name}.{language}.json": packed_json(about | {"part": name} | part)
        for name, part in parts.items()
    }


def _check_ids(entries: Iterable[Entry]) -> None:
    """Raise ``ValueError`` where an entry's id isn't its place."""
    for place, entry in enumerate(entries):
        if entry.id != place:
            raise ValueError(f"entry {entry.url} has id {entry.id}, but stands at place {place}")


def _guard(found: ConceptRows) -> list[int]:
    """Leave the names of guarded concepts only words that say something grave, give each guarded entry a row; list all these rows."""
    common = _common_stems(found.entries, found.language)
    guarded = [row for concept, row in found.row_of.items() if found.concepts[concept].guarded]
    for row in guarded:
        names = _uncommon_words(found.rows[row][0], common, found.language)
        found.rows[row][0] = " ".join(names)
    for entry in found.entries:
        if entry.guarded:
            names = _uncommon_words(entry.title, common, found.language)
            long_names = [name for name in names if len(name) >= _NAME]
            guarded.append(len(found.rows))
            found.of_entry[entry.id].append(len(found.rows))
            found.rows.append(["", ";".join(long_names), entry.title])
    return guarded


def _uncommon_words(text: str, common: Collection[str], language: str) -> list[str]:
    stem = stemmer(language)
    return [word for word in words(text) if stem(word) not in common]


def _grave_stems(found: ConceptRows, guarded: Iterable[int]) -> set[str]:
    """Return the stems of names and lay words of guarded rows; by these alone a guarded entry's texts find it."""
    texts: list[str] = []
    for row in guarded:
        names, single, _ = found.rows[row]
        texts += [names, single]
    return stems_of(texts, found.language)


def _common_stems(entries: Iterable[Entry], language: str) -> set[str]:
    """What says nothing grave by itself: stems in titles of offers, topics and places that aren't guarded, and silent words."""
    titles = [entry.title for entry in entries if entry.kind in _EVERYDAY and not entry.guarded]
    silent = stop_words(language) | faint_words()
    return stems_of(titles, language).union(map(stemmer(language), silent))


def _only_for(found: ConceptRows) -> list[list[Any]]:
    """List the entries that are for some people alone: the rows of their groups, and with which beginnings of words somebody says to be one of them."""
    held: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in found.entries:
        if entry.only_for:
            held[entry.only_for].append(entry)
    rows: list[list[Any]] = []
    for groups, entries in sorted(held.items()):
        said = set[str]().union(*(_said_of_group(group, found) for group in groups))
        of_groups = [found.row_of[group] for group in groups if group in found.row_of]
        rows.append([of_groups, pack_ids(entries), ";".join(sorted(said))])
    return rows


def _said_of_group(group: str, found: ConceptRows) -> set[str]:
    """Return what somebody of a group says: its lay words, its phrases, and the beginnings of its names."""
    concept = found.concepts[group]
    said = set(map(fold_words, concept.said)) | stems_of([concept.names], found.language)
    for synonym in found.lexicon.own:
        if group in synonym.means:
            said.update(map(fold_words, synonym.words))
    return said


def _filters(
    filters: Sequence[NamedFilter], synonyms: Sequence[SearchSynonym], row_of: Mapping[str, int]
) -> dict[str, Any]:
    """List the filters that words can name, and the entries of those without words, which others share."""
    shared = {one.label: one.entries for one in filters if not one.words}
    lists = {label: number for number, label in enumerate(shared)}
    rows: list[list[Any]] = []
    for one in filters:
        if one.words and (one.entries or one.concept in row_of or shared.get(one.shared)):
            row = _filter_row(one, synonyms, row_of)
            rows.append([*row, lists.get(one.shared)])
    return {"facets": rows, "lists": [pack_numbers(distances(entries)) for entries in shared.values()]}


def _filter_row(
    named: NamedFilter, synonyms: Iterable[SearchSynonym], row_of: Mapping[str, int]
) -> list[Any]:
    """Write a filter's label and words, the row of its concept or -1, and its entries where they aren't those of the concept."""
    said = list(named.words)
    for synonym in synonyms:
        if named.concept in synonym.means:
            said += synonym.words
    entries = None
    if named.entries or named.concept not in row_of:
        entries = pack_numbers(distances(named.entries))
    return [named.label, ";".join(dict.fromkeys(said)), row_of.get(named.concept, -1), entries]


def _spoken(row_of: Mapping[str, int], synonyms: Sequence[SearchSynonym], language: str) -> dict[str, Any]:
    """List what the rows of concepts and phrases are called in other languages, as it is looked up, and the empty words of these."""
    rows_of_lay: dict[str, set[int]] = defaultdict(set)
    for synonym in synonyms:
        rows = {row_of[meaning] for meaning in synonym.means if meaning in row_of}
        if rows:
            for lay in synonym.words:
                rows_of_lay[fold_words(lay)] |= rows
    said: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for lay, rows in rows_of_lay.items():
        said[tuple(sorted(rows))].append(lay)
    languages = {base(synonym.language) for synonym in synonyms}
    empty = frozenset[str]().union(*map(stop_words, languages)) - stop_words(language)
    return {
        "spoken": [[held, ";".join(phrases)] for held, phrases in sorted(said.items())],
        "spokenStop": " ".join(sorted(empty)),
    }


def _doors(synonyms: Sequence[SearchSynonym], languages: Collection[str]) -> dict[str, Any]:
    """List the words by which a query in one of the languages is known: single ones, of that language alone."""
    if not languages:
        return {}
    said, single = _words_by_language(synonyms)
    found = {}
    for language in sorted(single.keys() & set(languages)):
        others = set[str]().union(*(forms for code, forms in said.items() if code != language))
        own = [form for form in single[language] - others if len(form) > 2]
        if own:
            found[language] = " ".join(sorted(own))
    return {"doors": found} if found else {}


def _words_by_language(
    synonyms: Iterable[SearchSynonym],
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return by language all folded words of synonyms, and those that stand alone."""
    said: dict[str, set[str]] = defaultdict(set)
    single: dict[str, set[str]] = defaultdict(set)
    for synonym in synonyms:
        language = base(synonym.language)
        for phrase in synonym.words:
            forms = fold_words(phrase).split()
            said[language].update(forms)
            if len(forms) == 1:
                single[language].add(forms[0])
    return said, single
