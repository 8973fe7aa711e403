"""Turn a document for paper into a tagged PDF.

WeasyPrint is optional, so it is imported only here.
"""

from __future__ import annotations

import hashlib
import logging
import re

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
