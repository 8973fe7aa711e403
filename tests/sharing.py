"""What is dear to make: a name and its recipe in, a folder out that one process of a run makes and the others wait for."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")


def shared_folder(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that `make` filled once in this run; nobody may change what is in it.

    Where making it failed, the next one tries again and fails by itself.
    """
    base = factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    root.mkdir(exist_ok=True)
    folder, done = root / name, root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed, or its process ends
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def shared_value(factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """Return what `make` returned once in this run, as a copy of one's own."""

    def keep(folder: Path) -> None:
        (folder / "value").write_bytes(pickle.dumps(make()))

    value: T = pickle.loads((shared_folder(factory, name, keep) / "value").read_bytes())
    return value
