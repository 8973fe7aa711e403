"""Rules of opening hours in, those that later ones undo out, with the days on which nobody can tell what holds.

In OSM a later rule replaces what earlier ones say of its days. Who writes `PH off; Mo-Fr 09:00-12:00` doesn't mean that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

from generator.hours import days
from generator.hours.days import Case, combined, read_selector
from generator.hours.osm_rules import Rule, Rules, split_rules
from generator.hours.schedule import Intervals

AHEAD = 400
"""Days that are looked at: a year, and the movable holidays of the next."""


class Contradictions(NamedTuple):
    """The places of rules that are undone, and what their days are then, by the case of a day: nothing certain."""

    undone: frozenset[int]
    doubtful: Mapping[Case, Intervals]


@lru_cache(maxsize=4096)
def contradictions(rules: Rules, land: str, first: date) -> Contradictions:
    """Return which rules are undone by later ones in the days ahead, wholly or where usual hours undo a closure."""
    there: set[Case] = set()
    if len(rules) > 1 and all(days.can_be_read(rule.selector) for rule in rules):
        calendar = days.Calendar(land, first, first + timedelta(days=AHEAD))
        there.update(*(days.cases(rules, calendar, assume=assume) for assume in (False, True)))
    undone = {place: hidden for place in range(len(rules)) if (hidden := _undone_in(rules, place, there))}
    doubtful = {}
    for case in set().union(*undone.values()):
        last = [_with_last(rules, place, case) for place in undone if case in undone[place]]
        doubtful[case] = days.in_doubt([combined(compress(rules, case)), *last])
    return Contradictions(frozenset(undone), doubtful)


def _undone_in(rules: Rules, place: int, there: Collection[Case]) -> set[Case]:
    """Return the cases in which a rule is undone: all that it is about, or those in which usual hours undo what they can't mean."""
    rule = rules[place]
    later = [number for number in range(place + 1, len(rules)) if rules[number].joint != "else"]
    general = [number for number in later if not _is_part(number, place, there)]
    found, holds = set(), False
    for case in filter(itemgetter(place), there):
        # A closure that will be over („2026 Nov 01-2028 Jan 01 off“) may undo all others.
        seen = tuple(
            about and not (number in later and _is_passing(rules[number]))
            for number, about in enumerate(case)
        )
        now = combined(compress(rules, seen))
        said = rule.takes_place and set(days.spans_of(rule)) <= set(now)
        if said or now != combined(compress(rules, _without(seen, place))):
            holds = True
        elif now != _with_last(rules, place, seen) and any(seen[number] for number in general):
            found.add(case)
    if not holds:
        return found
    if _is_usual(rule) or not (rule.state == "closed" or read_selector(rule.selector).holidays):
        return set()
    usual = {number for number in later if rules[number].takes_place and _is_usual(rules[number])}
    return {case for case in found if usual.issuperset(number for number in later if case[number])}


def _without(case: Case, place: int) -> Case:
    return (*case[:place], False, *case[place + 1 :])


def _with_last(rules: Rules, place: int, case: Case) -> Intervals:
    """Return what a day were if a rule had the last word."""
    return combined([*compress(rules, _without(case, place)), replace(rules[place], joint="instead")])


def _is_passing(rule: Rule) -> bool:
    return rule.state == "closed" and re.search(r"\b\d{4}\b", rule.selector) is not None


def _is_part(one: int, other: int, there: Collection[Case]) -> bool:
    """Tell whether one rule is about some of the days of another, and about no others: an exception of it."""
    both = {(case[one], case[other]) for case in there}
    return (True, False) not in both and (False, True) in both


def _is_usual(rule: Rule) -> bool:
    """Tell whether a rule is about weekdays, whatever the season."""
    return not rule.selector or days.weekdays_of(rule.selector) is not None


def order_that_works(rules: Rules, land: str, first: date) -> str | None:
    """Return an expression of the same rules of which none is undone: those stand behind, or all are added; None where there is none."""
    undone = contradictions(rules, land, first).undone
    else_ = "".join(f" || {rule.text}" for rule in rules if rule.joint == "else")
    others = [(number in undone, rule) for number, rule in enumerate(rules) if rule.joint != "else"]
    behind = sorted(others, key=itemgetter(0))
    added = sorted(others, key=lambda pair: pair[1].state == "closed")
    for sign, order in (("; ", behind), (", ", added)):
        expression = sign.join(rule.text for _, rule in order) + else_
        if not contradictions(split_rules(expression), land, first).undone:
            return expression
    return None
