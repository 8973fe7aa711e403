"""Markdown of editors in, safe HTML out: no raw HTML, only http(s), mailto and tel links."""

from __future__ import annotations

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

ALLOWED = {
    "p",
    "br",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "a",
    "blockquote",
    "h3",
    "h4",
    "h5",
    "code",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "del",
}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def markdown(text: str, *, shift: int = 2) -> Markup:
    """Return HTML; headings are lowered by `shift` levels so that they fit below the page's own."""
    if not text:
        return Markup()
    tokens = _parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(5, int(token.tag[1]) + shift)}"
    html = _parser().renderer.render(tokens, _parser().options, {})
    return Markup(
        nh3.clean(
            html,
            tags=ALLOWED,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noreferrer",
        )
    )


def plain_text(text: str) -> str:
    """Return the words of a Markdown text, for descriptions and search."""
    words = [
        child.content
        for token in _parser().parse(text)
        for child in (token.children or [])
        if child.type in ("text", "code_inline", "softbreak")
    ]
    return " ".join(" ".join(words).split())
