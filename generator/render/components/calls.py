"""Find components in Markdown and put their HTML in place.

Only functions of `COMPONENTS` exist, with literal arguments, and what is put in is never searched again.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial
from html import unescape
from itertools import chain
from types import UnionType
from typing import TypeVar, get_type_hints

from markupsafe import Markup
from msgspec import Struct

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.model.areas_and_offices import Office
from generator.model.config import SiteConfig
from generator.model.editions import PAGE_HEAD, is_edition
from generator.model.facts import EVERY_OFFER, OfferList
from generator.model.places_and_providers import Place, Provider
from generator.model.vocabulary import HelpNumber, LegalBasis, Term, Topic
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.view import View
from generator.render.base.wording import basis_text, town_name
from generator.render.directory.cards import offer_cards
from generator.render.directory.filters import law_id, law_order
from generator.render.directory.help_numbers import family_numbers, help_list
from generator.render.directory.offer_order import by_need, offers_in
from generator.render.frame.markup_policy import (
    check_markup,
    converted,
    excess,
    left_marks,
    with_room_to_spare,
)
from generator.render.maps import OVERVIEWS, overview_map, space_map

_PARAGRAPH = r"<p>(?P<inner>[^<]*(?:<(?:[^/p<]|/[^p<]|/?p\w)[^<]*)*)</p>"  # one without another inside
# What may not stand in a paragraph; browsers would end it there, and leave its end tag over.
_BLOCK = re.compile(
    r"<(?:!--|(?:p|div|ul|ol|dl|table|figure|section|article|aside|nav|form|details|h[1-6]|blockquote|pre|hr)\b)"
)
# A tag with its attributes, in which any sign may stand between quotation marks.
_TAG = re.compile(r"<[/a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")


class Tokens(Struct, frozen=True):
    """Pieces of finished HTML; in their text a token stands for each, `nrbaustein<digest>n3nrende`."""

    digest: str  # of the text, so that nobody can write such a token
    pieces: Sequence[Markup]

    @property
    def _token_pattern(self) -> str:
        return f"nrbaustein{self.digest}n(?P<number>\\d+)nrende"

    def put_back(self, html: str) -> str:
        """Put pieces where their tokens stand, ending paragraphs around blocks.

        Inside a tag (a heading's `id`) a token becomes its number.
        """
        parts: list[str] = []
        last = 0
        # Paragraphs are tags themselves: first the text is cut where a tag has a token in it.
        for start, end in self._tags(html):
            parts.append(self._put_pieces_into_text(html[last:start]))
            parts.append(re.sub(self._token_pattern, r"baustein-\g<number>", html[start:end]))
            last = end
        parts.append(self._put_pieces_into_text(html[last:]))
        return "".join(parts)

    def _put_pieces_into_text(self, html: str) -> str:
        """Put pieces back where no tag has a token in it."""

        def put(match: re.Match[str]) -> str:
            if match["inner"] is None:
                return self._find_piece_of_token(match)
            return (
                self._write_paragraph(match["inner"])
                if re.search(self._token_pattern, match[0])
                else match[0]
            )

        return re.sub(rf"{_PARAGRAPH}|{self._token_pattern}", put, html)

    def _write_paragraph(self, inner: str) -> str:
        if alone := re.fullmatch(rf"\s*{self._token_pattern}\s*", inner):
            return self._find_piece_of_token(alone)
        done: list[str] = []
        current, *parts = re.split(self._token_pattern, inner)
        for number, behind in zip(parts[::2], parts[1::2], strict=True):
            piece = str(self.pieces[int(number)])
            # A block ends the paragraph, but not within a link or other element of it.
            if _BLOCK.search(piece) and _closed(current):
                done += [_write_paragraph(current), piece]
                current = behind
            else:
                current += piece + behind
        done.append(_write_paragraph(current))
        return "\n".join(filter(None, done)).rstrip("\n")

    def astray(self, html: str) -> Sequence[int]:
        """Return the pieces whose tokens stand in attributes, but for the `id` that a heading gets of its words."""
        found = []
        for start, end in self._tags(html):
            without_id = re.sub(r'\sid="[^"]*"', "", html[start:end])
            found += [int(match["number"]) for match in re.finditer(self._token_pattern, without_id)]
        return tuple(dict.fromkeys(found))

    def as_words(self, text: str) -> str:
        """Put the pieces' words into a plain text such as a title."""
        return re.sub(
            self._token_pattern,
            lambda match: " ".join(
                unescape(re.sub(r"<[^<>]*>", "", self._find_piece_of_token(match))).split()
            ),
            text,
        )

    def _tags(self, html: str) -> Iterator[tuple[int, int]]:
        """Yield where each tag that has a token in it begins and ends."""
        at = html.find("<")
        while at >= 0:
            end = at + 1
            if html.startswith("<!--", at):
                end = html.find("-->", at)
                if end < 0:
                    return
            elif tag := _TAG.match(html, at):
                end = tag.end()
                if re.search(self._token_pattern, tag[0]):
                    yield tag.span()
            at = html.find("<", end)

    def _find_piece_of_token(self, match: re.Match[str]) -> str:
        number = int(match["number"])
        # A number that no piece has was written by nobody: the digest can't be foreseen.
        return str(self.pieces[number])


def _write_paragraph(html: str) -> str:
    return f"<p>{html.strip()}</p>" if html.strip() else ""


def _closed(html: str) -> bool:
    """Tell whether all elements of a fragment are closed."""
    opened = re.findall(r"<(?!(?:br|img|wbr|source|input)\b)[a-zA-Z]", html)
    return len(opened) == html.count("</")


def replaced(text: str, spans: Sequence[tuple[int, int]], pieces: Sequence[Markup]) -> tuple[str, Tokens]:
    """Replace spans of a text by tokens for their `pieces` of HTML."""
    tokens = Tokens(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32], tuple(pieces))
    parts: list[str] = []
    last = 0
    for number, (start, end) in enumerate(spans):
        parts += [text[last:start], f"nrbaustein{tokens.digest}n{number}nrende"]
        last = end
    return "".join([*parts, text[last:]]), tokens


_CALL = re.compile(r"\{\{((?:[^{}]++|\{(?!\{)|\}(?!\}))*)\}\}")  # `{{ offers(topic='schulden') }}`
_CODE = re.compile(r"^```.*?^```|^~~~.*?^~~~|`[^`\n]*`", re.DOTALL | re.MULTILINE)  # holds none
Value = str | int | float | bool | None  # of an argument


class Call(Struct, frozen=True):
    """A component as written, with its place in the text."""

    name: str
    positional: Sequence[Value]
    named: Mapping[str, Value]
    start: int  # where it begins in the text
    end: int  # behind its last sign


@dataclass(slots=True)
class CallSite:
    """A component's context, page path, and shared numbering on the page."""

    context: Context
    path: str
    counts: dict[str, int] = field(default_factory=dict)  # so far on the page, by what is numbered
    absent: Set[str] | None = frozenset()
    """Ids of what is there but not in this context, because something is wrong with it; None where nobody knows them."""

    def number(self, what: str) -> int:
        """Return the next number of figures, tables, maps …"""
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]


class UnknownId(Exception):
    """An argument names nothing; `known` are possible values."""

    def __init__(self, argument: str, value: object, known: Iterable[str]) -> None:
        super().__init__(f"{argument}={value!r}")
        self.argument, self.value, self.known = argument, str(value), tuple(known)


Component = Callable[..., Markup]  # `CallSite` and arguments in
Found = TypeVar("Found")


def find_calls(text: str, file: str, first_line: int = 1) -> tuple[list[Call], list[Diagnostic]]:
    """Return a text's components in order, none from code."""
    covered = [match.span() for match in _CODE.finditer(text)]
    calls: list[Call] = []
    found: list[Diagnostic] = []
    for match in _CALL.finditer(text):
        if any(start <= match.start() < end for start, end in covered):
            continue
        if call := _parse_call(match):
            calls.append(call)
        else:
            at = position_in(text, *match.span(), file, first_line)
            found.append(diagnostic("baustein-schreibweise", at, value=match[0]))
    return calls, found


def _parse_call(match: re.Match[str]) -> Call | None:
    try:
        tree = ast.parse(match[1].strip(), mode="eval").body
        if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
            return None
        positional = tuple(_literal(argument) for argument in tree.args)
        named = {_name_of(item): _literal(item.value) for item in tree.keywords}
    except (SyntaxError, ValueError):
        return None
    return Call(tree.func.id, positional, named, *match.span())


def _literal(argument: ast.expr) -> Value:
    """Return a text, number, truth value or None; raise `ValueError` otherwise."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str | int | float | bool | None):
        return argument.value
    raise ValueError


def _name_of(argument: ast.keyword) -> str:
    """Return an argument's name; raise `ValueError` for `**`."""
    if argument.arg is None:
        raise ValueError
    return argument.arg


def position_in(text: str, start: int, end: int, file: str, first_line: int = 1) -> Position:
    """Return the position of a part of a text."""
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    first_end = text.find("\n", start)
    length = min(end, first_end if first_end >= 0 else end) - start
    return Position(file, first_line + line, column, max(1, length))


@cache
def _types(component: Component) -> Mapping[str, type | UnionType]:
    """Return each argument's type, so that `limit="x"` is a diagnostic, not a crash."""
    return get_type_hints(component)


def render_call(
    call: Call, place: CallSite, position: Position, components: Mapping[str, Component]
) -> tuple[Markup, list[Diagnostic]]:
    """Return a component's HTML, or what is wrong with it."""
    component = components.get(call.name)
    if component is None:
        better = _better(call.name, sorted(components))
        return Markup(), [diagnostic("baustein-unbekannt", position, name=call.name, better=better)]
    problem = _misfit(call, place, component, position)
    if problem is not None:
        return Markup(), [problem]
    try:
        return component(place, *call.positional, **call.named), []
    except UnknownId as error:
        if place.absent is None or error.value in place.absent:
            return Markup(), []
        better = _better(error.value, sorted(error.known), 20)
        values = {"name": call.name, "argument": error.argument, "value": error.value, "better": better}
        return Markup(), [diagnostic("baustein-verweis", position, **values)]


def _better(word: str, known: Sequence[str], most: int | None = None) -> str:
    """Suggest the most similar known word, else the first few."""
    return meant_or(word, known, "möglich sind: " + ", ".join(known[:most]))


def _misfit(call: Call, place: CallSite, component: Component, position: Position) -> Diagnostic | None:
    """Report an argument that is unknown, missing or of the wrong type."""
    _place, *parameters = inspect.signature(component).parameters.items()
    arguments = dict(parameters)
    for name in call.named:
        if name not in arguments:
            better = _better(name, list(arguments))
            return diagnostic("baustein-angabe", position, name=call.name, argument=name, better=better)
    if _has_fitting_arguments(call, place, component):
        return None
    form = f"{call.name}({', '.join(str(item) for item in arguments.values())})"
    # The form of the call, without types: figure(id, space)
    return diagnostic("baustein-aufruf", position, name=call.name, form=re.sub(r": [^,)=]+", "", form))


def _has_fitting_arguments(call: Call, place: CallSite, component: Component) -> bool:
    try:
        arguments = inspect.signature(component).bind(place, *call.positional, **call.named).arguments
        return all(isinstance(value, _types(component)[name]) for name, value in arguments.items())
    except TypeError:
        return False


def check_content(
    pages: Mapping[str, str],
    contexts: Sequence[Context],
    components: Mapping[str, Component],
    absent: Set[str] | None = frozenset(),
    seen: Callable[[Hashable, Callable[[], list[Diagnostic]]], list[Diagnostic]] = lambda _text, look: look(),
    *,
    extended: bool = False,
) -> list[Diagnostic]:
    """Report which components of hand-written pages don't work, with suggestions.

    `pages`: texts by name below `content/`. `absent`: ids missing because of other errors, None if it could
    be any. `seen`: returns what the same text gave before. `extended`: own extensions or hooks may read
    further marks, so only the build knows which are left.
    """
    found: list[Diagnostic] = []
    by_lang = {context.lang: context for context in contexts}
    if not contexts:
        return found
    config = contexts[0].site.config
    settings = repr(config)
    for name, text in pages.items():
        if is_edition(name):
            continue
        file = f"content/{name}"
        calls, problems = find_calls(text, file)
        found += problems
        look = partial(check_text, text, calls, file, config, extended=extended)
        found += seen(("text", file, text, settings, extended), look)
        place = CallSite(by_lang[urls.language_of(name, list(by_lang))], urls.page_path(name), absent=absent)
        for call in calls:
            found += render_call(call, place, position_in(text, call.start, call.end, file), components)[1]
    return found


def replace_calls(text: str, calls: Sequence[Call], rendered: Sequence[Markup]) -> tuple[str, Tokens]:
    """Replace components by tokens, which Markdown leaves untouched."""
    return replaced(text, [(call.start, call.end) for call in calls], rendered)


def check_text(
    text: str,
    calls: Sequence[Call],
    file: str,
    config: SiteConfig,
    first_line: int = 1,
    *,
    extended: bool = False,
) -> list[Diagnostic]:
    """Report what a hand-written page may not hold: excess, unknown marks, misplaced components."""
    if too_much := list(excess(text, file, first_line)):
        return too_much
    tokenised, tokens = replace_calls(text, calls, [Markup()] * len(calls))
    html = with_room_to_spare(lambda: converted(PAGE_HEAD.sub("", tokenised)))
    if html is None:
        return [diagnostic("text-zu-tief", Position(file, first_line))]
    found = check_markup(html, text, file, config, first_line)
    if not extended:
        found += left_marks(html, text, file, first_line)
    for number in tokens.astray(html):
        call = calls[number]
        at = position_in(text, call.start, call.end, file, first_line)
        found.append(diagnostic("baustein-in-angabe", at, name=call.name))
    return found


def known(argument: str, value: str, records: Mapping[str, Found]) -> Found:
    """Return the record that an argument names, or raise `UnknownId`."""
    if value not in records:
        raise UnknownId(argument, value, records)
    return records[value]


class CardsView(View, frozen=True):
    """Cards of some of `count` offers; `whole` is their list."""

    template = "parts/cards.html"

    cards: Sequence[Markup]
    count: int
    whole: str


_TERM = pattern('<a class="nr-term" href="{}#{}" title="{}">{}</a>')


class ContactView(View, frozen=True):
    """How to reach a record whose page is of `kind`."""

    template = "parts/contact.html"

    kind: str
    record: Office | Provider | Place


class SituationsView(View, frozen=True):
    """The life situations."""

    template = "parts/situations.html"

    situations: Sequence[Topic]


class LawRow(Struct, frozen=True):
    """A paragraph with its kinds of offers, their number and list."""

    law: str  # „§ 16 SGB VIII“
    href: str  # of the directory, filtered by it
    kinds: str  # by name, in a sentence
    count: int  # of offers


class LawsView(View, frozen=True):
    """Paragraphs of the law with their offers."""

    template = "parts/laws.html"

    rows: Sequence[LawRow]


class InventedView(View, frozen=True):
    """A town that doesn't exist."""

    template = "parts/invented.html"

    town: str


def offers(
    place: CallSite,
    topic: str | None = None,
    space: str | None = None,
    kind: str | None = None,
    limit: int = 5,
) -> Markup:
    """Show at most `limit` cards of running offers, the most needed first."""
    context = place.context
    chosen = offers_to(context, topic)
    if space is not None:
        known("space", space, context.site.spaces)
        in_area = set(offers_in(context, space))
        chosen = [key for key in chosen if key in in_area]
    if kind is not None:
        known("kind", kind, context.words.kinds)
        chosen = [key for key in chosen if context.site.offers[key].kind == kind]
    chosen = by_need(context, [key for key in chosen if context.facts.offers[key].active])
    cards = offer_cards(context, place.path, chosen[:limit])
    whole = urls.relative(place.path, _whole_list(context, topic, space))
    return context.render(CardsView(cards, len(chosen), whole), place.path)


def offers_to(context: Context, topic: str | None) -> Sequence[str]:
    """Return a topic's offers or all; raises `UnknownId` for no topic."""
    if topic is None:
        return context.facts.lists.get(EVERY_OFFER, ())
    known("topic", topic, context.words.topics)
    return context.facts.relations.offers_by_topic.get(topic, ())


def _whole_list(context: Context, topic: str | None, space: str | None) -> str:
    """Return the page that lists a topic's or a space's offers; for both or neither the directory."""
    area = OfferList("gebiet", space or "")
    if topic is not None and space is None:
        return context.path("topic", topic)
    if topic is None and area in context.facts.lists:
        return context.path("offer-list", area.address)
    return context.path("offers")


def find_term(glossary: Mapping[str, Term], name: str) -> Term | None:
    """Return a term by id, name, abbreviation or variant."""
    return glossary.get(name) or next(
        (item for item in glossary.values() if name in (item.name, item.abbreviation, *item.also)), None
    )


def term(place: CallSite, name: str) -> Markup:
    """Show a term as a link to its explanation."""
    glossary = place.context.words.glossary
    found = find_term(glossary, name)
    if found is None:
        raise UnknownId(
            "name", name, [*glossary, *(item.abbreviation for item in glossary.values() if item.abbreviation)]
        )
    context = place.context
    meaning = context.texts.of(found, "meaning").text
    return _TERM.format(context.href(place.path, "glossary"), found.id, meaning, name)


def contact(place: CallSite, id: str) -> Markup:
    """Show how to reach an office, provider or place."""
    site = place.context.site
    groups: Mapping[str, Mapping[str, Office | Provider | Place]] = {
        "office": site.offices,
        "provider": site.providers,
        "place": site.places,
    }
    for kind, records in groups.items():
        if id in records:
            return place.context.render(ContactView(kind, records[id]), place.path)
    raise UnknownId("id", id, chain.from_iterable(groups.values()))


def situations(place: CallSite) -> Markup:
    """Show the life situations as tiles."""
    return place.context.render(SituationsView(place.context.words.situations()), place.path)


def help_numbers(place: CallSite, audience: str = "everyone") -> Markup:
    """Show crisis numbers, for `everyone`, `young` people first, or for `professionals`."""
    context = place.context
    professionals = [item for item in context.words.help.values() if item.audience == "professionals"]
    audiences: dict[str, Sequence[HelpNumber]] = {
        "everyone": family_numbers(context),
        "professionals": professionals,
        "young": family_numbers(context, young=True),
    }
    return help_list(context, known("audience", audience, audiences))


def laws(place: CallSite) -> Markup:
    """Show the paragraphs of running offers, with links to the directory."""
    context = place.context
    kinds = context.words.kinds
    found: dict[str, tuple[LegalBasis, list[str]]] = {}
    for key, offer in context.site.offers.items():
        basis = kinds[offer.kind].legal_basis
        if basis is not None and context.facts.offers[key].active:
            found.setdefault(law_id(basis), (basis, []))[1].append(context.texts.name(kinds[offer.kind]))
    offers = context.href(place.path, "offers")
    rows = []
    for name, (basis, names) in sorted(found.items(), key=lambda item: law_order(item[1][0])):
        names_text = context.texts.join(sorted(set(names)))
        rows.append(LawRow(basis_text(basis), f"{offers}?recht={name}", names_text, len(names)))
    return context.render(LawsView(rows), place.path)


def map(place: CallSite, space: str | None = None, about: str | None = None) -> Markup:
    """Show a space's map, or an overview (a level, `places`, `networks`)."""
    context = place.context
    if space is not None:
        known("space", space, context.site.spaces)
        return space_map(context, place.path, space)
    config = context.site.config
    geographies = [geography.id for geography in config.geographies]
    subject = about if about is not None else geographies[0]
    known("about", subject, dict.fromkeys((*config.level_ids, *geographies, *OVERVIEWS), True))
    return overview_map(context, place.path, subject)


def invented(place: CallSite) -> Markup:
    """Say that the town is invented, if `site_config.yml` does."""
    context = place.context
    if not context.site.config.invented:
        return Markup()
    return context.render(InventedView(town_name(context)), place.path)


COMPONENTS: Mapping[str, Component] = {
    "contact": contact,
    "help_numbers": help_numbers,
    "invented": invented,
    "laws": laws,
    "map": map,
    "offers": offers,
    "situations": situations,
    "term": term,
}
