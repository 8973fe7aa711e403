"""A context in, the files of the pictures of planning's instruments out, each beside the page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from generator.render.base.context import Context
from generator.render.figures.taking import Shown, files_of
from generator.render.pages import agreement, budget, coverage, evaluation, forecast, measures

INSTRUMENTS: tuple[tuple[str, Callable[[Context, str, str], Sequence[Shown]]], ...] = (
    ("measures", measures.drawings),
    ("agreements", agreement.drawings),
    ("coverages", coverage.drawings),
    ("forecast", forecast.drawings),
    ("budget", budget.drawings),
    ("evaluation", evaluation.drawings),
)
"""Kinds of pages with what draws the pictures of one: a context, its path and its key in."""


def instrument_picture_files(context: Context) -> dict[str, bytes]:
    """Return the pictures by their paths; those of the internal site are not handed on."""
    files: dict[str, bytes] = {}
    if context.site.internal or context.door:
        return files
    for kind, drawings in INSTRUMENTS:
        for key in _keys(context, kind):
            path = context.path(kind, key)
            files |= files_of(context, path, drawings(context, path, key))
    return files


def _keys(context: Context, kind: str) -> Iterable[str]:
    """Return the keys of the pages of a kind that are there."""
    records = {
        "forecast": context.site.forecasts,
        "budget": context.site.budgets,
        "evaluation": context.site.evaluations,
    }
    return [key for key in records.get(kind, ("",)) if context.exists(kind, key)]
