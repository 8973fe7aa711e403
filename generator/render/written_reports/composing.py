"""Put a report's edition together from its Markdown, components and figures, a draft like a published one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from markdown import Markdown
from markupsafe import Markup
from msgspec import Struct

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.export.figure_columns import definition, licence
from generator.model.cells import Series, Verdict
from generator.model.editions import Edition, Frozen, from_json, to_json
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Heading, headings
from generator.render.base.view import MacroCall
from generator.render.components.calls import (
    Call,
    UnknownId,
    check_text,
    find_calls,
    position_in,
    render_call,
    replace_calls,
)
from generator.render.figures.area_profile import stand_text
from generator.render.figures.figure_texts import period_text
from generator.render.figures.sentences import NOTABLE, design_text
from generator.render.frame.markup_policy import cleaned
from generator.render.written_reports.edition_call_site import EditionCallSite, freeze, thawed
from generator.render.written_reports.edition_components import REPORT_COMPONENTS


class SourceRow(Struct, frozen=True):
    """An indicator among the sources, in words; what isn't known is empty."""

    number: int
    title: str
    says: str
    definition: str  # how it is computed
    source: str
    url: str
    licence: str
    as_of: str  # the day of the source
    periods: str  # that the edition uses
    design: str  # how intervals allow for people being counted in groups (families)
    breaks: Sequence[tuple[str, str]]  # since which period it is counted otherwise, and how


class SourcesView(MacroCall, frozen=True):
    """A report's sources."""

    template = "editions/parts.html"
    macro = "sources"

    rows: Sequence[SourceRow]
    facts: Sequence[tuple[str, str, str, str]]  # of areas' profiles: source, date, area, name
    intervals: bool  # whether it says what an interval is


def source_list(here: EditionCallSite) -> Markup:
    """Return the numbered list of used indicators and facts; empty for none."""
    rows = [_source_row(here, number, key) for number, key in enumerate(tuple(here.used.cells), 1)]
    facts = _profile_facts(here)
    if not rows and not facts:
        return Markup()
    return here.context.call(SourcesView(rows, facts, _has_intervals(here)))


def _source_row(here: EditionCallSite, number: int, key: str) -> SourceRow:
    context, texts = here.context, here.context.texts
    indicator = context.site.indicators[key]
    periods = sorted({period for _space, period, _part in here.used.cells[key]})
    source = indicator.source
    as_of = texts.date(source.as_of) if source.as_of else ""
    named = licence(source.licence).name if source.licence else ""
    design = design_text(context, indicator) if indicator.together > 1 else ""
    breaks = [(period_text(texts, item.period), item.note) for item in indicator.breaks]
    return SourceRow(
        number=number,
        title=here.title(key),
        says=texts.of(indicator, "says").text,
        definition=definition(indicator),
        source=source.name,
        url=source.url or "",
        licence=named,
        as_of=as_of,
        periods=texts.join(period_text(texts, period) for period in periods),
        design=design,
        breaks=breaks,
    )


def _profile_facts(here: EditionCallSite) -> Sequence[tuple[str, str, str, str]]:
    """Return (source, date, area, name) of used profile figures."""
    found = set()
    for space, name in here.used.figures:
        record = here.context.site.spaces[space]
        for figure in record.figures:
            if figure.name == name:
                found.add((figure.source, stand_text(here.context.texts, figure), record.name, name))
    return tuple(sorted(found))


def _has_intervals(here: EditionCallSite) -> bool:
    """Tell whether a used value has an interval."""
    for key, used in here.used.cells.items():
        cells = here.context.facts.series[key].cells
        if any(cells[at].low is not None for at in used if at in cells):
            return True
    return False


# Words that compare: „mehr“, „die meisten“, „gestiegen“.
_COMPARING = re.compile(
    r"\b(?:mehr|weniger|meisten|wenigsten|höchste\w*|niedrigste\w*|größte\w*|kleinste\w*|höher\w*|niedriger\w*|größer\w*|kleiner\w*"
    r"|gestiegen|gesunken|gewachsen|zugenommen|abgenommen|häufiger|seltener)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")  # not in „27,9“ or „www.stadt.de“


def unproven_words(here: EditionCallSite, edition: Edition, calls: Sequence[Call]) -> Iterator[Diagnostic]:
    """Report comparing words in sentences none of whose figures differs beyond chance."""
    text, series = edition.text, here.context.facts.series
    for start, word, figures in _comparing_sentences(text, calls):
        verdicts = [_verdicts(here, call, series) for call in figures]
        # A figure that differs proves the word; one with an unknown id (None) is reported elsewhere.
        if not verdicts or any(found is None or found for found in verdicts):
            continue
        at = position_in(text, start + word.start(), start + word.end(), edition.file, edition.first_line)
        yield diagnostic("wort-ohne-beleg", at, word=word.group())


def _comparing_sentences(
    text: str, calls: Sequence[Call]
) -> Iterator[tuple[int, re.Match[str], Sequence[Call]]]:
    """Yield sentences with a comparing word: where they start, the word, the figures in them."""
    for start, end in _sentences(text, calls):
        word = _COMPARING.search(_without_components(text, calls, start, end))
        if word is not None:
            yield start, word, [call for call in calls if start <= call.start < end and call.name == "figure"]


def _sentences(text: str, calls: Sequence[Call]) -> Iterator[tuple[int, int]]:
    """Yield sentences' starts and ends; full stops in components don't count."""
    start, plain = 0, _without_components(text, calls, 0, len(text))
    for found in _SENTENCE_END.finditer(plain):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _without_components(text: str, calls: Sequence[Call], start: int, end: int) -> str:
    """Return a text with components as underscores, so that places stay."""
    signs = list(text[start:end])
    for call in calls:
        for place in range(max(call.start, start), min(call.end, end)):
            signs[place - start] = "_"
    return "".join(signs)


def _verdicts(here: EditionCallSite, call: Call, figures: Mapping[str, Series]) -> dict[str, Verdict] | None:
    """Return by kind (`comparison`, `change`) that a figure differs beyond chance; None for unknown ids."""
    arguments = dict(zip(("indicator", "space", "period"), call.positional, strict=False)) | dict(call.named)
    name = str(arguments.get("indicator"))
    try:
        indicator, series = here.indicator(name), here.series(name)
        space = here.space(_as_text(arguments.get("space")))
        period = here.period(series, arguments.get("period"))
        key = (space, period, here.part(indicator, _as_text(arguments.get("part"))))
    except UnknownId:
        return None
    of_indicator = figures[name]
    beside = of_indicator.parents if arguments.get("against") == "parent" else of_indicator.comparisons
    found = {"comparison": beside.get(key), "change": of_indicator.changes.get(key)}
    return {kind: one.verdict for kind, one in found.items() if one is not None and one.verdict in NOTABLE}


class NotCarriedView(MacroCall, frozen=True):
    """A remark that a difference or change isn't beyond chance any more."""

    template = "editions/parts.html"
    macro = "not_carried"

    kinds: Collection[str]  # `comparison`, `change`
    href: str  # of today's figures
    inline: bool  # whether it stands in a sentence


def _mark_lost_verdicts(
    here: EditionCallSite, live: Context, text: str, calls: Sequence[Call], pieces: Sequence[Markup]
) -> tuple[list[Markup], int]:
    """Mark components (`pieces`: their HTML) whose verdict today's figures (`live`) don't bear out, and count these."""
    with_verdict = {id(call) for call in calls if call.name == "comparison"}
    with_verdict |= {
        id(call) for _start, _word, figures in _comparing_sentences(text, calls) for call in figures
    }
    marked, count = [], 0
    for call, piece in zip(calls, pieces, strict=True):
        lost = _lost(here, live, call) if id(call) in with_verdict else {}
        count += len(lost)
        if lost:
            href = live.href(here.path, "report", _indicator_of(call))
            piece += here.context.call(NotCarriedView(lost, href, call.name == "figure"))
        marked.append(piece)
    return marked, count


def _indicator_of(call: Call) -> str:
    """Return the indicator that a component names, as its first argument or by name."""
    return str(dict(call.named).get("indicator", next(iter(call.positional), "")))


def _lost(here: EditionCallSite, live: Context, call: Call) -> dict[str, Verdict]:
    """Return a figure's published verdicts that differ today; none where the indicator is gone."""
    if _indicator_of(call) not in live.facts.series:
        return {}
    then = _verdicts(here, call, here.context.facts.series) or {}
    now = _verdicts(here, call, live.facts.series) or {}
    return {kind: verdict for kind, verdict in then.items() if now.get(kind) != verdict}


def _as_text(value: object) -> str | None:
    """Return an argument as text; None where it wasn't given."""
    return None if value is None else str(value)


_EXTENSIONS = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "sane_lists", "tables", "toc")
"""Extensions of Markdown that reports may use."""


class WrittenEdition(Struct, frozen=True):
    """An edition's text, headings and figures."""

    body: Markup
    headings: tuple[Heading, ...]
    frozen: Frozen  # the figures
    labels: Mapping[str, tuple[str, int]]  # by label the kind and number of a figure or table
    space: str  # the area that it is about, by name; empty for none
    not_carried: int  # how many verdicts today's figures don't bear out


def frozen_of(context: Context, edition: Edition) -> Frozen:
    """Return an edition's published figures, of a draft those of the site that it uses."""
    return edition.frozen or collect(context, edition)[0]


def collect(context: Context, edition: Edition) -> tuple[Frozen, list[Diagnostic]]:
    """Return what an edition used of the site, and what doesn't work."""
    main = context.in_main_language()
    here = EditionCallSite(main, "", edition=edition)
    if edition.head.space is not None and edition.head.space in main.site.spaces:
        here.used.spaces[edition.head.space] = None
    problems = _try(here, edition)
    # Through JSON and back, so that a draft shows what its file of frozen figures will hold.
    return from_json(to_json(freeze(main, here.used))), problems


def check_editions(context: Context) -> list[Diagnostic]:
    """Report what doesn't work in any edition, with suggestions."""
    found: list[Diagnostic] = []
    for edition in context.site.editions.values():
        found += try_edition(context, edition)
    return found


def try_edition(context: Context, edition: Edition) -> list[Diagnostic]:
    """Report what doesn't work in an edition, with its own figures."""
    if edition.frozen is None:
        return collect(context, edition)[1]
    here = EditionCallSite(thawed(context, edition.frozen), "", edition=edition, frozen=edition.frozen)
    return _try(here, edition)


def _try(here: EditionCallSite, edition: Edition) -> list[Diagnostic]:
    """Fill all components once: `here` notes labels and what was used; return what doesn't work."""
    calls, found = find_calls(edition.text, edition.file, edition.first_line)
    found += check_text(edition.text, calls, edition.file, here.context.site.config, edition.first_line)
    pointers = []
    for call in calls:
        at = position_in(edition.text, call.start, call.end, edition.file, edition.first_line)
        found += render_call(call, here, at, REPORT_COMPONENTS)[1]
        if call.name == "see":
            pointers.append((call, at))
    found += unproven_words(here, edition, calls)
    labels = ", ".join(here.labels) or "noch keine, label='name' benennt eine Abbildung"
    for call, at in pointers:
        for label in (*call.positional, *call.named.values()):
            if label not in here.labels:
                better = f"möglich sind: {labels}"
                found.append(
                    diagnostic(
                        "baustein-verweis", at, name="see", argument="label", value=label, better=better
                    )
                )
    return found


def write_edition(
    context: Context, edition: Edition, path: str, *, as_published: bool = False
) -> WrittenEdition:
    """Return an edition's text for the page at `path`; `as_published` leaves out remarks on today's figures."""
    key = ("edition", edition.key, path, as_published)
    if key not in context.fragments:
        frozen = frozen_of(context, edition)
        frozen_context = thawed(context, frozen)
        # Twice: text may point at a label that follows later.
        first = EditionCallSite(frozen_context, path, edition=edition, frozen=frozen)
        _try(first, edition)
        second = EditionCallSite(frozen_context, path, edition=edition, frozen=frozen)
        second.labels = dict(first.labels)
        live = None if as_published or edition.frozen is None else context
        context.fragments[key] = _put_together(second, edition, frozen, live)
    found: WrittenEdition = context.fragments[key]
    return found


def _put_together(
    here: EditionCallSite, edition: Edition, frozen: Frozen, live: Context | None
) -> WrittenEdition:
    """Fill components, convert the Markdown around them, and append the sources."""
    calls, _problems = find_calls(edition.text, edition.file)
    # What is wrong with a component was reported before the build; here every one works.
    rendered = [render_call(call, here, Position(edition.file), REPORT_COMPONENTS)[0] for call in calls]
    not_carried = 0
    if live is not None:
        rendered, not_carried = _mark_lost_verdicts(here, live, edition.text, calls, rendered)
    text, tokens = replace_calls(edition.text, calls, rendered)
    html = tokens.put_back(_converted(here, text))
    html = _linked(html, edition, here.path)
    sources = source_list(here)
    html += str(sources)
    space = frozen.spaces.get(edition.head.space) if edition.head.space else None
    return WrittenEdition(
        Markup(html), headings(html), frozen, here.labels, space.name if space else "", not_carried
    )


def _converted(here: EditionCallSite, text: str) -> str:
    """Convert Markdown to HTML that the policy allows."""
    converter = Markdown(
        extensions=list(_EXTENSIONS),
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": here.context.gettext("Zurück zur Stelle im Text")},
            "tables": {"use_align_attribute": True},
        },
    )
    html = cleaned(converter.convert(text), here.context.site.config)
    # The page's only h1 is its title: `<h1 id="a">` becomes `<h2 id="a">`.
    return re.sub(r"<(/?)h1\b", r"<\1h2", html)


def _linked(html: str, edition: Edition, path: str) -> str:
    """Turn links to Markdown files (`../2025.md#kita`, no whole address) into links to their pages."""

    def lead(match: re.Match[str]) -> str:
        file = posixpath.normpath(f"berichte/{edition.report}/{match[1]}")
        return f'href="{urls.relative(path, urls.page_path(file))}{match[2] or ""}"'

    return re.sub(r'href="((?![a-z]+:)[^"#:]+\.md)(#[^"]*)?"', lead, html)
