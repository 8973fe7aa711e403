"""Diagnostics in, the same with a mark on those that quote where something protected may be out: public logs tell only where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from generator.derive.discretion import guarded
from generator.diagnostics import Diagnostic
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies
from generator.read.nodes import Node, at, parse
from generator.read.project import Reading
from generator.read.refuges import refuge_in

IN_THE_NAME = "ort-im-namen"
"""The code of files whose own name says where a refuge is."""
TELLING = frozenset(
    (
        "ort-verraten",
        "ort-im-text",
        "ort-im-text-moeglich",
        IN_THE_NAME,
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
_FOLDERS = ("places", "offers", "providers")


def quiet(found: Iterable[Diagnostic], site: Site, reading: Reading) -> list[Diagnostic]:
    """Mark what quotes whereabouts, and everything in the files of protected records."""
    if site.internal:
        return list(found)
    files = {*_guarded_files(site, reading), *_broken_files(site.words, reading)}
    return [_marked(item, files) for item in found]


def _marked(item: Diagnostic, files: Collection[str]) -> Diagnostic:
    named = item.code == IN_THE_NAME
    return replace(item, quiet=item.code in TELLING or item.position.file in files, quiet_name=named)


def _guarded_files(site: Site, reading: Reading) -> Iterator[str]:
    for key in guarded(site, reading.seen(site)):
        source = reading.sources.get(key)
        if source is not None:
            yield source.file


def _broken_files(words: Vocabularies, reading: Reading) -> Iterator[str]:
    """Yield the files of records that can't be read and look protected by what is written in them."""
    for folder in _FOLDERS:
        for key in reading.broken.get(folder, ()):
            path = reading.root / "resources" / folder / f"{key}.yml"
            if not reading.door.holds(path):
                continue
            name = reading.door.name(path)
            text, _ = reading.door.text(path)
            node, _ = parse(text or "", name)
            if node is None or looks_protected(words, node):
                yield name


def looks_protected(words: Vocabularies, node: Node) -> bool:
    """Tell whether what is written of a record is what one writes of a protected one: its kind, its visibility, its name."""
    kind, visibility, name = (
        str(getattr(at(node, (field,)), "text", "")) for field in ("kind", "visibility", "name")
    )
    place, offer = words.place_kinds.get(kind), words.kinds.get(kind)
    by_kind = (place is not None and place.visibility == "hidden") or (offer is not None and offer.discreet)
    return by_kind or visibility == "hidden" or bool(refuge_in(name))
