"""A page in, what other programs read of it out: Open Graph for previews, the way to the page as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from generator.export.structured_data import breadcrumbs
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.frame.families import FAMILIES

PICTURES = {
    "help": "og-hilfe.png",
    "spaces": "og-stadtteil.png",
    "professionals": "og-fachkraefte.png",
    "reports": "og-berichte.png",
    "": "og-nahraum.png",
}
"""One picture a section; `docs/pictures.py` draws them."""
SIZE = (640, 336)
LOCALES = {
    "de": "de_DE",
    "en": "en_GB",
    "ar": "ar_AR",
    "tr": "tr_TR",
    "uk": "uk_UA",
    "ru": "ru_RU",
    "fr": "fr_FR",
}


def data_block(data: Mapping[str, Any]) -> Markup:
    """Return JSON-LD as a data block; `<` is written as an escape, so nothing in it ends the block."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{written}</script>\n')


def metadata(context: Context, page: Page) -> Markup:
    """Return Open Graph and the breadcrumbs of a public page that search engines may show; nothing for all others."""
    site = context.site
    if site.internal or not page.indexed:
        return Markup()
    root = site.config.url.rstrip("/") + "/"
    picture = f"{root}assets/nahraum/{PICTURES[FAMILIES[page.family].section]}"
    rows = {
        "og:type": "website",
        "og:site_name": site.config.name,
        "og:title": page.title,
        "og:description": page.description,
        "og:url": root + page.path,
        "og:locale": LOCALES.get(page.lang.split("-")[0], page.lang),
        "og:image": picture,
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": site.config.name,
    }
    lines = [f'<meta property="{name}" content="{escape(text)}">\n' for name, text in rows.items() if text]
    found = Markup("".join([*lines, '<meta name="twitter:card" content="summary_large_image">\n']))
    if page.crumbs:
        home = (context.gettext("Start"), root + context.path("home"))
        way = [(crumb.label, root + crumb.path) for crumb in page.crumbs]
        found += data_block(breadcrumbs([home, *way, (page.title, root + page.path)]))
    return found
