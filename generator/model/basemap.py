"""The configured background in, what a page needs to load it after a click out.

Only tile servers are supported, and no map asks one by itself: a button under the moving map says which host would learn
the reader's address. A PMTiles file would need a reader in JavaScript that is not shipped; it is shown by no map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model.config import Basemap, SiteConfig

_HOST = re.compile(r"https://((?:\{s\}\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tiles:
    """A tile server: its address with `{z}`, `{x}`, `{y}`, who must be named, and its host as people read it."""

    url: str
    credit: str
    host: str
    after_click: bool

    @property
    def source(self) -> str:
        """The host as a Content Security Policy names it; empty for tiles of the site itself."""
        return f"https://{self.host.replace('{s}', '*')}" if self.host else ""


def tiles_of(config: SiteConfig) -> Tiles | None:
    """Return the tile server of a site, None where there is none or its address is not https or of the site itself."""
    basemap = config.basemap
    if not isinstance(basemap, Basemap) or not basemap.tiles:
        return None
    foreign = _HOST.match(basemap.tiles)
    if foreign is None and (":" in basemap.tiles.split("/", 1)[0] or basemap.tiles.startswith("//")):
        return None
    return Tiles(basemap.tiles, basemap.attribution or "", foreign[1] if foreign else "", basemap.after_click)


def image_sources(config: SiteConfig) -> str:
    """Return what `img-src` of the Content Security Policy allows besides the site itself, with a space before it."""
    tiles = tiles_of(config)
    if tiles is None or not tiles.source:
        return ""
    return f" {tiles.source}"
