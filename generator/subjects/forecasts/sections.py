"""What forecasts say on the page of an indicator."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from generator.render.base.context import Context
from generator.subjects.forecasts.page import other_forecast_lines


def beside_indicator(context: Context, path: str, indicator: str) -> Iterable[Markup]:
    """Return what another forecast of the same people says, and which of both leads."""
    return other_forecast_lines(context, path, indicator)
