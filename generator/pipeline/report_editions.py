"""Begin, freeze, publish, correct and withdraw: editions of reports, and releases of tables."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.check import check_reading
from generator.derive.masking import published
from generator.diagnostics import Diagnostic, Position, has_errors, meant, ordered
from generator.disclosure.protect.protecting import write_ledger
from generator.edit.report_writing import (
    corrected,
    emptied,
    fixed_periods,
    frozen_content,
    marked_published,
    marked_withdrawn,
    next_text,
    skeleton,
    written,
)
from generator.files.disk import Disk
from generator.files.writing import write_files
from generator.model.cells import Status
from generator.model.editions import Edition, Withdrawal
from generator.model.names_and_ids import is_slug
from generator.pipeline.build import Project, derived, prepare
from generator.pipeline.plan import plan_site
from generator.pipeline.write import Frames, make_page
from generator.printing import document, why_no_pdf, write_pdf
from generator.read.editions import parse_edition, read_frozen, with_figures
from generator.read.indicator_folders import KEPT, LEDGER, VALUES_FILE, WITHDRAWN, log_with, read_log
from generator.read.project import read_project
from generator.read.value_tables import decode, digest, repository_of
from generator.render.data_files.figure_downloads import edition_files
from generator.render.written_reports.composing import collect, try_edition


class ReportOutcome(Struct, frozen=True):
    """What a command on a report did: written files; none with errors or `refused`."""

    disk: Disk
    found: tuple[Diagnostic, ...] = ()
    refused: str = ""
    """Why this can't be asked for, in German."""
    written: tuple[Path, ...] = ()
    look: tuple[Position, ...] = ()
    """Where what was written names a period that doesn't go on by itself."""
    source: str = ""
    """The file of the edition that was carried on."""
    cells: int = 0
    """How many figures are kept from now on, and of how many indicators."""
    indicators: int = 0
    corrected: bool = False


def new_report(root: Path, report: str, space: str | None, edition: str, day: dt.date) -> ReportOutcome:
    """Write a new report's skeleton, never over a file."""
    if refused := _why_no_id(report, edition):
        return ReportOutcome(Disk(root), refused=refused)
    project = prepare(root, day, drafts=True)
    if project.site is None or project.facts is None:
        return ReportOutcome(project.disk, project.found)
    if space is None:
        refused = "--space nennt das Gebiet, von dem der Bericht handelt."
        return ReportOutcome(project.disk, refused=refused)
    if space not in project.site.spaces:
        refused = f"„{space}“ ist kein Gebiet. {meant(space, project.site.spaces)}".rstrip()
        return ReportOutcome(project.disk, refused=refused)
    file, refused = _new_file(project.disk, report, edition)
    if refused:
        return ReportOutcome(project.disk, refused=refused)
    write_files(root, {file: skeleton(project.site, project.facts, space, edition, day)})
    return ReportOutcome(project.disk, written=(root / file,))


def new_edition(root: Path, report: str, edition: str, day: dt.date) -> ReportOutcome:
    """Write a report's next edition from the newest, never over a file."""
    if refused := _why_no_id(report, edition):
        return ReportOutcome(Disk(root), refused=refused)
    reading = read_project(root)
    file, refused = _new_file(reading.disk, report, edition)
    if refused:
        return ReportOutcome(reading.disk, refused=refused)
    if reading.site is None:
        return ReportOutcome(reading.disk, reading.found)
    editions = reading.site.editions.values()
    earlier = [one for one in editions if one.report == report and one.head.withdrawn is None]
    if not earlier:
        inner = f"content/berichte/{report}/"
        if wrong := tuple(item for item in reading.found if item.position.file.startswith(inner)):
            return ReportOutcome(reading.disk, wrong)
        near = meant(report, {one.report for one in editions})
        refused = f"Von „{report}“ gibt es noch keinen Stand. {near} Den ersten legt „nahraum new report“ an."
        return ReportOutcome(reading.disk, refused=refused.replace("  ", " "))
    return _carried_on(reading.disk, earlier[-1], file, edition, day)


def _carried_on(disk: Disk, last: Edition, file: str, edition: str, day: dt.date) -> ReportOutcome:
    """Write the edition after the `last` into a new file."""
    root = disk.project
    text, found = disk.text(root / last.file)
    if text is None:
        return ReportOutcome(disk, tuple(found))
    text, found = next_text(text, last, edition, day)
    if found:
        return ReportOutcome(disk, tuple(found))
    write_files(root, {file: text})
    look = tuple(fixed_periods(text, file))
    return ReportOutcome(disk, written=(root / file,), look=look, source=last.file)


def _why_no_id(*parts: str) -> str:
    """Say that a name can't be a report's or edition's; else empty."""
    for part in parts:
        if not is_slug(part):
            return f"„{part}“ taugt nicht als Kürzel: kleine Buchstaben, Ziffern und Bindestriche."
    return ""


def _new_file(disk: Disk, report: str, edition: str) -> tuple[str, str]:
    """Return (an edition's path, why it is taken)."""
    file = f"content/berichte/{report}/{edition}.md"
    taken = disk.holds(disk.project / file)
    return file, f"{disk.project / file} gibt es schon. --edition nennt einen anderen Stand." if taken else ""


def print_editions(
    root: Path, folder: Path, wanted: str | None, day: dt.date, *, internal: bool
) -> ReportOutcome:
    """Write editions as PDF: all, a report's, or one (`bericht/2026`). Raises `PdfMissing` where impossible."""
    project = prepare(root, day, internal=internal, drafts=True)
    if project.site is None or has_errors(project.found):
        return ReportOutcome(project.disk, project.found)
    editions = project.site.editions.values()
    chosen = [edition for edition in editions if wanted in (None, edition.report, edition.key)]
    if not chosen:
        names = {edition.report for edition in editions} | {edition.key for edition in editions}
        return ReportOutcome(project.disk, refused=_no_report(wanted, sorted(names)))
    files = {
        f"{edition.report}-{edition.name}.pdf": write_pdf(document(project.contexts[0], edition))
        for edition in chosen
    }
    write_files(folder, files)
    return ReportOutcome(project.disk, written=tuple(folder / name for name in files))


def _no_report(wanted: str | None, names: Sequence[str]) -> str:
    """Say that a report is unknown, with a similar name, or that there are none."""
    why = f"„{wanted}“ ist kein Bericht." if wanted else "Es gibt keine Berichte."
    near = meant(wanted or "", names) or f"Es gibt: {', '.join(names) or 'noch keine'}."
    return f"{why} {near}"


SHOWING = ("reports", "report-archive", "report-edition", "report-changes")
"""The kinds of pages on which an edition stands."""
_MENDED = {"ausgabe-nicht-eingefroren", "ausgabe-text-geaendert"}
"""Codes of what these commands mend: not frozen yet, or a text that changed since."""


def publish_edition(root: Path, file: Path, day: dt.date, correction: str | None = None) -> ReportOutcome:
    """Publish an edition and keep its figures, in one step, or note a correction of a published text."""
    project, edition, outcome = _chosen(root, file, day)
    if project is None or edition is None:
        return outcome
    is_kept = project.disk.holds(root / edition.kept_at)
    if correction is not None:
        if not (is_kept and edition.public):
            return replace(outcome, refused="Berichtigen lässt sich nur, was veröffentlicht ist.")
        text, _ = project.disk.text(root / edition.kept_at)
        content = read_frozen(text or "")
        if content is None:
            return replace(outcome, refused=f"{edition.kept_at} ist nicht zu lesen.")
        content = corrected(edition, content, day, correction)
        return replace(_try_and_write(project, edition, content, {}, outcome), corrected=True)
    if is_kept:
        refused = "Dieser Bericht ist schon veröffentlicht. Mit --correction „Was berichtigt ist“ wird ein geänderter Text vermerkt; die Zahlen bleiben."
        return replace(outcome, refused=refused)
    if refused := _unfinished(edition):
        return replace(outcome, refused=refused)
    if edition.public:
        return _freeze_and_write(project, edition, {}, outcome)
    data, problems = project.disk.read(root / edition.file)
    if data is None:
        return replace(outcome, found=ordered(problems))
    # With its byte-order mark, if it has one: everything but the state stays as it is written.
    text, problems = marked_published(data.decode(), edition.file)
    public, more = parse_edition(text, edition.file, {})
    if public is None or problems:
        return replace(outcome, found=ordered([*problems, *more]))
    return _freeze_and_write(project, public, {edition.file: text}, outcome)


def withdraw_edition(root: Path, file: Path, day: dt.date, reason: str) -> ReportOutcome:
    """Remove an edition's words, figures, lists and files."""
    project, edition, outcome = _chosen(root, file, day, to_withdraw=True)
    if project is None or edition is None:
        return outcome
    path = root / edition.kept_at
    text, _ = project.disk.text(path)
    content = read_frozen(text or "")
    if content is None or edition.frozen is None or edition.head.withdrawn is not None:
        refused = "Zurückziehen lässt sich, was veröffentlicht und noch nicht zurückgezogen ist."
        return replace(outcome, refused=refused)
    data, problems = project.disk.read(root / edition.file)
    if data is None:
        return replace(outcome, found=ordered(problems))
    marked, problems = marked_withdrawn(edition, data.decode(), day, reason)
    withdrawn, more = parse_edition(marked, edition.file, {})
    if withdrawn is None or problems:
        return replace(outcome, found=ordered([*problems, *more]))
    content = emptied(withdrawn, content, day)
    return _try_and_write(project, withdrawn, content, {edition.file: marked}, outcome)


def rehearse(project: Project, edition: Edition) -> int:
    """Make everything that shows an edition, as it will be, and count files: what fails is raised before anything is written."""
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


def _chosen(
    root: Path, file: Path, day: dt.date, *, to_withdraw: bool = False
) -> tuple[Project | None, Edition | None, ReportOutcome]:
    """Find an edition by file; mistakes that freezing mends, or in the files of one `to_withdraw`, don't count."""
    reading = read_project(root)
    editions = reading.site.editions.values() if reading.site is not None else ()
    edition = next((item for item in editions if (root / item.file).resolve() == file.resolve()), None)
    withdrawn_files = (edition.file, edition.kept_at) if edition is not None and to_withdraw else ()
    every = check_reading(reading, day)
    found = tuple(
        item for item in every if item.code not in _MENDED and item.position.file not in withdrawn_files
    )
    outcome = ReportOutcome(reading.disk)
    if reading.site is None or has_errors(found):
        return None, None, replace(outcome, found=ordered(found))
    if edition is None:
        refused = f"{file} ist kein Bericht; sie liegen unter content/berichte/<bericht>/<stand>.md."
        return None, None, replace(outcome, refused=refused)
    site = published(replace(reading.site, drafts=True))
    return derived(reading, site, day, found), edition, outcome


def _unfinished(edition: Edition) -> str:
    """Return the writers' open question; else empty."""
    for number, line in enumerate(edition.text.splitlines(), edition.first_line):
        if "TODO" in line:
            return f"In Zeile {number} steht noch eine Frage an die Schreibenden (TODO)."
    return (
        "Das Wichtigste (summary) ist noch nicht geschrieben (TODO)."
        if "TODO" in edition.head.summary
        else ""
    )


def _freeze_and_write(
    project: Project, edition: Edition, files: Mapping[str, str], outcome: ReportOutcome
) -> ReportOutcome:
    """Write a published edition with the figures that it uses today."""
    frozen, problems = collect(project.contexts[0], edition)
    if has_errors(problems):
        return replace(outcome, found=ordered(problems))
    cells = sum(len(series.cells) for series in frozen.series.values())
    outcome = replace(outcome, cells=cells, indicators=len(frozen.series))
    return _try_and_write(project, edition, frozen_content(edition, frozen), files, outcome)


def _try_and_write(
    project: Project,
    edition: Edition,
    content: dict[str, Any],
    files: Mapping[str, str],
    outcome: ReportOutcome,
) -> ReportOutcome:
    """Try an edition's pages, then write all files and the log, or none."""
    text, name = written(content), edition.kept_at
    public = with_figures(edition, json.loads(text))
    problems = try_edition(project.contexts[0], public)
    if has_errors(problems):
        return replace(outcome, found=ordered(problems))
    rehearse(project, public)
    withdrawal = edition.head.withdrawn
    log = log_with(project.disk, {name: text}, withdrawal)
    write_files(project.root, {**files, name: text, **log})
    return replace(outcome, written=(project.root / name,))


# Columns of a table of values.
_WORDS = ("note", "qualifier")
_COUNTS = ("numerator", "denominator")


def withdraw_release(
    root: Path, file: Path, day: dt.date, reason: str, private: Path | None = None
) -> ReportOutcome:
    """Move a released table's counts to a private folder; if current, pages show no figure until the next."""
    reading = read_project(root)
    disk = reading.disk
    outcome = ReportOutcome(disk)
    # `resources/indicators/<id>/releases/2026-05-01.csv`
    folder = reading.indicators.get(file.parent.parent.name)
    name = disk.name(root / file.resolve().relative_to(root.resolve()))
    releases = folder.releases if folder is not None else ()
    kept = folder.earlier if folder is not None else {}
    chosen = next((one for one in releases if f"{one.date}" == file.stem and one.date in kept), None)
    withdrawn = {row.file for row in read_log(disk)[0] if row.withdrawn}
    data, _ = disk.read(file)
    if chosen is None or name in withdrawn or data is None:
        refused = "Zurückziehen lässt sich, was veröffentlicht und noch nicht zurückgezogen ist."
        return replace(outcome, refused=refused)
    if private is None or private.resolve().is_relative_to(repository_of(root)):
        refused = "Die Anzahlen einer zurückgezogenen Tabelle ziehen in die private Ablage außerhalb des Projekts: --private ABLAGE nennen."
        return replace(outcome, refused=refused)
    bare = _blank_words_and_counts(data)
    note = f"{WITHDRAWN}{day:%d.%m.%Y}: {reason}"
    every = [replace(one, digest=digest(bare), note=note) if one is chosen else one for one in releases]
    # The table that pages read is a copy of the newest release.
    values = file.parent.parent / VALUES_FILE
    files = {name: bare, disk.name(file.parent / LEDGER): write_ledger(every)}
    if disk.read(values)[0] == data:
        files[disk.name(values)] = bare
    files |= log_with(disk, files, Withdrawal(date=day, reason=reason))
    write_files(private, {f"{KEPT}/{file.parent.parent.name}-{file.name}": data})
    write_files(root, files)
    return replace(outcome, written=(root / name,))


def _blank_words_and_counts(data: bytes) -> bytes:
    """Return a table without words and counts; „…“ marks what was out."""
    reader = csv.DictReader(io.StringIO(decode(data)))
    rows = list(reader)
    for row in rows:
        if row.get("status") != Status.SECRET:
            row["status"] = Status.LATER.value
        row.update({name: "" for name in (*_WORDS, *_COUNTS) if name in row})
    stream = io.StringIO()
    writer = csv.DictWriter(stream, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
