"""Runs the browser's modules in node, outside of any page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.build import Project
from generator.render.data_files.search_entries import search_files
from tests.node import answering
from tests.sharing import shared_value

HERE = Path(__file__).parent

Engine = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A function from index files and queries to what the browser would find."""
    with answering(HERE / "engine.mjs") as ask:

        def run(
            files: dict[str, bytes] | None = None, queries: list[str] | None = None, **more: Any
        ) -> dict[str, Any]:
            given: dict[str, Any] = {"queries": queries or [], **more}
            for path, content in (files or {}).items():
                given[path.split("/")[1].split(".")[0]] = json.loads(content)
            answer: dict[str, Any] = ask(given)
            return answer

        yield run


@pytest.fixture(scope="session")
def german(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The German index of the demo, made once in a run."""
    return shared_value(tmp_path_factory, "german-index", lambda: search_files(demo.contexts[0]))
