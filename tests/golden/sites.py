"""A golden folder in; what building it gives, and what differs from what is kept, out.

`tests/golden/<name>/project/` is a small town, `expected/` what must come out of it:

- `found.txt`: every diagnostic, one a line
- `files.txt`: the path of every file; of a whole site (`WHOLE`) also its SHA-256, so nothing differs by a byte
- `pages/`: the body of each page (what stands inside `<main>`); of a whole site every text file as it is
- `words.txt`: the SHA-256 of bodies that only show the vocabularies of the package, which have tests of their own

The hashes after `?v=` of stylesheets and scripts are left out in `pages/`, so that a new colour is one line of `files.txt`
for each file and not a change on every page.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.build import build_site, prepare
from generator.mkdocs_plugin import write_site
from generator.report import as_concise

FOLDER = Path(__file__).parent
TODAY = dt.date(2026, 11, 20)
WHOLE = frozenset({"village"})
INTERNAL = frozenset({"internal"})
NAMES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/project")))
OF_THE_PACKAGE = re.compile(r"([a-z]{2}/)?(themen/|fachkraefte/glossar/|ueber/lizenzen/|assets/|search/)")
SHOWN_FILES, SHOWN_LINES = 5, 40

Expectation = Mapping[str, str]
"""Texts by their path below `expected/`."""


@dataclass(frozen=True, slots=True)
class Site:
    """A golden site, built: its files, what was found, and the ids of its offers."""

    name: str
    files: Mapping[str, bytes]
    found: str
    offers: frozenset[str]


def build(name: str, folder: Path) -> Site:
    """Build a golden site into a folder; raise `ValueError` when its project has errors."""
    root = FOLDER / name / "project"
    project = prepare(root, TODAY, internal=name in INTERNAL)
    found = as_concise(build_site(project, folder / "site", write_site), project.door)
    if project.site is None:
        raise ValueError(found)
    files = {
        path.relative_to(folder / "site").as_posix(): path.read_bytes()
        for path in sorted((folder / "site").rglob("*"))
        if path.is_file()
    }
    return Site(name, files, found, frozenset(project.site.offers))


def expectation(site: Site) -> dict[str, str]:
    """Return what is kept of a site."""
    whole = site.name in WHOLE
    words: list[str] = []
    kept = {"found.txt": site.found, "files.txt": _lines(_file_lines(site, whole))}
    for name, content in site.files.items():
        if name.startswith("assets/") or not (whole or name.endswith(".html")):
            continue
        text = content.decode() if whole else body(content.decode())
        if OF_THE_PACKAGE.match(name) and not _shows_offers(text, site.offers):
            words.append(f"{name} {_hash(text.encode())}")
        else:
            kept[f"pages/{name}"] = without_versions(text)
    kept["words.txt"] = _lines(words)
    return kept


def body(document: str) -> str:
    """Return what stands inside `<main>`; an empty text where there is none."""
    match = re.search(r"<main[^>]*>\n?(.*?)\n?</main>", document, re.DOTALL)
    return match[1] + "\n" if match else ""


def without_versions(text: str) -> str:
    """Leave out what changes with every stylesheet and script."""
    return re.sub(r"\?v=[0-9a-f]{8}", "?v=", text)


def kept_expectation(name: str) -> dict[str, str]:
    """Read the expectation of a golden site."""
    folder = FOLDER / name / "expected"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_expectation(name: str, texts: Expectation) -> list[str]:
    """Make `expected/` hold exactly these texts; return the paths that changed."""
    folder = FOLDER / name / "expected"
    before = kept_expectation(name)
    for path in before.keys() - texts.keys():
        (folder / path).unlink()
    for path, text in texts.items():
        if before.get(path) != text:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
    return sorted(path for path in before.keys() | texts.keys() if before.get(path) != texts.get(path))


def difference(expected: Expectation, made: Expectation) -> str:
    """Say what differs, so that a person can judge it: the lists first, then pages with their changed lines; empty if nothing."""
    changed = [path for path in sorted(expected.keys() | made.keys()) if expected.get(path) != made.get(path)]
    changed.sort(key=lambda path: path.startswith("pages/"))
    parts = ["\n".join(_changes(path, expected, made)) for path in changed[:SHOWN_FILES]]
    if len(changed) > SHOWN_FILES:
        parts.append("also: " + ", ".join(changed[SHOWN_FILES:]))
    return "\n\n".join(parts)


def _changes(path: str, expected: Expectation, made: Expectation) -> Iterator[str]:
    if path not in made:
        yield f"- {path} is not made any more"
    elif path not in expected:
        yield f"+ {path} is new"
    else:
        lines = list(
            difflib.unified_diff(
                _readable(expected[path]),
                _readable(made[path]),
                f"expected {path}",
                f"made {path}",
                "",
                "",
                1,
                "",
            )
        )
        yield from lines[:SHOWN_LINES]
        if len(lines) > SHOWN_LINES:
            yield f"… {len(lines) - SHOWN_LINES} more lines"


def _readable(text: str) -> list[str]:
    """Break between tags, so that a changed word isn't a changed page."""
    return text.replace("><", ">\n<").splitlines()


def _file_lines(site: Site, whole: bool) -> list[str]:
    return [f"{name} {_hash(content)}" if whole else name for name, content in site.files.items()]


def _shows_offers(text: str, offers: frozenset[str]) -> bool:
    return any(f"angebote/{key}/" in text for key in offers)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
