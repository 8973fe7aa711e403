"""Read hand-written pages, and give every text of records with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import Disk
from generator.model.crisis import TextReview, crisis_language
from generator.model.editions import PAGE_HEAD, PageAgain, is_edition
from generator.model.fields import fields
from generator.model.groups import Group
from generator.model.scalars import Text
from generator.read.nodes import (
    FieldPath,
    MapNode,
    Node,
    Scalar,
    parse,
    stated_items,
    unfit_characters,
)
from generator.read.records import RecordSource, odd_texts, validate

FOLDER = "content"  # of the project; hand-written pages
_LINE_ENDS = re.compile("\r\n?")
# MkDocs would take these for pages as well.
_LIKE_PAGES = frozenset({".markdown", ".mdown", ".mkdn", ".mkd"})


def _no_page(disk: Disk, path: Path, name: str) -> list[Diagnostic]:
    """Report a file that is no page."""
    problems = disk.checked(path)
    if not problems and path.suffix in _LIKE_PAGES:
        better = f"die Datei in {path.stem}.md umbenennen"
        problems = [diagnostic("fremde-datei", Position(f"{FOLDER}/{name}"), name=path.name, better=better)]
    return problems


def read_content(disk: Disk) -> tuple[dict[str, str], list[Diagnostic]]:
    """Read all pages by content path, without hidden files."""
    folder = disk.project / FOLDER
    paths, found = disk.below(folder)
    pages: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if path.suffix == ".md":
            text, problems = disk.text(path)
            if text is not None:
                problems += unfit_characters(_LINE_ENDS.sub("\n", text), disk.name(path))
            if text is not None and is_edition(name):
                # Read for itself, with its digest over what stands there.
                pages[name] = text
            elif text is not None:
                pages[name] = _LINE_ENDS.sub("\n", text)
                problems += _wrong_head(pages[name], disk.name(path))
        else:
            problems = _no_page(disk, path, name)
        found += problems
    return pages, found


class _PageHead(Group):
    """What a page's head says in words."""

    title: Text
    description: Text


def head_of(text: str, file: str) -> Node | None:
    """Return a page's head with positions; None if missing or unreadable."""
    return _parse_page_head(text, file)[0]


def _wrong_head(text: str, file: str) -> list[Diagnostic]:
    """Report a wrong head; MkDocs would expand its anchors and aliases."""
    node, found = _parse_page_head(text, file)
    entries = node.entries if isinstance(node, MapNode) else ()
    words = MapNode(tuple(pair for pair in entries if pair[0].text in fields(_PageHead)), Position(file))
    return [*found, *odd_texts(_PageHead, words)]


def _parse_page_head(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    match = PAGE_HEAD.match(text)
    # The first line stays, so that lines are counted as in the file.
    return parse(match[1], file) if match and match[1].strip("- \t\n") else (None, [])


def read_again(pages: Mapping[str, str]) -> tuple[dict[str, PageAgain], list[Diagnostic]]:
    """Return the pages to look at again, by content path."""
    found: dict[str, PageAgain] = {}
    problems: list[Diagnostic] = []
    for name, text in pages.items():
        head = head_of(text, f"{FOLDER}/{name}") if "again" in text and not is_edition(name) else None
        if not isinstance(head, MapNode) or head.get("again") is None:
            continue
        day = tuple(pair for pair in head.entries if pair[0].text == "again")
        title = head.get("title")
        called = title.text if isinstance(title, Scalar) else name
        page, wrong = validate(PageAgain, MapNode(day, head.position), title=called)
        problems += wrong
        if page is not None:
            found[name] = page
    return found, problems


FIELD = "reviewed"  # in the head of a crisis text


def read_reviews(
    pages: Mapping[str, str], languages: tuple[str, ...]
) -> tuple[dict[str, TextReview], list[Diagnostic]]:
    """Return crisis texts' reviews by content path."""
    found: dict[str, TextReview] = {}
    problems: list[Diagnostic] = []
    for name, text in pages.items():
        if crisis_language(name, languages) is None:
            continue
        head = head_of(text, f"{FOLDER}/{name}")
        node = head.get(FIELD) if isinstance(head, MapNode) else None
        if node is None:
            continue
        review, wrong = validate(TextReview, node)
        problems += wrong
        if review is not None:
            found[name] = review
    return found, problems


# Behind `#`, once values are letters (`_without_values`).
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


class Passage(NamedTuple):
    """A text as written; `path` is its field, a comment has none."""

    text: str
    path: FieldPath
    position: Position
    lines: tuple[str, ...] = ()
    """The lines of the file, for places inside of blocks."""

    def at(self, start: int, end: int) -> Position:
        """Return a part's position, exact on one line, else the beginning."""
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
    """Yield a record's texts, then its comments."""
    lines = tuple(source.text.split("\n"))
    for path, scalar in scalars(source.node):
        yield Passage(scalar.text, path, scalar.position, lines)
    for comment in comments(source.text, source.file):
        yield Passage(comment.text, (), comment.position, lines)


def scalars(node: Node) -> list[tuple[FieldPath, Scalar]]:
    """Return a tree's scalars with paths, in order."""
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
            # Empty items have no number, as in `at`.
            items = stated_items(current)
            waiting += [((*path, number), items[number]) for number in reversed(range(len(items)))]
    return found


def comments(text: str, file: str) -> list[Scalar]:
    """Return a YAML text's comments with their places; none if it is no YAML."""
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
    """Replace values' signs by letters; raises parser errors."""
    pieces: list[str] = []
    last = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader)):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            pieces += [text[last:start], re.sub(r"[^\n]", "x", text[start:end])]
            last = end
    return "".join([*pieces, text[last:]])
