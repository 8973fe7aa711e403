"""An edition in, a whole HTML document for paper out: title, contents, the same text as on the site, how to cite."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.editions import Edition
from generator.printing.print_colours import stylesheet
from generator.render.base.context import Context
from generator.render.base.page import Heading
from generator.render.base.poster_code import qr_code
from generator.render.base.view import View
from generator.render.pages.edition_pages import citation
from generator.render.written_reports.composing import write_edition

WIDTH = 640
"""The width in pixels for which charts, which are laid out in percent, are drawn on paper."""


@dataclass(frozen=True, slots=True)
class EditionPrintView(View):
    """An edition as a document: its prepared text, its contents, the address on the site in words and as a QR code."""

    template = "edition_print.html"

    edition: Edition
    space: str
    body: Markup
    headings: tuple[Heading, ...]
    cite: str
    address: str
    qr: Markup
    style: Markup


def document(context: Context, edition: Edition) -> str:
    """Return the document of an edition; drawings carry their own colours and nothing is loaded from elsewhere."""
    config = context.site.config
    path = context.path("report-edition", edition.key)
    own = context.in_main_language()
    written = write_edition(own, edition, path)
    address = f"{config.url.rstrip('/')}/{path}"
    view = EditionPrintView(
        edition=edition,
        space=written.space,
        body=Markup(prepared(str(written.body), config.accent)),
        headings=written.headings,
        cite=citation(own, edition),
        address=address,
        qr=qr_code(address),
        style=Markup(stylesheet("page.css", config.accent)),
    )
    return str(own.render(view, path))


def prepared(body: str, accent: str) -> str:
    """Give every drawing its colours and charts a width."""
    style = f"<style>{stylesheet('picture.css', accent)}</style>"

    def drawing(match: re.Match[str]) -> str:
        attributes = match[1]
        height = re.search(r'\bheight="([\d.]+)"', attributes)
        if "viewBox" not in attributes and height and "nr-chart" in attributes:
            attributes += f' width="{WIDTH}" viewBox="0 0 {WIDTH} {height[1]}"'
        return f"<svg{attributes}>{style}"

    # The links that lie over a map on screen would be a second, empty picture on paper.
    body = re.sub(r'<svg class="nr-map__links".*?(?:</svg>|\Z)', "", body, flags=re.DOTALL)
    body = re.sub(r"<svg([^<>]*)>", drawing, body)
    return re.sub(r'<text class="(nr-map__name[^"<>]*)"(.*?)(?:</text>|\Z)', _haloed, body, flags=re.DOTALL)


def _haloed(match: re.Match[str]) -> str:
    """Draw a name twice, first as a white outline: on paper nothing else keeps it readable on a dark area."""
    return f'<text class="{match[1]} nr-map__halo" aria-hidden="true"{match[2]}</text>{match[0]}'
