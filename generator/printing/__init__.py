"""Turn an edition into one HTML document for paper, and this into a tagged PDF."""

from __future__ import annotations

import hashlib
import logging
import re
from functools import cache
from string import Template

from markupsafe import Markup

from generator.files.packaged import packaged_text
from generator.model.editions import Edition
from generator.render.base.colours import WHITE, accent_scheme, contrast, map_steps
from generator.render.base.context import Context
from generator.render.base.page import Heading
from generator.render.base.urls import qr_code
from generator.render.base.view import View
from generator.render.pages.edition_pages import citation
from generator.render.written_reports.composing import write_edition

VARIANT = "pdf/ua-1"
"""Tagged, so that screen readers can read it (ISO 14289-1)."""


class PdfMissing(Exception):
    """WeasyPrint or its system library is missing; the text says which."""


def why_no_pdf() -> str:
    """Say what is missing for PDFs; else empty."""
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        return "WeasyPrint ist nicht installiert"
    except OSError as error:
        lines = str(error).splitlines()
        return lines[0]
    return ""


# Passed over as they are: stylesheets, tags; then a hundred letters in a row.
_LONG_WORD = re.compile(r"<style.*?(?:</style>|\Z)|<[^<>]*>|[^\s<>&]{100}(?=[^\s<>&])", re.DOTALL)


def breakable(html: str) -> str:
    """Let words above a hundred letters break anywhere: hyphenating takes cubic time.

    >>> breakable(f'<p title="{"a" * 101}">{"a" * 101}').count("\u200b")
    1
    """
    return _LONG_WORD.sub(lambda found: found[0] if found[0][0] == "<" else f"{found[0]}\u200b", html)


def write_pdf(html: str) -> bytes:
    """Return a document's PDF, deterministic; raises `PdfMissing`."""
    if reason := why_no_pdf():
        raise PdfMissing(reason)
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    # Stylesheets written for browsers too draw warnings about what paper does not need.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    # A report holds all it needs, pictures as well: a build asks no other host.
    only_held = URLFetcher(allowed_protocols=["data"])
    content = HTML(
        string=breakable(html), base_url="https://nowhere.invalid/", url_fetcher=only_held
    ).write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    if not isinstance(content, bytes):
        raise PdfMissing("WeasyPrint hat nichts geschrieben")
    return content


INK = "#1c2326"
"""The colour of text on paper."""


def stylesheet(name: str, accent: str) -> str:
    """Return `page.css` or `picture.css` with the town's colours filled in."""
    return Template(_read_printing_file(name)).substitute(palette(accent))


def palette(accent: str) -> dict[str, str]:
    """Return print colours: readable accent, and maps' five classes."""
    steps = map_steps(accent)
    return {
        "accent": accent_scheme(accent, "light")["accent"],
        "ink": INK,
        "white": WHITE,
        "muted": "#4f5a62",
        "line": "#d9d2c6",
        "edge": "#857b6c",
        "grey": "#6f7780",
        **{f"step{number}": step for number, step in enumerate(steps, 1)},
        **{f"ink{number}": _ink_on(step) for number, step in enumerate(steps, 1)},
    }


def _ink_on(ground: str) -> str:
    """Return which of ink and white is better to read on a colour."""
    return INK if contrast(INK, ground) >= contrast(WHITE, ground) else WHITE


@cache
def _read_printing_file(name: str) -> str:
    return packaged_text("generator.printing", name)


WIDTH = 640
"""The width in pixels for which charts, which are laid out in percent, are drawn on paper."""


class EditionPrintView(View, frozen=True):
    """An edition as a document: text, contents, address and QR code."""

    template = "edition_print.html"

    edition: Edition
    space: str
    """The name of the area that it is about; empty for none."""
    body: Markup
    headings: tuple[Heading, ...]
    cite: str
    """How to cite it."""
    address: str
    """The full address of its page."""
    qr: Markup
    style: Markup
    logo: str


def document(context: Context, edition: Edition) -> str:
    """Return an edition's self-contained document."""
    config = context.site.config
    path = context.path("report-edition", edition.key)
    main = context.in_main_language()
    written = write_edition(main, edition, path, as_published=True)
    address = f"{config.url.rstrip('/')}/{path}"
    view = EditionPrintView(
        edition=edition,
        space=written.space,
        body=Markup(prepared(str(written.body), config.accent)),
        headings=written.headings,
        cite=citation(main, edition),
        address=address,
        qr=qr_code(address),
        style=Markup(stylesheet("page.css", config.accent)),
        logo=main.site.logo,
    )
    return str(main.render(view, path))


def prepared(body: str, accent: str) -> str:
    """Fit drawings for paper: colours, charts' width, outlined names, no links over maps."""
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
    """Draw a name over a white outline, for dark areas on paper."""
    return f'<text class="{match[1]} nr-map__halo" aria-hidden="true"{match[2]}</text>{match[0]}'
