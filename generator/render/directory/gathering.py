"""Name the places or providers of an area, or, where they are very many, say how many each of its parts has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.render.base.context import Context
from generator.render.directory.record_lines import KindedRecord, RecordLine, by_name, kind_lines, space_lines

LISTED = 120
"""With more places or providers than this an area tells how many of them each of its parts has."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The records of an area: how many, those that are named, and of the others how many each part of the area has.

    Where `index` names a page, that one has them all.
    """

    count: int
    lines: Sequence[RecordLine]
    parts: Sequence[tuple[RecordLine, int]] = ()
    index: str = ""


def gathered(
    context: Context, kind: KindedRecord, area: str, by_space: Mapping[str, Sequence[str]]
) -> Gathered:
    """Return the places or providers of an area; each is named here, on the page of a part, or in the index of all."""
    ids = by_space.get(area, ())
    facts = context.facts.spaces[area]
    if len(ids) <= LISTED or not (facts.children or not facts.ancestors):
        return Gathered(len(ids), by_name(kind_lines(context, kind, ids)))
    below = {child: by_space.get(child, ()) for child in facts.children}
    return _by_part(context, kind, ids, below, whole=not facts.ancestors)


def _by_part(
    context: Context,
    kind: KindedRecord,
    ids: Sequence[str],
    below: Mapping[str, Sequence[str]],
    *,
    whole: bool,
) -> Gathered:
    """Count the records of an area by its parts, `below` has those of each, and name those that lie in none.

    Of the `whole` town's there is an index, so that very many needn't be named.
    """
    alone = dict.fromkeys(ids)
    for names in below.values():
        for name in names:
            alone.pop(name, None)
    lines: Sequence[RecordLine] = ()
    if len(alone) <= LISTED or not whole:
        lines = by_name(kind_lines(context, kind, tuple(alone)))
    parts = [(line, len(below[line.id])) for line in space_lines(context, below) if below[line.id]]
    return Gathered(len(ids), lines, parts, f"{kind}s" if whole else "")
