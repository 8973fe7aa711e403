"""Languages with the most necessary: their pages, which words stand there, what leads to them, and what never stands in them."""

import json
import re
from pathlib import Path

import pytest

from generator.model.config import DoorLanguage
from generator.model.vocabulary import Word
from generator.pipeline.build import Project, prepare
from generator.pipeline.plan import data_files, plan_site
from generator.pipeline.write import Frames, make_page
from generator.render.base.texts import Texts, Translated
from generator.render.data_files.search_entries import directory_order, entries, shown_files
from tests.chance import every
from tests.conftest import TODAY
from tests.edit.towns import write_town
from tests.refuges import HOUSE, REFUGE, write

LANGUAGES: tuple[str, ...] = DoorLanguage.__args__  # type: ignore[attr-defined]
OWN = ("", "hilfe-sofort/", "angebote/")


@pytest.fixture(scope="module")
def frames(demo: Project) -> Frames:
    return Frames(plan_site(demo))


def document(frames: Frames, path: str) -> str:
    return frames.document(make_page(frames.plan, path))


def paths_in(frames: Frames, lang: str) -> list[str]:
    return [path for path, page in frames.plan.pages.items() if page.lang == lang]


def test_every_offer_that_one_can_use_and_every_week_has_its_page_and_nothing_else_has(
    frames: Frames, demo: Project
) -> None:
    assert demo.facts is not None
    offers = {f"angebote/{key}/" for key, facts in demo.facts.offers.items() if facts.active}
    weeks = {path for path in paths_in(frames, "de") if path.endswith("/diese-woche/")}
    assert len(weeks) > 20
    for lang in LANGUAGES:
        assert {path.removeprefix(f"{lang}/") for path in paths_in(frames, lang)} == {*OWN, *offers, *weeks}


def test_an_offer_past_due_says_so_in_every_language(frames: Frames, demo: Project) -> None:
    assert demo.facts is not None
    assert demo.site is not None
    late = [key for key, facts in demo.facts.offers.items() if facts.active and facts.overdue]
    days = {key: checked for key in late if (checked := demo.site.offers[key].checked)}
    assert days
    for lang in LANGUAGES:
        texts = frames.plan.contexts[lang].texts
        said = texts.gettext("Zuletzt geprüft im {month}. Rufen Sie vorher an.")
        for key, checked in days.items():
            page = document(frames, f"{lang}/angebote/{key}/")
            assert -1 < page.find(said.format(month=texts.month(checked))) < page.index('class="nr-glance"')


def test_the_list_of_a_language_names_every_offer_that_has_a_page_in_it(
    frames: Frames, demo: Project
) -> None:
    """All but what protects: that stands with the numbers alone."""
    assert demo.facts is not None
    shown = {key for key, facts in demo.facts.offers.items() if facts.active and not facts.sensitive}
    assert set(directory_order(demo.contexts[0])) <= {
        key for key, facts in demo.facts.offers.items() if facts.active
    }
    for lang in LANGUAGES:
        linked = set(re.findall(r'href="([a-z0-9-]+)/"', document(frames, f"{lang}/angebote/")))
        assert linked & set(demo.facts.offers) == shown, lang


@pytest.fixture
def untranslated(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """What pages ask the catalogues for in vain, by language."""
    found: dict[str, set[str]] = {lang: set() for lang in LANGUAGES}
    gettext, ngettext, of = Texts.gettext, Texts.ngettext, Texts.of

    def asked(texts: Texts, message: str) -> None:
        if texts.lang in found and message not in texts._messages:
            found[texts.lang].add(message)

    def spy_gettext(self: Texts, message: str) -> str:
        asked(self, message)
        return gettext(self, message)

    def spy_ngettext(self: Texts, one: str, many: str, number: int) -> str:
        asked(self, one)
        return ngettext(self, one, many, number)

    def spy_of(self: Texts, record: object, field: str) -> Translated:
        value = of(self, record, field)
        if self.lang in found and isinstance(record, Word) and value.lang:
            found[self.lang].add(f"{type(record).__name__}.{field}: {value.words}")
        return value

    monkeypatch.setattr(Texts, "gettext", spy_gettext)
    monkeypatch.setattr(Texts, "ngettext", spy_ngettext)
    monkeypatch.setattr(Texts, "of", spy_of)
    return found


@pytest.mark.parametrize("languages", every((("ar",), LANGUAGES), [("ar",)]), ids=len)
def test_no_word_of_these_pages_is_missing_in_the_catalogues(
    demo: Project, untranslated: dict[str, set[str]], languages: tuple[str, ...]
) -> None:
    """What people wrote beside hours and dates is the town's own."""
    assert demo.site is not None
    assert demo.facts is not None
    told: set[str] = {item.label for item in demo.site.words.topics.values() if hasattr(item, "label")}
    for facts in demo.facts.offers.values():
        for schedule in filter(
            None, (facts.schedule, facts.phone_schedule, *(s.schedule for s in facts.stops))
        ):
            told |= {interval.comment for day in schedule.week for interval in day if interval.comment}
            for exception in (*schedule.exceptions, *schedule.beyond):
                told |= {exception.reason or ""} | {i.comment for i in exception.intervals if i.comment}
    frames = Frames(plan_site(demo.showing()))
    for lang in languages:
        for path in paths_in(frames, lang):
            document(frames, path)
        assert untranslated[lang] - told == set(), lang


def test_language_direction_and_the_way_back_are_said(frames: Frames) -> None:
    for lang in LANGUAGES:
        html = document(frames, f"{lang}/")
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in html
        assert re.search(r'<a href="[./]+" hreflang="de">', html)
        # What the law asks for is German, and says so.
        assert '<a href="../impressum/" lang="de" dir="auto" hreflang="de">Impressum</a>' in html


LATIN_COMMA = re.compile(r".{0,20}(?:[\u0621-\u064a]\)?,|, ?[\u0621-\u064a]).{0,20}")


def test_arabic_pages_have_their_own_comma(frames: Frames) -> None:
    """Between days, dates, languages, costs; an address is German. Lists of days and each date with its weekday had the Latin one."""
    paths = paths_in(frames, "ar")
    assert len(paths) > 100
    for path in paths:
        shown = re.sub(r"<(script|style)\b.*?</\1>", "", document(frames, path), flags=re.DOTALL)
        assert LATIN_COMMA.findall(re.sub(r"<[^>]+>", "\n", shown)) == [], path


def test_every_page_knows_the_same_page_in_the_other_languages(frames: Frames, demo: Project) -> None:
    assert demo.site is not None
    url = demo.site.config.url.rstrip("/") + "/"
    for lang in ("de", "en", "tr", "ar", "uk"):
        own = "" if lang == "de" else f"{lang}/"
        html = document(frames, f"{own}angebote/elterncafe-birkenkoppel/")
        for other in ("", "en/", "tr/", "ar/", "uk/"):
            there = f"{url}{other}angebote/elterncafe-birkenkoppel/"
            assert f'<link rel="alternate" hreflang="{other[:-1] or "de"}" href="{there}">' in html
        switch = html[html.index('<ul class="nr-lang__list">') : html.index("</details>")]
        assert re.findall(r' lang="([^"]+)"', switch) == ["de", "en", *LANGUAGES]
        # No search engine knows a tag that isn't registered.
        assert 'alternate" hreflang="de-x-ls"' not in html


def test_from_pages_that_a_language_lacks_one_comes_to_its_first(frames: Frames) -> None:
    html = document(frames, "sozialraeume/")
    assert '<a href="../tr/" lang="tr" hreflang="tr">' in html


def test_german_stands_in_arabic_marked_and_from_left_to_right(frames: Frames) -> None:
    html = document(frames, "ar/angebote/deutschkurs-mit-kindern/")
    assert '<h1><bdi lang="de" dir="ltr">Deutschkurs mit Kinderbetreuung</bdi></h1>' in html
    assert '<bdi dir="ltr">Dahlienweg 10, 22998 Auenstedt</bdi>' in html
    assert "من الاثنين إلى الخميس" in html
    # The name of another host is no German.
    main = html[html.index("<main") : html.index("</main>")].replace("openstreetmap.org", "")
    bare = re.sub(r'<(bdi|blockquote|p|div|span|a)\b[^>]*lang="de".*?</\1>', "", main, flags=re.DOTALL)
    assert not re.search(
        r"[a-zäöü]{4,}",
        re.sub(r'<[^>]+>|<bdi dir="ltr">.*?</bdi>', " ", re.sub(r'<bdi dir="ltr">.*?</bdi>', "", bare)),
    )


@pytest.mark.parametrize("lang", every(("uk", "ar"), {"uk"}))
def test_no_heading_link_or_button_is_german_without_saying_so(
    frames: Frames, demo: Project, lang: str
) -> None:
    """German letters stand out in these two; Turkish pages have the same templates. Streets, mail and hosts are names."""
    assert demo.site is not None
    areas = [re.escape(space.name) for space in demo.site.spaces.values()]
    own_names = (*sorted(areas, key=len, reverse=True), *demo.site.config.name.split(), "Signal", "WhatsApp")
    names = re.compile("|".join((*own_names, r"\S+[.@]\S+")))
    for path in paths_in(frames, lang):
        html = document(frames, path)
        shown = re.sub(r"<(script|style|head)\b.*?</\1>", "", html, flags=re.DOTALL)
        foreign = rf'<(\w+)\b[^>]*\blang="(?!{lang})[^"]*"[^>]*>.*?</\1>'
        own = re.sub(foreign, "", shown.replace(f'<html lang="{lang}"', "<html"), flags=re.DOTALL)
        for element in re.findall(
            r"<(?:h[1-6]|a|button|summary|label|dt|th)\b.*?</(?:h[1-6]|a|button|summary|label|dt|th)>",
            own,
            re.DOTALL,
        ):
            text = names.sub("", re.sub(r"<bdi dir=\"ltr\">.*?</bdi>|<[^>]+>", " ", element))
            assert not re.search(r"[A-Za-zÄÖÜäöüß]{4,}", text), (path, text)


def test_a_hit_says_in_the_language_what_it_is_and_german_words_say_so(frames: Frames) -> None:
    """What stands in brackets is the German term, by which one asks for it; the index it belongs to is the German one."""
    there = {lang: list(entries(frames.plan.contexts[lang])) for lang in ("de", "uk")}
    assert [(entry.kind, entry.concepts) for entry in there["uk"]] == [
        (entry.kind, entry.concepts) for entry in there["de"]
    ]
    latin = re.compile(r"[A-Za-zÄÖÜäöüß]{4,}")
    for entry in there["uk"]:
        if not entry.language:
            own = re.sub(r"\([^)]*\)", "", f"{entry.title} {entry.subtitle} {entry.lead}")
            assert not latin.search(own), entry
        elif entry.kind == "offer":
            assert entry.lead
    advice = next(entry for entry in there["uk"] if entry.title == "Schuldnerberatung an der Aue")
    assert (advice.language, advice.lead) == ("de", "Консультація щодо боргів · Борги")
    assert advice.url == "angebote/schuldnerberatung-diakonie/"


def test_filters_that_a_query_names_are_called_as_the_language_calls_them(frames: Frames) -> None:
    names = json.loads(shown_files(frames.plan.contexts["uk"])["search/shown.uk.json"])["filters"]
    assert (names["kostenlos"], names["Türkisch"]) == ("безкоштовно", "турецька")


def test_a_page_says_what_is_open_as_its_hit_does(frames: Frames) -> None:
    html = document(frames, "uk/angebote/schuldnerberatung-diakonie/")
    assert re.search(r'<dd><span class="nr-open" data-open="[^"]+" hidden></span>', html)
    assert "jetzt offen bis {time}" in html, "words of the scripts are there"


def test_no_sentence_ends_with_two_full_stops(frames: Frames) -> None:
    """A Ukrainian date ends with „р.“, and so do sentences."""
    for path in ("uk/angebote/sommerreise-ostsee/", "uk/sozialraeume/alt-heidkamp/diese-woche/"):
        assert ".." not in re.sub(r"<[^>]+>", "", document(frames, path).partition("<main")[2])


def test_a_hit_says_no_cost_by_a_german_unit(demo: Project) -> None:
    told = {one.lang: str([entry.facts for entry in entries(one)]) for one in demo.contexts}
    assert [lang for lang, facts in told.items() if "warmes Essen" in facts] == ["de"]


def test_the_box_of_danger_speaks_the_language_first(frames: Frames) -> None:
    files: dict[str, bytes] = {}
    for make in data_files(frames.plan):
        files |= {path.rpartition("/")[2]: content for path, content in make().items()}
    assert json.loads(files["danger.uk.json"])["own"] == ["uk", "de"]
    assert "danger.de-x-ls.json" not in files
    assert {f"shown.{lang}.json" for lang in LANGUAGES} <= set(files)


def test_words_say_the_same_as_in_german(frames: Frames) -> None:
    """One offer in each language, read against its record: who, when, what it costs, how one gets in."""
    said = {
        "tr": ("Kurs", "Pazartesi – Perşembe", "08:30 – 11:45", "1–5 yaş", "Kayıt gerekli", "3 boş yer"),
        "uk": ("Курс", "понеділок – четвер", "08:30 – 11:45", "1–5 років", "За записом", "3 вільні місця"),
        "ar": ("دورة", "من 08:30 إلى 11:45", "من 1 إلى 5 سنوات", "بتسجيل مسبق", "3 أماكن شاغرة"),
        "de-x-ls": ("Kurs", "Montag bis Donnerstag", "8:30 bis 11:45 Uhr", "Sie müssen sich anmelden"),
    }
    for lang, parts in said.items():
        html = document(frames, f"{lang}/angebote/deutschkurs-mit-kindern/")
        assert [part for part in parts if part not in html] == [], lang
        assert 'href="tel:+494066969167"' in html


def test_a_draft_says_so_until_somebody_has_read_the_crisis_text(tmp_path: Path) -> None:
    write_town(tmp_path)
    config = tmp_path / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "first_doors: [tr]\n", "utf-8")
    text = "---\ntitle: Yardım\n{}---\n\nArayın.\n"
    for reviewed, draft in (("", True), ("reviewed: {by: Frauenberatung, date: 2026-10-01}\n", False)):
        write(tmp_path, {"content/tr/hilfe-sofort/sicher.md": text.format(reviewed)})
        frames = Frames(plan_site(prepare(tmp_path, TODAY)))
        for path in ("tr/", "tr/hilfe-sofort/", "tr/angebote/"):
            assert ("Taslak:" in document(frames, path)) == draft, path


def test_what_protects_stands_on_the_page_of_help_alone_and_never_says_where(tmp_path: Path) -> None:
    write_town(tmp_path)
    config = tmp_path / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "first_doors: [tr, ar]\n", "utf-8")
    write(tmp_path, REFUGE)
    write(tmp_path, {HOUSE: REFUGE[HOUSE] + "languages: [de, tr, ar]\n"})
    frames = Frames(plan_site(prepare(tmp_path, TODAY)))
    for lang in ("tr", "ar"):
        for path in ("", "angebote/"):
            assert "Lichtblick" not in document(frames, f"{lang}/{path}")
        helping = document(frames, f"{lang}/hilfe-sofort/")
        own = document(frames, f"{lang}/angebote/lichtblick/")
        assert "040 66969-910" in helping
        for html in (helping, own):
            assert "data-exit" in html
            assert not re.search(r"Kranichmoor|Reiherbruch|Kallmorgen", html)
        assert "<title>Schutz" not in own
