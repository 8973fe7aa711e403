"""A built site and the committed tables in; every number that stands where the tables keep it secret out.

A text is about a cell when what stands around it names the indicator, the area, the period and the breakdown; the nearest
name counts. In tables and data any number about a secret cell is reported but its public denominator; in prose a number that says
whom it counts, and any other that no published cell explains. What measures something else (`check/numbers.py`) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.cell_names import cell_name, key_name
from generator.disclosure.counted_measures import numerator_key
from generator.disclosure.engine import Statement
from generator.disclosure.gates.committed import published
from generator.disclosure.numbers_in_text import ADDRESSES, APART, Number, holds_number, numbers
from generator.disclosure.site_audit.amounts import WithheldBudgets
from generator.disclosure.site_audit.mention import Mention
from generator.disclosure.site_audit.scanner import Unread, scan
from generator.disclosure.site_audit.spoken_names import Names, any_of, nearest, within
from generator.disclosure.table_audit import audit
from generator.model.cells import CellKey, Series, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicators import IndicatorFolder, tables_of
from generator.read.project import Reading

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


def audit_site(
    site: Site,
    reading: Reading,
    derived: Mapping[str, Series],
    folder: Path,
    withheld: Mapping[str, Iterable[str]] | None = None,
) -> list[Diagnostic]:
    """Read the built site back and return what it shows of secret cells, by itself or together with the tables.

    `derived` holds each indicator's cells as a site shows them (`committed_series`), `withheld` the budgets that can't be
    computed from them, with their areas.
    """
    names = Names(site, reading.indicators)
    budgets = WithheldBudgets(names, withheld or {})
    tables = tables_of(reading.indicators)
    known = {key: _known(site, reading.indicators[key], derived[key]) for key in tables}
    found: list[Diagnostic] = []
    said: dict[str, list[tuple[CellKey, Diagnostic | None]]] = {}
    extra: dict[tuple[str, CellKey], tuple[int, str]] = {}
    words, titles = within(names.indicator_words), within(names.titles)

    def wanted(name: str, data: bytes) -> bool:
        # An id can be a common word, so in pages only titles and the address tell.
        pattern = titles if name.endswith(".html") else words
        text = data.decode("utf-8", errors="replace").casefold()
        return bool(words.search(name) or pattern.search(text)) or budgets.wants(name, text)

    for mention in scan(folder, wanted) if known or withheld else ():
        if isinstance(mention, Unread):
            found.append(diagnostic("datei-unlesbar", Position(mention.file), reason=mention.reason))
            continue
        if (amount := budgets.judge(mention)) is not None:
            found.append(amount)
        for cell, problem, firm in _judge(names, known, mention, extra):
            if problem is not None and firm:
                found.append(problem)
            else:
                said.setdefault(mention.text, []).append((cell, problem))
    # What is said word for word about published cells too tells nothing of a secret one.
    for beside in said.values():
        if all(problem is not None for _, problem in beside) and len({cell for cell, _ in beside}) < SEVERAL:
            found += [problem for _, problem in beside if problem is not None]
    return [*found, *_attack(site, reading, extra)]


def _known(site: Site, folder: IndicatorFolder, series: Series) -> _Known:
    table, item = folder.table, folder.indicator
    rows = table.rows if table is not None else ()
    values: set[Decimal] = {Decimal(int(item.per)), Decimal(0)}
    for row in rows:
        values |= {value for value in (row.numerator, row.denominator) if value is not None}
        if row.numerator is not None and row.denominator:
            rate = row.numerator / row.denominator * int(item.per)
            values |= {round(rate, places) for places in range(4)}
    for cell in series.cells.values():
        bounds = [Decimal(str(bound)) for bound in (cell.low, cell.high) if bound is not None]
        values |= {round(bound, places) for bound in bounds for places in range(4)}
    rule, town = item.disclosure, site.config.disclosure
    said = " ".join(
        filter(None, (item.title, item.says, item.numerator, item.denominator, item.unit, item.note))
    )
    spoken = {Decimal(number) for number in re.findall(r"\d+", said)}
    limits = (
        rule.threshold,
        rule.minimum_denominator,
        rule.minimum_population,
        town.threshold,
        town.minimum_denominator,
        town.minimum_population,
    )
    spoken |= {Decimal(limit) for limit in limits if limit is not None}
    return _Known(
        item,
        {
            (row.space, row.period, row.breakdown): None if row.denominator is None else int(row.denominator)
            for row in rows
            if row.status is Status.SECRET
        },
        frozenset((row.space, row.period, row.breakdown) for row in rows),
        tuple(sorted({row.period for row in rows})),
        frozenset(values),
        frozenset(_nouns(f"{item.title} {item.numerator} {item.unit or ''}")),
        frozenset(_nouns(f"{item.title} {item.unit or ''}")),
        frozenset(spoken),
        tuple(
            {
                word.casefold(): one.id
                for one in item.values
                for word in (one.id, one.name, one.name_en)
                if word
            }
            for item in folder.indicator.breakdowns
        ),
    )


def _nouns(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}", text)} - _TIMES


def _judge(
    names: Names,
    known: Mapping[str, _Known],
    mention: Mention,
    extra: dict[tuple[str, CellKey], tuple[int, str]],
) -> list[tuple[CellKey, Diagnostic | None, bool]]:
    """Return the cells that a mention is about, each with what is wrong about it and whether its words are plain."""
    if mention.structured or len(mention.text) < 60:
        return _judge_one(names, known, mention, extra)
    # Each sentence for itself: the next may speak of another area.
    parts = [part for part in _SENTENCE.split(mention.text) if holds_number(part)]
    return [
        found
        for part in parts
        for found in _judge_one(
            names, known, replace(mention, text=part, context=(mention.text, *mention.context)), extra
        )
    ]


def _judge_one(
    names: Names,
    known: Mapping[str, _Known],
    mention: Mention,
    extra: dict[tuple[str, CellKey], tuple[int, str]],
) -> list[tuple[CellKey, Diagnostic | None, bool]]:
    about = _about(names, known, mention)
    if about is None:
        return []
    key, spaces, near = about
    if mention.loose and len(spaces) > 1:
        # Whose number is whose tell only the pieces.
        return []
    facts = known[key]
    layers = (mention.text, *mention.context, *mention.page)
    dated = nearest(any_of(facts.periods), {item: item for item in facts.periods}, layers)
    period = max(dated, default=facts.periods[-1])
    values = _breakdown(facts, [layer.casefold() for layer in layers])
    cells = [(space, period, values) for space in spaces]
    if mention.heading and (_ABOUT.search(mention.heading) or _NAMED.fullmatch(mention.heading)):
        return []
    shown = numbers(_without_names(names, mention.text), facts.counted, facts.own, facts.spoken)
    found: list[tuple[CellKey, Diagnostic | None, bool]] = []
    for cell in cells:
        if cell in facts.secret and shown:
            open_ = [
                number
                for number in shown
                if not _explained(facts, cell, number, shown, mention, others=len(cells) > 1 or not near)
                and (near or number.firm)
            ]
            if not open_ or (mention.structured and any(OFFERS.search(item) for item in mention.context[:4])):
                found.append((cell, None, False))
            else:
                name = cell_name(names.site, facts.indicator, cell)
                line = int(match[1]) if (match := re.search(r"Zeile (\d+)", mention.place)) else 1
                place = Position(mention.file, line)
                problem = diagnostic(
                    "zahl-auf-der-seite", place, cell=name, value=mention.text.replace(f"{APART} ", "")[:80]
                )
                found.append((cell, problem, any(number.firm for number in open_)))
        elif cell not in facts.there and near and mention.structured and shown:
            _note_sum(facts, key, cell, shown[0], mention, extra)
        elif cell in facts.there:
            found.append((cell, None, False))
    return found


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


def _explained(
    facts: _Known, cell: CellKey, number: Number, shown: tuple[Number, ...], mention: Mention, *, others: bool
) -> bool:
    """Whether a number beside a secret cell is its period or denominator, or nothing that its cell could be.

    In an open sentence, where several areas are named or none, also any published number.
    """
    denominator = facts.secret[cell]
    if any(value == denominator or str(value) in facts.periods for value in number.values):
        return True
    if denominator is not None:
        most = max(denominator, int(facts.indicator.per))
        if all(value > most for value in number.values):
            return True
    published = any(value in facts.numbers for value in number.values)
    if others or not (mention.structured or number.firm):
        return published
    # A value with its interval, as it is published of another cell; words would say of which.
    return (
        published
        and len(shown) > 1
        and not re.search(r"[^\W\d_]", mention.text)
        and all(any(value in facts.numbers for value in item.values) for item in shown)
    )


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
    elif RATED.search(mention.heading) and facts.indicator.denominator is not None:
        beside = {
            int(word)
            for item in mention.context[:2]
            for word in re.findall(r"(?<![\d.,])\d{2,7}(?![\d.,])", item)
        }
        places = max(0, -int(value.as_tuple().exponent))
        for below in sorted(beside - {int(period) for period in facts.periods if period.isdigit()}):
            per = int(facts.indicator.per)
            count = round(value * below / per)
            fits = [
                one
                for one in (count - 1, count, count + 1)
                if 0 <= one <= below and round(Decimal(one * per) / below, places) == value
            ]
            if len(fits) == 1:
                extra.setdefault((key, cell), (fits[0], mention.file))


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
