"""The keys of a table in; what is wrong with them out: they only count rows, or mean other entries than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.filling import references
from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.imports.mapping_files import MappingFile
from generator.edit.records.last_import import LastImport
from generator.edit.tables.cell_text import merely_counts
from generator.edit.tables.table_rows import Sheet
from generator.model.names_and_ids import slug
from generator.read.nodes import Scalar, plain
from generator.search.street_register import street_key

_WHERE = ("place", "provider", "address")


def counting_keys(mapping: MappingFile, table: Sheet, before: LastImport) -> Iterator[Diagnostic]:
    """Report ids made of columns that merely count, unless an import began with them: then `renumbered` tells."""
    begun = {key.partition("/")[0] for key in before.records}
    for folder, section in mapping.sections.items():
        written = section.get("id")
        if folder in begun or not isinstance(written, Scalar):
            continue
        columns = [reference.named_in(table.header).column for reference in references(written)]
        if columns and all(merely_counts(table.values(column)) for column in columns):
            yield diagnostic("kennung-zaehlt", written.position, name=columns[0])


class _Meaning(NamedTuple):
    """What a key means: the name of an entry as it is compared, and where or whose it is."""

    folder: str
    name: str
    where: frozenset[tuple[str, str]]


def renumbered(project: ImportTarget, records: Iterable[Incoming], before: LastImport) -> list[Diagnostic]:
    """Report, in one message, the keys that mean another entry than before.

    That is so where a name and its place, provider or address differ, or where what one key meant went to another.
    """
    now = {record.source_key: record for record in records}
    meanings = {key: _meaning(record.folder, plain(record.node)) for key, record in now.items()}
    here = _here(project, {record.folder for record in now.values()})
    # Where an import remembers nothing, what stands here tells what its keys meant.
    last = {} if before.records else dict(here)
    last |= {key: here[key] for key, record in now.items() if key in here and not record.joined}
    last |= {key: _meaning(key.partition("/")[0], item["values"]) for key, item in before.records.items()}
    keys_now, keys_before = _keys_by_meaning(meanings), _keys_by_meaning(last)
    told: list[Incoming] = []
    for key in now.keys() & last.keys():
        means, meant = meanings[key], last[key]
        own = here.get("/".join(now[key].key), meant)
        if means in (meant, own):
            continue
        moved = keys_before[means] - keys_now[means]
        if means.name not in (meant.name, own.name):
            moved |= keys_before[means[:2]] - keys_now[means[:2]]
            moved |= keys_now[meant[:2]] - keys_before[meant[:2]]
            if _are_apart(means, meant):
                moved.add(key)
        if moved:
            told.append(now[key])
    if not told:
        return []
    told.sort(key=lambda record: record.node.position)
    shown = ", ".join(f"{record.source_key} ist jetzt „{record.title}“" for record in told[:3])
    return [diagnostic("nummern-neu", told[0].node.position, count=len(told), shown=shown)]


def _here(project: ImportTarget, folders: Iterable[str]) -> dict[str, _Meaning]:
    """Return what stands in some folders of the project, by folder and id."""
    return {
        f"{folder}/{key}": _meaning(folder, record.model_dump(include={"name", *_WHERE}))
        for folder in folders
        for key, record in project.site.records(folder).items()
    }


def _meaning(folder: str, values: Mapping[str, Any]) -> _Meaning:
    where = {name: str(values[name]) for name in _WHERE if values.get(name)}
    address = values.get("address")
    if isinstance(address, Mapping):
        where["address"] = f"{street_key(str(address.get('street')))} {address.get('number')}"
    return _Meaning(folder, slug(str(values.get("name"))), frozenset(where.items()))


def _keys_by_meaning(meanings: Mapping[str, _Meaning]) -> Mapping[tuple[Any, ...], set[str]]:
    """Return the keys that have a meaning, and those that have a name in a folder."""
    found: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for key, one in meanings.items():
        found[one].add(key)
        found[one[:2]].add(key)
    return found


def _are_apart(one: _Meaning, other: _Meaning) -> bool:
    """Tell whether two say something else of where or whose they are; to say nothing is no difference."""
    said = dict(other.where)
    return any(said.get(name, value) != value for name, value in one.where)
