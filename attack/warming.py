"""A piece of work in, the same piece of work quicker out, done a second time: what processes that are forked need not do again.

Templates are compiled once for all processes. Their code depends on nothing but what it is kept by.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from functools import cache
from types import CodeType
from typing import Any

from jinja2 import Environment

from generator.cli import main


@cache
def keep_templates() -> None:
    """Let this process, and those forked from it, compile each template once."""
    compile_, kept = Environment.compile, dict[tuple[Any, ...], CodeType]()

    def compiled(self: Environment, source: Any, *named: Any, **more: Any) -> Any:
        if not isinstance(source, str):
            return compile_(self, source, *named, **more)
        signs = (self.block_start_string, self.variable_start_string, self.comment_start_string, self.line_statement_prefix)  # fmt: skip
        way = (self.autoescape, self.trim_blocks, self.lstrip_blocks, self.keep_trailing_newline, self.newline_sequence, self.optimized, self.finalize)  # fmt: skip
        known = (tuple(self.extensions), tuple(self.filters), tuple(self.tests))
        key = (source, named, tuple(more.items()), signs, way, known)
        if key not in kept:
            kept[key] = compile_(self, source, *named, **more)
        return kept[key]

    Environment.compile = compiled  # type: ignore[method-assign]


def once(work: Callable[[], object]) -> None:
    """Do a piece of work in this process, without a word, so that all it imports is there."""
    keep_templates()
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        work()


def call(arguments: list[str]) -> int:
    """Run a command in this process as from a shell; return its exit code."""
    try:
        main(arguments, prog_name="nahraum")
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1
    return 0
