"""Search a project, its built site and what git still holds for a name, a number, a text."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.files.git import NoAnswer, kept_files, messages, past_texts
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.kinds import KIND_BY_FOLDER
from generator.read.hidden_places import folded_words
from generator.read.seen_text import words_of

_NUMBER = re.compile(r"[-+/() 0-9]{5,}")
_SHOWN = 20
"""So many lines of a file are told."""


def wanted(text: str) -> list[str]:
    """Return how a text may stand: „Muster, Vera“ too, and a number as dialled from abroad.

    >>> wanted("Vera Muster"), wanted("+49 40 66969-901")
    (['veramuster', 'mustervera'], ['4066969901'])
    """
    if _NUMBER.fullmatch(text):
        return [dialled(text).lstrip("0")]
    words = folded_words(text)
    return [*dict.fromkeys(("".join(words), "".join(reversed(words))))]


def folded(text: str) -> str:
    """Return a text without what can be written one way or another."""
    return "".join(folded_words(text))


def files_with(root: Path, folders: Sequence[Path], words: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Yield files that hold one of some folded words, with the lines: git's, and all of the folders."""
    paths = [root / name for name in kept_files(root)]
    paths += [path for folder in folders for path in sorted(folder.rglob("*"))]
    for path in dict.fromkeys(paths):
        if path.is_file() and (lines := _lines_with(path, words)):
            yield path, lines


def _lines_with(path: Path, words: Sequence[str]) -> str:
    data = path.read_bytes()
    text = words_of(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data) or data.decode("latin-1")
    every = [folded(line) for line in text.splitlines()]
    if not _is_in("".join([folded(str(path)), *every]), words):
        return ""
    lines = [str(at) for at, line in enumerate(every, 1) if _is_in(line, words)]
    return ", ".join(lines[:_SHOWN]) or "im Namen oder über zwei Zeilen"


def _is_in(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def told(root: Path, text: str, folders: Sequence[Path]) -> Iterator[str]:
    """Yield where a text stands, by what it is, what git still holds, and what makes it go."""
    words = wanted(text)
    groups: dict[str, list[str]] = {}
    for path, lines in files_with(root, folders, words):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        title, what = _kind_of(name)
        groups.setdefault(title, []).append(f"  {what}{name}: {lines}")
    try:
        groups |= {_PAST: list(_in_the_past(root, words))}
    except NoAnswer as error:
        groups |= {_PAST: [f"  {error}."]}
    for title, what_helps in _HELPS.items():
        if groups.get(title):
            yield from (title, *groups[title], f"  → {what_helps}")
    if not any(groups.values()):
        yield "Nirgends."


_PAST = "Frühere Fassungen in git"
_HELPS = {
    "Einträge": "ändern oder löschen; mit dem Kürzel: nahraum end oder rename",
    "Berichte": "einen Entwurf ändern; veröffentlicht: nahraum publish DATEI --withdraw GRUND",
    "Texte": "ändern",
    "Anderes": "ändern; in gebauten Ordnern: neu bauen und neu hochladen",
    _PAST: "bleibt, auch wenn es oben weg ist: git filter-repo, dann alle Klone und Abspaltungen neu holen",
}
"""What makes it go, by where it stands."""


def _kind_of(name: str) -> tuple[str, str]:
    """Return what a file is: its group, and for a record its kind."""
    top, _, rest = name.partition("/")
    folder = rest.partition("/")[0]
    if name.startswith(("content/berichte/", "resources/editions/")):
        return "Berichte", ""
    if top == "resources" and folder in KIND_BY_FOLDER:
        return "Einträge", f"{KIND_BY_FOLDER[folder].singular}, "
    return ("Texte" if top == "content" else "Anderes"), ""


def _in_the_past(root: Path, words: Sequence[str]) -> Iterator[str]:
    """Yield files of which an earlier version holds the words, and how many commits name them."""
    found = Counter(name for name, text in past_texts(root) if _is_in(folded(text), words))
    for name, count in sorted(found.items()):
        yield f"  {name}: {count} {'Fassung' if count == 1 else 'Fassungen'}"
    if count := sum(_is_in(folded(text), words) for text in messages(root)):
        yield f"  Name, Adresse oder Text von {count} {'Commit' if count == 1 else 'Commits'}"
