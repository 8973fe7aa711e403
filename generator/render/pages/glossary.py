"""The glossary: every term of the trade in one or two plain sentences, each with an anchor of its own."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts
from generator.model.site import Site
from generator.model.vocabulary import Term
from generator.render.base.context import Context
from generator.render.base.ordering import by_letter
from generator.render.base.page import Page
from generator.render.pages.network import law_text


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page."""
    del site, facts
    return ("",)


def render(context: Context, key: str) -> Page:
    """Make the page: terms by letter of their name, abbreviations lead to them by their anchors."""
    _ = context.texts.gettext
    path = context.path("glossary", key)
    glossary = context.site.words.glossary
    names = {name: context.texts.name(term) for name, term in glossary.items()}
    letters = [
        (letter, [(glossary[name], law_text(context, glossary[name].legal_basis)) for name in found])
        for letter, found in by_letter(names).items()
    ]
    body = context.render("glossary.html", path, letters=letters, short=_abbreviations(glossary.values()))
    return Page(
        path=path,
        lang=context.lang,
        family="professionals",
        title=_("Glossar"),
        description=_("Abkürzungen und Fachwörter der Jugendhilfe, in einfachen Worten."),
        body=body,
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
    )


def _abbreviations(terms: Iterable[Term]) -> list[Term]:
    """The terms with an abbreviation of letters, by that abbreviation."""
    found = [term for term in terms if term.abbreviation and not term.abbreviation.startswith("§")]
    return sorted(found, key=lambda term: (term.abbreviation or "").casefold())
