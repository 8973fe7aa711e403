"""The file of an edition in; its figures kept for good, its text published, a correction of it noted: every file or none.

Before anything is written, every page, table and document that will show it is made once, in memory: what fails, fails here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.check import check_reading
from generator.derive.masking import published
from generator.diagnostics import Diagnostic, has_errors, ordered
from generator.edit.report_writing import corrected, frozen_content, frozen_name, marked_published, written
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.edition import Edition
from generator.pipeline.build import Project, derived
from generator.pipeline.frames import Frames
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page
from generator.printing.document import document
from generator.printing.pdf import why_no_pdf, write_pdf
from generator.read.editions import parse_edition, read_frozen, with_figures
from generator.read.project import read_project
from generator.render.data_files.figure_downloads import edition_files
from generator.render.written_reports.composing import collect, try_edition

SHOWING = ("reports", "report-archive", "report-edition", "report-changes")
"""The kinds of pages on which an edition stands."""
_MENDED = {"ausgabe-nicht-eingefroren", "ausgabe-text-geaendert"}
"""What is wrong with an edition until it is frozen, or its correction noted."""


@dataclass(frozen=True, slots=True)
class PublishOutcome:
    """What became of an edition. With errors in `found`, or with `refused`, nothing was written."""

    door: Door
    found: tuple[Diagnostic, ...] = ()
    refused: str = ""
    """Why this can't be asked for this edition, in German."""
    figures: Path = Path()
    """The file that keeps its figures."""
    cells: int = 0
    indicators: int = 0
    corrected: bool = False


def freeze_edition(root: Path, file: Path, day: dt.date, correction: str | None = None) -> PublishOutcome:
    """Keep the figures of a published edition, or note a correction of its text; what is kept stays as it is."""
    project, edition, outcome = _chosen(root, file, day)
    if project is None or edition is None:
        return outcome
    path = root / frozen_name(edition)
    if not edition.public:
        refused = "Diese Ausgabe ist noch nicht veröffentlicht (state). „nahraum publish“ veröffentlicht sie und hält ihre Zahlen fest."
        return replace(outcome, refused=refused)
    if not project.door.holds(path):
        return _keep(project, edition, {}, outcome)
    text, _ = project.door.text(path)
    content = read_frozen(text or "")
    if correction is None or content is None:
        refused = f"{path} gibt es schon. Mit --correction „Was berichtigt ist“ wird ein geänderter Text vermerkt; die Zahlen bleiben."
        return replace(outcome, refused=refused)
    content = corrected(edition, content, day, correction)
    return replace(_place(project, edition, content, {}, outcome), corrected=True)


def publish_edition(root: Path, file: Path, day: dt.date) -> PublishOutcome:
    """Set an edition's state to published and keep its figures, in one step."""
    project, edition, outcome = _chosen(root, file, day)
    if project is None or edition is None:
        return outcome
    if project.door.holds(root / frozen_name(edition)):
        return replace(outcome, refused="Diese Ausgabe ist schon veröffentlicht.")
    if refused := _unfinished(edition):
        return replace(outcome, refused=refused)
    data, problems = project.door.read(root / edition.file)
    if data is None:
        return replace(outcome, found=ordered(problems))
    # With its byte-order mark, if it has one: everything but the state stays as it is written.
    text, problems = marked_published(data.decode(), edition.file)
    public, more = parse_edition(text, edition.file, {})
    if public is None or problems:
        return replace(outcome, found=ordered([*problems, *more]))
    return _keep(project, public, {edition.file: text}, outcome)


def rehearse(project: Project, edition: Edition) -> int:
    """Make everything that shows an edition and return how many files that were; raise what goes wrong.

    A PDF is among them wherever this computer can write one.
    """
    if project.site is None:
        raise ValueError("a project with errors shows no edition")
    editions = {**project.site.editions, edition.key: edition}
    site = replace(project.site, editions=editions, drafts=False)
    plan = plan_site(project.showing(site))
    frames = Frames(plan)
    pages = [path for path, page in plan.pages.items() if page.type.kind in SHOWING]
    for path in pages:
        frames.document(make_page(plan, path))
    made = len(pages) + sum(len(edition_files(context)) for context in plan.whole)
    text = document(plan.contexts[site.config.language], edition)
    if why_no_pdf():
        return made
    write_pdf(text)
    return made + 1


def _chosen(root: Path, file: Path, day: dt.date) -> tuple[Project | None, Edition | None, PublishOutcome]:
    """Read a project and find an edition by its file; what freezing itself mends is no obstacle."""
    reading = read_project(root)
    found = tuple(item for item in check_reading(reading, day) if item.code not in _MENDED)
    outcome = PublishOutcome(reading.door)
    if reading.site is None or has_errors(found):
        return None, None, replace(outcome, found=ordered(found))
    editions = reading.site.editions.values()
    edition = next((item for item in editions if (root / item.file).resolve() == file.resolve()), None)
    if edition is None:
        refused = f"{file} ist keine Ausgabe; sie liegen unter content/berichte/<bericht>/<ausgabe>.md."
        return None, None, replace(outcome, refused=refused)
    site = published(replace(reading.site, drafts=True))
    return derived(reading, site, day, found), edition, outcome


def _unfinished(edition: Edition) -> str:
    """Say which question to the writers is still open; nothing where none is."""
    for number, line in enumerate(edition.text.splitlines(), edition.first_line):
        if "TODO" in line:
            return f"In Zeile {number} steht noch eine Frage an die Schreibenden (TODO)."
    return (
        "Das Wichtigste (summary) ist noch nicht geschrieben (TODO)."
        if "TODO" in edition.head.summary
        else ""
    )


def _keep(
    project: Project, edition: Edition, files: Mapping[str, str], outcome: PublishOutcome
) -> PublishOutcome:
    """Keep the figures that an edition uses today."""
    frozen, problems = collect(project.contexts[0], edition)
    if has_errors(problems):
        return replace(outcome, found=ordered(problems))
    cells = sum(len(series.cells) for series in frozen.series.values())
    outcome = replace(outcome, cells=cells, indicators=len(frozen.series))
    return _place(project, edition, frozen_content(edition, frozen), files, outcome)


def _place(
    project: Project,
    edition: Edition,
    content: dict[str, Any],
    files: Mapping[str, str],
    outcome: PublishOutcome,
) -> PublishOutcome:
    """Try everything that the edition will be, then write all of its files, or none."""
    text, name = written(content), frozen_name(edition)
    public = with_figures(edition, json.loads(text))
    problems = try_edition(project.contexts[0], public)
    if has_errors(problems):
        return replace(outcome, found=ordered(problems))
    rehearse(project, public)
    write_files(project.root, {**files, name: text})
    return replace(outcome, figures=project.root / name)
