"""Report every number that tables, drawings and data of a built site show of a secret cell.

A text is about a cell when it, or what stands around it, names indicator, area, period and breakdown, the nearest name counts.
Sentences aren't read: a person does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path, PurePath
from typing import Protocol

from msgspec import Struct

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.amounts import APART, Number, is_bare, numbers
from generator.disclosure.cell_names import cell_name
from generator.disclosure.counted_measures import Measure, rule_of
from generator.disclosure.site_audit.markup import Mention
from generator.disclosure.site_audit.scanner import Unread, scan
from generator.disclosure.site_audit.spoken_names import Names, any_of, nearest, within
from generator.model.cells import CellKey, Series, Status
from generator.model.config import Thresholds
from generator.model.editions import Edition
from generator.model.indicator import Breakdown, Indicator
from generator.model.site import Site
from generator.read.indicator_folders import tables_of
from generator.read.project import Reading

# Columns, keys and properties whose numbers say something of the area, the page or the definition, never of who was counted.
# The first holds where a heading contains one of the words, the second where it is one of them and nothing else.
_NO_FIGURE_WITHIN = re.compile(
    r"\b(?:angebote?|offers?|nenner|denominator|zeitraum|period|schlüssel|kennung|gebietsschlüssel|stand|datum|date|ausgabe|release|sha256|sha|"
    r"geometry|coordinates|bbox|latitude|longitude|lat|lon|lng|breitengrad|längengrad)\b"
    r"|:(?:width|height|alt-length)\Z|[-_ ](?:width|height|id|code|px|size)\Z",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"(?:data-)?(?:jahr|year|jahre|code|id|@id|nr|nummer|position|index|rang|rank|level|ebene|tiefe|depth|order|sort-order|area|fläche|einwohner|einwohner/innen|"
    r"je|per|base|basis|decimals|schwelle|threshold|size|bytes|width|height|breite|höhe|länge|x|y|x1|x2|y1|y2|r|cx|cy|zoom|"
    r"scale|maßstab|version|format|hash|digest|telefon|telephone|phone|tel|fax|plz|postleitzahl|postalcode|zip|hausnummer|house|"
    r"street|straße|streetaddress|alter|age|ages|preis|price|kosten|öffnungszeiten|opens|closes|hours|uhr|dauer|duration|"
    r"entfernung|distance|meter|colour|color|theme-color|viewport|mask|date-?\w+|valid\w*)|"
    r"(?:og|twitter|article|dc|dcterms):(?!title|description)[\w:.-]+",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"zähler|numerator|anzahl|count|quote|anteil|wert|value|rate|share|prozent|percent|%|‰", re.IGNORECASE
)
"""What a column of counts or rates is called."""
_TAG = re.compile(r"<[^<>]*>")
_WITH_DECIMALS = re.compile(r"(?<!\d)\d++[.,]\d+")
_PERIODS = {
    "jahr",
    "halbjahr",
    "quartal",
    "monat",
    "schuljahr",
    "jahre",
    "halbjahre",
    "quartale",
    "monate",
    "schuljahre",
}


class _Known(Struct, frozen=True):
    """What one indicator publishes.

    secret: its secret cells, each with its public denominator. there: all of its cells. shown: every number that it publishes, but for
    those below its threshold. periods: by every way in which a page writes one. words: finds periods and the words for what it counts. values: for each breakdown, by their names in lower case, the ids of
    its values.
    """

    indicator: Indicator
    secret: Mapping[CellKey, int | None]
    there: frozenset[CellKey]
    periods: Mapping[str, str]
    shown: frozenset[Decimal]
    words: re.Pattern[str]
    values: tuple[Mapping[str, str], ...]


class Statements(Protocol):
    """What reads a site for statements about figures that no table of an indicator holds."""

    def wants(self, name: str, text: str) -> bool:
        """Tell whether a file, by its path and its text in lower case, could hold one."""

    def judge(self, mention: Mention) -> Diagnostic | None:
        """Return what is wrong about a mention; None where nothing is."""


def audit_site(
    site: Site,
    reading: Reading,
    derived: Mapping[str, Series],
    folder: Path,
    stated: Sequence[Callable[[Names], Statements]] = (),
    write: Callable[[str], Iterable[str]] = lambda _period: (),
) -> list[Diagnostic]:
    """Read the built site in `folder` and return what it shows of secret cells, or of cells that no table has.

    `derived` holds the cells of each indicator as the site shows them (`committed_series`). `stated` makes further readers from
    the names of the site: subjects bring them for statements of their own, such as withheld budgets. `write` says how pages write a
    period besides as it is („4. Quartal 2025“).
    """
    names = Names(site, reading.indicators)
    tables = tables_of(reading.indicators)
    defaults = site.config.disclosure
    known = {key: _known(reading.indicators[key].indicator, derived[key], defaults, write) for key in tables}
    frozen = {one.key: _frozen(one) for one in site.editions.values()}
    reader = _Reader(names, known, [make(names) for make in stated], frozen)
    if known or stated:
        for mention in scan(folder, reader.wants):
            reader.add(mention)
    return reader.problems


class _Reader:
    """Collects what is wrong about the mentions of a site (`problems`)."""

    def __init__(
        self,
        names: Names,
        known: Mapping[str, _Known],
        stated: Sequence[Statements],
        frozen: Mapping[str, frozenset[Decimal]],
    ) -> None:
        self.names = names
        self.known = known
        self.stated = stated
        self.frozen = frozen
        self.problems: list[Diagnostic] = []
        self._words = within({*names.indicator_words, *names.folders})
        self._titles = within(names.indicator_words)

    def wants(self, name: str, data: bytes) -> bool:
        """Tell whether a file could be about an indicator or a withheld budget."""
        # An id can be a common word, so in pages only titles and the address tell.
        pattern = self._titles if name.endswith(".html") else self._words
        text = html.unescape(data.decode("utf-8", errors="replace")).casefold()
        # A title may be cut into by what is linked or bold, or stand in an attribute.
        text += " ".join(_TAG.sub("", text).split())
        if self._words.search(name) or pattern.search(text):
            return True
        return any(one.wants(name, text) for one in self.stated)

    def add(self, mention: Mention | Unread) -> None:
        """Judge one mention and note what is wrong about it."""
        if isinstance(mention, Unread):
            self.problems.append(diagnostic("datei-unlesbar", Position(mention.file), reason=mention.reason))
            return
        told = [one.judge(mention) for one in self.stated]
        frozen = self._frozen_in(mention.file)
        for reference in _references_of(self.names, self.known, mention):
            # A table of then may show what a lower threshold let stand.
            if not frozen or not all(not frozen.isdisjoint(number) for number in reference.numbers):
                told += (_problem(self.names.site, reference, cell, mention) for cell in reference.cells)
        self.problems += [problem for problem in told if problem is not None]

    def _frozen_in(self, file: str) -> frozenset[Decimal]:
        """Return the numbers that stand for ever in a file, because it is of an edition."""
        for key, numbers_of_then in self.frozen.items():
            if f"/{key}/" in f"/{file}":
                return numbers_of_then
        return frozenset()


def _frozen(edition: Edition) -> frozenset[Decimal]:
    """Return the numbers of an edition's figures, as they are and as its page rounds them: they stand there for ever."""
    found: set[Decimal] = set()
    series = edition.frozen.series.values() if edition.frozen is not None else ()
    for number in chain.from_iterable(map(_shown, series)):
        found.update({number, round(number, 0), round(number, 1), round(number, 2)})
    return frozenset(found)


def _shown(series: Series) -> set[Decimal]:
    """Return every number of an indicator's cells."""
    found: set[Decimal] = set()
    for cell in series.cells.values():
        for number in (cell.numerator, cell.denominator, cell.value, cell.low, cell.high):
            if number is not None:
                found.add(Decimal(str(number)))
    return found


def _known(
    item: Indicator, series: Series, defaults: Thresholds, write: Callable[[str], Iterable[str]]
) -> _Known:
    """Collect what an indicator publishes; `series` are its cells as the site shows them, `write` says how pages write a period."""
    small = frozenset(map(Decimal, range(1, rule_of(Measure(item.id, [item]), defaults).threshold)))
    periods: dict[str, str] = {}
    for period in {period for _, period, _ in series.cells}:
        periods |= dict.fromkeys((period, *write(period)), period)
    values = tuple(_value_words(breakdown) for breakdown in item.breakdowns)
    # A name that is a number may be a count; one of ages („6-13“) isn't.
    named = {name for name in set().union(*values) if not name.isdigit()}
    nouns = _nouns(f"{item.title} {item.numerator} {item.unit or ''}")
    return _Known(
        item,
        {key: cell.denominator for key, cell in series.cells.items() if cell.status is Status.SECRET},
        frozenset(series.cells),
        periods,
        frozenset(_shown(series) - small),
        any_of({*periods, *named, *nouns}, re.IGNORECASE),
        values,
    )


def _value_words(breakdown: Breakdown) -> dict[str, str]:
    """Return the ids of a breakdown's values by every name of them, in lower case."""
    found = {}
    for one in breakdown.values:
        for word in (one.id, one.name, one.name_en):
            if word:
                found[word.casefold()] = one.id
    return found


def _nouns(text: str) -> set[str]:
    """Return the German nouns of a text in lower case, words with a capital, but for those of which periods are called."""
    return {word.lower() for word in re.findall(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}", text)} - _PERIODS


class _Reference(Struct, frozen=True):
    """Which cells of an indicator a number alone is about: of each area one, of the period that is named, else the newest.

    explicit: an area is named. numbers: those in it that could be figures.
    """

    facts: _Known
    cells: tuple[CellKey, ...]
    explicit: bool
    numbers: tuple[Number, ...]


def _references_of(names: Names, known: Mapping[str, _Known], mention: Mention) -> Iterator[_Reference]:
    """Yield what a number alone is about, for each indicator that is named nearest; nothing where its column holds no figures.

    Where no area is named, it is about the whole town. Every page and index names that somewhere: a number alone must stand where its
    heading is about the indicator or the town.
    """
    if _NO_FIGURE_WITHIN.search(mention.heading) or _NO_FIGURE.fullmatch(mention.heading):
        return
    written = (mention.text, *mention.context, *mention.page)
    layers = [layer.casefold() for layer in written]
    file = mention.file.replace("/", " ").casefold()
    # An id may be a common word: „Kinder“ names no indicator „kinder“.
    titled = nearest(names.indicator_pattern, names.indicator_words, layers)
    titled = titled or nearest(names.id_pattern, names.ids, [file, *written])
    if known.keys().isdisjoint(titled):
        return
    spaces = nearest(names.space_pattern, names.space_words, layers)
    for key in filter(known.__contains__, titled):
        facts = known[key]
        newest = max(facts.periods.values())
        dated = nearest(any_of(facts.periods), facts.periods, written)
        period = max(dated, default=newest)
        values = _breakdown(facts, layers)
        # Names hold numbers that are no figures: „Schule 4“.
        left = facts.words.sub(" ", names.as_written.sub(" ", mention.text))
        if is_bare(left) and _is_about(names, mention, key, spaces):
            cells = tuple((space, period, values) for space in spaces or names.roots)
            yield _Reference(facts, cells, bool(spaces), numbers(left))


def _is_about(names: Names, mention: Mention, key: str, spaces: Collection[str]) -> bool:
    """Tell whether a number alone is of an indicator: an area is named beside it, or it is of another area than the town (`spaces`), or the
    heading of its page (of data their name or their file's) names the indicator or an area."""
    beside = " | ".join((mention.text, *mention.context)).casefold()
    if not mention.page or not set(spaces) <= set(names.roots) or names.space_pattern.search(beside):
        return True
    head = next(filter(None, mention.page), "").casefold()
    titled = nearest(names.indicator_pattern, names.indicator_words, [head])
    return key in (*titled, PurePath(mention.file).stem) or names.space_pattern.search(head) is not None


def _problem(site: Site, reference: _Reference, cell: CellKey, mention: Mention) -> Diagnostic | None:
    """Say what is wrong about the numbers that a mention shows of a cell; None where nothing is."""
    facts = reference.facts
    if all(_explained(reference, cell, number) for number in reference.numbers):
        return None
    code = "zahl-auf-der-seite"
    if cell not in facts.there:
        if not (facts.secret and reference.explicit and FIGURE.search(mention.heading)):
            return None
        code = "zahl-ohne-tabelle"
    elif cell not in facts.secret:
        return None
    return diagnostic(
        code,
        Position(mention.file, mention.line),
        cell=cell_name(site, facts.indicator, cell),
        value=mention.text.replace(f"{APART} ", "")[:80],
    )


def _explained(reference: _Reference, cell: CellKey, number: Number) -> bool:
    """Tell whether a number beside a secret cell says nothing of it: its public denominator, what is too large for it, and where several
    areas or none by name are spoken of, what the indicator publishes."""
    denominator = reference.facts.secret.get(cell)
    if denominator is not None and min(number) > max(denominator, int(reference.facts.indicator.per)):
        return True
    if len(reference.cells) > 1 or not reference.explicit:
        return not reference.facts.shown.isdisjoint(number)
    return denominator in number


def _breakdown(facts: _Known, layers: list[str]) -> tuple[str, ...]:
    """Return the breakdown value that the nearest text names; the whole where it names none or several.

    The 0 of „115,0“ names no children of that age.
    """
    layers = [_WITH_DECIMALS.sub(" ", layer) for layer in layers]
    named = [nearest(any_of(words), words, layers) for words in facts.values]
    return tuple(found[0] if len(found) == 1 else "" for found in named)
