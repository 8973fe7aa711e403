"""Tell which rows are refused as protected."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from generator.derive.masking import withheld_records
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.tables.table_rows import Sheet, SheetRow
from generator.model.groups import Record
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies
from generator.read.hidden_places import digest_of, folded_words, kinds_named, refuge_in, refuge_named
from generator.read.records import build

Ids = frozenset[tuple[str, str]]  # (folder, id)
_NO = re.compile(r"n|nein|no|0|false|falsch|[-–—]", re.IGNORECASE)
"""What a cell says that denies its heading: „Anschrift geheim: nein“."""


def rows_of_refuges(table: Sheet, words: Vocabularies, unused: Collection[str]) -> Mapping[Position, str]:
    """Return where rows begin that name something protected, each with the cell that does.

    Where it only may be meant somebody is asked about the record; in `unused` columns no record would tell, so a doubt
    counts.
    """
    kinds = kinds_named(words, "SK"), kinds_named(words, "W")
    return {row.start: cell_text for row in table.rows if (cell_text := _protecting(row, kinds, unused))}


def _is_kind(said: str, hiding: re.Pattern[str], lived_in: re.Pattern[str]) -> bool:
    """Tell whether a cell names a house's kind; many open offers mention a residential group."""
    return hiding.search(said) is not None or lived_in.fullmatch(said.rstrip(" 0123456789")) is not None


def _protecting(
    row: SheetRow, kinds: tuple[re.Pattern[str], re.Pattern[str]], unused: Collection[str]
) -> str:
    """Return the first cell naming something protected; empty for none."""
    for name, cell in zip(row.names, row.read, strict=False):
        names_refuge = refuge_in if name in unused else refuge_named
        readings = [cell.text]
        if cell.text and not _NO.fullmatch(cell.text):
            readings.append(f"{name}: {cell.text}")
        if any(names_refuge(text) or _is_kind(" ".join(folded_words(text)), *kinds) for text in readings):
            return readings[-1]
    return ""


def protected_rows(project: ImportTarget, records: Sequence[Incoming], rows: Collection[Position]) -> Ids:
    """Return what is protected (folder, id): in the project, in these records, by name or row.

    An offer goes with its place or provider, these with what is protected in their row, a place with what is
    protected in it unless something open leads there.
    """
    known = project.protected
    after = _with(project.site, [record for record in records if record.key not in known])
    found = known | withheld_records(after)
    # In `rows` of something protected all is, but for providers, who may stand in others, too.
    for record in records:
        if refuge_named(record.title) or (record.node.position in rows and record.folder != "providers"):
            found |= {record.key}
    # What the project hasn't got is refused, and so are offers that need it.
    refused = {key for key in found if key[1] not in project.known[key[0]]}
    found |= {("offers", key) for key, offer in after.offers.items() if refused & _place_and_provider(offer)}
    return found | _find_records_beside(records, after, found, rows).difference(_used_openly(after, found))


def _find_records_beside(
    records: Sequence[Incoming], after: Site, protected: Ids, rows: Collection[Position]
) -> Ids:
    """Return records of protected rows, and protected offers' places."""
    starts = {record.node.position for record in records if record.key in protected}.union(rows)
    houses = {
        ("places", offer.place or "") for key, offer in after.offers.items() if ("offers", key) in protected
    }
    return frozenset(houses.union(record.key for record in records if record.node.position in starts))


def _used_openly(after: Site, protected: Ids) -> Iterator[tuple[str, str]]:
    """Yield the places and providers of what isn't protected."""
    for key, offer in after.offers.items():
        if ("offers", key) not in protected:
            yield from _place_and_provider(offer)
    for key, place in after.places.items():
        if ("places", key) not in protected:
            yield from (("providers", provider) for provider in place.providers)


def refusals(
    project: ImportTarget, records: Sequence[Incoming], protected: Ids, rows: Mapping[Position, str]
) -> Iterator[Diagnostic]:
    """Report refused rows by house with the cell; ask about addresses imported earlier."""
    refused = [record for record in records if record.key in protected]
    # A row is called by its last record, so houses come last.
    houses_last = sorted(refused, key=lambda one: one.folder == "places")
    for position, record in {one.node.position: one for one in houses_last}.items():
        because = f" („{rows[position][:60]}“)" if position in rows else ""
        yield replace(diagnostic("zeile-geschuetzt", position, name=record.title, said=because), quiet=True)
    for record in refused:
        existing = project.site.records(record.folder).get(record.id)
        if getattr(existing, "address", None) or getattr(existing, "point", None):
            asked = diagnostic(
                "zuflucht-vielleicht",
                Position(record.name),
                value=record.title,
                digest=digest_of(record.title),
            )
            yield replace(asked, quiet=True)


def _with(site: Site, records: Iterable[Incoming]) -> Site:
    """Return the site as it would be; invalid records are reported elsewhere."""
    after: dict[str, dict[str, Record]] = {folder: dict(site.records(folder)) for folder in KIND_BY_FOLDER}
    for incoming in records:
        record, _ = build(KIND_BY_FOLDER[incoming.folder].model, incoming.node, id=incoming.id)
        if record is not None:
            after[incoming.folder][incoming.id] = record
    return site.with_records(after)


def _place_and_provider(offer: Offer) -> set[tuple[str, str]]:
    """Return the place and the provider of an offer."""
    return {("places", offer.place or ""), ("providers", offer.provider)}
