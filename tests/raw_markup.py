"""A page in, what of its text is still written as in the source out: calls, attributes, Markdown, entities, gaps that nobody filled."""

import re
from html import unescape
from pathlib import Path

_AS_WRITTEN = re.compile(r"<(script|style|code|pre|textarea)\b.*?</\1>", re.DOTALL)
_SPOKEN = re.compile(r'\s(?:title|alt|aria-label|content)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_RAW = re.compile(
    r"\{\{|\}\}|\{[#:%.][^}\n]*\}|<<\w+>>|\]\([^)\s]+\)|\*\*\w|\w\*\*|^#{1,6} \w|&(?:\w+|#\d+);|^(?:!!!|:::) ",
    re.MULTILINE,
)
_GAP = re.compile(r"\[\[|\]\]")


def raw_in(html: str, *, unfinished: bool = False) -> list[str]:
    """Return what is raw; the gaps (`[[…]]`) of an `unfinished` town are there to be seen."""
    shown = _AS_WRITTEN.sub("", html)
    text = unescape("\n".join([_TAG.sub("\n", shown), *_SPOKEN.findall(shown)]))
    return [*_RAW.findall(text), *([] if unfinished else _GAP.findall(text))]


def raw_pages(site: Path, *, unfinished: bool = False) -> dict[str, list[str]]:
    """Return every page of a built site with something raw in it."""
    found = {
        path.relative_to(site).as_posix(): raw_in(path.read_text("utf-8"), unfinished=unfinished)
        for path in sorted(site.rglob("*.html"))
    }
    return {name: raw for name, raw in found.items() if raw}
