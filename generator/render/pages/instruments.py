"""What the town does, for the home of reports: one part an instrument, with what promises, measures, money, agreements and evaluations say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from generator.model.agreement import Agreement
from generator.model.coverage import Kept
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.pattern import linked, pattern
from generator.render.base.place_names import named
from generator.render.data_files.open_data import ending_agreements
from generator.render.directory.commitments import PromiseLine, promises, status_name
from generator.render.figures.money import signed_text
from generator.render.pages import budget, evaluation, forecast, measures, sustainability_check
from generator.render.written_reports.archive import shown as shown_editions

MOST = 6
"""So many lines of a part are told here; its own page has them all."""
SOON = 365
"""Days before its end from which an agreement is named."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """What one instrument says: lines that each lead to where it comes from, how many more there are, and the ways on to all of it."""

    id: str
    title: str
    lines: tuple[Markup, ...]
    left: int
    note: str
    ways: tuple[tuple[str, str], ...]


def instruments(context: Context, path: str) -> tuple[Instrument, ...]:
    """Return the instruments that have something to say, for the page at `path`."""
    made = (make(context, path) for make in _PARTS)
    return tuple(part for part in made if part is not None)


def _part(
    id: str, title: str, lines: Iterable[Markup], note: str = "", *ways: tuple[str, str]
) -> Instrument | None:
    """Return a part with the first of its lines and the number of the others; None where there are none."""
    found = tuple(lines)
    if not found:
        return None
    return Instrument(id, title, found[:MOST], len(found[MOST:]), note, ways)


def _way(context: Context, path: str, kind: str, label: str) -> tuple[str, str]:
    return urls.relative(path, context.path(kind)), label


def _line(context: Context, path: str, kind: str, key: str, name: object, said: object) -> Markup:
    """Return a line that leads to the page it comes from."""
    there = linked(urls.relative(path, context.path(kind, key)), name)
    return pattern("{}: {}").format(there, said) if said else there


# --- the parts -----------------------------------------------------------------------------------------------------


def _promises(context: Context, path: str) -> Instrument | None:
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
    law = context.translated(context.site.words.laws["pflicht-des-amtes"], "meaning")
    return _part("zusagen", _("Zusagen"), lines, law, _way(context, path, "networks", _("Alle Netzwerke")))


def _promised(context: Context, line: PromiseLine) -> Markup:
    """Say a promise in its own words, else what it is about and what it names."""
    if line.rule.text:
        return context.written(line.rule.text.rstrip("."))
    topic = context.texts.name(context.site.words.topics[line.rule.topic])
    return Markup.escape(", ".join(filter(None, (topic, line.details))).rstrip("."))


def _measures(context: Context, path: str) -> Instrument | None:
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
    way = _way(context, path, "measures", texts.gettext("Alle Maßnahmen"))
    return _part("massnahmen", texts.gettext("Maßnahmen"), lines, "", way)


def _money(context: Context, path: str) -> Instrument | None:
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
    note = _("Kein Budget begrenzt, worauf ein Mensch Anspruch hat.")
    return _part("budgets", _("Budgets"), lines, note, _way(context, path, "budgets", _("Alle Budgets")))


def _shift(context: Context, changes: Mapping[str, int], year: int) -> str:
    """Say how many areas get more than was spent, how many less, and where the most changes."""
    texts = context.texts
    _ = texts.gettext
    more, less = (sum(sign * cents > 0 for cents in changes.values()) for sign in (1, -1))
    most = max(changes, key=lambda key: (abs(changes[key]), key))
    words = _(
        "gegenüber den Ausgaben {year} {more} Gebiete mehr und {less} weniger; am meisten ändert sich: {area} ({change})"
    )
    return words.format(
        year=year, more=more, less=less, area=named(context, most), change=signed_text(texts, changes[most])
    )


def _agreements(context: Context, path: str) -> Instrument | None:
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
    way = _way(context, path, "agreements", _("Alle Vereinbarungen"))
    return _part("vereinbarungen", _("Vereinbarungen"), lines, "", way)


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


def _ahead(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = []
    for key in forecast.keys(context.site, context.facts):
        item = context.site.forecasts[key]
        lines.append(
            _line(context, path, "forecast", key, context.translated(item), forecast.in_short(context, item))
        )
    note = _("Vorausberechnet, nicht vorhergesagt: So käme es, wenn es weitergeht wie bisher.")
    return _part("vorausberechnungen", _("Die nächsten Jahre"), lines, note)


def _effects(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = [
        _line(
            context, path, "evaluation", line.evaluation.id, context.translated(line.evaluation),
            evaluation.in_short(context, line.evaluation),
        )
        for line in evaluation.evaluation_lines(context)
    ]  # fmt: skip
    note = _("Dass sich etwas verändert hat, beweist nicht, woran es lag.")
    return _part("auswertungen", _("Auswertungen"), lines, note)


def _checks(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = []
    for check in sorted(context.site.checks.values(), key=sustainability_check.latest, reverse=True):
        rounds = (
            pattern("{}: {}").format(context.written(item.name), sustainability_check.when(context, item))
            for item in check.rounds
        )
        told = Markup("; ").join(rounds)
        lines.append(_line(context, path, "check", check.id, context.translated(check), told))
    return _part("pruefungen", _("Nachhaltigkeit"), lines)


def _editions(context: Context, path: str) -> Instrument | None:
    _ = context.texts.gettext
    lines = []
    for editions in shown_editions(context.site).values():
        newest = editions[-1]
        title = pattern("{} {}").format(context.written(newest.head.title), newest.head.edition)
        day = context.texts.date(newest.head.date)
        said = day if newest.public else f"{day} ({_('noch nicht veröffentlicht')})"
        archive = urls.relative(path, context.path("report-archive", newest.report))
        told = pattern("{} · {}").format(said, linked(archive, _("alle Ausgaben")))
        lines.append(_line(context, path, "report-edition", newest.key, title, told))
    return _part("lesen", _("Berichte zum Lesen"), lines)


_PARTS: tuple[Callable[[Context, str], Instrument | None], ...] = (
    _measures,
    _money,
    _agreements,
    _promises,
    _ahead,
    _effects,
    _checks,
    _editions,
)
