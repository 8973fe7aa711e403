"""A context in, whom professionals call when a child may be in danger out: each with the hours in which somebody answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.hours.schedule import Schedule
from generator.model.areas_and_offices import Office, OnCall, TeamPart
from generator.model.dates import Hours
from generator.render.base.context import Context
from generator.render.base.macros import OpeningState
from generator.render.directory.help_numbers import hours_of
from generator.render.directory.opening import opening, week_text
from generator.render.directory.record_lines import space_lines
from generator.render.directory.teams import ADVISER, adviser_parts

CUSTODY = "inobhutnahme-42"
"""The kind of offer that takes children in when they can't stay at home (§ 42 SGB VIII)."""
_GROUPS = frozenset({"asd", "rufbereitschaft"})


@dataclass(frozen=True, slots=True)
class ProtectionLine:
    """Somebody to call: `for_whom` are areas or people, `open` the hours, `deputy` the number of who stands in; `anchor` is where the line can be linked to.

    `outside` is the number that answers outside of these hours, `outside_hours` when it does.
    """

    name: Markup
    for_whom: Markup | str
    phone: str
    open: OpeningState | None = None
    deputy: str = ""
    outside: str = ""
    outside_hours: str = ""
    anchor: str = ""


def protecting_offices(context: Context) -> Sequence[Office]:
    """Return the offices that protect children, as they are written."""
    return [office for office in context.site.offices.values() if _GROUPS & {office.kind, *office.groups}]


def emergency_lines(context: Context) -> tuple[ProtectionLine, ...]:
    """Return the emergency numbers."""
    return tuple(
        ProtectionLine(
            name=context.translated(item),
            for_whom=context.translated(item, "for_whom"),
            phone=item.number,
            open=OpeningState(hours_of(context, item), "open" if item.always else ""),
        )
        for item in context.words.help.values()
        if item.emergency
    )


def office_lines(context: Context) -> tuple[ProtectionLine, ...]:
    """Return the offices that protect children with whom they serve and their hours."""
    return tuple(office_line(context, office) for office in protecting_offices(context))


def on_call_lines(context: Context) -> tuple[ProtectionLine, ...]:
    """Return who answers for those offices outside of their hours: what several share stands there once."""
    _ = context.gettext
    found: dict[tuple[str, str, str], tuple[OnCall, list[Office]]] = {}
    for office in protecting_offices(context):
        if (duty := office.on_call) is not None:
            key = (duty.phone or "", duty.when or "", duty.hours.written if duty.hours else "")
            found.setdefault(key, (duty, []))[1].append(office)
    if len(found) == 1:
        [(duty, _offices)] = found.values()
        return (_on_call_line(context, Markup.escape(_("Bereitschaft des Jugendamts")), duty),)
    lines = []
    for duty, offices in found.values():
        names = Markup(", ").join(context.translated(office) for office in offices)
        lines.append(_on_call_line(context, names, duty))
    return tuple(lines)


def _on_call_line(context: Context, name: Markup, duty: OnCall) -> ProtectionLine:
    return ProtectionLine(
        name=name,
        for_whom=context.written(duty.when),
        phone=duty.phone or "",
        open=_written(context, duty.hours),
    )


def custody_lines(context: Context) -> tuple[ProtectionLine, ...]:
    """Return where a child that can't stay at home is taken in; no place is told."""
    lines = []
    for key, offer in context.site.offers.items():
        facts = context.facts.offers[key]
        phone = facts.contact.number
        if offer.kind == CUSTODY and facts.active and phone:
            lines.append(
                ProtectionLine(
                    name=context.translated(offer),
                    for_whom=context.texts.name(context.words.kinds[offer.kind]),
                    phone=phone,
                    open=_hours(context, facts.schedule),
                )
            )
    return tuple(lines)


def adviser_lines(context: Context) -> tuple[ProtectionLine, ...]:
    """Return whom professionals ask about a child (§ 8b SGB VIII): who advises several areas stands there once."""
    areas: dict[tuple[str, str], tuple[TeamPart, list[str]]] = {}
    for key, space in context.site.spaces.items():
        for part in space.team:
            if part.role == ADVISER and part.contact is not None:
                number = part.contact.number
                areas.setdefault((part.provider or "", number), (part, []))[1].append(key)
    return tuple(_adviser(context, part, spaces) for part, spaces in areas.values())


def adviser_lines_of(context: Context, key: str) -> tuple[ProtectionLine, ...]:
    """Return whom professionals ask about a child in one space, with the role instead of the areas."""
    return tuple(
        replace(_adviser(context, part, []), for_whom=_role(context))
        for part in adviser_parts(context, key)
        if part.provider or part.contact
    )


def professional_lines(context: Context) -> tuple[ProtectionLine, ...]:
    """Return help numbers that are for professionals alone; no page for families shows them."""
    return tuple(
        ProtectionLine(
            name=context.translated(item),
            for_whom=context.translated(item, "for_whom"),
            phone=item.number,
            open=_always(context) if item.always else _written(context, item.hours),
        )
        for item in context.words.help.values()
        if item.audience == "professionals"
    )


def office_line(context: Context, office: Office) -> ProtectionLine:
    """Return an office with whom it serves and its hours."""
    _ = context.gettext
    phone = office.contact.number if office.contact else ""
    duty = office.on_call
    outside = (duty.phone or "") if duty is not None else ""
    when = _written(context, duty.hours) if duty is not None else None
    return ProtectionLine(
        name=context.translated(office),
        for_whom=_areas(context, office.serves) or _("ganze Stadt"),
        phone=phone,
        open=_hours(context, context.facts.office_hours.get(office.id)),
        outside=outside,
        outside_hours=when.text if when is not None else "",
    )


def _adviser(context: Context, part: TeamPart, spaces: list[str]) -> ProtectionLine:
    contact, deputy = part.contact, part.deputy
    phone = contact.number if contact else ""
    other = deputy.number if deputy else ""
    provider = context.site.providers.get(part.provider) if part.provider else None
    return ProtectionLine(
        name=context.translated(provider) if provider is not None else Markup.escape(_role(context)),
        for_whom=_areas(context, spaces),
        phone=phone,
        open=_written(context, part.hours),
        deputy=other,
    )


def _role(context: Context) -> str:
    return context.texts.name(context.words.roles[ADVISER])


def _areas(context: Context, spaces: Iterator[str] | Sequence[str] | list[str]) -> Markup:
    return Markup(", ").join(line.name for line in space_lines(context, spaces))


def _always(context: Context) -> OpeningState:
    return OpeningState(context.gettext("Tag und Nacht"), "open")


def _written(context: Context, hours: Hours | None) -> OpeningState | None:
    return _hours(context, context.facts.written_hours.get(hours.written)) if hours is not None else None


def _hours(context: Context, schedule: Schedule | None) -> OpeningState | None:
    """The hours in words, which stay beside what a script says of this moment."""
    if schedule is None:
        return None
    if schedule.written.strip() == "24/7":
        return _always(context)
    state = opening(context.texts, schedule, limit=4)
    return OpeningState(week_text(context.texts, schedule, 4), written="", data=state.data if state else "")
