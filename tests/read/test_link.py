"""References that lead nowhere: every target has a name in German, none of them ends in a traceback."""

from dataclasses import fields as dataclass_fields

import pytest

from generator.model.fields import references
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.offer import Offer
from generator.model.vocabulary import NO_WORD, VOCABULARIES, Vocabularies
from generator.read.nodes import ListNode, MapNode, Scalar, parse
from generator.read.references import all_known, check_references, referring

NOTHING_OF = {kind.folder: kind.none for kind in KINDS} | {**NO_WORD, "indicators": "keine Kennzahl"}


def test_every_vocabulary_says_what_a_wrong_word_is_not() -> None:
    assert list(NO_WORD) == list(VOCABULARIES) == [field.name for field in dataclass_fields(Vocabularies)]


def test_every_reference_of_every_model_is_reported_when_it_leads_nowhere() -> None:
    for model in (*(kind.model for kind in KINDS), Indicator):
        for reference in references(model):
            node = Scalar("nirgends", parse("a", "x.yml")[0].position, plain=True)  # type: ignore[union-attr]
            for step in reversed(reference.path):
                if step == "*":
                    node = ListNode((node,), node.position)  # type: ignore[assignment]
                elif step == "{}":
                    node = MapNode(((node, node),), node.position)  # type: ignore[assignment, arg-type]
                else:
                    key = Scalar(step, node.position, plain=True)
                    node = MapNode(((key, node),), node.position)  # type: ignore[assignment]
            nothing = dict.fromkeys(reference.target.split("|"), ())
            found = check_references(model, node, nothing)
            assert [item.code for item in found] in (["unbekannter-verweis"], ["unbekanntes-thema"]), (
                reference
            )
            if found[0].code == "unbekannter-verweis":
                assert found[0].message == "„nirgends“ ist " + " und ".join(
                    NOTHING_OF[target] for target in reference.target.split("|")
                )
            assert check_references(model, node, nothing, {reference.target.split("|")[-1]}) == []
            # Of a kind that belongs to a subject that a town left out there is nothing to say.
            assert check_references(model, node, {}) == []


@pytest.mark.parametrize(
    ("text", "known", "said"),
    [
        ("provider: verien", {"providers": {"verein"}}, "gemeint ist vielleicht „verein“"),
        ("provider: x", {"providers": {"verein"}}, "resources/providers/x.yml anlegen"),
        ("partners: [haus, amt, x]", {"offices": {"amt"}, "places": {"haus"}}, "resources/providers/x.yml"),
        ("kind: x", {"kinds": {"gruppe", "beratung"}}, "möglich sind: beratung, gruppe"),
        ("topics: [kitta]", {"topics": {"kita"}}, "gibt es: „kita“"),
        ("topics: [x]", {"topics": {"kita"}}, "nahraum help topics"),
    ],
)
def test_what_is_meant_or_possible_is_said(text: str, known: dict[str, set[str]], said: str) -> None:
    node, _ = parse(text, "x.yml")
    assert node is not None
    (one,) = check_references(Offer, node, known)
    assert said in one.help


def test_an_unknown_referrer_is_named() -> None:
    node, _ = parse("access: {way: referral, who_may_refer: [schuhle]}\n", "x.yml")
    assert node is not None
    known = {"access_ways": ["referral"], "referrers": ["school", "schule-und-hort"]}
    found = check_references(Offer, node, known)
    assert [item.code for item in found] == ["unbekannter-verweis"]
    assert "keine Stelle, die anmelden kann" in found[0].message
    assert (found[0].position.line, found[0].position.column) == (1, 41)


EVERYBODY = ["all", "Alle", "jeder", "Jede", "für alle", "offen für alle", "stadtweit", "ganze Stadt", "überall", "viele", "mehrere", "verschiedene", "diverse"]  # fmt: skip


@pytest.mark.parametrize("said", EVERYBODY)
def test_who_means_everybody_is_told_how_that_is_written(said: str) -> None:
    node, _ = parse(f"for: [{said}]\nspaces: [{said}]\n", "x.yml")
    assert node is not None
    found = check_references(Offer, node, {"target_groups": {"eltern"}, "spaces": {"ost"}})
    groups, spaces = sorted(found, key=lambda item: item.position)
    assert (groups.code, groups.help) == (
        "fuer-alle",
        "for: all schreiben, ohne Klammern, wenn alle kommen können",
    )
    assert (spaces.code, spaces.help) == (
        "fuer-alle",
        "das Kürzel der Stadt selbst nennen, wenn die ganze Stadt gemeint ist",
    )


@pytest.mark.parametrize("said", ["alle Sprachen", "viele Sprachen", "mehrere"])
def test_who_means_all_languages_names_them(said: str) -> None:
    node, _ = parse(f"languages: [{said}]\n", "x.yml")
    assert node is not None
    (one,) = check_references(Offer, node, {"languages": {"de"}})
    assert one.code == "kein-sprachkuerzel"
    assert one.help == "die Sprachen einzeln nennen, zum Beispiel [de, tr, ar]; wer dolmetschen lässt, schreibt interpreter: on request"  # fmt: skip


def test_one_of_several_kinds_answers() -> None:
    node, _ = parse("partners: [haus, amt]\n", "x.yml")
    assert node is not None
    said = referring(Offer, node)
    assert {(frozenset(targets), text) for targets, text in said} == {
        (frozenset(targets), text) for targets, text in said if text in ("haus", "amt") and len(targets) > 1
    }
    known = {"offices": {"amt"}, "places": {"haus"}, "providers": set[str]()}
    assert all_known(said, known, set())
    assert not all_known(said, known | {"places": set()}, set())
