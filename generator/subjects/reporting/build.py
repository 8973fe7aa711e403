"""Check written reports' texts during a build, and make their PDFs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.editions import Edition
from generator.model.site import Site
from generator.printing import document, why_no_pdf, write_pdf
from generator.render.base.context import Context
from generator.render.written_reports.composing import check_editions
from generator.render.written_reports.edition_call_site import pdf_path, shown

check_texts = check_editions
"""The name by which the build asks for checks of texts."""


def check_publishing(site: Site) -> Iterator[Diagnostic]:
    """Report requested PDFs that can't be made here."""
    if site.config.pdf and site.editions and (reason := why_no_pdf()):
        yield diagnostic("pdf-fehlt", Position("site_config.yml"), reason=reason)


def files(context: Context) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield path and maker of a PDF of each edition that is shown, on the public site."""
    if context.site.config.pdf and not context.site.internal:
        for editions in shown(context.site).values():
            for edition in editions:
                yield pdf_path(edition), partial(_pdf_of_edition, context, edition)


def _pdf_of_edition(context: Context, edition: Edition) -> bytes:
    return write_pdf(document(context, edition))
