"""Spaces in, problems of their hierarchy out: cycles, missing parents, two cities, levels out of order."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.geography import ancestors
from generator.diagnostics import Diagnostic, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.config import GeographyConfig
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource


def check_hierarchy(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what keeps the spaces from forming one tree for each geography."""
    in_cycle = _cycles(site)
    for source in reading.of("spaces"):
        level = site.config.level_of(site.spaces[source.id].level)
        if level is None:
            yield _unknown_level(site, source)
            continue
        geography, depth = level
        if source.id in in_cycle:
            yield from _in_circle(source, in_cycle[source.id])
        else:
            yield from _parent(site, source, geography, depth)
        yield from _second_parents(site, source)
    yield from _tops(site, reading)


def _unknown_level(site: Site, source: RecordSource) -> Diagnostic:
    """Report a level that no geography has."""
    levels = site.config.level_ids
    value = site.spaces[source.id].level
    near = close_to(value, levels)
    better = f"gemeint ist vielleicht „{near}“" if near else "möglich sind: " + ", ".join(levels)
    return diagnostic("unbekannte-ebene", source.position("level"), value=value, better=better)


def _in_circle(source: RecordSource, circle: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Report areas that lie in one another, at one of them."""
    if source.id == min(circle):
        chain = " → ".join((*circle, circle[0]))
        yield diagnostic("kreis-in-gebieten", source.position("parent"), chain=chain)


def _parent(site: Site, source: RecordSource, geography: GeographyConfig, depth: int) -> Iterator[Diagnostic]:
    """Report an area of a geography, at some depth in it, without an area above it or with one that is no higher."""
    space = site.spaces[source.id]
    if space.parent is None:
        if depth > 0:
            top = geography.levels[0].name
            yield diagnostic("kein-obergebiet", source.position("level"), name=space.name, top=top)
        return
    if space.parent not in site.spaces:
        return
    parent = site.spaces[space.parent]
    level = site.config.level_of(parent.level)
    if level is None:
        return
    above, height = level
    # A second geography may hang below the city of the first.
    wrong = depth > 0 or height > 0
    if above.id == geography.id:
        wrong = height >= depth
    if wrong:
        names = {item.id: item.name for item in (*geography.levels, *above.levels)}
        yield diagnostic(
            "ebene-verkehrt",
            source.position("parent"),
            name=space.name,
            level=names[space.level],
            parent=parent.name,
            parent_level=names[parent.level],
        )


def _second_parents(site: Site, source: RecordSource) -> Iterator[Diagnostic]:
    """Report further areas that can't be ones: the area itself, what lies above it anyway, what lies in it."""
    space, above = site.spaces[source.id], ancestors(site, source.id)
    for number, other in enumerate(space.also_in):
        if other not in site.spaces:
            continue
        inside = (
            other == source.id
            or source.id in ancestors(site, other)
            or source.id in site.spaces[other].also_in
        )
        if inside or other in above:
            yield diagnostic(
                "obergebiet-doppelt",
                source.position("also_in", number),
                name=space.name,
                other=site.spaces[other].name,
                reason="das liegt in ihm" if inside else "das steht schon darüber",
            )


def _tops(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    top = site.config.geographies[0].levels[0].id
    tops = [source for source in reading.of("spaces") if site.spaces[source.id].level == top]
    if len(tops) > 1:
        names = ", ".join(f"„{site.spaces[source.id].name}“" for source in tops)
        for source in tops[1:]:
            yield diagnostic("zwei-staedte", source.position("level"), names=names)


def _cycles(site: Site) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for start in site.spaces:
        chain: list[str] = []
        current: str | None = start
        while current in site.spaces and current not in chain:
            chain.append(str(current))
            current = site.spaces[str(current)].parent
        if current == start:
            lowest = chain.index(min(chain))
            found[start] = (*chain[lowest:], *chain[:lowest])
    return found


CHECKS = (check_hierarchy,)
