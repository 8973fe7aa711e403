"""An edition that is about to be published in; every page, table and document that will show it made once, in memory.

What fails, fails here, before anything is written down for good.
"""

from __future__ import annotations

from dataclasses import replace

from generator.model.edition import Edition
from generator.pipeline.build import Project
from generator.pipeline.frames import Frames
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page
from generator.printing.document import document
from generator.printing.pdf import why_no_pdf, write_pdf
from generator.render.data_files.figure_downloads import edition_files

SHOWING = ("reports", "report-archive", "report-edition", "report-changes")
"""The kinds of pages on which an edition stands."""


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
    tables = [name for context in plan.contexts.values() for name in edition_files(context)]
    text = document(plan.contexts[site.config.language], edition)
    if why_no_pdf():
        return len(pages) + len(tables)
    write_pdf(text)
    return len(pages) + len(tables) + 1
