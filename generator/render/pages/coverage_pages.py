"""„Was verzeichnet ist und was nicht“, for all areas and for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from generator.model.cells import Cell, rounded
from generator.model.facts import (
    AFTERNOON,
    CHILD,
    WALK,
    AreaAnswer,
    AreaCoverage,
    Facts,
    Provision,
    asked_language,
)
from generator.model.site import Site
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Page
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent, View, table_of
from generator.render.base.wording import ages_text
from generator.render.directory.offer_order import FOLD, Situation, by_situation
from generator.render.directory.record_lines import RecordLine, RecordLines, offer_lines, space_lines
from generator.render.figures.figure_texts import value_words
from generator.render.figures.missing_offers import (
    Gap,
    asked_text,
    checked_text,
    completeness_of,
    fixed_rows,
    for_town_text,
    gap_ages,
    gaps_in,
    named_text,
    others_duties,
    quarters_topics,
    said_for_town,
    shown_topics,
    town_text,
)
from generator.render.figures.picture_files import TakeAlong, taken
from generator.render.figures.tables import area_cell
from generator.render.pages.coverage_matrix import (
    BANDS,
    band_text,
    drawings,
    grid_table,
    known_by_age,
    known_by_situation,
)
from generator.render.pages.space_page import GapLine

NAMED = 12
"""So many areas are named in a sentence."""
NOTHING_SORTED = replace(NOTHING, sort=0)
UNKNOWN = TableCell("?", sort=0, muted=True)
"""Something may be there: it isn't said for whom it is, or for which age."""


@dataclass(frozen=True, slots=True)
class PlannersQuestion:
    """A planner's question, what counts as an answer, and what the table of areas doesn't say of it.

    There are several `results` where it is asked for several languages.
    """

    id: str
    title: str
    says: str
    results: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CoveragesView(View):
    """The questions for all areas that are compared, and the way to each area's own page.

    `recorded` are the matrices by life situation and by age, `named` leads to the tables of needs that were named. `gaps` are life situations with in how many areas, and which, nothing is recorded, `referral` those with the areas in which somebody has to decide first on all that is recorded.
    """

    template = "coverages.html"

    checked: str
    gaps: Sequence[tuple[Markup, str]]
    asked: str
    fixed: Sequence[tuple[str, str]]
    duties: Sequence[str]
    questions: Sequence[PlannersQuestion]
    referral: Sequence[tuple[Markup, str]]
    answers: TableContent
    town: RecordLine | None
    areas: RecordLines
    recorded: Sequence[tuple[str, TableContent, str]]
    named: Sequence[Markup]
    take: TakeAlong


@dataclass(frozen=True, slots=True)
class CoveredSituation:
    """A life situation with its offers, each with its ages and places; `needs` were named here, for the internal site, `named` says how often, for all.

    `referral` tells whether somebody has to decide first on every one of them.
    """

    offers: Situation
    referral: bool
    needs: Sequence[Markup]
    named: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An area's answer to a question: the offers of which it is certain, some by name, of how many it isn't said, how far it is."""

    title: str
    count: int
    lines: RecordLines
    unsaid: str
    reach: str


@dataclass(frozen=True, slots=True)
class CoverageView(View):
    """An area: how complete its records are, its gaps, situations by ages, its offers, the answers to the questions.

    `unsaid` are the first of `unsaid_count` offers that lie in it and don't say for whom they are.
    """

    template = "coverage.html"

    space: str
    name: Markup
    checked: str
    unsaid: RecordLines
    unsaid_count: int
    whole: bool
    town: str
    gaps: Sequence[GapLine]
    asked: str
    fixed: Sequence[tuple[str, str]]
    duties: Sequence[str]
    matrix: TableContent
    provision: TableContent | None
    situations: Sequence[CoveredSituation]
    answers: Sequence[AnswerLine]


def index_keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is a page where areas can be compared and something is recorded."""
    del site
    if not facts.compared:
        return ()
    recorded = facts.relations.offers_for_space.values()
    return ("",) if any(not facts.running.isdisjoint(offers) for offers in recorded) else ()


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Each area that is compared has a page, and so have those above it."""
    if not list(index_keys(site, facts)):
        return ()
    above: set[str] = set()
    for key in facts.compared:
        above.update(facts.spaces[key].ancestors)
    return [key for key in facts.spaces if key in above or key in facts.compared]


def render_index(context: Context, key: str) -> Page:
    """Make the page of the questions."""
    _ = context.gettext
    path = context.path("coverages", key)
    roots = [root for root in context.facts.roots if root in keys(context.site, context.facts)]
    view = CoveragesView(
        checked=checked_text(context, context.facts.running),
        gaps=[gap_line(context, gap) for gap in gaps_by_width(context)],
        asked=asked_text(context, context.facts.compared),
        fixed=fixed_rows(context, context.facts.compared),
        duties=others_duties(context),
        questions=tuple(planners_questions(context)),
        referral=tuple(_only_by_referral(context)),
        answers=_all_answers(context, path),
        town=next(iter(space_lines(context, roots[:1])), None),
        areas=space_lines(context, context.facts.compared),
        recorded=[
            (grid.title, grid_table(context, path, grid), grid.note)
            for grid in (known_by_situation(context), known_by_age(context))
            if grid is not None
        ],
        take=taken(context, path, _("Was verzeichnet ist und was nicht"), drawings(context, path, key)),
        named=[
            linked(context.href(path, "report", key), context.translated(indicator, "title"))
            for key, indicator in context.site.indicators.items()
            if indicator.counted_from == "needs" and key in context.facts.series
        ],
    )
    return context.page(
        view,
        path,
        family="reports",
        title=_("Was verzeichnet ist und was nicht"),
        description=_(
            "Was das Verzeichnis für welches Alter in welchem Gebiet nennt, und wo nichts verzeichnet ist."
        ),
        crumbs=(context.crumb(_("Berichte"), "reports"),),
    )


def render(context: Context, key: str) -> Page:
    """Make the page of an area."""
    _ = context.gettext
    path = context.path("coverage", key)
    area = context.facts.coverage.areas[key]
    situations = tuple(_situations(context, key, area))
    whole = not context.facts.spaces[key].ancestors
    view = CoverageView(
        space=key,
        name=space_name(context, key),
        checked=completeness_of(context, (key,)),
        unsaid=offer_lines(context, area.unsaid)[:FOLD],
        unsaid_count=len(area.unsaid),
        whole=whole,
        town="" if whole else for_town_text(context, (key,)),
        gaps=tuple(gap_lines(context, key)),
        asked=asked_text(context, (key,)),
        fixed=fixed_rows(context, (key,)),
        duties=others_duties(context) if whole else (),
        matrix=_matrix(context, area, whole=whole),
        provision=_provision(context, path, key, area),
        situations=situations,
        answers=tuple(_answers(context, key)),
    )
    return context.page(
        view,
        path,
        family="reports",
        title=_("Was verzeichnet ist und was nicht: {name}").format(name=named(context, key)),
        description=_("Was das Verzeichnis für welches Alter nennt, und wo nichts verzeichnet ist."),
        crumbs=(
            context.crumb(_("Berichte"), "reports"),
            context.crumb(_("Was verzeichnet ist und was nicht"), "coverages"),
        ),
    )


# --- the questions -------------------------------------------------------------------------------------------------


def _title(context: Context, question: str) -> tuple[str, str, str]:
    """Name a question, in a word or two and whole, and say what counts as an answer."""
    texts = context.texts
    _ = texts.gettext
    language = asked_language(question)
    if language:
        word = next((item for key, item in context.words.languages.items() if key.lower() == language), None)
        name = texts.name(word) if word is not None else language
        return (
            name,
            _("Wo gibt es Beratung, bei der jemand {language} spricht?").format(language=name),
            _(
                "Es zählt Beratung, bei der die Sprache im Eintrag steht. Mit Übersetzung nach Absprache ist es ungesagt."
            ),
        )
    low, high = CHILD
    return {
        "nachmittag": (
            _("kostenlos nach {hour} Uhr").format(hour=AFTERNOON // 60),
            _("Was ist für Kinder von {low} bis {high} nach {hour} Uhr kostenlos?").format(
                low=low, high=high, hour=AFTERNOON // 60
            ),
            _("Es zählt, was an einem Schultag mindestens eine halbe Stunde danach noch offen ist."),
        ),
        "wochenende": (
            _("am Wochenende"),
            _("Was ist am Wochenende offen?"),
            _("Es zählt, was samstags oder sonntags sicher öffnet."),
        ),
        "ferien": (
            _("in den Ferien"),
            _("Was ist in den Schulferien offen?"),
            _("Es zählt, was im Eintrag ausdrücklich auch für die Ferien gilt."),
        ),
    }[question]


def planners_questions(context: Context) -> Iterator[PlannersQuestion]:
    """Yield each question with its result; those about languages are one, with a result for each language."""
    coverage = context.facts.coverage
    spoken, says = [], ""
    for question, answers in coverage.answers.items():
        result = _result(context, answers, coverage.for_town[question])
        short, title, said = _title(context, question)
        if asked_language(question):
            spoken.append((short, result))
            says = said
        else:
            yield PlannersQuestion(question, title, said, (("", result),))
    if spoken:
        yield PlannersQuestion(
            "sprachen", context.gettext("Wo gibt es Beratung in anderen Sprachen?"), says, tuple(spoken)
        )


def gaps_by_width(context: Context) -> list[Gap]:
    """Return the gaps of all areas, those in the most areas first."""
    return sorted(gaps_in(context, context.facts.compared), key=lambda gap: -len(gap.areas))


def gap_line(context: Context, gap: Gap) -> tuple[Markup, str]:
    """Name a gap by its life situation and ages, and say in which areas it is."""
    topic = context.words.topics[gap.situation]
    name = pattern("{} ({})").format(context.translated(topic), gap_ages(context, gap))
    words = context.gettext("In {n} von {many} Gebieten ist nichts verzeichnet: {names}.")
    areas = some_areas(context, list(gap.areas))
    return name, words.format(n=len(gap.areas), many=len(context.facts.compared), names=areas)


def _only_by_referral(context: Context) -> Iterator[tuple[Markup, str]]:
    coverage = context.facts.coverage
    for topic in quarters_topics(context):
        there = [key for key in context.facts.compared if topic.id in coverage.areas[key].by_referral]
        if there:
            yield context.translated(topic), some_areas(context, there)


def some_areas(context: Context, areas: list[str]) -> str:
    """Name areas in the order of their names; of many only the first."""
    names = sorted((named(context, key) for key in areas), key=str.casefold)
    if len(names) <= NAMED:
        return context.texts.join(names)
    return context.texts.number_of(
        "{names} und {n} weiteres Gebiet",
        "{names} und {n} weitere Gebiete",
        len(names) - NAMED,
        names=", ".join(names[:NAMED]),
    )


def _all_answers(context: Context, path: str) -> TableContent:
    """Return how many offers answer each question in each area that is compared."""
    coverage = context.facts.coverage
    columns = [TableColumn(context.gettext("Gebiet"), key="name")]
    columns += [
        TableColumn(_title(context, question)[0], num=True, key=question) for question in coverage.answers
    ]
    rows = []
    for key in sorted(context.facts.compared, key=lambda key: named(context, key).casefold()):
        first = area_cell(context, path, key, "#fragen", kind="coverage")
        rows.append((first, *(_count(context, answers[key]) for answers in coverage.answers.values())))
    return TableContent(columns, rows)


def _count(context: Context, answer: AreaAnswer) -> TableCell:
    """Return how many offers answer a question; where it isn't said of any that there are, that is no nothing."""
    if answer.fits:
        return TableCell(context.texts.number(len(answer.fits)), sort=len(answer.fits))
    return UNKNOWN if answer.unsaid else NOTHING_SORTED


def _result(context: Context, answers: Mapping[str, AreaAnswer], town: AreaAnswer) -> str:
    """Say what the table of areas doesn't: how many offers there are for the whole town, and of how many it isn't known."""
    unsaid = {*town.unsaid}
    for key in context.facts.compared:
        unsaid.update(answers[key].unsaid)
    return f"{said_for_town(context, len(town.fits))} {_unsaid(context, len(unsaid))}".strip()


def _unsaid(context: Context, many: int) -> str:
    """Say of how many offers it isn't known whether they answer a question."""
    if not many:
        return ""
    return context.texts.number_of(
        "Bei {n} Angebot ist es nicht gesagt.", "Bei {n} Angeboten ist es nicht gesagt.", many
    )


def _answers(context: Context, key: str) -> Iterator[AnswerLine]:
    for question, answers in context.facts.coverage.answers.items():
        if key not in answers:
            continue
        answer = answers[key]
        _short_title, title, _says = _title(context, question)
        yield AnswerLine(
            title,
            len(answer.fits),
            offer_lines(context, answer.fits)[:FOLD],
            _unsaid(context, len(answer.unsaid)),
            reach_text(context, answer),
        )


def reach_text(context: Context, answer: AreaAnswer) -> str:
    """Say from how much of an area an offer that fits is a walk away; nothing where it isn't known of any in it, or no such door is near."""
    unknown = answer.unsaid and not answer.fits
    share = rounded((answer.reach or 0) * 100, 0)
    if unknown or not share:
        return ""
    texts = context.texts
    return texts.gettext("Von {share} der Fläche aus ist es höchstens {distance} zu Fuß.").format(
        distance=texts.distance(WALK), share=texts.percent(share, 0)
    )


# --- an area -------------------------------------------------------------------------------------------------------


def gap_lines(context: Context, space: str) -> Iterator[GapLine]:
    """Yield the gaps of an area in words, what somebody missed first."""
    for gap in gaps_in(context, (space,)):
        yield GapLine(
            context.translated(context.words.topics[gap.situation]),
            gap_ages(context, gap),
            town_text(context, gap.town),
            named_text(context, space, gap.situation),
        )


def _matrix(context: Context, area: AreaCoverage, *, whole: bool) -> TableContent:
    texts = context.texts
    _ = texts.gettext
    bands = [band_text(context, band) for band in BANDS]
    rows = []
    # What protects is for the whole town and beyond, and counted nowhere by quarter.
    for topic in shown_topics(context) if whole else quarters_topics(context):
        name = context.translated(topic)
        there = f"#lage-{topic.id}"
        cells = [_cell(context, area, there, topic.id, band) for band in BANDS]
        ageless = len(area.ageless.get(topic.id, ()))
        cells.append(TableCell(linked(there, texts.number(ageless)), sort=ageless) if ageless else NOTHING)
        any_here = ageless or any((topic.id, band) in area.cells for band in BANDS)
        rows.append((TableCell(linked(there, name) if any_here else name), *cells))
    return table_of([_("Lebenslage")], [*bands, _("ohne Angabe")], rows)


def _cell(context: Context, area: AreaCoverage, there: str, situation: str, band: str) -> TableCell:
    """Return how many offers there are for an age; where something may be for it, that is no nothing."""
    number = len(area.cells.get((situation, band), ()))
    if number:
        return TableCell(linked(there, context.texts.number(number)), sort=number)
    return NOTHING if area.lacks(situation, band) else UNKNOWN


def _provision(context: Context, path: str, space: str, area: AreaCoverage) -> TableContent | None:
    """Return how many offers there are for each thousand of those whom they are for: places come from the town's plan alone.

    Where the number of people is withheld, only the offers are told.
    """
    _ = context.gettext
    rows = []
    for item in area.provision:
        series = context.facts.series.get(item.indicator)
        if series is not None and space in series.spaces:
            rows.append(_provision_row(context, path, item, series.now(space)))
    if not rows:
        return None
    numbers = [
        _("So viele leben hier"),
        _("Angebote für dieses Alter"),
        _("davon mit Tür hier"),
        _("mit Tür hier je 1.000"),
    ]
    return table_of([_("Wer")], numbers, rows)


def _provision_row(context: Context, path: str, item: Provision, people: Cell | None) -> Sequence[TableCell]:
    """Return a row: who it is about, how many `people` those are, their offers in all and here, offers here for each thousand."""
    texts = context.texts
    indicator = context.site.indicators[item.indicator]
    href = context.href(path, "report", item.indicator)
    rate = NOTHING
    if people is not None and people.value:
        rate = TableCell(texts.number(Decimal(item.here) * 1000 / people.value, 1))
    return (
        TableCell(linked(href, context.translated(indicator, "title"))),
        TableCell(value_words(context, indicator, people)),
        # Beside a secret count a bare number would be read as that count.
        *(TableCell(texts.number_of("{n} Angebot", "{n} Angebote", n)) for n in (item.offers, item.here)),
        rate,
    )


def _situations(context: Context, space: str, area: AreaCoverage) -> Iterator[CoveredSituation]:
    for situation in by_situation(context, space, area.offers):
        lines = tuple(_with_ages(context, line) for line in situation.lines)
        yield CoveredSituation(
            replace(situation, lines=lines),
            situation.id in area.by_referral,
            _open_needs(context, space, situation.id),
            named_text(context, space, situation.id),
        )


def _open_needs(context: Context, space: str, situation: str) -> Sequence[Markup]:
    """Return the needs of an area in a life situation that wait for an answer; on the internal site alone there are any."""
    site = context.site
    if not site.internal:
        return ()
    found = []
    for key in context.facts.relations.needs_by_space.get(space, ()):
        need = site.needs[key]
        situations = {site.words.situation_of(topic) for topic in need.topics}
        if need.status in ("open", "planned") and situation in situations:
            found.append(context.written(need.name))
    return found


def _with_ages(context: Context, line: RecordLine) -> RecordLine:
    """Add the ages and the places of an offer to its line: what a cell of the matrix counts."""
    texts, offer = context.texts, context.site.offers[line.id]
    parts = [
        line.text,
        ages_text(texts, offer.ages) if offer.ages is not None else texts.gettext("ohne Altersangabe"),
    ]
    places = offer.stated_places
    if places is not None:
        words = texts.number_of("{n} Platz", "{n} Plätze", places)
        # Places that are there for several areas would be counted in each of them.
        parts.append(f"{words} {texts.gettext('für mehrere Gebiete')}" if len(offer.spaces) > 1 else words)
    return replace(line, text=" · ".join(filter(None, parts)))
