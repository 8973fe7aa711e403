"""The site in every language in, the scripts of all maps that can move out.

folium is imported only when the first script is made: it takes a second, and `check` needs no map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generator.render.base.context import Context
from generator.render.maps import MOST_MARKERS, overview, overview_ids
from generator.render.maps.map_shapes import ground_file

GROUND = "maps/ground.json"
"""Areas and context layers as GeoJSON, below all moving maps."""


def moving_map_files(contexts: Iterable[Context]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield each script's name below `assets/nahraum/` and a function that makes it.

    There is one for each overview (`render.maps.overview_ids`) and language; overviews with more than `MOST_MARKERS`
    markers stay drawings.
    """
    for number, context in enumerate(contexts):
        if number == 0:
            yield GROUND, partial(ground_file, context)
        for id in overview_ids(context):
            view = overview(context, id)
            if view is not None and len(view.markers) <= MOST_MARKERS:
                yield f"maps/{id}.{context.lang}.js", partial(moving_map, context, id)


def moving_map(context: Context, id: str) -> bytes:
    """Make the script of one overview: an ES module whose default export draws into an element."""
    # Imported only here: folium takes half a second, and most pages have no moving map.
    from generator.render.maps.moving.scripts import script

    view = overview(context, id)
    if view is None:
        raise KeyError(id)
    return script(context, view).encode()
