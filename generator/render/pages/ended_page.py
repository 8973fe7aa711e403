"""The page of a place or provider that has ended."""

from __future__ import annotations

import datetime as dt

from generator.model.places_and_providers import Place, Provider
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.texts import Translated
from generator.render.base.view import View
from generator.render.base.wording import quiet_title_of_offers
from generator.render.directory.record_lines import KindedRecord, RecordLines, named_lines, offer_lines


class EndedView(View, frozen=True):
    """What is left of a record; of a protected one that it is no more."""

    template = "ended.html"

    record: Place | Provider
    name: Translated
    says: str
    until: dt.date | None
    onward: RecordLines  # what follows it; empty or one
    moved: RecordLines  # offers that its page led to and that go on
    ended: RecordLines  # offers that are over, too


def render_ended(context: Context, kind: KindedRecord, key: str, *, discreet: bool) -> Page:
    """Make the page, at the address that people know."""
    _, facts = context.gettext, context.facts
    record: Place | Provider = context.site.records(f"{kind}s")[key]
    by_record = facts.relations.offers_by_place if kind == "place" else facts.relations.offers_by_provider
    offers = [name for name in by_record.get(key, ()) if not facts.offers[name].sensitive]
    going = [name for name in offers if facts.offers[name].active]
    over = [name for name in offers if context.site.offers[name].status == "ended"]
    name = context.texts.of(record, "name")
    view = EndedView(
        record=record,
        name=name,
        says=_("Diesen Ort gibt es nicht mehr.")
        if kind == "place"
        else _("Diesen Träger gibt es nicht mehr."),
        until=None if discreet else record.until,
        onward=named_lines(context, kind, [record.successor] if record.successor and not discreet else []),
        moved=() if discreet else offer_lines(context, going),
        ended=() if discreet else offer_lines(context, over, where=False),
    )
    return context.page(
        view,
        context.path(kind, key),
        family=kind,
        title=quiet_title_of_offers(context, by_record.get(key, ())) if discreet else name.text,
        description=view.says,
        crumbs=(context.crumb(_("Orte") if kind == "place" else _("Träger"), f"{kind}s"),),
        indexed=False,
        sensitive=discreet,
    )
