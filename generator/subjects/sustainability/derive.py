"""Sustainability checks in, the rounds that nobody has made yet out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.news_and_reminders import Reminder, ToDo
from generator.model.site import Site
from generator.subjects.sustainability.model import sustainability_checks

_REPEAT = ToDo("repeat", "Prüfung machen und eintragen")


def reminders(site: Site) -> Iterator[Reminder]:
    """Yield the rounds that are to be made; what a document planned once isn't due now."""
    for key, check in sustainability_checks(site).items():
        for item in check.rounds if check.origin is None else ():
            if item.due is not None and item.made is None:
                yield Reminder(item.due.last_day, "checks", key, check.name, _REPEAT)


REMINDERS = reminders
