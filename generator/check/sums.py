"""Teams, figures and agreements in, sums and shares that don't add up or aren't shown out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.agreement import FEWEST_STAFF
from generator.model.site import Site
from generator.read.project import Reading


def check_sums(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report weekly hours that don't give the stated total, parts larger than their whole, and shares that nobody will see."""
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        for number, part in enumerate(space.team):
            if part.weekly_total is not None and part.weekly_hours:
                total = sum(part.weekly_hours.values())
                if total != part.weekly_total:
                    parts = " + ".join(str(hours) for hours in part.weekly_hours.values())
                    yield diagnostic(
                        "summe-falsch",
                        source.position("team", number, "weekly_total"),
                        parts=parts,
                        sum=total,
                        total=part.weekly_total,
                    )
            for activity, hours in part.weekly_each.items():
                together = part.weekly_hours.get(activity)
                if part.staff is not None and together is not None and part.staff * hours != together:
                    each = source.position("team", number, "weekly_each", activity)
                    yield diagnostic(
                        "summe-falsch",
                        each,
                        parts=f"{part.staff} × {hours}",
                        sum=part.staff * hours,
                        total=together,
                    )
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
    for source in reading.of("agreements"):
        work = site.agreements[source.id].field_work
        if work is not None and work.withheld and not site.agreements[source.id].fictional:
            yield diagnostic("anteil-nicht-gezeigt", source.position("field_work", "actual"), n=FEWEST_STAFF)
