"""An edition in, a whole HTML document for paper out: title, contents, the same text as on the site, how to cite."""

from __future__ import annotations

import re

import segno
from markupsafe import Markup

from generator.model.edition import Edition
from generator.printing.colours import stylesheet
from generator.render.context import Context
from generator.render.editions.writing import write_edition
from generator.render.pages.edition import citation

WIDTH = 640
"""The width in pixels for which charts, which are laid out in percent, are drawn on paper."""


def document(context: Context, edition: Edition) -> str:
    """Return the document of an edition; drawings carry their own colours and nothing is loaded from elsewhere."""
    config = context.site.config
    path = context.path("report-edition", edition.key)
    own = Context(context.site, context.facts, config.language)
    written = write_edition(own, edition, path)
    space = written.frozen.spaces.get(edition.head.space) if edition.head.space else None
    address = f"{config.url.rstrip('/')}/{path}"
    return str(
        own.render(
            "edition_print.html",
            path,
            edition=edition,
            head=edition.head,
            space=space,
            body=Markup(prepared(str(written.body), config.accent, address)),
            headings=written.headings,
            cite=citation(own, edition),
            address=address,
            qr=Markup(
                segno.make(address, error="m").svg_inline(
                    border=0, dark="#000", svgclass=None, lineclass=None
                )
            ),
            style=Markup(stylesheet("page.css", config.accent)),
        )
    )


def prepared(body: str, accent: str, address: str) -> str:
    """Give every drawing its colours and charts a width; links to other pages of the site become absolute."""
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
    body = re.sub(r'<text class="(nr-map__name[^"<>]*)"(.*?)(?:</text>|\Z)', _haloed, body, flags=re.DOTALL)

    def absolute(match: re.Match[str]) -> str:
        root, steps = address, match[1].count("../")
        for _step in range(steps):
            root = root.rstrip("/").rsplit("/", 1)[0] + "/"
        return f'href="{root}{match[1].replace("../", "").removeprefix("./")}"'

    return re.sub(r'(?<!xlink:)href="(\.{1,2}/[^"]*)"', absolute, body)


def _haloed(match: re.Match[str]) -> str:
    """Draw a name twice, first as a white outline: on paper nothing else keeps it readable on a dark area."""
    return f'<text class="{match[1]} nr-map__halo" aria-hidden="true"{match[2]}</text>{match[0]}'
