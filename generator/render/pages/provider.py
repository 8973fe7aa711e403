"""Providers: the page of an organisation with what it does and could give, and the index of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.offer_lists import OfferList
from generator.model.provider import Provider
from generator.model.site import Site
from generator.model.vocabulary import NamedWord
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Crumb, Heading, Page
from generator.render.base.texts import Translated, by_letter, letter_anchor
from generator.render.base.view import GlanceRow, NavLink, View
from generator.render.base.wording import address_line, quiet_title_of_offers, town_line
from generator.render.directory.cards import offer_cards
from generator.render.directory.contact import ContactButtons, contact_buttons
from generator.render.directory.gifts import GiftRow, gift_row
from generator.render.directory.listing import (
    WHOLE,
    IndexGroup,
    IndexView,
    Nothing,
    further_pages,
    group_link,
    index_links,
    index_part,
    index_path,
    numbered,
)
from generator.render.directory.record_lines import (
    RecordLine,
    kind_lines,
    named_lines,
    offer_lines,
    space_lines,
)
from generator.render.pages.agreement import AgreementSection, agreement_sections


@dataclass(frozen=True, slots=True)
class ProviderView(View):
    """The page of a provider; `partner` are offers of others that it takes part in.

    `left` is how many of its own offers have no card here and stand in the list of all, the key of a page.
    """

    template = "provider.html"

    provider: Provider
    name: Translated
    summary: Translated
    buttons: ContactButtons | None
    rows: Sequence[GlanceRow]
    cards: Sequence[Markup]
    left: int
    all_list: str
    partner: Sequence[RecordLine]
    possible: Sequence[RecordLine]
    ended: Sequence[RecordLine]
    places: Sequence[RecordLine]
    functions: Sequence[NamedWord]
    gifts: Sequence[GiftRow]
    networks: Sequence[RecordLine]
    agreements: Sequence[AgreementSection]


def render(context: Context, key: str) -> Page:
    """Make the page of one provider."""
    _ = context.gettext
    site, relations = context.site, context.facts.relations
    provider = site.providers[key]
    path = context.path("provider", key)
    every = relations.offers_by_provider.get(key, ())
    own = [item for item in every if site.offers[item].provider == key]
    active = [item for item in every if context.facts.offers[item].active]
    running = [item for item in own if item in active]
    possible = [item for item in own if site.offers[item].status == "possible"]
    sensitive = context.facts.only_sensitive(own)
    name, summary = context.texts.of(provider, "name"), context.texts.of(provider, "summary")
    signed = [item for item, agreement in site.agreements.items() if key in agreement.partners]
    view = ProviderView(
        provider=provider,
        name=name,
        summary=summary,
        buttons=contact_buttons(context, provider.contact, website=not sensitive),
        rows=_rows(context, provider),
        cards=offer_cards(context, path, running[:WHOLE]),
        left=len(running[WHOLE:]),
        all_list=OfferList("traeger", key).address,
        partner=offer_lines(context, [item for item in active if item not in own]),
        possible=offer_lines(context, possible, where=False),
        ended=offer_lines(context, [item for item in own if item not in (*active, *possible)], where=False),
        places=named_lines(context, "place", relations.places_by_provider.get(key, ())),
        functions=[site.words.functions[item] for item in provider.functions],
        gifts=[gift_row(context, gift) for gift in provider.can_give],
        networks=_networks(context, key),
        agreements=agreement_sections(context, signed),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="provider",
        title=quiet_title_of_offers(context, own) if sensitive else name.text,
        description=(summary.text or context.texts.name(site.words.provider_kinds[provider.kind]))[:200],
        body=context.render(view, path),
        crumbs=(Crumb(_("Träger"), context.path("providers")),),
        date=provider.checked,
        exit_bar=sensitive,
    )


def _networks(context: Context, key: str) -> Sequence[RecordLine]:
    """Return the networks in which a provider is, told where it is a guest."""
    lines = named_lines(context, "network", context.facts.relations.networks_by_member.get(key, ()))
    guest = context.gettext("Gast")
    networks = context.site.networks
    return [replace(line, text=guest if key in networks[line.id].guests else "") for line in lines]


def _rows(context: Context, provider: Provider) -> Sequence[GlanceRow]:
    _ = context.gettext
    umbrella = context.words.umbrellas.get(provider.umbrella or "")
    address = provider.address
    recognised = {
        True: _("anerkannter Träger der freien Jugendhilfe nach § 75 SGB VIII"),
        False: _("nicht als Träger der freien Jugendhilfe anerkannt"),
        None: "",
    }[provider.recognised]
    spaces = space_lines(context, provider.spaces)
    where = Markup(", ").join(line.name for line in spaces) if spaces else _("in der ganzen Stadt")
    kind = context.words.provider_kinds[provider.kind]
    lines = pattern("{}<br>{}").format(address_line(address), town_line(address)) if address else ""
    return (
        GlanceRow(
            _("Art"),
            context.texts.name(kind),
            small=context.marked(context.texts.of(kind, "explanation")) if provider.origin is None else "",
        ),
        GlanceRow(
            _("Verband"), context.texts.name(umbrella) if umbrella is not None else provider.umbrella or ""
        ),
        GlanceRow(_("Status"), recognised),
        GlanceRow(_("Tätig"), where),
        GlanceRow(_("Adresse"), lines),
    )


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the pages of the index of providers behind its first."""
    del facts
    return further_pages(len(site.providers))


def render_index(context: Context, key: str) -> Page:
    """Make a page of the index of all providers, A to Z."""
    _ = context.gettext
    path = index_path(context, "provider", key)
    names = {name: context.texts.name(provider) for name, provider in context.site.providers.items()}
    groups = by_letter(names)
    part = index_part(groups, key)
    title = numbered(context, _("Träger"), part)
    toc = tuple(Heading(letter_anchor(letter), letter) for letter in part.groups)
    nothing = Nothing(
        _("Hier ist noch kein Träger eingetragen."),
        _("Angebote finden Sie im Verzeichnis."),
        "offers",
        _("Alle Angebote"),
    )
    view = IndexView(
        title=title,
        lead=_("Vereine, Kirchen, Schulen, Verbände und Ämter, die etwas für Familien tun. Von A bis Z."),
        nothing=nothing,
        links_label=_("Buchstaben"),
        links=[
            NavLink(letter, group_link(context, "provider", part, letter, letter_anchor(letter)))
            for letter in groups
        ],
        groups=[
            IndexGroup(letter_anchor(letter), letter, kind_lines(context, "provider", ids))
            for letter, ids in part.groups.items()
        ],
        pages=context.call(index_links(context, "provider", part)),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="provider",
        title=title,
        description=_("Wer Angebote für Familien macht, von A bis Z."),
        body=context.render(view, path),
        crumbs=(context.crumb(_("Träger"), "providers"),) if key else (),
        toc=toc if len(toc) > 12 else (),
    )
