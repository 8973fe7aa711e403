"""Write the search index of one language.

`assets/js/matching.js` reads it.
"""

# `search/title.<language>.json` has what a result list shows and the words of titles, topics and synonyms, enough for most searches.
# `search/full.<language>.json` has every other word form, `search/tongues.<language>.json` the words of other languages. The last two
# always come one after the other, so that no request tells what was typed.
# How likely a query means a topic says a linear model over words and 4-grams, hashed into buckets: Joulin et al. (2017), Bag of
# Tricks for Efficient Text Classification. `python -m bench.topic_model` learns it, `assets/js/topic_model.js` does the sum.

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from msgspec import Struct

from generator.files.packaged import packaged_text
from generator.model.names_and_ids import slug
from generator.search.entry_types import (
    ConceptRows,
    Entry,
    Field,
    Lexicon,
    NamedFilter,
    SearchSynonym,
    part_shared_words,
    stems_of,
)
from generator.search.packing import (
    SEPARATOR,
    distances,
    mark_of,
    pack_groups,
    pack_numbers,
    pack_table,
    packed_json,
)
from generator.search.word_forms import (
    CLOCK_WORDS,
    base,
    faint_words,
    fold,
    fold_words,
    spoken_forms,
    stemmer,
    stop_words,
    words,
)

Part = dict[str, Any]
"""What stands in a file for browsers."""
LETTERS = 4
"""Letters of the pieces of words that a topic model counts."""
LEAST = 4
"""The smallest weight that a model keeps: smaller ones change little and make the file large."""
SCALE = 4.0
"""Weights are whole numbers in the file; this one counts as 1 in the sum."""
OWN = ""
"""In the model of other languages, in place of a topic: that the query is in German."""
SPOKEN = "spoken"
"""The name of the model of other languages."""


class TopicModel(Struct, frozen=True):
    """How likely the words of a query mean each topic."""

    learnt: str  # of which queries: the digest of their files
    buckets: int  # into how many words and pieces are hashed: a power of two
    # by id the bias; packed the steps between buckets, and their weights
    topics: Mapping[str, tuple[int, str, str]]


def topic_models(language: str) -> tuple[TopicModel, ...]:
    """Return a language's models: its own and the one of other languages, as far as they exist."""
    found = (topic_model(base(language)), topic_model(SPOKEN))
    return tuple(model for model in found if model is not None)


@cache
def topic_model(name: str) -> TopicModel | None:
    """Return the model of a language, or of `SPOKEN`; None for none."""
    try:
        text = packaged_text("generator", "search", f"topic_model.{name}.json")
    except FileNotFoundError:
        return None
    content = json.loads(text)
    topics = {topic: tuple(row) for topic, row in content["topics"].items()}
    return TopicModel(content["learnt"], content["buckets"], topics)


def model_part(model: TopicModel, place: Mapping[str, int]) -> Part:
    """Write the weights of a site's topics; `place` is each concept's row, which stands for it (-1 for `OWN`)."""
    rows = {OWN: -1, **place}
    held = [[rows[topic], *row] for topic, row in sorted(model.topics.items()) if topic in rows]
    return {"buckets": model.buckets, "letters": LETTERS, "least": LEAST, "scale": SCALE, "topics": held}


def title_part(found: ConceptRows, kinds: Mapping[str, str], faint: Collection[str]) -> Part:
    """Return entries as listed, and words of titles and rows.

    `kinds` are headings by kind, in order; `faint` are folded words that say little. Raises KeyError for a kind without
    heading.
    """
    entries = found.entries
    folders = _folders(entries, kinds)
    rows, shared = part_shared_words(found.rows)
    # In the order in which the browser reads them, for it numbers forms of words as they come.
    texts = [*(entry.title for entry in entries), *chain(*rows), *chain(*(row[1:] for row in shared))]
    forms, groups = _grouped_forms(texts, found.language)
    return {
        **shown_part(entries, kinds),
        "runs": pack_numbers(_count_runs_of_kinds(entries, list(folders))),
        "concepts": rows,
        "shared": shared,
        "guarded": pack_ids(entry for entry in entries if entry.guarded),
        "grave": pack_ids(entry for entry in entries if entry.grave),
        "ages": pack_table(entry.ages for entry in entries),
        "ofEntry": SEPARATOR.join(map(pack_numbers, found.of_entry)),
        "forms": forms,
        "groups": pack_numbers(groups),
        "faint": " ".join(sorted(faint)),
        "clock": CLOCK_WORDS,
        "written": spoken_forms(found.language),
        "stop": " ".join(sorted(stop_words(found.language))),
    }


def shown_part(entries: Sequence[Entry], kinds: Mapping[str, str]) -> Part:
    """Return what a result list shows of each entry."""
    folders = _folders(entries, kinds)
    return {
        "kinds": [[kind, kinds[kind], folder] for kind, folder in folders.items()],
        "titles": [entry.title for entry in entries],
        "urls": [_short_url(entry, folders[entry.kind]) for entry in entries],
        "lines": _pack_list_columns(entries),
        "foreign": _foreign(entries),
    }


def pack_ids(entries: Iterable[Entry]) -> str:
    """Write which entries these are, by their places."""
    return pack_numbers(distances(entry.id for entry in entries))


def _grouped_forms(texts: Iterable[str], language: str) -> tuple[int, list[int]]:
    """Return how many folded forms there are, and by each how many before it the first form of its stem stands."""
    stem = stemmer(language)
    first_with: dict[str, int] = {}
    forms: set[str] = set()
    groups: list[int] = []
    for text in texts:
        for word in words(text):
            form = fold(word)
            if form not in forms:
                here = len(forms)
                forms.add(form)
                groups.append(here - first_with.setdefault(stem(word), here))
    return len(forms), groups


def _folders(entries: Sequence[Entry], kinds: Mapping[str, str]) -> dict[str, str]:
    """Return each used kind's common folder, in order."""
    urls: dict[str, list[str]] = {}
    for entry in entries:
        urls.setdefault(entry.kind, []).append(entry.url)
    missing = urls.keys() - kinds.keys()
    if missing:
        raise KeyError(f"no heading for entries of the kind {', '.join(sorted(missing))}")
    return {kind: _find_common_folder(urls[kind]) for kind in kinds if kind in urls}


def _find_common_folder(urls: Sequence[str]) -> str:
    """Return the folder common to all urls, or ""."""
    shared = _folders_above(urls[0])
    for url in urls:
        parts = _folders_above(url)
        while shared != parts[: len(shared)]:
            shared.pop()
    return "".join(f"{part}/" for part in shared)


def _folders_above(url: str) -> list[str]:
    return url.rstrip("/").split("/")[:-1]


def _count_runs_of_kinds(entries: Iterable[Entry], kinds: Sequence[str]) -> list[int]:
    """Return entries' kinds run by run: the kind's number, and how many entries of it follow."""
    runs: list[int] = []
    for kind, run in groupby(entries, key=attrgetter("kind")):
        runs += [kinds.index(kind), len(list(run))]
    return runs


def _pack_list_columns(entries: Sequence[Entry]) -> list[tuple[list[str], str]]:
    """Return the list's columns, packed: what stands before titles (`lead`), subtitles, each sort of facts."""
    sorts = max((len(entry.facts) for entry in entries), default=0)
    columns = [pack_table(entry.lead for entry in entries), pack_table(entry.subtitle for entry in entries)]
    for sort in range(sorts):
        facts = [entry.facts[sort] if sort < len(entry.facts) else "" for entry in entries]
        columns.append(pack_table(facts))
    return columns


def _foreign(entries: Iterable[Entry]) -> dict[str, str]:
    """List by language the entries whose texts are shown untranslated."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.language:
            found.setdefault(entry.language, []).append(entry)
    return {code: pack_ids(of_code) for code, of_code in sorted(found.items())}


def _short_url(entry: Entry, folder: str) -> str:
    """Shorten a url to what the title doesn't tell: empty, `+` and the rest, or `=` and all behind the folder."""
    rest = entry.url.removeprefix(folder)
    start = slug(entry.title)
    if not start or not rest.startswith(start):
        return f"={rest}"
    if rest == f"{start}/":
        return ""
    return "+" + rest.removeprefix(start)


Counts = dict[Field, Counter[str]]
"""How often each folded word stands in each text of an entry."""

# How much a word says about an entry, by the text it stands in; a title says more and is weighed in the browser.
WEIGHTS: Mapping[Field, float] = {
    "summary": 4.0, "keywords": 4.0, "provider": 3.0, "place": 3.0, "space": 3.0, "description": 1.0,
}  # fmt: skip
_SATURATION = 3.0
"""How slowly a word that comes again counts for less (k1 of BM25)."""
_LENGTH_COUNTS = 0.5
"""How much a word in a long text counts for less: 0 not at all, 1 in proportion (b of BM25)."""
# Weights as the browser gets them: the smallest of these that is at least as large as the true one, of at most 4.
_LEVELS = (1.0, 1.75, 2.5, 4.0)


def full_part(
    entries: Sequence[Entry], rows: Sequence[Sequence[str]], grave: Collection[str], language: str
) -> Part:
    """Return word forms of texts, titles and `rows` in groups of a stem, with the entries of each group (`postings`).

    `heads` and `tails`: see `pack_groups`. A posting is the step from the entry before × 4 + its weight's number in
    `levels`; titles have none. Guarded entries: see `_telling_words`.
    """
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
    groups = _group_forms_by_stem(spellings, language)
    heads, tails = pack_groups(groups)
    return {
        "levels": _LEVELS,
        "heads": heads,
        "tails": tails,
        "postings": SEPARATOR.join(map(pack_numbers, _postings(groups, counted))),
    }


def _telling_words(entry: Entry, name: Field, grave: Collection[str], language: str) -> list[str]:
    """Return a text's words without empty ones and single letters; of a guarded entry's texts, but its keywords, only those with `grave` stems."""
    stem = stemmer(language)
    empty_words = stop_words(language)
    found = []
    for word in words(entry.texts.get(name, "")):
        form = fold(word)
        if entry.guarded and name != "keywords" and stem(word) not in grave:
            continue
        is_letter = len(form) == 1 and not form.isdigit()
        if form not in empty_words and not is_letter:
            found.append(word)
    return found


def _add_spellings(spellings: dict[str, Counter[str]], written: Iterable[str]) -> None:
    """Count each written word under its folded form."""
    for word in written:
        spellings[fold(word)][word] += 1


def _group_forms_by_stem(spellings: Mapping[str, Counter[str]], language: str) -> list[list[str]]:
    """Group the commonest spelling of each folded form by stem, in alphabetical order, which packs well."""
    stem = stemmer(language)
    groups: dict[str, list[str]] = defaultdict(list)
    for counts in spellings.values():
        form = min(counts, key=lambda word: (-counts[word], word))
        groups[stem(form)].append(form)
    for group in groups.values():
        group.sort(key=_alphabetical_key)
    return sorted(groups.values(), key=lambda group: _alphabetical_key(group[0]))


def _postings(groups: Sequence[Sequence[str]], counted: Sequence[Counts]) -> list[list[int]]:
    """Return each group's postings (see `full_part`)."""
    group_of: dict[str, int] = {}
    for number, group in enumerate(groups):
        group_of.update((fold(form), number) for form in group)
    postings: list[list[int]] = [[] for _ in groups]
    last = [0] * len(groups)
    for entry, weights in enumerate(_weights(counted, group_of)):
        for group_number, weight in weights.items():
            step = entry - last[group_number]
            # However often a word comes, its share stays below 4, the highest level; it is rounded up to one.
            share = 4 * weight / (_SATURATION + weight)
            level = bisect_left(_LEVELS, share)
            postings[group_number].append(step * len(_LEVELS) + level)
            last[group_number] = entry
    return postings


def _alphabetical_key(form: str) -> tuple[str, str]:
    return form.lower(), form


def _weights(counted: Sequence[Counts], group_of: Mapping[str, int]) -> Iterable[dict[int, float]]:
    """Yield for each entry the weight of its groups by BM25F (Robertson, Zaragoza 2009, eq. 3.22)."""
    # How many words all texts of a sort have on average.
    average = {}
    for name in WEIGHTS:
        lengths = [counts[name].total() for counts in counted if counts[name]]
        average[name] = sum(lengths) / max(1, len(lengths))
    for counts in counted:
        frequency: dict[int, float] = defaultdict(float)
        for name, weight in WEIGHTS.items():
            if not counts[name]:
                continue
            length = counts[name].total() / average[name]
            factor = weight / (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length)
            for form, times in counts[name].items():
                frequency[group_of[form]] += factor * times
        yield frequency


VERSION = 1  # of the files' format
_EVERYDAY = {"offer", "topic", "place"}
"""Kinds of entries; a word in the title of an unguarded one of these isn't grave."""
_NAME = 9
"""A word of a title with so many letters is taken for a name: „Muschelgruppe“, and not „Nacht“."""


def build(
    entries: Sequence[Entry],
    lexicon: Lexicon,
    *,
    kinds: Mapping[str, str],
    filters: Sequence[NamedFilter] = (),
    doors: Collection[str] = (),
    models: Sequence[TopicModel] = (),
) -> dict[str, bytes]:
    """Build a language's index files by path.

    `kinds`: headings in the site's order. `doors`: languages in which the search leads somewhere. `models`: guess
    topics; one of other languages stands in `tongues`, one of this in `full`. Raises ValueError where an id isn't its
    place, KeyError for an unknown kind or concept.
    """
    for place, entry in enumerate(entries):
        if entry.id != place:
            raise ValueError(f"entry {entry.url} has id {entry.id}, but stands at place {place}")
    language, foreign = lexicon.language, lexicon.foreign
    rows = ConceptRows(entries, lexicon)
    guarded = _guard(rows)
    faint = faint_words().union(*(fold_words(name).split() for name in lexicon.everywhere))
    title = title_part(rows, kinds, faint)
    title |= _filters(filters, lexicon.own, rows.row_of)
    title["guardedRows"] = pack_numbers(distances(guarded))
    title["onlyFor"] = _only_for(rows)
    title |= _people(rows)
    title["leisure"] = pack_ids(entry for entry in entries if entry.leisure)
    title["resting"] = pack_ids(entry for entry in entries if entry.resting)
    title["order"] = mark_of(
        [entry.url.rstrip("/").rpartition("/")[2] for entry in entries if entry.kind == "offer"]
    )
    title["absent"] = pack_ids(entry for entry in entries if entry.absent)
    full = full_part(entries, rows.rows, _grave_stems(rows, guarded), language)
    tongues = _spoken(rows.row_of | rows.phrases, foreign, language) | _doors(foreign, doors)
    tongues["said"] = _name_absent(entries)
    for model in models:
        part = tongues if OWN in model.topics else full
        part["model"] = model_part(model, rows.row_of)
    parts = {"title": title, "full": full, "tongues": tongues}
    about = {"version": VERSION, "language": language}
    return {
        f"search/{name}.{language}.json": packed_json(about | {"part": name} | part)
        for name, part in parts.items()
    }


def _guard(found: ConceptRows) -> list[int]:
    """Let only telling words find what is guarded (about violence …), and return the rows that are guarded.

    Guarded concepts lose names that common texts have; each guarded entry gets a row with its title and the names in it.
    """
    common = _common_stems(found.entries, found.language)
    guarded = [row for concept, row in found.row_of.items() if found.concepts[concept].guarded]
    for row in guarded:
        names = _uncommon_words(found.rows[row][0], common, found.language)
        found.rows[row][0] = " ".join(names)
    of_guarded = {row for entry in found.entries if entry.guarded for row in found.of_entry[entry.id]}
    guarded += sorted(of_guarded.intersection(found.phrases.values()))
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
    """Return the stems of guarded rows' names and lay words, which alone find guarded entries by their texts."""
    texts: list[str] = []
    for row in guarded:
        names, single, _ = found.rows[row]
        texts += [names, single]
    return stems_of(texts, found.language)


def _common_stems(entries: Iterable[Entry], language: str) -> set[str]:
    """Return stems that are nothing grave: of unguarded titles, and words that say little."""
    titles = [entry.title for entry in entries if entry.kind in _EVERYDAY and not entry.guarded]
    weak = stop_words(language) | faint_words()
    return stems_of(titles, language).union(map(stemmer(language), weak))


def _people(found: ConceptRows) -> Part:
    """Return target groups as (row, 1 if they exclude others), and each entry's groups by row."""
    groups = [
        (found.row_of[group], int(excludes_others))
        for group, excludes_others in found.lexicon.groups.items()
        if group in found.row_of
    ]
    whom = [
        tuple(found.row_of[group] for group in entry.whom if group in found.row_of) for entry in found.entries
    ]
    return {"people": groups, "whom": pack_table(whom)}


def _only_for(found: ConceptRows) -> list[list[Any]]:
    """Return entries for some people only as (groups' rows, entries, what these people say, between `;`)."""
    held: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in found.entries:
        if entry.only_for:
            held[entry.only_for].append(entry)
    rows: list[list[Any]] = []
    for groups, entries in sorted(held.items()):
        phrases = set[str]().union(*(_said_of_group(group, found) for group in groups))
        of_groups = [found.row_of[group] for group in groups if group in found.row_of]
        rows.append([of_groups, pack_ids(entries), ";".join(sorted(phrases))])
    return rows


def _said_of_group(group: str, found: ConceptRows) -> set[str]:
    """Return what people of a group say, folded: phrases, lay words, the stems of its name."""
    concept = found.concepts[group]
    stem = stemmer(found.language)
    phrases = {*map(fold_words, concept.said), " ".join(map(stem, words(concept.names)))}
    for synonym in found.lexicon.own:
        if group in synonym.means:
            phrases.update(map(fold_words, synonym.words))
    return phrases


def _filters(
    filters: Sequence[NamedFilter], synonyms: Sequence[SearchSynonym], row_of: Mapping[str, int]
) -> Part:
    """Return filters that words can name (`facets`), and entries that several of them share (`lists`)."""
    shared = {one.label: one.entries for one in filters if not one.words}
    lists = {label: number for number, label in enumerate(shared)}
    rows: list[list[Any]] = []
    for one in filters:
        beside = any(shared.get(label) for label in (one.shared, *one.also))
        if one.words and (one.entries or one.concept in row_of or beside):
            row = _filter_row(one, synonyms, row_of)
            also = [lists[label] for label in one.also]
            rows.append([*row, lists.get(one.shared), also, lists.get(one.unsaid), int(one.alone)])
    written = [[label, pack_numbers(distances(entries))] for label, entries in shared.items()]
    return {"facets": rows, "lists": written}


def _filter_row(
    named: NamedFilter, synonyms: Iterable[SearchSynonym], row_of: Mapping[str, int]
) -> list[Any]:
    """Return a filter as (label, words, its concept's row or -1, entries or None where the concept has them)."""
    phrases = list(named.words)
    for synonym in synonyms:
        if named.concept in synonym.means:
            phrases += synonym.words
    entries = None
    if named.entries or named.concept not in row_of:
        entries = pack_numbers(distances(named.entries))
    return [named.label, ";".join(dict.fromkeys(phrases)), row_of.get(named.concept, -1), entries]


def _spoken(row_of: Mapping[str, int], synonyms: Sequence[SearchSynonym], language: str) -> Part:
    """Return other languages' lay words by the rows they mean, and their words without meaning (`spokenStop`)."""
    rows_of_lay: dict[str, set[int]] = defaultdict(set)
    for synonym in synonyms:
        rows = {row_of[meaning] for meaning in synonym.means if meaning in row_of}
        if rows:
            for lay in synonym.words:
                rows_of_lay[fold_words(lay)] |= rows
    lay_by_rows: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for lay, rows in rows_of_lay.items():
        lay_by_rows[tuple(sorted(rows))].append(lay)
    languages = {base(synonym.language) for synonym in synonyms}
    without_meaning = frozenset[str]().union(*map(stop_words, languages)) - stop_words(language)
    return {
        "spoken": [[held, ";".join(phrases)] for held, phrases in sorted(lay_by_rows.items())],
        "spokenStop": " ".join(sorted(without_meaning)),
    }


def _name_absent(entries: Iterable[Entry]) -> dict[str, dict[int, str]]:
    """Return by language the nouns for absent entries, by entry."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for entry in entries:
        for language, nouns in entry.said.items():
            found[language][entry.id] = ";".join(nouns)
    return dict(sorted(found.items()))


def _doors(synonyms: Iterable[SearchSynonym], languages: Collection[str]) -> Part:
    """Return by language the words that tell it: longer than two letters, and in no other language's synonyms."""
    lay_by_language: dict[str, list[str]] = defaultdict(list)
    for synonym in synonyms:
        lay_by_language[base(synonym.language)] += map(fold_words, synonym.words)
    languages_with = Counter(
        chain.from_iterable(set(" ".join(phrases).split()) for phrases in lay_by_language.values())
    )
    doors = {}
    for language in sorted(lay_by_language.keys() & set(languages)):
        telling = {
            phrase for phrase in lay_by_language[language] if len(phrase) > 2 and languages_with[phrase] == 1
        }
        if telling:
            doors[language] = " ".join(sorted(telling))
    return {"doors": doors} if doors else {}
