"""Say what providers could give (the resource plan)."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.places_and_providers import Gift, Provider
from generator.render.base.context import Context, shared
from generator.render.base.texts import sort_key
from generator.render.base.wording import hours_words, schedule_of, season_text
from generator.render.directory.listing import areas_around


class Resource(Struct, frozen=True):
    """One thing that somebody could give; no `spaces` means that nobody says where."""

    provider: str
    gift: Gift
    spaces: Sequence[str]


class GiftRow(Struct, frozen=True):
    """Something that a provider could give, in words: of what kind, when, and whom to ask."""

    kind: str
    what: Markup
    when: str
    ask: Markup


def gift_kinds(context: Context) -> dict[str, str]:
    """Return the kinds of resources in their order."""
    _ = context.gettext
    return {
        "room": _("Räume"),
        "people": _("Menschen"),
        "things": _("Dinge"),
        "know-how": _("Wissen"),
        "money": _("Geld"),
        "time": _("Zeit"),
    }


def gift_row(context: Context, gift: Gift) -> GiftRow:
    """Say what could be given, when, and whom to ask."""
    return GiftRow(
        kind=gift_kinds(context)[gift.kind],
        what=context.written(gift.what),
        when=gift_when(context, gift),
        ask=context.written(gift.ask),
    )


def gift_when(context: Context, gift: Gift) -> str:
    """Say when something can be had, in which season too: a gift is never closed; hours that can't be read stand as written."""
    if gift.when is None:
        return ""
    if seasons := season_text(context.texts, schedule_of(context, gift.when)):
        return seasons
    return hours_words(context, gift.when) or gift.when.written


@shared
def resources(context: Context) -> list[Resource]:
    """Return everything that providers could give, by provider."""
    providers = context.site.providers
    found: list[Resource] = []
    for name in sorted(providers, key=lambda name: sort_key(context.texts.name(providers[name]))):
        provider = providers[name]
        found += [Resource(name, gift, _spaces(context, provider, gift)) for gift in provider.can_give]
    return found


def resources_in(context: Context, key: str) -> list[Resource]:
    """Return what could be given in a space or in a part of it; what is anywhere in the town isn't told of each."""
    return _by_space(context).get(key, [])


def givers_elsewhere(context: Context, key: str) -> list[str]:
    """Return which providers of a space could give something, if none says that it is there."""
    if resources_in(context, key):
        return []
    there = context.facts.relations.providers_by_space.get(key, ())
    return [name for name in dict.fromkeys(item.provider for item in resources(context)) if name in there]


@shared
def _by_space(context: Context) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for item in resources(context):
        for name in areas_around(context, item.spaces):
            found.setdefault(name, []).append(item)
    return found


def _spaces(context: Context, provider: Provider, gift: Gift) -> Sequence[str]:
    """The areas that the gift or its provider names, else the one in which all the provider's places are: of several nobody knows which."""
    if gift.spaces or provider.spaces:
        return gift.spaces or provider.spaces
    # A plan is printed and passed on: inside, too, it doesn't say in which quarter a refuge is.
    places = map(context.facts.places.get, context.facts.relations.places_by_provider.get(provider.id, ()))
    found = {place.spaces[:1] for place in places if place and place.visibility == "full"}
    return found.pop() if len(found) == 1 else ()
