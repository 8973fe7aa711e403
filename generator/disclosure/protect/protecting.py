"""Run `nahraum protect`: read raw tables, protect, write tables, release and report.

All is written or nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, product
from pathlib import Path

from msgspec import Struct
from msgspec import field as struct_field
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Position, ordered
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.disclosure.engine.attack import Attacker
from generator.disclosure.engine.linear_system import Counts, Key
from generator.disclosure.engine.sensitivity import Reason, SensitivityRule
from generator.disclosure.gates.committed import published
from generator.disclosure.gates.other_ways_out import REPORT, check_gone
from generator.disclosure.gates.table_audit import audit
from generator.disclosure.gates.value_rows import check_table
from generator.disclosure.measures import counted_measures
from generator.disclosure.measures.counted_measures import Indicators, Measure, measures_of, rule_of
from generator.disclosure.measures.lattice import CROSS, Spaces, is_named, parts_text
from generator.disclosure.measures.published import (
    WHOM,
    Published,
    cell_name,
    ever_shown,
    facts_of,
    given_away,
    key_name,
    shown_earlier,
)
from generator.disclosure.protect.questions import open_questions
from generator.disclosure.protect.raw_measure import (
    ProtectedCounts,
    Withheld,
    cells_of,
    protect,
    replay,
    values_of,
)
from generator.disclosure.protect.raw_tables import Private, Totals, read_raw, withhold_derivable
from generator.files.writing import write_files
from generator.model.cells import Release, Status
from generator.model.indicator import PROMISE, Answered, Indicator
from generator.model.site import Site
from generator.read.indicator_folders import LEDGER, IndicatorFolder, log_with
from generator.read.project import Reading, read_project
from generator.read.value_tables import ValueRow, ValueTable, digest

FOLDER = "resources/indicators"


def write_values(indicator: Indicator, table: ValueTable) -> bytes:
    """Return a table as CSV, with official statistics' signs."""
    columns = [item.id for item in indicator.breakdowns]
    lines = [["space", "period", *columns, "numerator", "denominator", "status", "note"]]
    for row in table.rows:
        counts = ("" if one is None else f"{one:f}" for one in (row.numerator, row.denominator))
        lines.append([row.space, row.period, *row.breakdown, *counts, row.status.value, row.note])
    return _format_csv(lines)


def _format_csv(lines: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode()


def write_ledger(releases: Iterable[Release]) -> bytes:
    """Return the ledger of an indicator's releases."""
    lines = [["date", "sha256", "note", "parts"]]
    lines += [[item.date.isoformat(), item.digest, item.note, item.parts] for item in releases]
    return _format_csv(lines)


def new_releases(
    folders: Mapping[str, IndicatorFolder], shown: Mapping[str, ValueTable], day: dt.date, note: str
) -> tuple[dict[str, bytes], list[str]]:
    """Return changed indicators' release files by path."""
    files: dict[str, bytes] = {}
    written: list[str] = []
    for key, table in shown.items():
        data = write_values(folders[key].indicator, table)
        releases = folders[key].releases
        folder = f"{FOLDER}/{key}"
        if _is_last(folders[key], data):
            # Its table may have been deleted since.
            if folders[key].table is None:
                files[f"{folder}/values.csv"] = data
            continue
        every = [*releases, Release(key, day, digest(data), note, table.parts)]
        files[f"{folder}/values.csv"] = data
        files[f"{folder}/releases/{day.isoformat()}.csv"] = data
        files[f"{folder}/releases/{LEDGER}"] = write_ledger(every)
        written.append(key)
    return files, written


class ProtectOutcome(Struct, frozen=True):
    """What protecting did: problems, indicators by outcome, the report's path."""

    found: tuple[Diagnostic, ...] = ()
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    """Indicators whose last release says the same."""
    report: Path | None = None
    withheld: Mapping[str, int] = struct_field(default_factory=dict)
    """How many cells of each released indicator are secret."""
    stopped: tuple[str, ...] = ()
    """Indicators that can't be released."""


def protect_folder(
    private: Path, project: Path, day: dt.date, note: str = "", progress: Progress = silent
) -> ProtectOutcome:
    """Protect a private folder's tables with all that is published, and write a release.

    An indicator isn't released as long as something is found: a count that somebody could work out (`falls`), a question.
    """
    reading = read_project(project, progress=progress)
    site = reading.site
    if site is None:
        return ProtectOutcome(ordered(reading.found))
    raw, found = read_raw(private, project, reading, day)
    if raw is None:
        return ProtectOutcome(ordered(found))
    result = protect(raw, progress)
    shown = {key: protected_table(site, raw, result, key) for key in sorted(raw.totals)}
    found += exposed(site, private, result)
    measures = {item.key[0] for item in result.withheld if item.falls}
    for key, problem in (
        *_not_today(site, raw.spaces, private, reading.indicators, shown, day),
        *_incomplete(private, raw, result),
        *_all_alike(site, private, raw),
    ):
        found.append(problem)
        measures.add(counted_measures.measure_name(site.indicators, key))
    counts = {
        measure.name: values_of(raw, measure) for measure in counted_measures.measures_of(site.indicators)
    }
    everything = replace(
        published(site, reading), pairs=raw.pairs, raw=counts, residents=raw.residents, earlier=raw.earlier
    )
    asks = _questions(replace(everything, tables={**everything.tables, **shown}), reading, shown, day)
    found += dict.fromkeys(problem for _, problem in asks)
    measures |= {counted_measures.measure_name(site.indicators, key) for key, _ in asks}
    stopped = counted_measures.hanging_on(site.indicators, measures)
    safe, leaks = _safe_to_release(site, everything, shown, stopped, progress)
    found += leaks
    path = private / f"bericht-{day:%Y-%m-%d}.md"
    messages = list(dict.fromkeys(one.message for one in (*(ask for _, ask in asks), *leaks)))
    write_files(private, {path.name: report(site, raw, result, day, note, messages)})
    files, written = new_releases(reading.indicators, safe, day, note)
    if files:
        write_files(project, {**files, **log_with(reading.disk, files)})
    return ProtectOutcome(
        ordered(found),
        tuple(written),
        unchanged=tuple(sorted(safe.keys() - written)),
        report=path,
        withheld={
            key: sum(row.status is Status.SECRET for row in table.rows) for key, table in sorted(safe.items())
        },
        stopped=tuple(sorted((shown.keys() | raw.stopped) - safe.keys())),
    )


def _is_last(folder: IndicatorFolder, data: bytes) -> bool:
    return bool(folder.releases) and folder.releases[-1].digest == digest(data)


def _not_today(
    site: Site,
    spaces: Spaces,
    private: Path,
    folders: Mapping[str, IndicatorFolder],
    shown: Mapping[str, ValueTable],
    day: dt.date,
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield indicators not releasable on a day: `check` refuses, or a later release exists."""
    for key, table in shown.items():
        item = site.indicators[key]
        releases = folders[key].releases
        # A protected row stands nowhere yet: messages name the raw table.
        rows = tuple(replace(row, line=1) for row in table.rows)
        raw = replace(table, file=str(private / f"{key}.csv"), rows=rows)
        problems = list(check_table(site, spaces, item, raw))
        yield from ((key, problem) for problem in problems)
        taken = any(one.date >= day for one in releases)
        if taken and not _is_last(folders[key], write_values(item, table)):
            place = Position(f"{FOLDER}/{key}/releases/{LEDGER}")
            yield key, diagnostic("ausgabe-vorhanden", place, date=f"{releases[-1].date:%d.%m.%Y}")


def _incomplete(private: Path, raw: Private, result: ProtectedCounts) -> Iterator[tuple[str, Diagnostic]]:
    """Yield indicators whose raw tables lack what was released."""
    for measure in counted_measures.measures_of(raw.indicators):
        counted = {key: result.shown.get(key, 0) for key, _ in cells_of(raw, measure)}
        if counted and not measure.unprotected:
            earlier = shown_earlier(raw.indicators, measure, raw.earlier)
            # What is counted on a day isn't a sum of months.
            by_months = not any(one.counts is not None and one.counts.of == "stock" for one in measure.owners)
            key = next(item.id for _, item in measure.columns if item.id in raw.totals)
            place = Position(str(private / f"{key}.csv"))
            problems = check_gone(place, counted, earlier, raw.spaces, by_months=by_months)
            yield from ((key, problem) for problem in problems)


def _all_alike(site: Site, private: Path, raw: Private) -> Iterator[tuple[str, Diagnostic]]:
    """Yield indicators with a group counted entirely, and the question, unless answered."""
    for key, cells in raw.totals.items():
        item, place = raw.indicators[key], Position(str(private / f"{key}.csv"))
        if item.is_share and item.disclosure.method == "round-small" and item.disclosure.complement is None:
            alike = (
                cell for cell, one in cells.items() if one.numerator and one.numerator == one.denominator
            )
            for cell in islice(alike, 1):
                yield key, diagnostic("alle-gleich", place, cell=cell_name(site, item, cell))


def _questions(
    everything: Published, reading: Reading, shown: Collection[str], day: dt.date
) -> list[tuple[str, Diagnostic]]:
    """Return indicators waiting for an answer, earlier tables considered."""
    found: list[tuple[str, Diagnostic]] = []
    earlier = {key: one for key, one in everything.earlier.items() if one}
    ever = {key: ever_shown(everything.tables.get(key), one) for key, one in earlier.items()}
    for one in open_questions(replace(everything, tables={**everything.tables, **ever})):
        waiting = [key for key in (one.indicator, *one.others) if key in shown]
        place = reading.indicators[one.indicator].source.position("title")
        problem = one.as_diagnostic(everything.indicators, place, day)
        found += [(key, problem) for key in waiting]
    return found


def review_folder(private: Path, project: Path, reading: Reading, today: dt.date) -> list[Diagnostic]:
    """Attack committed tables, knowing a private folder's raw counts."""
    site = reading.site
    raw, found = read_raw(private, project, reading, today)
    if site is None or raw is None:
        return found
    committed = published(site, reading)
    shown: dict[Key, int] = {}
    counts: dict[str, Counts] = {}
    for measure in counted_measures.measures_of(site.indicators):
        shown |= facts_of(committed, measure).known
        counts[measure.name] = values_of(raw, measure)
    asks = _questions(replace(committed, pairs=raw.pairs, raw=counts), reading, raw.totals, today)
    found += dict.fromkeys(problem for _, problem in asks)
    return [*found, *exposed(site, private, replay(raw, shown))]


def protected_table(site: Site, private: Private, result: ProtectedCounts, key: str) -> ValueTable:
    """Return an indicator's publishable table, with one sign for secrets."""
    indicator = private.indicators[key]
    rows: list[ValueRow] = []
    for cell, total in _beside_cases(private, result, indicator).items():
        space = cell[0]
        if CROSS in space or (indicator.levels and site.spaces[space].level not in indicator.levels):
            continue
        row = ValueRow(*cell, total.numerator, total.denominator, total.status, total.note, 0)
        rows.append(_protected_row(private, result, indicator, row))
    first = site.config.geographies[0].id

    def order(row: ValueRow) -> tuple[object, ...]:
        """Sort by geography, the town first, then official code."""
        area = private.spaces[row.space]
        of_first, code = area.geography != first, site.spaces[row.space].code or ""
        return (row.period, row.breakdown, of_first, area.geography, area.depth, code, row.space)

    rows.sort(key=order)
    return ValueTable(f"{FOLDER}/{key}/values.csv", tuple(rows), ",", parts=parts_text(private.spaces))


def _beside_cases(private: Private, result: ProtectedCounts, indicator: Indicator) -> Totals:
    """Return an indicator's cells; an amount or share of withheld cases is withheld, with what would tell it."""
    found = dict(private.totals[indicator.id])
    secret = []
    for cell, total in found.items():
        cases = counted_measures.cases_key(private.indicators, indicator, cell)
        if cases is not None and result.shown.get(cases, 0) is None and total.numerator is not None:
            secret.append(cell)
    for cell in secret:
        found[cell] = replace(found[cell], numerator=None, status=Status.SECRET)
    if indicator.adds_up:
        withhold_derivable(indicator, private.spaces, found, set(found), secret)
    return found


def _protected_row(
    private: Private, result: ProtectedCounts, indicator: Indicator, row: ValueRow
) -> ValueRow:
    """Return a row as publishable; secret denominators make it secret."""
    numerator = row.numerator
    below = row.denominator
    status = row.status
    if below is not None and indicator.denominator is not None:
        count = result.shown[counted_measures.denominator_key(private.indicators, indicator, row.cell)]
        below = _as_shown(below, count)
        if count is None:
            numerator = None
            status = Status.SECRET
    if numerator is not None:
        count = result.shown[counted_measures.numerator_key(private.indicators, indicator, row.cell)]
        numerator = _as_shown(numerator, count)
        status = Status.SECRET if count is None else status
    return replace(row, numerator=numerator, denominator=below, status=status)


def _as_shown(raw: Decimal, count: int | None) -> Decimal | None:
    """Return a number as shown; those with decimals count nobody."""
    return None if count is None else raw if raw % 1 else Decimal(count)


def exposed(site: Site, private: Path, result: ProtectedCounts) -> list[Diagnostic]:
    """Report who works out how many withheld counts, and by earlier releases."""
    found = []
    codes = {"nicht-schuetzbar": "falls", "frueher-verraten": "past"}
    measures = sorted({item.key[0] for item in result.withheld})
    for (code, attackers), (attacker, whom), name in product(codes.items(), WHOM.items(), measures):
        of_measure = [item for item in result.withheld if item.key[0] == name]
        lost = [item for item in of_measure if attacker in getattr(item, attackers)]
        if lost:
            place = Position(str(private / f"{name.rstrip('/')}.csv"))
            cell = f"„{key_name(site, lost[0].key)}“"
            found.append(diagnostic(code, place, count=len(lost), whom=whom, cell=cell))
    return found


def _safe_to_release(
    site: Site,
    everything: Published,
    shown: Mapping[str, ValueTable],
    stopped: set[str],
    progress: Progress,
) -> tuple[dict[str, ValueTable], list[Diagnostic]]:
    """Return tables safe beside all committed ones, and what others reveal.

    `stopped` ones aren't released; what leaks stops with all linked to it, until nothing does.
    """
    found: dict[Diagnostic, None] = {}
    while True:
        candidates = {key: table for key, table in shown.items() if key not in stopped}
        beside = replace(everything, tables={**everything.tables, **candidates})
        more: set[str] = set()
        for item in audit(beside, progress):
            problem = given_away(site, item, Position(f"{FOLDER}/{item.indicator}/values.csv"))
            found[problem] = None
            if problem.severity == "error":
                more |= counted_measures.hanging_together(site.indicators, {item.key[0]})
        if not more & candidates.keys():
            return candidates, list(found)
        stopped |= more


SIGNATURE = ("| Stelle | Funktion | Tag | Unterschrift |", "|---|---|---|---|", "| | | | |", "")
REASONS: dict[Reason, str] = {
    Reason.THRESHOLD: "unter der Schwelle",
    Reason.ZERO: "Null ist geheim",
    Reason.POPULATION: "zu wenige Einwohner/innen",
    Reason.DENOMINATOR: "Nenner zu klein",
    Reason.COMPLEMENT: "fast alle gezählt",
    Reason.DOMINANCE: "wenige tragen fast alles bei",
}


def report(
    site: Site, private: Private, result: ProtectedCounts, day: dt.date, note: str, leaks: Sequence[str] = ()
) -> str:
    """Write what is withheld, why, with which intervals, after joint `leaks`."""
    lines = [
        f"# {REPORT}{day:%d.%m.%Y}",
        "",
        "**Nur für die Planung und die Stelle für Datenschutz.** Dieser Bericht enthält rohe Zahlen. Er gehört nicht ins Projekt.",
        "",
    ]
    if note:
        lines += [f"Anlass: {note}", ""]
    if leaks:
        lines += [
            "## Zusammen mit anderen Tabellen",
            "",
            "Was weiter unten steht, gilt für jede Kennzahl allein. Aus allem Veröffentlichten zusammen folgt:",
            "",
            *(f"- {leak}" for leak in leaks),
            "",
        ]
    answers = list(_answers(private.indicators))
    if answers:
        lines += ["## Beantwortete Fragen", "", *answers, ""]
    for measure in sorted(measures_of(private.indicators), key=lambda one: one.indicators[0].id):
        if not values_of(private, measure):
            continue
        lines += _measure(site, private, result, measure)
    lines += ["## Was wir versprechen", "", *(f"- {sentence}" for sentence in PROMISE), "", *SIGNATURE]
    return "\n".join(lines)


def _answers(indicators: Indicators) -> Iterator[str]:
    """Say what people answered on ties, with office and day."""
    for item in indicators.values():
        if item.part_of in indicators and item.part_of is not None:
            yield f"- „{item.title}“ ist ein Teil von „{indicators[item.part_of].title}“ {_by(item.part_of_by)}"
        for one in item.by_chance:
            other = indicators[one.indicator].title
            sentence = f"„{item.title}“ und „{other}“ passen nur zufällig zusammen: {one.reason}"
            yield f"- {sentence} {_by(one)}"


def _by(one: Answered | None) -> str:
    """Write who answered, and when."""
    if one is None or one.date is None or one.office is None:
        return "(ohne Stelle und Datum)"
    return f"({one.office}, {one.date:%d.%m.%Y})"


def _measure(site: Site, private: Private, result: ProtectedCounts, measure: Measure) -> Iterator[str]:
    """Say a measure's withheld cells, and how many small unnamed ones."""
    title = " / ".join(item.title for item in measure.indicators)
    yield from (f"## {title} ({'Zähler' if measure.owners else 'Nenner'})", "")
    if measure.unprotected:
        methods = {item.disclosure.method for item in measure.indicators}
        yield "Wie die Quelle es veröffentlicht." if "published" in methods else "Zählt niemanden."
        cells = ((item, *one) for item in measure.owners for one in private.totals.get(item.id, {}).items())
        withheld = [cell_name(site, item, cell) for item, cell, one in cells if one.status is Status.SECRET]
        if withheld:
            yield f"Die Quelle nennt keine Zahl, oder eine verriete diese: {', '.join(withheld)}."
        yield ""
        return
    rule = rule_of(measure, private.defaults)
    of_measure = [one for one in result.withheld if one.key[0] == measure.name]
    pieces = sum(one.reason is not None for one in of_measure if not is_named(one.key))
    yield _describe_rule(rule)
    if pieces:
        yield f"{pieces} kleine Zahlen in Teilen, in denen sich zwei Einteilungen der Stadt kreuzen, sind mit geschützt."
    others = " und ".join(f"„{item.title}“" for item in (*measure.owners, *measure.users))
    yield f"Alle übrigen Anzahlen sind auf Vielfache von 5 gerundet. Gemeinsam geprüft: {others}."
    yield ""
    named = [one for one in of_measure if is_named(one.key)]
    if not named:
        yield from ("Nichts ist gesperrt.", "")
        return
    yield from _attackers(rule, named)
    yield from (
        "",
        "| Gebiet, Zeitraum | Zahl | warum gesperrt | von außen errechenbar | |",
        "|---|---:|---|---|---|",
    )
    for one in named:
        high = "unbegrenzt" if math.isinf(one.interval.high) else f"{one.interval.high:.0f}"
        state = "nur durch frühere Veröffentlichungen" * bool(one.past)
        state = "**nicht geschützt**" if one.falls else state
        yield f"| {key_name(site, one.key)} | {'–' if one.value is None else one.value} | {_explain_withheld_cell(one)} | {round(one.interval.low)} bis {high} | {state} |"
    yield ""


def _attackers(rule: SensitivityRule, mine: list[Withheld]) -> Iterator[str]:
    """Say for readers and counted people that nothing leaks, or how many counts."""
    holds = {
        Attacker.READER: (
            "Wer alles Veröffentlichte und die Schwelle kennt",
            "mindestens drei mögliche Werte für jede gesperrte Zahl",
        ),
        Attacker.CONTRIBUTOR: (
            "Wer selbst gezählt ist",
            f"keine andere Zahl genau (bis {rule.own_cases} eigene Fälle)",
        ),
    }
    for attacker, (who, safe) in holds.items():
        lost = sum(attacker in one.falls for one in mine)
        late = sum(attacker in one.past for one in mine)
        said = f"**errechnet {lost} geheime Zahlen**" if lost else safe
        yield f"- {who}: {said}" + f"; {late} Zahlen nur durch frühere Veröffentlichungen" * bool(late)


def _describe_rule(rule: SensitivityRule) -> str:
    words = [f"Schwelle {rule.threshold}"]
    if rule.zeros:
        words.append("auch Null geheim")
    if rule.minimum_denominator:
        words.append(f"Nenner mindestens {rule.minimum_denominator}")
    if rule.minimum_population:
        words.append(f"mindestens {rule.minimum_population} Einwohner/innen")
    if rule.complement:
        words.append("auch die übrigen geschützt")
    if rule.dominance:
        count, share = rule.dominance
        words.append(f"Dominanz: {count} mit mehr als {share:g} %")
    return f"Regel: {', '.join(words)}."


def _explain_withheld_cell(one: Withheld) -> str:
    if one.reason is not None:
        return f"{REASONS[one.reason]} (primär)"
    if one.value is None:
        return "die Quelle nennt keine Zahl"
    return "nie gezeigt" if one.is_hidden else "damit andere nicht errechenbar sind (sekundär)"
