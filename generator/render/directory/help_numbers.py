"""Crisis numbers in, those that a page for families may show and their hours in words out: emergency first, never those for professionals."""

from __future__ import annotations

from generator.hours.schedule import compact
from generator.model.scalars import Hours
from generator.model.vocabulary import HelpNumber
from generator.render.base.context import Context
from generator.render.directory.opening import week_text


def family_numbers(context: Context, *, young: bool = False, crisis: bool = True) -> list[HelpNumber]:
    """Return the numbers for families in their order; `young` puts those for young people before all but emergencies.

    Without `crisis` those for poison, illness and the like are there too, last; a Land's numbers only in that Land.
    """
    land = context.site.config.land
    shown = [
        item
        for item in context.site.words.help.values()
        if item.audience != "professionals"
        and (item.crisis or not crisis)
        and (not item.lands or land in item.lands)
    ]
    written = {item.id: place for place, item in enumerate(shown)}

    def rank(item: HelpNumber) -> tuple[bool, bool, bool, int]:
        order = item.order if item.order is not None else written[item.id]
        return not item.emergency, not item.crisis, young and item.audience != "young", order

    return sorted(shown, key=rank)


def open_numbers(context: Context) -> list[HelpNumber]:
    """Return the crisis numbers that somebody answers day and night: they can stand first at any hour."""
    return [item for item in family_numbers(context) if item.emergency or item.always]


def hours_of(context: Context, number: HelpNumber) -> str:
    """Say when somebody answers a help number: day and night, its hours in words, or nothing where none are known."""
    if number.always:
        return context.texts.gettext("Tag und Nacht")
    return when_of(context, number.hours)[1]


def when_of(context: Context, hours: Hours | None) -> tuple[str, str]:
    """Return written hours as a compact schedule for browsers and in words; both empty where none are stated."""
    schedule = context.facts.written_hours.get(hours.written) if hours is not None else None
    if schedule is None:
        return "", ""
    return compact(schedule) if schedule.readable else "", week_text(context.texts, schedule, 4)
