"""How to reach somebody in, the buttons for it out: the telephone large, the other ways beside it; and a house in, whom one calls about it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.groups import Contact, Messenger
from generator.model.phone_and_web import host_of
from generator.model.places_and_providers import Place, Provider
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import Action

FOREIGN = {"rel": "noreferrer external"}
"""What every link to another host carries."""


MESSENGERS: Mapping[Messenger, str] = {
    "signal": "Signal",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "sms": "SMS",
}


@dataclass(frozen=True, slots=True)
class ContactButtons:
    """The one main action, where there is a telephone, and the others."""

    call: Action | None
    others: Sequence[Action]


def contact_buttons(
    context: Context, contact: Contact | None, *, website: bool = True
) -> ContactButtons | None:
    """Return the buttons; without `website` none that leads to another host. None where no contact is stated."""
    if contact is None:
        return None
    _ = context.gettext
    others = call_buttons(context, contact)
    call = others.pop(0) if others else None
    if contact.email:
        others.append(Action(_("E-Mail"), "email-outline", f"mailto:{contact.email}"))
    if contact.website and website:
        others.append(web_button(_("Internetseite"), "open-in-new", contact.website))
    return ContactButtons(call, tuple(others))


def web_button(text: str, sign: str, address: str) -> Action:
    """Return the button that leads to a website, with its host."""
    return Action(text, sign, address, host_of(address), attrs=FOREIGN)


def call_buttons(context: Context, contact: Contact) -> list[Action]:
    """Return a button for each number, the large one first: below it who answers, below a mobile number what takes messages."""
    buttons: list[Action] = []
    for field, number in contact.numbers.items():
        sign, note = ("cellphone", messengers_text(context, contact)) if field == "mobile" else ("phone", "")
        who = "" if buttons else context.written(contact.name)
        buttons.append(Action(number, sign, urls.telephone(number), note or who))
    return buttons


def messengers_text(context: Context, contact: Contact) -> str:
    """Say by what a mobile number takes messages: „auch Signal und WhatsApp“; empty where nobody has said."""
    if not contact.messengers:
        return ""
    names = context.texts.join([MESSENGERS[name] for name in contact.messengers])
    return context.gettext("auch {messengers}").format(messengers=names)


def contact_of_place(context: Context, key: str) -> Contact | None:
    """Return whom one calls about a house: its own number, else that of what is called like it there, else its only provider's, by name.

    None for a house whose whereabouts aren't public, unless it states a number itself.
    """
    place = context.site.places[key]
    if place.contact is not None or context.facts.places[key].visibility != "full":
        return place.contact
    for contact in _contacts_of_namesakes(context, place):
        if contact is not None and (contact.number or contact.email):
            return contact
    if len(place.providers) != 1:
        return None
    return _by_name(context.site.providers[place.providers[0]])


def _contacts_of_namesakes(context: Context, place: Place) -> Iterator[Contact | None]:
    """Yield how one reaches what is called like a house in it: its offers, then its providers."""
    facts = context.facts
    for name in facts.relations.offers_by_place.get(place.id, ()):
        if facts.offers[name].carried and context.site.offers[name].name == place.name:
            yield facts.offers[name].contact
    for name in place.providers:
        provider = context.site.providers[name]
        if provider.name == place.name:
            yield provider.contact


def _by_name(provider: Provider) -> Contact | None:
    """Return how to call a provider, with its name where its contact has none; None without a number."""
    contact = provider.contact
    if contact is None or not contact.number:
        return None
    return contact.model_copy(update={"name": contact.name or provider.name})
