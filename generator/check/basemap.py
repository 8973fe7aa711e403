"""Report what the configuration lets in from other hosts: maps that nothing can show, and frames, which tell those hosts of each visit."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.basemap import tiles_of
from generator.model.config import Basemap
from generator.model.site import Site
from generator.read.project import Reading


def check_basemap(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a PMTiles file, which nothing reads, a tile server whose address no page may ask, and foreign frames."""
    del reading
    for frame in site.config.embedded:
        yield diagnostic("rahmen-fremd", Position("site_config.yml"), host=frame.source)
    basemap = site.config.basemap
    if not isinstance(basemap, Basemap):
        return
    if basemap.pmtiles:
        yield diagnostic("hintergrundkarte-pmtiles", Position("site_config.yml"), file=basemap.pmtiles)
    if basemap.tiles and tiles_of(site.config) is None:
        yield diagnostic("hintergrundkarte-adresse", Position("site_config.yml"), address=basemap.tiles)


CHECKS = (check_basemap,)
