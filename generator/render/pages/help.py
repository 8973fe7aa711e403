"""„Sofort Hilfe“: emergency numbers, help in the town, somebody to talk to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.vocabulary import HelpNumber
from generator.render.base.area_names import in_town
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import Chip, Chips, View
from generator.render.data_files.danger_boxes import danger_boxes, danger_language
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import (
    HelpItem,
    family_numbers,
    help_items,
    offer_help,
    oldest_check,
    open_numbers,
)
from generator.render.directory.offer_order import protecting
from generator.search.danger_data import HelpLine


class HelpLines(Struct, frozen=True):
    """Whom to call for what, with notes; without label whom first."""

    label: str
    lines: Sequence[HelpLine]
    more: Sequence[str] = ()


class HelpBox(Struct, frozen=True):
    """A dangerous situation: name, first call (link, number, hours), what to do, others."""

    id: str
    name: str
    calls: Sequence[tuple[str, str, str]]
    says: str
    blocks: Sequence[HelpLines]


class HelpView(View, frozen=True):
    """Help at any time, offers (`here` by telephone, `others` as cards), services, `boxes`, topics.

    `free`: all calls of `talk` cost nothing.
    """

    template = "help.html"

    first: Sequence[HelpNumber]
    talk: Sequence[HelpItem]
    free: bool
    further: Sequence[HelpItem]
    checked: str
    where: str
    here: Sequence[HelpItem]
    others: Sequence[Markup]
    boxes: Sequence[HelpBox]
    topics: Chips


def render(context: Context, key: str = "") -> Page:
    """Make the page of help numbers."""
    del key
    _ = context.gettext
    path = context.path("help")
    numbers = family_numbers(context, crisis=False)
    talk = [item for item in numbers if item.crisis and not item.emergency]
    here = protecting(context)
    called = [item for item in here if context.facts.offers[item].contact.number]
    view = HelpView(
        first=open_numbers(context),
        talk=help_items(context, talk),
        free=all(item.free for item in talk),
        further=help_items(context, [item for item in numbers if not item.crisis]),
        checked=_checked_once(context, numbers),
        where=in_town(context),
        here=offer_help(context, path, called),
        others=offer_cards(context, path, [item for item in here if item not in called]),
        boxes=tuple(_boxes(context, path)),
        topics=tuple(_grave_topics(context, path)),
    )
    return context.page(
        view,
        path,
        family="help",
        title=_("Beratung und Schutz"),
        description=_("Nummern, die sofort helfen: kostenlos, auch ohne Namen."),
        date=oldest_check(context, numbers),
    )


def _grave_topics(context: Context, path: str) -> Iterator[Chip]:
    """Yield topics of violence or danger below life situations."""
    for topic in context.words.topics.values():
        if topic.sensitive and topic.parent is not None:
            href = context.href(path, "topic", topic.id)
            yield Chip(context.translated(topic, "phrase"), href)


def _boxes(context: Context, path: str) -> Iterator[HelpBox]:
    """Yield the search's boxes in the page's or main language."""
    spoken = [danger_language(context, lang) for lang in (context.lang, context.site.config.language)]
    own = next(filter(None, spoken), None)
    if own is None or own.words is None:
        return
    names: dict[Any, str] = {**own.names}
    needs: dict[Any, str] = {**own.needs}
    says: dict[Any, str] = {**own.says}
    more: dict[Any, str] = {**own.more}
    for box in danger_boxes(context):
        known = [more[box.id], own.words.trace] if box.id in more else [own.words.trace]
        blocks = [HelpLines("", box.first)] if box.first else []
        blocks += [
            HelpLines(needs.get(need, ""), lines, known if need == "know" else ())
            for need, lines in box.needs
        ]
        told_here = [replace(block, lines=_here(context, path, block.lines)) for block in blocks]
        yield HelpBox(
            id=box.id,
            name=names.get(box.id, ""),
            calls=_first_calls(told_here),
            says=says.get(box.id, ""),
            blocks=told_here,
        )


def _checked_once(context: Context, numbers: Iterable[HelpNumber]) -> str:
    """Say when numbers were tried and which weren't; emergency numbers may not be."""
    _ = context.gettext
    called = [item for item in numbers if not item.emergency]
    oldest = oldest_check(context, called)
    if oldest is None:
        return _("Ob diese Nummern stimmen, ist noch nicht geprüft.") if called else ""
    open_ones = [item for item in called if context.words.checked(item.id) is None]
    tried = _("Nummern geprüft am {date}.").format(date=context.texts.date(oldest))
    if not open_ones:
        return tried
    names = context.texts.join(context.texts.name(item) for item in open_ones)
    but = _("Noch nicht geprüft: {names}.").format(names=names)
    return f"{tried} {but}"


def _first_calls(blocks: Sequence[HelpLines]) -> Sequence[tuple[str, str, str]]:
    """Return (link, number, limited hours) of first calls, day and night first."""
    first = blocks[0].lines if blocks else ()
    lines = [line for line in first if line.tel]
    always = [line for line in lines if line.always]
    calls = ((line.tel, line.phone, "" if line.always else line.when) for line in (*always[:2], *lines[:1]))
    return tuple(dict.fromkeys(calls))


def _here(context: Context, path: str, lines: Iterable[HelpLine]) -> Sequence[HelpLine]:
    """Return lines without scripts: links from here, hours in words."""
    found = []
    for line in lines:
        outside = line.url.startswith("http")
        url = line.url if outside or not line.url else context.href(path, "home") + line.url
        # A page of ours is always there, what it tells of isn't.
        answers = line.always and bool(line.tel or outside)
        when = context.gettext("Tag und Nacht") if answers else line.when
        found.append(replace(line, url=url, when=when))
    return found
