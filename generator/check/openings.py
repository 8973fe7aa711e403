"""Report hours of offers that say what belongs into another field, and fields that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.hours.german.notices import says_closed
from generator.hours.osm_rules import Rule, split_rules
from generator.hours.remarks import Medium
from generator.model.offer import Offer
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

_UNTIL_FURTHER_NOTICE = re.compile(r"\bbis auf weiteres\b", re.IGNORECASE)


def check_openings(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask for hours by telephone, for appointments and for notices to be said where pages and programs look for them."""
    del site
    yield from reading.of_each(_in_offer, folders=("offers",))


def _in_offer(source: RecordSource) -> Iterator[Diagnostic]:
    offer = source.record
    if not isinstance(offer, Offer):
        return
    yield from _closed_for_good(source, offer)
    if offer.hours is None or offer.hours.expression is None:
        return
    rules = [rule for rule in split_rules(offer.hours.expression) if rule.takes_place]
    yield from _by_telephone(source, offer, rules)
    yield from _by_appointment(source, offer, rules)


def _by_telephone(source: RecordSource, offer: Offer, rules: list[Rule]) -> Iterator[Diagnostic]:
    by_phone = _of_medium(rules, "phone")
    if not by_phone or offer.place is None:
        return
    yield diagnostic("zeiten-am-telefon", source.position("hours"), remark=by_phone[0].comment)


def _by_appointment(source: RecordSource, offer: Offer, rules: list[Rule]) -> Iterator[Diagnostic]:
    arranged = _of_medium(rules, "appointment")
    if not arranged:
        return
    remark = arranged[0].comment
    if offer.access is None:
        yield diagnostic("zeiten-mit-termin", source.position("hours"), remark=remark)
    elif len(arranged) == len(rules) and offer.access.way == "open":
        yield diagnostic("zugang-widerspricht", source.position("access", "way"), remark=remark)


def _of_medium(rules: list[Rule], medium: Medium) -> list[Rule]:
    return [rule for rule in rules if rule.medium == medium]


def _closed_for_good(source: RecordSource, offer: Offer) -> Iterator[Diagnostic]:
    if offer.alert is None or offer.status != "running":
        return
    text = offer.alert.text
    if _UNTIL_FURTHER_NOTICE.search(text) and says_closed(text):
        yield diagnostic("bis-auf-weiteres-zu", source.position("alert", "text"))


CHECKS = (check_openings,)
