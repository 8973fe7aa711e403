"""Explain an indicator: source, formula, rounding, how to cite it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.export.figure_files import KINDS, path_of
from generator.model.cells import Cell, Series, Status
from generator.model.dear_numbers_and_hosts import host_of
from generator.model.indicator import Indicator
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.figures.figure_texts import (
    count_text,
    direction_text,
    period_text,
    sign_reason,
    value_text,
)
from generator.render.figures.levels_and_topics import main_level
from generator.render.figures.sentences import chance_sentence, design_text, tally_of

Answer = list[str | Markup]  # its paragraphs; none: not asked


class Question(Struct, frozen=True):
    """A question, its answer, further HTML (`more`) and anchor."""

    id: str
    text: str
    answer: Sequence[str | Markup]
    more: Markup


def questions(context: Context, indicator: Indicator, series: Series) -> Sequence[Question]:
    """Answer readers' questions about a figure, in their order."""
    _ = context.gettext
    asked = (
        ("rechnung", _("Wie ist die Zahl gerechnet?"), _explain_calculation(context, indicator, series)),
        ("quelle", _("Woher kommt sie?"), _explain_source(context, indicator)),
        ("luecken", _("Warum fehlt manchmal eine Zahl?"), _explain_gaps(context, indicator, series)),
        (
            "unterschied",
            _("Ist ein Unterschied mehr als Zufall?"),
            _explain_differences(context, indicator, series),
        ),
        (
            "geaendert",
            _("Was hat sich seit der letzten Veröffentlichung geändert?"),
            _explain_releases(context, indicator, series),
        ),
    )
    note = _render_indicator_note(context, indicator)
    return [
        Question(id, text, tuple(answer), note if id == "rechnung" else Markup())
        for id, text, answer in asked
        if answer
    ]


def _explain_calculation(context: Context, indicator: Indicator, series: Series) -> Answer:
    texts = context.texts
    _ = texts.gettext
    numerator, denominator = (context.translated(indicator, field) for field in ("numerator", "denominator"))
    found: Answer = []
    if not denominator:
        words = _("Was gezählt wird: {what}.") if indicator.counted else _("Was die Quelle angibt: {what}.")
        found.append(words.format(what=numerator))
    else:
        # Numerator and denominator are written by people, so they stand where no case is asked of them.
        words = _(
            "Zähler: {numerator}. Nenner: {denominator}. Der Zähler wird durch den Nenner geteilt und mal {per} genommen."
        )
        found.append(
            words.format(numerator=numerator, denominator=denominator, per=texts.number(indicator.per))
        )
        example = _write_worked_example(context, indicator, series)
        if example:
            found.append(example)
    if any(cell.summed for cell in series.cells.values()):
        if denominator:
            found.append(
                _(
                    "Für größere Gebiete werden die Zahlen der kleineren zusammengezählt und dann geteilt. Aus Anteilen wird nie ein Mittelwert gebildet."
                )
            )
        else:
            found.append(_("Für größere Gebiete werden die Zahlen der kleineren zusammengezählt."))
    if indicator.forecast_from:
        words = _(
            "Ab {period} sind es keine Beobachtungen, sondern Vorausberechnungen. Sie sind gestrichelt gezeichnet."
        )
        found.append(words.format(period=period_text(texts, indicator.forecast_from)))
    return found


def _render_indicator_note(context: Context, indicator: Indicator) -> Markup:
    note = context.texts.of(indicator, "note")
    html = Markup(context.environment.filters["markdown"](note.text)) if note.text else Markup()
    return pattern('<div lang="{}">{}</div>').format(note.lang, html) if html and note.lang else html


def _write_worked_example(context: Context, indicator: Indicator, series: Series) -> str:
    cell = series.now(series.benchmark)
    if cell is None or cell.value is None or cell.numerator is None or not cell.denominator:
        return ""
    texts = context.texts
    words = texts.gettext("Beispiel ({name}, {period}): {numerator} : {denominator} × {per} = {value}.")
    return words.format(
        name=named(context, series.benchmark),
        period=period_text(texts, cell.period),
        numerator=texts.number(cell.numerator),
        denominator=texts.number(cell.denominator),
        per=texts.number(indicator.per),
        value=value_text(context, indicator, cell),
    )


def source_line(context: Context, indicator: Indicator) -> Markup:
    """Name source, state and licence in one line."""
    _ = context.gettext
    source = indicator.source
    parts = [context.written(source.name)]
    if source.as_of is not None:
        parts.append(Markup.escape(_("Stand {date}").format(date=context.texts.date(source.as_of))))
    if source.licence:
        parts.append(Markup.escape(_("Lizenz {licence}").format(licence=source.licence)))
    return Markup(", ").join(parts)


def _explain_source(context: Context, indicator: Indicator) -> Answer:
    _ = context.gettext
    line = source_line(context, indicator)
    if indicator.source.url:
        line = pattern('{} (<a href="{}" rel="noreferrer external">{}</a>: {})').format(
            line, indicator.source.url, _("zur Quelle"), host_of(indicator.source.url)
        )
    found: Answer = [pattern("{}.").format(line)]
    altered = {
        "rounded": _("Die Zahlen kamen schon gerundet; Summen können abweichen."),
        "perturbed": _(
            "Wer sie liefert, hat jede Zahl ein wenig verändert, damit niemand erkannt wird; Summen können abweichen."
        ),
    }
    if indicator.source.altered:
        found.append(altered[indicator.source.altered])
    rhythm = {
        "yearly": _("jedes Jahr"),
        "quarterly": _("jedes Vierteljahr"),
        "monthly": _("jeden Monat"),
        "half-yearly": _("jedes halbe Jahr"),
    }
    if indicator.source.updated:
        when = rhythm.get(indicator.source.updated) or context.written(indicator.source.updated)
        found.append(_("Neue Zahlen gibt es {when}.").format(when=when))
    if indicator.responsible:
        found.append(pattern("{} {}.").format(_("Zuständig ist:"), context.written(indicator.responsible)))
    return found


def _explain_gaps(context: Context, indicator: Indicator, series: Series) -> Answer:
    texts = context.texts
    found: Answer = []
    statuses = {cell.status for cell in series.cells.values()}
    for status in Status:
        if status in statuses and status is not Status.KNOWN:
            found.append(
                pattern('<span class="nr-sign">{}</span> {}').format(status.value, sign_reason(texts, status))
            )
    rule, general = indicator.disclosure, context.site.config.disclosure
    if rule.method == "round-small":
        threshold = rule.threshold if rule.threshold is not None else general.threshold
        words = texts.gettext(
            "Anzahlen von 1 bis {n} zeigen wir nicht, damit niemand erkannt wird. Manchmal bleibt deshalb eine zweite Zahl geheim, aus der man die erste ausrechnen könnte. Beide haben dasselbe Zeichen."
        )
        found.append(words.format(n=threshold - 1))
    return [*found, *_rounding(context, indicator, series)]


def _rounding(context: Context, indicator: Indicator, series: Series) -> Answer:
    """Say how rounding affects counts and intervals."""
    _ = context.gettext
    counts, below = series.reach.numerator, series.reach.denominator
    if not counts and not below:
        return []
    if indicator.denominator is None:
        words = _(
            "Alle übrigen Anzahlen sind auf ein Vielfaches von 5 gerundet. Jede kann um bis zu {n} daneben liegen; Summen können abweichen. Eine 0 heißt „niemand“."
        )
        return [words.format(n=counts)]
    if counts and below:
        words = _(
            "Zähler und Nenner sind auf ein Vielfaches von 5 gerundet. Beide können um bis zu {n} daneben liegen; Summen können abweichen."
        )
    elif counts:
        words = _(
            "Der Zähler ist auf ein Vielfaches von 5 gerundet. Er kann um bis zu {n} daneben liegen; Summen können abweichen. Der Nenner steht da, wie er geliefert wurde."
        )
    else:
        words = _(
            "Der Nenner ist auf ein Vielfaches von 5 gerundet. Er kann um bis zu {n} daneben liegen. Der Zähler ist nicht gerundet."
        )
    found: Answer = [words.format(n=max(counts, below))]
    if counts:
        found.append(_("Eine 0 heißt „niemand“."))
    if indicator.interval != "none":
        found.append(_("Der Unsicherheitsbereich rechnet diese Rundung mit ein."))
    return found


def _explain_differences(context: Context, indicator: Indicator, series: Series) -> Answer:
    _ = context.gettext
    if indicator.counted:
        return [count_text(context), _("Gebiete vergleicht man deshalb mit Anteilen.")]
    if indicator.denominator is None:
        return [
            _(
                "Die Quelle nennt nur diesen Wert und nicht, aus welchen Anzahlen er gerechnet ist. Wie viel Zufall darin steckt, lässt sich deshalb nicht sagen."
            )
        ]
    if indicator.interval == "none":
        return [
            _(
                "Für diese Zahl wird keine Unsicherheit gerechnet. Deshalb steht hier nirgends „höher“ oder „niedriger“."
            )
        ]
    method = {
        "wilson": _("nach Wilson, für Veränderungen nach Newcombe"),
        "byar": _(
            "nach Byar, bei weniger als zehn Fällen genau nach Poisson, für Veränderungen nach Zou und Donner"
        ),
    }[indicator.interval]
    found: Answer = [
        _(
            "Kleine Zahlen schwanken von Jahr zu Jahr durch Zufall. Der Unsicherheitsbereich nennt die Werte, die zu dem passen, was gezählt wurde: Er ist so breit, dass er in 95 von 100 Fällen den zugrunde liegenden Wert enthält (gerechnet {method})."
        ).format(method=method),
        _(
            "„Höher“ und „niedriger“, auch „statistisch auffällig“, heißt: Der Vergleichswert liegt außerhalb dieses Bereichs, und der Unterschied bleibt, wenn man einrechnet, wie viele Gebiete derselben Ebene verglichen werden (nach Benjamini und Hochberg). Wie viel mehr das ist, und ob es wichtig ist, sagt die Rechnung nicht. Sonst steht „kann Zufall sein“, auch wo der Bereich den Vergleichswert nur knapp ausschließt: Unter so vielen Vergleichen kann das Zufall sein."
        ),
        _(
            "Für „gestiegen“ und „gesunken“ gilt dieselbe Regel: Der Unsicherheitsbereich der Veränderung enthält die Null nicht, und das bleibt, wenn man die Gebiete derselben Ebene zusammenrechnet. Ab fünf vergleichbaren Jahren ist die Veränderung ein Trend aus allen (Poisson-Modell mit Überstreuung nach McCullagh und Nelder; Rundung zählt als Fehler), sonst der Unterschied von erstem und letztem Jahr. Verglichen wird mit ungerundeten Werten, wo die Anzahlen veröffentlicht sind. Wie groß der Unterschied zweier Jahre ist, steht als Unterschied der gezeigten, gerundeten Werte da."
        ),
    ]
    if indicator.together > 1:
        found.append(design_text(context, indicator))
    level = main_level(context, series)
    tally = tally_of(series, level.spaces if level is not None else ())
    if note := chance_sentence(context, tally):
        found.append(note)
    found.append(direction_text(context.texts, indicator))
    return found


def _explain_releases(context: Context, indicator: Indicator, series: Series) -> Answer:
    texts = context.texts
    _ = texts.gettext
    found: Answer = []
    for release in sorted(series.releases, key=lambda item: item.date, reverse=True):
        note = context.written(release.note) if release.note else _("ohne Anmerkung")
        found.append(
            pattern("{}: {}").format(
                _("Veröffentlichung vom {date}").format(date=texts.date(release.date)), note
            )
        )
    if not series.releases:
        found.append(_("Das ist die erste Veröffentlichung dieser Zahlen."))
    for item in indicator.breaks:
        words = _("Ab {period} wird anders gezählt. Mit der Zeit davor wird nicht verglichen:")
        since = words.format(period=period_text(texts, item.period))
        found.append(pattern("{} {}").format(since, context.written(item.note)))
    revised = sorted({cell.period for cell in series.cells.values() if cell.status is Status.REVISED})
    if revised:
        words = _("Berichtigte Werte (r) gibt es für: {periods}.")
        found.append(words.format(periods=texts.join(period_text(texts, period) for period in revised)))
    return found


def signs_note(context: Context, cells: list[Cell | None]) -> Markup:
    """Explain the signs among a table's cells."""
    found: dict[Status | None, None] = {}
    for cell in cells:
        status = cell.status if cell is not None else None
        if cell is None or cell.value is None or status is Status.REVISED:
            found[status if status is not Status.KNOWN else None] = None
    lines = []
    for status in sorted(found, key=lambda item: (item is None, str(item))):
        if status is not Status.NOTHING:
            sign, reason = status.value if status else "–", sign_reason(context.texts, status)
            lines.append(pattern('<span class="nr-sign">{}</span> {}').format(sign, reason))
    return Markup(" ").join(lines)


def cite(context: Context, indicator: Indicator, series: Series) -> str:
    """Return a citation: publisher, title, period, source, address, day."""
    texts = context.texts
    config = context.site.config
    words = texts.gettext("{publisher}: {title}, {period}. Quelle: {source}. {url}, Stand {date}.")
    return words.format(
        publisher=config.publisher.name,
        title=texts.of(indicator, "title"),
        period=period_text(texts, series.latest),
        source=indicator.source.name,
        url=context.address(context.path("report", indicator.id)),
        date=texts.date(context.facts.today),
    )


def downloads(context: Context, indicator: str) -> tuple[tuple[str, str], ...]:
    """Return an indicator's files (path, description); none on the internal site."""
    _ = context.gettext
    if context.site.internal:
        return ()
    words = {
        ".xlsx": _("Excel (XLSX)"),
        "-excel.csv": _("CSV für Excel"),
        ".csv": _("CSV für Programme"),
        ".json": _("JSON"),
        ".geojson": _("GeoJSON mit Grenzen"),
    }
    return tuple(
        (path_of(indicator, kind.ending), words[kind.ending]) for kind in KINDS if kind.ending in words
    )
