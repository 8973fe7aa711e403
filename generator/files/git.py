"""A question in, git's answer out: it is asked and never told anything, starts no program that settings name, and fetches nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_QUIET = ("-c", "core.fsmonitor=false", "--no-optional-locks")
_HERE = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""What a clone left with its server is not fetched now."""


class NoAnswer(Exception):
    """Git can't say what is asked; the message says why, in German."""


def asked(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return what git answers, None where it refuses; `given` is what it reads. Raises `NoAnswer` where there is no git."""
    line = ["git", *_QUIET, "-C", os.fspath(root), *arguments]
    try:
        done = subprocess.run(
            line, input=given, capture_output=True, check=False, env={**os.environ, **_HERE}
        )
    except FileNotFoundError as error:
        raise NoAnswer("Git ist auf diesem Rechner nicht zu finden") from error
    return done.stdout if done.returncode == 0 else None


def kept_by_git(root: Path) -> None:
    """Raise `NoAnswer` where a folder lies in no repository."""
    if asked(root, "rev-parse", "--is-inside-work-tree") is None:
        raise NoAnswer("Dieser Ordner liegt in keinem Projekt von git")
