"""Headings and cells of a table of figures in; the areas of the project and the periods that they name out; by what an area is joined (id, code, its only name, never by likeness), what counts as a total, why a text joins nothing, how a period is written.

An area is joined by its id, its official code or a name that only one has; else it is a total, or it joins nothing and why is said. Nothing
is joined by likeness: what is nearly right is named. Periods come out as the project's tables write them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.disclosure.lattice import Spaces, areas
from generator.model.site import Site
from generator.read.workbooks import SheetCell

_FOOTNOTE = re.compile(r"(?:\d\)|[*¹²³⁴])$")
_BEFORE = re.compile(r"^(?:(?:jahr|stand|stichtag|am|zum|ende)\b[:\s]*)+", re.IGNORECASE)
_YEAR = r"(?:18|19|20|21)\d\d"
_WHOLE = re.compile(rf"({_YEAR})(?:\.0+)?")
_SCHOOL = re.compile(rf"({_YEAR})\s*/\s*(?:\d\d)?(\d\d)")
_DAY = re.compile(rf"([0-3]?\d)\.\s*([01]?\d)\.\s*({_YEAR})")
_ISO = re.compile(rf"{_YEAR}-\d\d(?:-\d\d)?|{_YEAR}-(?:[12]|H[12]|Q[1-4])")
_HALF = re.compile(rf"([12])\.\s*(?:Halbjahr|Hj\.?)\s*({_YEAR})", re.IGNORECASE)
_QUARTER = re.compile(rf"(?:([1-4])\.\s*Quartal|Q([1-4]))\s*({_YEAR})", re.IGNORECASE)


def bare(text: str) -> str:
    """Return a text without the marks of footnotes behind it.

    >>> bare("Hafen 1) 2)"), bare("2024*")
    ('Hafen', '2024')
    """
    text = text.strip()
    while mark := _FOOTNOTE.search(text):
        text = text[: mark.start()].rstrip()
    return text


def period_of(text: str, *, years: bool = False) -> str | None:
    """Return a period as the project's tables write it, None where a text is none; with `years` a day stands for its year.

    >>> period_of("31.12.2024"), period_of("Jahr 2021"), period_of("2020/2021"), period_of("1. Halbjahr 2026")
    ('2024-12-31', '2021', '2020/21', '2026-1')
    >>> period_of("Stand: 31.12.2024", years=True), period_of("Insgesamt")
    ('2024', None)
    """
    found = _period(_BEFORE.sub("", bare(text)).strip())
    if found and years and len(found) == len("2024-12-31"):
        return found[:4]
    return found


def _period(plain: str) -> str | None:
    """Return a period that is written in one of the usual ways, as the project's tables write it; None where a text is none."""
    if match := _WHOLE.fullmatch(plain):
        return match[1]
    if match := _SCHOOL.fullmatch(plain):
        first, second = int(match[1]), int(match[2])
        return f"{match[1]}/{match[2]}" if second == (first + 1) % 100 else None
    if match := _DAY.fullmatch(plain):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if match := _HALF.fullmatch(plain):
        return f"{match[2]}-{match[1]}"
    if match := _QUARTER.fullmatch(plain):
        return f"{match[3]}-Q{match[1] or match[2]}"
    if _ISO.fullmatch(plain):
        return plain
    return None


_TOTAL = re.compile(
    r"(?:ins\s?gesamt|gesamt|summe|zusammen|total|alle gebiete|stadt|stadt insgesamt|gesamtstadt|stadtgebiet|0+)[:.]?",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?<=\d)\.0+$")
TOTAL = ""
"""What stands for the sum of all areas of a level where no area is that sum."""


@dataclass(slots=True)
class JoinedAreas:
    """Which area each text is.

    totals: texts of areas above, or of all together. apart: those of other levels, with the level. zeros: texts that lost the zeros
    they begin with, with the area's key. lost: cells whose texts are nothing of all that.
    """

    level: str
    spaces: dict[str, str] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    zeros: dict[str, str] = field(default_factory=dict)
    lost: list[SheetCell] = field(default_factory=list)


class AreaIndex:
    """The areas of a project by everything that names them for certain."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.lattice: Spaces = areas(site)
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, set[str]] = defaultdict(set)
        self._levels: dict[str, str] = {}
        self._geography: dict[str, str] = {}
        for geography in site.config.geographies:
            self._levels |= {item.id: item.name for item in geography.levels}
            parts = geography.levels[1:] or geography.levels
            self._geography |= {item.id: geography.id for item in parts}
        for key, space in site.spaces.items():
            for one in filter(None, (key, space.code)):
                self._keys[_folded(one)].add(key)
                if one.isdigit():
                    self._bare[one.lstrip("0")].add(key)
            for name in (space.name, *space.aliases):
                self._names[_folded(name)].add(key)
                self._names[_folded(f"{self.label(space.level)} {name}")].add(key)
        self._shapes = _shapes(site)

    def candidates(self, text: str) -> set[str]:
        """Return the areas that a text may mean: by id or code, else by name, else by both together („101 Altstadt“).

        Marks of footnotes don't count, nor what a spreadsheet adds to a key that it took for a number (`101.0`).
        """
        return self._named(text) or self._named(_unmarked(text))

    def _named(self, text: str) -> set[str]:
        folded = _folded(text)
        if found := self._keys.get(folded) or self._names.get(folded):
            return found
        first, _, rest = folded.partition(" ")
        return self._keys.get(first, set()) & self._names.get(rest.lstrip("-– "), set())

    def zeroless(self, text: str) -> set[str]:
        """Return the area whose key is a text but for zeros before it; none where several may be meant."""
        text = _unmarked(text)
        found = self._bare.get(text.lstrip("0"), set()) if text.isdigit() else set()
        return found if len(found) == 1 else set()

    def may_be(self, text: str) -> bool:
        """Tell whether a text is one area and no other, or is written like the keys of a level; without its first zeros a key may be a mere number."""
        return len(self.candidates(text)) == 1 or _shape(text) in self._shapes

    def like_keys_of(self, text: str) -> str:
        """Return the level whose keys are written like a text, nothing where none are."""
        return self._shapes.get(_shape(text), "")

    def whole(self, level: str) -> str:
        """Return the area that is the whole of a level's geography, `TOTAL` where none is."""
        found = self.site.config.level_of(level)
        geography = found[0].id if found else ""
        tops = [key for key, item in self.lattice.items() if item.geography == geography and item.depth == 0]
        if len(tops) == 1 and self.lattice[tops[0]].children:
            return tops[0]
        return TOTAL

    def above(self, key: str) -> Iterator[str]:
        """Return the areas that an area lies in, in its own geography."""
        geography, parent = self.lattice[key].geography, self.site.spaces[key].parent
        while parent and parent in self.lattice and self.lattice[parent].geography == geography:
            yield parent
            parent = self.site.spaces[parent].parent

    def below(self, key: str, level: str) -> list[str]:
        """Return the areas of a level that lie in an area; all of the level where the area is `TOTAL`."""
        of_level = [one for one, space in self.site.spaces.items() if space.level == level]
        return [one for one in of_level if key == TOTAL or key in self.above(one)]

    def geography(self, level: str) -> str:
        """Return the geography of a level, nothing for one that is the whole of a geography with several."""
        return self._geography.get(level, "")

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
    index: AreaIndex, cells: Iterable[SheetCell], file: str, level: str | None, leave_out: bool
) -> tuple[JoinedAreas | None, list[Diagnostic]]:
    """Join every text of the table's column of areas; None and what stands in the way otherwise.

    `level` is the one that was chosen, else the finest one is taken. With `leave_out` rows of other areas are left out.
    """
    first: dict[str, SheetCell] = {}
    for cell in cells:
        first.setdefault(cell.text, cell)
    level, found = _level_meant(index, first, file, level)
    if level is None:
        return None, found
    joined = JoinedAreas(level)
    higher: set[str] = set()
    for area in index.below(TOTAL, level):
        higher.update(index.above(area))
    for cell in first.values():
        found += _join(index, joined, cell, higher)
    if not leave_out:
        found += _why_lost(index, joined.lost)
    if not joined.spaces and not found:
        reason = f"kein Gebiet der Ebene „{index.label(level)}“ steht darin"
        found.append(_level_unclear(file, reason, ", ".join(_levels_of(index, first)) or "keine"))
    return (None if found else joined), found


def _level_meant(
    index: AreaIndex, first: Mapping[str, SheetCell], file: str, said: str | None
) -> tuple[str | None, list[Diagnostic]]:
    """Return the level that was said, else the finest one of which areas are there; None where they belong to several geographies."""
    if said is not None:
        if said in index.levels:
            return said, []
        reason = f"„{said}“ ist keine Ebene aus site_config.yml"
        return None, [_level_unclear(file, reason, ", ".join(index.levels))]
    there = _levels_of(index, first)
    if not there:
        return None, _why_lost(index, first.values())
    below = [one for one in index.levels if one in there and index.geography(one)] or list(there)
    if len(set(map(index.geography, below))) > 1:
        return None, [_level_unclear(file, "mehrere kommen infrage", ", ".join(there))]
    return below[-1], []


def _levels_of(index: AreaIndex, texts: Iterable[str]) -> dict[str, None]:
    """Return the levels of the areas that texts mean; a text that may be areas of several levels counts for none."""
    there: dict[str, None] = {}
    for text in texts:
        found = index.candidates(text) or index.zeroless(text)
        levels = {index.site.spaces[one].level for one in found}
        if len(levels) == 1:
            there[levels.pop()] = None
    return there


def _level_unclear(file: str, reason: str, known: str) -> Diagnostic:
    return diagnostic("zahlen-ebene", Position(file), reason=reason, known=known)


def _join(index: AreaIndex, joined: JoinedAreas, cell: SheetCell, higher: set[str]) -> list[Diagnostic]:
    """Enter what a text is: an area of the level, a total, an area of another level, or lost.

    `higher` are the areas that those of the level lie in. Returns what is wrong with a text that names none or several.
    """
    text, spaces = cell.text, index.site.spaces
    if not text:
        return [diagnostic("zahlen-ohne-gebiet", cell.position)]
    found, zeros = _meant(index, text)
    here = sorted(one for one in found if spaces[one].level == joined.level)
    above = found & higher
    if len(here) > 1:
        return [diagnostic("gebiet-mehrdeutig", cell.position, value=text, spaces=", ".join(here))]
    if here:
        joined.spaces[text] = here[0]
        if zeros:
            joined.zeros[text] = spaces[here[0]].code or here[0]
    elif len(above) == 1:
        joined.totals[text] = above.pop()
    elif found:
        joined.apart[text] = spaces[min(found)].level
    elif _TOTAL.fullmatch(text):
        joined.totals[text] = index.whole(joined.level)
    else:
        joined.lost.append(cell)
    return []


def _meant(index: AreaIndex, text: str) -> tuple[set[str], bool]:
    """Return the areas that a text may mean, and whether it lost the zeros that their keys begin with."""
    found = index.candidates(text)
    if found or _TOTAL.fullmatch(text):
        return found, False
    return index.zeroless(text), True


def _why_lost(index: AreaIndex, lost: Iterable[SheetCell]) -> list[Diagnostic]:
    """Say why texts join nothing: an earlier vintage that the project knows, keys of the right form that aren't there, or no reason known."""
    vintages = _vintages(index.site)
    old: dict[str, list[SheetCell]] = defaultdict(list)
    alike: dict[str, list[SheetCell]] = defaultdict(list)
    rest: list[SheetCell] = []
    for cell in lost:
        level = index.like_keys_of(cell.text)
        if cell.text in vintages:
            old[vintages[cell.text]].append(cell)
        elif level:
            alike[level].append(cell)
        else:
            rest.append(cell)
    found = [
        _other_vintage(cells, f"gehören zum Gebietsstand {name}", _RECKON) for name, cells in old.items()
    ]
    for level, cells in alike.items():
        if len(cells) == 1:
            rest += cells
            continue
        what = f"sehen aus wie Kennungen der Ebene „{index.label(level)}“, stehen aber nicht im Projekt"
        found.append(_other_vintage(cells, what, _LOOK_UP))
    return found + [_unknown(index, cell) for cell in rest]


def _vintages(site: Site) -> dict[str, str]:
    """Return the keys of earlier vintages of areas that indicators know, each with its vintage."""
    found: dict[str, str] = {}
    for indicator in site.indicators.values():
        for vintage, keys in indicator.vintages.items():
            found |= dict.fromkeys(keys, vintage)
    return found


def _unknown(index: AreaIndex, cell: SheetCell) -> Diagnostic:
    """Say that nobody knows an area, and which one is nearly called so."""
    names = [space.name for space in index.site.spaces.values()]
    better = "zuerst die Gebiete einlesen; gehört die Zeile nicht hierher, --leave-out-unknown"
    near = close_to(cell.text, [*names, *index.site.spaces])
    if near:
        better = f"gemeint ist vielleicht „{near}“; dann in der Tabelle so schreiben oder beim Gebiet unter aliases ergänzen"
    return diagnostic("gebiet-unbekannt", cell.position, value=cell.text, better=better)


_RECKON = "die Tabelle für den Gebietsstand des Projekts nehmen oder umrechnen lassen; zugeordnet wird nichts"
_LOOK_UP = "nachsehen, von welchem Gebietsstand die Tabelle ist: Wurden Grenzen neu gezogen, gehören die Zahlen zu anderen Gebieten; sind es Gebiete anderer Städte, --leave-out-unknown"


def _other_vintage(cells: Sequence[SheetCell], what: str, better: str) -> Diagnostic:
    first = cells[0]
    return diagnostic(
        "gebiete-anderer-stand", first.position, count=len(cells), value=first.text, what=what, better=better
    )


def _shapes(site: Site) -> dict[str, str]:
    """Return how keys are written („999“) with their level, where all of a level have the same number of digits, two or more."""
    shapes: dict[str, set[str]] = defaultdict(set)
    for key, space in site.spaces.items():
        shapes[space.level].add(_shape(space.code or key))
    found: dict[str, str] = {}
    for level, forms in shapes.items():
        form = min(forms)
        if len(forms) == 1 and len(form) > 1 and set(form) == {"9"}:
            found.setdefault(form, level)
    return found


def _shape(text: str) -> str:
    return re.sub(r"\d", "9", text)
