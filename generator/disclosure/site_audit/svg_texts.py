"""The texts of an SVG in, each with what stands in its group out; the numbers along an axis are a scale and no figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from generator.disclosure.numbers_in_text import read
from generator.disclosure.site_audit.mention import Mention

ROW = 8
"""A group with at most so many texts is a row of a chart: a name and its figures."""
SCALE = 3
"""So many numbers in line that grow evenly with their place make a scale."""


@dataclass
class _Text:
    words: str
    at: tuple[float | None, float | None]
    group: int
    mention: int | None


@dataclass
class DrawingTexts:
    """What was read of a drawing so far."""

    texts: list[_Text] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    made: int = 0
    at: tuple[float | None, float | None] = (None, None)

    def open(self, tag: str, values: dict[str, str]) -> None:
        """Note that an element begins."""
        if tag == "g":
            self.made += 1
            self.groups.append(self.made)
        elif tag == "text":
            self.at = (_place(values.get("x", "")), _place(values.get("y", "")))

    def close(self, tag: str) -> None:
        """Note that an element ends."""
        if tag == "g" and self.groups:
            self.groups.pop()

    def wrote(self, words: str, mention: int | None) -> None:
        """Note a text; `mention` is its number in the list of mentions, None where it isn't there."""
        self.texts.append(_Text(words, self.at, self.groups[-1] if self.groups else 0, mention))

    def judged(self, found: list[Mention]) -> list[Mention]:
        """Return the mentions with the words of their groups, without the numbers of scales."""
        groups: dict[int, list[_Text]] = defaultdict(list)
        for text in self.texts:
            groups[text.group].append(text)
        rows = {group for group, texts in groups.items() if group and _is_row(texts)}
        scale = _scale(text for text in self.texts if text.group not in rows)
        kept = []
        beside = {text.mention: text for text in self.texts if text.group in rows}
        for number, mention in enumerate(found):
            if number in beside:
                text = beside[number]
                mention = replace(mention, context=(_others(groups[text.group], text), *mention.context))
            if number not in scale:
                kept.append(mention)
        return kept


def _is_row(texts: list[_Text]) -> bool:
    """Whether texts are a row of a chart: a few, of which at least one is no number."""
    return 1 < len(texts) <= ROW and any(_value(text) is None for text in texts)


def _others(group: Iterable[_Text], text: _Text) -> str:
    """Return the words beside a text in its group."""
    return " | ".join(other.words for other in group if other is not text)


def _scale(texts: Iterable[_Text]) -> set[int]:
    """Return the mentions of numbers that stand in line and grow evenly with their place."""
    lines: dict[tuple[int, float], list[tuple[float, float, int]]] = defaultdict(list)
    for text in texts:
        value = _value(text)
        if value is None or text.mention is None:
            continue
        for axis in (0, 1):
            along, across = text.at[axis], text.at[1 - axis]
            if along is not None and across is not None:
                lines[axis, across].append((along, value, text.mention))
    found: set[int] = set()
    for points in lines.values():
        points.sort()
        if len(points) >= SCALE and _even(points):
            found.update(mention for *_, mention in points)
    return found


def _even(points: list[tuple[float, float, int]]) -> bool:
    first, last = points[0], points[-1]
    length, rise = last[0] - first[0], last[1] - first[1]
    if not length or not rise:
        return False
    return all(
        abs(first[1] + (along - first[0]) / length * rise - value) <= abs(rise) * 0.02
        for along, value, _ in points
    )


def _value(text: _Text) -> float | None:
    readings = read(text.words.strip().rstrip("%").strip())
    return float(readings[-1]) if readings else None


def _place(written: str) -> float | None:
    try:
        return float(written.rstrip("%px "))
    except ValueError:
        return None
