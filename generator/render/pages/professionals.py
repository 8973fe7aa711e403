"""The front door for professionals: prepare a case and find a person first, then what is new, then methods and where to look things up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.facts import News, NewsKind
from generator.parts import given
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import Chip, NavLink, View
from generator.render.directory.cards import where_text
from generator.render.directory.child_protection import ProtectionLine, office_lines
from generator.render.directory.news_lines import NewsLine, news_line
from generator.render.directory.record_lines import SheetLink
from generator.render.pages.news import coming_meetings
from generator.render.pages.who import questions

KINDS: Sequence[NewsKind] = ("alert", "new", "added", "changed", "planned", "paused", "ending", "ended")
"""What is told here; what was only checked again stands with the rest under „Tipps und Themen“."""
TOLD = 8
"""So many news are named; the page „Tipps und Themen“ has all."""
EACH = 3
"""Of one kind so many, so that the others are seen too."""
MEETINGS = 4
OFFICES = 6
"""So many offices stand here with their number; where there are more, „Wer ist wer“ has them by area."""


@dataclass(frozen=True, slots=True)
class Method:
    """A hand-written page on how to work, with a sentence on when one needs it."""

    title: str
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class ProfessionalsView(View):
    """Whom to call, questions that lead to a person, news with where they are, meetings with their day, methods, sheets, lists.

    `news_count` is how many news there are, `meetings_left` how many meetings don't stand here.
    """

    template = "professionals.html"

    offices: Sequence[ProtectionLine]
    questions: Sequence[Chip]
    news: Sequence[tuple[NewsLine, str]]
    news_count: int
    meetings: Sequence[tuple[str, NavLink]]
    meetings_left: int
    methods: Sequence[Method]
    sheets: Sequence[SheetLink]
    lookups: Sequence[Chip]


def render(context: Context, key: str = "") -> Page:
    """Make the page."""
    _ = context.gettext
    path = context.path("professionals", key)
    offices = office_lines(context)
    meetings = _meetings(context, path)
    view = ProfessionalsView(
        offices=offices if len(offices) <= OFFICES else (),
        questions=questions(context, path),
        news=_news(context, path),
        news_count=len(context.facts.news),
        meetings=meetings[:MEETINGS],
        meetings_left=len(meetings[MEETINGS:]),
        methods=_methods(context, path),
        sheets=tuple(_sheets(context, path)),
        lookups=_lookups(context, path),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="front",
        title=_("Für Fachkräfte"),
        description=_("Ein Fallgespräch vorbereiten, die richtige Person finden, Neues im Sozialraum, Verfahren und Methoden."),
        body=context.explain(path, context.render(view, path)),
    )  # fmt: skip


def _news(context: Context, path: str) -> Sequence[tuple[NewsLine, str]]:
    there: list[News] = []
    for kind in KINDS:
        of_kind = [item for item in context.facts.news if item.kind == kind]
        there += of_kind[:EACH]
    return [(news_line(context, path, item), where_text(context, item.offer)) for item in there[:TOLD]]


def _meetings(context: Context, path: str) -> Sequence[tuple[str, NavLink]]:
    found = []
    for day, key in coming_meetings(context):
        name = context.translated(context.site.networks[key])
        link = NavLink(name, context.href(path, "network", key))
        found.append((context.texts.date(day, weekday=True), link))
    return found


def _methods(context: Context, path: str) -> Sequence[Method]:
    _ = context.gettext
    written = (
        ("verfahren/", _("Verfahren bei Sorge um ein Kind"), _("Leistungs-, Grau- und Gefährdungsbereich, §§ 5, 8, 8a, 8b, 36, 42")),
        ("kollegiale-beratung/", _("Kollegiale Beratung"), _("Vom Willen zum Paket der Ideen, in 45 Minuten")),
        ("familienrat/", _("Familienrat"), _("Die Familie findet mit ihren Menschen eigene Lösungen")),
        ("prinzipien/", _("Prinzipien"), _("Was Sozialraumorientierung im Alltag heißt")),
    )  # fmt: skip
    root = context.path("professionals")
    return [
        Method(title, says, urls.relative(path, root + page))
        for page, title, says in written
        if context.has(root + page)
    ]


def _sheets(context: Context, path: str) -> Iterator[SheetLink]:
    """Yield the sheets to fill in together that subjects bring."""
    for sheets_of in given("sections", "for_professionals"):
        yield from sheets_of(context, path)


def _lookups(context: Context, path: str) -> Sequence[Chip]:
    _ = context.gettext
    kinds = (
        ("offers", _("Angebote nach Art, Ebene und Recht")),
        ("spaces", _("Sozialräume")),
        ("networks", _("Netzwerke")),
        ("resource-plan", _("Ressourcenplan")),
        ("finding", _("Etwas gefunden? Melden")),
        ("reports", _("Berichte")),
        ("glossary", _("Glossar")),
        ("rights", _("Rechte der Familien")),
    )
    # The directory opens with the filters of the trade.
    anchors = {"offers": "#fach"}
    return [
        Chip(label, context.href(path, kind) + anchors.get(kind, ""))
        for kind, label in kinds
        if context.exists(kind)
    ]
