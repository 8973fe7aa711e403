"""The browser's modules without a browser, for tests: skipped where there is no node."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.scripts import Scripts


@contextmanager
def answering(
    driver: Path, given: Any = None, names: Collection[str] | None = None, **environment: str
) -> Iterator[Callable[[Any], Any]]:
    """Hand out a function from questions to what a driver answers, until the end of the block."""
    if shutil.which("node") is None:
        pytest.skip("needs node to run the browser's modules outside of a browser")
    with Scripts(driver, given, names, **environment) as scripts:
        yield scripts.ask
