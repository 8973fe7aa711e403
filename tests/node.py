"""The browser's modules without a browser, for tests."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.scripts import Scripts
from tests.machine import needed


@contextmanager
def answering(
    driver: Path, given: Any = None, names: Collection[str] | None = None, **environment: str
) -> Iterator[Callable[[Any], Any]]:
    """Hand out a function from questions to what a driver answers, until the end of the block."""
    needed("Node.js")
    with Scripts(driver, given, names, **environment) as scripts:
        yield scripts.ask
