"""Make the sheet for the office's phone out of hours (duty phone), one A4 of the internal site."""

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
    """A duty sheet: whom who is on duty calls."""

    template = "duty.html"

    emergency: Sequence[ProtectionLine]
    rows: Sequence[tuple[str, Sequence[ProtectionLine]]]  # for what, whom
    as_of: str  # today, in words


def render(context: Context, key: str) -> Page:
    """Make the sheet; the vocabulary says which groups of offices stand on it (`duty`)."""
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
    """Yield a group's offices, and for the group on call its services at night."""
    if group == ON_CALL:
        # Deputies have a row of their own.
        yield from (replace(line, deputy="") for line in on_call_lines(context))
    for office in context.site.offices.values():
        if group in office.all_groups:
            yield replace(
                office_line(context, office), for_whom=context.translated(office, "summary"), also=""
            )
