"""Make the search field, and whom it names where nothing is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.texts import Texts
from generator.render.base.view import MacroCall
from generator.render.data_files.search_entries import led_to
from generator.search.directory_data import HOURS
from generator.search.word_forms import base as base_of


class SearchNumber(Struct, frozen=True):
    """Whom one may call if nothing is found."""

    tel: str  # as a link has it: `+49301234`
    number: str  # as people write it
    label: str
    lang: str = ""
    """The language of the label where that isn't the page's."""


class SearchDoor(Struct, frozen=True):
    """A link to a language's pages, else to offers where it is spoken, for people who type in it."""

    lang: str
    dir: str  # in which direction it is written: `ltr`, `rtl`
    label: str  # in that language
    href: str
    help: str  # link to its help numbers; empty where it has no pages
    nothing: str = ""  # says in that language that nothing was found


class SearchForm(MacroCall, frozen=True):
    """The search field with what its script needs; links are relative, empty where there is no such page."""

    template = "search.html"
    macro = "search"

    id: str
    root: str  # the home page
    index: str  # the folder of the search's files
    language: str  # how queries are read
    words: str  # the language whose index is searched
    shown: str  # the language in which hits are named, if another
    lists: str  # the folder of the directory's files
    offers: str  # the directory
    help: str
    safe: str  # how to get help unseen
    exit: str  # where one goes to leave quickly
    hours: str  # the file of opening hours
    numbers: Sequence[SearchNumber]
    label: str
    doors: Sequence[SearchDoor]
    streets: str  # the street register
    areas: str  # the file of areas
    youth: str


def search_form(context: Context, base: str | None = None) -> SearchForm:
    """Return the search field for the home page, else for a page whose links begin with `base`."""

    def file(path: str) -> str:
        return urls.relative(context.path("home"), path) if base is None else base + path

    def link(kind: str) -> str:
        return file(context.path(kind))

    directory = file(_directory(context))
    return SearchForm(
        id="suche",
        root=link("home"),
        index=file(context.search),
        language=base_of(context.lang),
        words=context.site.config.language if context.first_door else context.lang,
        shown=context.lang if context.first_door else "",
        lists=directory,
        offers=link("offers"),
        help=link("help"),
        safe=link("safe") if context.exists("safe") else "",
        exit=context.site.config.exit_url,
        hours=directory + HOURS,
        numbers=whom_to_call(context),
        label=context.gettext("Suchen Sie mit Ihren Worten"),
        doors=_language_doors(context, file),
        streets=file(urls.path("spaces") + "strassen.json") if context.site.streets else "",
        areas=file(context.path("spaces") + "gebiete.json"),
        youth=link("youth") if context.exists("youth") else "",
    )


def _directory(context: Context) -> str:
    """Return the directory's path, the main language's if this one has only a first door (few pages)."""
    return urls.path("offers") if context.first_door else context.path("offers")


def whom_to_call(context: Context) -> Sequence[SearchNumber]:
    """Return the publisher's number, if any."""
    publisher = context.site.config.publisher
    if not publisher.phone:
        return ()
    tel = urls.telephone(publisher.phone).removeprefix("tel:")
    office = ", ".join(filter(None, (publisher.name, publisher.office)))
    return (SearchNumber(tel, publisher.phone, office, context.texts.record_lang),)


def _language_doors(context: Context, file: Callable[[str], str]) -> Sequence[SearchDoor]:
    """Return links to languages, shown to people who type in them."""
    config = context.site.config
    offers = file(_directory(context))

    def link(lang: str, kind: str) -> str:
        return file(urls.localised(lang, config.language, urls.path(kind)))

    found = []
    for lang in led_to(context):
        if lang not in config.trees:
            word = context.words.languages[lang]
            found.append(
                SearchDoor(
                    lang, word.dir, word.here or "", f"{offers}?sprache={lang}", "", word.nothing or ""
                )
            )
            continue
        texts = context.texts_in(lang)
        whole = lang in config.languages
        says = texts.gettext("Diese Seiten gibt es auch in Ihrer Sprache.") if whole else welcome(texts)
        home, numbers = link(lang, "home"), link(lang, "help")
        found.append(SearchDoor(lang, texts.dir, says, home, numbers, nothing_found(texts)))
    return found


def welcome(texts: Texts) -> str:
    """Say what the pages of a language with few pages are."""
    return texts.gettext("Hier steht das Wichtigste in Ihrer Sprache.")


def nothing_found(texts: Texts) -> str:
    """Say in a language that nothing was found."""
    _ = texts.gettext
    return " ".join((_("Dazu haben wir keinen Eintrag."), _("Das heißt nicht, dass es keine Hilfe gibt.")))
