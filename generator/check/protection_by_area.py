"""Report records that plan, promise, count or note something and tell in which area protection is: „Ausbau Frauenhaus, Mühlenviertel“.

Protection is for the whole town. Where an area is a field, the public site leaves it out (`derive/masking.py`); what can't do
without one, and what a text says of it, is told here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.check.clues import fold
from generator.check.protected import Protected, is_text, protected, reference_paths
from generator.check.whereabouts import uncleared
from generator.derive.masking import (
    PLANS,
    areas_of,
    is_about_protection,
    is_of_an_area,
    is_protective,
)
from generator.derive.untold import guarded
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.fields import references
from generator.model.network import Network
from generator.model.site import Site
from generator.read.indicators import IndicatorFolder
from generator.read.nodes import Path
from generator.read.passages import passages, scalars
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.refuges import refuge_named


def check_protection_by_area(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report areas, and what sounds like one, in whatever speaks of protection; figures and budgets of it that have one for each area."""
    if site.internal:
        return
    known = protected(site, reading)
    ids, parts = guarded(site, known.seen), areas_of(site)
    for folder in PLANS:
        for source in reading.of(folder):
            if is_about_protection(site.words, source.record, ids):
                yield from _areas(source, parts)
                yield from _texts(source, known)
            yield from _parts(source, site, parts)
    for folder_of_figures in reading.indicators.values():
        yield from _figures(folder_of_figures, parts)


def _areas(source: RecordSource, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report the first area that a record names by its id."""
    paths = {one.path for one in references(type(source.record)) if one.target == "spaces"}
    for path, scalar in scalars(source.node):
        if scalar.text in parts and _general(path) in paths:
            yield diagnostic("schutz-nach-gebiet", scalar.position, value=scalar.text)
            return


def _general(path: Path) -> tuple[str, ...]:
    return tuple("*" if isinstance(step, int) else step for step in path)


def _texts(source: RecordSource, known: Protected) -> Iterator[Diagnostic]:
    """Ask about what in such a record sounds like a place; in a sentence that speaks of the refuge it is reported elsewhere."""
    skipped = reference_paths(source.record)
    cleared = [item.text for item in source.record.cleared]
    name = str(getattr(source.record, "name", source.id))
    for passage in passages(source):
        if not is_text(passage.path, skipped) or known.wording.spoken_of(passage.text):
            continue
        for clue in uncleared(passage.text, known.gazetteer.clues(passage.text), cleared):
            if clue.certain and fold(clue.text) not in known.open_addresses:
                place = passage.at(clue.start, clue.end)
                yield diagnostic("ort-im-text-moeglich", place, name=name, value=clue.text)


def _parts(source: RecordSource, site: Site, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report parts of a record of areas that are about protection: what a network promises."""
    record = source.record
    if isinstance(record, Network) and record.guarantee is not None and is_of_an_area(record, parts):
        for number, rule in enumerate(record.guarantee.rules):
            if is_protective(site.words, [rule.topic]):
                position = source.position("guarantee", "rules", number, "topic")
                yield diagnostic("schutz-nach-gebiet", position, value=rule.topic)


def _figures(folder: IndicatorFolder, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Report figures about refuges that there are of areas."""
    indicator, table = folder.indicator, folder.table
    if table is None:
        return
    texts = [indicator.title, indicator.numerator]
    for breakdown in indicator.breakdowns:
        texts += [value.name for value in breakdown.values]
    said = next(filter(None, map(refuge_named, texts)), "")
    if said and any(row.space in parts for row in table.rows):
        yield diagnostic("schutz-nach-gebiet", folder.source.position("title"), value=said)


CHECKS = (check_protection_by_area,)
