"""HTML with places in it and values in, HTML out."""

from __future__ import annotations

from markupsafe import Markup


def pattern(html: str) -> Markup:
    """Return a piece of HTML whose `format` escapes what is put into its places, unless that is HTML already."""
    return Markup(html)


def linked(href: str, text: object) -> Markup:
    """Return a link around a text."""
    return pattern('<a href="{}">{}</a>').format(href, text)
