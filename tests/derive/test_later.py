"""Facts that are derived when somebody asks for them first: once, the same as all at once, and whole before they are handed on."""

from __future__ import annotations

import pickle
from dataclasses import fields
from typing import Any

import pytest

from generator.derive.facts import derive
from generator.model.facts import Facts
from generator.pipeline.build import Project
from tests.records import replace

LATE = ("further", "coverage", "lists", "nearby", "needs")


@pytest.fixture
def fresh(demo: Project) -> Facts:
    assert demo.site is not None
    return derive(demo.site, demo.today)


def test_what_nobody_asked_for_is_not_derived_and_what_somebody_did_is_once(fresh: Facts) -> None:
    assert not set(LATE) & set(vars(fresh))
    lists = fresh.lists
    assert lists
    assert fresh.lists is lists
    assert not (set(LATE) - {"lists"}) & set(vars(fresh))


def test_a_field_that_does_not_exist_is_still_a_mistake(fresh: Facts) -> None:
    with pytest.raises(AttributeError):
        fresh.wishes  # noqa: B018


def test_what_fails_is_told_each_time(fresh: Facts) -> None:
    def fail(facts: Facts) -> object:
        raise ValueError("no lists")

    broken = fresh.with_later({"lists": fail})
    for _ in range(2):
        with pytest.raises(ValueError, match="no lists"):
            broken.lists  # noqa: B018


def test_complete_facts_wait_for_nothing(fresh: Facts) -> None:
    assert fresh.complete() is fresh
    assert {field.name for field in fields(fresh)} <= set(vars(fresh))


def test_a_copy_is_the_same_with_everything_in_it(fresh: Facts) -> None:
    copy: Any = pickle.loads(pickle.dumps(fresh))
    assert {field.name for field in fields(fresh)} <= set(vars(copy))
    assert copy.lists == fresh.lists
    assert dict(copy.nearby) == dict(fresh.nearby)


def test_facts_can_be_replaced_before_anything_late_was_asked_for(fresh: Facts) -> None:
    other = replace(fresh, news=())
    assert other.news == ()
    assert other.coverage == fresh.coverage


def test_what_is_asked_for_first_changes_nothing(demo: Project) -> None:
    assert demo.site is not None
    forwards, backwards = derive(demo.site, demo.today), derive(demo.site, demo.today)
    for name in LATE:
        getattr(forwards, name)
    for name in reversed(LATE):
        getattr(backwards, name)
    for key in reversed(list(backwards.nearby)):
        backwards.nearby[key]
    for name in LATE:
        assert getattr(forwards, name) == getattr(backwards, name), name


def test_neighbours_share_a_life_situation_and_lie_nearest(demo: Project) -> None:
    facts = demo.facts
    assert facts is not None
    assert len(facts.nearby) > 50
    for key, near in facts.nearby.items():
        metres = [distance for _, distance in near]
        assert metres == sorted(metres)
        for other, _ in near:
            assert other != key
            assert set(facts.offers[key].situations) & set(facts.offers[other].situations)
            assert not facts.offers[other].sensitive
    assert not {key for key, one in facts.offers.items() if one.sensitive or not one.active} & set(
        facts.nearby
    )
