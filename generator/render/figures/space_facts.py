"""A space in, its figures with shares, comparison, date and source out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.model.groups import Figure
from generator.model.space import Space
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.texts import Texts
from generator.render.base.view import FigureRow


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A figure added up from the areas below: whole numbers of one date, present in each of them."""

    figure: Figure
    parts: int


def share(space: Space, figure: Figure) -> Decimal | None:
    """Return which part of another figure this one is, in percent; both must be of the same date.

    None where the figure is no part of another, that one is missing, or is zero.
    """
    whole = _whole(space, figure)
    if whole is None or not whole.value:
        return None
    return figure.value / whole.value * 100


def share_text(texts: Texts, space: Space, figure: Figure) -> str:
    """Write a share as in „rund 16,3 %“; marked where the figure or its whole was made up. Empty where there is none."""
    part, whole = share(space, figure), _whole(space, figure)
    if part is None or whole is None:
        return ""
    text = texts.qualified(_qualifier(figure, whole), texts.percent(part))
    return f"{text} ({texts.made_up})" if figure.illustrative or whole.illustrative else text


def _qualifier(figure: Figure, whole: Figure) -> str | None:
    """A part of an exact whole is as exact as it is; of a whole that is none, only about so large."""
    return "rund" if whole.qualifier else figure.qualifier


def _whole(space: Space, figure: Figure) -> Figure | None:
    return next((item for item in space.figures if item.name == figure.of and item.date == figure.date), None)


def totals(context: Context, key: str) -> list[StatedTotal]:
    """Add up what every area below states for the same day and the area itself doesn't.

    Figures with a unit or a word such as „rund“ are never added up.
    """
    site, children = context.site, context.facts.spaces[key].children
    own = {figure.name for figure in site.spaces[key].figures}
    if not children:
        return []
    found = []
    for first in site.spaces[children[0]].figures:
        same = [_same(site.spaces[child], first) for child in children]
        parts = [figure for figure in same if figure is not None]
        if first.name in own or len(parts) < len(children):
            continue
        value = sum((figure.value for figure in parts), Decimal())
        illustrative = any(
            figure.illustrative or site.spaces[child].fictional
            for child, figure in zip(children, parts, strict=True)
        )
        total = first.model_copy(update={"value": value, "note": None, "illustrative": illustrative})
        found.append(StatedTotal(total, len(parts)))
    return found


def _same(space: Space, like: Figure) -> Figure | None:
    for figure in space.figures:
        if (figure.name, figure.date, figure.source, figure.of) == (
            like.name,
            like.date,
            like.source,
            like.of,
        ):
            return None if figure.unit or figure.qualifier else figure
    return None


def figure_rows(context: Context, key: str) -> Sequence[FigureRow]:
    """Return a space's figures: value, name, share with the town's share beside it."""
    _ = context.gettext
    space = context.site.spaces[key]
    added = totals(context, key)
    summed = space.model_copy(update={"figures": (*space.figures, *(total.figure for total in added))})
    rows = [_row(context, summed, figure, _comparison(context, key, figure)) for figure in space.figures]
    for total in added:
        words = context.ngettext(
            "zusammengezählt aus {n} Gebiet", "zusammengezählt aus {n} Gebieten", total.parts
        ).format(n=total.parts)
        rows.append(_row(context, summed, total.figure, [words]))
    return rows


def _row(context: Context, space: Space, figure: Figure, more: list[str | Markup]) -> FigureRow:
    _ = context.gettext
    value = value_text(context.texts, figure)
    # A zero-width space lets „Einwohner/innen“ break on a phone.
    label = context.written(figure.name.replace("/", "/\u200b"))
    if figure.illustrative:
        label = pattern("{} ({})").format(label, context.texts.made_up)
    part = share_text(context.texts, space, figure)
    lines: list[str | Markup] = []
    if part:
        words = Markup.escape(_("Anteil: {share} (Grundlage: {whole})"))
        lines.append(words.format(share=part, whole=context.written(figure.of)))
    lines += more if part or not figure.of else []
    if figure.note:
        lines.append(context.written(figure.note))
    return FigureRow(value, label, Markup("<br>").join(lines))


def value_text(texts: Texts, figure: Figure) -> str:
    """Write a figure with the word before it and its unit: „rund 108.000“, „5,4 %“."""
    number = texts.number(figure.value)
    if figure.unit:
        number = f"{number}\u00a0{figure.unit}"
    return texts.qualified(figure.qualifier, number)


def stand_text(texts: Texts, figure: Figure) -> str:
    """Say from when a figure is: „Stand 31. Dezember 2025“, or that its source gives no date."""
    if figure.date is None:
        return texts.gettext("ohne Stichtag")
    return texts.gettext("Stand {date}").format(date=texts.date(figure.date))


def _comparison(context: Context, key: str, figure: Figure) -> list[str | Markup]:
    """The share in the widest area around, for the same day."""
    above = context.facts.spaces[key].ancestors
    if not above or not figure.of:
        return []
    widest = context.site.spaces[above[-1]]
    for other in widest.figures:
        if (other.name, other.date, other.of) == (figure.name, figure.date, figure.of):
            part = share_text(context.texts, widest, other)
            if part:
                return [pattern("{}: {}").format(context.translated(widest), part)]
    return []


def sources(context: Context, key: str) -> Sequence[Markup]:
    """Say of each source from which day its figures are: one line for each day and source."""
    _ = context.gettext
    groups: dict[tuple[str, str], list[str]] = {}
    figures = [*context.site.spaces[key].figures, *(total.figure for total in totals(context, key))]
    for figure in figures:
        groups.setdefault((figure.source, stand_text(context.texts, figure)), []).append(figure.name)
    words = Markup.escape(_("{source}, {stand}"))
    lines = []
    for (source, date), names in groups.items():
        line = words.format(source=context.written(source), stand=date)
        if len(groups) > 1:
            line = pattern("{} ({})").format(line, context.written(context.texts.join(names)))
        lines.append(line)
    return lines
