"""Networks and agreements in, their rhythm, promises, goals and field work in words out."""

from __future__ import annotations

import re
from decimal import Decimal

from markupsafe import Markup

from generator.model.agreement import FieldWork, Review
from generator.model.network import GuaranteeRule, Meets
from generator.render.context import Context
from generator.render.figures import percent
from generator.render.texts import Texts
from generator.render.wording import ages_text

_EVERY = re.compile(r"(\d+)\s*(days?|weeks?|months?|years?)", re.IGNORECASE)


def rhythm_text(texts: Texts, every: str) -> str:
    """Say how often people meet: `6 weeks` is „alle 6 Wochen“; other words stay as written."""
    _ = texts.gettext
    found = _EVERY.fullmatch(every.strip())
    if found is None:
        return every
    number, unit = int(found[1]), found[2].lower().rstrip("s")
    if number == 1:
        once = {
            "day": _("jeden Tag"),
            "week": _("jede Woche"),
            "month": _("jeden Monat"),
            "year": _("einmal im Jahr"),
        }
        return once[unit]
    many = {
        "day": _("alle {n} Tage"),
        "week": _("alle {n} Wochen"),
        "month": _("alle {n} Monate"),
        "year": _("alle {n} Jahre"),
    }
    return many[unit].format(n=number)


def next_meeting(context: Context, meets: Meets) -> str:
    """Say when people meet next; a date that is over is called the last one known."""
    _ = context.texts.gettext
    if meets.next is None:
        return ""
    date = context.texts.date(meets.next, weekday=meets.next >= context.facts.today)
    if meets.next < context.facts.today:
        return _("Das letzte bekannte Treffen war am {date}.").format(date=date)
    return date


def rule_text(context: Context, rule: GuaranteeRule) -> tuple[Markup, str]:
    """Say a promise in words: in those of its own, and with ages, days in the week and distance."""
    _ = context.texts.gettext
    parts = []
    if rule.ages is not None:
        parts.append(ages_text(context.texts, rule.ages))
    if rule.days_per_week is not None:
        words = context.texts.ngettext(
            "an {n} Tag in der Woche", "an {n} Tagen in der Woche", rule.days_per_week
        )
        parts.append(words.format(n=rule.days_per_week))
    if rule.within:
        parts.append(
            _("höchstens {distance} entfernt").format(distance=_distance(context.texts, rule.within))
        )
    return context.written(rule.text), ", ".join(parts)


def _distance(texts: Texts, written: str) -> str:
    """A distance such as `1.5 km` with this language's decimal sign; other words stay as written."""
    return re.sub(r"(?<!\d)\d+\.\d+", lambda found: texts.number(Decimal(found[0])), written)


def review_status(texts: Texts, review: Review) -> str:
    """Name how a goal stands."""
    _ = texts.gettext
    return {
        "open": _("offen"),
        "on-track": _("auf gutem Weg"),
        "at-risk": _("in Gefahr"),
        "reached": _("erreicht"),
        "missed": _("nicht erreicht"),
        "dropped": _("aufgegeben"),
    }[review.status]


def field_work_text(context: Context, work: FieldWork) -> str:
    """Say planned and actual share of work beyond single cases, and how far apart they are."""
    _ = context.texts.gettext
    texts = context.texts
    planned = _("geplant {share}").format(share=percent(texts, work.planned, 0))
    date = _("Stand {date}").format(date=texts.date(work.date))
    if work.actual is None:
        return f"{planned} ({date})"
    actual = _("tatsächlich {share}").format(share=percent(texts, work.actual, 0))
    gap = work.actual - work.planned
    if not gap:
        words = _("wie geplant")
    else:
        many = texts.ngettext("{n} Prozentpunkt", "{n} Prozentpunkte", 1 if abs(gap) == 1 else 2).format(
            n=texts.number(abs(gap))
        )
        words = (_("{n} mehr als geplant") if gap > 0 else _("{n} weniger als geplant")).format(n=many)
    return f"{planned}, {actual}: {words} ({date})"
