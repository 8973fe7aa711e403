"""Turn editors' Markdown into safe HTML."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from generator.model.dear_numbers_and_hosts import host_of

_START, _END = "<a ", "</a>"
_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"[\w.\-]+")  # what may be a host among words


def with_hosts(html: str) -> str:
    """Show each link's host behind its words, in HTML as nh3 writes it."""
    before, *links = html.split(_START)
    return before + "".join(map(_with_host, links))


def _with_host(link: str) -> str:
    """Add the host behind a link's words, unless these name it."""
    inside, end, after = link.partition(_END)
    host = host_of(unescape(inside.partition('href="')[2].partition('"')[0]))
    words = unescape(_TAG.sub(" ", _START + inside)).casefold()
    if not end or not host or host in (name.removeprefix("www.") for name in _NAME.findall(words)):
        return _START + link
    return f"{_START}{inside}{end} (<bdi>{escape(host)}</bdi>){after}"


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
}  # elements that stay


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


_PARAGRAPHS = re.compile(r"\n\n+")
_PLAIN = re.compile(r"(?:[^\W\d_](?:[^\W_]|[ ,.;:?!()„“”‚‘’–…/%€§+-])*(?<! )(?:\n+|\Z))+")
"""Text that Markdown leaves as it is: paragraphs of words, each line starts with a letter and ends without a space."""


def markdown(text: str, *, shift: int = 2) -> Markup:
    """Return HTML with headings lowered by `shift` levels."""
    if not text:
        return Markup()
    if _PLAIN.fullmatch(text):
        return Markup("".join(f"<p>{part}</p>\n" for part in _PARAGRAPHS.split(text.strip("\n"))))
    tokens = _parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(5, int(token.tag[1]) + shift)}"
    html = _parser().renderer.render(tokens, _parser().options, {})
    cleaned = nh3.clean(
        html,
        tags=ALLOWED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noreferrer",
    )
    return Markup(with_hosts(cleaned))


def plain_text(text: str) -> str:
    """Return a Markdown text's words, for descriptions and search."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    words: list[str] = []
    for token in _parser().parse(text):
        children = token.children or []
        words += [
            child.content or " " for child in children if child.type in ("text", "code_inline", "softbreak")
        ]
        words.append(" ")
    return " ".join("".join(words).split())
