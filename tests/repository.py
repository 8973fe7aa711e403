"""Repositories of git for tests: a command in, what git says out; whoever commits is nobody, and the branch is called main."""

import os
import subprocess
from pathlib import Path

_WHO = (
    "user.name=Redaktion",
    "user.email=redaktion@stadt.example",
    "init.defaultBranch=main",
)


def git(folder: Path, *words: str, day: str = "") -> str:
    """Run git in a folder and return what it says; raises `CalledProcessError` where it fails.

    What is committed on a `day` has the same digest wherever and whenever that is done.
    """
    settings = [part for setting in _WHO for part in ("-c", setting)]
    moment = f"{day}T12:00:00+00:00"
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment} if day else {}
    line = ["git", "-C", str(folder), *settings, *words]
    done = subprocess.run(line, check=True, capture_output=True, text=True, env={**os.environ, **dates})
    return done.stdout.strip()
