"""The town at a glance: what figures, coverage, promises, measures, money and evaluations say together, on two sheets of paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from generator.model.agreement import Agreement
from generator.model.cells import Series, Verdict
from generator.model.coverage import Kept
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import level_name, named
from generator.render.base.view import View
from generator.render.data_files.open_data import ending_agreements
from generator.render.directory.commitments import PromiseLine, promises, status_name
from generator.render.figures import gaps
from generator.render.figures.areas import has_value, levels_of
from generator.render.figures.money import signed_text
from generator.render.figures.sentences import verdict_of
from generator.render.pages import budget, coverage, evaluation, forecast, measures, sustainability_check
from generator.render.pages.reports import report_groups

MOST = 6
"""So many lines of a part are told here; its own page has them all."""
SOON = 365
"""Days before its end from which an agreement is named."""
ENOUGH = 2
"""A page that puts things together needs so many of them."""


@dataclass(frozen=True, slots=True)
class OverviewPart:
    """What one instrument says: lines that each lead to where it comes from, how many more there are, and the way to all of it."""

    id: str
    title: str
    lines: tuple[Markup, ...]
    left: int
    note: str
    way: tuple[str, str]


@dataclass(frozen=True, slots=True)
class OverviewView(View):
    """The page: its parts, and what has to be known to read them."""

    template = "overview.html"

    town: str
    parts: tuple[OverviewPart, ...]
    limits: tuple[str, ...]


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a page where at least two instruments have something to say."""
    there = (
        facts.series,
        list(coverage.index_keys(site, facts)),
        any(group.guarantee is not None and group.guarantee.rules for group in site.networks.values()),
        site.measures,
        site.budgets,
        site.agreements,
        site.evaluations,
        list(forecast.keys(site, facts)),
        site.checks,
    )
    return ("",) if sum(bool(one) for one in there) >= ENOUGH else ()


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("overview", key)
    parts = tuple(part for make in _PARTS if (part := make(context, path)) is not None)
    view = OverviewView(
        town=named(context, context.facts.roots[0])
        if context.facts.roots
        else context.texts.name(context.site.config),
        parts=parts,
        limits=tuple(_limits(context, {part.id for part in parts})),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="overview",
        title=_("Auf einen Blick"),
        description=_("Was die Berichte zusammen sagen, in fünf Minuten zu lesen."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )


def _part(
    context: Context,
    path: str,
    id: str,
    title: str,
    lines: Iterable[Markup],
    way: tuple[str, str],
    note: str = "",
) -> OverviewPart | None:
    """Return a part with the first of its lines and the number of the others; None where there are none."""
    found = tuple(lines)
    if not found:
        return None
    page, label = way
    shown, left = found[:MOST], len(found[MOST:])
    return OverviewPart(id, title, shown, left, note, (urls.relative(path, context.path(page)), label))


def _line(context: Context, path: str, kind: str, key: str, name: object, said: object) -> Markup:
    """Return a line that leads to the page it comes from."""
    there = linked(urls.relative(path, context.path(kind, key)), name)
    return pattern("{}: {}").format(there, said) if said else there


# --- the parts -----------------------------------------------------------------------------------------------------


def _figures(context: Context, path: str) -> OverviewPart | None:
    """The indicators that changed for the town or differ in some areas, by more than chance; of the rest how many there are."""
    texts = context.texts
    _ = texts.gettext
    told, quiet, tested = [], 0, False
    for group in report_groups(context):
        for row in group.rows:
            series = context.facts.series[row.indicator.id]
            change = series.changes.get((series.benchmark, series.latest, series.whole))
            areas = list(_different(context, row.indicator.id))
            tested |= change is not None and change.verdict != Verdict.UNKNOWN
            tested |= any(verdict_of(series, space) != Verdict.UNKNOWN for space in series.spaces)
            if not areas and (change is None or change.verdict not in (Verdict.HIGHER, Verdict.LOWER)):
                quiet += 1
                continue
            said = [f"{row.value} ({', '.join(filter(None, (row.period, row.since)))})", *areas]
            told.append(
                _line(
                    context,
                    path,
                    "report",
                    row.indicator.id,
                    context.translated(row.indicator, "title"),
                    ". ".join(said),
                )
            )
    left = quiet + max(0, len(told) - MOST)
    words = texts.ngettext(
        "Zu {n} weiteren Kennzahl steht mehr in den Berichten.",
        "Zu {n} weiteren Kennzahlen steht mehr in den Berichten.",
        left,
    )
    if not told:
        words = texts.ngettext(
            "Zu {n} Kennzahl steht mehr in den Berichten.",
            "Zu {n} Kennzahlen steht mehr in den Berichten.",
            left,
        )
    note = words.format(n=texts.number(left)) if left else ""
    if not told and quiet:
        said_of_all = (
            _(
                "Für die ganze Stadt hat sich nichts statistisch auffällig verändert, und kein Gebiet fällt auf."
            )
            if tested
            else _("Ob sich etwas mehr als zufällig verändert hat, lässt sich aus diesen Zahlen nicht sagen.")
        )
        told = [Markup.escape(said_of_all)]
    way = (
        ("heat", _("Alle Zahlen auf einen Blick"))
        if context.exists("heat")
        else ("reports", _("Alle Berichte"))
    )
    return _part(context, path, "zahlen", _("Was die Zahlen zeigen"), told[:MOST], way, note)


def _different(context: Context, indicator: str) -> Iterator[str]:
    """Name the areas that differ from the town, and the level on which they are compared."""
    _ = context.texts.gettext
    series = context.facts.series[indicator]
    areas = _told_level(context, series)
    for verdict, words in (
        (Verdict.HIGHER, _("Höher als in der ganzen Stadt (verglichen: {level}): {names}")),
        (Verdict.LOWER, _("Niedriger als in der ganzen Stadt (verglichen: {level}): {names}")),
    ):
        there = [space for space in areas if verdict_of(series, space) == verdict]
        if there:
            level = level_name(context, there[0], plural=True)
            yield words.format(level=level, names=coverage.some_areas(context, there))


def _told_level(context: Context, series: Series) -> tuple[str, ...]:
    """Return the areas of the finest level of which half have a figure; what is withheld in most says little of a town."""
    first = context.site.config.geographies[0].id
    for level in reversed(levels_of(context, series)):
        known = sum(has_value(series.cell(key, series.latest)) for key in level.spaces)
        if level.geography == first and 2 * known >= len(level.spaces) > 1:
            return level.spaces
    return ()


def _gaps(context: Context, path: str) -> OverviewPart | None:
    """The life situations for which most areas record nothing, and the planners' questions that some areas answer with nothing."""
    _ = context.texts.gettext
    if not context.exists("coverages"):
        return None
    there = urls.relative(path, context.path("coverages"))
    widest = [
        pattern("{}: {}").format(linked(f"{there}#lebenslagen", name), said)
        for name, said in coverage.widest_gaps(context)
    ]
    lines = widest[:3]
    lines += [
        pattern("{}: {}").format(name, said)
        for name, said in gaps.fixed_rows(context, context.facts.compared)
    ]
    lines += widest[3:]
    lines += [
        pattern("{}: {}").format(linked(f"{there}#{question.id}", question.title), said)
        for question in coverage.planners_questions(context)
        for name, said in question.results
        if not name
    ]
    return _part(
        context,
        path,
        "luecken",
        _("Was verzeichnet ist und was nicht"),
        lines,
        ("coverages", _("Alle Fragen und jedes Gebiet")),
        Markup(" ").join((coverage.completeness(context), *gaps.others_duties(context))),
    )


def _promises(context: Context, path: str) -> OverviewPart | None:
    texts = context.texts
    _ = texts.gettext
    found = [
        (network, line) for network in context.site.networks.values() for line in promises(context, network)
    ]
    if not found:
        return None
    phrases: dict[Kept, str] = {
        "kept": _("{n} nach dem Verzeichnis eingehalten"),
        "waits": _("bei {n} steht eine Wartezeit daneben"),
        "partly": _("{n} zum Teil eingehalten"),
        "none": _("{n}, wozu nichts verzeichnet ist"),
        "there": _("{n}, wozu etwas verzeichnet ist"),
        "unsaid": _("{n} aus den Einträgen nicht zu sagen"),
    }
    counted = Counter(phrases[line.kept] for _network, line in found)
    words = texts.ngettext(
        "{n} gemeinsame Zusage: {states}.", "{n} gemeinsame Zusagen: {states}.", len(found)
    )
    states = ", ".join(phrase.format(n=texts.number(number)) for phrase, number in counted.items())
    lines = [Markup.escape(words.format(n=texts.number(len(found)), states=states))]
    lines += [
        _line(
            context,
            path,
            "network",
            network.id,
            context.translated(network),
            pattern("{} – {}").format(_promised(context, line), line.verdict),
        )
        for network, line in found
        if line.kept != "kept"
    ]
    return _part(
        context, path, "zusagen", _("Was zugesagt ist"), lines, ("networks", _("Alle Netzwerke")),
        context.translated(context.site.words.laws["pflicht-des-amtes"], "meaning"),
    )  # fmt: skip


def _promised(context: Context, line: PromiseLine) -> Markup:
    """Say a promise in its own words, else what it is about and what it names."""
    if line.rule.text:
        return context.written(line.rule.text.rstrip("."))
    topic = context.texts.name(context.site.words.topics[line.rule.topic])
    return Markup.escape(", ".join(filter(None, (topic, line.details))).rstrip("."))


def _measures(context: Context, path: str) -> OverviewPart | None:
    texts = context.texts
    found = context.site.measures
    if not found:
        return None
    said = [
        measures.counted(context),
        measures.sums(context),
        measures.overdue(context),
    ]
    lines = [Markup.escape(one) for one in said if one]
    there = urls.relative(path, context.path("measures"))
    lines += [
        pattern("{}: {}").format(
            linked(f"{there}#{one.id}", context.translated(one)), measures.state_text(context, one)
        )
        for one in sorted(found.values(), key=lambda one: (measures.ORDER.index(one.status), one.id))
        if one.status in ("running", "decided", "proposed")
    ]
    return _part(
        context, path, "massnahmen", texts.gettext("Was getan wird"), lines,
        ("measures", texts.gettext("Alle Maßnahmen")),
    )  # fmt: skip


def _money(context: Context, path: str) -> OverviewPart | None:
    _ = context.texts.gettext
    lines = []
    for line in budget.budget_lines(context):
        facts = context.facts.budgets[line.budget.id]
        mark = f" ({_('erfunden')})" if line.made_up else ""
        said = [Markup.escape(f"{line.amount}{mark}, {line.years}")]
        said += [context.written(line.budget.decision.rstrip("."))] if line.budget.decision else []
        if facts.result is None:
            said.append(Markup.escape(_("nicht zu rechnen, weil Zahlen fehlen")))
        elif facts.result.changes:
            year = line.budget.outflow.year if line.budget.outflow else 0
            said.append(Markup.escape(_shift(context, facts.result.changes, year)))
        lines.append(
            _line(
                context,
                path,
                "budget",
                line.budget.id,
                context.translated(line.budget),
                Markup("; ").join(said),
            )
        )
    return _part(
        context, path, "geld", _("Wie das Geld verteilt wird"), lines, ("budgets", _("Alle Budgets")),
        _("Kein Budget begrenzt, worauf ein Mensch Anspruch hat."),
    )  # fmt: skip


def _shift(context: Context, changes: Mapping[str, int], year: int) -> str:
    """Say how many areas get more than was spent, how many less, and where the most changes."""
    texts = context.texts
    _ = texts.gettext
    more, less = (sum(sign * cents > 0 for cents in changes.values()) for sign in (1, -1))
    most = max(changes, key=lambda key: (abs(changes[key]), key))
    words = _(
        "gegenüber den Ausgaben {year} {more} Gebiete mehr und {less} weniger, am meisten ändert sich {area} ({change})"
    )
    return words.format(
        year=year, more=more, less=less, area=named(context, most), change=signed_text(texts, changes[most])
    )


def _agreements(context: Context, path: str) -> OverviewPart | None:
    texts = context.texts
    _ = texts.gettext
    today = context.facts.today
    running = [one for one in context.site.agreements.values() if one.origin is None and one.runs(today)]
    words = texts.ngettext("{n} Vereinbarung läuft.", "{n} Vereinbarungen laufen.", len(running))
    lines = (
        [Markup.escape(words.format(n=texts.number(len(running))) + _goals(context, running))]
        if running
        else []
    )
    there = urls.relative(path, context.path("agreements"))
    lines += [
        pattern("{}: {}").format(
            linked(f"{there}#{one.id}", context.translated(one)),
            _("endet am {date}").format(date=texts.date(day)),
        )
        for day, one in ending_agreements(context)
        if one.origin is None and day <= today + timedelta(days=SOON)
    ]
    # A document tells of its own time.
    lines += [
        pattern("{}: {}").format(
            linked(f"{there}#{one.id}", context.translated(one)),
            (
                _("in Anlehnung an eine Quelle, Stand {date}")
                if one.fictional
                else _("nach einer Quelle, Stand {date}")
            ).format(date=texts.date(one.origin.date)),
        )
        for one in context.site.agreements.values()
        if one.origin is not None
    ]
    return _part(
        context, path, "vereinbarungen", _("Was vereinbart ist"), lines, ("agreements", _("Alle Vereinbarungen")),
    )  # fmt: skip


def _goals(context: Context, running: Iterable[Agreement]) -> str:
    """Say how all goals stand by their last review."""
    texts = context.texts
    goals = [goal for one in running for goal in one.goals]
    if not goals:
        return ""
    stands = Counter(
        status_name(texts, max(goal.reviews, key=lambda review: review.date.isoformat()).status)
        if goal.reviews
        else texts.gettext("noch nicht bewertet")
        for goal in goals
    )
    counted = ", ".join(f"{texts.number(number)} {name}" for name, number in stands.most_common())
    words = texts.ngettext(" {n} Ziel: {states}.", " {n} Ziele: {states}.", len(goals))
    return words.format(n=texts.number(len(goals)), states=counted)


def _ahead(context: Context, path: str) -> OverviewPart | None:
    _ = context.texts.gettext
    lines = []
    for key in forecast.keys(context.site, context.facts):
        item = context.site.forecasts[key]
        lines.append(
            _line(context, path, "forecast", key, context.translated(item), forecast.in_short(context, item))
        )
    return _part(
        context, path, "ausblick", _("Die nächsten Jahre"), lines, ("reports", _("Alle Berichte")),
        _("Vorausberechnet, nicht vorhergesagt: So käme es, wenn es weitergeht wie bisher."),
    )  # fmt: skip


def _effects(context: Context, path: str) -> OverviewPart | None:
    _ = context.texts.gettext
    lines = [
        _line(
            context, path, "evaluation", line.evaluation.id, context.translated(line.evaluation),
            evaluation.in_short(context, line.evaluation),
        )
        for line in evaluation.evaluation_lines(context)
    ]  # fmt: skip
    return _part(
        context, path, "wirkung", _("Was Auswertungen sagen"), lines, ("reports", _("Alle Berichte")),
        _("Dass sich etwas verändert hat, beweist nicht, woran es lag."),
    )  # fmt: skip


def _checks(context: Context, path: str) -> OverviewPart | None:
    _ = context.texts.gettext
    lines = []
    for check in sorted(context.site.checks.values(), key=sustainability_check.latest, reverse=True):
        rounds = (
            pattern("{}: {}").format(context.written(item.name), sustainability_check.when(context, item))
            for item in check.rounds
        )
        told = Markup("; ").join(rounds)
        lines.append(_line(context, path, "check", check.id, context.translated(check), told))
    return _part(context, path, "pruefungen", _("Nachhaltigkeit"), lines, ("reports", _("Alle Berichte")))


_PARTS: tuple[Callable[[Context, str], OverviewPart | None], ...] = (
    _figures,
    _gaps,
    _promises,
    _measures,
    _money,
    _agreements,
    _ahead,
    _effects,
    _checks,
)


def _limits(context: Context, parts: set[str]) -> Iterator[str]:
    """Say what has to be known to read this page, as far as it concerns what stands on it."""
    _ = context.texts.gettext
    if "zahlen" in parts:
        yield _(
            "„Höher“ und „niedriger“ heißt: mehr als Zufall, auch wenn man einrechnet, wie viele Gebiete derselben Ebene verglichen werden; nicht besser oder schlechter. Gebiete stehen in der Reihenfolge ihrer Namen, nicht als Rangliste. Kleine Anzahlen sind geschützt und fehlen."
        )
    if "luecken" in parts:
        yield _(
            "„Nichts verzeichnet“ heißt nicht, dass es nichts gibt: Vielleicht hat es nur noch niemand eingetragen."
        )
    if {"zahlen", "wirkung"} & parts:
        yield _(
            "Zahlen zu Hilfen und Meldungen zeigen auch, wie aufmerksam hingesehen wird und was es gibt. Erfolg oder Misserfolg sind sie nicht."
        )
