"""Hold one language's view of a site, from which every page is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, wraps
from typing import Any, TypeVar, Unpack

from markupsafe import Markup

from generator.model.dear_numbers_and_hosts import host_of
from generator.model.facts import Facts
from generator.model.site import Site
from generator.model.vocabulary import LegalBasis, Word
from generator.render.base import urls
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import SIGNS, icon, icon_of, icons_of_words, inline_icon, marker
from generator.render.base.markdown import TermPattern, link_terms, markdown, term_pattern
from generator.render.base.page import Crumb, Page, PageParts
from generator.render.base.texts import Texts, Translated, direction
from generator.render.base.view import MacroCall, PageEnvironment, View, subjects_templates, templates_folder

T = TypeVar("T")
Ids = Sequence[str]
"""Ids of records, in their order."""
EXPLAINED = frozenset(
    [
        "compare",
        "finding",
        "front",
        "internal",
        "measures",
        "meeting",
        "network",
        "news",
        "reports",
        "resource-plan",
        "space",
    ]
)
"""The families of pages for professionals and planners: there terms of the trade lead to the glossary."""


class Context:
    """One language's view of the site; a page depends on it and its key alone."""

    def __init__(self, site: Site, facts: Facts, lang: str, paths: frozenset[str] | None = None) -> None:
        self.site = site
        self.facts = facts
        self.lang = lang
        self.texts = self.texts_in(lang)
        self.gettext = self.texts.gettext
        self.ngettext = self.texts.ngettext
        self.words = site.words
        self.paths = paths
        """The paths of all pages; None where nobody asks which there are."""
        self.search = "search/"
        """The folder of the search's files; a build names it by their digest."""
        self.fragments: dict[Sequence[Any], Any] = {}
        """Finished pieces that many pages share, by what they depend on."""

    def texts_in(self, lang: str) -> Texts:
        """Return this site's words and forms in a language."""
        return Texts(lang, self.site.config.language, self.site.config.territory)

    def once(self, name: Sequence[Any], make: Callable[[Context], T]) -> T:
        """Make on first use a piece that many pages share, kept by `name`."""
        if name not in self.fragments:
            self.fragments[name] = make(self)
        made: T = self.fragments[name]
        return made

    @property
    def first_door(self) -> bool:
        """Whether this language has only the most necessary pages."""
        return self.lang not in self.site.config.languages

    def path(self, kind: str, id: str = "") -> str:
        """Return a page's path, in the main language where only that has it."""
        main, plain = self.site.config.language, urls.path(kind, id)
        localised = urls.localised(self.lang, main, plain)
        return localised if not self.first_door or self.has(localised) else plain

    def address(self, path: str) -> str:
        """Return the full address of a path from the site's root."""
        return f"{self.site.config.url.rstrip('/')}/{path}"

    def href(self, origin: str, kind: str, id: str = "") -> str:
        """Return the link from the page at `origin` to another page."""
        return urls.relative(origin, self.path(kind, id))

    def linking(self, origin: str, kind: str) -> Callable[[str], str]:
        """Return a function from id to link, for pages of one kind."""
        if self.first_door:  # some of the pages may be in the main language alone
            return lambda id: urls.relative(origin, self.path(kind, id))
        before, after = self.path(kind, "{id}").split("{id}")
        folder = urls.relative(origin, before).removeprefix("./")
        return lambda id: f"{folder}{id}{after}"

    def language_of(self, path: str) -> str:
        """Return the language of another language's page; else nothing."""
        main = self.site.config.language
        return main if self.first_door and not path.startswith(f"{self.lang}/") else ""

    def exists(self, kind: str, id: str = "") -> bool:
        """Tell whether the site has a page."""
        return kind in urls.PATHS and self.has(self.path(kind, id))

    def has(self, path: str) -> bool:
        """Tell whether there is a page at a path from the root."""
        return self.paths is None or path in self.paths

    def in_main_language(self) -> Context:
        """Return the same site's view in the language of its data."""
        main = self.site.config.language
        if self.lang == main:
            return self
        view = Context(self.site, self.facts, main, self.paths)
        view.search = self.search
        return view

    def crumb(self, label: str, kind: str, id: str = "") -> Crumb:
        """Make a step of the way to a page."""
        return Crumb(label, self.path(kind, id))

    @cached_property
    def environment(self) -> PageEnvironment:
        """The template environment of this language."""
        environment = page_environment()
        environment.globals |= {
            "_": self.gettext,
            "ngettext": self.ngettext,
            "texts": self.texts,
            "site": self.site,
            "facts": self.facts,
            "words": self.words,
            "icon": self.icon,
            "icon_of": icon_of,
            "sign": self.sign,
            "marker": marker,
            "tel": urls.telephone,
            "t": self.translated,
            "written": self.written,
            "isolated": self.isolated,
            "name_of": self.texts.name,
            "exists": self.exists,
            "made_up": self.made_up,
            "law_of": self.law_of,
        }
        return environment

    @cached_property
    def icons(self) -> frozenset[str]:
        """The icons that the stylesheet of this site draws."""
        return SIGNS | icons_of_words(self.site)

    def icon(self, name: str) -> Markup:
        """Return an icon's element, with its drawing if the stylesheet lacks it."""
        return icon(name) if name in self.icons else inline_icon(name)

    def sign(self, word: Word) -> Markup:
        """Return the icon of a vocabulary's word; empty for none."""
        name = icon_of(word)
        return self.icon(name) if name else Markup("")

    def translated(self, record: Any, field: str = "name") -> Markup:
        """Return a record's text as HTML, with `lang` where it isn't translated."""
        return self.marked(self.texts.of(record, field))

    def marked(self, value: Translated) -> Markup:
        """Return a text as HTML, with `lang` and `dir` where they differ."""
        return mark(value, self.texts.dir)

    def isolated(self, text: str) -> Markup:
        """Return a name or address kept in its order in right-to-left text."""
        if not text or self.texts.dir == "ltr":
            return Markup.escape(text)
        return pattern('<bdi dir="ltr">{}</bdi>').format(text)

    def made_up(self, record: Any, field: str) -> str:
        """Return the mark behind an invented field, else nothing."""
        words = self.texts.mark_of(record, field)
        return f" ({words})" if words else ""

    def law_of(self, basis: LegalBasis | None) -> str:
        """Name a law with its state: „§ 78 SGB VIII (Gesetz, Stand 10. Juni 2021)“."""
        if basis is None:
            return ""
        if basis.as_of is None:
            return basis.cited
        return self.gettext("{law} (Gesetz, Stand {date})").format(
            law=basis.cited, date=self.texts.date(basis.as_of)
        )

    def said(self, message: str) -> Markup:
        """Return a text of the interface as HTML, marked where no catalogue has it."""
        return Markup(self.gettext(message)) if message in self.texts else self.written(message)

    def written(self, text: str | None) -> Markup:
        """Return a text that records hold only in the main language, marked so."""
        return self.marked(Translated(text or "", self.texts.record_lang if text else ""))

    @cached_property
    def terms(self) -> TermPattern | None:
        """The pattern that finds glossary terms in this language."""
        return term_pattern(self.texts, self.words.glossary)

    def explain(self, path: str, html: Markup) -> Markup:
        """Link each glossary term at its first mention on a page."""
        return link_terms(html, self.terms, urls.relative(path, self.path("glossary")))

    def page(
        self, view: View, path: str, family: str, title: str, description: str, **parts: Unpack[PageParts]
    ) -> Page:
        """Make the page of a view; `parts` are what only some pages have."""
        body = self.render(view, path)
        if family in EXPLAINED:
            body = self.explain(path, body)
        return Page(path, self.lang, family, title, description, body, **parts)

    def call(self, view: MacroCall) -> Markup:
        """Call a macro outside of a page: it can't make links."""
        module = self.environment.get_template(view.template).module
        return Markup(getattr(module, view.macro)(**view.values()))

    def render(self, view: View, path: str) -> Markup:
        """Fill a template for the page at `path`, to which its links are relative."""

        def link(target: str) -> str:
            return urls.relative(path, target)

        def href(kind: str, id: str = "") -> str:
            return urls.relative(path, self.path(kind, id))

        values = {"href": href, "link": link, "path": path, "ctx": self, **view.values()}
        return Markup(self.environment.fill(view.template, values))


def page_environment() -> PageEnvironment:
    """Return an environment of all templates, which knows no site yet."""
    environment = PageEnvironment(templates_folder(), *subjects_templates())
    environment.filters |= {"markdown": markdown, "host": host_of}
    return environment


def shared(make: Callable[[Context], T]) -> Callable[[Context], T]:
    """Compute on first use, and keep the result with the context."""

    @wraps(make)
    def get(context: Context) -> T:
        return context.once((make.__module__, make.__qualname__), make)

    return get


def mark(value: Translated, within: str = "ltr") -> Markup:
    """Escape a text in a `span` with its language, its made-up mark behind. `within` is the direction of the page."""
    if not value.lang:
        words = Markup.escape(value.words)
    elif direction(value.lang) == within:
        words = pattern('<span lang="{}">{}</span>').format(value.lang, value.words)
    else:
        words = pattern('<bdi lang="{}" dir="{}">{}</bdi>').format(
            value.lang, direction(value.lang), value.words
        )
    return pattern("{} ({})").format(words, value.mark) if value.mark else words
