"""Pages of areas, places, providers, offices, networks and for professionals, on the demo and on its internal site."""

import datetime as dt
import re
from decimal import Decimal
from functools import cache

import pytest
from lxml import html
from markupsafe import Markup

from generator.model.planning_records import GuaranteeRule, Meets, Network
from generator.model.scalars import parse_ages
from generator.pipeline.build import Project
from generator.pipeline.plan import plan_site
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.texts import by_letter
from generator.render.base.wording import ages_text
from generator.render.directory.commitments import (
    meeting_text,
    next_meeting,
    resources,
    resources_in,
    rhythm_text,
    rule_text,
)
from generator.render.directory.contact import contact_card
from generator.render.directory.listing import areas_around, areas_met
from generator.render.directory.offer_order import offers_in, protects, rungs
from generator.render.directory.teams import duties, staff_table, team_of
from generator.render.figures.area_profile import figure_rows, profile_of, profile_strips, share
from generator.render.figures.levels_and_topics import town_only
from generator.render.maps import overview
from generator.render.pages import (
    PAGES,
    about_the_site,
    area_finder,
    institution_pages,
    need_pages,
    place_pages,
    professionals_pages,
    reports_home,
    space_page,
    who_to_call,
)
from generator.subjects.casework import page as page_resources
from tests.chance import every
from tests.records import replace

KINDS = ("spaces", "space", "places", "place", "providers", "provider", "networks", "network", "offices", "office", "who", "resource-plan", "news", "glossary", "reports", "agreements", "needs")  # fmt: skip


@pytest.fixture
def inside(internal_demo: Project) -> Context:
    return internal_demo.contexts[0]


def text_of(page: Page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(page.body)).split())


@cache
def pages_of(context: Context) -> list[Page]:
    return [
        kind.render(context, key)
        for kind in PAGES
        if kind.kind in KINDS and (context.site.internal or not kind.internal)
        for key in kind.keys(context.site, context.facts)
    ]


def without(context: Context, **changed: object) -> Context:
    """Return a context of the same site with some records replaced."""
    return Context(replace(context.site, **changed), context.facts, context.lang)


@pytest.mark.parametrize("lang", every((0, 1), {0}))
def test_each_page_has_one_heading_and_nothing_inline(
    demo: Project, internal_demo: Project, lang: int
) -> None:
    for project in (demo, internal_demo):
        for page in pages_of(project.contexts[lang]):
            body = str(page.body)
            assert body.count("<h1") == 1, page.path
            assert not re.search(r"\sstyle=|<script|<style|\son\w+=", body), page.path
            ids = re.findall(r'\sid="([^"]+)"', body)
            assert len(ids) == len(set(ids)), page.path
            assert {f"{heading.id}" for heading in page.toc} <= set(ids), page.path


def test_german_records_are_marked_on_english_pages(demo: Project) -> None:
    body = str(space_page.render(demo.contexts[1], "suederaue").body)
    assert '<span lang="de">Wasserspielplatz im Stadtpark</span>' in body
    assert '<span lang="de">Kinder unter 18 Jahren</span>' in body


# --- figures ---------------------------------------------------------------------------------------------------------


def test_shares_are_computed_and_compared_with_the_town(context: Context) -> None:
    rows = {str(Markup(row.label).striptags()): row for row in figure_rows(context, "suederaue")}
    children = rows["Kinder unter 18 Jahren"]
    assert children.value == "3.180"
    assert "16,3" in children.compare  # 3180 / 19540
    assert "Auenstedt: 18,0" in children.compare  # 10976 / 61056


def test_no_share_without_its_whole_of_the_same_day(context: Context) -> None:
    area = context.site.spaces["suederaue"]
    children = area.figures[1]
    older = area.figures[0].model_copy(update={"date": dt.date(2020, 12, 31)})
    assert share(area, children) == Decimal(3180) / Decimal(19540) * 100
    assert share(area.model_copy(update={"figures": (older, children)}), children) is None


def test_no_quarter_is_pictured_by_aids_or_reports_to_the_office(context: Context) -> None:
    """They show attention and supply too: in the table they stand beside the town's, never as a picture among other areas."""
    for key in context.site.spaces:
        view = profile_of(context, key)
        rows = view.rows if view is not None else ()
        alone = [row for row in rows if town_only(context, context.site.indicators[row.id])]
        assert not any(row.spine for row in alone), key
        strips = str(profile_strips(context, context.path("space", key), view))
        assert not [row.id for row in alone if f"/{row.id}/" in strips], key
    assert "kinder-sgb2/" in str(
        profile_strips(context, context.path("space", "suederaue"), profile_of(context, "suederaue"))
    )


# --- offers ----------------------------------------------------------------------------------------------------------


def test_offers_of_an_area_around_are_offers_of_the_area(context: Context) -> None:
    above = [
        key
        for key, item in context.site.offers.items()
        if "sued" in item.spaces and context.facts.offers[key].active
    ]
    nearby = offers_in(context, "suederaue")
    assert set(context.facts.relations.offers_by_space["suederaue"]) | set(above) == set(nearby)


def test_protection_stands_outside_the_ladder(context: Context) -> None:
    ids = offers_in(context, "auenstedt")
    protection, ladder = rungs(context, ids)
    assert "zuflucht-wegwarte" in {line.id for line in protection}
    assert all(protects(context, line.id) for line in protection)
    assert len(protection) + sum(rung.count for rung in ladder) == len(ids)


def test_every_area_names_what_protects_the_whole_town_and_help_for_the_violent_last(
    context: Context,
) -> None:
    """Who must get away finds the refuge on the page of their quarter; a course for those who hit never stands before it."""
    lists = {
        key: [line.id for line in rungs(context, offers_in(context, key))[0]] for key in context.site.spaces
    }
    assert len(lists) > 10
    for key, named in lists.items():
        assert {"zuflucht-wegwarte", "wegwarte-frauenberatung", "maenner-erleben-gewalt"} < {*named}, key
        assert len(named) == len({*named})
    assert lists["suederaue"][-1] == "anders-handeln"
    # Living with a foster family is decided on with an office: a rung of the ladder, and no help for tonight.
    assert "vollzeitpflege-auenstedt" not in lists["suederaue"]
    body = text_of(space_page.render(context, "suederaue"))
    assert body.index("Schutz und Hilfe bei Gewalt") < body.index("Alltag und Nachbarschaft")
    assert "ersetzt einen Anspruch" in body


def test_help_with_violence_is_counted_for_no_quarter(context: Context) -> None:
    """It is the same list everywhere, with no number; a tile of the quarter would tell how much of it lies there."""
    assert "Gewalt und Angst" in text_of(space_page.render(context, "auenstedt"))
    lists = set()
    for key, facts in context.facts.spaces.items():
        page = space_page.render(context, key)
        assert "<h3>Schutz und Hilfe bei Gewalt</h3>" in str(page.body), key
        assert facts.whole or "Gewalt und Angst" not in text_of(page), key
        lists.add(tuple(line.id for line in rungs(context, offers_in(context, key))[0]))
    assert len(lists) == 1


def test_the_sheet_of_an_area_names_nothing_that_nobody_should_find_on_it(context: Context) -> None:
    """It lies on a kitchen table: what is sensitive stays on the screen."""
    sensitive = {f"angebote/{key}/" for key, facts in context.facts.offers.items() if facts.sensitive}
    for key in context.site.spaces:
        body = html.fromstring(str(space_page.render(context, key).body))
        on_screen = {_address(link) for link in body.xpath("//a[@href]")}
        for hidden in body.find_class("nr-screen"):
            hidden.clear()
        printed = {_address(link) for link in body.xpath("//a[@href]")}
        assert on_screen & sensitive, key
        assert not printed & sensitive, key


def _address(link: html.HtmlElement) -> str:
    return str(link.get("href")).removeprefix("../../")


def test_a_space_without_offers_says_what_one_can_do(context: Context) -> None:
    bare = Context(replace(context.site, offers={}), context.facts, context.lang)
    bare.facts = replace(
        context.facts,
        offers={},
        endings=(),
        coverage=replace(context.facts.coverage, cells={}, town=frozenset()),
        relations=replace(
            context.facts.relations, offers_by_space={}, offers_for_space={}, offers_by_place={}
        ),
    )
    assert "Hier ist noch kein Angebot eingetragen." in text_of(space_page.render(bare, "birkenkoppel"))


# --- who works there -------------------------------------------------------------------------------------------------


def test_hours_stand_on_the_internal_site_only_and_are_summed(context: Context, inside: Context) -> None:
    team = team_of(inside, "suederaue")
    assert team is not None
    assert team.hours == "279 Wochenstunden"  # 156 + 39 + 26 + 58
    assert "26 Wochenstunden" in text_of(space_page.render(inside, "suederaue"))
    assert "Wochenstunden" not in text_of(space_page.render(context, "suederaue"))


def test_a_quarter_shows_the_team_of_its_space(context: Context) -> None:
    team = team_of(context, "birkenkoppel")
    assert team is not None
    assert team.owner == "heidkamp"
    assert "Hier arbeitet das Team für: Heidkamp" in text_of(space_page.render(context, "birkenkoppel"))


def test_the_team_of_the_region_is_named_too(context: Context) -> None:
    body = text_of(space_page.render(context, "suederaue"))
    assert "Dazu kommt aus: Region Süd : Wirtschaftliche Jugendhilfe (3) und Pflegekinderdienst (2)." in body


def test_offices_that_divide_by_surname_are_only_likely(context: Context) -> None:
    west = {duty.office.id: duty for duty in duties(context, "muehlenfeld")}["asd-west"]
    south = {duty.office.id: duty for duty in duties(context, "suederaue")}["asd-sued"]
    assert west.likely
    assert not south.likely
    assert "wahrscheinlich zuständig" in text_of(space_page.render(context, "muehlenfeld"))
    assert "§ 86" in text_of(space_page.render(context, "suederaue"))


def test_staff_adds_up_over_areas(context: Context) -> None:
    columns, rows, sums = staff_table(context, ["norderaue", "suederaue", "lindenhof"])
    assert columns == ("norderaue", "suederaue")
    assert rows[0] == ("Allgemeiner Sozialer Dienst", "4", "4", "8")
    assert sums == ("11", "10", "21")


def test_who_is_who_leads_from_areas_to_offices(context: Context) -> None:
    page = who_to_call.render(context, "")
    assert '<a href="#raum-muehlenfeld"><span>Mühlenfeld</span>' in str(page.body).replace(
        ' class="nr-chip"', ""
    )
    part = str(page.body).partition('id="raum-muehlenfeld"')[2].partition("</section>")[0]
    block = " ".join(re.sub(r"<[^>]+>", " ", part).split())
    assert "Allgemeiner Sozialer Dienst West wahrscheinlich zuständig" in block
    # The office, who answers outside of its hours, who advises about a child, who stands in; the networks, the next to meet first.
    numbers = re.findall(r'href="tel:([^"]+)"', part)
    assert numbers[:4] == ["+494066969155", "110", "+494066969332", "+494066969331"]
    assert block.index(
        "Stadtteilkonferenz Mühlenfeld (Donnerstag, 11. Februar, alle 3 Monate)"
    ) < block.index("Frühwarnkette Kita und Grundschule (Donnerstag, 4. März, alle 6 Monate)")
    assert "Wochenstunden" not in block


def test_who_is_who_tells_the_hours_of_teams_inside(inside: Context) -> None:
    assert "Team: 10 Fachkräfte, 279 Wochenstunden" in text_of(who_to_call.render(inside, ""))


def test_networks_stand_in_the_order_of_their_meetings_and_steering_from_the_top(context: Context) -> None:
    body = text_of(who_to_call.render(context, ""))
    meetings, _, rest = body.partition("Wer sich wann trifft")[2].partition(
        "Wer auf welcher Ebene entscheidet"
    )
    days = [
        "27. November", "2. Dezember", "10. Dezember", "14. Januar", "20. Januar", "27. Januar", "11. Februar",
    ]  # fmt: skip
    places = [meetings.index(day) for day in days]
    assert places == sorted(places)
    # Who only says how often it meets comes last.
    assert meetings.index("Sozialraumteam Süderaue") > places[-1]
    levels = [rest.index(f"Ebene {number}") for number in (1, 2, 3)]
    assert levels == sorted(levels)
    assert "Steuerungsgruppe Sozialraum" not in meetings
    assert "Mittwoch, 16. Dezember, alle 3 Monate Amtsleitung" in rest


def test_when_a_network_meets_is_its_next_day_else_how_often(context: Context) -> None:
    network = context.site.networks["ag-78-suederaue"]
    assert network.meets is not None
    over = replace_meets(network, network.meets.model_copy(update={"next": dt.date(2026, 1, 1)}))
    assert meeting_text(context, over) == "alle 6 Wochen"
    silent = replace_meets(network, Meets(next=dt.date(2026, 1, 1)))
    assert meeting_text(context, silent) == "Das letzte bekannte Treffen war am 1. Januar 2026."
    assert meeting_text(context, replace_meets(network, None)) == ""


def replace_meets(network: Network, meets: Meets | None) -> Network:
    return network.model_copy(update={"meets": meets})


def test_tasks_name_who_has_them_and_cut_what_everybody_does(context: Context) -> None:
    body = text_of(who_to_call.render(context, "")).partition("Wer welche Aufgabe hat")[2]
    assert "Entscheidet Entscheidet über einzelne Hilfen. Allgemeiner Sozialer Dienst Nord , " in body
    assert "Amt für Jugend und Familie , Jobcenter" in body
    many = len([1 for item in context.site.providers.values() if "angebote" in item.functions])
    assert f"und {many - who_to_call.ENOUGH} weitere" in body


# --- indexes, places, providers --------------------------------------------------------------------------------------


def test_a_name_of_several_areas_leads_to_a_choice(context: Context) -> None:
    body = text_of(area_finder.render_spaces(context, ""))
    assert "Mitte Norderaue , Süderaue mehrere Gebiete, bitte wählen" in body
    assert "so heißt auch: Norderaue" in text_of(space_page.render(context, "suederaue"))


def test_every_space_stands_in_the_tree(context: Context) -> None:
    body = str(area_finder.render_spaces(context, "").body)
    assert all(f'href="{key}/"' in body for key in context.site.spaces)


def test_a_place_tells_yes_limited_no_and_unknown_apart_in_words(context: Context) -> None:
    body = text_of(place_pages.render(context, "familienzentrum-aue"))
    assert "Ohne Stufen: ja" in body
    assert "Rollstuhlgerechte Toilette: teilweise" in body
    assert "Behindertenparkplatz: nein" in body
    assert "Nicht bekannt: Aufzug" in body
    assert "Hier fangen Sie an Diakonie an der Aue : 040 66969-210" in body


@pytest.mark.parametrize(
    ("key", "number", "who"),
    [
        ("kita-windkamp", "040 66969-254", "Leitung"),  # the day care that is called like its house
        ("lindenschule", "040 66969-220", ""),  # the school
        ("sportplatz-torfwiesen", "040 66969-520", "TSV Auenstedt"),  # the only one there, by name
        ("rathaus", "040 66969-100", "Amt für Jugend und Familie"),
    ],
)
def test_a_house_without_a_telephone_says_whom_to_call(
    context: Context, key: str, number: str, who: str
) -> None:
    body = str(place_pages.render(context, key).body)
    buttons = body[body.index('<div class="nr-actions') :].partition("</div>")[0]
    assert number in buttons
    assert who in buttons
    # What goes into an address book is what one reads.
    card = contact_card(context, "place", key)
    assert card is not None
    assert card.contact is not None
    assert card.contact.phone == number


def test_a_house_of_many_gives_no_number_of_one_of_them(context: Context) -> None:
    assert context.site.places["haus-der-begegnung"].contact is None
    assert '<div class="nr-actions' not in str(place_pages.render(context, "haus-der-begegnung").body)


def test_providers_stand_in_alphabetical_order() -> None:
    assert by_letter({"a": "Ärzte", "b": "Awo", "c": "Boot", "d": "1. FC"}) == {
        "#": ["d"],
        "A": ["a", "b"],
        "B": ["c"],
    }


def test_a_provider_shows_what_it_does_and_what_it_ended(context: Context) -> None:
    ended = next(item for item in context.site.offers.values() if item.status == "ended")
    body = text_of(institution_pages.render_provider(context, ended.provider))
    assert "Frühere Angebote" in body
    assert ended.name in body
    assert "Berät Familien, bevor über eine Hilfe entschieden wird." in text_of(
        institution_pages.render_provider(context, "diakonie-aue")
    )


# --- networks and promises -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "words"),
    [
        ("6 weeks", "alle 6 Wochen"),
        ("1 month", "jeden Monat"),
        ("3 months", "alle 3 Monate"),
        ("nach Bedarf", "nach Bedarf"),
    ],
)
def test_rhythm_in_words(context: Context, every: str, words: str) -> None:
    assert str(rhythm_text(context, every)) == words


@pytest.mark.parametrize(
    ("ages", "words"), [("0", "0 bis 11 Monate"), ("0-1", "bis 1 Jahr"), ("1", "1 Jahr")]
)
def test_ages_of_the_smallest(context: Context, ages: str, words: str) -> None:
    assert ages_text(context.texts, parse_ages(ages)) == words


def test_a_meeting_that_is_over_is_not_the_next_one(context: Context) -> None:
    assert next_meeting(context, Meets(next=dt.date(2026, 12, 10))) == "Donnerstag, 10. Dezember"
    assert "letzte bekannte Treffen" in next_meeting(context, Meets(next=dt.date(2026, 11, 1)))


def test_a_promise_in_words(context: Context) -> None:
    rule = GuaranteeRule(topic="ganztag", ages=parse_ages("6-10"), days_per_week=5, within="1.5 km")
    assert rule_text(context, rule) == (
        "",
        "6 bis 10 Jahre, an 5 Tagen in der Woche, höchstens 1,5 km entfernt",
    )
    body = text_of(institution_pages.render_network(context, "ag-78-suederaue"))
    assert "Beschlossen am 4. Mai 2026" in body
    assert "ersetzt keinen Anspruch" in body


def test_steps_of_a_procedure_are_numbered(context: Context) -> None:
    body = str(institution_pages.render_network(context, "fruehwarnung-kita-grundschule").body)
    assert '<ol class="nr-steps">' in body
    assert body.count("<li><strong>") == len(context.site.networks["fruehwarnung-kita-grundschule"].steps)


# --- professionals, reports, internal pages --------------------------------------------------------------------------


def test_every_term_has_its_anchor(context: Context) -> None:
    body = str(about_the_site.render_glossary(context, "").body)
    assert all(f'id="{key}"' in body for key in context.site.words.glossary)
    assert "auch: Sozialer Dienst" in text_of(about_the_site.render_glossary(context, ""))


def test_news_lead_on_to_what_follows(context: Context) -> None:
    page = professionals_pages.render_news(context, "")
    assert {item.kind for item in context.facts.news} == {
        re.sub("^art-", "", found) for found in re.findall(r'id="(art-\w+)"', str(page.body))
    }
    assert "nichts geändert" in text_of(
        professionals_pages.render_news(Context(context.site, replace(context.facts, news=()), "de"), "")
    )


def test_who_narrows_to_a_quarter_finds_what_is_for_the_area_around_it(context: Context) -> None:
    """Families of Birkenkoppel are visited as all of Heidkamp is: news, plan and measures are found by either."""
    line = re.compile(r'data-spaces="([^"]*)"')
    news = str(professionals_pages.render_news(context, "").body).split("<li ")
    visits = [line.findall(part)[0].split() for part in news if "Familienhebammen" in part]
    assert visits
    assert all({"heidkamp", "birkenkoppel", "sued"} <= set(areas) for areas in visits)
    met = set(areas_met(context, ["heidkamp"]))
    assert {"auenstedt", "sued", "heidkamp", "birkenkoppel"} <= met
    assert not met & {"suederaue", "marktviertel"}


@pytest.mark.parametrize("languages", every((1, 9), {1}))
def test_internal_pages_are_not_on_the_public_site(
    demo: Project, internal_demo: Project, languages: int
) -> None:
    public, internal = plan_site(demo), plan_site(internal_demo)
    assert not [path for path in public.pages if "intern/" in path]
    assert "intern/bedarfe/" in internal.pages
    assert len(demo.contexts) <= 9
    for context in demo.contexts[:languages]:
        assert not [page.path for page in pages_of(context) if "intern/" in str(page.body)]


def test_needs_say_how_often_they_were_named_and_what_answers_them(inside: Context) -> None:
    body = text_of(need_pages.render_needs(inside, ""))
    assert "Verlässlicher Nachmittag für Grundschulkinder in Vogelsang" in body
    assert "22" in body  # 14 + 8 in one half-year
    assert "beantwortet: Papa und Baby" in body
    bare = without(inside, needs={})
    assert "Noch ist kein Bedarf eingetragen." in text_of(need_pages.render_needs(bare, ""))


def test_a_written_page_of_reports_takes_the_place_of_the_generated_one(demo: Project) -> None:
    assert "berichte/" in plan_site(demo).pages
    plan = plan_site(demo, {**demo.written, "berichte/": "berichte/index.md"})
    assert "berichte/" not in plan.pages
    assert "berichte/" in plan.contexts["de"].paths
    assert "en/berichte/" in plan.pages
    assert "Kennzahlen: Auenstedt" in text_of(reports_home.render(demo.contexts[0], ""))


def test_an_office_says_for_whom_and_how_it_divides_its_work(context: Context) -> None:
    body = text_of(institution_pages.render_office(context, "asd-west"))
    assert "Für Familien aus: Mühlenfeld" in body
    assert "nach Nachnamen" in body
    assert "§ 86" in body


# --- what could be given -----------------------------------------------------------------------------------------------


def test_a_space_says_what_could_be_given_there_and_by_whom(context: Context) -> None:
    body = text_of(space_page.render(context, "muehlenfeld"))
    part = body.partition("Was es sonst noch gibt")[2]
    assert "Lastenrad mit Kinderbank, kostenlos zu leihen Nachbarn im Mühlenfeld , Tresen" in part
    assert "Vereinsheim mit Küche" not in part
    for key in context.site.spaces:
        found = text_of(space_page.render(context, key)).partition("Was es sonst noch gibt")[2]
        assert ("Fragen Sie vorher." in found) == bool(resources_in(context, key))
        assert "Ressourcenplan der ganzen Stadt" in found
        givers = {item.provider for item in resources(context)}
        here = context.facts.relations.providers_by_space.get(key, ())
        assert not givers.intersection(here) or "noch niemand eingetragen" not in found, key


def test_nobody_is_told_to_work_for_the_whole_town_who_does_not_say_so(context: Context) -> None:
    unsaid = next(key for key, provider in context.site.providers.items() if not provider.spaces)
    assert "ganzen Stadt" not in text_of(institution_pages.render_provider(context, unsaid))


def test_what_is_given_in_a_quarter_stands_with_the_areas_around_it(context: Context) -> None:
    (bike,) = [item for item in resources_in(context, "muehlenfeld") if "Lastenrad" in item.gift.what]
    assert {"muehlenfeld", "nord", "auenstedt"} <= set(areas_around(context, bike.spaces))


def test_nothing_in_the_plan_says_where_a_hidden_place_is(inside: Context, context: Context) -> None:
    """Who has nothing but a refuge may teach others, but in no area, and no map knows a place of theirs."""
    assert {item.spaces for item in resources(context) if item.provider == "wegwarte"} == {()}
    for one in (context, inside):
        view = overview(one, "resources")
        assert view is not None
        hidden = {
            place
            for place, location in one.facts.places.items()
            if location.visibility != "full" and location.point
        }
        points = {marker.point for marker in view.markers}
        assert not points & {one.facts.places[place].point for place in hidden}


def test_a_thing_is_in_no_quarter_only_because_its_owner_is_in_several(context: Context) -> None:
    """A kita's room is where it says, and a van is nowhere as long as nobody says where; who seeks one finds it in any area."""
    named = {item.gift.what: item for item in resources(context)}
    assert named["Bewegungsraum der Kita Birkenkoppel"].spaces == ("birkenkoppel",)
    assert "awo-auetal" not in {item.provider for item in resources_in(context, "vogelsang")}
    assert named["Kleinbus mit 9 Plätzen und Kindersitzen"].spaces == ()
    body = str(page_resources.render_plan(context, "").body)
    line = next(part for part in body.split("<li ") if "Kleinbus" in part)
    assert 'data-spaces="*"' in line
    assert "ohne Angabe, wo" in line


def test_the_plan_can_be_narrowed_by_kind_giver_and_space(context: Context) -> None:
    body = str(page_resources.render_plan(context, "").body)
    for choice in ("kind", "spaces"):
        assert f'<select class="nr-input" id="nach-{choice}" name="{choice}">' in body
    line = next(part for part in body.split("<li ") if "Lastenrad" in part)
    assert 'data-kind="things"' in line
    assert "muehlenfeld" in line.partition('data-spaces="')[2].partition('"')[0].split()
    whole = next(part for part in body.split("<li ") if "Vier Praktikumsplätze" in part)
    there = whole.partition('data-spaces="')[2].partition('"')[0].split()
    assert {"auenstedt", "muehlenfeld", "heidkamp", "birkenkoppel"} <= set(there)
    assert 'href="tel:+494066969510"' in whole


def test_a_strip_says_of_how_many_areas_its_band_is_where_some_are_withheld(context: Context) -> None:
    profile = profile_of(context, "birkenkoppel")
    assert profile is not None
    strips = html.fromstring(str(profile_strips(context, context.path("space", "birkenkoppel"), profile)))
    said = [" ".join(item.text_content().split()) for item in strips.xpath("//ul/li/span[1]")]
    shown = [row.shown for row in profile.rows if row.spine]
    assert any("geheim" in words for words in shown)
    assert any(words.startswith("alle") for words in shown)
    for words, areas in zip(said, shown, strict=True):
        assert words.endswith(f"Band: {areas}") == ("geheim" in areas or "ohne Zahl" in areas)
