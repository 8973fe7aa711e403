"""A built site and the committed tables in; every number that stands where the tables keep it secret out.

A text is about a cell when what stands around it names the indicator, the area, the period and the breakdown; the nearest
name counts. In tables and data any number about a secret cell is reported but its public denominator; in prose a number that says
whom it counts, and any other that no published cell explains. What measures something else (`check/numbers.py`) is none.
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
from generator.disclosure.cell_names import cell_name, key_name
from generator.disclosure.counted_measures import numerator_key
from generator.disclosure.engine import Statement
from generator.disclosure.gates.committed import published
from generator.disclosure.numbers_in_text import ADDRESSES, APART, Number, holds_number, numbers
from generator.disclosure.site_audit.mention import Mention
from generator.disclosure.site_audit.scanner import Unread, scan
from generator.disclosure.site_audit.spoken_names import Names, any_of, nearest, within
from generator.disclosure.table_audit import audit
from generator.model.cells import CellKey, Series, Status
from generator.model.config import Thresholds
from generator.model.indicator import Breakdown, DisclosureRule, Indicator
from generator.model.site import Site
from generator.read.indicators import IndicatorFolder, tables_of
from generator.read.project import Reading
from generator.read.values import ValueRow

# A sentence that stands beside this many cells is about none of them.
SEVERAL = 4
# Columns, keys and properties that say something about the area, the page or the definition, never about who was counted.
_ABOUT = re.compile(
    r"\b(?:nenner|denominator|zeitraum|period|schlüssel|kennung|gebietsschlüssel|stand|datum|date|ausgabe|release|sha256|sha|"
    r"geometry|coordinates|bbox|latitude|longitude|lat|lon|lng|breitengrad|längengrad)\b"
    r"|:(?:width|height|alt-length)\Z|[-_ ](?:width|height|id|code|px|size)\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(
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
_TIMES = {"jahr", "jahre", "jahren", "jahres", "monat", "dezember"}
_SENTENCE = re.compile(r"(?<=[a-zäöüß%)»“0-9][.!?])\s+(?=[A-ZÄÖÜ„»(])")


@dataclass(frozen=True)
class _Known:
    """What one indicator publishes: which cells are secret (with their denominators), and every number that may be shown.

    `counted` are the nouns that it counts, `own` those of its title and unit, `spoken` the numbers of its definition.
    """

    indicator: Indicator
    secret: Mapping[CellKey, int | None]
    there: frozenset[CellKey]
    periods: tuple[str, ...]
    numbers: frozenset[Decimal]
    counted: frozenset[str]
    own: frozenset[str]
    spoken: frozenset[Decimal]
    values: tuple[Mapping[str, str], ...]


class Statements(Protocol):
    """What reads a site for statements about figures that no table of an indicator holds."""

    def wants(self, name: str, text: str) -> bool:
        """Tell whether a file, by its path and its text in lower case, could hold one."""

    def judge(self, mention: Mention) -> Diagnostic | None:
        """Return what is wrong about a mention; None where nothing is."""


_Judged = tuple[CellKey, Diagnostic | None, bool]
"""A cell, what is wrong about what is said of it, and whether the words are plain."""


def audit_site(
    site: Site,
    reading: Reading,
    derived: Mapping[str, Series],
    folder: Path,
    stated: Sequence[Callable[[Names], Statements]] = (),
) -> list[Diagnostic]:
    """Read the built site back and return what it shows of secret cells, by itself or together with the tables.

    `derived` holds each indicator's cells as a site shows them (`committed_series`); `stated` makes the readers of what else says
    something of them: budgets that can't be computed.
    """
    names = Names(site, reading.indicators)
    tables = tables_of(reading.indicators)
    known = {key: _known(site, reading.indicators[key], derived[key]) for key in tables}
    reader = _Reader(names, known, [make(names) for make in stated])
    if known or stated:
        for mention in scan(folder, reader.wants):
            reader.hear(mention)
    return [*reader.problems, *reader.told_of_no_other(), *_attack(site, reading, reader.extra)]


class _Reader:
    """Takes every mention of a site and keeps what is wrong about it.

    problems: what is wrong whatever else is said. said: by text, the cells that it is about, each with what would be wrong.
    extra: counts of cells that no table has, each with the file that shows it first.
    """

    def __init__(self, names: Names, known: Mapping[str, _Known], stated: Sequence[Statements]) -> None:
        self.names = names
        self.known = known
        self.stated = stated
        self.problems: list[Diagnostic] = []
        self.said: dict[str, list[tuple[CellKey, Diagnostic | None]]] = {}
        self.extra: dict[tuple[str, CellKey], tuple[int, str]] = {}
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

    def hear(self, mention: Mention | Unread) -> None:
        """Keep what is wrong about one mention."""
        if isinstance(mention, Unread):
            self.problems.append(diagnostic("datei-unlesbar", Position(mention.file), reason=mention.reason))
            return
        for one in self.stated:
            problem = one.judge(mention)
            if problem is not None:
                self.problems.append(problem)
        for cell, problem, firm in _judge(self.names, self.known, mention, self.extra):
            if problem is not None and firm:
                self.problems.append(problem)
            else:
                self.said.setdefault(mention.text, []).append((cell, problem))

    def told_of_no_other(self) -> list[Diagnostic]:
        """Return what is wrong about texts of which none is said word for word about published cells, too."""
        found = []
        for beside in self.said.values():
            problems = [problem for _, problem in beside if problem is not None]
            cells = {cell for cell, _ in beside}
            if len(problems) == len(beside) and len(cells) < SEVERAL:
                found += problems
        return found


def _known(site: Site, folder: IndicatorFolder, series: Series) -> _Known:
    """Collect what an indicator publishes; `series` are its cells as the site shows them."""
    item = folder.indicator
    rows = folder.table.rows if folder.table is not None else ()
    per = Decimal(int(item.per))
    there = set()
    secret: dict[CellKey, int | None] = {}
    for row in rows:
        cell = (row.space, row.period, row.breakdown)
        there.add(cell)
        if row.status is Status.SECRET:
            secret[cell] = None if row.denominator is None else int(row.denominator)
    return _Known(
        item,
        secret,
        frozenset(there),
        tuple(sorted({row.period for row in rows})),
        frozenset({per, Decimal(0)} | _numbers_of_rows(rows, int(per)) | _bounds(series)),
        frozenset(_nouns(f"{item.title} {item.numerator} {item.unit or ''}")),
        frozenset(_nouns(f"{item.title} {item.unit or ''}")),
        frozenset(_spoken(item) | _limits(item.disclosure) | _limits(site.config.disclosure)),
        tuple(_value_words(breakdown) for breakdown in item.breakdowns),
    )


def _numbers_of_rows(rows: Iterable[ValueRow], per: int) -> set[Decimal]:
    """Return the counts of a table and its rates, these with none to three decimals."""
    found: set[Decimal] = set()
    for row in rows:
        found |= {value for value in (row.numerator, row.denominator) if value is not None}
        if row.numerator is not None and row.denominator:
            rate = row.numerator / row.denominator * per
            found |= {round(rate, places) for places in range(4)}
    return found


def _bounds(series: Series) -> set[Decimal]:
    """Return the ends of all intervals, with none to three decimals."""
    found: set[Decimal] = set()
    for cell in series.cells.values():
        for bound in (cell.low, cell.high):
            if bound is not None:
                found |= {round(Decimal(str(bound)), places) for places in range(4)}
    return found


def _spoken(item: Indicator) -> set[Decimal]:
    """Return the numbers in the words of a definition."""
    texts = (item.title, item.says, item.numerator, item.denominator, item.unit, item.note)
    said = " ".join(text for text in texts if text)
    return {Decimal(number) for number in re.findall(r"\d+", said)}


def _limits(rule: DisclosureRule | Thresholds) -> set[Decimal]:
    """Return the least numbers below which nothing is shown."""
    limits = (rule.threshold, rule.minimum_denominator, rule.minimum_population)
    return {Decimal(limit) for limit in limits if limit is not None}


def _value_words(breakdown: Breakdown) -> dict[str, str]:
    """Return by which words, in lower case, the values of a breakdown are called, with their ids."""
    found = {}
    for one in breakdown.values:
        for word in (one.id, one.name, one.name_en):
            if word:
                found[word.casefold()] = one.id
    return found


def _nouns(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}", text)} - _TIMES


def _judge(
    names: Names,
    known: Mapping[str, _Known],
    mention: Mention,
    extra: dict[tuple[str, CellKey], tuple[int, str]],
) -> list[_Judged]:
    """Return the cells that a mention is about, each with what is wrong about it and whether its words are plain."""
    if mention.structured or len(mention.text) < 60:
        return _judge_one(names, known, mention, extra)
    # Each sentence for itself: the next may speak of another area.
    found: list[_Judged] = []
    for part in _SENTENCE.split(mention.text):
        if holds_number(part):
            sentence = replace(mention, text=part, context=(mention.text, *mention.context))
            found += _judge_one(names, known, sentence, extra)
    return found


def _judge_one(
    names: Names,
    known: Mapping[str, _Known],
    mention: Mention,
    extra: dict[tuple[str, CellKey], tuple[int, str]],
) -> list[_Judged]:
    subject = _subject(names, known, mention)
    if subject is None:
        return []
    facts, shown = subject.facts, subject.shown
    found: list[_Judged] = []
    for cell in subject.cells:
        if cell in facts.secret and shown:
            found.append(_beside_secret(names, subject, cell, mention))
        elif cell in facts.there:
            found.append((cell, None, False))
        elif subject.near and mention.structured and shown:
            _note_sum(facts, subject.key, cell, shown[0], mention, extra)
    return found


@dataclass(frozen=True)
class _Topic:
    """What a mention is about: an indicator and some of its cells.

    near: whether the text says so itself. shown: the numbers in it that could be figures.
    """

    key: str
    facts: _Known
    cells: tuple[CellKey, ...]
    near: bool
    shown: tuple[Number, ...]


def _subject(names: Names, known: Mapping[str, _Known], mention: Mention) -> _Topic | None:
    """Return what a mention is about; None where it is about no indicator, or its column holds no figures."""
    about = _about(names, known, mention)
    if about is None:
        return None
    key, spaces, near = about
    if mention.loose and len(spaces) > 1:
        # Whose number is whose tell only the pieces.
        return None
    if _ABOUT.search(mention.heading) or _NAMED.fullmatch(mention.heading):
        return None
    facts = known[key]
    layers = (mention.text, *mention.context, *mention.page)
    dated = nearest(any_of(facts.periods), {item: item for item in facts.periods}, layers)
    period = max(dated, default=facts.periods[-1])
    values = _breakdown(facts, [layer.casefold() for layer in layers])
    shown = numbers(_without_names(names, mention.text), facts.counted, facts.own, facts.spoken)
    cells = tuple((space, period, values) for space in spaces)
    return _Topic(key, facts, cells, near, shown)


def _beside_secret(names: Names, subject: _Topic, cell: CellKey, mention: Mention) -> _Judged:
    """Judge the numbers that a mention shows of a secret cell."""
    unexplained = [
        number
        for number in subject.shown
        if (subject.near or number.firm) and not _explained(subject, cell, number, mention)
    ]
    if not unexplained or _of_offers(mention):
        return cell, None, False
    problem = diagnostic(
        "zahl-auf-der-seite",
        Position(mention.file, mention.line),
        cell=cell_name(names.site, subject.facts.indicator, cell),
        value=mention.text.replace(f"{APART} ", "")[:80],
    )
    return cell, problem, any(number.firm for number in unexplained)


def _of_offers(mention: Mention) -> bool:
    """Whether what stands around a number says that offers are counted."""
    return mention.structured and any(OFFERS.search(item) for item in mention.context[:4])


def _about(names: Names, known: Mapping[str, _Known], mention: Mention) -> tuple[str, list[str], bool] | None:
    """Return the indicator and the areas that a mention is about, and whether it says so itself or only its page does.

    The page's word is enough for one of the two; where it must say both, they have to stand together: a town's name
    stands on all of its pages. Whoever names no area speaks of the whole.
    """
    near = [layer.casefold() for layer in (mention.text, *mention.context)]
    page = [names.boilerplate.sub(" ", layer.casefold()) for layer in mention.page]
    file = mention.file.replace("/", " ").casefold()
    titled = nearest(names.indicator_pattern, names.indicator_words, near)
    own = bool(titled)
    titled = titled or nearest(names.indicator_pattern, names.indicator_words, [*page, file])
    if not titled or titled[0] not in known:
        return None
    spaces = nearest(names.space_pattern, names.space_words, near)
    if spaces:
        return titled[0], spaces, True
    spaces = nearest(names.space_pattern, names.space_words, page)
    if spaces:
        together = any(
            names.space_pattern.search(layer) and names.indicator_pattern.search(layer) for layer in page
        )
        return titled[0], spaces, own or together
    return titled[0], list(names.roots), False


def _is_above(number: Number, most: int | Decimal) -> bool:
    return all(value > most for value in number.values)


def _explained(subject: _Topic, cell: CellKey, number: Number, mention: Mention) -> bool:
    """Whether a number beside a secret cell is its period or denominator, or nothing that its cell could be.

    In an open sentence, where several areas are named or none, also any published number.
    """
    facts = subject.facts
    if _is_no_count(facts, facts.secret[cell], number):
        return True
    if not _is_published(facts, number):
        return False
    several = len(subject.cells) > 1 or not subject.near
    plain = not (mention.structured or number.firm)
    return several or plain or _is_value_with_interval(subject, mention)


def _is_no_count(facts: _Known, denominator: int | None, number: Number) -> bool:
    """Whether a number is a period, the denominator of a cell, or more than the cell could be."""
    if any(value == denominator or str(value) in facts.periods for value in number.values):
        return True
    return denominator is not None and _is_above(number, max(denominator, int(facts.indicator.per)))


def _is_published(facts: _Known, number: Number) -> bool:
    return any(value in facts.numbers for value in number.values)


def _is_value_with_interval(subject: _Topic, mention: Mention) -> bool:
    """Whether a text is a value with its interval, as it is published of another cell; words would say of which."""
    if len(subject.shown) < 2 or re.search(r"[^\W\d_]", mention.text):
        return False
    return all(_is_published(subject.facts, number) for number in subject.shown)


def _note_sum(
    facts: _Known,
    key: str,
    cell: CellKey,
    number: Number,
    mention: Mention,
    extra: dict[tuple[str, CellKey], tuple[int, str]],
) -> None:
    """Note what the site says of a cell that the table doesn't have: a count, or a rate that gives it away."""
    value = number.values[-1]
    if COUNTED.search(mention.heading) and value == int(value):
        extra.setdefault((key, cell), (int(value), mention.file))
        return
    if facts.indicator.denominator is None or not RATED.search(mention.heading):
        return
    periods = {int(period) for period in facts.periods if period.isdigit()}
    for below in sorted(_whole_numbers(mention.context[:2]) - periods):
        fits = _counts_behind(value, below, int(facts.indicator.per))
        if len(fits) == 1:
            extra.setdefault((key, cell), (fits[0], mention.file))


def _whole_numbers(texts: Iterable[str]) -> set[int]:
    """Return the numbers of two to seven digits that stand in texts by themselves."""
    found: set[int] = set()
    for text in texts:
        found.update(int(word) for word in re.findall(r"(?<![\d.,])\d{2,7}(?![\d.,])", text))
    return found


def _counts_behind(rate: Decimal, below: int, per: int) -> list[int]:
    """Return the counts that make a rate, as exactly as it is written, of a denominator."""
    places = max(0, -int(rate.as_tuple().exponent))
    near = round(rate * below / per)
    possible = range(max(0, near - 1), min(below, near + 1) + 1)
    return [one for one in possible if round(Decimal(one * per) / below, places) == rate]


def _breakdown(facts: _Known, layers: list[str]) -> tuple[str, ...]:
    """Return the breakdown value that the nearest text names; the whole where it names none or several."""
    named = [nearest(any_of(words), words, layers) for words in facts.values]
    return tuple(found[0] if len(found) == 1 else "" for found in named)


def _without_names(names: Names, text: str) -> str:
    text = ADDRESSES.sub(" ", text)
    return names.as_written.sub(" ", text)


def _attack(
    site: Site, reading: Reading, extra: Mapping[tuple[str, CellKey], tuple[int, str]]
) -> list[Diagnostic]:
    """Attack the tables together with counts that only the site shows, such as further sums."""
    if not extra:
        return []
    facts = published(site, reading)
    statements = []
    for (key, cell), (count, file) in sorted(extra.items()):
        counted = numerator_key(site.indicators, site.indicators[key], cell)
        statements.append(Statement(((counted, 1.0),), count, count, file))
    found = []
    for item in audit(facts, statements):
        if item.released or item.interval is None:
            continue
        by = "; ".join([*item.evidence.sources, *(key_name(site, key) for key in item.evidence.cells)][:4])
        what = f"sie liegt zwischen {round(item.interval.low)} und {item.interval.high:.0f}"
        name = f"„{key_name(site, item.key)}“"
        file = next((file for _, file in extra.values()), "")
        found.append(diagnostic("zahl-verraten", Position(file), cell=name, what=what, by=by or "die Seite"))
    return found
