"""Agreements and needs: two pages of the internal site, and their parts on the profile of a space."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.model.agreement import Agreement
from generator.model.dates import HalfYear
from generator.model.need import Need
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.ordering import grouped
from generator.render.base.page import Heading, Page
from generator.render.base.pattern import pattern
from generator.render.base.view import View
from generator.render.base.wording import ages_text
from generator.render.directory.commitments import field_work_text, review_status
from generator.render.directory.record_lines import RecordLine, member_lines, space_lines


@dataclass(frozen=True, slots=True)
class GoalReview:
    """How a goal stood on a day, in words; `key` is the status as the record has it."""

    date: str
    status: str
    key: str
    note: Markup


@dataclass(frozen=True, slots=True)
class AgreementSection:
    """An agreement in words; `goals` are a name and its reviews, the newest first."""

    id: str
    agreement: Agreement
    partners: tuple[RecordLine, ...]
    spaces: tuple[RecordLine, ...]
    term: str
    budgets: tuple[tuple[Markup, str, str], ...]
    total: str
    goals: tuple[tuple[Markup, tuple[GoalReview, ...]], ...]
    field_work: str


@dataclass(frozen=True, slots=True)
class AgreementsView(View):
    """The page of all agreements: those that run and those that are over."""

    template = "agreements.html"

    running: tuple[AgreementSection, ...]
    over: tuple[AgreementSection, ...]


@dataclass(frozen=True, slots=True)
class NeedsView(View):
    """The page of all needs: a table for each space, the last one for needs that name none."""

    template = "needs.html"

    tables: tuple[tuple[str, TableContent], ...]


def agreement_sections(context: Context, ids: Iterable[str]) -> tuple[AgreementSection, ...]:
    """Put agreements into words, in the given order."""
    return tuple(_section(context, context.site.agreements[key]) for key in ids)


def _section(context: Context, agreement: Agreement) -> AgreementSection:
    _ = context.texts.gettext
    texts = context.texts
    start, end = agreement.from_, agreement.until
    if start and end:
        term = _("{start} bis {end}").format(start=texts.date(start), end=texts.date(end))
    elif start:
        term = _("seit {date}").format(date=texts.date(start))
    else:
        term = _("bis {date}").format(date=texts.date(end)) if end else ""
    amounts = [item.amount for item in agreement.sub_budgets if item.amount is not None]
    total = sum(amounts, Decimal())
    budgets = []
    for item in agreement.sub_budgets:
        amount = texts.euros(item.amount) if item.amount is not None else _("nicht genannt")
        part = (
            texts.number(item.amount / total * 100, 0) + "\u00a0%"
            if total and item.amount is not None and len(amounts) == len(agreement.sub_budgets)
            else ""
        )
        budgets.append((context.written(item.name), amount, part))
    goals = []
    for goal in agreement.goals:
        newest = sorted(goal.reviews, key=lambda review: review.date.isoformat(), reverse=True)
        reviews = tuple(
            GoalReview(
                date=texts.date(review.date),
                status=review_status(texts, review),
                key=review.status,
                note=context.written(review.note),
            )
            for review in newest
        )
        goals.append((context.written(goal.name), reviews))
    return AgreementSection(
        id=agreement.id,
        agreement=agreement,
        partners=member_lines(context, agreement.partners),
        spaces=space_lines(context, agreement.spaces),
        term=term,
        budgets=tuple(budgets),
        total=texts.euros(total) if len(amounts) > 1 else "",
        goals=tuple(goals),
        field_work=field_work_text(context, agreement.field_work) if agreement.field_work else "",
    )


def render_agreements(context: Context, key: str) -> Page:
    """Make the page of all agreements: running ones first, then those that ended."""
    _ = context.texts.gettext
    path = context.path("agreements", key)
    today = context.facts.today
    ids = sorted(context.site.agreements, key=lambda name: context.site.agreements[name].name.casefold())
    over = [name for name in ids if (end := context.site.agreements[name].until) is not None and end < today]
    running = agreement_sections(context, [name for name in ids if name not in over])
    view = AgreementsView(running, agreement_sections(context, over))
    return Page(
        path=path,
        lang=context.lang,
        family="internal",
        title=_("Vereinbarungen"),
        description=_("Verträge mit Trägern: Teilbudgets, Ziele und Arbeit ohne Fallbezug."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=tuple(Heading(item.id, context.texts.name(item.agreement)) for item in running),
        indexed=False,
    )


def half_years(needs: Iterable[Need]) -> list[HalfYear]:
    """Return every half-year in which something was named, in order."""
    return sorted({naming.half_year for need in needs for naming in need.named}, key=str)


def need_table(context: Context, path: str, ids: Iterable[str]) -> TableContent | None:
    """Return needs as a table on the page at `path`, None where there are none."""
    _ = context.texts.gettext
    needs = [context.site.needs[key] for key in ids]
    if not needs:
        return None
    halves = half_years(needs)
    columns = (
        TableColumn(_("Was fehlt")),
        TableColumn(_("Für wen")),
        *(TableColumn(_half(context, half), num=True) for half in halves),
        TableColumn(_("Genannt von")),
        TableColumn(_("Stand")),
    )
    return TableContent(columns, tuple(_need_row(context, path, need, halves) for need in needs))


def _need_row(context: Context, path: str, need: Need, halves: list[HalfYear]) -> tuple[TableCell, ...]:
    counts = [sum(naming.times for naming in need.named if naming.half_year == half) for half in halves]
    who = dict.fromkeys(_source(context, naming.source) for naming in need.named)
    topics = [context.texts.name(context.site.words.topics[topic]) for topic in need.topics]
    ages = ages_text(context.texts, need.ages) if need.ages is not None else ""
    return (
        TableCell(context.translated(need)),
        TableCell(", ".join([*topics, ages] if ages else topics)),
        *(TableCell(context.texts.number(count), sort=count) if count else NOTHING for count in counts),
        TableCell(", ".join(who)),
        TableCell(_status(context, path, need)),
    )


def _half(context: Context, half: HalfYear) -> str:
    _ = context.texts.gettext
    return (_("1. Halbjahr {year}") if half.half == 1 else _("2. Halbjahr {year}")).format(year=half.year)


def _source(context: Context, source: str) -> str:
    _ = context.texts.gettext
    return {"families": _("Familien"), "professionals": _("Fachkräften"), "groups": _("Gruppen")}[source]


def _status(context: Context, path: str, need: Need) -> Markup:
    _ = context.texts.gettext
    words = {
        "open": _("offen"),
        "planned": _("in Planung"),
        "answered": _("beantwortet"),
        "dropped": _("nicht weiter verfolgt"),
    }
    text = Markup.escape(words[need.status])
    if need.answered_by is None or need.answered_by not in context.site.offers:
        return text
    href = urls.relative(path, context.path("offer", need.answered_by))
    name = context.translated(context.site.offers[need.answered_by])
    return pattern('{}: <a href="{}">{}</a>').format(text, href, name)


def render_needs(context: Context, key: str) -> Page:
    """Make the page of all needs, by space; a need of several spaces stands with each."""
    _ = context.texts.gettext
    path = context.path("needs", key)
    needs = context.site.needs
    single = [(name, space) for name in needs for space in needs[name].spaces or ("",)]
    order = [*context.site.spaces, ""]
    groups = grouped([f"{name}|{space}" for name, space in single], lambda pair: pair.split("|")[1], order)
    tables = []
    for space, pairs in groups.items():
        names = sorted((pair.split("|")[0] for pair in pairs), key=lambda name: needs[name].name.casefold())
        content = need_table(context, path, names)
        if content is not None:
            tables.append((space, content))
    view = NeedsView(tuple(tables))
    return Page(
        path=path,
        lang=context.lang,
        family="internal",
        title=_("Bedarfe"),
        description=_("Was in den Sozialräumen fehlt, nach Halbjahren gezählt."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        indexed=False,
    )
