"""The pages of written reports: archive, editions, changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.model.cells import Cell
from generator.model.editions import Edition, Frozen
from generator.model.facts import Facts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.base.view import TableCell, TableColumn, TableContent, View
from generator.render.figures.figure_texts import period_text, sign_label, value_text
from generator.render.written_reports.composing import frozen_of, write_edition
from generator.render.written_reports.edition_call_site import (
    Difference,
    Why,
    archived,
    differences,
    figures_path,
    pdf_path,
    shown,
)

CHANGES = "aenderungen-"
"""Before an edition's name in the key of its page of changes: `kinderarmut/aenderungen-2026`."""


class ChangeGroup(Struct, frozen=True):
    """The figures that differ for the same reason."""

    id: Why
    title: str
    says: str  # what that means
    content: TableContent


class EditionChangesView(View, frozen=True):
    """Figures that differ between two editions; `same` counts the others."""

    template = "edition_changes.html"

    old: Edition
    new: Edition
    groups: Sequence[ChangeGroup]
    same: int


def edition_changes_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return a key for each edition that has one before it."""
    del facts
    return [changes_key(edition) for editions in shown(site).values() for edition in editions[1:]]


def changes_key(edition: Edition) -> str:
    """Return the key of an edition's page of changes."""
    return f"{edition.report}/{CHANGES}{edition.name}"


def render_edition_changes(context: Context, key: str) -> Page:
    """Make the page of changes from the edition before."""
    _ = context.gettext
    path = context.path("report-changes", key)
    report, name = key.split("/" + CHANGES)
    editions = shown(context.site)[report]
    place = next(number for number, edition in enumerate(editions) if edition.name == name)
    old, new = editions[place - 1], editions[place]
    before, after = frozen_of(context, old), frozen_of(context, new)
    differing: dict[Why, list[Sequence[str]]] = {}
    same = 0
    for item in differences(before, after):
        if item.why == "same":
            same += 1
            continue
        differing.setdefault(item.why, []).append(_make_change_row(context, item, before, after))
    words: dict[Why, tuple[str, str]] = {
        "redefined": (
            _("Anders gerechnet oder aus anderer Quelle"),
            _("Diese Zahlen lassen sich nicht miteinander vergleichen."),
        ),
        "revised": (
            _("Derselbe Zeitraum, aber berichtigt"),
            _(
                "Die Quelle hat ihre Zahlen nachträglich geändert. Die ältere Veröffentlichung behält, was damals galt."
            ),
        ),
        "new-period": (
            _("Neuere Zahlen"),
            _("Es sind neue Daten dazugekommen. Der Rechenweg ist derselbe."),
        ),
        "added": (_("Neu im Bericht"), _("Die ältere Veröffentlichung nennt diese Zahlen nicht.")),
        "dropped": (
            _("Nicht mehr im Bericht"),
            _("Die neuere Veröffentlichung nennt diese Zahlen nicht. In der älteren stehen sie weiterhin."),
        ),
    }
    groups = [
        ChangeGroup(why, *words[why], _make_change_table(context, old, new, differing[why]))
        for why in words
        if why in differing
    ]
    title = _("{title}: was sich von {old} zu {new} geändert hat").format(
        title=new.head.title, old=old.head.edition, new=new.head.edition
    )
    return context.page(
        EditionChangesView(old, new, groups, same),
        path,
        family="archive",
        title=title,
        description=_("Welche Zahlen neu, berichtigt oder anders gerechnet sind, und warum."),
        crumbs=(
            context.crumb(_("Berichte"), "reports"),
            context.crumb(new.head.title, "report-archive", report),
        ),
        date=new.head.date,
        indexed=new.public,
    )


def _make_change_table(
    context: Context, old: Edition, new: Edition, changes: Sequence[Sequence[str]]
) -> TableContent:
    """Return figures before and after, with a column of reasons where any is known; rows as from `_make_change_row`."""
    _ = context.gettext
    edition = _("Stand {edition}")
    columns = [
        TableColumn(_("Kennzahl"), key="indicator"),
        TableColumn(_("Gebiet")),
        TableColumn(edition.format(edition=old.head.edition), num=True),
        TableColumn(edition.format(edition=new.head.edition), num=True),
    ]
    if any(change[-1] for change in changes):
        columns.append(TableColumn(_("Grund")))
    rows = [tuple(map(TableCell, change[: len(columns)])) for change in changes]
    return TableContent(columns, rows)


def _make_change_row(context: Context, item: Difference, before: Frozen, after: Frozen) -> Sequence[str]:
    """Write a difference as (indicator, area, before, after, reasons)."""
    texts = context.texts
    first, second = before.indicators.get(item.indicator), after.indicators.get(item.indicator)
    indicator = second or first
    if indicator is None:
        raise KeyError(item.indicator)
    spaces = {**before.spaces, **after.spaces}
    split = _part_name(indicator, item.part)
    title = texts.of(indicator, "title").text
    reasons = _reasons(context, item, before, after)
    return (
        f"{title} ({split})" if split else title,
        texts.name(spaces[item.space]),
        _write_figure(context, first, item.before),
        _write_figure(context, second, item.after),
        "; ".join(dict.fromkeys(reasons)),
    )


def _part_name(indicator: Indicator, part: Iterable[str]) -> str:
    """Name a part, one id for each breakdown („Mädchen, 3–6“), "" for all of it; empty for the whole."""
    names: dict[str, str] = {}
    for breakdown in indicator.breakdowns:
        names |= {value.id: value.name for value in breakdown.values}
    return ", ".join(names.get(one, one) for one in part if one)


def _reasons(context: Context, item: Difference, before: Frozen, after: Frozen) -> Iterator[str]:
    """Yield why a figure differs: changed definition, breaks in the series, releases."""
    texts = context.texts
    if item.redefined:
        fields = texts.join(texts.gettext(field) for field in item.redefined)
        yield texts.gettext("anders: {fields}").format(fields=fields)
    yield from item.broken
    if item.why == "revised":
        yield from _notes(before, after, item.indicator)


def _write_figure(context: Context, indicator: Indicator | None, cell: Cell | None) -> str:
    """Write a figure with its period, or why there is none: „12 % (2025)“."""
    if indicator is None or cell is None:
        return "–"
    value = value_text(context, indicator, cell)
    words = value if cell.value is not None else sign_label(context.texts, cell.status)
    return f"{words} ({period_text(context.texts, cell.period)})"


def _notes(before: Frozen, after: Frozen, key: str) -> list[str]:
    """Return notes of an indicator's releases that are new in the later edition."""
    known = {item.date for item in before.series[key].releases} if key in before.series else set()
    return [item.note for item in after.series[key].releases if item.date not in known and item.note]


class ArchivedEdition(Struct, frozen=True):
    """An archived edition."""

    edition: Edition
    changes: str  # key of its page of changes; empty for none


class ReportArchiveView(View, frozen=True):
    """All editions of a report, the newest first."""

    template = "report_archive.html"

    title: str
    rows: Sequence[ArchivedEdition]


class EditionView(View, frozen=True):
    """An edition's text and files."""

    template = "edition.html"

    edition: Edition
    space: str  # the area it is about, by name; empty for none
    body: Markup
    not_carried: int  # statements that were statistically sound then, but aren't with today's figures
    newer: Edition | None  # the newest one; None if this is
    changes: str  # key of the page of changes; empty for the first edition
    pdf: str  # path; empty for none
    figures: str  # path of its table; empty for none
    cite: str  # how to cite it
    foreign: bool  # whether the page is in another language than the report


class WithdrawnEditionView(View, frozen=True):
    """An edition that isn't shown any more."""

    template = "edition_withdrawn.html"

    edition: Edition


def archive_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return a key for each report."""
    del facts
    return tuple(archived(site))


def edition_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return a key for each edition."""
    del facts
    return tuple(edition.key for edition in chain.from_iterable(archived(site).values()))


def render_archive(context: Context, key: str) -> Page:
    """Make a report's page of editions, newest first."""
    path = context.path("report-archive", key)
    editions = archived(context.site)[key]
    with_changes = shown(context.site).get(key, [])[1:]  # all but the first
    rows = [
        ArchivedEdition(edition, changes_key(edition) if edition in with_changes else "")
        for edition in editions
    ]
    last = editions[-1].head
    return context.page(
        ReportArchiveView(last.title, tuple(rows[::-1])),
        path,
        family="archive",
        title=last.title,
        description=last.summary,
        crumbs=(context.crumb(context.gettext("Berichte"), "reports"),),
        date=last.date,
    )


def render_edition(context: Context, key: str) -> Page:
    """Make an edition's page, its text in the main language."""
    _ = context.gettext
    path = context.path("report-edition", key)
    edition = context.site.editions[key]
    if edition.head.withdrawn is not None:
        return _withdrawn(context, path, edition)
    editions = shown(context.site)[edition.report]
    written = write_edition(context, edition, path)
    place = editions.index(edition)
    head, config = edition.head, context.site.config
    report_language = config.language if context.lang != config.language else ""
    public_figures = edition.public and written.frozen.series and not context.site.internal
    view = EditionView(
        edition=edition,
        space=written.space,
        body=written.body,
        not_carried=written.not_carried,
        newer=editions[-1] if editions[place + 1 :] else None,
        changes=changes_key(edition) if place else "",
        pdf=pdf_path(edition) if config.pdf and not context.site.internal else "",
        figures=figures_path(edition) if public_figures else "",
        cite=citation(context, edition),
        foreign=bool(report_language),
    )
    return context.page(
        view,
        path,
        family="edition",
        title=f"{head.title} {head.edition}",
        description=head.summary,
        crumbs=(
            context.crumb(_("Berichte"), "reports"),
            context.crumb(head.title, "report-archive", edition.report),
        ),
        toc=(
            *(replace(item, lang=report_language) for item in written.headings),
            Heading("zitieren", _("So zitieren Sie diesen Bericht")),
        ),
        date=head.date,
        indexed=edition.public,
    )


def _withdrawn(context: Context, path: str, edition: Edition) -> Page:
    """Make a withdrawn edition's page: when and why, nothing else."""
    head = edition.head
    return context.page(
        WithdrawnEditionView(edition),
        path,
        family="archive",
        title=f"{head.title} {head.edition}",
        description=context.gettext("Dieser Bericht wurde zurückgezogen."),
        crumbs=(
            context.crumb(context.gettext("Berichte"), "reports"),
            context.crumb(head.title, "report-archive", edition.report),
        ),
        date=head.date,
        indexed=False,
    )


def citation(context: Context, edition: Edition) -> str:
    """Write a citation, without day of access because editions don't change."""
    config, head = context.site.config, edition.head
    who = head.authors or ", ".join(part for part in (config.publisher.name, config.publisher.office) if part)
    root = config.url.rstrip("/") + "/"
    address = root + urls.path("report-edition", edition.key)
    return f"{who} ({head.date.year}): {head.title}. Stand {head.edition}. {address}"
