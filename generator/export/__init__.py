"""List the open data: a row for each export."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from generator.export.hsds import hsds
from generator.export.offer_files import LICENCE, areas_geojson, offers_csv, offers_geojson, osm_geojson
from generator.export.source import ExportSource
from generator.model.config import OSM_CREDIT


class Export(Struct, frozen=True):
    """An open data file."""

    path: str  # from the site's root
    holds: str  # in German, the id of its translation
    form: str  # its format by name: CSV, GeoJSON
    write: Callable[[ExportSource], bytes]
    licence: str = ""
    """Its own licence, where it has another than the town's data; then it holds nothing of the town's own."""
    credit: str = ""  # whom that licence makes one name


def _(message: str) -> str:
    """Mark a text for the catalogues."""
    return message


OSM_FILE = "daten/openstreetmap.geojson"
EXPORTS: tuple[Export, ...] = (
    Export("daten/angebote.csv", _("Alle Angebote als Tabelle"), "CSV", offers_csv),
    Export("daten/angebote.geojson", _("Angebote mit ihrem Ort auf der Karte"), "GeoJSON", offers_geojson),
    Export("daten/gebiete.geojson", _("Gebiete mit ihren Grenzen"), "GeoJSON", areas_geojson),
    Export(
        "daten/hsds.json",
        _("Träger, Angebote und Orte zum Austausch mit anderen Verzeichnissen"),
        "HSDS 3",
        hsds,
    ),
    Export(
        OSM_FILE,
        _("Grenzen, Orte und Grund der Karten aus OpenStreetMap"),
        "GeoJSON",
        osm_geojson,
        LICENCE,
        OSM_CREDIT,
    ),
)
