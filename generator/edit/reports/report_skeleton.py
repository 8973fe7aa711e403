"""A report's name and area in, a skeleton to write from out: the figures that exist, as components, and questions to the writer.

A later edition goes on from the text of the one before: what its components say is of today, what people wrote isn't.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Position
from generator.edit.records.record_text import RecordText
from generator.edit.records.yaml_writer import write_record
from generator.model.editions import Edition
from generator.model.facts import Facts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.editions import cut_head
from generator.render.base.area_names import first_up, in_space
from generator.render.base.context import Context

_SUMMARY = "TODO: das Wichtigste in zwei, drei Sätzen. Was soll jemand wissen, der nur das liest?"
_PERIOD = re.compile(r"\bperiod {0,3}= {0,3}(?P<value>'[^']{0,60}'|\"[^\"]{0,60}\")")


def skeleton(site: Site, facts: Facts, space: str, edition: str, day: dt.date) -> str:
    """Write the Markdown of a new edition; what the writer decides stands in comments and as questions."""
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
    return "---\n" + head + "---\n\n" + "\n".join(_parts(site, facts, space)) + "\n"


def next_text(text: str, last: Edition, edition: str, day: dt.date) -> tuple[str, list[Diagnostic]]:
    """Return the text of a report's next edition, a draft: that of the last one, whose summary has to be written anew."""
    head, rest = cut_head(text) or (text, "")
    record = RecordText(head, last.file)
    for name, value in (("edition", edition), ("date", day), ("state", "draft"), ("summary", _SUMMARY)):
        record.set((name,), value)
    line_end = "\r\n" if head.split("\n", 1)[0].endswith("\r") else "\n"
    fence, _, body = rest.partition("\n")
    note = f"<!-- Aus der Ausgabe {last.name}. Was Bausteine zeigen, ist von heute; was Menschen schrieben, ist von damals: jeden Satz lesen. -->"
    return f"{record.text}{fence}\n{line_end}{note}{line_end}{body}", record.found


def fixed_periods(text: str, file: str) -> Iterator[Position]:
    """Yield where components name a period: it stays the one of the last edition until somebody changes it."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in _PERIOD.finditer(line):
            if "{{" in line[: match.start()] and any(letter.isdigit() for letter in match["value"]):
                yield Position(file, number, match.start("value") + 1, len(match["value"]))


def _parts(site: Site, facts: Facts, space: str) -> Iterator[str]:
    where = in_space(Context(site, facts, site.config.language), space)
    yield "<!-- Bausteine stehen in doppelten geschweiften Klammern. `nahraum serve` zeigt den Entwurf, während Sie schreiben. -->"
    yield "\n## Worum es geht\n"
    yield f"TODO: Wer lebt {where}, und was hat sich seit der letzten Ausgabe verändert? Für wen ist dieser Bericht?\n"
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
    indicator, series = site.indicators[key], facts.series[key]
    yield f"## {indicator.title}\n"
    yield f"{where} sind es {{{{ figure('{key}') }}}} ({{{{ figure('{key}', show='period') }}}}). {_question(indicator)}\n"
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


def _question(indicator: Indicator) -> str:
    if indicator.direction == "none":
        return "TODO: Was steckt dahinter? Mehr oder weniger ist hier weder gut noch schlecht."
    return "TODO: Kann der Unterschied Zufall sein? Was könnte dahinterstecken, und wen haben Sie gefragt?"


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
    """Yield the indicators of an area, first all at a glance, and those that have no figure for it; `where` begins a sentence."""
    with_figures = [key for key in site.indicators if key in facts.series]
    there = [key for key in with_figures if facts.series[key].cell(space, facts.series[key].latest)]
    if there:
        yield "## Die Zahlen im Überblick\n"
        caption = f"Kennzahlen: {site.spaces[space].name}".replace("'", "\\'")
        yield f"{{{{ table('{', '.join(there)}', spaces='{space}', caption='{caption}') }}}}\n"
    for key in there:
        yield from _indicator(site, facts, key, space, where)
    missing = [site.indicators[key].title for key in with_figures if key not in there]
    if missing:
        yield "## Was wir nicht wissen\n"
        yield "Für diese Kennzahlen gibt es hier keine Zahl. Sagen Sie, warum, und was stattdessen bekannt ist:\n"
        yield from (f"- {title}" for title in missing)
        yield ""
    if not with_figures:
        yield "## Zahlen\n"
        yield "Es sind noch keine Kennzahlen veröffentlicht. Was ließe sich vergleichen, und was fehlt dazu?\n"
