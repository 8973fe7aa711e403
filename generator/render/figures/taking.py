"""Make what can be taken along of the drawings of planning: a file of each, and the lines of HTML and the quotation for its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.render.base.context import Context
from generator.render.figures.pictures import PictureKey, PictureText, picture


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A drawing that can be taken along: its file's name, its title, what it says in a sentence, what it does not say and where it is from (`notes`), its legend."""

    name: str
    drawing: Markup
    title: str
    lead: str
    notes: Sequence[str]
    keys: Sequence[PictureKey] = ()


@dataclass(frozen=True, slots=True)
class TakeAlong:
    """What a page says of its drawings: for each file's name the line of HTML that shows it elsewhere, and how the page is quoted."""

    lines: Mapping[str, str]
    cite: str


def taken(context: Context, path: str, title: str, drawings: Iterable[HandedOn]) -> TakeAlong:
    """Return what the page at `path` says of its drawings; on the internal site none is handed on."""
    words = context.gettext("{publisher}: {title}. {url}, Stand {date}.")
    address = context.address(path)
    cite = words.format(
        publisher=context.site.config.publisher.name,
        title=title,
        url=address,
        date=context.texts.date(context.facts.today),
    )
    handed = () if context.site.internal else drawings
    lines = {
        one.name: f'<img src="{address}{one.name}.svg" alt="{escape(f"{one.title}. {one.lead}")}">'
        for one in handed
    }
    return TakeAlong(lines, cite)


def files_of(context: Context, path: str, drawings: Iterable[HandedOn]) -> dict[str, bytes]:
    """Return the files of the drawings of the page at `path`, each with publisher, licence, address and day below it."""
    _ = context.gettext
    config = context.site.config
    below = [config.publisher.name, context.address(path), context.texts.date(context.facts.today)]
    if config.data_licence:
        below.append(_("Lizenz {licence}").format(licence=config.data_licence))
    files = {}
    for one in drawings:
        text = PictureText(
            lang=context.lang,
            rtl=context.texts.dir == "rtl",
            title=one.title,
            lead=one.lead,
            keys=one.keys,
            notes=(*one.notes, ", ".join(below)),
        )
        files[f"{path}{one.name}.svg"] = picture(one.drawing, text)
    return files
