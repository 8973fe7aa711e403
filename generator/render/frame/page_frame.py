"""Fill what stands around a page: top bar, footer, languages, exit, metadata."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from generator.export.structured_data import breadcrumbs
from generator.export.web_server import EMBED_POLICY, EVERYBODY, HEADERS, ITSELF, UNLISTED, framed_by, policy
from generator.model.areas_and_offices import Space
from generator.model.config import BLOCKS, Publisher
from generator.model.editions import is_edition
from generator.model.facts import OfferList
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Crumb, Page
from generator.render.base.texts import Translated
from generator.render.base.urls import moved
from generator.render.base.view import MacroCall, NavLink, View
from generator.render.base.wording import cost_html, in_a_line, status_text, week_lines
from generator.render.directory.cards import where_text
from generator.render.frame.families import (
    FAMILIES,
    MADE,
    QUIET,
    Section,
    script_file,
    with_imports,
    words_block,
)
from generator.render.frame.markup_policy import cleaned
from generator.render.frame.pen import pen

_BETWEEN = "\0"  # parts the blocks, as no page holds it
_FRAME = _BETWEEN.join(f"{{% block {name} %}}{{% endblock %}}" for name in BLOCKS)


@lru_cache(maxsize=2)
def _compile_town_template(text: str) -> Template:
    environment = SandboxedEnvironment(
        loader=DictLoader({"base.html": _FRAME, "main.html": text}), autoescape=True
    )
    return environment.get_template("main.html")


def town_blocks(context: Context, home: str) -> dict[str, Markup]:
    """Return the town template's blocks, without what is forbidden."""
    config, text = context.site.config, context.site.look.template
    if not text:
        return {}
    html = _compile_town_template(text).render(home=home, lang=context.lang, site_name=config.name)
    parts = (Markup(cleaned(part, config)) for part in html.split(_BETWEEN))
    return dict(zip(BLOCKS, parts, strict=True))


class SectionMenu(MacroCall, frozen=True):
    """A section's hand-written pages, in `nav` order."""

    template = "macros/crumbs.html"
    macro = "section"

    items: Sequence[NavLink]


def section_menu(context: Context, page: Page) -> Markup:
    """Return the menu on a section's pages, never beside help."""
    main = context.site.config.language
    in_tree = page.path.removeprefix(f"{page.lang}/") if page.lang != main else page.path
    section = urls.section(in_tree)
    of_section = [entry for entry in _menu(context) if entry[2] == section]
    if section in ("", "help") or (
        in_tree != urls.path(section) and page.path not in (path for path, *_ in of_section)
    ):
        return Markup()
    items = [
        NavLink(title, urls.relative(page.path, path), current=path == page.path)
        for path, title, _ in of_section
    ]
    return context.call(SectionMenu(items)) if items else Markup()


def loose_pages(context: Context) -> list[tuple[str, str]]:
    """Return (path, title) of `nav` pages without section, for the footer."""
    return [(path, title) for path, title, section in _menu(context) if not section]


def _menu(context: Context) -> Iterator[tuple[str, str, str]]:
    """Yield (path, title, section) of `nav` pages in this language."""
    config = context.site.config
    for entry in context.site.look.menu:
        if urls.language_of(entry.name, config.trees) == context.lang and not is_edition(entry.name):
            path = urls.page_path(entry.name)
            in_tree = path if context.lang == config.language else path.removeprefix(f"{context.lang}/")
            yield path, entry.title, urls.section(in_tree)


ASSETS = "assets/nahraum/"  # where stylesheets and scripts lie
NAVIGATION: Sequence[tuple[Section, str, str]] = (
    ("help", "Hilfe finden", "offers"),
    ("spaces", "Mein Stadtteil", "spaces"),
    ("professionals", "Für Fachkräfte", "professionals"),
    ("reports", "Berichte", "reports"),
)
FOOTER: Sequence[tuple[str, str]] = (
    ("Impressum", "imprint"),
    ("Datenschutz", "privacy"),
    ("Barrierefreiheit", "accessibility"),
    ("Leichte Sprache", "plain"),
    ("Über diese Seite", "about"),
    ("Daten", "data"),
    ("Meine Merkliste", "remembered"),
)


class ShellLink(Struct, frozen=True):
    """A link of top bar or footer; `lang` and `hreflang` where they differ."""

    label: str
    href: str
    current: bool = False  # whether the page is in its section
    lang: str = ""
    hreflang: str = ""


class ShellValues(Struct, frozen=True):
    """The `shell` of `base.html`: a language's frame by family and depth.

    Addresses are relative to the page. `words` is HTML with scripts' translations, `policy` an attribute's
    value; the template escapes all else.
    """

    lang: str
    dir: str  # of writing: ltr or rtl
    home: str
    site_name: str
    lang_name: str  # in itself
    lang_short: str  # two letters, for phones
    multilingual: bool  # whether there are others to choose
    family: str
    publisher: Publisher
    phone_href: str  # of the publisher; empty for none
    nav: Sequence[ShellLink]  # the top bar
    help_href: str
    footer: Sequence[ShellLink]
    footer_note: str  # that the footer's pages are in another language
    credits: str  # whose data the site holds
    about: str  # what the town says of its site
    about_lang: str  # where it isn't the page's
    data_lang: str  # of untranslated records, where it isn't the page's
    internal: bool  # the site for the office alone
    draft: bool  # not published yet
    policy: Markup
    styles: Sequence[str]
    print: str  # the stylesheet for paper
    script: str  # what every page runs before it is shown
    scripts: Sequence[str]  # of its family
    words: Markup
    favicon: str
    gettext: Callable[[str], str]
    logo: str = ""
    logo_alt: str = ""
    own_style: str = ""  # the town's stylesheet
    announce: str = ""  # HTML of the town above the page
    own_footer: str = ""  # HTML of the town in the footer


def shell_values(
    context: Context,
    family: str,
    depth: int,
    *,
    addresses: Mapping[str, str],
    base: str | None = None,
) -> ShellValues:
    """Return a frame's values; `addresses` of assets by name, `base` overrides the prefix."""
    site, config = context.site, context.site.config
    _ = context.gettext
    prefix = "../" * depth if base is None else base
    row = FAMILIES[family]

    def asset(name: str) -> str:
        return prefix + ASSETS + addresses.get(name, name)

    publisher = config.publisher
    about, about_lang = _about(context)
    nav = _door_ways(context, prefix) if context.first_door else _navigation(context, prefix, row.section)
    styles = [asset(name) for name in ("nahraum.css", *row.styles)]
    # What is made of the scripts (`MADE`) and needed at once.
    scripts = [asset(name) for name in with_imports(script_file(family), later=False, folder=MADE)]
    look, home = context.site.look, _write_page_href(context, prefix, "home")
    blocks = town_blocks(context, home)
    return ShellValues(
        lang=context.lang,
        dir=context.texts.dir,
        home=home,
        site_name=config.name,
        lang_name=own_name(context, context.lang),
        lang_short=context.lang.rpartition("-x-")[2].upper()[:2],  # LS of `de-x-ls`
        multilingual=len(config.trees) > 1,
        family=family,
        publisher=publisher,
        phone_href=urls.telephone(publisher.phone) if publisher.phone else "",
        nav=nav,
        help_href=_write_page_href(context, prefix, "help"),
        footer=_footer(context, prefix),
        footer_note=_("Diese Seiten sind auf Deutsch:") if context.first_door else "",
        credits=", ".join(config.credits),
        about=about,
        about_lang=about_lang,
        data_lang=context.texts.record_lang,
        internal=site.internal,
        draft=not site.for_search_engines and not site.internal,
        # As an attribute in double quotes; every other sign in it is ours.
        policy=Markup(policy(config).replace('"', "")),
        styles=styles,
        print=asset("print.css"),
        script=asset("site.js"),
        scripts=scripts,
        words=words_block(context.texts, row.scripts),
        favicon=asset("nahraum.svg"),
        gettext=_,
        logo=asset(config.logo.asset) if config.logo else "",
        logo_alt=config.logo.alt if config.logo else "",
        own_style=asset("own.css") if look.styles and family not in QUIET else "",
        # Where one may have to leave quickly, nothing stands before the way out.
        announce=blocks.get("announce", "") if "exit.js" not in row.scripts else "",
        own_footer=blocks.get("footer", ""),
    )


def own_name(context: Context, lang: str) -> str:
    """Return a language's own name, else its name or tag."""
    word = context.words.languages.get(lang)
    return (word.own or word.name) if word is not None else lang


def _write_page_href(context: Context, prefix: str, kind: str) -> str:
    return prefix + context.path(kind) or "./"


def _about(context: Context) -> tuple[str, str]:
    """Return (text about the site, its language if another)."""
    config = context.site.config
    if translated := config.about_translations.get(context.lang):
        return translated, ""
    return config.about or "", context.texts.record_lang


def _navigation(context: Context, prefix: str, section: Section | None) -> Sequence[ShellLink]:
    """Return the top bar's links, marking the page's section."""
    return [
        ShellLink(context.gettext(label), _write_page_href(context, prefix, kind), current=name == section)
        for name, label, kind in NAVIGATION
        if context.exists(kind)
    ]


def _footer(context: Context, prefix: str) -> Sequence[ShellLink]:
    """Return the footer's links, some in the main language."""
    found = []
    for label, kind in FOOTER:
        if context.exists(kind):
            lang = context.language_of(context.path(kind))
            words = label if lang else context.gettext(label)
            found.append(ShellLink(words, _write_page_href(context, prefix, kind), lang=lang, hreflang=lang))
    return [*found, *(ShellLink(title, prefix + path) for path, title in loose_pages(context))]


def _door_ways(context: Context, prefix: str) -> Sequence[ShellLink]:
    """Return the links of a language with few pages: its own, then the rest."""
    _, main = context.gettext, context.site.config.language
    return (
        ShellLink(_("Das Wichtigste"), prefix + context.path("home")),
        ShellLink(_("Angebote"), prefix + context.path("offers")),
        ShellLink(_("Alles auf Deutsch"), prefix or "./", hreflang=main),
    )


PICTURES = {
    "help": "og-hilfe.png",
    "spaces": "og-stadtteil.png",
    "professionals": "og-fachkraefte.png",
    "reports": "og-berichte.png",
    "": "og-nahraum.png",
}
"""One picture a section; `docs/pictures.py` draws them."""
SIZE = (640, 336)
"""Pixels of these pictures."""
LOCALES = {
    "de": "de_DE",
    "en": "en_GB",
    "ar": "ar_AR",
    "tr": "tr_TR",
    "uk": "uk_UA",
    "ru": "ru_RU",
    "fr": "fr_FR",
}  # as Open Graph writes languages


def data_block(data: Mapping[str, Any]) -> Markup:
    """Return JSON-LD as data block, with `<` escaped so that nothing ends it."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{written}</script>\n')


def metadata(context: Context, page: Page) -> Markup:
    """Return Open Graph and breadcrumbs of findable pages; else nothing."""
    site = context.site
    if site.internal or not page.indexed:
        return Markup()
    picture = PICTURES[FAMILIES[page.family].section]
    rows = {
        "og:type": "website",
        "og:site_name": site.config.name,
        "og:title": page.title,
        "og:description": page.description,
        "og:url": context.address(page.path),
        "og:locale": LOCALES.get(page.lang.split("-")[0], page.lang),
        "og:image": context.address(f"{ASSETS}{picture}"),
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": site.config.name,
    }
    lines = [f'<meta property="{name}" content="{escape(text)}">\n' for name, text in rows.items() if text]
    found = Markup("".join([*lines, '<meta name="twitter:card" content="summary_large_image">\n']))
    if page.crumbs:
        home = Crumb(context.gettext("Start"), context.path("home"))
        way = [home, *page.crumbs, Crumb(page.title, page.path)]
        found += data_block(breadcrumbs([(crumb.label, context.address(crumb.path)) for crumb in way]))
    return found


SLOTS = [
    "title",
    "description",
    "canonical",
    "alternates",
    "robots",
    "head",
    "languages",
    "crumbs",
    "toc",
    "content",
    "modified",
    "address",
    "exit",
]
"""What stands in a page's frame; both writers of pages fill it (`slots`)."""


class CrumbTrail(MacroCall, frozen=True):
    """The breadcrumbs of a page, without itself; `aloud`: with a button to read it."""

    template = "macros/crumbs.html"
    macro = "crumbs"

    items: Sequence[NavLink]
    aloud: bool


class PageContents(MacroCall, frozen=True):
    """A table of contents; empty for fewer than two headings."""

    template = "macros/crumbs.html"
    macro = "toc"

    items: Sequence[NavLink]


class ExitBar(MacroCall, frozen=True):
    """The bar for leaving a page quickly."""

    template = "macros/help.html"
    macro = "exit"

    href: str  # to a harmless page
    text: str
    hint: str  # for the keyboard


def tree_path(page: Page, default: str) -> str:
    """Return a page's path without its language's folder."""
    return page.path if page.lang == default else page.path.removeprefix(f"{page.lang}/")


def has_exit_bar(page: Page) -> bool:
    """Tell whether „Seite verlassen“ stands on a page."""
    return page.sensitive or page.family in ("door-home", "help", "safe", "youth")


def slots(context: Context, page: Page) -> Mapping[str, str]:
    """Return what is filled into a page's frame, by slot."""
    site = context.site
    default = site.config.language
    in_tree = tree_path(page, default)
    address = context.address(page.path)
    translations = [(lang, urls.localised(lang, default, in_tree)) for lang in site.config.trees]
    steps = [crumb for crumb in page.crumbs if context.has(crumb.path)]
    aloud = "aloud.js" in FAMILIES[page.family].scripts and not has_exit_bar(page)
    crumbs = CrumbTrail([NavLink(step.label, urls.relative(page.path, step.path)) for step in steps], aloud)
    headings = PageContents([NavLink(item.label, f"#{item.id}", lang=item.lang) for item in page.toc])
    title = f"{page.title} – {site.config.name}" if in_tree else page.title
    canonical = pattern('<link rel="canonical" href="{}">\n').format(address) if page.indexed else ""
    modified = Markup()
    if page.date:
        date = context.texts.date(page.date)
        modified = pattern("<p>{}</p>").format(context.gettext("Stand: {date}").format(date=date))
    languages = Markup().join(_language(context, page, lang, path) for lang, path in translations)
    found = {
        "title": Markup.escape(title),
        "description": Markup.escape(page.description),
        "canonical": canonical,
        "alternates": _alternates(context, page, translations),
        "robots": ""
        if page.indexed and site.for_search_engines
        else '<meta name="robots" content="noindex">\n',
        "head": page.head + metadata(context, page),
        "languages": languages,
        "crumbs": context.call(crumbs),
        "toc": context.call(headings),
        "content": page.body + section_menu(context, page) + pen(context, page, guarded=has_exit_bar(page)),
        "modified": modified,
        "address": pattern("{} ").format(address),
        "exit": _render_exit_bar(context) if has_exit_bar(page) else "",
    }
    return {name: str(value) for name, value in found.items()}


def _alternates(context: Context, page: Page, translations: Iterable[tuple[str, str]]) -> Markup:
    """Return `hreflang` links to languages that have the page; none for one language or hidden pages."""
    # What isn't registered (`de-x-ls`) says nothing to search engines.
    existing = [(lang, path) for lang, path in translations if context.has(path) and "-x-" not in lang]
    if not page.indexed or len(existing) < 2 or "-x-" in page.lang:
        return Markup()
    existing.append(("x-default", existing[0][1]))
    link = pattern('<link rel="alternate" hreflang="{}" href="{}">\n')
    return Markup().join(link.format(lang, context.address(path)) for lang, path in existing)


def _language(context: Context, page: Page, lang: str, path: str) -> Markup:
    """Return the link to a page in a language, else to its first page."""
    current = Markup(' aria-current="true"') if lang == page.lang else Markup()
    if not context.has(path):
        path = urls.localised(lang, context.site.config.language, "")
    return pattern('<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>').format(
        urls.relative(page.path, path), lang, lang, current, own_name(context, lang)
    )


def _render_exit_bar(context: Context) -> Markup:
    _ = context.gettext
    return context.call(
        ExitBar(
            context.site.config.exit_url, _("Seite verlassen"), _("oder dreimal die Umschalttaste drücken")
        )
    )


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
            offers=[_make_embedded_offer(context, path, item) for item in offers[:MOST]],
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


def _make_embedded_offer(context: Context, path: str, key: str) -> EmbeddedOffer:
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
    folders = sorted({_find_top_folder(path, roots) for path in paths} - set(framed))
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


def _find_top_folder(path: str, roots: list[str]) -> str:
    """Return a path's top folder within its language, or its root."""
    root = max((root for root in roots if path.startswith(root)), key=len, default="")
    first, slash, _ = path.removeprefix(root).partition("/")
    return f"{root}{first}{slash}"
