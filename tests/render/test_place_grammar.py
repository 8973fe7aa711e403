"""Every sentence about an area with real names of German quarters: whoever writes „in der Darmstadt Ost“ fails here."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.edit.report_writing import skeleton
from generator.edit.translation.catalogues import used_messages
from generator.model.areas_and_offices import SpaceTexts
from generator.model.cells import Cell, Change, Comparison, Judgement, Status, Verdict
from generator.pipeline.build import Project
from generator.render.base.area_names import in_space, in_town, place_text
from generator.render.base.context import Context
from generator.render.base.texts import Texts, of_territory
from generator.render.components.calls import find_calls, render_call
from generator.render.figures.figure_texts import range_text
from generator.render.figures.sentences import (
    about,
    cell_sentence,
    change_sentence,
    comparison_sentence,
    overview,
)
from generator.render.pages import PAGES
from generator.render.written_reports.edition_call_site import EditionCallSite
from generator.render.written_reports.edition_components import REPORT_COMPONENTS
from tests.chance import whole
from tests.records import replace
from tests.render.figures_world import COUNT, RATE, SHARE, with_figures

pytestmark = whole

QUARTERS = {
    "Auf dem Sande": "auf dem Sande",
    "Altstadt": "in der Altstadt",
    "die Weststadt": "in der Weststadt",
    "Sankt Pauli": "auf Sankt Pauli",
    "Bad Cannstatt": "in Bad Cannstatt",
    "Marzahn-Hellersdorf": "in Marzahn-Hellersdorf",
    "An der Höhe": "an der Höhe",
    "Vor dem Tore": "vor dem Tore",
    "Darmstadt Ost": "in Darmstadt Ost",
    "Neustadt": "in der Neustadt",
    "Unter den Linden": "unter den Linden",
    "Am Hart": "am Hart",
    "Im Kreuzkampe": "im Kreuzkampe",
    "Veddel": "auf der Veddel",
    "Hasenbergl": "im Hasenbergl",
    "Lehel": "im Lehel",
    "Prenzlauer Berg": "in Prenzlauer Berg",
    "Wedding": "im Wedding",
    "Rotes Moor": "im Roten Moor",
    "Alte Heide": "in der Alten Heide",
    "Hohe Luft": "in der Hohen Luft",
    "Hinter der Mauer": "hinter der Mauer",
    "Zwischen den Brücken": "zwischen den Brücken",
    "Zur Hasenheide": "in der Hasenheide",
    "Gartenstadt Drewitz": "in der Gartenstadt Drewitz",
    "Siedlung Schönau": "in der Siedlung Schönau",
    "Region Nordwest": "in der Region Nordwest",
    "Bezirk VII": "im Bezirk VII",
    "Am Stadtpark": "am Stadtpark",
    "Ob der Tauber": "ob der Tauber",
    "St. Georg": "in St. Georg",
    "Ruhrort": "in Ruhrort",
    "Mülheim an der Ruhr-Styrum": "in Styrum",
    "Insel": "auf der Insel",
    "Schlachte": "an der Schlachte",
    "Ostertor": "im Ostertor",
    "Sielwall": "am Sielwall",
    "Steintor-West": "im westlichen Steintor",
    "Kuhviertel": "im Kuhviertel",
    "Auf der Wiese": "auf der Wiese",
    "Bei den Eichen": "bei den Eichen",
    "Berliner Vorstadt": "in der Berliner Vorstadt",
    "Nippes": "in Nippes",
    "Porz-Eil": "in Porz-Eil",
    "Kalk": "in Kalk",
    "Frankfurter Berg": "am Frankfurter Berg",
    "Dichterviertel": "im Dichterviertel",
    "Vahr": "in der Vahr",
    "Ohlenhof/Gröpelingen": "in Ohlenhof",
    "Europacity": "in der Europacity",
    "Schloß Neuhaus": "in Schloß Neuhaus",
    "Märkisches Viertel": "im Märkischen Viertel",
    "Lichtenhagen Dorf": "in Lichtenhagen Dorf",
    "In der Rehwiese": "in der Rehwiese",
}

BEFORE = r"(?:\A|[\n:;,(„–|·]\s*|\b(?:und|oder)\s|\b[Ii]m (?:Gebiet|Quartier|Sozialraum|Grundschulbezirk)\s|\b[Ii]n der (?:Region|Stadt)\s)\Z"
"""What a bare name may follow: the beginning, a sign, another name of a list, or the common noun that carries the article."""

NOUNS = {"Region", "Siedlung", "Bezirk"}
"""Names that begin with a common noun carry its article themselves."""

PREPOSITION = (
    r"(?:in|im|auf|an|am|bei|beim|vor|hinter|unter|über|zwischen|von|vom|zu|zum|zur|für|aus|mit|nach)"
)
NEVER = {
    "two prepositions": rf"\b{PREPOSITION} (?:in|im|auf|an|am|bei|vor|hinter|unter|zwischen) (?:der|dem|den|die)\b",
    "an interval with two words": r"\b[Zz]wischen [\d.,]+ bis\b",
    "a case asked of a denominator": r"\bAnteil an [A-ZÄÖÜ]",
    "a singular with a plural": r"(?<![\d.,])1 (?:Gebiete|Angebote|Kinder|Menschen|Prozentpunkte|Orte|Klassen|Zahlen|Tage)\b",
    "a plural with a singular": r"\b(?:liegen|sind es|bleiben) 1(?![\d.,])",
    "certainty": r"\b[Ss]icher (?:zwischen|höher|niedriger|verschieden)",
    "an empty place": r"\{\w*\}|\bNone\b",
    "a doubled sign": r"\.\.(?!\.)|,,|\( | \)|\(\)",
}


def world(demo: Project, names: dict[str, str], *, said: bool) -> Project:
    """The demo with figures, its areas called otherwise: with the words of their records, or without."""
    project = with_figures(demo)
    assert project.site is not None
    assert project.facts is not None
    calls = dict(zip(project.site.spaces, names, strict=False))
    spaces = {
        key: record.model_copy(
            update={
                "name": calls[key],
                "where": names[calls[key]] if said else None,
                "aliases": (),
                "translations": {},
                "summary": None,
                "boundary": None,
                "portrait": None,
            }
        )
        for key, record in project.site.spaces.items()
    }
    facts = {key: replace(item, display_name=calls[key]) for key, item in project.facts.spaces.items()}
    return project.showing(replace(project.site, spaces=spaces), replace(project.facts, spaces=facts))


def worlds(demo: Project, *, said: bool) -> Iterator[tuple[Context, dict[str, str]]]:
    """As many demos as it takes to give every name to an area."""
    assert demo.site is not None
    size, all_names = len(demo.site.spaces), list(QUARTERS)
    for start in range(0, len(all_names), size):
        part = (all_names[start:] + all_names)[:size]
        names = {name: QUARTERS[name] for name in part}
        yield world(demo, names, said=said).contexts[0], names


def wrong(text: str, names: dict[str, str], *, said: bool) -> list[str]:
    """Read a text against the rules; return what breaks them, with its surroundings."""
    text = re.sub(r"[\u00a0 \t]+", " ", text)
    found = [
        f"{rule}: …{text[max(0, match.start() - 40) : match.end() + 30]}…"
        for rule, pattern in NEVER.items()
        for match in re.finditer(pattern, text)
        if not (said and any(where in match[0] for where in names.values()))
    ]
    # Where an area says its own words, those are no bare name; so are longer names that hold a shorter one.
    plain = text
    if said:
        for where in sorted(names.values(), key=len, reverse=True):
            plain = re.sub(re.escape(where), "§", plain, flags=re.IGNORECASE)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", plain):
            before = plain[max(0, match.start() - 60) : match.start()]
            own = name.split()[0] in NOUNS and re.search(r"\b(?:[Ii]m|[Ii]n der)\s\Z", before)
            if not own and not re.search(BEFORE, before):
                found.append(f"bare name: …{before}{match[0]}{plain[match.end() : match.end() + 30]}…")
        plain = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", "|", plain)
    return found


def readable(html: str) -> str:
    """The words of a page: what stands in one line stays together, blocks and attributes begin anew."""
    spoken = re.findall(r'\b(?:aria-label|alt|title|content|placeholder)="([^"]*)"', html)
    html = re.sub(
        r"<(script|style|svg)\b.*?</\1>",
        lambda found: "\n" + "\n".join(re.findall(r"<(?:title|desc)\b[^>]*>([^<]*)<", found[0])) + "\n",
        html,
        flags=re.DOTALL,
    )
    html = re.sub(r'<span class="nr-(?:glance__small|muted|chip__count|line|figure)[^>]*>', "\n", html)
    html = re.sub(r"</?(?:a|span|strong|em|abbr|b|i|wbr)\b[^>]*>", "", html)
    return unescape(re.sub(r"<[^>]*>", "\n", html) + "\n" + "\n".join(spoken))


# --- one name at a time -----------------------------------------------------------------------------------------------


@pytest.mark.guards("Figures: no preposition before a bare name")
@pytest.mark.parametrize(
    ("name", "level", "where"),
    [
        ("Süderaue", "Sozialraum", "im Sozialraum Süderaue"),
        ("Region Süd", "Region", "in der Region Süd"),
        ("Schulbezirk Lindenschule", "Grundschulbezirk", "im Schulbezirk Lindenschule"),
        ("Stadtbezirk I", "Stadtbezirk", "im Stadtbezirk I"),
        ("Marktviertel", "Quartier", "im Quartier Marktviertel"),
        ("Darmstadt Ost", "Stadtteil", "im Stadtteil Darmstadt Ost"),
        ("Stadt am See", "Ortsteil", "im Ortsteil Stadt am See"),
        ("Auf dem Sande", "Bezirksregion", "in der Bezirksregion Auf dem Sande"),
        ("Darmstadt Ost", "", "im Gebiet Darmstadt Ost"),
        ("Altstadt", "Statistischer Bezirk", "im Gebiet Altstadt"),
        ("Altstadt", "Lebenswelt", "im Gebiet Altstadt"),
        ("Siedlung Schönau", "", "in der Siedlung Schönau"),
        ("Kreisel Nord", "", "im Gebiet Kreisel Nord"),
        ("Siedlung", "", "im Gebiet Siedlung"),
    ],
)
def test_where_by_name_and_level(name: str, level: str, where: str) -> None:
    assert place_text(Texts("de"), name, level) == where


@pytest.mark.guards("Figures: no preposition before a bare name")
def test_no_message_puts_a_preposition_before_a_name() -> None:
    """Templates, scripts and exports too: whoever writes „Hilfe in {town}“ must take `in_space` instead."""
    names = r"\{(?:name|town|area|areas|space|place|region|label|parents)\}"
    pattern = re.compile(rf"\b{PREPOSITION}(?: der| dem| das)? {names}", re.IGNORECASE)
    ids = [
        text
        for message in used_messages()
        for text in (message if isinstance(message, tuple) else (message,))
    ]
    assert len(ids) > 500
    # The one is what other languages translate; the other names a letter of the alphabet.
    assert {text for text in ids if pattern.search(text)} == {"in {name}", "Angebote mit {label}"}


def test_english_needs_no_article() -> None:
    assert place_text(Texts("en"), "Auf dem Sande", "Quarter") == "in Auf dem Sande"


@pytest.mark.guards("Figures: no preposition before a bare name")
def test_an_area_says_it_in_its_own_words(demo: Project) -> None:
    german, english = demo.contexts[:2]
    assert in_space(german, "kirchkoppel") == "auf der Kirchkoppel"
    assert in_space(english, "kirchkoppel") == "in Kirchkoppel"
    assert in_space(german, "nord") == "in der Region Nord"
    assert in_town(german) == "in Auenstedt"
    record = german.site.spaces["kirchkoppel"].model_copy(
        update={"translations": {"en": SpaceTexts.model_validate({"where": "on the church meadow"})}}
    )
    site = replace(german.site, spaces={**german.site.spaces, "kirchkoppel": record})
    assert in_space(Context(site, german.facts, "en"), "kirchkoppel") == "on the church meadow"


def test_two_areas_of_one_name_stay_apart(demo: Project) -> None:
    assert demo.facts is not None
    spaces = dict(demo.facts.spaces)
    spaces["marktviertel"] = replace(spaces["marktviertel"], display_name="Marktviertel (Süderaue)")
    context = demo.showing(facts=replace(demo.facts, spaces=spaces)).contexts[0]
    assert in_space(context, "marktviertel") == "im Marktviertel (Süderaue)"


# --- every form of every sentence -------------------------------------------------------------------------------------


def sentences(context: Context, space: str) -> Iterator[str]:
    """Every form that a sentence about a figure of an area can take."""
    for key, decimals in product((SHARE, COUNT, RATE), (0, 1)):
        indicator = context.site.indicators[key].model_copy(update={"decimals": decimals})
        for status in Status:
            yield cell_sentence(context, indicator, Cell(space, "2025", status=status), space)
        for value, ahead, limits in product(("31.2", "1", "0"), (False, True), ((None, None), (0.4, 34.66))):
            cell = Cell(space, "2025", ("",), Decimal(value), 1, 100, *limits, forecast=ahead)
            yield cell_sentence(context, indicator, cell, space)
            yield "Bereich: " + range_text(context, indicator, cell)
        for value, verdict, judgement, step in product(
            ("31.2", "1"), Verdict, Judgement, (None, Decimal(0), Decimal(1), Decimal("-2.4"))
        ):
            cell = Cell(space, "2025", ("",), Decimal(value))
            yield comparison_sentence(context, indicator, Comparison(space, verdict, judgement, step), cell)
            yield change_sentence(
                context,
                indicator,
                Change("2021", verdict, judgement, step, 0.4, 3.66),
                rounded=value != "1",
            )
    for key in (SHARE, COUNT, RATE):
        series = replace(context.facts.series[key], benchmark=space)
        yield from about(context, context.site.indicators[key], series, space)
        yield from overview(context, context.site.indicators[key], series, series.spaces)


@pytest.mark.parametrize("said", [False, True], ids=["bare", "said"])
def test_every_sentence_with_fifty_names(demo: Project, said: bool) -> None:
    assert len(QUARTERS) >= 50
    context = world(demo, dict(list(QUARTERS.items())[:24]), said=said).contexts[0]
    read = 0
    for name, where in QUARTERS.items():
        record = context.site.spaces["suederaue"].model_copy(
            update={"name": name, "where": where if said else None}
        )
        spaces = {**context.site.spaces, "suederaue": record}
        facts = replace(context.facts.spaces["suederaue"], display_name=name)
        one = Context(
            replace(context.site, spaces=spaces),
            replace(context.facts, spaces={**context.facts.spaces, "suederaue": facts}),
            "de",
        )
        for text in dict.fromkeys(sentences(one, "suederaue")):
            read += 1
            assert not wrong(text, {name: where}, said=said), (name, text)
            assert not text or text.startswith((name, "dazwischen")) or text[0].isupper(), text
    assert read > 50 * 60, read


PLACES = ("home", "help", "offers", "offer-list", "spaces", "space", "places", "networks", "network", "meeting", "offices",
          "office", "who", "reports", "report", "compare", "embeds", "place", "offline")  # fmt: skip
"""Kinds of pages whose own words name an area."""


@pytest.mark.parametrize("said", [False, True], ids=["bare", "said"])
def test_every_page_that_names_an_area(demo: Project, said: bool) -> None:
    kinds = {row.kind for row in PAGES}
    assert set(PLACES) <= kinds
    found: list[str] = []
    seen: set[str] = set()
    for context, names in worlds(demo, said=said):
        for row in PAGES:
            if row.kind not in PLACES or row.internal:
                continue
            few = 24 if row.kind in ("space", "report") else 4
            for key in list(row.keys(context.site, context.facts))[:few]:
                page = row.render(context, key)
                text = "\n".join((readable(str(page.body)), page.title, page.description))
                seen |= {name for name in names if name in text}
                found += [f"{row.kind} {key}: {problem}" for problem in wrong(text, names, said=said)]
    assert seen == set(QUARTERS)
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("said", [False, True], ids=["bare", "said"])
def test_the_skeleton_of_a_report(demo: Project, said: bool) -> None:
    for context, names in worlds(demo, said=said):
        for space in context.site.spaces:
            text = skeleton(context.site, context.facts, space, "2026", demo.today)
            assert not wrong(text.split("---", 2)[2].replace("caption='", "caption=\n"), names, said=said)


@pytest.mark.parametrize("said", [False, True], ids=["bare", "said"])
def test_components_of_reports(demo: Project, said: bool) -> None:
    calls = "\n\n".join(
        f"{{{{ {call} }}}}"
        for call in (
            f"comparison('{SHARE}', space='suederaue')",
            f"comparison('{RATE}', space='suederaue', against='parent')",
            f"comparison('{COUNT}', space='suederaue')",
            f"reason('{SHARE}', space='muehlenfeld')",
            f"chart('{SHARE}', level='sozialraum')",
            f"table('{SHARE}', level='sozialraum')",
            f"figure('{RATE}', space='suederaue', show='change')",
        )
    )
    for context, names in worlds(demo, said=said):
        here = EditionCallSite(context, "berichte/x/")
        found, problems = find_calls(calls, "bericht.md", 1)
        assert not problems
        for call in found:
            from generator.diagnostics import Position

            markup, mistakes = render_call(call, here, Position("bericht.md"), REPORT_COMPONENTS)
            assert not mistakes
            assert not wrong(readable(str(markup)), names, said=said)


TOWN = re.compile(r"\b(?:Stadt|[Ss]tadtweit\w*|[Tt]own)\b")
EITHER = re.compile(
    r"(?:Stadt oder Gemeinde|Stadt, des Kreises|town or municipality|town, the district|Town hall)"
)
"""What holds in a district as well: who is meant there is one of its municipalities, or any of them."""


@pytest.mark.parametrize(
    ("town", "district"),
    [
        ("Für die ganze Stadt.", "Für den ganzen Landkreis."),
        ("Die Ämter der ganzen Stadt stehen hier:", "Die Ämter des ganzen Landkreises stehen hier:"),
        (
            "etwas geben kann, in der ganzen Stadt, anderswo",
            "etwas geben kann, im ganzen Landkreis, anderswo",
        ),
        ("Hier steht nur die ganze Stadt.", "Hier steht nur der ganze Landkreis."),
        ("Ganze Stadt", "Ganzer Landkreis"),
        ("höher als die ganze Stadt, ▼", "höher als der ganze Landkreis, ▼"),
        ("Rufen Sie die Stadt an.", "Rufen Sie den Landkreis an."),
        ("Was die Stadt tut", "Was der Landkreis tut"),
        ("zählt nur für die Stadt.", "zählt nur für den Landkreis."),
        ("Infrastruktur der Stadt", "Infrastruktur des Landkreises"),
        ("Schutz und Beratung in der Stadt", "Schutz und Beratung im Landkreis"),
        ("Diese Stadt ist erfunden", "Dieser Landkreis ist erfunden"),
        ("Was ein Stadtteil ist", "Was ein Stadtteil ist"),
    ],
)
def test_german_of_a_rural_district_is_right(town: str, district: str) -> None:
    assert of_territory(town, "de", "landkreis") == district


def test_a_municipality_is_as_feminine_as_a_town() -> None:
    assert of_territory("in der ganzen Stadt", "de-x-ls", "gemeinde") == "in der ganzen Gemeinde"


@whole
def test_no_message_calls_a_district_a_town_and_values_find_their_places() -> None:
    both = [(Texts(lang, "de", "landkreis"), Texts(lang)) for lang in ("de", "en")]
    for (texts, town), message in product(both, used_messages()):
        several = isinstance(message, tuple)
        for number in (1, 2):
            said = texts.ngettext(*message, number) if several else texts.gettext(message)
            before = town.ngettext(*message, number) if several else town.gettext(message)
            assert not TOWN.search(re.sub(r"\{\w*\}", "", said)) or EITHER.search(said), said
            assert re.findall(r"\{\w*\}", said) == re.findall(r"\{\w*\}", before)


@pytest.mark.whole
def test_no_page_of_a_rural_district_speaks_of_a_town(tmp_path: Path) -> None:
    district, day = tmp_path / "kreis", "2026-11-20"
    words = ["--name", "Musterland", "--land", "NI", "--levels", "Landkreis,Gemeinde", "--languages", "de,en"]
    assert CliRunner().invoke(main, ["init", str(district), *words, "--today", day]).exit_code == 0
    built = CliRunner().invoke(main, ["build", "-p", str(district), "--today", day])
    assert built.exit_code == 0, built.output
    found, read = [], 0
    for page in sorted((district / "site").rglob("index.html")):
        name = page.relative_to(district / "site").parent
        if any((district / "content" / path).exists() for path in (f"{name}.md", f"{name}/index.md")):
            continue  # written by hand
        html = page.read_text("utf-8")
        words_of_scripts = re.findall(r'id="nr-words">(.*?)</script>', html)
        told = [text for block in words_of_scripts for text in json.loads(block).values()]
        told.append(re.sub(r"<script.*?</script>|<[^>]*>", " ", html, flags=re.DOTALL))
        read += 1
        found += [(str(name), text) for text in told if TOWN.search(EITHER.sub("", text))]
    assert read > 100
    assert found == []
