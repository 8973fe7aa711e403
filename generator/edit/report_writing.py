"""Write the next edition of a report, and the files that publish it.

Nothing is written to disk here: commands first try what these texts give.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from generator.derive.geography import space_facts
from generator.derive.indicator_series import Cause, ReleaseChange, release_changes
from generator.derive.uncertainty import rounded_by
from generator.diagnostics import Diagnostic, Position
from generator.disclosure.measures.published import cell_name
from generator.edit.records.record_text import RecordText
from generator.edit.records.yaml_writer import write_record
from generator.model.cells import Verdict
from generator.model.editions import FORMAT, Edition, Frozen, digest, to_json
from generator.model.facts import Facts
from generator.model.site import Site
from generator.read.editions import cut_head
from generator.read.indicator_folders import IndicatorFolder
from generator.render.base.area_names import first_up, in_space
from generator.render.base.context import Context

_SUMMARY = "TODO: das Wichtigste in zwei, drei Sätzen. Was soll jemand wissen, der nur das liest?"
# The period of `{{ figure('armut', period='2024') }}`
_PERIOD = re.compile(r"\bperiod {0,3}= {0,3}(?P<value>'[^']{0,60}'|\"[^\"]{0,60}\")")


def skeleton(site: Site, facts: Facts, space: str, edition: str, day: dt.date) -> str:
    """Write a new edition's Markdown, with questions for the writer."""
    record = site.spaces[space]
    head = write_record(
        {
            "title": f"Sozialraumbericht {record.name}",
            "edition": edition,
            "date": day,
            "state": "draft",
            "space": space,
            "summary": _SUMMARY,
        }
    )
    return "---\n" + head + "---\n\n" + "\n".join(_write_report_sections(site, facts, space)) + "\n"


def next_text(text: str, last: Edition, edition: str, day: dt.date) -> tuple[str, list[Diagnostic]]:
    """Draft the next edition from the last, without its summary."""
    head, rest = cut_head(text) or (text, "")
    record = RecordText(head, last.file)
    for name, value in (("edition", edition), ("date", day), ("state", "draft"), ("summary", _SUMMARY)):
        record.set((name,), value)
    line_end = "\r\n" if head.split("\n", 1)[0].endswith("\r") else "\n"
    fence, _, body = rest.partition("\n")
    note = f"<!-- Aus dem Stand {last.name}. Was Bausteine zeigen, ist von heute; was Menschen schrieben, ist von damals: jeden Satz lesen. -->"
    return f"{record.text}{fence}\n{line_end}{note}{line_end}{body}", record.found


def fixed_periods(text: str, file: str) -> Iterator[Position]:
    """Yield where components name a period that may be outdated."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in _PERIOD.finditer(line):
            if "{{" in line[: match.start()] and any(letter.isdigit() for letter in match["value"]):
                yield Position(file, number, match.start("value") + 1, len(match["value"]))


def _write_report_sections(site: Site, facts: Facts, space: str) -> Iterator[str]:
    """Yield the sections of a new report; `{{ … }}` are components that show figures and offers."""
    where = in_space(Context(site, facts, site.config.language), space)
    yield "<!-- Bausteine stehen in doppelten geschweiften Klammern. `nahraum serve` zeigt den Entwurf, während Sie schreiben. -->"
    yield "\n## Worum es geht\n"
    yield f"TODO: Wer lebt {where}, und was hat sich seit dem letzten Bericht verändert? Für wen ist dieser Bericht?\n"
    yield from _profile(site, space)
    yield from _figures(site, facts, space, first_up(where))
    yield "## Was es gibt\n"
    yield f"{{{{ offers(space='{space}', limit=8) }}}}\n"
    yield "TODO: Was trägt im Alltag? Was wird gebraucht und fehlt? Wer hat das gesagt?\n"
    yield "## Was wir vorhaben\n"
    yield "TODO: Wer macht was bis wann? Woran merken wir, dass es wirkt?\n"
    yield "## Was offen ist\n"
    yield "TODO: Welche Frage kann dieser Bericht nicht beantworten?"


def _indicator(site: Site, facts: Facts, key: str, space: str, where: str) -> Iterator[str]:
    """Yield an indicator's section, with charts where there is something to compare; `where` is „In Süderaue“."""
    indicator, series = site.indicators[key], facts.series[key]
    question = (
        "TODO: Kann der Unterschied Zufall sein? Was könnte dahinterstecken, und wen haben Sie gefragt?"
    )
    if indicator.direction == "none":
        question = "TODO: Was steckt dahinter? Mehr oder weniger ist hier weder gut noch schlecht."
    yield f"## {indicator.title}\n"
    yield f"{where} sind es {{{{ figure('{key}') }}}} ({{{{ figure('{key}', show='period') }}}}). {question}\n"
    yield f"{{{{ comparison('{key}') }}}}\n"
    known = [period for period in series.periods if series.cell(space, period)]
    if len(known) > 2:
        yield f"{{{{ chart('{key}', kind='line') }}}}\n"
    level = site.spaces[space].level
    if sum(site.spaces[other].level == level for other in series.spaces) > 1:
        yield f"{{{{ chart('{key}', level='{level}') }}}}\n"
    if indicator.breaks:
        yield (
            "TODO: Ab "
            + ", ".join(item.period for item in indicator.breaks)
            + " wird anders gezählt. Sagen Sie das dazu.\n"
        )


def _profile(site: Site, space: str) -> Iterator[str]:
    """Yield what the record of an area says in figures."""
    profile = site.spaces[space].figures
    if not profile:
        return
    yield "Aus dem Profil des Gebiets:\n"
    for figure in profile:
        quoted = figure.name.replace("'", "\\'")
        yield f"- {figure.name}: {{{{ fact('{quoted}') }}}}"
    yield ""


def _figures(site: Site, facts: Facts, space: str, where: str) -> Iterator[str]:
    """Yield an area's indicators, at a glance, singly, and missing ones."""
    with_figures = [key for key in site.indicators if key in facts.series]
    known = [key for key in with_figures if facts.series[key].cell(space, facts.series[key].latest)]
    if known:
        yield "## Die Zahlen im Überblick\n"
        caption = f"Kennzahlen: {site.spaces[space].name}".replace("'", "\\'")
        yield f"{{{{ table('{', '.join(known)}', spaces='{space}', caption='{caption}') }}}}\n"
    for key in known:
        yield from _indicator(site, facts, key, space, where)
    missing = [site.indicators[key].title for key in with_figures if key not in known]
    if missing:
        yield "## Was wir nicht wissen\n"
        yield "Für diese Kennzahlen gibt es hier keine Zahl. Sagen Sie, warum, und was stattdessen bekannt ist:\n"
        yield from (f"- {title}" for title in missing)
        yield ""
    if not with_figures:
        yield "## Zahlen\n"
        yield "Es sind noch keine Kennzahlen veröffentlicht. Was ließe sich vergleichen, und was fehlt dazu?\n"


def frozen_content(edition: Edition, frozen: Frozen) -> dict[str, Any]:
    """Return an edition's file: figures and digests of text and file."""
    return _signed(
        {
            "format": FORMAT,
            "edition": edition.key,
            "published": edition.head.date.isoformat(),
            "text": edition.digest,
            "corrections": [],
            "data": to_json(frozen),
        }
    )


def corrected(edition: Edition, content: dict[str, Any], day: dt.date, note: str) -> dict[str, Any]:
    """Note a correction of words in the file of an edition's figures, which stay."""
    more = {"date": day.isoformat(), "note": note}
    return _signed(
        {**content, "text": edition.digest, "corrections": [*content["corrections"], more]},
    )


def emptied(edition: Edition, content: dict[str, Any], day: dt.date) -> dict[str, Any]:
    """Return a withdrawn edition's file: nothing that it said. Audits know its counts by their release."""
    bare = {**content, "format": FORMAT, "corrections": [], "data": {}}
    return corrected(edition, bare, day, "Zurückgezogen.")


def written(content: dict[str, Any]) -> str:
    """Return the text of a file of figures."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def marked_published(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """Return an edition's text with `state: published`, else unchanged."""
    head, rest = cut_head(text) or (text, "")
    record = RecordText(head, file)
    record.set(("state",), "published")
    return record.text + rest, record.found


def marked_withdrawn(edition: Edition, text: str, day: dt.date, reason: str) -> tuple[str, list[Diagnostic]]:
    """Return a withdrawn edition's head with day and reason."""
    head, _ = cut_head(text) or (text, "")
    record = RecordText(head, edition.file)
    record.set(("summary",), "Dieser Bericht wurde zurückgezogen.")
    record.remove(("authors",))
    record.set(("withdrawn",), {"date": day, "reason": reason})
    return record.text + "---\n", record.found


def _signed(content: dict[str, Any]) -> dict[str, Any]:
    """Add the digest by which a change by hand is noticed."""
    unsigned = {key: value for key, value in content.items() if key != "digest"}
    return {**unsigned, "digest": digest(unsigned)}


# What a release changed, in words: of one cell and of several.
CAUSES: dict[Cause, tuple[str, str]] = {
    "new-period": ("neue Zelle", "neue Zellen"),
    "gone": ("Zelle entfallen", "Zellen entfallen"),
    "withheld": ("Zelle jetzt geheim", "Zellen jetzt geheim"),
    "shown": ("Zelle jetzt veröffentlicht", "Zellen jetzt veröffentlicht"),
    "numerator": ("Zähler berichtigt", "Zähler berichtigt"),
    "denominator": ("Nenner berichtigt", "Nenner berichtigt"),
    "both": ("Zähler und Nenner berichtigt", "Zähler und Nenner berichtigt"),
    "vintage": ("Zelle eines neuen Gebietsstands", "Zellen eines neuen Gebietsstands"),
}
VERDICTS: dict[Verdict, str] = {
    Verdict.HIGHER: "gestiegen",
    Verdict.LOWER: "gesunken",
    Verdict.SIMILAR: "ohne klare Änderung",
    Verdict.UNKNOWN: "ohne Urteil",
}


def release_log(site: Site, folder: IndicatorFolder) -> Iterator[str]:
    """Yield the log of an indicator, the latest release first."""
    yield f"{folder.indicator.title} ({folder.indicator.id})"
    if not folder.releases:
        yield "  keine verzeichnete Veröffentlichung"
        return
    notes = {item.date: item.note for item in folder.releases}
    reach = rounded_by(site.indicators, site.config.disclosure)[folder.indicator.id]
    for change in release_changes(folder.indicator, space_facts(site), folder.earlier, notes, reach):
        yield from _describe_release_change(site, folder, change)
    first = folder.releases[0]
    yield f"  {first.date:%d.%m.%Y}: erste Veröffentlichung" + (f" – {first.note}" if first.note else "")


def _describe_release_change(site: Site, folder: IndicatorFolder, change: ReleaseChange) -> Iterator[str]:
    yield f"  {change.later:%d.%m.%Y}" + (f": {change.note}" if change.note else "")
    for cause, count in sorted(change.counts.items()):
        one, many = CAUSES[cause]
        yield f"    {count} {one if count == 1 else many}"
    if not change.revisions:
        yield "    nichts geändert"
    for turn in change.turns:
        name = cell_name(site, folder.indicator, turn.key)
        yield (
            f"    Entwicklung gekippt: {name} seit {turn.since}: war {VERDICTS[turn.before]}, ist {VERDICTS[turn.after]}"
            f" (Grund: {CAUSES[turn.cause][0]})"
        )
