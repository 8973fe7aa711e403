"""Fill values into HTML: at once (`pattern`), or into what was rendered once (`mark`, `form`)."""

from __future__ import annotations

import re

from markupsafe import Markup


def pattern(html: str) -> Markup:
    """Return a piece of HTML whose `format` escapes what is put into its places, unless that is HTML already."""
    return Markup(html)


def linked(href: str, text: object) -> Markup:
    """Return a link around a text."""
    return pattern('<a href="{}">{}</a>').format(href, text)


MARK = re.compile(r"<nr-slot:([a-z]+)>")


def mark(name: str) -> Markup:
    """Return what holds a place in HTML that is rendered once."""
    return Markup(f"<nr-slot:{name}>")


def form(html: str) -> str:
    """Make finished HTML a form for `%`: its marks are the places, by their names.

    >>> form(f"<p>{mark('href')} 5 % &lt;nr-slot:href&gt;</p>") % {"href": "a"}
    '<p>a 5 % &lt;nr-slot:href&gt;</p>'
    """
    return MARK.sub(r"%(\1)s", str(html).replace("%", "%%"))
