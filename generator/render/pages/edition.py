"""Written reports: the archive of a report, and each of its editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from markupsafe import Markup

from generator.model.editions import Edition
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Crumb, Heading, Page
from generator.render.base.view import View
from generator.render.pages.edition_changes import changes_key
from generator.render.written_reports.archive import figures_path, pdf_path, shown
from generator.render.written_reports.composing import write_edition


@dataclass(frozen=True, slots=True)
class ArchivedEdition:
    """An edition in the archive; `changes` is the key of the page that compares it with the one before."""

    edition: Edition
    changes: str


@dataclass(frozen=True, slots=True)
class ReportArchiveView(View):
    """All editions of a report, the newest first."""

    template = "report_archive.html"

    title: str
    rows: Sequence[ArchivedEdition]


@dataclass(frozen=True, slots=True)
class EditionView(View):
    """The page of an edition: its text, the edition that came after it, and where its files are, paths from the root.

    `german` is true where the page's language is not that of the report.
    """

    template = "edition.html"

    edition: Edition
    space: str
    body: Markup
    newer: Edition | None
    changes: str
    pdf: str
    figures: str
    cite: str
    german: bool


def archive_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page a report."""
    del facts
    return tuple(shown(site))


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page an edition."""
    del facts
    return tuple(edition.key for edition in chain.from_iterable(shown(site).values()))


def render_archive(context: Context, key: str) -> Page:
    """Make the page of a report with all its editions, the newest first."""
    _ = context.gettext
    path = context.path("report-archive", key)
    editions = shown(context.site)[key]
    rows = [
        ArchivedEdition(edition, changes_key(edition) if number else "")
        for number, edition in enumerate(editions)
    ]
    last = editions[-1].head
    return Page(
        path=path,
        lang=context.lang,
        family="edition",
        title=last.title,
        description=last.summary,
        body=context.render(ReportArchiveView(last.title, tuple(rows[::-1])), path),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
        date=last.date,
    )


def render(context: Context, key: str) -> Page:
    """Make the page of an edition: its text is always in the language of the data."""
    _ = context.gettext
    path = context.path("report-edition", key)
    edition = context.site.editions[key]
    editions = shown(context.site)[edition.report]
    written = write_edition(context, edition, path)
    at = editions.index(edition)
    head = edition.head
    own = context.site.config.language if context.lang != context.site.config.language else ""
    config = context.site.config
    public_figures = edition.public and written.frozen.series and not context.site.internal
    view = EditionView(
        edition=edition,
        space=written.space,
        body=written.body,
        newer=editions[-1] if editions[at + 1 :] else None,
        changes=changes_key(edition) if at else "",
        pdf=pdf_path(edition) if config.pdf and not context.site.internal else "",
        figures=figures_path(edition) if public_figures else "",
        cite=citation(context, edition),
        german=bool(own),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="edition",
        title=f"{head.title} {head.edition}",
        description=head.summary,
        body=context.render(view, path),
        crumbs=(
            context.crumb(_("Berichte"), "reports"),
            Crumb(head.title, context.path("report-archive", edition.report)),
        ),
        toc=(
            *(replace(item, lang=own) for item in written.headings),
            Heading("zitieren", _("So zitieren Sie diesen Bericht")),
        ),
        date=head.date,
        indexed=edition.public,
    )


def citation(context: Context, edition: Edition) -> str:
    """Write how to cite an edition: who, when, what, where; without the day of access, since it never changes."""
    config, head = context.site.config, edition.head
    who = head.authors or ", ".join(part for part in (config.publisher.name, config.publisher.office) if part)
    root = config.url.rstrip("/") + "/"
    address = root + urls.path("report-edition", edition.key)
    return f"{who} ({head.date.year}): {head.title}. Ausgabe {head.edition}. {address}"
