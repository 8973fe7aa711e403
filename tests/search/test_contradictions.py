"""No hit in sight contradicts a filter that its query names: random queries over the demo, each offer asked anew by its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

import pytest

from bench.families import TODAY, Answer, answers
from generator.model.groups import Fee
from generator.model.offer import Offer
from generator.pipeline.build import Project

pytestmark = pytest.mark.needs("Node.js")

NEEDS = (
    "nachhilfe", "krabbelgruppe", "schulden", "sport", "beratung", "spielen", "essen", "deutsch lernen", "treff", "musik", "baby",
    "kleidung", "wohnung suchen", "", "", "mein sohn schwänzt", "formulare ausfüllen", "schwimmen", "trennung", "garten",
)  # fmt: skip
Holds = Callable[[Project, Offer], bool | None]


def free(demo: Project, offer: Offer) -> bool:
    """Whether it's free for all, for some, or a gift or little money: what stands below headings that say so."""
    if isinstance(offer.cost, Fee):
        return offer.cost.reduced == 0 or offer.kind == "ausgabe"
    return offer.cost in ("free", "donation")


def unannounced(demo: Project, offer: Offer) -> bool:
    return demo.facts.offers[offer.id].way == "open"


def speaks(language: str) -> Holds:
    return lambda demo, offer: language in offer.languages or offer.interpreter in ("yes", "on request")


def of_age(years: int) -> Holds:
    def fits(demo: Project, offer: Offer) -> bool:
        ages = offer.ages
        if ages is None or (offer.ages_of == "participant" and (ages.upper is None or ages.upper > 27 * 12)):
            return True
        grown = offer.ages_of == "participant" and {"parents", "mothers", "fathers"} & {*offer.for_}
        return bool(grown) or (
            ages.lower <= 12 * years + 11 and (ages.upper is None or ages.upper >= 12 * years)
        )

    return fits


def on(day: int, start: int = 300, end: int = 1740) -> Holds:
    """Whether it's there on a day of the week within nine weeks, between two minutes; nobody knows of what has no times."""

    def there(demo: Project, offer: Offer) -> bool:
        schedule = demo.facts.offers[offer.id].schedule
        assert schedule is not None
        dates = [TODAY + dt.timedelta(days) for days in range(62)]
        return any(
            interval.start < end and interval.end > start
            for date in dates
            if date.weekday() == day
            for interval in schedule.intervals_on(date)
        )

    return there


FILTERS: dict[str, tuple[str, Holds]] = {
    "kostenlos": ("kostenlos", free),
    "umsonst": ("kostenlos", free),
    "ohne anmeldung": ("ohne Anmeldung", unannounced),
    "türkisch": ("Türkisch", speaks("tr")),
    "auf arabisch": ("Arabisch", speaks("ar")),
    "russisch": ("Russisch", speaks("ru")),
    "4 jahre": ("4 Jahre alt", of_age(4)),
    "15 jahre": ("15 Jahre alt", of_age(15)),
    "samstag": ("Samstag", on(5)),
    "mittwochs": ("Mittwoch", on(2)),
    "dienstag vormittag": ("Dienstag vormittags", on(1, 300, 720)),
    "donnerstagabend": ("Donnerstag abends", on(3, 1020, 1740)),
}


def asked() -> list[tuple[str, list[str]]]:
    """Queries with the filters that they name, the same in each run."""
    dice = Random(89)
    found = []
    for _ in range(400):
        named = dice.sample(sorted(FILTERS), dice.choice((1, 1, 2)))
        words = [dice.choice(NEEDS), *named]
        dice.shuffle(words)
        found.append((" ".join(filter(None, words)), named))
    return found


def in_sight(demo: Project, answer: Answer) -> list[Offer]:
    """Offers that an answer shows with its filters; what protects is never left out."""
    found = (demo.site.offers.get(key) for key in answer.hits[: answer.open])
    return [offer for offer in found if offer and not demo.facts.offers[offer.id].sensitive]


def test_no_hit_contradicts_its_chip(demo: Project) -> None:
    queries = asked()
    told = answers(demo.contexts[0], [query for query, _ in queries])
    pairs = [
        (query, answer, FILTERS[name])
        for (query, named), answer in zip(queries, told, strict=True)
        for name in named
    ]
    chips = [(query, answer, holds) for query, answer, (label, holds) in pairs if label in answer.chips]
    assert len(chips) > 250
    wrong = {
        query: offer.id
        for query, answer, holds in chips
        for offer in in_sight(demo, answer)
        if not holds(demo, offer)
    }
    assert not wrong


def test_a_filter_that_nothing_fits_is_said_and_no_chip(demo: Project) -> None:
    (answer,) = answers(demo.contexts[0], ["Kita am Sonntag"])
    assert (answer.chips, answer.missed) == ((), ("Sonntag",))
    assert answer.hits[0] == "topic:kita"
