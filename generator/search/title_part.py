"""Takes entries and the rows that find them and hands out the part of the index that every search needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from generator.model.names_and_ids import slug
from generator.search.concept_rows import ConceptRows, part_shared_words
from generator.search.entry import Entry
from generator.search.folding import fold, words
from generator.search.languages import spoken_forms, stemmer, stop_words
from generator.search.packing import SEPARATOR, distances, pack_numbers, pack_table


def title_part(found: ConceptRows, kinds: Mapping[str, str], faint: Collection[str]) -> dict[str, Any]:
    """Return what a result list shows of each entry, and the words of titles and rows.

    `kinds` are the headings of kinds in their order, `faint` the folded words that say little. Raises ``KeyError`` for a kind without heading.
    """
    entries = found.entries
    titles = [entry.title for entry in entries]
    folders = _folders(entries, kinds)
    rows, shared = part_shared_words(found.rows)
    forms, groups = _grouped_forms(_texts(titles, rows, shared), found.language)
    return {
        "kinds": [[kind, kinds[kind], folder] for kind, folder in folders.items()],
        "runs": pack_numbers(_runs(entries, list(folders))),
        "titles": titles,
        "urls": [_short_url(entry, folders[entry.kind]) for entry in entries],
        "lines": _lines(entries),
        "foreign": _foreign(entries),
        "concepts": rows,
        "shared": shared,
        "guarded": pack_ids(entry for entry in entries if entry.guarded),
        "grave": pack_ids(entry for entry in entries if entry.grave),
        "ages": pack_table(entry.ages for entry in entries),
        "ofEntry": SEPARATOR.join(map(pack_numbers, found.of_entry)),
        "forms": forms,
        "groups": pack_numbers(groups),
        "faint": " ".join(sorted(faint)),
        "written": spoken_forms(found.language),
        "stop": " ".join(sorted(stop_words(found.language))),
    }


def _texts(
    titles: Iterable[str], rows: Iterable[Sequence[str]], shared: Iterable[Sequence[str]]
) -> list[str]:
    """List all texts in the order in which the browser reads them: titles, rows, and the lay words that rows share."""
    texts = list(titles)
    for row in rows:
        texts += row
    for _, *lay in shared:
        texts += lay
    return texts


def pack_ids(entries: Iterable[Entry]) -> str:
    """Write which entries these are, by their places."""
    return pack_numbers(distances(entry.id for entry in entries))


def _grouped_forms(texts: Iterable[str], language: str) -> tuple[int, list[int]]:
    """Count the different word forms of texts, and say of each how far before it the first with its stem stands."""
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
    """Return for each kind that an entry has, in the order of headings, the folder that its pages share."""
    urls: dict[str, list[str]] = {}
    for entry in entries:
        urls.setdefault(entry.kind, []).append(entry.url)
    missing = urls.keys() - kinds.keys()
    if missing:
        raise KeyError(f"no heading for entries of the kind {', '.join(sorted(missing))}")
    return {kind: _folder(urls[kind]) for kind in kinds if kind in urls}


def _folder(urls: Sequence[str]) -> str:
    """Find the folder that all urls share, with its closing slash, or nothing."""
    shared = _folders_above(urls[0])
    for url in urls:
        parts = _folders_above(url)
        while shared != parts[: len(shared)]:
            shared.pop()
    return "".join(f"{part}/" for part in shared)


def _folders_above(url: str) -> list[str]:
    return url.rstrip("/").split("/")[:-1]


def _runs(entries: Iterable[Entry], kinds: Sequence[str]) -> list[int]:
    """Say of which kind entries are, one after the other: the kind's number, and how many of it follow."""
    runs: list[int] = []
    for kind, run in groupby(entries, key=attrgetter("kind")):
        runs += [kinds.index(kind), len(list(run))]
    return runs


def _lines(entries: Sequence[Entry]) -> list[tuple[list[str], str]]:
    """Return the columns of the result list: subtitles first, then the facts of each sort."""
    sorts = max((len(entry.facts) for entry in entries), default=0)
    columns = [pack_table(entry.subtitle for entry in entries)]
    for sort in range(sorts):
        facts = [_fact(entry, sort) for entry in entries]
        columns.append(pack_table(facts))
    return columns


def _fact(entry: Entry, sort: int) -> str:
    return entry.facts[sort] if sort < len(entry.facts) else ""


def _foreign(entries: Iterable[Entry]) -> dict[str, str]:
    """List by language the entries whose texts are shown untranslated."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.language:
            found.setdefault(entry.language, []).append(entry)
    return {code: pack_ids(of_code) for code, of_code in sorted(found.items())}


def _short_url(entry: Entry, folder: str) -> str:
    """Leave out of a url what the browser can tell from the title: ``+`` and the rest, or ``=`` and the whole."""
    rest = entry.url.removeprefix(folder)
    start = slug(entry.title)
    if not start or not rest.startswith(start):
        return f"={rest}"
    if rest == f"{start}/":
        return ""
    return "+" + rest.removeprefix(start)
