"""Make the sheet for the duty phone, an A4 of the internal site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

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


class DutyView(View, frozen=True):
    """A duty sheet's rows: needs and contacts."""

    template = "duty.html"

    emergency: Sequence[ProtectionLine]
    rows: Sequence[tuple[str, Sequence[ProtectionLine]]]
    as_of: str


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.gettext
    groups = context.words.office_groups.items()
    rows = [
        (context.texts.name(word), list(_of_group(context, group))) for group, word in groups if word.duty
    ]
    rows.append((_("Platz für ein Kind (§ 42 SGB VIII)"), list(custody_lines(context))))
    return context.page(
        DutyView(emergency_lines(context), rows, context.texts.date(context.facts.today)),
        context.path("duty", key),
        family="front",
        title=_("Blatt fürs Diensttelefon"),
        description=_("Wen die Rufbereitschaft anruft, mit Stand jeder Nummer."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
    )


def _of_group(context: Context, group: str) -> Iterator[ProtectionLine]:
    """Yield a group's contacts, for on-call service also at night."""
    if group == ON_CALL:
        yield from (replace(line, deputy="") for line in on_call_lines(context))  # in a row of its own
    for office in context.site.offices.values():
        if group in office.all_groups:
            yield replace(
                office_line(context, office), for_whom=context.translated(office, "summary"), also=""
            )
