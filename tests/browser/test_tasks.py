"""Ten everyday tasks on a phone: from the first page in at most four taps to the right answer, which is on the screen. Typing is no tap."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Watch, Watched

MOST = 4
FRIDAY = "2026-11-20T10:15:00+01:00"


class Phone:
    """A phone at the first page; counts taps and knows what is on its screen."""

    def __init__(self, watched: Watched, moment: str) -> None:
        self.watched = watched
        self.page = watched.page
        self.page.clock.set_fixed_time(moment)
        self.page.goto(watched.own)
        self.taps = 0

    def search(self, words: str) -> None:
        self.page.locator("#suche-input").fill(words)

    def tap(self, target: Locator) -> None:
        target.first.click()
        # Before its style sheets a page shows what is for paper only.
        self.page.wait_for_load_state()
        self.taps += 1

    def hit(self, text: str) -> Locator:
        return self.page.locator("[role=option]", has_text=text)

    def answered(self, *answers: Locator) -> None:
        """The answers are on the screen, not only on the page, and nothing went wrong."""
        for answer in answers:
            expect(answer.first).to_be_in_viewport()
        assert self.taps <= MOST
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        self.watched.assert_clean()


@pytest.fixture
def phone(tab: Watch, demo_url: str) -> Callable[..., Phone]:
    """A function from a moment to a phone at the first page."""
    return lambda moment=FRIDAY: Phone(
        tab(f"{demo_url}robots.txt", 360, "clock", timezone_id="Europe/Berlin"), moment
    )


def test_a_baby_group_tomorrow_morning_near_my_street(phone: Callable[..., Phone]) -> None:
    """On a Monday: the street leads to its area, the area to its week."""
    there = phone("2026-11-23T10:15:00+01:00")
    there.tap(there.page.get_by_role("link", name="Mein Stadtteil", exact=True).last)
    there.page.locator(".nr-finder input").first.fill("Uferweg")
    there.tap(there.page.locator(".nr-finder [role=option], .nr-finder button", has_text="Uferweg"))
    there.tap(there.page.get_by_role("link", name="Süderaue"))
    there.tap(there.page.get_by_role("link", name="Diese Woche, Tag für Tag"))
    row = there.page.locator(
        ".nr-week details", has=there.page.get_by_role("heading", name=re.compile("Dienstag, 24"))
    ).locator("li", has_text="Krabbelgruppe am Uferweg")
    row.scroll_into_view_if_needed()
    there.answered(row.get_by_text("9:30 bis 11 Uhr"), row.get_by_text("Uferweg 12a"))


def test_help_tonight_because_of_a_partners_threat(phone: Callable[..., Phone]) -> None:
    there = phone("2026-11-20T22:45:00+01:00")
    there.search("mein Partner droht mir")
    there.answered(there.page.locator(".nr-danger__phone", has_text="116 016").first)
    assert there.taps == 0
    there.page.locator(".nr-danger").scroll_into_view_if_needed()
    expect(there.page.locator(".nr-danger")).to_contain_text("Tag und Nacht")


def test_debt_advice_with_an_interpreter(phone: Callable[..., Phone]) -> None:
    there = phone()
    there.search("Schuldnerberatung mit Dolmetscher")
    there.tap(there.hit("Schuldnerberatung an der Aue"))
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Schuldnerberatung an der Aue")
    languages = there.page.locator(".nr-glance").get_by_text("Übersetzung auf Anfrage")
    languages.first.scroll_into_view_if_needed()
    there.answered(languages)


def test_a_free_holiday_activity_for_a_nine_year_old(phone: Callable[..., Phone]) -> None:
    there = phone()
    there.search("Ferien 9 Jahre kostenlos")
    expect(there.page.locator(".nr-search__filter")).to_have_count(2)
    there.tap(there.hit("Ferienpass"))
    cost = there.page.locator(".nr-glance").get_by_text(re.compile("für manche kostenlos"))
    cost.first.scroll_into_view_if_needed()
    there.answered(cost)


def test_what_the_youth_office_may_do(phone: Callable[..., Phone]) -> None:
    there = phone()
    there.tap(there.page.get_by_role("link", name="Was darf das Jugendamt? Ihre Rechte"))
    answer = there.page.get_by_text("Das Sorgerecht kann nur ein Gericht entziehen, nie das Jugendamt.")
    answer.scroll_into_view_if_needed()
    there.answered(answer)


def test_fifteen_and_wants_to_talk_to_someone(phone: Callable[..., Phone]) -> None:
    there = phone()
    there.tap(there.page.get_by_role("link", name="Wer hört mir zu"))
    number = there.page.get_by_role("link", name="116 111")
    number.first.scroll_into_view_if_needed()
    there.answered(number)


def test_a_handout_of_three_offers(phone: Callable[..., Phone]) -> None:
    """By their names in the directory; what would be printed has all three."""
    there = phone()
    there.tap(there.page.get_by_role("link", name=re.compile("Angebote von A bis Z")))
    wanted = {
        "elterncafé birkenkoppel": "Elterncafé Birkenkoppel",
        "krabbelgruppe uferweg": "Krabbelgruppe am Uferweg",
        "schuldnerberatung aue": "Schuldnerberatung an der Aue",
    }
    for typed, name in wanted.items():
        there.page.locator("#suchwort").fill(typed)
        there.tap(there.page.get_by_role("button", name=f"Merken {name}"))
    way = there.page.get_by_role("link", name="Merkliste ansehen (3)")
    there.answered(way)
    way.click()
    items = there.page.locator(".nr-kept__item h2")
    expect(items).to_have_count(len(wanted))
    there.watched.settled()
    assert items.all_text_contents() == [*wanted.values()]


def test_collecting_from_a_list(phone: Callable[..., Phone]) -> None:
    """„Merken“ on the cards, without leaving the list; how many there are, and the way to the paper, stay in sight."""
    there = phone()
    there.tap(there.page.get_by_role("link", name=re.compile("Angebote von A bis Z")))
    for name in ("Ackerkinder", "Ankommenspaten"):
        there.tap(there.page.get_by_role("button", name=f"Merken {name}"))
    way = there.page.get_by_role("link", name="Merkliste ansehen (2)")
    there.answered(way)
    there.tap(way)
    there.answered(there.page.locator(".nr-kept__item", has_text="Ackerkinder"))


def test_a_calendar_of_parents_cafes(phone: Callable[..., Phone]) -> None:
    there = phone()
    there.search("Elterncafé")
    there.tap(there.hit("Elterncafé Birkenkoppel"))
    calendar = there.page.get_by_role("link", name="Termine in den Kalender")
    expect(calendar).to_have_attribute("href", "termine.ics")
    calendar.scroll_into_view_if_needed()
    there.answered(calendar)


def test_what_is_open_on_christmas_eve(phone: Callable[..., Phone]) -> None:
    there = phone()
    there.tap(there.page.get_by_role("link", name=re.compile("Angebote von A bis Z")))
    there.page.get_by_label("An welchem Tag?").fill("2026-12-24")
    card = there.page.locator("#liste .nr-card", has_text="24.12.")
    expect(card.first).to_be_visible()
    card.first.scroll_into_view_if_needed()
    there.answered(card)


def test_a_single_father_in_suederaue(phone: Callable[..., Phone]) -> None:
    there = phone()
    there.search("alleinerziehender Vater Süderaue")
    expect(there.page.get_by_role("button", name="Filter entfernen: Süderaue")).to_be_visible()
    there.tap(there.hit("Ich bin allein mit den Kindern"))
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Ich bin allein mit den Kindern")
    there.answered(there.page.get_by_role("heading", level=1))


def test_what_is_around_our_nursery(phone: Callable[..., Phone]) -> None:
    """Everybody knows the name of their own nursery: from there to the week of the quarter."""
    there = phone("2026-11-23T10:15:00+01:00")
    there.tap(there.page.get_by_role("link", name="Meine Kita oder Schule"))
    there.tap(there.page.get_by_role("link", name="Kita Windkamp"))
    there.tap(there.page.get_by_role("link", name=re.compile("^Diese Woche: ")))
    there.answered(there.page.get_by_role("heading", level=1))


def test_what_is_open_next_near_my_street(phone: Callable[..., Phone]) -> None:
    """On a Friday afternoon: only what is open now or opens today, with how far it is."""
    there = phone("2026-11-20T14:00:00+01:00")
    there.tap(there.page.get_by_role("link", name="Mein Stadtteil", exact=True).last)
    there.page.locator(".nr-finder input").first.fill("Uferweg")
    there.tap(there.page.locator(".nr-finder [role=option], .nr-finder button", has_text="Uferweg"))
    there.page.locator(".nr-finder input").nth(1).fill("12a")
    there.page.keyboard.press("Enter")
    cards = there.page.locator("[data-nearby] .nr-card")
    expect(there.page.get_by_role("heading", name="Heute in Ihrer Nähe offen")).to_be_visible()
    there.watched.settled()
    states = cards.locator(".nr-open").all_inner_texts()
    assert len(states) == cards.count() > 0
    today = r"([\w ]+: )?(jetzt offen|öffnet heute)|mit Anmeldung: geöffnet bis"
    assert all(re.match(today, state) for state in states), states
    cards.first.scroll_into_view_if_needed()
    there.answered(cards.first)


def test_what_is_open_today_in_my_own_quarter(phone: Callable[..., Phone]) -> None:
    there = phone()
    areas = there.page.get_by_role("list", name="Heute offen in Ihrem Stadtteil")
    areas.get_by_role("link", name="Heidkamp").scroll_into_view_if_needed()
    there.tap(areas.get_by_role("link", name="Heidkamp"))
    chosen = there.page.get_by_role("button", name="heute offen")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(there.page.get_by_role("list", name="Gewählte Filter")).to_have_text(re.compile("Heidkamp"))
    cards = there.page.locator("#liste .nr-card:visible")
    expect(cards.first).to_be_visible()
    for card in cards.all()[:4]:
        expect(card.locator("[data-open]")).to_have_attribute("data-state", re.compile("open|soon"))
    there.answered(chosen)
    cards.first.scroll_into_view_if_needed()
    there.answered(cards)


def test_without_scripts_no_promise_of_what_is_open_today(watch: Watch, demo_url: str) -> None:
    page = watch(demo_url, 360, java_script_enabled=False).page
    expect(page.get_by_role("heading", name="Einfach hingehen")).to_be_visible()
    expect(page.locator("[data-today-areas]")).to_be_hidden()
