"""Repositories of git for tests: a command in, what git says out; whoever commits is nobody, and the branch is called main."""

from __future__ import annotations

import subprocess
from pathlib import Path

_WHO = (
    "user.name=Redaktion",
    "user.email=redaktion@stadt.example",
    "init.defaultBranch=main",
)


def git(folder: Path, *words: str) -> str:
    """Run git in a folder and return what it says; raises `CalledProcessError` where it fails."""
    settings = [part for setting in _WHO for part in ("-c", setting)]
    done = subprocess.run(
        ["git", "-C", str(folder), *settings, *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
