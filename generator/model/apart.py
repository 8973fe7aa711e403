"""Where data of others lies that keeps its own licence: apart from the town's, while it is edited and when it is passed on."""

from __future__ import annotations

OSM = "osm"
"""Folder of `resources/` with what comes from OpenStreetMap, laid out as `resources/` itself."""
OSM_CREDIT = "© OpenStreetMap-Mitwirkende, ODbL 1.0"
"""What the licence wants to be read wherever it is shown."""
