"""„Wer ist wer“: which office answers for which area, the teams with their sums, whom to ask about a child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.office import Office
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NOTHING, Chip, TableCell, TableColumn, TableContent
from generator.render.base.ordering import sort_key
from generator.render.base.page import Heading, Page
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import level_name, space_name
from generator.render.base.view import View
from generator.render.directory.protection import (
    ProtectionLine,
    custody_lines,
    emergency_lines,
    office_lines,
    on_call_lines,
)
from generator.render.directory.record_lines import RecordLine, space_lines
from generator.render.directory.teams import TeamRow, advisers, duties, staff_table


@dataclass(frozen=True, slots=True)
class WhoView(View):
    """Questions that lead to a person, whom to call `at_once` when a child is in danger, offices by area (`duties`, None without areas) and for the whole town, advisers by area, staff by team and area.

    `invented_duties` and `likely` tell whether one of the duties was made up or isn't sure.
    """

    template = "who.html"

    questions: tuple[Chip, ...]
    at_once: tuple[ProtectionLine, ...]
    duties: TableContent | None
    invented_duties: bool
    likely: bool
    city_wide: tuple[Office, ...]
    advisers: tuple[tuple[RecordLine, tuple[TeamRow, ...]], ...]
    teams: tuple[RecordLine, ...]
    staff: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    offices: tuple[Office, ...]


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("who", key)
    spaces = served_spaces(context)
    columns, staff, sums = staff_table(context, _teams(context))
    offices = sorted(
        context.site.offices.values(),
        key=lambda office: (bool(office.serves), sort_key(context.texts.name(office))),
    )
    there = [duty for name in spaces for duty in duties(context, name)]
    view = WhoView(
        questions=questions(context, path),
        at_once=(
            *emergency_lines(context),
            *on_call_lines(context),
            *custody_lines(context),
            *office_lines(context),
        ),
        duties=_duty_table(context, path, spaces) if spaces else None,
        invented_duties=any(duty.office.invented("serves") for duty in there),
        likely=any(duty.likely for duty in there),
        city_wide=tuple(office for office in offices if not office.serves),
        advisers=tuple(
            (space_lines(context, [name])[0], found) for name in spaces if (found := _advisers(context, name))
        ),
        teams=space_lines(context, columns),
        staff=staff,
        sums=sums,
        offices=tuple(offices),
    )
    toc = [
        (True, "jetzt", _("Kindeswohlgefährdung, jetzt")),
        (bool(spaces), "zustaendig", _("Welches Amt für welchen Sozialraum")),
        (True, "stadt", _("Für die ganze Stadt")),
        (True, "insofa", _("Beratung bei Sorge um ein Kind")),
        (bool(staff), "teams", _("Teams")),
        (True, "kontakte", _("Kontakte")),
    ]
    return Page(
        path=path,
        lang=context.lang,
        family="front",
        title=_("Wer ist wer"),
        description=_("Ämter, Teams und Ansprechstellen nach Sozialraum."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=tuple(Heading(anchor, label) for shown, anchor, label in toc if shown),
    )


def questions(context: Context, path: str) -> tuple[Chip, ...]:
    """Return the questions with which people come, each with where its answer stands; what a town hasn't got is left out."""
    _ = context.texts.gettext
    there = context.path("who")
    who = urls.relative(path, there) if path != there else ""
    found = [
        Chip(_("Kindeswohlgefährdung, jetzt"), f"{who}#jetzt"),
        Chip(_("Insoweit erfahrene Fachkraft"), f"{who}#insofa"),
    ]
    for group in ("verfahrenslotse", "egh", "wjh", "pkd"):
        office = next(
            (
                office
                for office in context.site.offices.values()
                if group in (office.kind, *office.groups) and not office.serves
            ),
            None,
        )
        if office is not None and group in context.site.words.office_groups:
            name = context.texts.name(context.site.words.office_groups[group])
            found.append(Chip(name, urls.relative(path, context.path("office", office.id))))
    if who:
        found.append(Chip(_("Alle Ämter und Teams"), who))
    return tuple(found)


def served_spaces(context: Context) -> list[str]:
    """Return all spaces of the level at which offices divide the town: the one that most of them name."""
    site = context.site
    named = [name for office in site.offices.values() for name in office.serves if name in site.spaces]
    named += [name for name, space in site.spaces.items() if len(space.team) > 1]
    if not named:
        return []
    levels = Counter(site.spaces[name].level for name in named)
    most = max(levels, key=lambda level: (levels[level], level))
    there = [name for name, space in site.spaces.items() if space.level == most]
    return sorted(there, key=lambda name: (site.spaces[name].code or "", sort_key(site.spaces[name].name)))


def _groups(context: Context, spaces: Iterable[str]) -> list[str]:
    """The groups of those offices that serve single areas, in the vocabulary's order."""
    there = {
        group
        for name in spaces
        for duty in duties(context, name)
        for group in (duty.office.kind, *duty.office.groups)
    }
    return [group for group in context.site.words.office_groups if group in there]


def _duty_table(context: Context, path: str, spaces: list[str]) -> TableContent:
    groups = _groups(context, spaces)
    names = [context.texts.name(context.site.words.office_groups[group]) for group in groups]
    columns = tuple(map(TableColumn, [level_name(context, spaces[0]), *names]))
    return TableContent(columns, tuple(_duty_row(context, path, name, groups) for name in spaces))


def _duty_row(context: Context, path: str, key: str, groups: Iterable[str]) -> tuple[TableCell, ...]:
    _ = context.texts.gettext
    cell = linked(urls.relative(path, context.path("space", key)), space_name(context, key))
    row = [TableCell(cell)]
    for group in groups:
        there = [duty for duty in duties(context, key) if group in (duty.office.kind, *duty.office.groups)]
        links = []
        for duty in there:
            href = urls.relative(path, context.path("office", duty.office.id))
            link = linked(href, context.translated(duty.office))
            said = [_("wahrscheinlich")] if duty.likely else []
            said += [_("erfunden")] if duty.mark else []
            links.append(pattern("{} ({})").format(link, ", ".join(said)) if said else link)
        row.append(TableCell(Markup("<br>").join(links)) if links else NOTHING)
    return tuple(row)


def _advisers(context: Context, key: str) -> tuple[TeamRow, ...]:
    return tuple(row for row in advisers(context, key) if row.providers or row.contact)


def _teams(context: Context) -> list[str]:
    spaces, facts = context.site.spaces, context.facts.spaces
    with_team = [name for name in spaces if spaces[name].team]
    return sorted(
        with_team,
        key=lambda name: (
            facts[name].geography,
            facts[name].depth,
            spaces[name].code or "",
            spaces[name].name,
        ),
    )
