"""A built site and the committed tables in; every number that stands where the tables keep it secret out.

A text is about a cell when what stands around it names the indicator, the area, the period and the breakdown; the nearest
name counts. In tables and data any number about a secret cell is reported but its public denominator; in prose a number
that no published cell explains.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from generator.audit.mention import Mention
from generator.audit.names import Names, any_of, nearest
from generator.audit.scanner import Unread, scan
from generator.check.figures import published
from generator.codes import diagnostic
from generator.derive.audit import audit
from generator.derive.cell_names import cell_name, key_name
from generator.derive.disclosure import Statement
from generator.derive.measures import numerator_key
from generator.diagnostics import Diagnostic, Position
from generator.model.figures import Key, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicators import IndicatorFolder
from generator.read.project import Reading

# A sentence that stands beside this many cells is about none of them.
SEVERAL = 4
NUMBER = re.compile(
    r"(?<![\w.,])-?\d{1,3}(?:[.,\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?![\w])|(?<![\w.,])-?\d+(?:[.,]\d+)?(?!\w)"
)
# Columns that say something about the area, the definition or the denominator, never about who was counted.
HARMLESS = re.compile(
    r"nenner|denominator|einwohner|jahr|zeitraum|period|year|code|schlüssel|kennung|\bid\b|lat|lon|breite|länge|x$|y$|fläche|area|level|ebene|"
    r"tiefe|depth|\bje\b|\bper\b|base|decimals|schwelle|threshold|stand|date|datum|ausgabe|release|order|sha|size|bytes|width|height|geometry|coordinates|bbox",
    re.IGNORECASE,
)
OFFERS = re.compile(r"\bangebote?\b|\boffers?\b", re.IGNORECASE)
# Dates are no counts, and offers or places that are counted are no people.
NO_FIGURE = re.compile(
    r"\b\d+ (?:weitere[snr]? |more )?(?:angebot|offer|ort|place|träger|provider|treffer|hit|gebiet|area)\w*\b|"
    r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.Z+-]*)?|\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|"
    r"\b\d{1,2}\.? (?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-z]*\.? \d{4}",
    re.IGNORECASE,
)
# A value alone, perhaps with a unit; anything longer is prose even where it stands in a table.
VALUE = re.compile(r"\D{0,12}[\d.,\s\u00a0\u202f\u2009–-]+\D{0,14}")
COUNTED = re.compile(r"zähler|numerator|anzahl|count", re.IGNORECASE)


@dataclass(frozen=True)
class _Known:
    """What one indicator publishes: which cells are secret, and every number that may be shown."""

    indicator: Indicator
    secret: Mapping[Key, int | None]
    there: frozenset[Key]
    periods: tuple[str, ...]
    numbers: frozenset[Decimal]
    values: tuple[Mapping[str, str], ...]


def audit_site(site: Site, reading: Reading, folder: Path) -> list[Diagnostic]:
    """Read the built site back and return what it shows of secret cells, by itself or together with the tables."""
    names = Names(site, reading.indicators)
    known = {key: _known(one) for key, one in reading.indicators.items() if one.table is not None}
    found: list[Diagnostic] = []
    said: dict[str, list[tuple[Key, Diagnostic | None]]] = {}
    extra: dict[tuple[str, Key], tuple[int, str]] = {}
    words = re.compile("|".join(re.escape(item) for item in sorted(names.indicator_words) or ["(?!)"]))
    titles = re.compile("|".join(re.escape(item) for item in sorted(names.titles) or ["(?!)"]))

    def wanted(name: str, data: bytes) -> bool:
        # An id can be a common word, so in pages only titles and the address tell.
        pattern = titles if name.endswith(".html") else words
        return bool(words.search(name) or pattern.search(data.decode("utf-8", errors="replace").casefold()))

    for mention in scan(folder, wanted) if known else ():
        if isinstance(mention, Unread):
            found.append(diagnostic("datei-unlesbar", Position(mention.file), reason=mention.reason))
            continue
        for cell, problem in _judge(names, known, mention, extra):
            if VALUE.fullmatch(mention.text):
                found += [problem] if problem is not None else []
            else:
                said.setdefault(mention.text, []).append((cell, problem))
    # What is said word for word about published cells too tells nothing of a secret one.
    for beside in said.values():
        if all(problem is not None for _, problem in beside) and len({cell for cell, _ in beside}) < SEVERAL:
            found += [problem for _, problem in beside if problem is not None]
    return [*found, *_attack(site, reading, extra)]


def _known(folder: IndicatorFolder) -> _Known:
    table = folder.table
    rows = table.rows if table is not None else ()
    numbers: set[Decimal] = {Decimal(int(folder.indicator.per)), Decimal(0)}
    for row in rows:
        numbers |= {value for value in (row.numerator, row.denominator) if value is not None}
        if row.numerator is not None and row.denominator:
            rate = row.numerator / row.denominator * int(folder.indicator.per)
            numbers |= {round(rate, places) for places in range(4)}
    return _Known(
        folder.indicator,
        {
            (row.space, row.period, row.breakdown): None if row.denominator is None else int(row.denominator)
            for row in rows
            if row.status is Status.SECRET
        },
        frozenset((row.space, row.period, row.breakdown) for row in rows),
        tuple(sorted({row.period for row in rows})),
        frozenset(numbers),
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


def _judge(
    names: Names, known: Mapping[str, _Known], mention: Mention, extra: dict[tuple[str, Key], tuple[int, str]]
) -> list[tuple[Key, Diagnostic | None]]:
    """Return the cells that a mention is about, each with what is wrong about it."""
    layers = (mention.text, *mention.context)
    lower = [layer.casefold() for layer in layers]
    titled = nearest(names.indicator_pattern, names.indicator_words, [*lower, mention.file.replace("/", " ")])
    if not titled or titled[0] not in known:
        return []
    key, facts = titled[0], known[titled[0]]
    spaces = nearest(names.space_pattern, names.space_words, lower)
    if not spaces:
        return []
    dated = nearest(any_of(facts.periods), {item: item for item in facts.periods}, layers)
    period = max(dated, default=facts.periods[-1])
    values = _breakdown(facts, lower)
    cells = [(space, period, values) for space in spaces]
    numbers = [
        value
        for word in NUMBER.findall(_without_names(names, NO_FIGURE.sub(" ", mention.text)))
        for value in _read(word)
    ]
    found: list[tuple[Key, Diagnostic | None]] = []
    for cell in cells:
        if cell in facts.secret and numbers:
            shown = [
                value for value in numbers if not _explained(facts, cell, value, mention, len(cells) > 1)
            ]
            if not shown or (mention.structured and _about_else(mention)):
                found.append((cell, None))
            else:
                name = cell_name(names.site, facts.indicator, cell)
                line = int(match[1]) if (match := re.search(r"Zeile (\d+)", mention.place)) else 1
                place = Position(mention.file, line)
                problem = diagnostic("zahl-auf-der-seite", place, cell=name, value=mention.text[:80])
                found.append((cell, problem))
        elif cell not in facts.there and mention.structured and COUNTED.search(mention.heading) and numbers:
            extra.setdefault((key, cell), (int(numbers[0]), mention.file))
        elif cell in facts.there:
            found.append((cell, None))
    return found


def _about_else(mention: Mention) -> bool:
    """Whether a column or table counts something else: years, codes, offers."""
    return bool(HARMLESS.search(mention.heading) or any(OFFERS.search(item) for item in mention.context[:4]))


def _explained(facts: _Known, cell: Key, value: Decimal, mention: Mention, several: bool) -> bool:
    """Whether a number beside a secret cell is its period or denominator; in prose also any published number."""
    denominator = facts.secret[cell]
    if denominator is not None and value == denominator:
        return True
    if any(period == str(value) for period in facts.periods):
        return True
    return (several or not mention.structured) and value in facts.numbers


def _breakdown(facts: _Known, layers: list[str]) -> tuple[str, ...]:
    """Return the breakdown value that the nearest text names; the whole where it names none or several."""
    named = [nearest(any_of(words), words, layers) for words in facts.values]
    return tuple(found[0] if len(found) == 1 else "" for found in named)


def _without_names(names: Names, text: str) -> str:
    return names.indicator_pattern.sub(" ", names.space_pattern.sub(" ", text.casefold()))


def _read(word: str) -> list[Decimal]:
    """Return what a written number can mean: „1.585“ is 1585 in German and 1.585 elsewhere."""
    plain = re.sub(r"[\u00a0\u202f\u2009 ]", "", word)
    readings = set()
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?", plain):
        head = re.match(r"-?\d{1,3}(?:[.,]\d{3})+", plain)
        if head:
            rest = plain[head.end() :].replace(",", ".")
            readings.add(Decimal(re.sub(r"[.,]", "", head[0]) + rest))
    elif re.fullmatch(r"-?\d+(?:[.,]\d+)?", plain):
        readings.add(Decimal(plain.replace(",", ".")))
    return sorted(readings)


def _attack(
    site: Site, reading: Reading, extra: Mapping[tuple[str, Key], tuple[int, str]]
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
        what = f"sie liegt zwischen {item.interval.low:.0f} und {item.interval.high:.0f}"
        name = f"„{key_name(site, item.key)}“"
        file = next((file for _, file in extra.values()), "")
        found.append(diagnostic("zahl-verraten", Position(file), cell=name, what=what, by=by or "die Seite"))
    return found
