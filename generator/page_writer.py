"""Paths of pages and a function that makes one in; written files out, by as many processes as the machine has cores."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from generator.read.project import Progress

T = TypeVar("T")
FEW = 400
CHUNK = 100
Make = Callable[[str], tuple[str, T]]

_make: Make[Any] | None = None
_folder: Path | None = None


def write_pages(folder: Path, paths: Sequence[str], make: Make[T], report: Progress) -> Iterator[T]:
    """Write `<path>index.html` for every path; yield what `make` returns beside each document, in no certain order.

    Processes are forked, so `make` may hold anything; few pages, a second thread or a system without fork mean one process.
    """
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    workers = min(len(chunks), _cores())
    done = 0
    if len(paths) <= FEW or workers < 2 or threading.active_count() > 1 or not hasattr(os, "fork"):
        for chunk in chunks:
            yield from _write(folder, chunk, make)
            done += len(chunk)
            report("schreiben", done, len(paths))
        return
    global _make, _folder
    _make, _folder = make, folder
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            for results in pool.imap_unordered(_write_chunk, chunks):
                yield from results
                done += len(results)
                report("schreiben", done, len(paths))
    finally:
        _make = _folder = None


def _write_chunk(chunk: Sequence[str]) -> list[Any]:
    if _make is None or _folder is None:
        raise RuntimeError("workers start after the function is set")
    return _write(_folder, chunk, _make)


def _write(folder: Path, chunk: Sequence[str], make: Make[T]) -> list[T]:
    results: list[T] = []
    for path in chunk:
        document, result = make(path)
        target = folder / path
        target.mkdir(parents=True, exist_ok=True)
        (target / "index.html").write_bytes(document.encode())
        results.append(result)
    return results


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
