"""References that lead nowhere: every target has a name in German, none of them ends in a traceback."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields

from generator.model.fields import references
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.offer import Offer
from generator.model.vocabulary import NO_WORD, VOCABULARIES, Vocabularies
from generator.read.link import check_references
from generator.read.nodes import ListNode, MapNode, Scalar, parse


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
            found = check_references(model, node, {})
            assert [item.code for item in found] in (["unbekannter-verweis"], ["unbekanntes-thema"]), (
                reference
            )
            assert "„nirgends“ ist kein" in found[0].message


def test_an_unknown_referrer_is_named() -> None:
    node, _ = parse("access: {way: referral, who_may_refer: [schuhle]}\n", "x.yml")
    assert node is not None
    known = {"access_ways": ["referral"], "referrers": ["school", "schule-und-hort"]}
    found = check_references(Offer, node, known)
    assert [item.code for item in found] == ["unbekannter-verweis"]
    assert "keine Stelle, die anmelden kann" in found[0].message
    assert (found[0].position.line, found[0].position.column) == (1, 41)
