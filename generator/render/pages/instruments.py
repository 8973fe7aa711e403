"""What the town does, for the home of reports: one part an instrument, with what promises, measures, money, agreements and evaluations say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from markupsafe import Markup

from generator.model.agreement import Agreement
from generator.model.coverage import Kept
from generator.model.dates import PartialDate
from generator.model.network import Network
from generator.parts import given
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.data_files.open_data import ending_agreements
from generator.render.directory.commitments import PromiseLine, promises
from generator.render.pages.agreement import goals_text
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
    lines: Sequence[Markup]
    left: int
    note: str
    ways: Sequence[tuple[str, str]]


Make = Callable[[Context, str], Instrument | None]


def instruments(context: Context, path: str) -> Sequence[Instrument]:
    """Return the instruments that have something to say, for the page at `path`."""
    places = [*_PARTS]
    for front in given("front", "FRONT"):
        places += front
    made = [make(context, path) for _, make in sorted(places, key=itemgetter(0))]
    return [one for one in made if one is not None]


def part(
    id: str, title: str, lines: Iterable[Markup], note: str = "", *ways: tuple[str, str]
) -> Instrument | None:
    """Return a part with the first of its lines and the number of the others; None where there are none."""
    found = tuple(lines)
    if not found:
        return None
    return Instrument(id, title, found[:MOST], len(found[MOST:]), note, ways)


def way(context: Context, path: str, kind: str, label: str) -> tuple[str, str]:
    """Return a way on: the link to the page of a kind, and what it is called."""
    return urls.relative(path, context.path(kind)), label


def line(context: Context, path: str, kind: str, key: str, name: object, said: object) -> Markup:
    """Return a line that leads to the page it comes from."""
    there = linked(urls.relative(path, context.path(kind, key)), name)
    return pattern("{}: {}").format(there, said) if said else there


# --- the parts -----------------------------------------------------------------------------------------------------


def _promises(context: Context, path: str) -> Instrument | None:
    texts = context.texts
    _ = texts.gettext
    found: list[tuple[Network, PromiseLine]] = []
    for network in context.site.networks.values():
        found += [(network, promise) for promise in promises(context, network)]
    if not found:
        return None
    phrases: dict[Kept, str] = {
        "kept": _("zu {n} ist alles Genannte verzeichnet"),
        "waits": _("bei {n} steht eine Wartezeit daneben"),
        "partly": _("zu {n} ist ein Teil des Genannten verzeichnet"),
        "none": _("zu {n} ist nichts verzeichnet"),
        "there": _("zu {n} ist etwas verzeichnet"),
        "unsaid": _("bei {n} ist es aus den Einträgen nicht zu sagen"),
    }
    counted = Counter(phrases[promise.kept] for _network, promise in found)
    words = texts.ngettext(
        "{n} gemeinsame Zusage: {states}.", "{n} gemeinsame Zusagen: {states}.", len(found)
    )
    states = ", ".join(phrase.format(n=texts.number(number)) for phrase, number in counted.items())
    lines = [Markup.escape(words.format(n=texts.number(len(found)), states=states))]
    lines += [
        line(
            context,
            path,
            "network",
            network.id,
            context.translated(network),
            pattern("{} – {}").format(_promised(context, promise), _recorded(promise)),
        )
        for network, promise in found
        if promise.kept != "kept"
    ]
    law = context.translated(context.words.laws["pflicht-des-amtes"], "meaning")
    return part("zusagen", _("Zusagen"), lines, law, way(context, path, "networks", _("Alle Netzwerke")))


def _recorded(promise: PromiseLine) -> str:
    """Say what is recorded of a promise, and in sentences what is missing."""
    if not promise.found:
        return promise.verdict
    return " ".join([f"{promise.verdict}.", *promise.found])


def _promised(context: Context, line: PromiseLine) -> Markup:
    """Say a promise in its own words, else what it is about and what it names."""
    if line.rule.text:
        return context.written(line.rule.text.rstrip("."))
    topic = context.texts.name(context.words.topics[line.rule.topic])
    return Markup.escape(", ".join(filter(None, (topic, line.details))).rstrip("."))


def _of_source(context: Context, agreement: Agreement) -> str:
    _ = context.gettext
    if agreement.fictional:
        return _("in Anlehnung an eine Quelle, Stand {date}")
    return _("nach einer Quelle, Stand {date}")


def _agreements(context: Context, path: str) -> Instrument | None:
    texts = context.texts
    _ = texts.gettext
    today = context.facts.today
    running = [one for one in context.site.agreements.values() if one.origin is None and one.runs(today)]
    words = texts.ngettext("{n} Vereinbarung läuft.", "{n} Vereinbarungen laufen.", len(running))
    lines: list[Markup] = []
    if running:
        number = words.format(n=texts.number(len(running)))
        lines.append(Markup.escape(f"{number} {goals_text(texts, running)}".rstrip()))
    # A document tells of its own time.
    documented = [(one, one.origin) for one in context.site.agreements.values() if one.origin is not None]
    there = urls.relative(path, context.path("agreements"))

    def told(one: Agreement, words: str, day: date | PartialDate) -> Markup:
        link = linked(f"{there}#{one.id}", context.translated(one))
        return pattern("{}: {}").format(link, words.format(date=texts.date(day)))

    for day, one in ending_agreements(context):
        if one.origin is None and day <= today + timedelta(days=SOON):
            lines.append(told(one, _("endet am {date}"), day))
    for one, origin in documented:
        lines.append(told(one, _of_source(context, one), origin.date))
    on = way(context, path, "agreements", _("Alle Vereinbarungen"))
    return part("vereinbarungen", _("Vereinbarungen"), lines, "", on)


def _editions(context: Context, path: str) -> Instrument | None:
    _ = context.gettext
    lines = []
    for editions in shown_editions(context.site).values():
        newest = editions[-1]
        title = pattern("{} {}").format(context.written(newest.head.title), newest.head.edition)
        day = context.texts.date(newest.head.date)
        said = day if newest.public else f"{day} ({_('noch nicht veröffentlicht')})"
        archive = urls.relative(path, context.path("report-archive", newest.report))
        told = pattern("{} · {}").format(said, linked(archive, _("alle Ausgaben")))
        lines.append(line(context, path, "report-edition", newest.key, title, told))
    return part("lesen", _("Berichte zum Lesen"), lines)


_PARTS: Sequence[tuple[int, Make]] = (
    (30, _agreements),
    (40, _promises),
    (80, _editions),
)
"""The parts of the core, each with its place; a subject's own (`FRONT` in its `front.py`) stand between them."""
