"""Hold what was released against its log and against its first version in git."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.git import NoAnswer, first_versions
from generator.model.site import Site
from generator.read.indicator_folders import FOLDERS, LOG, digest_of, is_released, read_log, released
from generator.read.project import Reading


def check_released(_site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report releases that changed or that the log lacks, or that git can't tell."""
    digests = released(reading.disk)
    log, found = read_log(reading.disk)
    yield from found
    valid = [row for row in log if not row.withdrawn]
    wrong = {row.file for row in valid if digests.get(row.file) != row.sha256}
    # Git is asked anew where any of them changed.
    ask = partial(_find_first_digests, reading.root)
    first = reading.cache.latest((_find_first_digests, reading.root), (digests, log), ask)
    if isinstance(first, str):
        if digests or log:
            yield diagnostic("erste-fassung-unbekannt", Position(LOG), reason=first)
    else:
        # A file's first version must still be there, under whatever name, or in the log (as withdrawn ones are).
        known = {*digests.values(), *(row.sha256 for row in log)}
        wrong |= {name for name, digest in first if digest not in known}
    for name in sorted(digests.keys() - {row.file for row in valid}):
        yield diagnostic("nicht-verzeichnet", Position(name))
    # Of a file with a message of its own, or in a folder with one, nothing more is said.
    reported = {item.position.file for item in reading.found if item.severity == "error"}
    for name in sorted(wrong):
        if reported.isdisjoint((name, *map(str, PurePosixPath(name).parents))):
            yield diagnostic("veroeffentlichtes-geaendert", Position(name))


def _find_first_digests(root: Path) -> set[tuple[str, str]] | str:
    """Return (released file, first digest) from git, or why not."""
    try:
        versions = first_versions(root, FOLDERS, is_released)
    except NoAnswer as why:
        return str(why)
    return {(name, digest_of(name, text.encode())) for name, text in versions}


CHECKS = (check_released,)
