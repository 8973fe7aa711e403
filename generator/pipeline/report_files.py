"""A report's name in; the skeleton of its first edition, the next edition, or its editions as PDF, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors, meant
from generator.edit.report_writing import fixed_periods, next_text, skeleton
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.edition import Edition
from generator.model.slugs import is_slug
from generator.pipeline.build import prepare
from generator.printing.document import document
from generator.printing.pdf import write_pdf
from generator.read.project import read_project


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """What was written of a report. With errors in `found`, or with `refused`, it is nothing."""

    door: Door
    found: tuple[Diagnostic, ...] = ()
    refused: str = ""
    """Why this can't be asked for, in German."""
    written: tuple[Path, ...] = ()
    look: tuple[Position, ...] = ()
    """Where what was written names a period that doesn't go on by itself."""
    source: str = ""
    """The file of the edition that was carried on."""


def new_report(root: Path, report: str, space: str | None, edition: str, day: dt.date) -> ReportOutcome:
    """Write the skeleton of an edition about an area; never over an existing file."""
    if refused := _no_id(report, edition):
        return ReportOutcome(Door(root), refused=refused)
    project = prepare(root, day, drafts=True)
    if project.site is None or project.facts is None:
        return ReportOutcome(project.door, project.found)
    if space is None:
        refused = "--space nennt das Gebiet, von dem der Bericht handelt."
        return ReportOutcome(project.door, refused=refused)
    if space not in project.site.spaces:
        refused = f"„{space}“ ist kein Gebiet. {meant(space, project.site.spaces)}".rstrip()
        return ReportOutcome(project.door, refused=refused)
    file, refused = _new_file(project.door, report, edition)
    if refused:
        return ReportOutcome(project.door, refused=refused)
    write_files(root, {file: skeleton(project.site, project.facts, space, edition, day)})
    return ReportOutcome(project.door, written=(root / file,))


def new_edition(root: Path, report: str, edition: str, day: dt.date) -> ReportOutcome:
    """Write the next edition of a report from the text of its newest one; never over an existing file."""
    if refused := _no_id(report, edition):
        return ReportOutcome(Door(root), refused=refused)
    reading = read_project(root)
    file, refused = _new_file(reading.door, report, edition)
    if refused:
        return ReportOutcome(reading.door, refused=refused)
    if reading.site is None:
        return ReportOutcome(reading.door, reading.found)
    editions = reading.site.editions.values()
    there = [one for one in editions if one.report == report]
    if not there:
        inner = f"content/berichte/{report}/"
        if wrong := tuple(item for item in reading.found if item.position.file.startswith(inner)):
            return ReportOutcome(reading.door, wrong)
        near = meant(report, {one.report for one in editions})
        refused = f"Von „{report}“ gibt es noch keine Ausgabe. {near} Die erste legt „nahraum new report“ an."
        return ReportOutcome(reading.door, refused=refused.replace("  ", " "))
    return _carried_on(reading.door, there[-1], file, edition, day)


def _carried_on(door: Door, last: Edition, file: str, edition: str, day: dt.date) -> ReportOutcome:
    """Write the edition of a name that follows the `last` one into a new file."""
    root = door.project
    text, found = door.text(root / last.file)
    if text is None:
        return ReportOutcome(door, tuple(found))
    text, found = next_text(text, last, edition, day)
    if found:
        return ReportOutcome(door, tuple(found))
    write_files(root, {file: text})
    look = tuple(fixed_periods(text, file))
    return ReportOutcome(door, written=(root / file,), look=look, source=last.file)


def _no_id(*parts: str) -> str:
    """Say that a name can't be a report's or an edition's; nothing where all can."""
    for part in parts:
        if not is_slug(part):
            return f"„{part}“ taugt nicht als Kürzel: kleine Buchstaben, Ziffern und Bindestriche."
    return ""


def _new_file(door: Door, report: str, edition: str) -> tuple[str, str]:
    """Return where an edition is to lie, and why it can't where something is there."""
    file = f"content/berichte/{report}/{edition}.md"
    taken = door.holds(door.project / file)
    return file, f"{door.project / file} gibt es schon. --edition nennt eine andere Ausgabe." if taken else ""


def print_editions(
    root: Path, folder: Path, wanted: str | None, day: dt.date, *, internal: bool
) -> ReportOutcome:
    """Write editions as PDF into a folder, drafts too: all, those of a report, or one (`bericht/2026`).

    Raises `PdfMissing` where this computer can't write any.
    """
    project = prepare(root, day, internal=internal, drafts=True)
    if project.site is None or has_errors(project.found):
        return ReportOutcome(project.door, project.found)
    editions = project.site.editions.values()
    chosen = [edition for edition in editions if wanted in (None, edition.report, edition.key)]
    if not chosen:
        names = {edition.report for edition in editions} | {edition.key for edition in editions}
        return ReportOutcome(project.door, refused=_no_report(wanted, sorted(names)))
    files = {
        f"{edition.report}-{edition.name}.pdf": write_pdf(document(project.contexts[0], edition))
        for edition in chosen
    }
    write_files(folder, files)
    return ReportOutcome(project.door, written=tuple(folder / name for name in files))


def _no_report(wanted: str | None, names: Sequence[str]) -> str:
    """Say that a name is none of those of reports and editions, and which it may have been; that there are no reports where none was asked for."""
    why = f"„{wanted}“ ist kein Bericht." if wanted else "Es gibt keine Berichte."
    near = meant(wanted or "", names) or f"Es gibt: {', '.join(names) or 'noch keine'}."
    return f"{why} {near}"
