"""A piece of news in, the line that tells it out."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from generator.model.facts import News
from generator.render.base import urls
from generator.render.base.context import Context


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A line of „Neu und geändert“: `word` says what kind it is, `text` what is to be known, `name` is marked HTML."""

    kind: str
    word: str
    name: Markup
    href: str
    text: str
    text_lang: str = ""
    other: Markup = field(default_factory=Markup)
    other_href: str = ""


def news_line(context: Context, path: str, item: News) -> NewsLine:
    """Tell a piece of news on the page at `path`."""
    offers = context.site.offers
    offer = offers[item.offer]
    text, lang = _text(context, item), ""
    if item.kind == "alert" and offer.alert is not None:
        translated = offer.translations.get(context.lang)
        own = translated.alert if translated is not None else None
        text = own or offer.alert.text
        lang = "" if own or context.lang == context.site.config.language else context.site.config.language
    return NewsLine(
        kind=item.kind,
        word=_word(context, item),
        name=context.translated(offer),
        href=urls.relative(path, context.path("offer", item.offer)),
        text=text,
        text_lang=lang,
        other=context.translated(offers[item.other]) if item.other else Markup(),
        other_href=urls.relative(path, context.path("offer", item.other)) if item.other else "",
    )


def _word(context: Context, item: News) -> str:
    _ = context.texts.gettext
    return {
        "alert": _("Hinweis"),
        "new": _("Neu"),
        "ended": _("Beendet"),
        "ending": _("Endet bald"),
        "planned": _("Geplant"),
        "paused": _("Pause"),
        "checked": _("Geprüft"),
    }[item.kind]


def _text(context: Context, item: News) -> str:
    """What follows the name; for a new offer the one it replaces follows, for an ended one what comes after it."""
    _ = context.texts.gettext
    if item.date is None:
        return _("Fragen Sie nach, wann es weitergeht.") if item.kind == "paused" else ""
    date = context.texts.date(item.date)
    sentence = {
        "new": _("seit {date}, statt:") if item.other else _("seit {date}"),
        "ended": _("bis {date}, weiter geht es mit:") if item.other else _("bis {date}"),
        "ending": _("noch bis {date}, danach:") if item.other else _("noch bis {date}"),
        "planned": _("ab {date}, statt:") if item.other else _("ab {date}"),
        "paused": _("voraussichtlich bis {date}"),
        "checked": _("am {date}"),
        "alert": "",
    }[item.kind]
    return sentence.format(date=date)
