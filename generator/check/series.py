"""A reading in, the cells of its indicators as the site shows them out, worked out once for all checks that need them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.derive.indicator_series import committed_series
from generator.files.result_cache import Same
from generator.model.cells import Series
from generator.model.site import Site
from generator.read.indicators import tables_of
from generator.read.project import Reading


def series_of(site: Site, reading: Reading) -> Mapping[str, Series]:
    """Return each indicator's cells as a site of this reading shows them."""
    return reading.once(
        (series_of, Same(site)), lambda: committed_series(site, tables_of(reading.indicators))
    )
