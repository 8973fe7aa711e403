"""One language's view of a site, which every page is made from."""

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
from generator.render.base.compiling import PageEnvironment, subjects_templates, templates_folder
from generator.render.base.html_patterns import pattern
from generator.render.base.icons import SIGNS, icon, icon_of, icons_of_words, inline_icon, marker
from generator.render.base.markdown import markdown
from generator.render.base.page import Crumb, Page, PageParts
from generator.render.base.terms import TermPattern, link_terms, term_pattern
from generator.render.base.texts import Texts, Translated, direction
from generator.render.base.view import MacroCall, View

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
    """One language's view of the site; pages are pure functions of it and their key."""

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
        """Return the words and forms of a language, for pages of this site."""
        return Texts(lang, self.site.config.language, self.site.config.territory)

    def once(self, name: Sequence[Any], make: Callable[[Context], T]) -> T:
        """Return a piece that many pages share; `name` says what it depends on. It is made when it is first asked for."""
        if name not in self.fragments:
            self.fragments[name] = make(self)
        made: T = self.fragments[name]
        return made

    @property
    def door(self) -> bool:
        """Whether this language has the most necessary only; everything else is told in that of the data."""
        return self.lang not in self.site.config.languages

    def path(self, kind: str, id: str = "") -> str:
        """Return the path of a page from the site's root: in this language, or in that of the data where only that has the page."""
        main, there = self.site.config.language, urls.path(kind, id)
        own = urls.localised(self.lang, main, there)
        return own if not self.door or self.has(own) else there

    def address(self, path: str) -> str:
        """Return the whole address of a page or file, given its path from the site's root."""
        return f"{self.site.config.url.rstrip('/')}/{path}"

    def href(self, origin: str, kind: str, id: str = "") -> str:
        """Return the link from the page at `origin` to another one, which may be the same."""
        return urls.relative(origin, self.path(kind, id))

    def linking(self, origin: str, kind: str) -> Callable[[str], str]:
        """Return what links the page at `origin` to pages of a kind, by their ids; ids are letters, digits and hyphens, as in addresses."""
        if self.door:
            return lambda id: urls.relative(origin, self.path(kind, id))
        before, after = self.path(kind, "{id}").split("{id}")
        folder = urls.relative(origin, before).removeprefix("./")
        return lambda id: f"{folder}{id}{after}"

    def language_of(self, path: str) -> str:
        """Return the language of the page at a path where it isn't this one; else nothing."""
        main = self.site.config.language
        return main if self.door and not path.startswith(f"{self.lang}/") else ""

    def exists(self, kind: str, id: str = "") -> bool:
        """Tell whether a page is there: a town need not write every page that generated ones could lead to, nor have every subject."""
        return kind in urls.PATHS and self.has(self.path(kind, id))

    def has(self, path: str) -> bool:
        """Tell whether a page stands at a path from the site's root."""
        return self.paths is None or path in self.paths

    def in_main_language(self) -> Context:
        """Return the view of the same site in the language of its data."""
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
        environment = PageEnvironment(templates_folder(), *subjects_templates())
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
        environment.filters |= {"markdown": markdown, "host": host_of}
        return environment

    @cached_property
    def icons(self) -> frozenset[str]:
        """The icons that the stylesheet of this site draws."""
        return SIGNS | icons_of_words(self.site)

    def icon(self, name: str) -> Markup:
        """Return the element of an icon; one that the stylesheet doesn't draw brings its drawing along."""
        return icon(name) if name in self.icons else inline_icon(name)

    def sign(self, word: Word) -> Markup:
        """Return the icon of a word of a vocabulary; nothing where it has none or none that exists."""
        name = icon_of(word)
        return self.icon(name) if name else Markup("")

    def translated(self, record: Any, field: str = "name") -> Markup:
        """Return a text of a record as HTML; marked with its language where it isn't the page's."""
        return self.marked(self.texts.of(record, field))

    def marked(self, value: Translated) -> Markup:
        """Return a text as HTML, marked with its language where it isn't the page's, and with its direction where that is another."""
        return mark(value, self.texts.dir)

    def isolated(self, text: str) -> Markup:
        """Return a name or an address, the same in all languages, so that it keeps its order between words that run the other way."""
        if not text or self.texts.dir == "ltr":
            return Markup.escape(text)
        return pattern('<bdi dir="ltr">{}</bdi>').format(text)

    def made_up(self, record: Any, field: str) -> str:
        """Return what stands behind a field that was made up, with the space before it; nothing where it was not."""
        words = self.texts.mark_of(record, field)
        return f" ({words})" if words else ""

    def law_of(self, basis: LegalBasis | None) -> str:
        """Name the law behind something with the state of its text: „§ 78 SGB VIII (Gesetz, Stand 10. Juni 2021)“."""
        if basis is None:
            return ""
        if basis.as_of is None:
            return basis.cited
        return self.gettext("{law} (Gesetz, Stand {date})").format(
            law=basis.cited, date=self.texts.date(basis.as_of)
        )

    def written(self, text: str | None) -> Markup:
        """Return a text that records hold in one language only; marked with that language where it isn't the page's."""
        return self.marked(Translated(text or "", self.texts.record_lang if text else ""))

    @cached_property
    def terms(self) -> TermPattern | None:
        """The search for terms of the trade in this language's pages."""
        return term_pattern(self.texts, self.words.glossary)

    def explain(self, path: str, html: Markup) -> Markup:
        """Link each term of the trade where it first stands in the body of the page at `path`."""
        return link_terms(html, self.terms, urls.relative(path, self.path("glossary")))

    def page(
        self, view: View, path: str, family: str, title: str, description: str, **parts: Unpack[PageParts]
    ) -> Page:
        """Make the page at `path` of a view; `parts` are what only some pages have."""
        body = self.render(view, path)
        if family in EXPLAINED:
            body = self.explain(path, body)
        return Page(path, self.lang, family, title, description, body, **parts)

    def call(self, view: MacroCall) -> Markup:
        """Call a macro; it stands on no page, so it makes no links of its own."""
        module = self.environment.get_template(view.template).module
        return Markup(getattr(module, view.macro)(**view.values()))

    def render(self, view: View, path: str) -> Markup:
        """Fill a template for the page at `path`; inside, `href(kind, id)` and `link(path)` are relative to it."""

        def link(target: str) -> str:
            return urls.relative(path, target)

        def href(kind: str, id: str = "") -> str:
            return urls.relative(path, self.path(kind, id))

        given = {"href": href, "link": link, "path": path, "ctx": self, **view.values()}
        return Markup(self.environment.fill(view.template, given))


def shared(make: Callable[[Context], T]) -> Callable[[Context], T]:
    """Make what many pages share when it is first asked for, and keep it with its context."""

    @wraps(make)
    def get(context: Context) -> T:
        return context.once((make.__module__, make.__qualname__), make)

    return get


def mark(value: Translated, within: str = "ltr") -> Markup:
    """Escape a text and put it into a `span` with its language where it isn't the page's; its mark stands behind.

    `within` is the direction of the page.
    """
    if not value.lang:
        words = Markup.escape(value.words)
    elif direction(value.lang) == within:
        words = pattern('<span lang="{}">{}</span>').format(value.lang, value.words)
    else:
        words = pattern('<bdi lang="{}" dir="{}">{}</bdi>').format(
            value.lang, direction(value.lang), value.words
        )
    return pattern("{} ({})").format(words, value.mark) if value.mark else words
