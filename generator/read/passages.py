"""A record's file in, its passages out: every written text with the path of its field, and every comment.

A passage knows where it stands, so that a part of it can be pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.diagnostics import Position
from generator.read.nodes import FieldPath, MapNode, Node, Scalar
from generator.read.records import RecordSource

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


class Passage(NamedTuple):
    """A text as written; `path` leads to its field, a comment has none."""

    text: str
    path: FieldPath
    position: Position
    lines: tuple[str, ...] = ()
    """The lines of the file, for places inside of blocks."""

    def at(self, start: int, end: int) -> Position:
        """Return where a part stands: exactly where the file shows it on one line, else where the passage begins."""
        part = self.text[start:end]
        first = self.position.line - 1
        # So many lines of the file as the passage has may hold it, and one for the head of a block.
        for number in range(first, min(first + self.text.count("\n") + 2, len(self.lines))):
            after = self.position.column - 1 if number == first else 0
            column = self.lines[number].find(part, after)
            if column >= 0:
                return Position(self.position.file, number + 1, column + 1, len(part))
        return self.position


def passages(source: RecordSource) -> Iterator[Passage]:
    """Yield every text of a record, then the comments of its file."""
    lines = tuple(source.text.split("\n"))
    for path, scalar in scalars(source.node):
        yield Passage(scalar.text, path, scalar.position, lines)
    for comment in comments(source.text, source.file):
        yield Passage(comment.text, (), comment.position, lines)


def scalars(node: Node) -> list[tuple[FieldPath, Scalar]]:
    """Return every scalar of a tree with its path, in the order of the file."""
    found: list[tuple[FieldPath, Scalar]] = []
    # An own stack and no generators within generators: every text of a town passes here several times.
    waiting: list[tuple[FieldPath, Node]] = [((), node)]
    while waiting:
        path, current = waiting.pop()
        if isinstance(current, Scalar):
            found.append((path, current))
        elif isinstance(current, MapNode):
            waiting += [((*path, key.text), value) for key, value in reversed(current.entries)]
        else:
            waiting += [
                ((*path, number), current.items[number]) for number in reversed(range(len(current.items)))
            ]
    return found


def comments(text: str, file: str) -> list[Scalar]:
    """Return what stands after a `#` outside of every value; a text that is no YAML has none."""
    if "#" not in text:
        return []
    try:
        plain = _without_values(text)
    except yaml.YAMLError:
        return []
    found: list[Scalar] = []
    for match in _COMMENT.finditer(plain):
        start, comment = match.start(), match[0][1:].strip()
        place = Position(
            file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), len(match[0])
        )
        if comment:
            found.append(Scalar(comment, place))
    return found


def _without_values(text: str) -> str:
    """Return a text with a letter in the place of each sign of a value, line by line; raises what the parser does."""
    pieces: list[str] = []
    last = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader)):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            pieces += [text[last:start], re.sub(r"[^\n]", "x", text[start:end])]
            last = end
    return "".join([*pieces, text[last:]])
