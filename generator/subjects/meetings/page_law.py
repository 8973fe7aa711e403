"""Write two parts of a meeting's papers: offers for groups that § 80 SGB VIII names, and who was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal

from generator.render.base.context import Context, Ids
from generator.render.figures.figure_texts import period_text
from generator.render.figures.missing_offers import known_text, namings


def offers_by_lawful_group(context: Context, areas: Ids) -> tuple[tuple[str, str], ...]:
    """Return (group, its offers) for each topic with `planned_for`, in words."""
    _, facts = context.gettext, context.facts
    template = _("{group} (Lebenslage „{situation}“)")
    found = []
    for topic in context.words.situations():
        if topic.planned_for:
            known = facts.coverage.about(areas, topic.id)
            aids = [key for key in facts.coverage.aids if topic.id in facts.offers[key].situations]
            decided = _("nach Bewilligung des Amtes: {n}").format(n=len(aids)) if aids else ""
            texts = filter(
                None, (_inclusive_text(context, known.counted), known_text(context, known), decided)
            )
            # The law's group is counted by the offers of a life situation, so that stands beside it.
            group, situation = context.translated(topic, "planned_for"), context.translated(topic)
            found.append((template.format(group=group, situation=situation), "; ".join(texts)))
    return tuple(found)


def _inclusive_text(context: Context, offers: Collection[str]) -> str:
    """Say how many offers there are and how many are marked inclusive; empty for none."""
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
    """Say who said how often that something is missing, with shares; the public site has no such records."""
    texts = context.texts
    _ = texts.gettext
    times: Counter[str] = Counter()
    half_years = set()
    for naming in namings(context, tuple(areas)):
        times[naming.source] += naming.times
        half_years.add(str(naming.half_year))
    total = times.total()
    if not total:
        return _("Wer gefragt wurde, steht hier nicht.")
    sources = {
        "families": _("Familien"),
        "professionals": _("Fachkräfte"),
        "groups": _("Gruppen und Gremien"),
    }
    parts = [
        _("{who} {n} ({share})").format(
            who=name,
            n=texts.number(times[source]),
            share=texts.percent(Decimal(100 * times[source]) / total, 0),
        )
        for source, name in sources.items()
    ]
    words = _("Genannt haben es seit {since}: {parts}. Wer mehr gefragt wird, nennt mehr.")
    return words.format(since=period_text(texts, min(half_years)), parts=texts.join(parts))
