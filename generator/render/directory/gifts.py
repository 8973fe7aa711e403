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
    """A thing to give; without `spaces` nobody says where."""

    provider: str  # its id
    gift: Gift
    spaces: Sequence[str]  # where it is


class GiftRow(Struct, frozen=True):
    """A provider's gift in words: kind, when, contact."""

    kind: str
    what: Markup
    when: str
    ask: Markup  # whom to ask


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
    """Say when a gift can be had; unreadable hours as written."""
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
    """Return gifts in a space or its parts, not town-wide ones."""
    return _by_space(context).get(key, [])


def givers_elsewhere(context: Context, key: str) -> list[str]:
    """Return a space's providers with gifts, if none is there."""
    if resources_in(context, key):
        return []
    providers = context.facts.relations.providers_by_space.get(key, ())
    return [name for name in dict.fromkeys(item.provider for item in resources(context)) if name in providers]


@shared
def _by_space(context: Context) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for item in resources(context):
        for name in areas_around(context, item.spaces):
            found.setdefault(name, []).append(item)
    return found


def _spaces(context: Context, provider: Provider, gift: Gift) -> Sequence[str]:
    """Return a gift's or provider's areas, else that of its only place."""
    if gift.spaces or provider.spaces:
        return gift.spaces or provider.spaces
    # A plan is printed and passed on: inside, too, it doesn't say in which quarter a refuge is.
    places = map(context.facts.places.get, context.facts.relations.places_by_provider.get(provider.id, ()))
    found = {place.spaces[:1] for place in places if place and place.visibility == "full"}
    return found.pop() if len(found) == 1 else ()
