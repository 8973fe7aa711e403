"""„Wer ist wer“: whom to call, by question and by area."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.areas_and_offices import Office
from generator.model.planning_records import Network
from generator.model.vocabulary import ProviderFunction
from generator.render.base import urls
from generator.render.base.area_names import space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page, contents
from generator.render.base.texts import sort_key
from generator.render.base.view import NOTHING, Chip, Chips, TableCell, TableContent, View, table_of
from generator.render.directory.child_protection import (
    ProtectionLine,
    adviser_lines,
    custody_lines,
    emergency_lines,
    office_line,
    office_lines,
    on_call_lines,
    professional_lines,
    team_lines_of,
)
from generator.render.directory.commitments import coming_day, meeting_text, moderation
from generator.render.directory.offer_order import town_providers
from generator.render.directory.record_lines import (
    RecordLine,
    RecordLines,
    inline_lines,
    named_lines,
    offer_lines,
    space_lines,
)
from generator.render.directory.teams import Duty, Team, duties, staff_table, team_of

ENOUGH = 12
"""So many names stand with a task: some tasks, such as making offers, are most providers'."""
CITY_WIDE = 60
"""So many who work for the whole town stand here; the index of providers has all."""


class SpaceBlock(Struct, frozen=True):
    """An area with whom to call there."""

    line: RecordLine  # the area
    calls: Sequence[ProtectionLine]  # responsible offices and teams
    team: Team | None
    networks: Sequence[tuple[RecordLine, str]]  # with their next meeting


class WhoView(View, frozen=True):
    """Whom to call: by question, by area, for the whole town."""

    template = "who.html"

    questions: Chips  # links to answers below
    areas: Chips  # links to `spaces` below
    at_once: Sequence[ProtectionLine]  # for a child in danger
    advisers: Sequence[ProtectionLine]  # for professionals who worry about a child
    professionals: Sequence[ProtectionLine]  # nationwide lines for the same
    spaces: Sequence[SpaceBlock]
    invented_duties: bool  # whether the page explains the mark „erfunden“ of a responsible office
    likely: bool  # whether it explains „wahrscheinlich zuständig“
    city_wide: Sequence[ProtectionLine]  # offices
    city_providers: Sequence[ProtectionLine]
    more_providers: int  # how many more
    steering: TableContent | None  # networks that steer, from the top
    meetings: TableContent | None  # other networks, by day
    functions: Sequence[tuple[str, str, RecordLines, int]]  # task, meaning, who has it, how many more
    teams: RecordLines  # areas with teams; with `staff` (rows by role) and `sums` one table
    staff: Sequence[Sequence[str]]
    sums: Sequence[str]
    offices: Sequence[Office]


def render(context: Context, key: str) -> Page:
    """Make the page; `key` is empty."""
    _ = context.gettext
    path = context.path("who", key)
    names = served_spaces(context)
    columns, staff, sums = staff_table(context, _teams(context))
    offices = sorted(
        context.site.offices.values(),
        key=lambda office: (bool(office.serves), sort_key(context.texts.name(office))),
    )
    all_duties: list[Duty] = []
    for name in names:
        all_duties += duties(context, name)
    providers = _city_providers(context, path)
    steering, others = _steering_and_others(context)
    view = WhoView(
        questions=questions(context, path),
        areas=[Chip(space_name(context, name), f"#raum-{name}") for name in names],
        at_once=(
            *emergency_lines(context),
            *on_call_lines(context),
            *custody_lines(context),
            *office_lines(context),
        ),
        advisers=adviser_lines(context),
        professionals=professional_lines(context),
        spaces=[_block(context, path, name) for name in names],
        invented_duties=any(duty.office.invented("serves") for duty in all_duties),
        likely=any(duty.likely for duty in all_duties),
        city_wide=[_whole_town(context, path, office) for office in offices if not office.serves],
        city_providers=providers[:CITY_WIDE],
        more_providers=len(providers[CITY_WIDE:]),
        steering=_steering(context, path, steering),
        meetings=_meetings(context, path, others),
        functions=_functions(context),
        teams=space_lines(context, columns),
        staff=staff,
        sums=sums,
        offices=tuple(offices),
    )
    toc = [
        (True, "jetzt", _("Kindeswohlgefährdung, jetzt")),
        (True, "insofa", _("Beratung bei Sorge um ein Kind")),
        (bool(names), "zustaendig", _("Nach Sozialraum")),
        (True, "stadt", _("Für die ganze Stadt")),
        (view.meetings is not None, "netzwerke", _("Netzwerke und Treffen")),
        (view.steering is not None, "steuerung", _("Steuerung")),
        (bool(view.functions), "aufgaben", _("Wer welche Aufgabe hat")),
        (bool(staff), "teams", _("Teams")),
        (True, "kontakte", _("Kontakte")),
    ]
    return context.page(
        view,
        path,
        family="front",
        title=_("Wer ist wer"),
        description=_("Ämter, Teams, Netzwerke und Ansprechstellen nach Sozialraum und Frage."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=contents(toc),
    )


def questions(context: Context, path: str) -> Chips:
    """Return professionals' questions linked to their answers on „Wer ist wer“, as far as these exist."""
    _ = context.gettext
    who_path = context.path("who")
    page = urls.relative(path, who_path) if path != who_path else ""
    found = [
        Chip(_("Kindeswohlgefährdung, jetzt"), f"{page}#jetzt"),
        Chip(_("Insoweit erfahrene Fachkraft"), f"{page}#insofa"),
    ]
    for group in ("verfahrenslotse", "egh", "wjh", "pkd"):
        office = _office_for(context, group)
        if office is not None and group in context.words.office_groups:
            name = context.texts.name(context.words.office_groups[group])
            found.append(Chip(name, f"{page}#{_office_anchor(office)}"))
    _steering_groups, others = _steering_and_others(context)
    if others:
        found.append(Chip(_("Netzwerke und Treffen"), f"{page}#netzwerke"))
    if page:
        found.append(Chip(_("Alle Ämter und Teams"), page))
    return found


def _office_for(context: Context, group: str) -> Office | None:
    """Return the first office for a group (such as `egh`) that serves the whole town; None for none."""
    for office in context.site.offices.values():
        if group in office.all_groups and not office.serves:
            return office
    return None


def served_spaces(context: Context) -> list[str]:
    """Return areas of the level that offices and teams of several name most, by code and name."""
    site = context.site
    named = [name for name, space in site.current("spaces").items() if len(space.team) > 1]
    for office in site.offices.values():
        named += office.serves
    levels = Counter(site.spaces[name].level for name in named if name in site.spaces)
    if not levels:
        return []
    most = max(levels, key=lambda level: (levels[level], level))
    found = [name for name, space in site.current("spaces").items() if space.level == most]
    return sorted(found, key=lambda name: (site.spaces[name].code or "", sort_key(site.spaces[name].name)))


def _office_anchor(office: Office) -> str:
    return f"amt-{office.id}"


def _link_record(context: Context, path: str, kind: str, key: str, text: object) -> Markup:
    return linked(context.href(path, kind, key), text)


def _block(context: Context, path: str, key: str) -> SpaceBlock:
    """Return an area with whom to call there."""
    networks = context.site.networks
    ids = context.facts.relations.networks_by_space.get(key, ())
    lines = named_lines(
        context, "network", sorted(ids, key=lambda name: _meeting_sort_key(context, networks[name]))
    )
    return SpaceBlock(
        line=space_lines(context, [key])[0],
        calls=(
            *(_duty(context, path, duty) for duty in duties(context, key)),
            *team_lines_of(context, key),
        ),
        team=team_of(context, key),
        networks=[(line, meeting_text(context, networks[line.id])) for line in lines],
    )


def _duty(context: Context, path: str, duty: Duty) -> ProtectionLine:
    """Return an area's responsible office, marked where that is only likely or made up."""
    _ = context.gettext
    office, says = duty.office, []
    if duty.likely:
        says.append(_("wahrscheinlich zuständig"))
    if duty.mark:
        says.append(_("erfunden"))
    name = _link_record(context, path, "office", office.id, context.translated(office))
    return replace(office_line(context, office), name=name, for_whom=", ".join(says))


def _whole_town(context: Context, path: str, office: Office) -> ProtectionLine:
    name = _link_record(context, path, "office", office.id, context.translated(office))
    says = context.translated(office, "summary")
    return replace(office_line(context, office), name=name, for_whom=says, anchor=_office_anchor(office))


def _city_providers(context: Context, path: str) -> Sequence[ProtectionLine]:
    """Return providers of town-wide offers beyond everyday life (`town_providers`), with telephone."""
    lines = []
    for name, offers in town_providers(context).items():
        provider = context.site.providers[name]
        contact = provider.contact
        phone = contact.number if contact else ""
        lines.append(
            ProtectionLine(
                name=_link_record(context, path, "provider", name, context.translated(provider)),
                for_whom=inline_lines(context, path, offer_lines(context, offers, where=False)),
                phone=phone,
            )
        )
    return lines


def _steering_and_others(context: Context) -> tuple[list[str], list[str]]:
    """Return (steering networks, others); the first have a level or are of the kind `steering`."""
    steering, others = [], []
    for key, network in context.site.networks.items():
        if network.level is not None or network.kind == "steering":
            steering.append(key)
        else:
            others.append(key)
    return steering, others


def _meeting_sort_key(context: Context, network: Network) -> tuple[dt.date, str]:
    """Return a key that sorts networks by next meeting, those without last."""
    return (coming_day(context, network) or dt.date.max, sort_key(network.name))


def _make_network_row(context: Context, path: str, key: str, second: str | Markup) -> Sequence[TableCell]:
    """Return a network's name, `second`, next meeting and moderator."""
    network = context.site.networks[key]
    kind = context.texts.name(context.words.network_kinds[network.kind])
    name = _link_record(context, path, "network", key, context.translated(network))
    if kind not in network.name:
        name += pattern('<span class="nr-glance__small">{}</span>').format(kind)
    texts = (name, second, meeting_text(context, network), moderation(context, path, network))
    return [TableCell(text) if text else NOTHING for text in texts]


def _make_network_table(
    context: Context, second: str, rows: Sequence[Sequence[TableCell]]
) -> TableContent | None:
    """Return networks as table; None for none."""
    _ = context.gettext
    heads = [_("Netzwerk"), second, _("Nächstes Treffen"), _("Moderation")]
    return table_of(heads, [], rows) if rows else None


def _meetings(context: Context, path: str, ids: Iterable[str]) -> TableContent | None:
    """Return networks with their areas, by next meeting."""
    _ = context.gettext
    networks = context.site.networks
    rows = []
    for key in sorted(ids, key=lambda key: _meeting_sort_key(context, networks[key])):
        where = inline_lines(context, path, space_lines(context, networks[key].spaces))
        rows.append(_make_network_row(context, path, key, where or _("ganze Stadt")))
    return _make_network_table(context, _("Gebiet"), rows)


def _steering(context: Context, path: str, ids: Iterable[str]) -> TableContent | None:
    """Return steering networks with their level, 1 first."""
    _ = context.gettext
    by_name = sorted((context.site.networks[key] for key in ids), key=lambda one: sort_key(one.name))
    rows = []
    for network in sorted(by_name, key=lambda one: (one.level is None, one.level)):
        level = _("Ebene {n}").format(n=network.level) if network.level is not None else ""
        rows.append(_make_network_row(context, path, network.id, level))
    return _make_network_table(context, _("Steuerungsebene"), rows)


def _functions(context: Context) -> Sequence[tuple[str, str, RecordLines, int]]:
    """Return (task, meaning, who has it, how many more providers) in the vocabulary's order."""
    found = []
    tasks_of = {name: {word.id for word in tasks(context, name)} for name in context.site.providers}
    for key, word in context.words.functions.items():
        offices = [
            name
            for name, office in context.site.offices.items()
            if not {*word.done_by}.isdisjoint(office.all_groups)
        ]
        names = [name for name, ids in tasks_of.items() if key in ids]
        providers = sorted(names, key=lambda name: sort_key(context.texts.name(context.site.providers[name])))
        if offices or providers:
            lines = named_lines(context, "office", offices) + named_lines(
                context, "provider", providers[:ENOUGH]
            )
            says = context.translated(word, "explanation")
            found.append((context.translated(word), says, lines, len(providers[ENOUGH:])))
    return found


def tasks(context: Context, provider: str) -> Sequence[ProviderFunction]:
    """Return a provider's tasks: those its own active offers' kinds show, and those its record claims."""
    site, facts = context.site, context.facts
    offers = facts.relations.offers_by_provider.get(provider, ())
    active = [site.offers[key] for key in offers if facts.offers[key].active]
    kinds = {offer.kind for offer in active if offer.provider == provider}
    claims = [site.words.functions[key] for key in site.providers[provider].functions]
    # A task that only kinds of offers show (all its `done_by`) isn't believed because a record claims it.
    believed = [word for word in claims if not word.done_by or not set(word.done_by) <= set(site.words.kinds)]
    return [
        word
        for word in site.words.functions.values()
        if word in believed or not kinds.isdisjoint(word.done_by)
    ]


def _teams(context: Context) -> list[str]:
    """Return areas with a team, wide ones first."""
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
