"""Say who works in an area: team, offices, advisers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from markupsafe import Markup
from msgspec import Struct

from generator.model.areas_and_offices import Office, TeamPart
from generator.model.groups import Contact
from generator.render.base.context import Context
from generator.render.base.wording import hours_words
from generator.render.directory.record_lines import RecordLine, member_lines, space_lines

ADVISER = "insofa"
"""The role of those whom schools and surgeries ask when they worry about a child (§ 8b SGB VIII)."""


class TeamRow(Struct, frozen=True):
    """A part of a team in words; `people` (name, number), `hours` (activity, hours a week)."""

    role: Markup
    staff: str  # how many people
    providers: Sequence[RecordLine]
    people: Sequence[tuple[str, str]]
    hours: Sequence[tuple[str, str]]
    total: str  # hours a week of all
    contact: Contact | None  # of this part
    when: str  # one reaches them
    deputy: Contact | None  # who stands in
    note: Markup  # as written


class Team(Struct, frozen=True):
    """A space's team; `owner` is the space that states it, maybe one above."""

    owner: str
    rows: Sequence[TeamRow]
    staff: str  # of all parts, in words
    hours: str  # a week of all, in words; empty if not known of all


def team_of(context: Context, key: str) -> Team | None:
    """Return a space's team, else the nearest above; None for none."""
    for owner in context.facts.spaces[key].within:
        parts = context.site.spaces[owner].team
        if parts:
            staff = sum((part.staff for part in parts if part.staff is not None), Decimal())
            # Whoever isn't counted among the staff, such as an adviser on call, has no hours to miss.
            hours = _sum_of_all([hours_of(part) for part in parts if part.staff is not None])
            rows = tuple(_make_team_row(context, part) for part in parts)
            return Team(owner, rows, staff_text(context, staff), hours_text(context, hours))
    return None


def _sum_of_all(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum; None where any value is missing."""
    total = Decimal()
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _role(context: Context, part: TeamPart) -> str:
    """Name a role, with its number of people if known."""
    name = str(role_name(context, part).striptags())
    if part.staff is None:
        return name
    return f"{name} ({context.texts.number(part.staff)})"


def wider_teams(context: Context, owner: str) -> Sequence[tuple[RecordLine, str]]:
    """Return the teams above, with their roles: „Pflegekinderdienst (2)“."""
    above = [key for key in context.facts.spaces[owner].ancestors if context.site.spaces[key].team]
    found = []
    for key in above:
        roles = [_role(context, part) for part in context.site.spaces[key].team]
        [line] = space_lines(context, [key])
        found.append((line, context.texts.join(roles)))
    return found


def hours_of(part: TeamPart) -> Decimal | None:
    """Return a part's weekly hours, stated or summed; None for none."""
    if part.weekly_total is not None:
        return part.weekly_total
    if part.weekly_hours:
        return sum(part.weekly_hours.values(), Decimal())
    if part.weekly_each and part.staff is not None:
        return sum(part.weekly_each.values(), Decimal()) * part.staff
    return None


def staff_text(context: Context, staff: Decimal | None) -> str:
    """Say how many people or posts: „4 Fachkräfte“; empty for none."""
    if not staff:
        return ""
    words = context.ngettext("{n} Fachkraft", "{n} Fachkräfte", 1 if staff == 1 else 2)
    return words.format(n=context.texts.number(staff))


def hours_text(context: Context, hours: Decimal | None) -> str:
    """Say how many hours a week: „26 Wochenstunden“."""
    if not hours:
        return ""
    words = context.ngettext("{n} Wochenstunde", "{n} Wochenstunden", 1 if hours == 1 else 2)
    return words.format(n=context.texts.number(hours))


def role_name(context: Context, part: TeamPart) -> Markup:
    """Return a part's own name, else its role's."""
    if part.name:
        return context.written(part.name)
    return Markup.escape(context.texts.name(context.words.roles[part.role]))


def _make_team_row(context: Context, part: TeamPart) -> TeamRow:
    words = context.words.activities
    hours = [(words[name], context.texts.number(value)) for name, value in part.weekly_hours.items()]
    for name, value in part.weekly_each.items():
        hours.append((words[name], context.gettext("je Fachkraft {n}").format(n=context.texts.number(value))))
    by_activity = [(context.texts.name(word), number) for word, number in hours]
    return TeamRow(
        role=role_name(context, part),
        staff=staff_text(context, part.staff),
        providers=member_lines(context, [part.provider or "", *part.providers]),
        people=[(one.name, one.contact.number if one.contact else "") for one in part.people],
        hours=by_activity,
        total=hours_text(context, hours_of(part)),
        contact=part.contact,
        when=hours_words(context, part.hours),
        deputy=part.deputy,
        note=context.written(part.note),
    )


def adviser_parts(context: Context, key: str) -> tuple[TeamPart, ...]:
    """Return a space's child protection advisers, else the nearest above."""
    for owner in context.facts.spaces[key].within:
        found = [part for part in context.site.spaces[owner].team if part.role == ADVISER]
        if found:
            return tuple(found)
    return ()


def advisers(context: Context, key: str) -> Sequence[TeamRow]:
    """Return a space's child protection advisers in words."""
    return [_make_team_row(context, part) for part in adviser_parts(context, key)]


class Duty(Struct, frozen=True):
    """An office that is responsible for a space."""

    office: Office
    likely: bool  # where more than the area decides
    reason: str  # why it is only likely; empty if it isn't
    note: Markup  # of the office's responsibility
    mark: str = ""  # says that it was made up


def duties(context: Context, key: str) -> Sequence[Duty]:
    """Return a space's offices, the social service first; „wahrscheinlich“ where more decides."""
    order = {group: number for number, group in enumerate(context.words.office_groups)}
    offices = [context.site.offices[name] for name in context.facts.relations.offices_by_space.get(key, ())]
    offices.sort(key=lambda office: (order.get(office.kind, len(order)), office.name))
    of_a_kind = Counter(office.kind for office in offices)
    return [_make_duty(context, key, office, of_a_kind[office.kind] > 1) for office in offices]


def _make_duty(context: Context, key: str, office: Office, several: bool) -> Duty:
    _ = context.gettext
    fuzzy = context.site.spaces[key].boundary_kind == "fuzzy"
    by = office.responsibility.by if office.responsibility else "street"
    if fuzzy:
        reason = _("Die Grenze des Gebiets ist unscharf.")
    elif by != "street":
        reason = _("Die Aufteilung geht auch nach Nachnamen.")
    elif several:
        reason = _("Hier sind mehrere Ämter tätig. Die Straße entscheidet.")
    else:
        reason = ""
    note = context.written(office.responsibility.note) if office.responsibility else Markup()
    # Behind a name that was made up one mark says enough.
    mark = "" if office.invented("name") else context.texts.mark_of(office, "serves")
    # What was made up is not even likely.
    likely = bool(reason) and not office.invented("serves")
    return Duty(office, likely, reason if likely else "", note, mark)


def division_text(context: Context, office: Office) -> str:
    """Say how an office divides its work."""
    _ = context.gettext
    if office.responsibility is None:
        return ""
    return {
        "street": _("Zuständig ist das Amt nach der Straße, in der die Eltern leben."),
        "surname": _("Die Arbeit ist nach Nachnamen aufgeteilt."),
        "both": _("Es zählen die Straße, in der die Eltern leben, und der Nachname."),
    }[office.responsibility.by]


def staff_table(
    context: Context, spaces: Iterable[str]
) -> tuple[Sequence[str], Sequence[Sequence[str]], Sequence[str]]:
    """Return spaces with teams, a row (role, a cell for each space, one for all) for each role, and sums in such cells.

    A cell is a number, ✓ where nobody says how many, – where the role isn't there.
    """
    teams = {key: context.site.spaces[key].team for key in spaces if context.site.spaces[key].team}
    whole = [*chain.from_iterable(teams.values())]
    rows = []
    for role, word in context.words.roles.items():
        if any(part.role == role for part in whole):
            columns = (*teams.values(), whole)
            counts = [_staff(context, team, role) for team in columns]
            rows.append((context.texts.name(word), *counts))
    sums = [_staff(context, team) for team in (*teams.values(), whole)]
    return tuple(teams), rows, tuple(sums)


def _staff(context: Context, team: Sequence[TeamPart], role: str = "") -> str:
    """Write a role's (or all) staff: a number, „✓“ unknown, dash none."""
    parts = [part for part in team if role in ("", part.role)]
    staff = [part.staff for part in parts if part.staff is not None]
    if staff:
        return context.texts.number(sum(staff, Decimal()))
    return "✓" if parts else "–"
