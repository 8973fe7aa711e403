"""What editors see of the whole directory: what is to be asked and added, and what each field means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.model.fields import annotation
from generator.model.kinds import KINDS
from generator.model.samples import arranged_fields, form, groups_of
from generator.render.base.context import Context, shared
from generator.render.base.page import Page, contents
from generator.render.base.view import GlanceRow, GlanceRows, View
from generator.render.base.wording import waiting_text
from generator.render.directory.record_lines import RecordLine, RecordLines, by_name

_Groups = Sequence[tuple[str, RecordLines]]
"""Lines under a heading each."""


class StatePart(Struct, frozen=True):
    """One question about all records, with those to look at."""

    id: str
    title: str
    groups: _Groups
    says: str = ""

    @property
    def count(self) -> int:
        """How many records, each once."""
        return len({(line.kind, line.id) for _, lines in self.groups for line in lines})


class StateView(View, frozen=True):
    """The state of the directory."""

    template = "state.html"

    parts: Sequence[StatePart]


class FieldsView(View, frozen=True):
    """Every field of every kind: id, name, groups."""

    template = "fields.html"

    kinds: Sequence[tuple[str, str, Sequence[tuple[str, GlanceRows]]]]


def render_state(context: Context, key: str) -> Page:
    """Make the page; what is protected stands on none of its lists."""
    _ = context.gettext
    parts = (
        StatePart("fragen", _("Nachzufragen"), _to_ask(context), _("Lange oder noch nie geprüft, nach dem Amt des Gebiets.")),
        StatePart("plaetze", _("Plätze und Wartezeiten, älter als zwei Wochen"), _aged(context)),
        StatePart("luecken", _("Ohne sichere Angabe"), _lacking(context)),
        StatePart("sprachen", _("Ohne Übersetzung"), _untranslated(context)),
        StatePart("ziele", _("Führt zu Beendetem"), _leading_nowhere(context), _("Internetseiten anderer ruft Nahraum nicht ab.")),
    )  # fmt: skip
    return context.page(
        StateView(parts),
        context.path("state", key),
        family="internal",
        title=_("Stand der Einträge"),
        description=_("Was nachzufragen oder zu ergänzen ist."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=contents([(True, part.id, part.title) for part in parts]),
        indexed=False,
    )


@shared
def _open(context: Context) -> Mapping[str, Mapping[str, Any]]:
    """Return by kind of page the records that go on and hide nothing."""
    site, facts = context.site, context.facts
    return {
        "offer": {
            key: site.offers[key]
            for key, one in facts.offers.items()
            if one.active and not one.discreet and one.location.visibility == "full"
        },
        "place": {key: one for key, one in site.current("places").items() if not facts.protects(key)},
    }


def _make_record_line(context: Context, kind: str, key: str, text: str = "") -> RecordLine:
    return RecordLine(kind, key, context.translated(_open(context)[kind][key]), text)


def _to_ask(context: Context) -> _Groups:
    """Return what nobody has checked for too long, by who asks."""
    groups: dict[str, list[RecordLine]] = {}
    for kind, key, record in _list_open_records(context):
        late = context.facts.offers[key].overdue if kind == "offer" else key in context.facts.overdue_places
        if record.checked is not None and not late:
            continue
        day = context.texts.date(record.checked) if record.checked else ""
        text = (
            context.gettext("Geprüft am {date}").format(date=day)
            if day
            else context.gettext("noch nie geprüft")
        )
        for office in _offices(context, kind, key) or [context.gettext("Kein Amt für ein Gebiet")]:
            groups.setdefault(office, []).append(_make_record_line(context, kind, key, text))
    return [(office, by_name(lines)) for office, lines in sorted(groups.items())]


def _list_open_records(context: Context) -> Iterator[tuple[str, str, Any]]:
    for kind, records in _open(context).items():
        for key, record in records.items():
            yield kind, key, record


def _offices(context: Context, kind: str, key: str) -> list[str]:
    """Name the offices that serve an area in which a record lies or for which it is."""
    facts = context.facts
    areas = {*(facts.offers[key].spaces if kind == "offer" else facts.places[key].spaces)}
    return [context.translated(one) for one in context.site.offices.values() if areas & {*one.serves}]


def _aged(context: Context) -> _Groups:
    offers = _open(context)["offer"]
    old = [
        key
        for key, one in offers.items()
        if one.capacity is not None and not context.facts.offers[key].capacity_shown
    ]
    lines = [
        _make_record_line(
            context, "offer", key, waiting_text(context, offers[key], context.facts.offers[key])
        )
        for key in old
    ]
    return [(context.gettext("Angebote"), by_name(lines))]


def _lacking(context: Context) -> _Groups:
    """Return offers and places without certain hours, a point, an age."""
    _, facts, offers = context.gettext, context.facts, _open(context)["offer"]
    running = [key for key, one in offers.items() if one.status == "running"]
    unsaid = [key for key in running if (one := facts.offers[key].schedule) is None or not one.readable]
    nowhere = [
        *(("place", key) for key in _open(context)["place"] if facts.places[key].point is None),
        *(
            ("offer", key)
            for key, one in offers.items()
            if one.address is not None and one.point is None and one.place is None
        ),
    ]
    ageless = [key for key, one in offers.items() if one.ages is None]
    return [
        (_("Zeiten"), by_name(_make_record_line(context, "offer", key) for key in unsaid)),
        (_("Punkt auf der Karte"), by_name(_make_record_line(context, *one) for one in nowhere)),
        (_("Alter"), by_name(_make_record_line(context, "offer", key) for key in ageless)),
    ]


def _untranslated(context: Context) -> _Groups:
    """Return by language what has no summary in it."""
    found = []
    for language in context.site.config.languages[1:]:
        lines = [
            _make_record_line(context, kind, key)
            for kind, key, record in _list_open_records(context)
            if record.summary and not getattr(record.translations.get(language), "summary", None)
        ]
        word = context.words.languages.get(language)
        found.append((context.texts.name(word) if word else language, by_name(lines)))
    return found


def _leading_nowhere(context: Context) -> _Groups:
    """Return offers that name a place, provider or offer that has ended."""
    site, facts = context.site, context.facts
    over = {
        key
        for folder in ("places", "providers", "offers")
        for key in site.records(folder).keys() - site.current(folder).keys()
        if not (key in site.protected or (folder == "places" and facts.protects(key)))
    }
    lines = [
        _make_record_line(context, "offer", key, ", ".join(sorted(over & {*_find_ids_named_by_offer(offer)})))
        for key, offer in _open(context)["offer"].items()
        if not over.isdisjoint(_find_ids_named_by_offer(offer))
    ]
    return [(context.gettext("Angebote"), by_name(lines))]


def _find_ids_named_by_offer(offer: Any) -> Iterable[str]:
    closings = (*offer.closed, *((offer.alert.closed or ()) if offer.alert else ()))
    stops, instead = (one.place for one in offer.stops), (one.instead for one in closings)
    return filter(None, (offer.provider, offer.place, *offer.partners, *stops, *instead))


def render_fields(context: Context, key: str) -> Page:
    """Make the page of what each field means, for editors, who write German."""
    kinds = [
        (
            kind.folder,
            kind.plural,
            [(_heading(title), _make_field_rows(model)) for title, model in groups_of(kind.model)],
        )
        for kind in KINDS
    ]
    return context.page(
        FieldsView(kinds),
        context.path("fields", key),
        family="internal",
        title="Felder",
        description="Was jedes Feld eines Eintrags bedeutet.",
        crumbs=(context.crumb(context.gettext("Für Fachkräfte"), "professionals"),),
        toc=contents([(True, folder, name) for folder, name, _ in kinds]),
        indexed=False,
    )


def _heading(title: str) -> str:
    """Turn „`contact`: Kontakt“ into „Kontakt (contact)“; what isn't within another is the kind itself."""
    name, _, called = title.replace("`", "").partition(": ")
    return f"{called} ({name})" if called else ""


def _make_field_rows(model: Any) -> GlanceRows:
    return [
        GlanceRow(
            f"{info.title} ({name})",
            info.description or form(annotation(info)),
            small="nötig" if info.is_required() else "",
        )
        for name, info in arranged_fields(model)
    ]
