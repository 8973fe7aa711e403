"""A golden folder in; what building it gives, and what differs from what is kept, out.

`tests/golden/<name>/project/` is a small town, `expected/` what must come out of it:

- `found.txt`: every diagnostic, one a line
- `files.txt`: every file, with the SHA-256 of each page (of what stands inside `<main>`); of a whole site (`WHOLE`) that of
  every file and of whole documents, so nothing differs by a byte
- `pages.txt`: what some of them say, for people to read: the bodies of records' pages and of hand-written ones, the first
  body of other kinds (`KINDS`); of a whole site also documents and data files (`IN_FULL`)

What would change many lines at once is told apart. The hash after `?v=` is left out where it is that of the file it belongs
to: a new stylesheet, or an icon drawn anew, is one line of `files.txt`. So is the digest of the folder in which the scripts lie. All towns share the few words of `vocabulary.yml` in the
place of the package's, which have tests of their own.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from generator.diagnostics.formats import as_concise
from generator.files.packaged import packaged_text
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from generator.read import vocabularies
from generator.render.pages import PageAddress, addresses

FOLDER = Path(__file__).parent
TODAY = dt.date(2026, 11, 20)
WHOLE = frozenset({"village"})
INTERNAL = frozenset({"internal"})
NAMES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/project")))
RECORDS = frozenset({"offer", "place", "provider", "space", "office", "network", ""})
"""Kinds of pages of which each is shown; those without kind are hand-written."""
KINDS = {
    "two-languages": frozenset({"home", "meeting", "youth"}),
    "internal": frozenset({"measures", "needs", "resource-plan", "who"}),
}
"""Kinds of pages of which the first is shown; of the other site all kinds."""
IN_FULL = frozenset(
    {
        "_headers",
        "angebote/spielkreis-am-deich/index.html",
        "angebote/spielkreis-am-deich/termine.ics",
        "angebote/auswahl.json",
        "angebote/verzeichnis.json",
        "angebote/zeiten.json",
        "daten/angebote.csv",
        "daten/hsds.json",
        "daten/katalog.ttl",
        "index.html",
        "merkliste/eintraege-0.json",
        "robots.txt",
        "sozialraeume/gebiete.json",
    }
)
SHOWN_FILES, SHOWN_LINES = 5, 40
_FOLDER = re.compile(r"(skripte|suche)-[0-9a-f]{16}")
_SHOWN = "===== "

Expectation = Mapping[str, str]
"""Texts by their name below `expected/`, pages by `pages/` and their path."""


@dataclass(frozen=True, slots=True)
class Site:
    """A golden site, built: its files, what was found, and which of its pages are generated, by their file."""

    name: str
    files: Mapping[str, bytes]
    found: str
    generated: Mapping[str, PageAddress]

    @property
    def whole(self) -> bool:
        """Whether every byte of every file counts."""
        return self.name in WHOLE


def build(name: str, folder: Path) -> Site:
    """Build a golden site into a folder; raise `ValueError` when its project has errors."""
    own = {
        "packaged_text": _own_words,
        "_packaged_entries": vocabularies.packaged_entries,
        "_read_words": vocabularies._read_words.__wrapped__,
    }
    with mock.patch.multiple(vocabularies, **own):
        project = prepare(FOLDER / name / "project", TODAY, internal=name in INTERNAL)
        found = as_concise(build_site(project, folder / "site", write_site), project.disk.lines)
    if project.site is None or project.facts is None:
        raise ValueError(found)
    files = {
        path.relative_to(folder / "site").as_posix(): path.read_bytes()
        for path in sorted((folder / "site").rglob("*"))
        if path.is_file()
    }
    pages = addresses(project.site, project.facts)
    return Site(name, files, found, {f"{path}index.html": page for path, page in pages.items()})


def _own_words(package: str, *parts: str) -> str:
    if parts[0] != "vocabulary":
        return packaged_text(package, *parts)
    return _divided((FOLDER / "vocabulary.yml").read_text("utf-8"), "# ").get(parts[1], "[]")


def _divided(text: str, before: str = "") -> dict[str, str]:
    """Return what stands in one file in place of many, by their names."""
    _, *parts = re.split(rf"^{before}{_SHOWN}(.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def expectation(site: Site) -> dict[str, str]:
    """Return what is kept of a site."""
    versions = {
        f"{name.rsplit('/', 1)[-1]}?v={_hash(content)[:8]}"
        for name, content in site.files.items()
        if name.startswith("assets/")
    }
    versions.update(found[0] for name in site.files if (found := _FOLDER.search(name)))
    lines: list[str] = []
    kept: dict[str, str] = {}
    shown = _shown(site)
    for name, content in site.files.items():
        if not (site.whole or name.endswith(".html")):
            lines.append(name)
            continue
        if name.startswith("assets/"):
            lines.append(f"{without_digest(name)} {_hash(content)}")
            continue
        document = without_versions(content.decode(), versions)
        text = document if site.whole else body(document)
        lines.append(f"{name} {_hash(text.encode())}")
        if name in shown:
            in_full = not name.endswith(".html") or (site.whole and name in IN_FULL)
            kept[f"pages/{name}"] = _readable(text if in_full else body(document), name)
    return {"found.txt": site.found, "files.txt": _lines(lines), **kept}


def without_digest(name: str) -> str:
    """Return the name of a file without the digest of the folder that it lies in."""
    return _FOLDER.sub(r"\1", name)


def _shown(site: Site) -> set[str]:
    """Return the files whose text is kept."""
    shown = {name for name in site.files if site.whole and name in IN_FULL}
    kinds: set[str] = set()
    first = next((page.lang for page in site.generated.values()), "")
    for name in sorted(site.files):
        page = site.generated.get(name)
        kind, lang = (page.type.kind, page.lang) if page is not None else ("", first)
        if not name.endswith(".html") or (lang != first and kind != "offer"):
            continue
        if kind in RECORDS or (kind not in kinds and kind in KINDS.get(site.name, {kind})):
            shown.add(name)
        kinds.add(kind)
    return shown


def body(document: str) -> str:
    """Return what stands inside `<main>`; an empty text where there is none."""
    match = re.search(r"<main[^>]*>\n?(.*?)\n?</main>", document, re.DOTALL)
    return match[1] + "\n" if match else ""


def without_versions(text: str, versions: set[str]) -> str:
    """Leave out the hashes of `versions` (`maps.css?v=0123abcd`, `skripte-0123456789abcdef`); any other stays."""
    text = _FOLDER.sub(lambda found: found[1] if found[0] in versions else found[0], text)
    return re.sub(
        r"([\w.-]+\?v=)[0-9a-f]{8}", lambda found: found[1] if found[0] in versions else found[0], text
    )


def kept_expectation(name: str) -> dict[str, str]:
    """Read the expectation of a golden site."""
    folder = FOLDER / name / "expected"
    kept = {path.name: path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))}
    pages = _divided(kept.pop("pages.txt", ""))
    return kept | {f"pages/{path}": text for path, text in pages.items()}


def write_expectation(name: str, texts: Expectation) -> list[str]:
    """Make `expected/` hold exactly these texts; return the names that changed."""
    folder = FOLDER / name / "expected"
    before = kept_expectation(name)
    pages = [path for path in texts if path.startswith("pages/")]
    files = {path: text for path, text in texts.items() if path not in pages}
    files["pages.txt"] = "".join(f"{_SHOWN}{path.removeprefix('pages/')}\n{texts[path]}" for path in pages)
    folder.mkdir(exist_ok=True)
    for path, text in files.items():
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
                expected[path].splitlines(),
                made[path].splitlines(),
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


def _readable(text: str, name: str) -> str:
    """Break between tags and values, so that a changed word isn't a changed page; what the bytes are says `files.txt`."""
    if name.endswith(".html"):
        text = text.replace("><", ">\n<")
    elif name.endswith(".json"):
        text = text.replace(',"', ',\n"').replace("},{", "},\n{")
    return text.replace("\r\n", "\n").rstrip("\n") + "\n"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
