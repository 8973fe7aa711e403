"""An edition that is about to be published in; every page, table and document that will show it made once, in memory.

What fails, fails here, before anything is written down for good.
"""

from __future__ import annotations

from dataclasses import replace

from generator.model.edition import Edition
from generator.pipeline.build import Project
from generator.pipeline.plan import SiteFiles
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
    files = SiteFiles(replace(project, site=site))
    # Links lead only to what is announced.
    list(files.generated())
    pages = [path for path, (_lang, kind, _key) in files.pages.items() if kind.kind in SHOWING]
    for path in pages:
        files.document(files.page(path))
    tables = [name for context in files.contexts.values() for name in edition_files(context)]
    text = document(files.contexts[site.config.language], edition)
    if why_no_pdf():
        return len(pages) + len(tables)
    write_pdf(text)
    return len(pages) + len(tables) + 1
