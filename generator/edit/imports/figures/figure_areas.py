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

    def has(self, text: str) -> bool:
        """Tell whether a text was found to be an area or a total."""
        return text in self.spaces or text in self.totals or text in self.apart


class AreaIndex:
    """The areas of a project by everything that names them for certain."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.lattice: Spaces = areas(site)
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, set[str]] = defaultdict(set)
        self._levels: dict[str, str] = {}
        for geography in site.config.geographies:
            self._levels |= {item.id: item.name for item in geography.levels}
        for key, space in site.spaces.items():
            for one in filter(None, (key, space.code)):
                self._keys[_folded(one)].add(key)
                if one.isdigit():
                    self._bare[one.lstrip("0")].add(key)
            for name in (space.name, *space.aliases):
                self._names[_folded(name)].add(key)
                self._names[_folded(f"{self._levels.get(space.level, '')} {name}")].add(key)
        self._shapes = _shapes(site)

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
        if rest:
            return self._keys.get(first, set()) & self._names.get(rest.lstrip("-– "), set())
        return set()

    def zeroless(self, text: str) -> set[str]:
        """Return the area whose key is a text but for zeros before it; none where several may be meant."""
        text = _unmarked(text)
        found = self._bare.get(text.lstrip("0"), set()) if text.isdigit() else set()
        if len(found) == 1:
            return found
        return set()

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
        if len(tops) == 1 and self.lattice[tops[0]].children:
            return tops[0]
        return TOTAL

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
        return self._levels.get(level, level)

    @property
    def levels(self) -> list[str]:
        """The ids of all levels in the order of the settings."""
        return list(self._levels)


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
    if level is None:
        level, found = _recognised(index, first, file)
        if level is None:
            return None, found
    elif level not in index.levels:
        reason = f"„{level}“ ist keine Ebene aus site_config.yml"
        return None, [_level_unclear(file, reason, ", ".join(index.levels))]
    joined = JoinedAreas(level)
    lost, found = _join_all(index, joined, first.values())
    if lost and unknown == "leave-out":
        joined.left_out = [cell.text for cell in lost]
    elif lost:
        found += _lost(index, lost, level)
    if not joined.spaces and not found:
        reason = f"kein Gebiet der Ebene „{index.label(level)}“ steht darin"
        found.append(_level_unclear(file, reason, _levels_there(index, first)))
    if found:
        return None, found
    return joined, []


def _join_all(
    index: AreaIndex, joined: JoinedAreas, cells: Iterable[SheetCell]
) -> tuple[list[SheetCell], list[Diagnostic]]:
    """Enter what each text is; return the cells whose texts are no area and no total, and what is wrong with others."""
    higher = _higher(index, joined.level)
    lost: list[SheetCell] = []
    found: list[Diagnostic] = []
    for cell in cells:
        problem = _join_one(index, joined, cell, higher)
        if problem is not None:
            found.append(problem)
        elif not joined.has(cell.text):
            lost.append(cell)
    return lost, found


def _level_unclear(file: str, reason: str, known: str) -> Diagnostic:
    return diagnostic("zahlen-ebene", Position(file), reason=reason, known=known)


def _higher(index: AreaIndex, level: str) -> set[str]:
    """Return all areas that areas of a level lie in."""
    found: set[str] = set()
    for area in index.below(TOTAL, level):
        found.update(index.above(area))
    return found


def _join_one(index: AreaIndex, joined: JoinedAreas, cell: SheetCell, higher: set[str]) -> Diagnostic | None:
    """Enter what a text is: an area of the level, a total, or an area of another level; nothing where it is none of them.

    `higher` are the areas that those of the level lie in. Returns what is wrong with a text that names none or several.
    """
    text = cell.text
    if not text:
        return diagnostic("zahlen-ohne-gebiet", cell.position)
    spaces = index.site.spaces
    total = _TOTAL.fullmatch(text) is not None
    found, zeros = index.candidates(text), False
    if not found and not total:
        found, zeros = _otherwise(index, text)
    here = {one for one in found if spaces[one].level == joined.level}
    above = found & higher
    if len(here) > 1:
        return diagnostic("gebiet-mehrdeutig", cell.position, value=text, spaces=", ".join(sorted(here)))
    if here:
        one = here.pop()
        joined.spaces[text] = one
        joined.named += index.by_name(text)
        if zeros:
            joined.zeros[text] = _full_key(one, spaces[one].code or "", text)
    elif len(above) == 1:
        joined.totals[text] = above.pop()
    elif found:
        joined.apart[text] = spaces[min(found)].level
    elif total:
        joined.totals[text] = _top_of(index, joined.level)
    return None


def _full_key(key: str, code: str, text: str) -> str:
    """Return the code or else the key of an area, whichever a text without its first zeros is."""
    if code.lstrip("0") == _unmarked(text).lstrip("0"):
        return code
    return key


def _top_of(index: AreaIndex, level: str) -> str:
    """Return the area that is the whole of a level's geography, `TOTAL` where none is."""
    found = index.site.config.level_of(level)
    if found is None:
        return TOTAL
    return index.top(found[0].id)


def _otherwise(index: AreaIndex, text: str) -> tuple[set[str], bool]:
    """Return what a text may mean that is no key or name: a key without its first zeros (True), or the town („Stadt Köln“)."""
    if found := index.zeroless(text):
        return found, True
    return {one for one in index.candidates(_TOWN.sub("", text)) if index.lattice[one].depth == 0}, False


def _recognised(
    index: AreaIndex, first: Mapping[str, SheetCell], file: str
) -> tuple[str | None, list[Diagnostic]]:
    """Return the finest level of which all areas are there, else the only one below the whole."""
    there = _areas_by_level(index, first)
    if not there:
        return None, _lost(index, list(first.values()), None)
    order = [level for level in index.levels if level in there]
    geographies, below = _below_whole(index, order)
    sizes = Counter(space.level for space in index.site.spaces.values())
    if len(geographies) == 1 and below:
        finest = below[-1]
        if len(below) == 1 or len(there[finest]) == sizes[finest]:
            return finest, []
    if not below and len(order) == 1:
        return order[0], []
    counts = ", ".join(f"{level} ({len(there[level])} von {sizes[level]})" for level in order)
    return None, [_level_unclear(file, "mehrere kommen infrage", counts)]


def _areas_by_level(index: AreaIndex, texts: Iterable[str]) -> dict[str, set[str]]:
    """Return the areas that texts mean, by their levels; a text that may be areas of several levels counts for none."""
    there: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        found = index.candidates(text) or index.zeroless(text)
        levels = {index.site.spaces[one].level for one in found}
        if len(levels) == 1:
            there[levels.pop()] |= found
    return there


def _below_whole(index: AreaIndex, levels: Iterable[str]) -> tuple[set[str], list[str]]:
    """Return the geographies of levels, and those of the levels that aren't the whole of one that has more."""
    geographies = set()
    below = []
    for name in levels:
        level = index.site.config.level_of(name)
        if level is None:
            continue
        geography, depth = level
        geographies.add(geography.id)
        if depth > 0 or len(geography.levels) == 1:
            below.append(name)
    return geographies, below


def _levels_there(index: AreaIndex, first: Iterable[str]) -> str:
    """Say how many texts may be areas of each level."""
    counts: Counter[str] = Counter()
    for text in first:
        counts.update({index.site.spaces[one].level for one in index.candidates(text)})
    return ", ".join(f"{level} ({count})" for level, count in counts.most_common()) or "keine"


def _lost(index: AreaIndex, lost: Sequence[SheetCell], level: str | None) -> list[Diagnostic]:
    """Say why texts join nothing: an earlier vintage that the project knows, ids of the right form that aren't there, or no reason known."""
    rest, found = _of_other_vintages(index, lost, level)
    names = [space.name for space in index.site.spaces.values()]
    for cell in rest:
        near = close_to(cell.text, [*names, *index.site.spaces])
        better = "zuerst die Gebiete einlesen; gehört die Zeile nicht hierher, „unknown: leave-out“ (--leave-out-unknown)"
        if near:
            better = f"gemeint ist vielleicht „{near}“; dann in der Tabelle so schreiben oder beim Gebiet unter aliases ergänzen"
        found.append(diagnostic("gebiet-unbekannt", cell.position, value=cell.text, better=better))
    return found


def _of_known_vintages(site: Site, lost: Iterable[SheetCell]) -> tuple[list[SheetCell], list[Diagnostic]]:
    """Say which texts are ids of an earlier vintage that the project knows; return the others first."""
    found: list[Diagnostic] = []
    rest = list(lost)
    for vintage, keys in _vintages(site):
        old = [cell for cell in rest if cell.text in keys]
        if old:
            what = f"gehören zum Gebietsstand {vintage}"
            better = "die Tabelle für den Gebietsstand des Projekts nehmen oder umrechnen lassen; zugeordnet wird nichts"
            found.append(_other_vintage(old, what, better))
            rest = [cell for cell in rest if cell not in old]
    return rest, found


def _of_other_vintages(
    index: AreaIndex, lost: Sequence[SheetCell], level: str | None
) -> tuple[list[SheetCell], list[Diagnostic]]:
    """Say which texts are ids of an earlier vintage, or look so; return the others first."""
    rest, found = _of_known_vintages(index.site, lost)
    for name, shape in index.shapes(level).items():
        alike = [cell for cell in rest if _shape(cell.text) == shape]
        if len(alike) >= 2:
            more = _known_above(index, name, alike)
            what = (
                f"sehen aus wie Kennungen der Ebene „{index.label(name)}“{more}, stehen aber nicht im Projekt"
            )
            better = "nachsehen, von welchem Gebietsstand die Tabelle ist: Wurden Grenzen neu gezogen, gehören die Zahlen zu anderen Gebieten; sind es Gebiete anderer Städte, „unknown: leave-out“ (--leave-out-unknown)"
            found.append(_other_vintage(alike, what, better))
            rest = [cell for cell in rest if cell not in alike]
    return rest, found


def _vintages(site: Site) -> Iterator[tuple[str, set[str]]]:
    """Give the earlier vintages of areas that indicators know, each with the keys that its areas had."""
    for item in sorted(site.indicators.values(), key=lambda one: one.title):
        for vintage in sorted(item.vintages):
            yield vintage, set(item.vintages[vintage])


def _other_vintage(cells: Sequence[SheetCell], what: str, better: str) -> Diagnostic:
    first = cells[0]
    return diagnostic(
        "gebiete-anderer-stand", first.position, count=len(cells), value=first.text, what=what, better=better
    )


def _known_above(index: AreaIndex, level: str, cells: Iterable[SheetCell]) -> str:
    """Say of how many keys the beginning is an area above the level that the project has; nothing where none is so."""
    parents: set[str] = set()
    for key, space in index.site.spaces.items():
        if space.level == level and space.parent and key.startswith(space.parent):
            parents.add(space.parent)
    inside = sum(cell.text.startswith(tuple(parents)) for cell in cells)
    if inside:
        return f", {inside} davon beginnen wie ein Gebiet darüber, das es gibt"
    return ""


def _shapes(site: Site) -> dict[str, str]:
    """Return how keys are written („999“), by level, where all of a level have the same number of digits, two or more."""
    shapes: dict[str, set[str]] = defaultdict(set)
    for key, space in site.spaces.items():
        shapes[space.level].add(_shape(space.code or key))
    alike = {name: found.pop() for name, found in shapes.items() if len(found) == 1}
    return {name: shape for name, shape in alike.items() if len(shape) > 1 and set(shape) == {"9"}}


def _shape(text: str) -> str:
    return re.sub(r"\d", "9", text)
