"""A language, a page family and a depth in; the values of the frame that all such pages share out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.export.web_headers import policy
from generator.model.config import Publisher
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.frame.families import FAMILIES, Section
from generator.render.frame.script_words import imported, words_block

ASSETS = "assets/nahraum/"
NAVIGATION: tuple[tuple[Section, str, str], ...] = (
    ("help", "Hilfe finden", "offers"),
    ("spaces", "Mein Stadtteil", "spaces"),
    ("professionals", "Für Fachkräfte", "professionals"),
    ("reports", "Berichte", "reports"),
)
FOOTER: tuple[tuple[str, str], ...] = (
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
    nav: tuple[ShellLink, ...]
    help_href: str
    footer: tuple[ShellLink, ...]
    footer_note: str
    credits: str
    about: str
    about_lang: str
    data_lang: str
    internal: bool
    draft: bool
    policy: Markup
    styles: tuple[str, ...]
    accent: str
    print: str
    script: str
    scripts: tuple[str, ...]
    modules: tuple[str, ...]
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
    _ = context.texts.gettext
    prefix = "../" * depth if base is None else base
    row = FAMILIES[family]

    def href(kind: str) -> str:
        return prefix + context.path(kind) or "./"

    def asset(name: str) -> str:
        return prefix + ASSETS + addresses.get(name, name)

    publisher = config.publisher
    word = site.words.languages.get(context.lang)
    return ShellValues(
        lang=context.lang,
        dir=context.texts.dir,
        home=href("home"),
        site_name=config.name,
        lang_name=(word.own or word.name) if word else context.lang,
        lang_short=context.lang.rpartition("-x-")[2].upper()[:2],
        multilingual=len(config.trees) > 1,
        family=family,
        publisher=publisher,
        phone_href=urls.telephone(publisher.phone) if publisher.phone else "",
        nav=_door_ways(context, prefix)
        if context.door
        else tuple(
            ShellLink(_(label), href(kind), current=section == row.section)
            for section, label, kind in NAVIGATION
            if context.exists(kind)
        ),
        help_href=href("help"),
        footer=tuple(
            ShellLink(label, href(kind), lang=config.language, hreflang=config.language)
            if context.language_of(context.path(kind))
            else ShellLink(_(label), href(kind))
            for label, kind in FOOTER
            if context.exists(kind)
        ),
        footer_note=_("Diese Seiten sind auf Deutsch:") if context.door else "",
        credits=", ".join(config.credits),
        about=config.about_translations.get(context.lang) or config.about or "",
        about_lang=""
        if context.lang == config.languages[0] or context.lang in config.about_translations
        else config.languages[0],
        data_lang=context.texts.record_lang,
        internal=site.internal,
        draft=not site.listed and not site.internal,
        # As an attribute in double quotes; every other sign in it is ours.
        policy=Markup(policy(config).replace('"', "")),
        styles=tuple(asset(name) for name in ("material.css", "nahraum.css", "icons.css", *row.styles)),
        accent=asset("accent.css"),
        print=asset("print.css"),
        script=asset("site.js"),
        scripts=tuple(asset(name) for name in row.scripts),
        modules=tuple(asset(name) for name in imported(row.scripts)),
        words=words_block(context.texts, row.scripts),
        favicon=asset("nahraum.svg"),
        gettext=_,
    )


def _door_ways(context: Context, prefix: str) -> tuple[ShellLink, ...]:
    """The ways on from pages of a language that has the most necessary only: its own pages, then everything else."""
    _, main = context.texts.gettext, context.site.config.language
    return (
        ShellLink(_("Das Wichtigste"), prefix + context.path("home")),
        ShellLink(_("Angebote"), prefix + context.path("offers")),
        ShellLink(_("Alles auf Deutsch"), prefix or "./", hreflang=main),
    )
