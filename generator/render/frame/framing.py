"""Decide what other sites may show of this one in frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.export.web_server import EMBED_POLICY, EVERYBODY, HEADERS, ITSELF, UNLISTED, framed_by
from generator.model.areas_and_offices import Space
from generator.model.facts import OfferList
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.texts import Translated
from generator.render.base.urls import moved
from generator.render.base.view import View
from generator.render.base.wording import cost_html, in_a_line, status_text, week_lines
from generator.render.directory.cards import where_text

MOST = 30
"""A frame shows so many offers at most and leads to all others."""
STYLES = ("nahraum.css", "embed.css")


class EmbeddedOffer(Struct, frozen=True):
    """An offer in a frame: page, name, unusual state, three facts."""

    href: str
    name: Translated
    status: str  # where it isn't simply running
    facts: Sequence[str]


class EmbedView(View, frozen=True):
    """An area's frame: first offers, their number, path of the list."""

    template = "embed.html"

    space: Space
    offers: Sequence[EmbeddedOffer]
    total: int  # of offers in the whole list
    full: str  # path of that list
    policy: str  # its Content Security Policy
    styles: Sequence[str]  # addresses


def is_on(context: Context) -> bool:
    """Tell whether other sites may show our offers."""
    return "embeds" in context.site.config.subjects and not context.site.internal


def embedded(context: Context) -> dict[str, list[str]]:
    """Return framed areas with their offers, none about violence or `unposted`."""
    facts = context.facts
    found: dict[str, list[str]] = {}
    for key, offers in facts.relations.offers_by_space.items():
        open_to_all = [one for one in offers if facts.offers[one].carried and not facts.offers[one].unposted]
        if open_to_all and is_on(context):
            found[key] = open_to_all
    return found


def embed_files(context: Context) -> dict[str, bytes]:
    """Return the pages for frames by path."""
    files = {}
    for key, offers in embedded(context).items():
        path = context.path("embed", key)
        area = OfferList("gebiet", key)
        view = EmbedView(
            space=context.site.spaces[key],
            offers=[_shown(context, path, item) for item in offers[:MOST]],
            total=len(context.facts.lists[area]),
            full=context.path("offer-list", area.address),
            policy=EMBED_POLICY,
            styles=[urls.relative(path, f"assets/nahraum/{name}") for name in STYLES],
        )
        files[f"{path}index.html"] = context.render(view, path).encode()
    for earlier, key in moved(context.site, "spaces").items():
        page = files.get(f"{context.path('embed', key)}index.html")
        if page is not None:
            files[f"{context.path('embed', earlier)}index.html"] = page
    return files


def _shown(context: Context, path: str, key: str) -> EmbeddedOffer:
    offer, facts = context.site.offers[key], context.facts.offers[key]
    schedule = facts.schedule if offer.status == "running" else None
    found = (
        in_a_line(context, week_lines(context, schedule)),
        where_text(context, key),
        cost_html(context, offer),
    )
    return EmbeddedOffer(
        href=context.href(path, "offer", key),
        name=context.texts.of(offer, "name"),
        status=status_text(context.texts, offer),
        facts=[text for text in found if text],
    )


def header_file(contexts: Iterable[Context], paths: Iterable[str], policy: str) -> str:
    """Return the header rules; `policy` is the pages' Content Security Policy."""
    contexts = list(contexts)
    framed = frameable(contexts)
    roots = [context.path("home") for context in contexts]
    folders = sorted({_folder(path, roots) for path in paths} - set(framed))
    sent = HEADERS if contexts[0].site.for_search_engines else HEADERS | UNLISTED
    everywhere = "".join(f"  {name}: {value}\n" for name, value in sent.items())
    rules = [f"/*\n{everywhere}", "/sw.js\n  Cache-Control: no-cache\n"]  # a newer worker comes at once
    rules += [
        f"/{folder}{'' if folder in roots else '*'}\n  Content-Security-Policy: {framed_by(policy, ITSELF)}\n"
        for folder in folders
    ]
    rules += [f"/{folder}*\n  Content-Security-Policy: {framed_by(policy, EVERYBODY)}\n" for folder in framed]
    return "\n".join(rules)


def frameable(contexts: Iterable[Context]) -> tuple[str, ...]:
    """Return the folders whose pages may be framed."""
    return tuple(context.path("embeds") for context in contexts if is_on(context) and not context.first_door)


def _folder(path: str, roots: list[str]) -> str:
    """Return a path's top folder within its language, or its root."""
    root = max((root for root in roots if path.startswith(root)), key=len, default="")
    first, slash, _ = path.removeprefix(root).partition("/")
    return f"{root}{first}{slash}"
