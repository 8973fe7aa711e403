"""A folder that git keeps in; its files as they were from commit to commit out. Git is asked and never told anything."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.files.git import NoAnswer, asked, kept_by_git, texts_of

_MARK = "\x01"


@dataclass(frozen=True, slots=True)
class PastChange:
    """One file of one commit: its name before and after (None where it wasn't there), and what stood in it."""

    old: str | None
    new: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PastCommit:
    """The day on which a commit came to this branch, and the files it changed."""

    date: dt.date
    changes: tuple[PastChange, ...]


def past(root: Path, folder: str) -> Iterator[PastCommit]:
    """Yield the commits of this branch that touched a folder below `root`, the first one first; a merge counts as one.

    Raises `NoAnswer` where git isn't there, nothing is kept, or only the last commits are (a shallow clone).
    """
    kept_by_git(root)
    if (asked(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        raise NoAnswer(
            "Git hat hier nur die letzten Fassungen geholt. Die ganze Geschichte holt „git fetch --unshallow“"
            " (GitLab: GIT_DEPTH: 0, GitHub und Forgejo: fetch-depth: 0)"
        )
    # Somebody's settings may leave out the first commit, have signatures shown by a program, or follow a name.
    told = asked(
        root, "-c", "log.showRoot=true", "-c", "log.follow=false", "log", "--no-show-signature", "--no-ext-diff",
        "--reverse", "--first-parent", "--diff-merges=first-parent", "--raw", "-z", "--no-abbrev", "--find-renames",
        "--relative", f"--format={_MARK}%cs", "--", folder,
    )  # fmt: skip
    if told is None:
        raise NoAnswer("In diesem Projekt hält git noch keine Fassung fest")
    commits = [_commit(part) for part in os.fsdecode(told).split(_MARK)[1:]]
    blobs: set[str] = set()
    for _, files in commits:
        for before, after, *_names in files:
            blobs |= {before, after}
    texts = texts_of(root, {blob for blob in blobs if blob.strip("0")})
    for date, files in commits:
        changes = [PastChange(old, new, texts.get(one), texts.get(two)) for one, two, old, new in files]
        yield PastCommit(date, tuple(changes))


def _commit(part: str) -> tuple[dt.date, list[tuple[str, str, str | None, str | None]]]:
    """Return the date, and for each file both blobs and both names: `:100644 100644 aaa bbb R090` and one name or two."""
    words = iter([word.strip("\n") for word in part.split("\0") if word.strip("\n")])
    date = dt.date.fromisoformat(next(words))
    files: list[tuple[str, str, str | None, str | None]] = []
    for word in words:
        _, _, before, after, way = word.split(" ")
        first = next(words)
        second = next(words) if way[0] in "RC" else first
        files.append((before, after, None if way[0] in "AC" else first, None if way[0] == "D" else second))
    return date, files
