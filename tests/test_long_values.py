"""A value as long as its file may be, in every place where strangers write a text: it passes or is refused, at once and in little memory."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.files.disk import limit_of
from tests.chance import is_long, long, whole
from tests.children import MEGABYTE, Limits, run
from tests.sound_town import model_of
from tests.test_hostile_texts import project
from tests.world import TODAY, call

pytestmark = [whole, long]

LIMITS = Limits(seconds=5, memory=500 * MEGABYTE)
LONG = 1_000_000
STEP = 1 if is_long() else 8
"""`make examples` tries every eighth place, `pytest -m long` all of them."""
SHAPES = ("Wort", "Am Alten Ring 1a, ", "0123456789", "[(<{*_`", "Mo 9-12 Uhr, ", " \t", "<!-- ")
"""What a value is made of, again and again: one word, names, digits, signs, hours, blanks, beginnings without an end."""
Case = tuple[str, str, Callable[[str], str]]
"""A file, the place in it, and what writes a value there."""


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in a tree."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in inner:
        yield from places(child, (*path, step))
    if not isinstance(node, dict | list):
        yield path


def put(text: str, read: Callable[[str], Any], write: Callable[[Any], str], path: tuple[Any, ...], value: str) -> str:  # fmt: skip
    """Write a value at a place of a tree; in the place of its key where the path ends with None."""
    tree = node = read(text)
    *above, last = path if path[-1] is not None else path[:-1]
    for step in above:
        node = node[step]
    if path[-1] is None:
        node[value] = node.pop(last)
    else:
        node[last] = value
    return write(tree)


def put_cell(text: str, row: int, column: int, value: str) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    rows[row][column] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


load = partial(yaml.load, Loader=yaml.CBaseLoader)
dump = partial(yaml.dump, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10**9)


def cases(files: dict[str, str]) -> Iterator[Case]:
    """Yield a value and a key of every model of YAML, which one reader reads, and every place of all other files."""
    seen: set[object] = set()
    for name, text in files.items():
        if name.endswith(".yml") and model_of(name) not in seen:
            seen.add(model_of(name))
            path = next(path for path in places(load(text)) if isinstance(path[-1], str))
            for one in (path, (*path, None)):
                yield name, str(one), partial(put, text, load, dump, one)
        elif name.endswith(".csv"):
            head = text.split("\n", 1)[0].split(",")
            for row, what in enumerate(("head", "cell")):
                for column, title in enumerate(head):
                    yield name, f"{what} {title}", partial(put_cell, text, row, column)
        elif name.endswith(".geojson"):
            for path in places(json.loads(text)):
                yield name, str(path), partial(put, text, json.loads, json.dumps, path)
        elif name.endswith(".md"):
            yield name, "text", lambda value, text=text: f"{text}\n{value}\n"
            yield name, "heading", lambda value, text=text: f"{text}\n## {value}\n"
            if text.startswith("---\n"):
                head, body = text.split("---\n", 2)[1:]
                for path in places(load(head)):
                    written = partial(put, head, load, dump, path)
                    yield name, str(path), lambda value, written=written, body=body: f"---\n{written(value)}---\n{body}"  # fmt: skip


def test_a_value_of_any_length_is_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAHRAUM_TODAY", TODAY)
    files = {name: data.decode() for name, data in project()[0].items()}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    work = partial(call, ["check", "--untrusted", "-p", str(tmp_path)])
    call(["check", "--untrusted", "-p", str(tmp_path)])
    found, tried = [], 0
    for number, (name, place, written) in islice(enumerate(cases(files)), 0, None, STEP):
        shape = SHAPES[number % len(SHAPES)]
        room = min(LONG, limit_of(Path(name)) - 2 * len(files[name]) - 1_000)
        (tmp_path / name).write_text(written((shape * (room // len(shape) + 1))[:room]), "utf-8")
        ended = run(work, LIMITS)
        (tmp_path / name).write_text(files[name], "utf-8")
        tried += 1
        if problem := ended.problem(LIMITS):
            found.append(f"{name} {place} „{shape}“: {problem} {ended.said.strip()[-200:]}")
    assert not found, "\n".join(found)
    assert tried > 200 // STEP
