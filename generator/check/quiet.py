"""Mark diagnostics that quote where something protected may be, so that public logs tell only where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from generator.derive.masking import broken_and_protected
from generator.derive.untold import guarded
from generator.diagnostics import Diagnostic
from generator.model.site import Site
from generator.read.project import Reading

IN_THE_NAME = frozenset(("ort-im-namen", "ort-im-namen-moeglich"))
"""The codes of files whose own name says where a refuge is."""
TELLING = frozenset(
    (
        "ort-verraten",
        "ort-im-text",
        "ort-im-text-moeglich",
        *IN_THE_NAME,
        "name-eines-geschuetzten-ortes",
        "nummer-neben-adresse",
        "vorwahl-neben-schutz",
        "haus-neben-schutz",
        "schutz-nach-gebiet",
        "verschwiegen-text",
        "zuflucht-ohne-schutz",
        "zuflucht-vielleicht",
        "import-merkt-ort",
        "rest-eines-editors",
    )
)
"""Codes whose messages quote what may say where a refuge is, wherever that stands."""


def quiet(found: Iterable[Diagnostic], site: Site, reading: Reading) -> list[Diagnostic]:
    """Mark what quotes whereabouts, and everything in the files of protected records."""
    if site.internal:
        return list(found)
    broken = (name for _, name in broken_and_protected(reading, site.words))
    files = {*_guarded_files(site, reading), *broken}
    return [_marked(item, files) for item in found]


def _marked(item: Diagnostic, files: Collection[str]) -> Diagnostic:
    named = item.code in IN_THE_NAME
    return replace(item, quiet=item.code in TELLING or item.position.file in files, quiet_name=named)


def _guarded_files(site: Site, reading: Reading) -> Iterator[str]:
    for key in guarded(site, reading.seen(site)):
        source = reading.sources.get(key)
        if source is not None:
            yield source.file
