"""Fill values into HTML: directly (`pattern`) or into slots of rendered HTML (`mark`, `form`)."""

from __future__ import annotations

import re

from markupsafe import Markup


def pattern(html: str) -> Markup:
    """Return HTML whose `format` escapes all values that aren't HTML."""
    return Markup(html)


def linked(href: str, text: object) -> Markup:
    """Return a link around a text."""
    return pattern('<a href="{}">{}</a>').format(href, text)


MARK = re.compile(r"<nr-slot:([a-z]+)>")  # a slot


def mark(name: str) -> Markup:
    """Return a named slot for HTML that is rendered once."""
    return Markup(f"<nr-slot:{name}>")


def form(html: str) -> str:
    """Turn finished HTML into a `%` format with its slots by name.

    >>> form(f"<p>{mark('href')} 5 % &lt;nr-slot:href&gt;</p>") % {"href": "a"}
    '<p>a 5 % &lt;nr-slot:href&gt;</p>'
    """
    return MARK.sub(r"%(\1)s", str(html).replace("%", "%%"))
