"""What evaluations say on the page of an area."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render.base.context import Context
from generator.render.directory.record_lines import AreaLine
from generator.subjects.evaluations.model import evaluations
from generator.subjects.evaluations.page import in_short


def lines(context: Context, space: str) -> Iterator[AreaLine]:
    """Yield for each evaluation of work in an area what it found."""
    for key, evaluation in evaluations(context.site).items():
        if evaluation.space == space and context.exists("evaluation", key):
            yield AreaLine(
                "evaluation", key, context.translated(evaluation), "", in_short(context, evaluation)
            )
