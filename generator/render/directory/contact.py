"""Say how to reach somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct

from generator.export.calendars_and_vcards import ContactCard, vcard
from generator.model.dear_numbers_and_hosts import host_of
from generator.model.facts import Location
from generator.model.groups import Contact, Messenger
from generator.model.places_and_providers import Place, Provider
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.view import Action
from generator.render.base.wording import address_text

FOREIGN = {"rel": "noreferrer external"}
"""What every link to another host carries."""
MESSENGERS: Mapping[Messenger, str] = {
    "signal": "Signal",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "sms": "SMS",
}


class ContactButtons(Struct, frozen=True):
    """A main button (telephone, if any) and others."""

    call: Action | None
    others: Sequence[Action]


def contact_buttons(
    context: Context, contact: Contact | None, *, website: bool = True
) -> ContactButtons | None:
    """Return buttons of a contact, None for none; no other hosts without `website`."""
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
    """Return a website's button with its host."""
    return Action(text, sign, address, host_of(address), attrs=FOREIGN)


def call_buttons(context: Context, contact: Contact) -> list[Action]:
    """Return a button for each number, noting who answers and which messengers."""
    buttons: list[Action] = []
    for field, number in contact.numbers.items():
        sign, note = ("cellphone", messengers_text(context, contact)) if field == "mobile" else ("phone", "")
        who = "" if buttons else context.written(contact.name)  # at the first number
        buttons.append(Action(number, sign, urls.telephone(number), note or who))
    return buttons


def messengers_text(context: Context, contact: Contact) -> str:
    """Name a mobile number's messengers: „auch Signal und WhatsApp“."""
    if not contact.messengers:
        return ""
    names = context.texts.join([MESSENGERS[name] for name in contact.messengers])
    return context.gettext("auch {messengers}").format(messengers=names)


def contact_of_place(context: Context, key: str) -> Contact | None:
    """Return a house's own contact, its namesake's, or its only provider's. None for a protected house that states no number itself."""
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
    """Yield contacts of a house's namesakes in it: offers, then providers."""
    facts = context.facts
    for name in facts.relations.offers_by_place.get(place.id, ()):
        if facts.offers[name].carried and context.site.offers[name].name == place.name:
            yield facts.offers[name].contact
    for name in place.providers:
        provider = context.site.providers[name]
        if provider.name == place.name:
            yield provider.contact


def _by_name(provider: Provider) -> Contact | None:
    """Return a provider's contact with its name; None without number."""
    contact = provider.contact
    if contact is None or not contact.number:
        return None
    return contact.model_copy(update={"name": contact.name or provider.name})


class WayThere(Struct, frozen=True):
    """Links to a place, empty where absent; `address` is for copying.

    `app` opens a map program (RFC 5870), `apple` that of devices without this scheme. `web` is another host,
    which learns of it only by a tap. `kept` warns that map programs remember.
    """

    address: str
    app: str = ""
    apple: str = ""
    web: str = ""
    kept: bool = False


def way_there(location: Location, *, discreet: bool) -> WayThere | None:
    """Return ways to a location; None if secret, only on the device if `discreet`."""
    address, point = address_text(location.address), location.point
    if point is None:
        return WayThere(address) if address else None
    coordinates = f"{point.latitude},{point.longitude}"
    # What stands in brackets is the pin's label: the street, so that no program keeps what one went there for.
    label = quote(f"({address})") if address else ""
    return WayThere(
        address=address,
        app=f"geo:{coordinates}?q={coordinates}{label}",
        apple=f"maps:?daddr={coordinates}",
        kept=discreet,
        web=""
        if discreet
        else f"https://www.openstreetmap.org/directions?to={quote(coordinates)}#map=16/{coordinates.replace(',', '/')}",
    )


CONTACT = "kontakt.vcf"  # for address books


def contact_files(context: Context) -> dict[str, bytes]:
    """Return contact files by path, none on the internal site."""
    site = context.site
    kinds = (("offer", site.offers), ("office", site.offices), ("place", site.places))
    return {
        context.path(kind, key) + CONTACT: vcard(card).encode()
        for kind, records in ([] if site.internal else kinds)
        for key in records
        if (card := contact_card(context, kind, key))
    }


def has_contact_file(context: Context, kind: str, key: str) -> bool:
    """Tell whether an offer, office or place has a contact file."""
    return not context.site.internal and contact_card(context, kind, key) is not None


def contact_card(context: Context, kind: str, key: str) -> ContactCard | None:
    """Return an address book entry; None for what is protected, sensitive or empty."""
    facts, address = context.facts, context.address(context.path(kind, key))
    if kind == "offer":
        card = _make_card_of_offer(context, key, address) if facts.offers[key].carried else None
    elif kind == "office":
        card = (
            _make_card_of_office(context, key, address) if facts.offices[key].visibility == "full" else None
        )
    else:
        card = _make_card_of_place(context, key, address) if not facts.protects(key) else None
    if card is None:
        return None
    contact = card.contact or Contact()
    return card if contact.number or contact.email or card.location.address else None


def _make_card_of_offer(context: Context, key: str, address: str) -> ContactCard:
    offer, facts, texts = context.site.offers[key], context.facts.offers[key], context.texts
    provider = texts.name(context.site.providers[offer.provider])
    note = texts.of(offer, "summary").text
    return ContactCard(
        texts.name(offer), provider, facts.location, facts.contact, address, note, offer.checked
    )


def _make_card_of_office(context: Context, key: str, address: str) -> ContactCard:
    office, location, texts = context.site.offices[key], context.facts.offices[key], context.texts
    town, note = context.site.config.publisher.name, texts.of(office, "summary").text
    return ContactCard(texts.name(office), town, location, office.contact, address, note)


def _make_card_of_place(context: Context, key: str, address: str) -> ContactCard:
    place, location = context.site.places[key], context.facts.places[key]
    name, contact = context.texts.name(place), contact_of_place(context, key)
    return ContactCard(name, name, location, contact, address, checked=place.checked)
