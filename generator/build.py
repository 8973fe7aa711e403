"""A project folder in, a site folder out: the pipeline on one screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.check import check_reading, has_errors
from generator.check.lawful import check_lawful_pages
from generator.codes import diagnostic
from generator.derive.discretion import discreet
from generator.derive.facts import derive
from generator.diagnostics import Diagnostic, Position, ordered
from generator.model.facts import Facts
from generator.model.site import Site
from generator.output import exchange, recover, staging_folder
from generator.printing.pdf import why_no_pdf
from generator.read.project import Progress, read_project, silent
from generator.render.components import check_content
from generator.render.context import Context
from generator.render.editions.writing import check_editions


@dataclass(frozen=True, slots=True)
class Project:
    """A project that was read, checked and derived; `site` and `facts` are None when an error stops the build."""

    root: Path
    today: dt.date
    found: tuple[Diagnostic, ...]
    site: Site | None = None
    facts: Facts | None = None

    @property
    def contexts(self) -> tuple[Context, ...]:
        """One view of the site for each language; a project with errors has none."""
        if self.site is None or self.facts is None:
            return ()
        return tuple(Context(self.site, self.facts, lang) for lang in self.site.config.languages)


Writer = Callable[[Project, Path, Progress], tuple[Diagnostic, ...]]


def prepare(
    root: Path,
    today: dt.date,
    *,
    internal: bool = False,
    drafts: bool = False,
    progress: Progress = silent,
) -> Project:
    """Read and check everything; derive when there is no error. Nothing is written.

    `drafts` shows editions of reports that are not published, as the internal site does anyway.
    """
    reading = read_project(root, internal=internal, progress=progress)
    found = check_reading(reading, today, progress)
    if reading.site is None or has_errors(found):
        return Project(root, today, found)
    site = discreet(replace(reading.site, drafts=internal or drafts))
    project = Project(root, today, found, site, derive(site, today, reading.indicators))
    problems = [
        *check_content(root, project.contexts),
        *check_editions(project.contexts[0]),
        *check_lawful_pages(root, site, today),
    ]
    if site.config.pdf and site.editions and (reason := why_no_pdf()):
        problems.append(diagnostic("pdf-fehlt", Position("site_config.yml"), reason=reason))
    return replace(project, found=ordered([*found, *problems]))


def build_site(
    project: Project, target: Path, write: Writer, progress: Progress = silent
) -> tuple[Diagnostic, ...]:
    """Write the whole site beside `target` and exchange the folders in one step; on any error the old site stays.

    `write` makes all files of the site in the folder it is given and returns what it found wrong.
    """
    if has_errors(project.found):
        return project.found
    recover(target)
    with staging_folder(target) as folder:
        problems = write(project, folder, progress)
        found = ordered([*project.found, *problems])
        if not has_errors(problems):
            exchange(folder, target)
    return found
