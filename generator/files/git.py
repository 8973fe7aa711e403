"""A question in, git's answer out: it is asked and never told anything, starts no program, and fetches nothing.

Every call of git goes through `asked`. What lies in the folder may be a stranger's: a part of it that looks like a repository is
none, and no filter, hook or other program that settings name is started, whoever named it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

_QUIET = (
    "--no-pager",
    "--no-optional-locks",
    "-c", "safe.bareRepository=explicit",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
)  # fmt: skip
_HERE = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""What a clone left with its server is not fetched now."""
_FILTERS = ("config", "--name-only", "-z", "--get-regexp", r"^filter\.")
_READING_FILES = frozenset({"diff", "status"})
"""What compares files with what git keeps, for which it would send them through filters."""


class NoAnswer(Exception):
    """Git can't say what is asked; the message says why, in German."""


def asked(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return what git answers, None where it refuses; `given` is what it reads.

    Raises `NoAnswer` where there is no git, or where the folder lies in one that only looks like a repository.
    """
    _in_no_lookalike(root)
    more = _without_filters(root) if _READING_FILES & set(arguments) else {}
    return _run(root, arguments, given, more)


def kept_by_git(root: Path) -> None:
    """Raise `NoAnswer` where a folder lies in no repository."""
    if asked(root, "rev-parse", "--is-inside-work-tree") is None:
        raise NoAnswer("Dieser Ordner liegt in keinem Projekt von git")


def texts_of(root: Path, blobs: Collection[str]) -> dict[str, str]:
    """Return texts by their digests; raises `NoAnswer` where git doesn't have them all."""
    wanted = sorted(blobs)
    told = asked(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode()) or b""
    found: dict[str, str] = {}
    at = 0
    for blob in wanted:
        head, newline, _ = told[at : at + 200].partition(b"\n")
        if not newline or head.split()[1:2] != [b"blob"]:
            raise NoAnswer(
                "Git hat hier nicht alles geholt, was früher war. Alles holt ein Klon ohne --filter und --depth"
            )
        start = at + len(head) + 1
        at = start + int(head.split()[2]) + 1
        found[blob] = told[start : at - 1].decode("utf-8-sig", "replace")
    return found


def _run(root: Path, arguments: Iterable[str], given: bytes, more: Mapping[str, str]) -> bytes | None:
    line = ["git", *_QUIET, "-C", os.fspath(root), *arguments]
    try:
        done = subprocess.run(
            line, input=given, capture_output=True, check=False, env={**os.environ, **_HERE, **more}
        )
    except FileNotFoundError as error:
        raise NoAnswer("Git ist auf diesem Rechner nicht zu finden") from error
    if done.returncode:
        return None
    return done.stdout


def _in_no_lookalike(root: Path) -> None:
    """Raise `NoAnswer` where git would take a part of what it keeps for a repository of its own; old versions know no setting against it."""
    here = Path(os.path.realpath(root))
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return
        if (folder / "HEAD").exists():
            raise NoAnswer(
                f"Der Ordner „{folder.name}“ sieht aus wie eine Ablage von git, ist hier aber keine"
            )


def _without_filters(root: Path) -> dict[str, str]:
    """Return settings for git's environment by which it starts no filter, whoever named it: files are compared as they are."""
    told = _run(root, _FILTERS, b"", {}) or b""
    names = sorted(set(os.fsdecode(told).split("\0")) - {""})
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    settings = {"GIT_CONFIG_COUNT": str(first + len(names))}
    for number, name in enumerate(names, first):
        settings[f"GIT_CONFIG_KEY_{number}"] = name
        settings[f"GIT_CONFIG_VALUE_{number}"] = "false" if name.endswith(".required") else ""
    return settings
