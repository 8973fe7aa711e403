"""Teams, figures and agreements in, sums and shares that don't add up or aren't shown out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.agreement import FEWEST_STAFF
from generator.model.site import Site
from generator.model.space import Space, TeamPart
from generator.read.project import Reading
from generator.read.records import RecordSource


def check_sums(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report weekly hours that don't give the stated total, parts larger than their whole, and shares that nobody will see."""
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        for number, part in enumerate(space.team):
            yield from _hours_together(source, number, part)
            yield from _hours_each(source, number, part)
        yield from _shares(source, space)
    for source in reading.of("agreements"):
        work = site.agreements[source.id].field_work
        if work is not None and work.withheld and not site.agreements[source.id].fictional:
            yield diagnostic("anteil-nicht-gezeigt", source.position("field_work", "actual"), n=FEWEST_STAFF)


def _hours_together(source: RecordSource, number: int, part: TeamPart) -> Iterator[Diagnostic]:
    """Report weekly hours of a part of a team that don't give its total."""
    if part.weekly_total is None or not part.weekly_hours:
        return
    hours = part.weekly_hours.values()
    if sum(hours) != part.weekly_total:
        yield diagnostic(
            "summe-falsch",
            source.position("team", number, "weekly_total"),
            parts=" + ".join(str(one) for one in hours),
            sum=sum(hours),
            total=part.weekly_total,
        )


def _hours_each(source: RecordSource, number: int, part: TeamPart) -> Iterator[Diagnostic]:
    """Report hours of each member for an activity that don't give those of all for it."""
    if part.staff is None:
        return
    for activity, hours in part.weekly_each.items():
        together = part.weekly_hours.get(activity)
        if together is not None and part.staff * hours != together:
            yield diagnostic(
                "summe-falsch",
                source.position("team", number, "weekly_each", activity),
                parts=f"{part.staff} × {hours}",
                sum=part.staff * hours,
                total=together,
            )


def _shares(source: RecordSource, space: Space) -> Iterator[Diagnostic]:
    """Report figures of an area that are part of another one that isn't there or is smaller."""
    named = {figure.name: figure for figure in space.figures}
    for number, figure in enumerate(space.figures):
        if figure.of is None:
            continue
        whole = named.get(figure.of)
        if whole is None:
            yield diagnostic("anteil-ohne-ganzes", source.position("figures", number, "of"), of=figure.of)
        elif figure.value > whole.value:
            yield diagnostic(
                "anteil-zu-gross",
                source.position("figures", number, "value"),
                name=figure.name,
                value=figure.value,
                of=figure.of,
                whole=whole.value,
            )


CHECKS = (check_sums,)
