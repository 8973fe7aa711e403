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
    chats,
    family_numbers,
    help_items,
    offer_help,
    oldest_check,
    open_numbers,
    talk_numbers,
)
from generator.render.directory.offer_order import protecting
from generator.search.danger_data import HelpLine


class HelpLines(Struct, frozen=True):
    """Whom to call for a need."""

    label: str  # the need in words; empty for whom to call first
    lines: Sequence[HelpLine]
    more: Sequence[str] = ()  # sentences beside them


class HelpBox(Struct, frozen=True):
    """A dangerous situation: whom to call and what to do."""

    id: str
    name: str
    calls: Sequence[tuple[str, str, str]]  # the first: link, number, hours (empty: day and night)
    says: str  # what to do
    blocks: Sequence[HelpLines]


class HelpView(View, frozen=True):
    """Numbers, the town's offers that protect, what to do in which danger, and grave topics."""

    template = "help.html"

    first: Sequence[HelpNumber]  # crisis numbers that answer day and night
    talk: Sequence[HelpItem]  # who listens
    chats: Sequence[tuple[str, Markup]]  # for who can't speak
    free: bool  # whether all calls of `talk` cost nothing
    further: Sequence[HelpItem]  # for poison, illness and the like
    checked: str  # when numbers were tried
    where: str  # „in Auenstedt“
    here: Sequence[HelpItem]  # the town's offers with a telephone
    others: Sequence[Markup]  # its other ones, as cards
    boxes: Sequence[HelpBox]
    topics: Chips


def render(context: Context, key: str = "") -> Page:
    """Make the page of help numbers."""
    del key
    _ = context.gettext
    path = context.path("help")
    numbers = family_numbers(context, crisis=False)
    talk = talk_numbers(numbers)
    here = protecting(context)
    with_number = [item for item in here if context.facts.offers[item].contact.number]
    view = HelpView(
        first=open_numbers(context),
        talk=help_items(context, talk),
        chats=chats(context, talk),
        free=all(item.free for item in talk),
        further=help_items(context, [item for item in numbers if not item.crisis]),
        checked=_checked_once(context, numbers),
        where=in_town(context),
        here=offer_help(context, path, with_number),
        others=offer_cards(context, path, [item for item in here if item not in with_number]),
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
    """Yield what the search shows in danger, in the page's language, else the main one; nothing without texts."""
    texts = [danger_language(context, lang) for lang in (context.lang, context.site.config.language)]
    language = next(filter(None, texts), None)
    if language is None or language.words is None:
        return
    names: dict[Any, str] = {**language.names}
    needs: dict[Any, str] = {**language.needs}
    says: dict[Any, str] = {**language.says}
    more: dict[Any, str] = {**language.more}
    for box in danger_boxes(context):
        notes = [more[box.id], language.words.trace] if box.id in more else [language.words.trace]
        blocks = [HelpLines("", box.first)] if box.first else []
        blocks += [
            HelpLines(needs.get(need, ""), lines, notes if need == "know" else ())
            for need, lines in box.needs
        ]
        linked = [replace(block, lines=_here(context, path, block.lines)) for block in blocks]
        yield HelpBox(
            id=box.id,
            name=names.get(box.id, ""),
            calls=_first_calls(linked),
            says=says.get(box.id, ""),
            blocks=linked,
        )


def _checked_once(context: Context, numbers: Iterable[HelpNumber]) -> str:
    """Say since when all numbers were tried, and which weren't; nobody may try emergency numbers."""
    _ = context.gettext
    to_try = [item for item in numbers if not item.emergency]
    oldest = oldest_check(context, to_try)
    if oldest is None:
        return _("Ob diese Nummern stimmen, ist noch nicht geprüft.") if to_try else ""
    untried = [item for item in to_try if context.words.checked(item.id) is None]
    tried = _("Nummern geprüft am {date}.").format(date=context.texts.date(oldest))
    if not untried:
        return tried
    names = context.texts.join(context.texts.name(item) for item in untried)
    but = _("Noch nicht geprüft: {names}.").format(names=names)
    return f"{tried} {but}"


def _first_calls(blocks: Sequence[HelpLines]) -> Sequence[tuple[str, str, str]]:
    """Return (link, number, hours) of at most two numbers for day and night, then the very first."""
    first = blocks[0].lines if blocks else ()
    lines = [line for line in first if line.tel]
    always = [line for line in lines if line.always]
    calls = ((line.tel, line.phone, "" if line.always else line.when) for line in (*always[:2], *lines[:1]))
    return tuple(dict.fromkeys(calls))


def _here(context: Context, path: str, lines: Iterable[HelpLine]) -> Sequence[HelpLine]:
    """Return lines as a page needs them without scripts: links relative to it, „day and night“ in words."""
    found = []
    for line in lines:
        outside = line.url.startswith("http")
        url = line.url if outside or not line.url else context.href(path, "home") + line.url
        # A page of this site is always there, but whom it tells of doesn't answer at night.
        answers = line.always and bool(line.tel or outside)
        when = context.gettext("Tag und Nacht") if answers else line.when
        found.append(replace(line, url=url, when=when))
    return found
