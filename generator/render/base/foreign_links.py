"""Show the host behind every link of editors' HTML that leads to another one: nobody is led elsewhere than they read."""

from __future__ import annotations

import re
from html import escape, unescape

from generator.model.phone_and_web import host_of

_START, _END = "<a ", "</a>"
_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"[\w.\-]+")


def with_hosts(html: str) -> str:
    """Show the host of each link behind its words, where they don't name it; `html` is as nh3 writes it."""
    before, *links = html.split(_START)
    return before + "".join(map(_shown, links))


def _shown(link: str) -> str:
    inside, end, after = link.partition(_END)
    host = host_of(unescape(inside.partition('href="')[2].partition('"')[0]))
    words = unescape(_TAG.sub(" ", _START + inside)).casefold()
    if not end or not host or host in (name.removeprefix("www.") for name in _NAME.findall(words)):
        return _START + link
    return f"{_START}{inside}{end} (<bdi>{escape(host)}</bdi>){after}"
