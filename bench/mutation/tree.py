"""The project in, a copy of it out, in which faults may be put and tests run: the checkout itself is only read."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {"attack", "bench", "generator", "tests"}
SLOW_TO_LOAD = (
    "babel.dates", "folium", "holidays", "hypothesis", "icalendar", "jinja2", "lxml.etree", "mkdocs.commands.build",
    "nh3", "opening_hours", "openpyxl", "pandas", "pydantic", "pyproj", "highspy", "shapely", "yaml",
)  # fmt: skip
"""Loaded once, before the processes that run tests are forked."""


def copy_tree(target: Path) -> Path:
    """Copy what git knows or would take, as it lies there; return the folder of the copy."""
    tree = target / ROOT.name
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    # Published data that lies beside the project is found beside its copy.
    beside = ROOT.parent / "shared"
    if beside.exists() and not (target / "shared").exists():
        (target / "shared").symlink_to(beside)
    return tree


def load_libraries() -> None:
    """Load what is the same in every tree."""
    for name in SLOW_TO_LOAD:
        importlib.import_module(name)


@contextmanager
def mutated(tree: Path, path: str, text: str) -> Iterator[None]:
    """Put a changed file into a tree for a while; what Python compiled of it before is not used."""
    file = tree / path
    kept, stamp = file.read_bytes(), file.stat()
    for old in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        old.unlink()
    try:
        file.write_text(text, "utf-8")
        yield
    finally:
        file.write_bytes(kept)
        os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def enter(tree: Path) -> None:
    """Let this process, which must be a forked one, work in a tree: nothing is loaded yet of what can be changed there."""
    os.chdir(tree)
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    sys.path[:] = [str(tree), *(folder for folder in sys.path if folder not in ("", str(ROOT)))]
    os.environ |= {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    sys.dont_write_bytecode = True


def run_tests(files: Iterable[str], scratch: Path, plugin: object, *more: str) -> int:
    """Run test files of the tree that was entered; return pytest's exit code."""
    options = ["-q", "--no-header", "--tb=line", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]  # fmt: skip
    try:
        return int(pytest.main([*options, f"--basetemp={scratch}", *more, *files], plugins=[plugin]))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
