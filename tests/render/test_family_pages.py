"""Pages for families: what stands on them, in which order, and what must never stand there."""

import datetime as dt
import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.model.facts import EVERY_OFFER, OfferList
from generator.model.offer_flags import OFFER_FLAGS
from generator.pipeline.build import Project, prepare
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.directory.cards import glance_rows, offer_cards
from generator.render.directory.filters import choices_of
from generator.render.directory.listing import PER_PAGE, list_keys, part_of
from generator.render.frame.page_frame import has_exit_bar
from generator.render.pages import (
    about_the_site,
    home,
    institution_pages,
    offer_pages,
    place_pages,
    topic_pages,
)
from tests.edit.towns import FILES, write, write_town
from tests.machine import needed
from tests.records import replace

ASSETS = Path(__file__).parents[2] / "generator" / "assets"
TEMPLATES = ASSETS.parent / "templates"
PROFESSIONALS = "0800 19 210 00"


@pytest.fixture
def english(demo: Project) -> Context:
    return demo.contexts[1]


def family_pages(context: Context) -> list[Page]:
    """One page of each type for families."""
    return [
        home.render(context),
        offer_pages.render_directory(context),
        offer_pages.render_part(context, "zugang/offen"),
        topic_pages.render_topics(context),
        topic_pages.render_topic(context, "gewalt"),
        topic_pages.render_youth(context),
        home.render_help(context),
        offer_pages.render_offer(context, "zuflucht-wegwarte"),
    ]


def text_of(page: Page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(page.body)).split())


def test_no_tab_tells_what_somebody_turns_to_in_secret(context: Context) -> None:
    """What can be left quickly has a quiet title too: an offer, its house and its provider. The formal aids, which nobody comes to unasked, say what they are."""
    facts = context.facts
    pages = {
        key: offer_pages.render_offer(context, key)
        for key, known in facts.offers.items()
        if known.sensitive and known.active
    }
    pages |= {key: place_pages.render(context, key) for key in facts.places if facts.protects(key)}
    own = {
        key: [name for name, one in context.site.offers.items() if one.provider == key]
        for key in context.site.providers
    }
    pages |= {
        key: institution_pages.render_provider(context, key)
        for key, offers in own.items()
        if facts.only_sensitive(offers)
    }
    assert {
        "zuflucht-wegwarte", "jugendschutzstelle-friedensweg", "wegwarte", "suchtberatung-lotsenhaus",
    } < pages.keys()  # fmt: skip
    assert all(has_exit_bar(page) for page in pages.values())
    telling = {
        key for key, page in pages.items() if page.title not in ("Beratung und Schutz", "Beratung und Hilfe")
    }
    assert telling == {key for key in telling if key in facts.offers and not facts.offers[key].low_threshold}
    assert pages["zuflucht-wegwarte"].title == pages["wegwarte"].title == "Beratung und Schutz"
    assert pages["schwangerschaftskonflikt-diakonie"].title == "Beratung und Hilfe"


def test_each_page_has_one_heading_and_nothing_inline(context: Context) -> None:
    for page in [*family_pages(context), about_the_site.render_licences(context)]:
        body = str(page.body)
        assert body.count("<h1") == 1, page.path
        assert not re.search(r"\sstyle=|<script|<style|\son\w+=", body), page.path
        ids = re.findall(r'\sid="([^"]+)"', body)
        assert len(ids) == len(set(ids)), page.path


@pytest.mark.guards(
    "Safety: help numbers are static links with the date of their check; the line for professionals is on no family page"
)
def test_the_number_for_professionals_is_on_no_page_for_families(context: Context, english: Context) -> None:
    for page in (*family_pages(context), *family_pages(english)):
        digits = re.sub(r"\D", "", text_of(page))
        assert re.sub(r"\D", "", PROFESSIONALS) not in digits, page.path


def test_a_number_with_hours_never_stands_without_them(context: Context) -> None:
    """Who is turned away by a number that nobody answers in the evening may not try a second one."""
    body = str(home.render_help(context).body)
    for name, hours in (("own", "9 bis 17 Uhr"), ("homeless", "8:30 bis 12:30 Uhr")):
        card = body[body.index(f'id="lage-{name}"') :].split('<li class="nr-row"')[0]
        closed, opened = card.split("<details")
        assert hours in closed
        assert hours in opened
    # Nobody finds a place today where one waits for weeks.
    assert "Familienwohnung auf Zeit" not in body


def test_without_scripts_a_filter_and_the_search_say_that_they_do_nothing(context: Context) -> None:
    """A link with a filter, or a word that is sent off, leads to the whole list or to the numbers: both say why."""
    directory, numbers = str(offer_pages.render_directory(context).body), str(home.render_help(context).body)
    told = directory[directory.index("data-without-scripts") :].partition("</p>")[0]
    assert "Filter brauchen JavaScript" in told
    assert 'href="../hilfe-sofort/"' in told
    assert re.search(
        r'<p data-without-scripts>Die Suche braucht JavaScript\. <a href="\.\./angebote/">', numbers
    )


@pytest.mark.guards(
    "Safety: help numbers are static links with the date of their check; the line for professionals is on no family page"
)
def test_emergency_numbers_come_first_and_carry_a_date(context: Context) -> None:
    body = str(home.render_help(context).body)
    numbers = re.findall(r'href="tel:([^"]+)"', body)
    assert numbers[:2] == ["110", "112"]
    # Said once for all, not below each; 110 and 112 nobody may call to see whether they answer.
    assert body.count("geprüft") == 1
    # Whatever is going on, its first number stands beside it before anything is opened, one that answers day and night.
    # Who is hungry is led to food.
    situations = dict(re.findall(r'<li class="nr-row" id="lage-([^"]+)">(.*?)<details', body, re.DOTALL))
    assert len(situations) > 10
    unanswered = {
        name
        for name, row in situations.items()
        if not re.search(r'href="tel:(110|112|116\d+|0800404\d+)"', row)
    }
    assert unanswered == {"hunger"}
    hungry = body[body.index('id="lage-hunger"') :]
    assert hungry.index('href="../themen/essen-kleidung/"') < hungry.index('href="tel:')
    # Who needs a bed tonight finds the refuge of the town with its number, before all lines of the country.
    here = body[body.index('id="hier"') : body.index('id="reden"')]
    assert (
        here.index("Frauenhaus Wegwarte")
        < here.index("tel:+494066969444")
        < here.index("Beratung für Frauen")
    )
    # Lines that aren't always open say when somebody answers, and a Land has its own poison line.
    assert "Tag und Nacht" in body
    assert "0551 19240" in body
    assert "030 19240" not in body


def test_numbers_that_nobody_answers_at_night_say_so_and_wait(context: Context) -> None:
    """First what somebody answers now; a line of its own topic stands with it, and tells its hours."""
    for body, first in (
        (home.render(context).body, ["110", "112", "116016", "116123"]),
        (topic_pages.render_youth(context).body, ["110", "112", "116111", "116016", "116123"]),
        (
            topic_pages.render_topic(context, "haeusliche-gewalt").body,
            ["110", "112", "116016", "08001239900"],
        ),
        (topic_pages.render_topic(context, "sexuelle-gewalt").body, ["110", "112", "08002255530", "116111"]),
    ):
        box = str(body)[str(body).index('<div class="nr-numbers"') :]
        box = box[: box.index("</div>")]
        opened, _, waiting = box.partition("<details")
        assert re.findall(r'href="tel:([^"]+)"', opened) == first
        assert "116006" in re.findall(r'href="tel:([^"]+)"', waiting)
    assert "Mo bis Sa 14 bis 20 Uhr" in str(topic_pages.render_youth(context).body)


def test_every_life_situation_is_a_tile_and_strengths_are_last(context: Context) -> None:
    body = str(home.render(context).body)
    tiles = re.findall(r'class="nr-tile[^"]*"><a href="themen/([^/]+)/"', body)
    assert tiles == [item.id for item in context.site.words.situations()]
    assert tiles[-1] == "zusammen"


@pytest.mark.guards("Safety: titles of crisis pages are true and quiet")
def test_pages_about_violence_have_a_quiet_title_and_a_way_out(context: Context) -> None:
    for page in (
        topic_pages.render_topic(context, "haeusliche-gewalt"),
        home.render_help(context),
        offer_pages.render_offer(context, "zuflucht-wegwarte"),
    ):
        assert page.title == "Beratung und Schutz"
        assert has_exit_bar(page)
    plain = topic_pages.render_topic(context, "schulden")
    assert plain.title != "Beratung und Schutz"
    assert not has_exit_bar(plain)


def test_protection_stands_before_everything_and_help_by_decision_last(context: Context) -> None:
    for key in ("gewalt", "erziehung", "jung"):
        groups = re.findall(
            r'<section aria-labelledby="([a-z]+)"', str(topic_pages.render_topic(context, key).body)
        )
        order = ["protection", "everyday", "regular", "infrastructure", "hze", "professionals", "violent"]
        assert groups == [name for name in order if name in groups], key
    body = text_of(topic_pages.render_topic(context, "gewalt"))
    assert "Kein Angebot ersetzt Ihren Anspruch" in body


def test_a_topic_without_offers_says_so_and_leads_on(context: Context) -> None:
    relations = replace(context.facts.relations, offers_by_topic={})
    bare = Context(context.site, replace(context.facts, relations=relations), context.lang)
    body = str(topic_pages.render_topic(bare, "schulden").body)
    assert "nr-empty" in body
    assert 'href="../../angebote/"' in body


def test_lists_lead_to_every_offer_without_scripts(context: Context) -> None:
    shown: list[str] = []
    for key in ["alle", *(key for key in list_keys(context.site, context.facts) if key.startswith("alle/"))]:
        part = part_of(context.facts, key)
        page = (
            offer_pages.render_directory(context) if key == "alle" else offer_pages.render_part(context, key)
        )
        cards = re.findall(r'data-id="([^"]+)"', str(page.body))
        assert tuple(cards) == part.offers
        assert len(cards) <= PER_PAGE
        shown += cards
    assert tuple(shown) == context.facts.lists[EVERY_OFFER]


@pytest.mark.guards("Law, paper, speed: paper shows what is needed; first load at most 150 kB, scripts 37 kB")
def test_a_list_page_is_light(context: Context) -> None:
    body = str(offer_pages.render_directory(context).body).encode()
    assert len(gzip.compress(body)) < 20_000


def test_the_offer_page_has_call_and_state_before_the_rest(context: Context) -> None:
    body = str(offer_pages.render_offer(context, "schuldnerberatung-diakonie").body)
    order = [
        body.index(part)
        for part in (
            "nr-lead", 'href="tel:', 'href="mailto:', 'href="#weg"', "data-open=", "Kosten", 'id="erstes-mal"',
        )
    ]  # fmt: skip
    assert order == sorted(order)
    assert body.count("13 bis 18 Uhr") == 1, "hours stand once"
    assert re.search(r'<button[^>]* data-remember="schuldnerberatung-diakonie"[^>]* hidden', body)


def test_crisis_entries_are_not_remembered_and_hide_where_they_are(context: Context) -> None:
    body = str(offer_pages.render_offer(context, "zuflucht-wegwarte").body)
    assert "data-remember" not in body
    assert 'id="weg"' not in body
    assert "geo:" not in body


def test_german_texts_are_marked_on_english_pages(english: Context) -> None:
    body = str(offer_pages.render_offer(english, "kita-vogelsang").body)
    alert = english.site.offers["kita-vogelsang"].alert
    assert alert is not None
    assert f'lang="de" dir="auto">{alert.text}' in body
    assert re.search(r'class="nr-lead" lang="de"', body)


def test_young_people_are_spoken_to_in_du() -> None:
    source = (TEMPLATES / "youth.html").read_text(encoding="utf-8")
    texts = re.findall(r'_\("([^"]+)"\)', source)
    assert len(texts) > 20
    assert not [text for text in texts if re.search(r"\b(Ihnen|Ihre[nmrs]?|Rufen Sie|Sie können)\b", text)]


def test_who_is_of_age_reads_that_the_right_to_a_safe_place_is_not_theirs_and_whom_to_ask(
    context: Context,
) -> None:
    """A flat that only an office can give isn't among them."""
    page = topic_pages.render_youth(context)
    part = str(page.body).partition('id="schutz"')[2].partition("<h2")[0]
    minors, _, grown = part.partition("Bist du 18 oder älter?")
    assert "unter 18" in minors
    assert "jugendschutzstelle-friedensweg" in minors
    assert "wohnungsnotfallhilfe-rathaus" in grown
    assert "familienwohnung-auf-zeit" not in grown


def test_an_old_wait_is_told_as_the_last_that_was_said_and_is_no_choice(context: Context) -> None:
    key = "familienpaten"
    offer, facts = context.site.offers[key], context.facts.offers[key]
    said = "Zuletzt am 19.10.2026: Wartezeit etwa 6 Wochen. Bitte nachfragen."
    assert said in text_of(offer_pages.render_offer(context, key))
    assert all(said in part for part in offer_cards(context, "", [key]))
    assert list(dict(choices_of(context, offer, facts))["platz"]) == []


def test_how_one_gets_in_names_no_one_who_refers(demo: Project) -> None:
    """Who refers a family is in the record alone; a prescription always comes from a surgery."""
    for context in demo.contexts:
        texts, words = context.texts, context.site.words
        named = [texts.name(one) for one in words.referrers.values()]
        said = [
            texts.of(way, "explanation").text
            for way in words.access_ways.values()
            if way.id != "prescription"
        ]
        assert not [(name, one) for one in said for name in named if name.casefold() in one.casefold()]


def young_pages(context: Context) -> list[Page]:
    """The page for young people, and those of their topics."""
    words = context.site.words
    own = [key for key in words.topics if words.situation_of(key) == topic_pages.YOUNG]
    assert len(own) > 5
    return [topic_pages.render_youth(context), *(topic_pages.render_topic(context, key) for key in own)]


def test_cards_that_young_people_read_speak_to_them(context: Context) -> None:
    """„Ihr“ at the beginning may be several of them; „Sie hilft“ is somebody else."""
    formal = re.compile(
        r"\b(Ihnen|Ihrem|Ihren|Ihres?|Ihre[rn]?)\b|\bIhr Kind|\bSie\b (?!hilft|ist|gehört)|[a-zäöü] Sie\b"
    )
    for page in young_pages(context):
        texts = [text for text in re.findall(r">([^<>]+)<", str(page.body)) if formal.search(text)]
        assert not texts, (page.path, texts)


def test_a_card_for_parents_speaks_to_parents(context: Context) -> None:
    """The same offer on two pages of one site: its card isn't kept from the first."""
    topic_pages.render_youth(context)
    key = "erziehungsberatung-alter-damm"
    own = context.site.offers[key].for_young
    assert own is not None
    assert own in text_of(offer_pages.render_offer(context, key))
    for part in offer_cards(context, "", [key]):
        assert "Sie brauchen keinen Antrag" in part
    for part in offer_cards(context, "", [key], young=True):
        assert own in part


def test_young_people_are_led_to_all_who_listen(context: Context) -> None:
    body = str(topic_pages.render_youth(context).body)
    count = len(context.facts.lists[OfferList("zugang", "ohne-eltern")])
    assert re.search(rf'href="[^"]*zugang/ohne-eltern/"[^>]*>Alle {count} Angebote', body)
    cards = re.findall(r'<li class="nr-card" data-id="([^"]+)"', body.partition('id="ohne-namen"')[2])
    assert cards[:3] == ["erziehungsberatung-jung-gefragt", "leise-chat", "liebe-und-so"]


def in_words(tmp_path: Path, call: str, data: dict[str, Any], argument: str, lang: str = "de") -> Any:
    """Return what a function of `open.js` says of a schedule at a moment or on a date."""
    for name in ("open.js", "hours.js", "words.js"):
        shutil.copy(ASSETS / "js" / name, tmp_path / name)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (tmp_path / "ask.js").write_text(
        "globalThis.window = {addEventListener() {}};\n"
        "globalThis.document = {documentElement: {lang: process.argv[4]}, getElementById: () => null,"
        " querySelectorAll: () => [], addEventListener() {}};\n"
        'const open = await import("./open.js");\n'
        f"const argument = {'process.argv[3]' if call == 'dayInWords' else 'new Date(process.argv[3])'};\n"
        f"console.log(JSON.stringify(open.{call}(JSON.parse(process.argv[2]), argument)));\n"
        "process.exit(0);\n",
        encoding="utf-8",
    )
    command = [needed("Node.js"), str(tmp_path / "ask.js"), json.dumps(data), argument, lang]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.parametrize(
    ("moment", "schedule", "lang", "expected"),
    [
        ("2026-11-20T10:00+01:00", [[540, 990]], "de", ("open", "jetzt offen bis 16:30 Uhr")),
        ("2026-11-20T08:00+01:00", [[840, 990]], "de", ("soon", "öffnet heute um 14 Uhr")),
        ("2026-11-19T23:00+01:00", [[540, 600]], "de", ("closed", "öffnet morgen um 9 Uhr")),
        ("2026-11-20T20:00+01:00", [[540, 600]], "de", ("closed", "öffnet am Fr, 27.11. um 9 Uhr")),
        ("2026-11-20T22:30+01:00", [[1320, 1440]], "de", ("open", "jetzt offen bis 24 Uhr")),
        ("2026-11-20T10:00+01:00", [[540, 990]], "en", ("open", "jetzt offen bis 4:30pm")),
        ("2026-11-20T10:00+01:00", [[540, 990, 1]], "de", None),
        ("2026-12-20T10:00+01:00", [[540, 990]], "de", None),
    ],
)
def test_states_in_words(
    tmp_path: Path, moment: str, schedule: list[list[int]], lang: str, expected: tuple[str, str] | None
) -> None:
    """The schedule's intervals hold on Fridays, until 30 November."""
    data = {"s": "2026-11-01", "u": "2026-11-30", "w": [[], [], [], [], schedule, [], []]}
    said = in_words(tmp_path, "inWords", data, moment, lang)
    assert (said and (said["state"], said["text"])) == expected


@pytest.mark.parametrize(
    ("entry", "friday", "expected"),
    [
        ("there", [[0, 1440]], ("there", "immer da")),
        ("there", [], None),
        ("", [[540, 990, 3, "Neujahr", 2]], ("ask", "Neujahr: bitte vorher nachfragen")),
        ("booked", [[540, 990]], ("afar", "mit Anmeldung: geöffnet bis 16:30 Uhr")),
        ("quiet", [[540, 990]], ("open", "jetzt erreichbar bis 16:30 Uhr")),
        ("quiet", [[0, 1440, 0, "", 2]], ("afar", "online: jetzt erreichbar bis 24 Uhr")),
        ("", [[540, 990, 0, "", 1]], ("afar", "am Telefon: jetzt offen bis 16:30 Uhr")),
        ("", [[540, 990, 0, "", 2], [600, 720]], ("open", "jetzt offen bis 12 Uhr")),
    ],
)
def test_how_one_comes_in_is_said_before(
    tmp_path: Path, entry: str, friday: list[list[Any]], expected: tuple[str, str] | None
) -> None:
    """On a Friday at ten; what is always there isn't there on a day on which a notice closes it."""
    data = {"s": "2026-11-01", "u": "2026-11-30", "w": [[]] * 7, "x": {"2026-11-20": friday}, "e": entry}
    said = in_words(tmp_path, "inWords", data, "2026-11-20T10:00+01:00")
    assert (said and (said["state"], said["text"])) == expected


@pytest.mark.parametrize(
    ("friday", "expected"),
    [
        ([[600, 720]], "Fr, 20.11.: 10 bis 12 Uhr"),
        ([[600, 720, 0, "", 1]], "am Telefon: Fr, 20.11.: 10 bis 12 Uhr"),
        ([[540, 600, 0, "", 1], [600, 720]], "Fr, 20.11.: 9 bis 12 Uhr"),
    ],
)
def test_a_day_of_a_telephone_says_so(tmp_path: Path, friday: list[list[Any]], expected: str) -> None:
    data = {"s": "2026-11-01", "u": "2026-11-30", "w": [[], [], [], [], friday, [], []]}
    assert in_words(tmp_path, "dayInWords", data, "2026-11-20") == expected


def test_what_is_free_is_free_for_the_young_too(context: Context) -> None:
    """As for filters and lists: what is free is decided in one place."""

    def free(context: Context) -> int:
        found = re.search(r"(\d+) davon kosten? nichts", text_of(topic_pages.render_youth(context)))
        return int(found[1]) if found else 0

    key = next(
        item
        for item in context.facts.youth.places[:3]
        if not OFFER_FLAGS["free"].holds(context.site, context.site.offers[item], context.facts.offers[item])
    )
    offer = context.site.offers[key].model_copy(update={"cost": "free"})
    site = replace(context.site, offers={**context.site.offers, key: offer})
    assert free(Context(site, context.facts, context.lang)) == free(context) + 1


def test_barriers_are_told_as_what_one_finds(demo: Project) -> None:
    """„Ohne Stufen: nein“ has to be read twice."""
    assert demo.site is not None
    assert demo.facts is not None
    context = demo.contexts[0]
    found: set[str] = set()
    for key, record in demo.site.offers.items():
        rows = glance_rows(context, record, demo.facts.offers[key], context.path("offer", key))
        found |= {
            part
            for row in rows
            if row.icon == "wheelchair-accessibility"
            for part in str(row.text).split(" · ")
        }
    assert found - {""} == {
        "Ohne Stufen", "Zum Teil ohne Stufen", "Mit Stufen", "Rollstuhlgerechte Toilette", "Toilette nur zum Teil rollstuhlgerecht",
        "Keine rollstuhlgerechte Toilette",
    }  # fmt: skip


def test_a_page_past_due_says_so_and_to_call_before(context: Context) -> None:
    late = [
        key
        for key, facts in context.facts.offers.items()
        if facts.overdue and context.site.offers[key].checked
    ]
    assert late
    for key in late[:5]:
        body = str(offer_pages.render_offer(context, key).body)
        checked = context.site.offers[key].checked
        assert checked is not None
        said = f"Zuletzt geprüft im {context.texts.month(checked)}. Rufen Sie vorher an."
        assert -1 < body.find(said) < body.index('class="nr-glance"'), "before what is told at a glance"


def test_a_card_with_further_languages_names_german_too_where_it_is_spoken(context: Context) -> None:
    offers = context.site.offers
    both = [key for key, offer in offers.items() if {"de", "tr"} <= set(offer.languages)]
    german = [key for key, offer in offers.items() if offer.languages == ("de",)]
    assert both
    assert all("</span>Deutsch, " in card for card in offer_cards(context, "", both))
    assert not any("</span>Deutsch" in card for card in offer_cards(context, "", german))


def test_a_place_past_its_own_due_day_says_so_and_is_not_counted_as_checked_in_time(tmp_path: Path) -> None:
    place = "resources/places/treff.yml"
    files = {
        "site_config.yml": FILES["site_config.yml"] + "check_every: {places: 12 months}\n",
        place: FILES[place] + "checked: 2026-03-04\ncheck_every: 6 months\n",
    }
    for day, said, in_time in (
        ("2026-09-03", "Geprüft am", "1"),
        ("2026-09-05", "Zuletzt geprüft im März 2026. Rufen Sie vorher an.", "0"),
    ):
        project = prepare(write(write_town(tmp_path / day), files), dt.date.fromisoformat(day))
        body = str(place_pages.render(project.contexts[0], "treff").body)
        assert said in body
        words = text_of(about_the_site.render_data(project.contexts[0])).split()
        assert words[words.index("Orte") + 2] == in_time
