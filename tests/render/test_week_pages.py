"""The week of an area: where something is, what stands once, and what becomes of an area with nothing on."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from generator.hours.schedule import Interval
from generator.hours.spoken import spoken_intervals
from generator.model.groups import Fee
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.base.texts import Texts
from generator.render.base.wording import cost_value_text
from generator.render.frame.page_frame import embedded
from generator.render.pages import space_page, week


def body(context: Context, key: str) -> str:
    return str(week.render(context, key).body)


@pytest.fixture(scope="module")
def german(demo: Project) -> Context:
    return demo.contexts[0]


def test_what_moves_is_told_on_each_day_with_where_it_is_then(german: Context) -> None:
    html = body(german, "nord")
    where = re.findall(r"<b>Streetwork im Norden</b>\s*<span>([^<]*)</span>", html)
    assert set(where) == {"Skateplatz am Mühlenteich", "Vorplatz am Bahnhof", "Kiosk am Nordring"}


def test_what_is_there_every_day_stands_once_on_a_screen(german: Context) -> None:
    html = body(german, "muehlenviertel")
    screen = html[: html.index("nr-poster")]
    playground = german.site.offers["spielplatz-muehlenteich"].name
    assert screen.count(f">{playground}</a>") == 1
    assert screen.index('id="jeden-tag"') < screen.index(playground) < screen.index('id="tag-')


def test_an_area_with_nothing_on_this_week_keeps_its_page_and_says_so(german: Context) -> None:
    """Weidengrund's garden is open once a month in winter; a poster from summer still leads to its page."""
    assert german.site is not None
    assert "weidengrund" in set(week.keys(german.site, german.facts))
    html = body(german, "weidengrund")
    assert "In diesen sieben Tagen ist hier nichts eingetragen." in html
    assert 'href="../../muehlenfeld/diese-woche/"' in html
    assert "nr-poster" not in html
    assert "diese-woche" not in str(space_page.render(german, "weidengrund").body)


def test_the_code_is_drawn_when_the_page_is_made(german: Context) -> None:
    html = body(german, "nord")
    drawing = re.findall(r'nr-poster__qr"[^>]*>(<svg.*?</svg>)', html)[0]
    modules = int(re.findall(r'viewBox="0 0 (\d+) ', drawing)[0])
    x, y, dark = 0, 0.5, set[tuple[int, int]]()
    # Lines from the upper left corner on, each one high.
    for command, across, down in re.findall(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?", drawing.split(' d="')[1]):
        if command == "h":
            dark |= {(x + more, int(y)) for more in range(int(across))}
            x += int(across)
        elif command == "m":
            x, y = x + int(across), y + float(down)
    # The three large squares in the corners, and none in the fourth.
    for x, y, there in ((0, 0, True), (modules - 7, 0, True), (0, modules - 7, True)):
        ring = {(x + at, y + edge) for at in range(7) for edge in (0, 6)}
        assert (ring <= dark) == there
    assert max(max(one) for one in dark) == modules - 1
    assert "<script" not in html


def test_no_german_stands_in_times_and_costs_of_other_languages(demo: Project) -> None:
    for context in demo.contexts:
        if context.lang == "en":
            html = body(context, "sued")
            told = re.findall(r'nr-poster__time">([^<]*)<', html)
            assert told
            assert not [one for one in told if re.search(r"Uhr|kostenlos|bis |je |für manche|Spende", one)]


def test_nobody_is_seen_by_a_poster_where_addiction_or_an_illness_of_the_soul_is_the_matter(
    german: Context,
) -> None:
    """What hangs in a stairwell tells nobody which child goes to the group for children of addicts; an offer may say otherwise."""
    assert german.site is not None
    facts, site = german.facts.offers, german.site
    unposted = {key for key, known in facts.items() if known.unposted and known.active}
    assert {"muschelgruppe", "windlicht-kindergruppe", "essen-und-ich", "jung-und-schwanger"} < unposted
    assert "streetwork-nord" not in unposted
    pages = [(key, body(german, key)) for key in week.keys(site, german.facts)]
    assert len(pages) > 5
    for area, html in pages:
        assert not [
            key
            for key in unposted
            if f"/angebote/{key}/" in html or f"<b>{site.offers[key].name}</b>" in html
        ], area
    assert not unposted & {*german.facts.open_doors}
    framed = {key for offers in embedded(german).values() for key in offers}
    assert len(framed) > 50
    assert not unposted & framed
    # Nor is one suggested beside another: who expects a child isn't led to parents who lost theirs.
    assert "sternenkinder-eltern" in unposted
    near = {key for found in german.facts.nearby.values() for key, _ in found}
    assert len(near) > 50
    assert not unposted & near


def test_each_script_has_its_comma() -> None:
    """Arabic, Farsi and Urdu write another one; so do dates, costs and ages on their pages."""
    day = dt.date(2026, 11, 25)
    assert Texts("de").date(day, weekday=True) == "Mittwoch, 25. November"
    assert Texts("ar").date(day, weekday=True) == "الأربعاء، 25 نوفمبر"
    fee = Fee(amount=Decimal(2), reduced=Decimal(0))
    assert "," not in cost_value_text(Texts("ar"), fee)
    assert "، " in cost_value_text(Texts("ar"), fee)
    assert ", " in cost_value_text(Texts("tr"), fee)


@pytest.mark.parametrize("lang", ["de", "de-x-ls", "tr", "ar", "uk"])
def test_euros_are_written_with_their_sign_in_each_language(lang: str) -> None:
    assert cost_value_text(Texts(lang), Fee(amount=Decimal(2))).startswith("2 €")


def test_brackets_of_a_german_remark_run_with_its_words_in_arabic() -> None:
    times = (Interval(600, 900, comment="Drei Tage"),)
    assert spoken_intervals(times, Texts("ar").gettext, "24h").endswith(
        "\N{FIRST STRONG ISOLATE}(Drei Tage)\N{POP DIRECTIONAL ISOLATE}"
    )
    assert spoken_intervals(times, Texts("tr").gettext, "24h").endswith(" (Drei Tage)")
