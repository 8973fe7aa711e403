"""A built site and the committed tables in; every number that it shows of a cell which the tables keep secret out, as an error or for a person to read; which cell a text is about, which numbers say nothing, what follows with the tables together.

A text is about a cell when it, or what stands around it, names the indicator, the area, the period and the breakdown; the nearest
name counts. Where nothing but a number is left beside these names (in tables, drawings, attributes, data), it is an error unless it
is the public denominator. Numbers within sentences are listed for a person to read, but for those that the indicator publishes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.cell_names import cell_name, given_away
from generator.disclosure.counted_measures import numerator_key
from generator.disclosure.engine.linear_system import Statement
from generator.disclosure.engine.sensitivity import counts_behind
from generator.disclosure.gates.committed import published
from generator.disclosure.numbers_in_text import ADDRESSES, APART, Number, holds_number, is_bare, numbers
from generator.disclosure.site_audit.markup import Mention
from generator.disclosure.site_audit.scanner import Unread, scan
from generator.disclosure.site_audit.spoken_names import Names, any_of, nearest, within
from generator.disclosure.table_audit import audit
from generator.model.cells import CellKey, Series, Status
from generator.model.config import Thresholds
from generator.model.indicator import Breakdown, DisclosureRule, Indicator
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder, tables_of
from generator.read.project import Reading
from generator.read.value_tables import ValueRow

SEVERAL = 4
"""The same text beside so many cells is about none of them."""
# Columns, keys and properties whose numbers say something of the area, the page or the definition, never of who was counted.
# The first holds where a heading contains one of the words, the second where it is one of them and nothing else.
_NO_FIGURE_WITHIN = re.compile(
    r"\b(?:nenner|denominator|zeitraum|period|schlüssel|kennung|gebietsschlüssel|stand|datum|date|ausgabe|release|sha256|sha|"
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
OFFERS = re.compile(r"\bangebote?\b|\boffers?\b", re.IGNORECASE)
COUNTED = re.compile(r"zähler|numerator|anzahl|count", re.IGNORECASE)
RATED = re.compile(r"quote|anteil|wert|value|rate|share|prozent|percent|%|‰", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-zäöüß%)»“0-9][.!?])\s+(?=[A-ZÄÖÜ„»(])")


@dataclass(frozen=True)
class _Known:
    """What one indicator publishes.

    secret: its secret cells, each with its public denominator. there: all of its cells. shown: every number of its tables.
    spoken: the numbers in its definition and its rules. words: finds periods and the words for what it counts. values: for each
    breakdown, by their names in lower case, the ids of its values.
    """

    indicator: Indicator
    secret: Mapping[CellKey, int | None]
    there: frozenset[CellKey]
    periods: tuple[str, ...]
    shown: frozenset[Decimal]
    spoken: frozenset[Decimal]
    words: re.Pattern[str]
    values: tuple[Mapping[str, str], ...]


class Statements(Protocol):
    """What reads a site for statements about figures that no table of an indicator holds."""

    def wants(self, name: str, text: str) -> bool:
        """Tell whether a file, by its path and its text in lower case, could hold one."""

    def judge(self, mention: Mention) -> Diagnostic | None:
        """Return what is wrong about a mention; None where nothing is."""


Counted = dict[tuple[str, CellKey], tuple[int, str]]
"""Counts of cells that no table has, by indicator and cell, each with the file that shows it first."""


def audit_site(
    site: Site,
    reading: Reading,
    derived: Mapping[str, Series],
    folder: Path,
    stated: Sequence[Callable[[Names], Statements]] = (),
) -> list[Diagnostic]:
    """Read the built site in `folder` and return what it shows of secret cells, by itself or together with the tables.

    `derived` holds the cells of each indicator as the site shows them (`committed_series`). `stated` makes further readers from
    the names of the site: subjects bring them for statements of their own, such as withheld budgets.
    """
    names = Names(site, reading.indicators)
    tables = tables_of(reading.indicators)
    known = {key: _known(site, reading.indicators[key], derived[key]) for key in tables}
    reader = _Reader(names, known, [make(names) for make in stated])
    if known or stated:
        for mention in scan(folder, reader.wants):
            reader.add(mention)
    return [*reader.problems, *reader.listed(), *_attack(site, reading, reader.extra)]


class _Reader:
    """Collects what is wrong about the mentions of a site.

    problems: what is wrong. said: by text, the cells that it stands beside, each with what is to be read there, if anything.
    """

    def __init__(self, names: Names, known: Mapping[str, _Known], stated: Sequence[Statements]) -> None:
        self.names = names
        self.known = known
        self.stated = stated
        self.problems: list[Diagnostic] = []
        self.said: dict[str, list[tuple[CellKey, Diagnostic | None]]] = {}
        self.extra: Counted = {}
        self._words = within(names.indicator_words)
        self._titles = within(names.titles)

    def wants(self, name: str, data: bytes) -> bool:
        """Tell whether a file could be about an indicator or a withheld budget."""
        # An id can be a common word, so in pages only titles and the address tell.
        pattern = self._titles if name.endswith(".html") else self._words
        text = data.decode("utf-8", errors="replace").casefold()
        if self._words.search(name) or pattern.search(text):
            return True
        return any(one.wants(name, text) for one in self.stated)

    def add(self, mention: Mention | Unread) -> None:
        """Judge one mention and note what is wrong about it, or what a person has to read."""
        if isinstance(mention, Unread):
            self.problems.append(diagnostic("datei-unlesbar", Position(mention.file), reason=mention.reason))
            return
        told = [one.judge(mention) for one in self.stated]
        self.problems += [problem for problem in told if problem is not None]
        if mention.structured or len(mention.text) < 60:
            self._judge(mention)
            return
        # The next sentence may speak of another area.
        for part in _SENTENCE.split(mention.text):
            if holds_number(part):
                self._judge(replace(mention, text=part, context=(mention.text, *mention.context)))

    def _judge(self, mention: Mention) -> None:
        """Judge a sentence, or a cell of a table, beside every cell of figures that it is about."""
        reference = _reference_of(self.names, self.known, mention)
        if reference is None:
            return
        facts = reference.facts
        for cell in reference.cells:
            problem = None
            if cell in facts.secret and reference.numbers:
                problem = _beside_secret(self.names, reference, cell, mention)
            elif cell not in facts.there:
                if reference.explicit and mention.structured and reference.numbers:
                    _note_count(facts, reference.key, cell, reference.numbers[0], mention, self.extra)
                continue
            if problem is not None and reference.bare:
                self.problems.append(problem)
            else:
                self.said.setdefault(mention.text, []).append((cell, problem))

    def listed(self) -> list[Diagnostic]:
        """Return the sentences to read: those that stand only beside secret cells, and beside few of them.

        A text that stands word for word beside a published cell, too, or beside many cells, says nothing of a single one.
        """
        found = []
        for every in self.said.values():
            problems = [problem for _, problem in every if problem is not None]
            cells = {cell for cell, _ in every}
            if len(problems) == len(every) and len(cells) < SEVERAL:
                found += problems
        return found


def _known(site: Site, folder: IndicatorFolder, series: Series) -> _Known:
    """Collect what an indicator publishes; `series` are its cells as the site shows them."""
    item = folder.indicator
    rows = folder.table.rows if folder.table is not None else ()
    there = set()
    secret: dict[CellKey, int | None] = {}
    for row in rows:
        cell = (row.space, row.period, row.breakdown)
        there.add(cell)
        if row.status is Status.SECRET:
            secret[cell] = None if row.denominator is None else int(row.denominator)
    periods = tuple(sorted({row.period for row in rows}))
    per = int(item.per)
    values = tuple(_value_words(breakdown) for breakdown in item.breakdowns)
    named = set().union(*values)
    return _Known(
        item,
        secret,
        frozenset(there),
        periods,
        frozenset({Decimal(per), Decimal(0)} | _numbers_of_rows(rows, per) | _bounds(series)),
        frozenset(_spoken(item) | _limits(item.disclosure) | _limits(site.config.disclosure)),
        any_of(
            # A name that begins with a digit may be a count.
            {
                *periods,
                *(name for name in named if not name[0].isdigit()),
                *_nouns(f"{item.title} {item.numerator} {item.unit or ''}"),
            },
            re.IGNORECASE,
        ),
        values,
    )


def _numbers_of_rows(rows: Iterable[ValueRow], per: int) -> set[Decimal]:
    """Return the counts of a table and its rates, these with none to three decimals."""
    found: set[Decimal] = set()
    for row in rows:
        found |= {value for value in (row.numerator, row.denominator) if value is not None}
        if row.numerator is not None and row.denominator:
            found |= _rounded(row.numerator / row.denominator * per)
    return found


def _bounds(series: Series) -> set[Decimal]:
    """Return the ends of all intervals, with none to three decimals."""
    found: set[Decimal] = set()
    for cell in series.cells.values():
        for bound in (cell.low, cell.high):
            if bound is not None:
                found |= _rounded(Decimal(str(bound)))
    return found


def _rounded(value: Decimal) -> set[Decimal]:
    return {round(value, places) for places in range(4)}


def _spoken(item: Indicator) -> set[Decimal]:
    """Return the numbers in the words of a definition."""
    texts = (item.title, item.says, item.numerator, item.denominator, item.unit, item.note)
    said = " ".join(text for text in texts if text)
    return {Decimal(number) for number in re.findall(r"\d+", said)}


def _limits(rule: DisclosureRule | Thresholds) -> set[Decimal]:
    """Return the thresholds of a rule: pages name them, and they are nobody's figure."""
    limits = (rule.threshold, rule.minimum_denominator, rule.minimum_population)
    return {Decimal(limit) for limit in limits if limit is not None}


def _value_words(breakdown: Breakdown) -> dict[str, str]:
    """Return the ids of a breakdown's values by every name of them, in lower case."""
    found = {}
    for one in breakdown.values:
        for word in (one.id, one.name, one.name_en):
            if word:
                found[word.casefold()] = one.id
    return found


def _nouns(text: str) -> set[str]:
    """Return the German nouns of a text in lower case: words with a capital."""
    return {word.lower() for word in re.findall(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}", text)}


@dataclass(frozen=True)
class _Reference:
    """Which cells of an indicator a mention is about.

    explicit: the text or what stands right around it says so, not merely its page. numbers: those in it that could be figures.
    bare: nothing stands beside them but names of the cell.
    """

    key: str
    facts: _Known
    cells: tuple[CellKey, ...]
    explicit: bool
    numbers: tuple[Number, ...]
    bare: bool


def _reference_of(names: Names, known: Mapping[str, _Known], mention: Mention) -> _Reference | None:
    """Return what a mention is about; None where it is about no indicator, or its column holds no figures."""
    named = _indicator_and_areas(names, known, mention)
    if named is None:
        return None
    key, spaces, explicit = named
    if mention.loose and len(spaces) > 1:
        # Which number belongs to which area, only the pieces of the box tell; each is a mention of its own.
        return None
    if _NO_FIGURE_WITHIN.search(mention.heading) or _NO_FIGURE.fullmatch(mention.heading):
        return None
    facts = known[key]
    layers = (mention.text, *mention.context, *mention.page)
    dated = nearest(any_of(facts.periods), {item: item for item in facts.periods}, layers)
    period = max(dated, default=facts.periods[-1])
    values = _breakdown(facts, [layer.casefold() for layer in layers])
    # Addresses and names hold numbers that are no figures: „Schule 4“.
    left = facts.words.sub(" ", names.as_written.sub(" ", ADDRESSES.sub(" ", mention.text)))
    cells = tuple((space, period, values) for space in spaces)
    return _Reference(key, facts, cells, explicit, numbers(left), is_bare(left))


def _beside_secret(names: Names, reference: _Reference, cell: CellKey, mention: Mention) -> Diagnostic | None:
    """Say what is wrong about the numbers that a mention shows of a secret cell; None where nothing is."""
    if _of_offers(mention):
        return None
    if all(_explained(reference, cell, number, mention) for number in reference.numbers):
        return None
    return diagnostic(
        "zahl-auf-der-seite" if reference.bare else "zahl-im-satz",
        Position(mention.file, mention.line),
        cell=cell_name(names.site, reference.facts.indicator, cell),
        value=mention.text.replace(f"{APART} ", "")[:80],
    )


def _of_offers(mention: Mention) -> bool:
    """Tell whether what stands around a number says that it counts offers, not people."""
    return mention.structured and any(OFFERS.search(item) for item in mention.context[:4])


def _indicator_and_areas(
    names: Names, known: Mapping[str, _Known], mention: Mention
) -> tuple[str, list[str], bool] | None:
    """Return the indicator and the areas that a mention is about, and whether that is explicit; None where it is about no indicator.

    It is explicit when the mention itself names one of the two and its page the other. Where the page names both, they have
    to stand together: a town's name stands on all of its pages. Where no area is named, the mention is about the whole town.
    """
    layers = [layer.casefold() for layer in (mention.text, *mention.context)]
    page = [names.boilerplate.sub(" ", layer.casefold()) for layer in mention.page]
    file = mention.file.replace("/", " ").casefold()
    titled = nearest(names.indicator_pattern, names.indicator_words, layers)
    named_itself = bool(titled)
    titled = titled or nearest(names.indicator_pattern, names.indicator_words, [*page, file])
    if not titled or titled[0] not in known:
        return None
    spaces = nearest(names.space_pattern, names.space_words, layers)
    if spaces:
        return titled[0], spaces, True
    spaces = nearest(names.space_pattern, names.space_words, page)
    if spaces:
        together = any(
            names.space_pattern.search(layer) and names.indicator_pattern.search(layer) for layer in page
        )
        return titled[0], spaces, named_itself or together
    return titled[0], list(names.roots), False


def _explained(reference: _Reference, cell: CellKey, number: Number, mention: Mention) -> bool:
    """Tell whether a number beside a secret cell says nothing of it.

    So does its denominator, and what is too large for it; in a sentence also what the indicator publishes or its definition names.
    A bare number that is published does where several areas, or none by name, are spoken of, and where it stands with its
    interval: it is then that of another cell.
    """
    facts, denominator = reference.facts, reference.facts.secret[cell]
    if denominator in number or (
        denominator is not None and min(number) > max(denominator, int(facts.indicator.per))
    ):
        return True
    if not reference.bare:
        return not (facts.shown | facts.spoken).isdisjoint(number)
    if facts.shown.isdisjoint(number):
        return False
    several = len(reference.cells) > 1 or not reference.explicit
    return several or _is_value_with_interval(reference, mention)


def _is_value_with_interval(reference: _Reference, mention: Mention) -> bool:
    """Tell whether a text is nothing but a published value with its interval; it is that of another cell, and with words it would say of which."""
    if len(reference.numbers) < 2 or re.search(r"[^\W\d_]", mention.text):
        return False
    return not any(reference.facts.shown.isdisjoint(number) for number in reference.numbers)


def _note_count(
    facts: _Known,
    key: str,
    cell: CellKey,
    number: Number,
    mention: Mention,
    extra: Counted,
) -> None:
    """Add to `extra` the count that the site shows of a cell which no table has, or that its rate gives away."""
    value = number[-1]
    if COUNTED.search(mention.heading) and value == int(value):
        extra.setdefault((key, cell), (int(value), mention.file))
        return
    if facts.indicator.denominator is None or not RATED.search(mention.heading):
        return
    periods = {int(period) for period in facts.periods if period.isdigit()}
    for below in sorted(_whole_numbers(mention.context[:2]) - periods):
        half = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))) / 2
        fits = counts_behind(value, half, below, int(facts.indicator.per))
        if len(fits) == 1 and fits[0] <= below:
            extra.setdefault((key, cell), (fits[0], mention.file))


def _whole_numbers(texts: Iterable[str]) -> set[int]:
    """Return the numbers of two to seven digits that stand in texts by themselves."""
    return set(map(int, re.findall(r"(?<![\d.,])\d{2,7}(?![\d.,])", "\n".join(texts))))


def _breakdown(facts: _Known, layers: list[str]) -> tuple[str, ...]:
    """Return the breakdown value that the nearest text names; the whole where it names none or several."""
    named = [nearest(any_of(words), words, layers) for words in facts.values]
    return tuple(found[0] if len(found) == 1 else "" for found in named)


def _attack(site: Site, reading: Reading, extra: Counted) -> list[Diagnostic]:
    """Attack the committed tables together with counts that only the site shows (`extra`), such as further sums."""
    if not extra:
        return []
    facts = published(site, reading)
    statements = []
    for (key, cell), (count, file) in sorted(extra.items()):
        counted = numerator_key(site.indicators, site.indicators[key], cell)
        statements.append(Statement(((counted, 1.0),), count, count, file))
    first = Position(next(file for _, file in extra.values()))
    leaks = [item for item in audit(facts, statements) if item.interval is not None and not item.released]
    return [given_away(site, item, first) for item in leaks]
