"""A report's name in; the skeleton of a new edition, or its editions as PDF, out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, has_errors, meant
from generator.edit.report_skeleton import skeleton
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.slugs import is_slug
from generator.pipeline.build import prepare
from generator.printing.document import document
from generator.printing.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """What was written of a report. With errors in `found`, or with `refused`, it is nothing."""

    door: Door
    found: tuple[Diagnostic, ...] = ()
    refused: str = ""
    """Why this can't be asked for, in German."""
    written: tuple[Path, ...] = ()


def new_edition(root: Path, report: str, space: str | None, edition: str, day: dt.date) -> ReportOutcome:
    """Write the skeleton of a new edition about an area; never over an existing file."""
    for part in (report, edition):
        if not is_slug(part):
            refused = f"„{part}“ taugt nicht als Kürzel: kleine Buchstaben, Ziffern und Bindestriche."
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
    file = f"content/berichte/{report}/{edition}.md"
    if project.door.holds(root / file):
        refused = f"{root / file} gibt es schon. --edition nennt eine andere Ausgabe."
        return ReportOutcome(project.door, refused=refused)
    write_files(root, {file: skeleton(project.site, project.facts, space, edition, day)})
    return ReportOutcome(project.door, written=(root / file,))


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
        names = sorted({name for edition in editions for name in (edition.report, edition.key)})
        why = f"„{wanted}“ ist kein Bericht." if wanted else "Es gibt keine Berichte."
        near = meant(wanted or "", names) or f"Es gibt: {', '.join(names) or 'noch keine'}."
        return ReportOutcome(project.door, refused=f"{why} {near}")
    files = {
        f"{edition.report}-{edition.name}.pdf": write_pdf(document(project.contexts[0], edition))
        for edition in chosen
    }
    write_files(folder, files)
    return ReportOutcome(project.door, written=tuple(folder / name for name in files))
