"""List whom professionals call when a child may be in danger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.hours.schedule import Schedule
from generator.model.areas_and_offices import Office, OnCall, TeamPart
from generator.model.dates import Hours
from generator.model.vocabulary import HelpNumber
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.view import OpeningState
from generator.render.base.wording import opening, schedule_of, week_text
from generator.render.directory.record_lines import space_lines
from generator.render.directory.teams import ADVISER, adviser_parts, role_name

CUSTODY = "inobhutnahme-42"
"""The kind of offer that takes children in when they can't stay at home (§ 42 SGB VIII)."""
# Groups of offices: who is on call out of hours, and who answers if that fails.
ON_CALL = "rufbereitschaft"
_STANDS_IN = "rufbereitschaft-vertretung"
_GROUPS = frozenset({"asd", ON_CALL})
"""Groups of offices that protect children."""


class ProtectionLine(Struct, frozen=True):
    """A contact for child protection: whom it serves (`for_whom`), hours, deputy, anchor.

    `outside` is the number outside of hours and `outside_hours` when it answers; `also` other names,
    `checked` when somebody looked.
    """

    name: Markup
    for_whom: Markup | str
    phone: str  # empty if unknown
    open: OpeningState | None = None  # hours, with data for a script
    deputy: str = ""
    outside: str = ""
    outside_hours: str = ""
    anchor: str = ""
    also: str = ""
    checked: dt.date | None = None


def protecting_offices(context: Context) -> Sequence[Office]:
    """Return the offices that protect children, as they are written."""
    return [office for office in context.site.offices.values() if not _GROUPS.isdisjoint(office.all_groups)]


def emergency_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return the emergency numbers."""
    return [_number_line(context, item) for item in context.words.help.values() if item.emergency]


def professional_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return help numbers only for professionals, never on families' pages."""
    numbers = context.words.help.values()
    return [_number_line(context, item) for item in numbers if item.audience == "professionals"]


def _number_line(context: Context, item: HelpNumber) -> ProtectionLine:
    state = _make_always_open_state(context) if item.always else _written_hours(context, item.hours)
    return ProtectionLine(context.translated(item), context.translated(item, "for_whom"), item.number, state)


def office_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return child protection offices, whom they serve, their hours."""
    return [office_line(context, office) for office in protecting_offices(context)]


def office_line(context: Context, office: Office) -> ProtectionLine:
    """Return an office with whom it serves and its hours."""
    line = ProtectionLine(
        name=context.translated(office),
        for_whom=_join_area_names(context, office.serves) or context.gettext("ganze Stadt"),
        phone=office.contact.number if office.contact else "",
        open=_hours(context, context.facts.office_hours.get(office.id)),
        also=also_called(context, office),
        checked=office.checked,
    )
    duty = office.on_call
    if duty is None:
        return line
    when = _written_hours(context, duty.hours)
    return replace(line, outside=duty.phone or "", outside_hours=when.text if when is not None else "")


def also_called(context: Context, office: Office) -> Markup:
    """Return an office's other names, its groups' included."""
    words, texts = context.words.office_groups, context.texts
    groups = [words[group] for group in office.all_groups if group in words]
    names = {name: context.written(name) for name in office.also}
    for word in groups:
        names.setdefault(word.short or "", context.written(word.short))
        names.setdefault(texts.name(word), context.translated(word))
    return Markup(", ").join(html for name, html in names.items() if name and name not in texts.name(office))


def on_call_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return those offices' out-of-hours contacts, shared ones once."""
    found: dict[tuple[str, str, str], tuple[OnCall, list[Office]]] = {}
    for office in protecting_offices(context):
        if (duty := office.on_call) is not None:
            key = (duty.phone or "", duty.when or "", duty.hours.written if duty.hours else "")
            found.setdefault(key, (duty, []))[1].append(office)
    group, stands_in = context.gettext("Rufbereitschaft"), deputy_on_call(context)
    lines = []
    for duty, offices in found.values():
        name, also = Markup.escape(context.gettext("Bereitschaft des Jugendamts")), group
        for_whom, state = context.written(duty.when), _written_hours(context, duty.hours)
        if len(found) > 1:
            name, also = (
                pattern("{}: {}").format(group, Markup(", ").join(map(context.translated, offices))),
                "",
            )
        if state is None and for_whom:  # words that say when stand in the place of hours
            for_whom, state = Markup(), OpeningState(for_whom)
        # The oldest check counts, and none at all is older.
        checked = min((office.checked for office in offices), key=lambda day: day or dt.date.min)
        line = ProtectionLine(name, for_whom, duty.phone or "", state, stands_in, also=also, checked=checked)
        lines.append(line)
    return lines


def deputy_on_call(context: Context) -> str:
    """Return the number when on-call service is absent, if recorded."""
    for office in context.site.offices.values():
        if _STANDS_IN in office.all_groups and office.contact and office.contact.number:
            return office.contact.number
    return ""


def custody_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return who takes children in (Inobhutnahme), without places."""
    lines = []
    for key, offer in context.site.offers.items():
        facts = context.facts.offers[key]
        phone = facts.contact.number
        if offer.kind == CUSTODY and facts.active and phone:
            kind = context.texts.name(context.words.kinds[offer.kind])
            state = _hours(context, facts.schedule)
            name = context.translated(offer)
            lines.append(ProtectionLine(name, kind, phone, state, checked=offer.checked))
    return lines


def adviser_lines(context: Context) -> Sequence[ProtectionLine]:
    """Return advisers on child protection (§ 8b SGB VIII), each once."""
    areas: dict[tuple[str, str], tuple[TeamPart, list[str]]] = {}
    for key, space in context.site.spaces.items():
        for part in space.team:
            if part.role == ADVISER and part.contact is not None:
                number = part.contact.number
                areas.setdefault((part.provider or "", number), (part, []))[1].append(key)
    return [_team_line(context, part, _join_area_names(context, spaces)) for part, spaces in areas.values()]


def team_lines_of(context: Context, key: str) -> Sequence[ProtectionLine]:
    """Return a space's team: duty numbers and advisers."""
    team = [
        part for part in context.site.spaces[key].team if part.role != ADVISER and part.contact is not None
    ]
    advisers = [part for part in adviser_parts(context, key) if part.provider or part.contact]
    return [_team_line(context, part, _name_role_of_part(context, part)) for part in (*team, *advisers)]


def _name_role_of_part(context: Context, part: TeamPart) -> str:
    if part.provider is None and part.role != ADVISER:
        return context.gettext("Diensttelefon des Teams")
    return context.texts.name(context.words.roles[part.role])


def _team_line(context: Context, part: TeamPart, for_whom: Markup | str) -> ProtectionLine:
    provider = context.site.providers.get(part.provider or "")
    return ProtectionLine(
        name=context.translated(provider) if provider is not None else role_name(context, part),
        for_whom=for_whom,
        phone=part.contact.number if part.contact else "",
        open=_written_hours(context, part.hours),
        deputy=part.deputy.number if part.deputy else "",
    )


def _join_area_names(context: Context, spaces: Sequence[str]) -> Markup:
    return Markup(", ").join(line.name for line in space_lines(context, spaces))


def _make_always_open_state(context: Context) -> OpeningState:
    return OpeningState(context.gettext("Tag und Nacht"), "open")


def _written_hours(context: Context, hours: Hours | None) -> OpeningState | None:
    return _hours(context, schedule_of(context, hours))


def _hours(context: Context, schedule: Schedule | None) -> OpeningState | None:
    """Return the hours in words with data for the current state."""
    if schedule is None:
        return None
    if schedule.written.strip() == "24/7":
        return _make_always_open_state(context)
    state = opening(context, schedule, limit=4)
    return OpeningState(week_text(context, schedule, 4), written="", data=state.data if state else "")
