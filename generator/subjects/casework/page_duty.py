"""The sheet for the duty phone, one A4 on the internal site: whom it calls outside of office hours, and when each number was checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import View
from generator.render.directory.child_protection import (
    ON_CALL,
    ProtectionLine,
    custody_lines,
    emergency_lines,
    office_line,
    on_call_lines,
)


@dataclass(frozen=True, slots=True)
class DutyNumber:
    """Whom one calls for something: what for or where, when, and the day on which somebody last called the number."""

    name: Markup
    says: Markup | str
    phone: str
    when: str
    checked: str = ""


@dataclass(frozen=True, slots=True)
class DutyView(View):
    """`rows`: what one needs, with who can be called for it; nobody where none is recorded."""

    template = "duty.html"

    rows: Sequence[tuple[str, Sequence[DutyNumber]]]
    as_of: str


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.gettext
    path = context.path("duty", key)
    rows = [(_("Notruf"), [_always(line) for line in emergency_lines(context)])]
    for group, word in context.words.office_groups.items():
        if word.duty:
            rows.append((context.texts.name(word), list(_of_group(context, group))))
    custody = [_always(line) for line in custody_lines(context)]
    rows.append((_("Platz für ein Kind (§ 42 SGB VIII)"), custody))
    return context.page(
        DutyView(rows, context.texts.date(context.facts.today)),
        path,
        family="sheet",
        title=_("Blatt fürs Diensttelefon"),
        description=_("Wen die Rufbereitschaft anruft, mit Stand jeder Nummer."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
    )


def _always(line: ProtectionLine) -> DutyNumber:
    return DutyNumber(line.name, line.for_whom, line.phone, line.open.text if line.open else "")


def _of_group(context: Context, group: str) -> Iterator[DutyNumber]:
    """Yield who of a group can be called; for the on-call service also those who answer for an office at night."""
    offices = context.site.offices.values()
    if group == ON_CALL:
        days = {office.on_call.phone: office.checked for office in offices if office.on_call}
        for line in on_call_lines(context):
            when = line.open.text if line.open else ""
            yield DutyNumber(line.name, line.for_whom, line.phone, when, _checked(context, days.get(line.phone)))
    for office in offices:
        if group in (office.kind, *office.groups):
            line, says = office_line(context, office), context.translated(office, "summary")
            when = line.open.text if line.open else context.gettext("Zeiten nicht eingetragen")
            yield DutyNumber(line.name, says, line.phone, when, _checked(context, office.checked))


def _checked(context: Context, day: dt.date | None) -> str:
    if day is None:
        return context.gettext("noch nie geprüft")
    return context.gettext("Geprüft am {date}").format(date=context.texts.date(day, short=True))
