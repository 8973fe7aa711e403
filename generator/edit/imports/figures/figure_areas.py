"""Texts that name areas in a table of figures in; which areas of the project they are, which are totals, and which join nothing and why, out.

An area is joined by its id, its official code or a name that only one has. Nothing is joined by likeness: what is nearly right is named.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.disclosure.lattice import Spaces, areas
from generator.edit.imports.figures.figure_periods import bare
from generator.edit.tables.workbooks import SheetCell
from generator.model.site import Site

_TOTAL = re.compile(
    r"(?:ins\s?gesamt|gesamt|summe|zusammen|total|alle gebiete|stadt|stadt insgesamt|gesamtstadt|stadtgebiet|0+)[:.]?",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"^(?:kreisfreie |hanse|landeshaupt)?(?:stadt|gemeinde|landkreis|kreis) |,? (?:stadt|insgesamt|gesamt)$",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?<=\d)\.0+$")
TOTAL = ""
"""What stands for the sum of all areas of a level where no area is that sum."""


@dataclass(slots=True)
class JoinedAreas:
    """Which area each text is. `totals` are texts of areas above, or of all together; `apart` those of other levels."""

    level: str
    spaces: dict[str, str] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    zeros: dict[str, str] = field(default_factory=dict)
    """Texts that lost the zeros they begin with, by the area's key."""
    named: int = 0
    """How many areas were joined by their names."""


class AreaIndex:
    """The areas of a project by everything that names them for certain."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.lattice: Spaces = areas(site)
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, set[str]] = defaultdict(set)
        levels = {item.id: item.name for one in site.config.geographies for item in one.levels}
        for key, space in site.spaces.items():
            for one in filter(None, (key, space.code)):
                self._keys[_folded(one)].add(key)
                if one.isdigit():
                    self._bare[one.lstrip("0")].add(key)
            for name in (space.name, *space.aliases):
                self._names[_folded(name)].add(key)
                self._names[_folded(f"{levels.get(space.level, '')} {name}")].add(key)
        self._shapes = {name: shape for name, shape in _shapes(site).items() if len(shape) > 1}

    def shapes(self, level: str | None) -> dict[str, str]:
        """Return how keys are written, by level, where all of a level are written alike and of digits."""
        return {name: shape for name, shape in self._shapes.items() if level in (None, name)}

    def candidates(self, text: str) -> set[str]:
        """Return the areas that a text may mean: by id or code, else by name, else by both together („101 Altstadt“).

        Marks of footnotes don't count, nor what a spreadsheet adds to a key that it took for a number (`101.0`).
        """
        return self._named(text) or self._named(_unmarked(text))

    def _named(self, text: str) -> set[str]:
        folded = _folded(text)
        if found := self._keys.get(folded):
            return found
        if found := self._names.get(folded):
            return found
        first, _, rest = folded.partition(" ")
        return self._keys.get(first, set()) & self._names.get(rest.lstrip("-– "), set()) if rest else set()

    def zeroless(self, text: str) -> set[str]:
        """Return the area whose key is a text but for zeros before it; none where several may be meant."""
        text = _unmarked(text)
        found = self._bare.get(text.lstrip("0"), set()) if text.isdigit() else set()
        return found if len(found) == 1 else set()

    def known(self, text: str) -> bool:
        """Tell whether a text is one area and no other, with or without its first zeros."""
        return len(self.candidates(text) or self.zeroless(text)) == 1

    def alike(self, text: str) -> bool:
        """Tell whether a text is written like the keys of a level, whether or not there is such an area."""
        return _shape(text) in self._shapes.values()

    def keyed(self, text: str) -> bool:
        """Tell whether a text is a key, with or without its first zeros."""
        return bool(self._keys.get(_folded(text)) or self.zeroless(text))

    def by_name(self, text: str) -> bool:
        """Tell whether a text joins by a name and not by a key."""
        return not self.keyed(text) and bool(self._names.get(_folded(text)))

    def top(self, geography: str) -> str:
        """Return the area that is the whole of a geography, `TOTAL` where none is."""
        tops = [key for key, item in self.lattice.items() if item.geography == geography and item.depth == 0]
        return tops[0] if len(tops) == 1 and self.lattice[tops[0]].children else TOTAL

    def above(self, key: str) -> Iterator[str]:
        """Return the areas that an area lies in, in its own geography."""
        parent = self.site.spaces[key].parent
        while (
            parent
            and parent in self.lattice
            and self.lattice[parent].geography == self.lattice[key].geography
        ):
            yield parent
            parent = self.site.spaces[parent].parent

    def below(self, key: str, level: str) -> list[str]:
        """Return the areas of a level that lie in an area; all of the level where the area is `TOTAL`."""
        return [
            one
            for one, space in self.site.spaces.items()
            if space.level == level and (key == TOTAL or key in self.above(one))
        ]

    def label(self, level: str) -> str:
        """Return the name of a level."""
        return next(
            (item.name for one in self.site.config.geographies for item in one.levels if item.id == level),
            level,
        )


def _unmarked(text: str) -> str:
    return _POINT.sub("", bare(text))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def join_areas(
    index: AreaIndex, cells: Sequence[SheetCell], file: str, level: str | None, unknown: str
) -> tuple[JoinedAreas | None, list[Diagnostic]]:
    """Join every text of the table's column of areas; None and what stands in the way otherwise.

    `level` is the one that was chosen, else the one whose areas join is taken. `unknown` is "leave-out" where rows of other areas may be left out.
    """
    first: dict[str, SheetCell] = {}
    for cell in cells:
        first.setdefault(cell.text, cell)
    if level is not None and index.site.config.level_of(level) is None:
        known = ", ".join(item.id for one in index.site.config.geographies for item in one.levels)
        return None, [
            diagnostic(
                "zahlen-ebene",
                Position(file),
                reason=f"„{level}“ ist keine Ebene aus site_config.yml",
                known=known,
            )
        ]
    if level is None:
        level, found = _recognised(index, first, file)
        if level is None:
            return None, found
    joined = JoinedAreas(level)
    lost: list[SheetCell] = []
    found = []
    for text, cell in first.items():
        problem = _join_one(index, joined, text, cell, lost)
        if problem is not None:
            found.append(problem)
    if lost and unknown == "leave-out":
        joined.left_out = [cell.text for cell in lost]
    elif lost:
        found += _lost(index, lost, level)
    if not joined.spaces and not found:
        found.append(
            diagnostic(
                "zahlen-ebene",
                Position(file),
                reason=f"kein Gebiet der Ebene „{index.label(level)}“ steht darin",
                known=_levels_there(index, first),
            )
        )
    return (None if found else joined), found


def _join_one(
    index: AreaIndex, joined: JoinedAreas, text: str, cell: SheetCell, lost: list[SheetCell]
) -> Diagnostic | None:
    if not text:
        return diagnostic("zahlen-ohne-gebiet", cell.position)
    spaces = index.site.spaces
    level = index.site.config.level_of(joined.level)
    geography = level[0].id if level else ""
    found = index.candidates(text)
    total = _TOTAL.fullmatch(text) is not None
    zeros = not found and not total
    if zeros:
        found = index.zeroless(text)
    if not found and not total:
        # „Stadt Köln“ and „Köln insgesamt“ are the town.
        found = {one for one in index.candidates(_TOWN.sub("", text)) if index.lattice[one].depth == 0}
        zeros = False
    here = {one for one in found if spaces[one].level == joined.level}
    if len(here) > 1:
        names = ", ".join(sorted(here))
        return diagnostic("gebiet-mehrdeutig", cell.position, value=text, spaces=names)
    if here:
        one = next(iter(here))
        joined.spaces[text] = one
        joined.named += index.by_name(text)
        if zeros:
            code = spaces[one].code or ""
            joined.zeros[text] = code if code.lstrip("0") == _unmarked(text).lstrip("0") else one
        return None
    higher = {
        one
        for one in found
        if one in {above for area in index.below(TOTAL, joined.level) for above in index.above(area)}
    }
    if len(higher) == 1:
        joined.totals[text] = next(iter(higher))
    elif found:
        joined.apart[text] = spaces[next(iter(sorted(found)))].level
    elif total:
        joined.totals[text] = index.top(geography)
    else:
        lost.append(cell)
    return None


def _recognised(
    index: AreaIndex, first: Mapping[str, SheetCell], file: str
) -> tuple[str | None, list[Diagnostic]]:
    """Return the finest level of which all areas are there, else the only one below the whole."""
    there: dict[str, set[str]] = defaultdict(set)
    for text in first:
        found = index.candidates(text) or index.zeroless(text)
        if len({index.site.spaces[one].level for one in found}) == 1:
            for one in found:
                there[index.site.spaces[one].level].add(one)
    sizes = Counter(space.level for space in index.site.spaces.values())
    whole = [level for level, names in there.items() if len(names) == sizes[level]]
    order = [item.id for one in index.site.config.geographies for item in one.levels]
    geographies = {level[0].id for name in there if (level := index.site.config.level_of(name))}
    below = [
        name
        for name in there
        if (level := index.site.config.level_of(name)) and (level[1] > 0 or len(level[0].levels) == 1)
    ]
    if len(geographies) == 1 and below:
        finest = max(below, key=order.index)
        if finest in whole or len(below) == 1:
            return finest, []
    if not there:
        return None, _lost(index, list(first.values()), None)
    if not below and len(there) == 1:
        return next(iter(there)), []
    counts = ", ".join(
        f"{level} ({len(there[level])} von {sizes[level]})" for level in sorted(there, key=order.index)
    )
    return None, [diagnostic("zahlen-ebene", Position(file), reason="mehrere kommen infrage", known=counts)]


def _levels_there(index: AreaIndex, first: Iterable[str]) -> str:
    counts = Counter(
        level for text in first for level in {index.site.spaces[one].level for one in index.candidates(text)}
    )
    return ", ".join(f"{level} ({count})" for level, count in counts.most_common()) or "keine"


def _lost(index: AreaIndex, lost: Sequence[SheetCell], level: str | None) -> list[Diagnostic]:
    """Say why texts join nothing: an earlier vintage that the project knows, ids of the right form that aren't there, or no reason known."""
    found: list[Diagnostic] = []
    rest = list(lost)
    vintages = {
        (item.title, vintage): set(keys)
        for item in index.site.indicators.values()
        for vintage, keys in item.vintages.items()
    }
    for (_, vintage), keys in sorted(vintages.items()):
        old = [cell for cell in rest if cell.text in keys]
        if old:
            found.append(
                diagnostic(
                    "gebiete-anderer-stand",
                    old[0].position,
                    count=len(old),
                    value=old[0].text,
                    what=f"gehören zum Gebietsstand {vintage}",
                    better="die Tabelle für den Gebietsstand des Projekts nehmen oder umrechnen lassen; zugeordnet wird nichts",
                )
            )
            rest = [cell for cell in rest if cell not in old]
    for name, shape in index.shapes(level).items():
        alike = [cell for cell in rest if _shape(cell.text) == shape]
        if len(alike) < 2:
            continue
        parents = {
            parent
            for one, space in index.site.spaces.items()
            if space.level == name and (parent := space.parent) and one.startswith(parent)
        }
        inside = sum(any(cell.text.startswith(parent) for parent in parents) for cell in alike)
        more = f", {inside} davon beginnen wie ein Gebiet darüber, das es gibt" if inside else ""
        found.append(
            diagnostic(
                "gebiete-anderer-stand",
                alike[0].position,
                count=len(alike),
                value=alike[0].text,
                what=f"sehen aus wie Kennungen der Ebene „{index.label(name)}“{more}, stehen aber nicht im Projekt",
                better="nachsehen, von welchem Gebietsstand die Tabelle ist: Wurden Grenzen neu gezogen, gehören die Zahlen zu anderen Gebieten; sind es Gebiete anderer Städte, „unknown: leave-out“ (--leave-out-unknown)",
            )
        )
        rest = [cell for cell in rest if cell not in alike]
    names = [space.name for space in index.site.spaces.values()]
    for cell in rest:
        near = close_to(cell.text, [*names, *index.site.spaces])
        better = (
            f"gemeint ist vielleicht „{near}“; dann in der Tabelle so schreiben oder beim Gebiet unter aliases ergänzen"
            if near
            else "zuerst die Gebiete einlesen; gehört die Zeile nicht hierher, „unknown: leave-out“ (--leave-out-unknown)"
        )
        found.append(diagnostic("gebiet-unbekannt", cell.position, value=cell.text, better=better))
    return found


def _shapes(site: Site) -> dict[str, str]:
    shapes: dict[str, set[str]] = defaultdict(set)
    for key, space in site.spaces.items():
        shapes[space.level].add(_shape(space.code or key))
    return {
        name: next(iter(found))
        for name, found in shapes.items()
        if len(found) == 1 and set(next(iter(found))) == {"9"}
    }


def _shape(text: str) -> str:
    return re.sub(r"\d", "9", text)
