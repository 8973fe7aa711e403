"""Offers in, a drawing of the town with a dot for each place of theirs out: what stands beside a long list before its map moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.scalars import Point
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.view import View
from generator.render.directory.filters import point_of
from generator.render.maps.context_layers import credits_of
from generator.render.maps.drawing import draw, svg
from generator.render.maps.ground import ground_level
from generator.render.maps.pins import group
from generator.render.maps.projection import Projection
from generator.render.maps.views import level_view
from generator.search.directory_data import rounded


@dataclass(frozen=True, slots=True)
class DotsView(View):
    """The drawing, and where its ground is from."""

    template = "parts/map_dots.html"

    drawing: Markup
    credit: str


def offer_dots(context: Context, path: str) -> Markup:
    """Draw the town with where its offers are; nothing where it has no areas with a shape, or no offer tells its place."""
    _ = context.gettext
    level = ground_level(context.site)
    view = level_view(context, level) if level else None
    spots = dict.fromkeys(_points(context))
    if view is None or not spots:
        return Markup()
    drawing = draw(context, view, path, linked=False, clear=[Point(*spot) for spot in spots])
    dots = group("dots", (_dot(drawing.projection, spot) for spot in spots))
    says = _("Jeder Punkt ist ein Ort, an dem es Angebote gibt. Die Liste daneben nennt sie alle.")
    drawn = svg("kartenbild", _("Karte der Angebote"), says, drawing, dots)
    return context.render(DotsView(drawn, ", ".join(credits_of(context.site))), path)


def _points(context: Context) -> Iterator[tuple[float, float]]:
    for facts in context.facts.offers.values():
        point = point_of(facts)
        if facts.active and point is not None:
            yield point


def _dot(projection: Projection, spot: tuple[float, float]) -> Markup:
    """A dot that knows its place as the directory's file writes it, so that a script can leave it out."""
    x, y = projection(Point(*spot))
    at = rounded(spot) or ()
    return pattern('<circle data-at="{}" cx="{:.0f}" cy="{:.0f}" r="9"/>').format(
        ",".join(map(str, at)), x, y
    )
