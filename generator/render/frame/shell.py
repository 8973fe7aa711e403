"""A language, a page family and a depth in; the values of the frame that all such pages share out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.export.web_server import policy
from generator.model.config import Publisher
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.frame.families import FAMILIES, Section
from generator.render.frame.script_words import MADE, with_imports, words_block

ASSETS = "assets/nahraum/"
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


@dataclass(frozen=True, slots=True)
class ShellLink:
    """A link of the top bar or the footer; `lang` is the language of its words, `hreflang` that of its page, where they aren't the frame's."""

    label: str
    href: str
    current: bool = False
    lang: str = ""
    hreflang: str = ""


@dataclass(frozen=True, slots=True)
class ShellValues:
    """The `shell` of `base.html`: what all pages of a language, family and depth have around them.

    Addresses are relative to the page. `words` is a data block with the translations for its scripts, `policy` the
    Content Security Policy as an attribute's value; everything else is escaped by the template.
    """

    lang: str
    dir: str
    home: str
    site_name: str
    lang_name: str
    lang_short: str
    multilingual: bool
    family: str
    publisher: Publisher
    phone_href: str
    nav: Sequence[ShellLink]
    help_href: str
    footer: Sequence[ShellLink]
    footer_note: str
    credits: str
    about: str
    about_lang: str
    data_lang: str
    internal: bool
    draft: bool
    policy: Markup
    styles: Sequence[str]
    accent: str
    print: str
    script: str
    scripts: Sequence[str]
    words: Markup
    favicon: str
    gettext: Callable[[str], str]


def shell_values(
    context: Context,
    family: str,
    depth: int,
    *,
    addresses: Mapping[str, str],
    base: str | None = None,
) -> ShellValues:
    """Return the values of a frame; `addresses` are where assets lie, by name, `base` overrides the relative prefix."""
    site, config = context.site, context.site.config
    _ = context.gettext
    prefix = "../" * depth if base is None else base
    row = FAMILIES[family]

    def asset(name: str) -> str:
        return prefix + ASSETS + addresses.get(name, name)

    publisher = config.publisher
    about, about_lang = _about(context)
    return ShellValues(
        lang=context.lang,
        dir=context.texts.dir,
        home=_href(context, prefix, "home"),
        site_name=config.name,
        lang_name=own_name(context, context.lang),
        lang_short=context.lang.rpartition("-x-")[2].upper()[:2],
        multilingual=len(config.trees) > 1,
        family=family,
        publisher=publisher,
        phone_href=urls.telephone(publisher.phone) if publisher.phone else "",
        nav=_door_ways(context, prefix) if context.door else _navigation(context, prefix, row.section),
        help_href=_href(context, prefix, "help"),
        footer=_footer(context, prefix),
        footer_note=_("Diese Seiten sind auf Deutsch:") if context.door else "",
        credits=", ".join(config.credits),
        about=about,
        about_lang=about_lang,
        data_lang=context.texts.record_lang,
        internal=site.internal,
        draft=not site.listed and not site.internal,
        # As an attribute in double quotes; every other sign in it is ours.
        policy=Markup(policy(config).replace('"', "")),
        styles=[asset(name) for name in ("material.css", "nahraum.css", "icons.css", *row.styles)],
        accent=asset("accent.css"),
        print=asset("print.css"),
        script=asset("site.js"),
        scripts=[asset(name) for name in with_imports(row.page, later=False, folder=MADE)],
        words=words_block(context.texts, row.scripts),
        favicon=asset("nahraum.svg"),
        gettext=_,
    )


def own_name(context: Context, lang: str) -> str:
    """Return what a language calls itself, else its name, else its tag."""
    word = context.words.languages.get(lang)
    return (word.own or word.name) if word is not None else lang


def _href(context: Context, prefix: str, kind: str) -> str:
    return prefix + context.path(kind) or "./"


def _about(context: Context) -> tuple[str, str]:
    """Return the words about the site, and their language where that isn't the page's."""
    config = context.site.config
    about = config.about_translations.get(context.lang) or config.about or ""
    if context.lang in (config.languages[0], *config.about_translations):
        return about, ""
    return about, config.languages[0]


def _navigation(context: Context, prefix: str, section: Section | None) -> Sequence[ShellLink]:
    """Return the links of the top bar to what there is; one of them may be where the page belongs."""
    _ = context.gettext
    return [
        ShellLink(_(label), _href(context, prefix, kind), current=name == section)
        for name, label, kind in NAVIGATION
        if context.exists(kind)
    ]


def _footer(context: Context, prefix: str) -> Sequence[ShellLink]:
    """Return the links of the footer to what there is; a page of the data's language is named in that."""
    main = context.site.config.language
    found = []
    for label, kind in FOOTER:
        if not context.exists(kind):
            continue
        href = _href(context, prefix, kind)
        if context.language_of(context.path(kind)):
            found.append(ShellLink(label, href, lang=main, hreflang=main))
        else:
            found.append(ShellLink(context.gettext(label), href))
    return found


def _door_ways(context: Context, prefix: str) -> Sequence[ShellLink]:
    """The ways on from pages of a language that has the most necessary only: its own pages, then everything else."""
    _, main = context.gettext, context.site.config.language
    return (
        ShellLink(_("Das Wichtigste"), prefix + context.path("home")),
        ShellLink(_("Angebote"), prefix + context.path("offers")),
        ShellLink(_("Alles auf Deutsch"), prefix or "./", hreflang=main),
    )
