"""What the index files hold, read by the browser's own code."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path

import pytest
from babel import Locale
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from bench.topic_model import unpacked
from generator.model.names_and_ids import slug
from generator.render.frame.families import MADE, made_files, script_file, with_imports
from generator.search.entry_types import Concept, Entry, Lexicon, NamedFilter, SearchSynonym
from generator.search.index import build
from generator.search.packing import ALPHABET, SEPARATOR, distances, pack_numbers
from generator.search.word_forms import _STOP_WORDS, CLOCK_WORDS, fold, fold_words, stop_words, words

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))
KINDS = {"offer": "Angebote", "topic": "Themen"}
CONCEPTS = {"schulden": Concept("Schulden", "Das Geld reicht nicht"), "trauer": Concept("Trauer")}
SYNONYMS = [
    SearchSynonym("de", ("Geldsorgen", "Strom abgestellt"), ("schulden",)),
    SearchSynonym("de", ("Spielgruppe",), ("Eltern-Kind-Gruppe",)),
    SearchSynonym("en", ("debt",), ("schulden",)),
]
ENTRIES = [
    Entry(0, "angebote/schuldnerberatung/", "offer", "Schuldnerberatung", "Diakonie", ("Süd", "kostenlos"), ("schulden",),
          {"summary": "Wir ordnen Ihre Rechnungen.", "provider": "Diakonie an der Aue", "description": "Mit Ruhe. " * 30}),
    Entry(1, "angebote/eltern-kind-gruppe-nord/", "offer", "Eltern-Kind-Gruppe", "DRK", ("Nord", ""), (),
          {"summary": "Für Kinder in den Häusern am Mühlenweg, nahe der Straße zum Hafen."}),
    Entry(2, "angebote/trauercafe/", "offer", "Café für Trauernde", "", ("", "5 Euro"), ("trauer",),
          {"description": "Im Haus. ÄRGER erlaubt, AWO dabei."}),
    Entry(3, "themen/schulden/", "topic", "Schulden", "", (), ("schulden",), language="en"),
]  # fmt: skip


def files(entries=ENTRIES):
    return build(entries, Lexicon("de", CONCEPTS, SYNONYMS), kinds=KINDS)


@pytest.fixture(scope="module")
def find(engine):
    """A function from a query to the urls that are found by the title part and by both parts."""

    def search(query):
        answer = engine(files(), [query])
        return tuple([ENTRIES[place].url for place in answer[part][0]["ids"]] for part in ("title", "full"))

    return search


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"] or "nothing")
def test_folding_in_python(vector):
    text = vector["text"]
    assert {"text": text, "fold": fold(text), "words": words(text), "slug": slug(text)} == vector


def test_folding_in_the_browser(engine):
    assert engine(texts=[vector["text"] for vector in VECTORS])["texts"] == VECTORS


@pytest.mark.guards("Search: spellings meet, parts of compounds, lay words and typos find")
@pytest.mark.parametrize(
    "same",
    [
        ("Straße", "Strasse"),
        ("Muenchen", "München", "Munchen"),
        ("Häuser", "Haeuser"),
        ("Bäuerin", "Baeuerin"),
        ("İstanbul", "istanbul"),
        ("مُسَاعَدَة", "مساعدة"),
    ],
)
def test_spellings_meet(same):
    assert len({fold(word) for word in same}) == 1


@given(st.text("abdeilnorstuäöüß", max_size=12))
def test_case_and_composition_make_no_difference(word):
    assert fold(word) == fold(word.upper()) == fold(unicodedata.normalize("NFD", word))


@given(st.text(max_size=40))
def test_words_have_nothing_but_letters_numbers_and_marks(text):
    assert all(unicodedata.category(letter)[0] in "LNM" for word in words(text) for letter in word)


@given(st.lists(st.integers(0, 10**6), max_size=50))
def test_numbers_are_packed_without_escapes(numbers):
    packed = pack_numbers(numbers)
    assert set(packed) <= set(ALPHABET)
    assert SEPARATOR not in packed
    assert list(unpacked(packed)) == numbers


def test_negative_numbers_are_refused():
    with pytest.raises(ValueError, match="-1"):
        pack_numbers([-1])


def test_distances_add_up():
    assert distances([2, 2, 7]) == [2, 0, 5]


def test_the_browser_reads_what_python_wrote(engine):
    answer = engine(files(), [])
    assert answer["urls"] == [entry.url for entry in ENTRIES]
    for entry, read in zip(ENTRIES, answer["entries"], strict=True):
        assert read["title"] == entry.title
        assert read["subtitle"] == entry.subtitle
        assert read["facts"] == [fact for fact in entry.facts if fact]
        assert read["kind"] == {"id": entry.kind, "label": KINDS[entry.kind]}
        assert read["language"] == (entry.language or None)
    assert {"strasse", "hausern", "haus", "geldsorgen", "arger"} <= set(answer["forms"])
    assert {"Straße", "Häusern", "AWO", "Geldsorgen"} <= set(answer["spelling"])
    assert len(answer["forms"]) == len(set(answer["forms"]))


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("schuldnerberatung", "angebote/schuldnerberatung/"),
        ("Beratung", "angebote/schuldnerberatung/"),
        ("Schuldnerbratung", "angebote/schuldnerberatung/"),
        ("Schudlnerberatung", "angebote/schuldnerberatung/"),
        ("Geldsorgen", "angebote/schuldnerberatung/"),
        ("Strom wurde abgestellt", "angebote/schuldnerberatung/"),
        ("Spielgruppe", "angebote/eltern-kind-gruppe-nord/"),
        ("Elternkindgruppe", "angebote/eltern-kind-gruppe-nord/"),
        ("Cafe", "angebote/trauercafe/"),
        ("trau", "angebote/trauercafe/"),
    ],
)  # fmt: skip
def test_titles_and_lay_words_need_the_title_part_only(find, query, url):
    by_title, by_both = find(query)
    assert url in by_title[:2]
    assert url in by_both[:2]


@pytest.mark.parametrize("query", ["Strasse", "Straße", "Muehlenweg", "Mühlenwege", "haeuser"])
def test_other_texts_need_the_full_part(find, query):
    by_title, by_both = find(query)
    assert "angebote/eltern-kind-gruppe-nord/" not in by_title
    assert "angebote/eltern-kind-gruppe-nord/" in by_both


def test_words_of_another_language_come_with_the_full_part(find):
    """What stands for money in English finds the German entry; it isn't there before it is needed."""
    title, full = find("debt")
    assert title == []
    assert set(full) == {ENTRIES[0].url, ENTRIES[3].url}
    assert find("my debts")[1] == full


def test_an_age_fits_or_does_not(engine):
    """A number with its unit is no word; what is for others is left out, what is for few years comes first."""
    entries = [
        Entry(0, "angebote/a/", "offer", "Turnen A", ages=(0, 71, 0, 0)),
        Entry(1, "angebote/b/", "offer", "Turnen B", ages=(96, 240, 0, 0)),
        Entry(2, "angebote/c/", "offer", "Turnen C", ages=(108, 131, 0, 0)),
    ]
    asked = ["Turnen 9 Jahre", "Turnen 9-jährig", "Turnen 3. Klasse", "9 лет Turnen", "Turnen 10 Monate"]
    answers = engine(files(entries), asked)["full"]
    # „old“ behind an age asks for nothing.
    assert engine(files(entries), ["Turnen 9 years old"])["full"][0]["facets"][0]["places"] == [1, 2, 3]
    assert [answer["ids"] for answer in answers] == [[2, 1]] * 4 + [[0]]
    assert [facet["months"] for answer in answers for facet in answer["facets"]] == [108, 108, 108, 108, 10]
    # What is for parents, whatever their age, waits behind what is for their child; who says their own age is too young for it.
    entries[0] = Entry(0, "angebote/a/", "offer", "Turnen A", ages=(216, None, 0, 1))
    answers = engine(files(entries), ["Turnen 9 Jahre", "Turnen bin 9"])["full"]
    assert [answer["ids"] for answer in answers] == [[2, 1, 0], [2, 1]]
    # „3an“ is Arabic in Latin letters: about, from; a time of day is nobody's age.
    times = [
        "Turnen 5:30",
        "Turnen з 17:15",
        "Turnen з 6 ранку",
        "saat 6 Turnen",
        "Turnen 7 heures",
        "Turnen ab 6 Uhr",
    ]
    # What is numbered isn't aged.
    numbered = [
        "Turnen Haus 3",
        "Turnen § 8",
        "Turnen Steuerklasse 2",
        "Pflegegrad 3 Turnen",
        "Buslinie 12 Turnen",
    ]
    answers = engine(files(entries), ["infasalt 3an zawji", *times, *numbered])["full"]
    assert [answer["facets"] for answer in answers] == [[]] * 12
    answers = engine(
        files(entries), ["Turnen Klasse 3 Nachhilfe", "Turnen 3 класс", "3. sınıf Turnen", "Turnen 9"]
    )["full"]
    assert [facet["months"] for answer in answers for facet in answer["facets"]] == [108] * 4


def test_a_filter_named_in_the_words_leaves_out_offers_and_nothing_else(engine):
    """What is guarded is never left out; a filter that no offer fits is none; who types only a language or an area isn't filtering."""
    entries = [
        Entry(0, "angebote/a/", "offer", "Gruppe A", concepts=("tuerkisch",)),
        Entry(1, "angebote/b/", "offer", "Gruppe B"),
        Entry(2, "angebote/c/", "offer", "Zuflucht", concepts=("zuflucht",), guarded=True),
        Entry(3, "angebote/d/", "offer", "Chor D"),
        Entry(4, "themen/gruppe/", "topic", "Gruppe"),
    ]
    built = build(
        entries,
        Lexicon(
            "de",
            {"tuerkisch": Concept("Türkisch"), "zuflucht": Concept("Zuflucht", guarded=True)},
            [
                SearchSynonym("tr", ("türkçe",), ("tuerkisch",)),
                SearchSynonym("de", ("Gruppe",), ("zuflucht",)),
            ],
        ),
        kinds=KINDS,
        filters=[
            NamedFilter("Türkisch", ("Türkisch",), "tuerkisch", alone=False),
            NamedFilter("überall", (), entries=(1,)),
            NamedFilter("übersetzt", (), entries=(1, 3)),
            NamedFilter("Alte Mühle", ("Alte Mühle",), entries=(0,), shared="überall", alone=False),
            NamedFilter("Farsi", ("Farsi",), "farsi", also=("übersetzt",), alone=False),
        ],
    )
    asked = [
        "Gruppe türkische", "Gruppe türkçe", "Gruppe alte Mühle", "Chor türkisch", "Farsi", "Gruppe Farsi",
    ]  # fmt: skip
    answers = engine(built, asked)["full"]
    offers = [{id for id in answer["ids"] if id < 4} for answer in answers]
    assert offers[:2] == [{0, 2}] * 2
    assert {0, 1} <= offers[2]
    assert 3 in offers[3]
    assert offers[5] == {1, 2}, "nobody speaks it, and somebody interprets"
    named = [[(facet["label"], facet["places"]) for facet in answer["facets"]] for answer in answers]
    assert named == [[("Türkisch", [1])]] * 2 + [
        [("Alte Mühle", [1, 2])],
        [],
        [],
        [("Farsi", [1])],
    ]
    assert 4 in answers[0]["ids"]


def test_what_is_asked_beside_a_person_counts(engine):
    """„Mein Sohn“ says nothing of what is looked for: what has the other word comes first."""
    entries = [
        Entry(0, "angebote/a/", "offer", "Sohn und Vater"),
        Entry(
            1, "angebote/b/", "offer", "Trauergruppe", texts={"description": "Trauer hat viele Gesichter."}
        ),
    ]
    assert engine(files(entries), ["mein Sohn Trauer"])["full"][0]["ids"][0] == 1


def test_what_is_for_some_alone_waits_until_they_are_named(engine):
    entries = [
        Entry(0, "angebote/a/", "offer", "Trauergruppe", concepts=("dads",), only_for=("dads",)),
        Entry(1, "angebote/b/", "offer", "Trauergruppe"),
    ]
    concepts = {"dads": Concept("Väter", said=("papa",))}
    built = build(entries, Lexicon("de", concepts), kinds=KINDS)
    answers = engine(built, ["Trauergruppe", "Trauergruppe Papa", "Trauergruppe Väter"])["full"]
    assert [answer["ids"][0] for answer in answers] == [1, 0, 0]


def lay_words(engine, queries, synonyms, titles):
    """The places that queries find first, where offers of these titles are each of a concept of its own."""
    entries = [
        Entry(place, f"angebote/{place}/", "offer", title, concepts=(f"c{place}",))
        for place, title in enumerate(titles)
    ]
    concepts = {f"c{place}": Concept(title) for place, title in enumerate(titles)}
    rows = [SearchSynonym("de", words, means) for words, means in synonyms]
    built = build(entries, Lexicon("de", concepts, rows), kinds=KINDS)
    return [answer["ids"][:1] for answer in engine(built, queries)["full"]], built


@pytest.mark.parametrize("query", ["unterhaltzforschus", "Unterhalts forschuss", "leih ohma", "Sprach kaffe"])
def test_what_sounds_alike_and_what_is_written_apart_is_the_same_word(engine, query):
    titles = ["Leihen und Kaffee", "Unterhaltsvorschuss", "Leihoma", "Sprachcafé", "Unterhaltung mit Sprache"]
    found, _ = lay_words(engine, [query], [], titles)
    assert found == [[{"u": 1, "l": 2, "s": 3}[query[0].lower()]]]


def test_a_lay_phrase_says_nothing_of_the_words_beside_it(engine):
    """„Wer zahlt“ is a phrase for somebody who knows; who says what for is looking for that."""
    found, _ = lay_words(
        engine,
        ["wer zahlt die Klassenfahrt"],
        [(("wer zahlt",), ("c0",)), (("teure Klassenfahrt",), ("c1",))],
        ["Lotsin", "Bildungspaket zahlt", *(f"Zahlt {name}" for name in "ABCDEFGH")],
    )
    assert found == [[1]]


def test_an_abbreviation_is_itself_before_it_is_inside_of_others(engine):
    found, _ = lay_words(
        engine,
        ["ISE"],
        [(("ISE",), ("c1",))],
        ["Reise", "Einzelbetreuung", "Kreise"],
    )
    assert found == [[1]]


def test_a_lay_word_of_several_concepts_stands_once(engine):
    found, built = lay_words(
        engine,
        ["Ebbe", "Ebbe im Geldbeutel", "Flut"],
        [(("Ebbe", "Ebbe im Geldbeutel"), ("c0", "c1")), (("Flut",), ("c1",))],
        ["Schulden", "Beratung", "Treff"],
    )
    assert found == [[0], [0], [1]]
    text = built["search/title.de.json"].decode()
    assert text.count("Ebbe im Geldbeutel") == 1
    assert text.count("Flut") == 1


def test_synonyms_are_not_displayed(engine):
    entries = json.dumps(engine(files(), [])["entries"])
    assert "Geldsorgen" not in entries


def test_what_is_spelt_alike_is_said_in_its_own_spelling_and_no_lay_word(engine):
    shown, lay = engine(files(), ["schuldnerbratung Hilfe", "Geldsorgne"])["title"]
    assert shown["alike"] == [{"typed": "schuldnerbratung", "text": "Schuldnerberatung"}]
    assert lay["alike"] == []


def test_nothing_is_found_for_nonsense(find):
    assert find("xqzwv") == ([], [])
    assert find("…") == ([], [])
    assert find("constructor __proto__ ~ \\") == ([], [])


def test_all_words_come_before_some(engine):
    answer = engine(files(), ["Eltern Gruppe Straße"])["full"][0]
    assert answer["ids"][0] == 1
    assert answer["all"] == 1


def test_the_same_input_gives_the_same_bytes():
    shuffled = [SearchSynonym(one.language, one.words, one.means) for one in SYNONYMS]
    again = build(
        list(ENTRIES),
        Lexicon("de", dict(reversed(CONCEPTS.items())), shuffled),
        kinds=dict(KINDS),
    )
    assert again == files()


def test_an_empty_site_has_an_index(engine):
    assert engine(files([]), ["Hilfe"])["full"][0]["ids"] == []


def test_a_topic_without_offers_is_a_reason_for_a_no_and_never_a_hit(engine):
    entries = [
        Entry(0, "angebote/0/", "offer", "Hallenbad", concepts=("trauer",)),
        Entry(1, "themen/schulden/", "topic", "Schulden", concepts=("schulden",), absent=True),
    ]
    found = engine(files(entries), ["Geldsorgen", "Hallenbad"])["full"]
    assert [(one["ids"], one["kind"], one["elsewhere"]) for one in found] == [
        ([], "no", [1]),
        ([0], "hits", []),
    ]


def test_no_no_stands_above_what_has_every_word(engine):
    """A summary says what an empty topic is called by, which denies nothing; a row of elsewhere helps as well."""
    entries = [
        Entry(0, "angebote/0/", "offer", "Ferienspaß", texts={"summary": "Basteln und Schwimmen"}),
        Entry(1, "themen/schulden/", "topic", "Schulden", concepts=("schulden",), absent=True),
        Entry(2, "https://vhs.example/", "elsewhere", "Volkshochschule", concepts=("trauer",), guarded=True, absent=True),
    ]  # fmt: skip
    synonyms = [SearchSynonym("de", ("Basteln",), ("schulden",)), SearchSynonym("de", ("Schwimmen",), ("trauer",))]  # fmt: skip
    concepts = {"schulden": Concept("Schulden"), "trauer": Concept("", guarded=True)}
    kinds = {"offer": "Angebote", "topic": "Themen", "elsewhere": "Anderswo"}
    made = build(entries, Lexicon("de", concepts, synonyms), kinds=kinds)
    found = engine(made, ["Basteln für Kinder", "Schwimmen", "Basteln Geige"])["full"]
    assert [(one["kind"], one["ids"], one["elsewhere"]) for one in found] == [
        ("hits", [0], []),
        ("hits", [0], [2]),
        ("no", [0], [1]),
    ]


def test_ids_are_places():
    with pytest.raises(ValueError, match="angebote/trauercafe/"):
        files([ENTRIES[2]])


def test_others_have_their_turn_while_the_index_is_read(engine):
    """After 25 ms, wherever it is; what is found is the same."""
    many = [
        Entry(number, f"angebote/angebot-{number}/", "offer", f"Angebot {number}", concepts=("schulden",))
        for number in range(200)
    ]
    found = engine(files(many), ["Geldsorgen", "Angebot 7"], looks=[0, 10, 30])["pieces"]
    assert found[0]["breaths"] == 0
    assert 100 < found[1]["breaths"] < found[2]["breaths"]
    assert found[2]["breaths"] > 400
    assert found[0]["ids"] == found[1]["ids"] == found[2]["ids"]
    assert found[0]["ids"][0]


def test_titles_answer_alone_only_where_the_whole_index_can_know_no_better(engine):
    """Enough is called so, in a word or two; who talks waits for what reads sentences, a slip for all words."""
    entries = [Entry(n, f"angebote/{n}/", "offer", f"Schulden {n}") for n in range(6)]
    queries = ["Schulden", "Schulden 3", "wir haben hier so Schulden", "Schuldn"]
    answer = engine(files(entries), queries)
    assert [one["known"] for one in answer["title"]] == [True, True, False, False]
    assert [one["known"] for one in answer["full"]][:3] == [True] * 3


def test_a_kind_without_heading_is_refused():
    with pytest.raises(KeyError, match="secret"):
        files([Entry(0, "x/", "secret", "X")])


@pytest.mark.guards("Law, paper, speed: paper shows what is needed; first load at most 150 kB, scripts 37 kB")
def test_scripts_stay_small():
    made = made_files()
    home = with_imports(script_file("home"), later=False, folder=MADE)
    sizes = [len(gzip.compress(made[name], 9)) for name in (*home, "later.js")]
    # Before anybody types; with the files of titles and of danger 160 kB may be loaded. What draws the box of danger is in it, the way out, and all
    # else that the home page does. What reads danger comes on top, and is needed before the first hit: tests/search/test_danger.py.
    # Times that are named filter, and no longer lead to a list that loads later.
    assert sum(sizes[:-1]) <= 30_600
    assert sum(sizes) <= 33_500


LEISURE = (
    Entry(0, "themen/musik/", "topic", "Musik", "", (), ("musik",)),
    Entry(1, "angebote/chor/", "offer", "Chor", "", (), ("musik",), leisure=True),
    Entry(2, "angebote/tanz/", "offer", "Tanz", "", (), (), leisure=True),
    Entry(3, "angebote/garten/", "offer", "Garten", "", (), ()),
    Entry(
        4, "https://schach.example/", "elsewhere", "Schach", "", (), ("schach",), guarded=True, absent=True
    ),
)


def test_what_perhaps_fits_is_told_from_a_no(engine):
    """A choir is no guitar, but all of it is music; chess is elsewhere, whatever music has of it."""
    said = SearchSynonym("de", ("Gitarre", "Schachlied"), ("musik",))
    concepts = {"musik": Concept("Musik"), "schach": Concept("", guarded=True)}
    lexicon = Lexicon("de", concepts, [said, SearchSynonym("de", ("Schachlied",), ("schach",))])
    made = build(LEISURE, lexicon, kinds=KINDS | {"elsewhere": "Anderswo"})
    found = engine(made, ["Gitarre", "Schachlied", "Musik", "Geige"])["full"]
    assert [one["kind"] for one in found] == ["perhaps", "no", "hits", "no"]


def test_a_phrase_of_faint_words_counts_only_as_it_stands(engine):
    """„Kind“ and „Papa“ are said beside nearly everything."""
    entries = (
        Entry(0, "themen/umgang/", "topic", "Umgang", "", (), ("umgang",)),
        Entry(1, "angebote/kochen/", "offer", "Kochen", "", (), ()),
    )
    lexicon = Lexicon(
        "de", {"umgang": Concept("Umgang")}, [SearchSynonym("de", ("Kind will nicht zum Papa",), ("umgang",))]
    )
    found = engine(
        build(entries, lexicon, kinds=KINDS), ["Papa kochen mit Kind", "mein Kind will nicht zum Papa"]
    )
    assert [one["ids"] for one in found["full"]] == [[1], [0]]


def test_a_phrase_leads_to_the_guarded_offer_that_is_called_so_and_to_no_other(engine):
    """„Sorge um ein Kind“ isn't custody of one; a compound says its parts in a phrase, too."""
    entries = (
        Entry(
            0, "angebote/sorgerecht/", "offer", "Sorgerecht", "", (), (), {"summary": "Sorge um ein Kind."}
        ),
        Entry(1, "angebote/sorge/", "offer", "Sorge um ein Kind", "", (), (), guarded=True),
        Entry(2, "angebote/nachbar/", "offer", "Nachbar", "", (), ()),
        Entry(3, "angebote/hof/", "offer", "Hof mit Kind", "", (), ()),
    )
    lexicon = Lexicon("de", {}, [SearchSynonym("de", ("Kind steht im Hof",), ("Sorge um ein Kind",))])
    made = build(entries, lexicon, kinds=KINDS)
    found = engine(made, ["Kind steht im Hof", "Nachbarkind steht im Hof", "steht"])["full"]
    assert [1 in one["ids"] for one in found] == [True, True, False]
    assert [0 in one["ids"] for one in found] == [False, False, False]


def test_the_words_beside_an_hour_are_those_of_cldr() -> None:
    found = {"uhr", "h"}
    for language in _STOP_WORDS:
        day = Locale(language).day_periods["format"]
        hours = [format_unit(number, "duration-hour", locale=language) for number in (1, 2, 6)]
        for said in (*day["wide"].values(), *day["abbreviated"].values(), *hours):
            found.update(word for word in fold_words(said).split() if len(word) > 1 and not word.isdigit())
    assert " ".join(sorted(found.difference(*map(stop_words, _STOP_WORDS)))) == CLOCK_WORDS
