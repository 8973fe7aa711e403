"""Say in a pack what planning by law thinks of, and who was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal

from generator.render.base.context import Context, Ids
from generator.render.figures.figure_texts import period_text
from generator.render.figures.missing_offers import known_text, namings


def fixed_rows(context: Context, areas: Ids) -> tuple[tuple[str, str], ...]:
    """Return the groups of the law with their offers."""
    words = context.gettext("{group} (Lebenslage „{situation}“)")
    found = []
    for topic in context.words.situations():
        if topic.planned_for:
            known = context.facts.coverage.about(areas, topic.id)
            said = filter(None, (_inclusive_text(context, known.counted), known_text(context, known)))
            # The group, with the life situation whose offers count for it.
            group, situation = context.translated(topic, "planned_for"), context.translated(topic)
            found.append((words.format(group=group, situation=situation), "; ".join(said)))
    return tuple(found)


def _inclusive_text(context: Context, offers: Collection[str]) -> str:
    """Say how many offers there are, and of how many young people with disabilities know that they may come; nothing where there are none."""
    if not offers:
        return ""
    inclusive = sum(context.site.offers[key].inclusive is True for key in offers)
    return context.texts.number_of(
        "{n} Angebot verzeichnet, als inklusiv gekennzeichnet {open}",
        "{n} Angebote verzeichnet, als inklusiv gekennzeichnet {open}",
        len(offers),
        open=context.texts.number(inclusive),
    )


def asked_text(context: Context, areas: Iterable[str]) -> str:
    """Say who was asked what is missing, with shares; on the public site, which has no register, that this isn't said."""
    texts = context.texts
    _ = texts.gettext
    times: Counter[str] = Counter()
    halves = set()
    for naming in namings(context, tuple(areas)):
        times[naming.source] += naming.times
        halves.add(str(naming.half_year))
    total = times.total()
    if not total:
        return _("Wer gefragt wurde, steht hier nicht.")
    who = {"families": _("Familien"), "professionals": _("Fachkräfte"), "groups": _("Gruppen und Gremien")}
    parts = [
        _("{who} {n} ({share})").format(
            who=name,
            n=texts.number(times[source]),
            share=texts.percent(Decimal(100 * times[source]) / total, 0),
        )
        for source, name in who.items()
    ]
    words = _("Genannt haben es seit {since}: {parts}. Wer mehr gefragt wird, nennt mehr.")
    return words.format(since=period_text(texts, min(halves)), parts=texts.join(parts))
