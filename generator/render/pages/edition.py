"""Written reports: the archive of a report, each of its editions, and what differs between one edition and the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from generator.model.cells import Cell
from generator.model.edition import Edition, Frozen
from generator.model.facts import Facts
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Crumb, Heading, Page
from generator.render.figures.text import period_text, sign_label, value_text
from generator.render.written_reports.archive import figures_path, pdf_path, shown
from generator.render.written_reports.changes import Difference, Why, differences
from generator.render.written_reports.composing import frozen_of, write_edition

CHANGES = "aenderungen-"


def archive_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page a report."""
    del facts
    return tuple(shown(site))


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page an edition."""
    del facts
    return tuple(edition.key for editions in shown(site).values() for edition in editions)


def change_keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page for each edition that has one before it."""
    del facts
    return tuple(
        f"{edition.report}/{CHANGES}{edition.name}"
        for editions in shown(site).values()
        for edition in editions[1:]
    )


def render_archive(context: Context, key: str) -> Page:
    """Make the page of a report with all its editions, the newest first."""
    _ = context.texts.gettext
    path = context.path("report-archive", key)
    editions = shown(context.site)[key]
    rows = [
        {
            "edition": edition,
            "changes": f"{key}/{CHANGES}{edition.name}" if number else "",
        }
        for number, edition in enumerate(editions)
    ]
    last = editions[-1].head
    return Page(
        path=path,
        lang=context.lang,
        family="edition",
        title=last.title,
        description=last.summary,
        body=context.render("report_archive.html", path, rows=rows[::-1], title=last.title, report=key),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
        date=last.date,
    )


def render(context: Context, key: str) -> Page:
    """Make the page of an edition: its text is always in the language of the data."""
    _ = context.texts.gettext
    path = context.path("report-edition", key)
    edition = context.site.editions[key]
    editions = shown(context.site)[edition.report]
    written = write_edition(context, edition, path)
    at = editions.index(edition)
    head = edition.head
    space = written.frozen.spaces.get(head.space) if head.space else None
    own = context.site.config.language if context.lang != context.site.config.language else ""
    body = context.render(
        "edition.html",
        path,
        edition=edition,
        head=head,
        body=written.body,
        space=space,
        newer=editions[at + 1 :][-1:],
        changes=f"{edition.report}/{CHANGES}{edition.name}" if at else "",
        cite=citation(context, edition),
        pdf=pdf_path(edition) if context.site.config.pdf and not context.site.internal else "",
        figures=figures_path(edition)
        if edition.public and written.frozen.series and not context.site.internal
        else "",
        german=bool(own),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="edition",
        title=f"{head.title} {head.edition}",
        description=head.summary,
        body=body,
        crumbs=(
            context.crumb(_("Berichte"), "reports"),
            Crumb(head.title, context.path("report-archive", edition.report)),
        ),
        toc=(
            *(replace(item, lang=own) for item in written.headings),
            Heading("zitieren", _("So zitieren Sie diesen Bericht")),
        ),
        date=head.date,
        indexed=edition.public,
    )


def citation(context: Context, edition: Edition) -> str:
    """Write how to cite an edition: who, when, what, where; without the day of access, since it never changes."""
    config, head = context.site.config, edition.head
    who = head.authors or ", ".join(part for part in (config.publisher.name, config.publisher.office) if part)
    root = config.url.rstrip("/") + "/"
    return f"{who} ({head.date.year}): {head.title}. Ausgabe {head.edition}. {root}berichte/{edition.key}/"


def render_changes(context: Context, key: str) -> Page:
    """Make the page that explains what differs between an edition and the one before it."""
    _ = context.texts.gettext
    path = context.path("report-changes", key)
    report, name = key.split("/" + CHANGES)
    editions = shown(context.site)[report]
    at = next(number for number, edition in enumerate(editions) if edition.name == name)
    old, new = editions[at - 1], editions[at]
    before, after = frozen_of(context, old), frozen_of(context, new)
    groups: dict[Why, list[dict[str, Any]]] = {}
    same = 0
    for item in differences(before, after):
        if item.why == "same":
            same += 1
            continue
        groups.setdefault(item.why, []).append(_row(context, item, old, new))
    words = {
        "redefined": _("Anders gerechnet oder aus anderer Quelle"),
        "revised": _("Derselbe Zeitraum, aber berichtigt"),
        "new-period": _("Neuere Zahlen"),
        "added": _("Neu im Bericht"),
        "dropped": _("Nicht mehr im Bericht"),
    }
    explained = {
        "redefined": _("Diese Zahlen lassen sich nicht miteinander vergleichen."),
        "revised": _(
            "Die Quelle hat ihre Zahlen nachträglich geändert. Die ältere Ausgabe behält, was damals galt."
        ),
        "new-period": _("Es sind neue Daten dazugekommen. Der Rechenweg ist derselbe."),
        "added": _("Die ältere Ausgabe nennt diese Zahlen nicht."),
        "dropped": _("Die neuere Ausgabe nennt diese Zahlen nicht. In der älteren stehen sie weiterhin."),
    }
    body = context.render(
        "edition_changes.html",
        path,
        old=old,
        new=new,
        groups=[
            {"id": why, "title": words[why], "says": explained[why], "rows": groups[why]}
            for why in words
            if why in groups
        ],
        same=same,
        report=report,
    )
    title = _("{title}: was sich von {old} zu {new} geändert hat").format(
        title=new.head.title, old=old.head.edition, new=new.head.edition
    )
    return Page(
        path=path,
        lang=context.lang,
        family="edition",
        title=title,
        description=_("Welche Zahlen neu, berichtigt oder anders gerechnet sind, und warum."),
        body=body,
        crumbs=(
            context.crumb(_("Berichte"), "reports"),
            Crumb(new.head.title, context.path("report-archive", report)),
        ),
        date=new.head.date,
        indexed=new.public,
    )


def _row(context: Context, item: Difference, old: Edition, new: Edition) -> dict[str, Any]:
    texts = context.texts
    _ = texts.gettext
    before, after = frozen_of(context, old), frozen_of(context, new)
    first, second = before.indicators.get(item.indicator), after.indicators.get(item.indicator)
    indicator = second or first
    if indicator is None:
        raise KeyError(item.indicator)
    spaces = {**before.spaces, **after.spaces}
    parts = {value.id: value.name for one in indicator.breakdowns for value in one.values}
    split = ", ".join(parts.get(part, part) for part in item.part if part)
    reasons = []
    if item.redefined:
        reasons.append(_("anders: {fields}").format(fields=texts.join(_(field) for field in item.redefined)))
    reasons += list(item.broken)
    if item.why == "revised":
        reasons += _notes(before, after, item.indicator)
    if item.after is not None and item.after.note:
        reasons.append(item.after.note)
    return {
        "indicator": texts.of(indicator, "title").text + (f" ({split})" if split else ""),
        "space": texts.name(spaces[item.space]),
        "before": _said(context, first, item.before),
        "before_period": period_text(texts, item.before.period) if item.before else "",
        "after": _said(context, second, item.after),
        "after_period": period_text(texts, item.after.period) if item.after else "",
        "why": "; ".join(dict.fromkeys(reasons)),
    }


def _said(context: Context, indicator: Indicator | None, cell: Cell | None) -> str:
    if indicator is None or cell is None:
        return ""
    return (
        value_text(context, indicator, cell)
        if cell.value is not None
        else sign_label(context.texts, cell.status)
    )


def _notes(before: Frozen, after: Frozen, key: str) -> list[str]:
    """Return what was noted when the data of the newer edition were released, and not yet when those of the older were."""
    known = {item.date for item in before.series[key].releases} if key in before.series else set()
    return [item.note for item in after.series[key].releases if item.date not in known and item.note]
