"""Providers: the page of an organisation with what it does and could give, and the index of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from generator.model.facts import Facts
from generator.model.provider import Gift, Provider
from generator.model.site import Site
from generator.render.base.context import Context, mark
from generator.render.base.ordering import by_letter
from generator.render.base.page import Crumb, Heading, Page
from generator.render.base.wording import address_line, town_line
from generator.render.directory.cards import offer_cards
from generator.render.directory.opening import week_text
from generator.render.directory.record_lines import RecordLine, offer_lines, space_lines
from generator.render.pages.agreement import agreement_views


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every provider has a page."""
    del facts
    return site.providers


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page."""
    del site, facts
    return ("",)


def render(context: Context, key: str) -> Page:
    """Make the page of one provider."""
    _ = context.texts.gettext
    site, relations = context.site, context.facts.relations
    provider = site.providers[key]
    path = context.path("provider", key)
    offers = relations.offers_by_provider.get(key, ())
    own = [name for name in offers if site.offers[name].provider == key]
    sensitive = bool(own) and all(context.facts.offers[name].sensitive for name in own)
    name, summary = context.texts.of(provider, "name"), context.texts.of(provider, "summary")
    signed = [item for item, agreement in site.agreements.items() if key in agreement.partners]
    body = context.render(
        "provider.html",
        path,
        provider=provider,
        name=name,
        summary=summary,
        kind=site.words.provider_kinds[provider.kind],
        sensitive=sensitive,
        rows=_rows(context, provider),
        functions=[site.words.functions[item] for item in provider.functions],
        gifts=gift_rows(context, key),
        cards=offer_cards(context, path, [item for item in own if context.facts.offers[item].active]),
        partner=offer_lines(context, [item for item in offers if item not in own and context.facts.offers[item].active]),
        ended=offer_lines(context, [item for item in own if not context.facts.offers[item].active and site.offers[item].status != "possible"], where=False),
        possible=offer_lines(context, [item for item in own if site.offers[item].status == "possible"], where=False),
        places=[RecordLine("place", item, context.translated(site.places[item])) for item in relations.places_by_provider.get(key, ())],
        networks=[RecordLine("network", item, context.translated(site.networks[item]), _role(context, key, item)) for item in relations.networks_by_member.get(key, ())],
        agreements=agreement_views(context, signed) if site.internal else [],
    )  # fmt: skip
    return Page(
        path=path,
        lang=context.lang,
        family="provider",
        title=name.text,
        description=(summary.text or context.texts.name(site.words.provider_kinds[provider.kind]))[:200],
        body=body,
        crumbs=(Crumb(_("Träger"), context.path("providers")),),
        date=provider.checked,
        exit_bar=sensitive,
    )


def _role(context: Context, provider: str, network: str) -> str:
    return context.texts.gettext("Gast") if provider in context.site.networks[network].guests else ""


def _rows(context: Context, provider: Provider) -> list[dict[str, Any]]:
    _ = context.texts.gettext
    umbrella = context.site.words.umbrellas.get(provider.umbrella or "")
    address = provider.address
    recognised = {
        True: _("anerkannter Träger der freien Jugendhilfe nach § 75 SGB VIII"),
        False: _("nicht als Träger der freien Jugendhilfe anerkannt"),
        None: "",
    }[provider.recognised]
    spaces = space_lines(context, provider.spaces)
    where = Markup(", ").join(line.name for line in spaces) if spaces else _("in der ganzen Stadt")
    return [
        {"term": _("Art"), "text": context.texts.name(context.site.words.provider_kinds[provider.kind]), "small": mark(context.texts.of(context.site.words.provider_kinds[provider.kind], "explanation"))},
        {"term": _("Verband"), "text": context.texts.name(umbrella) if umbrella is not None else provider.umbrella or ""},
        {"term": _("Status"), "text": recognised},
        {"term": _("Tätig"), "text": where},
        {"term": _("Adresse"), "text": Markup("{}<br>{}").format(address_line(address), town_line(address)) if address else ""},
    ]  # fmt: skip


def gift_kinds(context: Context) -> dict[str, str]:
    """Return the kinds of resources in their order."""
    _ = context.texts.gettext
    return {
        "room": _("Räume"),
        "people": _("Menschen"),
        "things": _("Dinge"),
        "know-how": _("Wissen"),
        "money": _("Geld"),
        "time": _("Zeit"),
    }


def gift_rows(context: Context, key: str) -> list[dict[str, Any]]:
    """Return what a provider could give, with when and whom to ask, in words."""
    kinds = gift_kinds(context)
    return [
        {"kind": gift.kind, "kind_name": kinds[gift.kind], "what": context.written(gift.what), "when": gift_when(context, gift), "ask": context.written(gift.ask)}
        for gift in context.site.providers[key].can_give
    ]  # fmt: skip


def gift_when(context: Context, gift: Gift) -> str:
    """Say when something can be had; hours that can't be read stand as written."""
    if gift.when is None:
        return ""
    schedule = context.facts.written_hours.get(gift.when.written)
    return week_text(context.texts, schedule, 4) if schedule is not None else gift.when.written


def render_index(context: Context, key: str) -> Page:
    """Make the index of all providers, A to Z."""
    _ = context.texts.gettext
    path = context.path("providers", key)
    words = context.site.words.provider_kinds
    names = {name: context.texts.name(provider) for name, provider in context.site.providers.items()}
    letters = [
        (letter, [RecordLine("provider", name, context.translated(context.site.providers[name]), context.texts.name(words[context.site.providers[name].kind])) for name in found])
        for letter, found in by_letter(names).items()
    ]  # fmt: skip
    return Page(
        path=path,
        lang=context.lang,
        family="provider",
        title=_("Träger"),
        description=_("Wer Angebote für Familien macht, von A bis Z."),
        body=context.render("providers.html", path, letters=letters),
        toc=tuple(Heading(anchor(letter), letter) for letter, _lines in letters) if len(letters) > 12 else (),
    )


def anchor(letter: str) -> str:
    """Return the anchor of a letter in an index."""
    return f"buchstabe-{letter.lower()}" if letter.isalpha() else "buchstabe-0"
