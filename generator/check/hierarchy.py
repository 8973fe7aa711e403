"""Spaces in, problems of their hierarchy out: cycles, missing parents, two cities, levels out of order."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.geography import ancestors
from generator.diagnostics import Diagnostic, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource


def check_hierarchy(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what keeps the spaces from forming one tree for each geography."""
    levels = [level.id for geography in site.config.geographies for level in geography.levels]
    in_cycle = _cycles(site)
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        level = site.config.level_of(space.level)
        if level is None:
            near = close_to(space.level, levels)
            better = f"gemeint ist vielleicht „{near}“" if near else "möglich sind: " + ", ".join(levels)
            yield diagnostic("unbekannte-ebene", source.position("level"), value=space.level, better=better)
            continue
        geography, depth = level
        if source.id in in_cycle:
            chain = in_cycle[source.id]
            if source.id == min(chain):
                yield diagnostic(
                    "kreis-in-gebieten", source.position("parent"), chain=" → ".join((*chain, chain[0]))
                )
        elif space.parent in site.spaces:
            parent = site.spaces[str(space.parent)]
            above = site.config.level_of(parent.level)
            # A second geography may hang below the city of the first.
            crosses = above is not None and above[0].id != geography.id and (depth > 0 or above[1] > 0)
            if above is not None and (crosses or (above[0].id == geography.id and above[1] >= depth)):
                names = {item.id: item.name for item in (*geography.levels, *above[0].levels)}
                yield diagnostic(
                    "ebene-verkehrt",
                    source.position("parent"),
                    name=space.name,
                    level=names[space.level],
                    parent=parent.name,
                    parent_level=names[parent.level],
                )
        elif space.parent is None and depth > 0:
            yield diagnostic(
                "kein-obergebiet", source.position("level"), name=space.name, top=geography.levels[0].name
            )
        yield from _second_parents(site, source)
    yield from _tops(site, reading)


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
