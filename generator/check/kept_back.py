"""Find the records of which a comparison with an earlier version may say only that they changed, because they are protected or were.

It is asked wherever versions are compared in public. What was protected is protected still: who takes an address out of a record
doesn't want it repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath

from generator.check.protected import Wording, protected
from generator.derive.masking import withheld_records
from generator.model.groups import Record
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.nodes import MapNode, parse
from generator.read.project import Reading
from generator.read.records import build

_DECIDING = frozenset(f"resources/{name}.yml" for name in ("kinds", "place_kinds", "topics"))
"""Vocabularies by which a record is protected or not."""


@dataclass(frozen=True, slots=True)
class KeptBack:
    """The records, by folder and id, of which one version of the public site leaves something out, and how texts speak of them."""

    records: frozenset[tuple[str, str]]
    wordings: tuple[Wording, ...]
    everything: bool = False
    """Whether nobody can tell what was protected in the earlier version."""

    def holds(self, folder: str, key: str) -> bool:
        """Tell whether a record is protected in either version."""
        return self.everything or (folder, key) in self.records

    def spoken_of(self, text: str) -> bool:
        """Tell whether a text may speak of something that is protected."""
        return any(wording.mention(text) for wording in self.wordings)


def kept_back(reading: Reading, before: Mapping[str, str | None]) -> KeptBack:
    """Compare a project without errors with the texts that its changed files had; a new file had none."""
    site = reading.site
    if site is None:
        raise ValueError("a project without errors has a site")
    earlier = _earlier(site, before)
    versions = [version for version in (site, earlier) if version is not None]
    records = frozenset(chain.from_iterable(_protected(version, reading) for version in versions))
    wordings = tuple(protected(version, reading).wording for version in versions)
    return KeptBack(records, wordings, earlier is None)


def _earlier(site: Site, before: Mapping[str, str | None]) -> Site | None:
    """Return the site with the records that there were; None where one of them or a word that decides can't be read as it was."""
    if _DECIDING & before.keys():
        return None
    records: dict[str, dict[str, Record]] = {folder: dict(site.records(folder)) for folder in KIND_BY_FOLDER}
    for name, text in before.items():
        path = PurePosixPath(name)
        folder, key = path.parent.name, path.stem
        if folder not in KIND_BY_FOLDER or path.suffix != ".yml" or path.parts[0] != "resources":
            continue
        records[folder].pop(key, None)
        if text is not None:
            record = _record(folder, key, name, text)
            if record is None:
                return None
            records[folder][key] = record
    ordered = {folder: dict(sorted(found.items())) for folder, found in records.items()}
    return site.with_records(ordered)


def _record(folder: str, key: str, name: str, text: str) -> Record | None:
    node, _ = parse(text, name)
    if not isinstance(node, MapNode):
        return None
    record, _ = build(KIND_BY_FOLDER[folder].model, node, id=key)
    return record


def _protected(site: Site, reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield what is protected by itself or by what it belongs to, and whatever the public site leaves a field of out."""
    yield from protected(site, reading).own
    yield from withheld_records(site)
