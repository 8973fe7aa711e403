"""What forecasts say on the page of an indicator."""

from generator.subjects.forecasts.page import beside_indicator

__all__ = ["beside_indicator"]
