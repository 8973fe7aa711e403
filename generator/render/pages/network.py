"""Networks: the page of a working group, alliance or procedure between institutions, and the index by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.network import Network
from generator.model.vocabulary import NamedWord
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.markdown import plain_text
from generator.render.base.page import Crumb, Heading, Page, contents
from generator.render.base.texts import Translated, grouped, sort_key
from generator.render.base.view import GlanceRow, View
from generator.render.directory.commitments import (
    PromiseLine,
    moderation,
    next_meeting,
    promises,
    rhythm_text,
)
from generator.render.directory.listing import IndexGroup, IndexView, Nothing
from generator.render.directory.record_lines import RecordLine, inline_lines, member_lines, space_lines


@dataclass(frozen=True, slots=True)
class NetworkView(View):
    """The page of a network; it has a `pack` where it meets to work on areas. `promises` are what its members promise."""

    template = "network.html"

    network: Network
    kind: NamedWord
    law: str
    rows: Sequence[GlanceRow]
    task: Translated
    pack: bool
    members: Sequence[RecordLine]
    guests: Sequence[RecordLine]
    promises: Sequence[PromiseLine]


def render(context: Context, key: str) -> Page:
    """Make the page of one network."""
    _ = context.gettext
    network = context.site.networks[key]
    path = context.path("network", key)
    kind = context.words.network_kinds[network.kind]
    members, guests = member_lines(context, network.members), member_lines(context, network.guests)
    task = context.texts.of(network, "task")
    view = NetworkView(
        network=network,
        kind=kind,
        law=context.law_of(kind.legal_basis),
        rows=_rows(context, path, network),
        task=task,
        pack=context.exists("meeting", key),
        members=members,
        guests=guests,
        promises=promises(context, network),
    )
    toc = [
        (bool(network.guarantee), "zusage", _("Gemeinsame Zusage")),
        (bool(network.steps), "schritte", _("Schritte")),
        (bool(members or guests or network.members_in_words), "mitglieder", _("Wer mitarbeitet")),
    ]
    return Page(
        path=path,
        lang=context.lang,
        family="network",
        title=context.texts.name(network),
        description=(plain_text(task.text) or context.texts.name(kind))[:200],
        body=context.explain(path, context.render(view, path)),
        crumbs=(
            context.crumb(_("Für Fachkräfte"), "professionals"),
            Crumb(_("Netzwerke"), context.path("networks")),
        ),
        toc=contents(toc),
    )


def _rows(context: Context, path: str, network: Network) -> Sequence[GlanceRow]:
    _ = context.gettext
    meets = network.meets
    every = rhythm_text(context, meets.every) if meets and meets.every else ""
    spaces = inline_lines(context, path, space_lines(context, network.spaces))
    where = member_lines(context, [meets.where] if meets and meets.where else [])
    return (
        GlanceRow(_("Gebiet"), spaces or _("die ganze Stadt")),
        GlanceRow(
            _("Steuerung"), _("Ebene {n}").format(n=network.level) if network.level is not None else ""
        ),
        GlanceRow(_("Trifft sich"), every),
        GlanceRow(
            _("Nächstes Treffen"),
            next_meeting(context, meets) if meets else "",
            small=inline_lines(context, path, where),
        ),
        GlanceRow(_("Moderation"), moderation(context, path, network)),
    )


def render_index(context: Context, key: str) -> Page:
    """Make the index of all networks by kind; steering groups from the top level down."""
    _ = context.gettext
    path = context.path("networks", key)
    networks, kinds = context.site.networks, context.words.network_kinds
    ids = sorted(networks, key=lambda name: (networks[name].level or 0, sort_key(networks[name].name)))
    groups = []
    kinds_there = grouped(ids, lambda name: networks[name].kind, kinds)
    for kind, found in kinds_there.items():
        word = kinds[kind]
        says = context.translated(word, "explanation")
        law = context.law_of(word.legal_basis)
        if law:
            says += pattern(' <span class="nr-small">{}</span>').format(law)
        if kind == "steering" and len(found) > 1:
            says += pattern('<br><span class="nr-small">{}</span>').format(_("Ebene 1 ist die oberste."))
        lines = tuple(_line(context, name) for name in found)
        groups.append(IndexGroup(f"art-{kind}", context.translated(word), lines, says=says))
    lead = _(
        "Wer sich mit wem abstimmt: Arbeitsgemeinschaften, Bündnisse, Steuerung und Verfahren zwischen Stellen."
    )
    nothing = Nothing(
        _("Hier ist noch kein Netzwerk eingetragen."),
        _("Die Ansprechstellen stehen unter „Wer ist wer“."),
        "who",
        _("Wer ist wer"),
    )
    view = IndexView(_("Netzwerke"), lead, groups, nothing)
    return Page(
        path=path,
        lang=context.lang,
        family="network",
        title=_("Netzwerke"),
        description=_("Arbeitsgemeinschaften, Bündnisse, Steuerung und Verfahren zwischen Stellen."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=[Heading(f"art-{kind}", context.texts.name(kinds[kind])) for kind in kinds_there],
    )


def _line(context: Context, key: str) -> RecordLine:
    _ = context.gettext
    network = context.site.networks[key]
    parts = [_("Ebene {n}").format(n=network.level)] if network.level is not None else []
    parts += [str(line.name.striptags()) for line in space_lines(context, network.spaces)]
    if (
        network.meets is not None
        and network.meets.next is not None
        and network.meets.next >= context.facts.today
    ):
        parts.append(_("nächstes Treffen {date}").format(date=context.texts.date(network.meets.next)))
    if network.guarantee is not None:
        parts.append(_("mit gemeinsamer Zusage"))
    return RecordLine("network", key, context.translated(network), " · ".join(parts))
