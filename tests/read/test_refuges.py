"""What refuges are called, in ten languages and however it is written, is known; what is called nearly like them is not."""

from pathlib import Path

import pytest
import yaml

from generator.read.hidden_places import refuge_in, refuge_named, speech

NAMES = yaml.safe_load(Path(__file__).with_name("refuge_names.yml").read_text("utf-8"))


def test_the_usual_names_of_refuges_are_known() -> None:
    assert [name for name in NAMES["protective"] if not refuge_in(name)] == []
    assert len(set(NAMES["protective"])) >= 100


def test_what_is_called_nearly_like_them_is_left_alone() -> None:
    assert [(name, refuge_in(name)) for name in NAMES["harmless"] if refuge_in(name)] == []
    assert len(set(NAMES["harmless"])) >= 60


@pytest.mark.parametrize(
    "text",
    [
        "Frauen-Schutz-Haus", "FRAUENHÄUSER", "Frauen*haus", "Frauen\u00adhaus", "Frauen-\nhaus", "Frauenhaeuser",
    ],
)  # fmt: skip
def test_a_name_is_known_however_it_is_written(text: str) -> None:
    said = f"Es gibt ein {text} in der Stadt."
    assert refuge_named(said)


def test_what_is_said_is_quoted_as_it_is_written() -> None:
    assert refuge_named("Wir heißen Haus Abendrot. Das Frauen*haus hilft.") == "Frauen*haus"


def test_the_three_words_count_within_a_sentence_only() -> None:
    assert refuge_in("Ein Haus für Frauen nach Gewalt.")
    assert not refuge_in("Ein Haus für alle. Frauen treffen sich hier. Gewalt hat keinen Platz.")


def test_the_three_words_make_one_ask_and_are_never_certain() -> None:
    assert [one.certain for one in speech("Zimmer und Unterkunft für Frauen nach Gewalt.")] == [False]


@pytest.mark.parametrize(
    ("text", "itself"),
    [
        ("Wir vermitteln ins Frauenhaus.", False),
        ("Wir arbeiten mit Polizei, Jugendamt und Frauenhaus zusammen.", False),
        ("Der Rat berät die Förderung der Frauenhäuser.", False),
        ("We refer you to the women's refuge.", False),
        ("Frauenhausberatung", False),
        ("Frauen aus dem Schutzhaus-Chor", False),
        ("Mit Kindern ein Frauenhaus", True),
        ("Bei uns im Frauenhaus", True),
        ("Wir sind ein Frauenhaus.", True),
        ("Frauenhauswohnung", True),
        ("An einer geheimen Adresse", True),
    ],
)
def test_what_leads_to_a_refuge_or_is_called_after_one_is_none(text: str, itself: bool) -> None:
    assert {one.itself for one in speech(text)} == {itself}


def test_a_word_of_a_megabyte_is_read_like_any_other() -> None:
    """Its beginnings are no longer than the words of the lists; all of them would be 500 gigabytes."""
    assert not refuge_in("a" * 1_000_000)
