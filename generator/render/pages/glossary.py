"""The glossary: every term of the trade in one or two plain sentences, each with an anchor of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.vocabulary import Term
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.texts import by_letter, letter_anchor
from generator.render.base.view import NavLink, View


@dataclass(frozen=True, slots=True)
class GlossaryLetter:
    """The terms of a letter, each with the law behind it."""

    letter: str
    anchor: str
    terms: Sequence[tuple[Term, str]]


@dataclass(frozen=True, slots=True)
class GlossaryView(View):
    """The glossary: its abbreviations, links to its letters, and the terms of each."""

    template = "glossary.html"

    short: Sequence[Term]
    links: Sequence[NavLink]
    letters: Sequence[GlossaryLetter]


def render(context: Context, key: str) -> Page:
    """Make the page: terms by letter of their name, abbreviations lead to them by their anchors."""
    _ = context.gettext
    path = context.path("glossary", key)
    glossary = context.words.glossary
    names = {name: context.texts.name(term) for name, term in glossary.items()}
    letters = []
    for letter, found in by_letter(names).items():
        terms = tuple((glossary[name], context.law_of(glossary[name].legal_basis)) for name in found)
        letters.append(GlossaryLetter(letter, letter_anchor(letter), terms))
    links = tuple(NavLink(item.letter, f"#{item.anchor}") for item in letters)
    view = GlossaryView(_abbreviations(glossary.values()), links, letters)
    return Page(
        path=path,
        lang=context.lang,
        family="professionals",
        title=_("Glossar"),
        description=_("Abkürzungen und Fachwörter der Jugendhilfe, in einfachen Worten."),
        body=context.render(view, path),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
    )


def _abbreviations(terms: Iterable[Term]) -> Sequence[Term]:
    """The terms with an abbreviation of letters, by that abbreviation."""
    found = [term for term in terms if term.abbreviation and not term.abbreviation.startswith("§")]
    return tuple(sorted(found, key=lambda term: (term.abbreviation or "").casefold()))
