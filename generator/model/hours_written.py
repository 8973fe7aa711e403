"""Rules read from German writing come in, rules that agree with each other go out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.model.hours_words import Unreadable


@dataclass(frozen=True)
class WrittenRule:
    """One rule as far as it has been read; as text it is OSM.

    `rank` orders the rules: what overrides stands later. `joint` is how it was tied to the one before, `adds` whether
    it adds to it. Times are minutes of the day, an end of None is open.
    """

    season: str = ""
    days: str = ""
    weekdays: frozenset[str] = frozenset()
    times: tuple[tuple[int, int | None], ...] = ()
    state: str = ""
    comment: str = ""
    rank: int = 0
    joint: str = ""
    adds: bool = False

    def __str__(self) -> str:
        times = ",".join(
            f"{_clock(start)}{'+' if end is None else '-' + _clock(end)}" for start, end in self.times
        )
        comment = f'"{self.comment}"' if self.comment else ""
        return " ".join(part for part in (self.season, self.days, times, self.state, comment) if part)


def resolve_doubles(rules: list[WrittenRule]) -> list[WrittenRule]:
    """Decide what a second rule for the same day means, or say that it can't be decided."""
    resolved: list[WrittenRule] = []
    for number, rule in enumerate(rules):
        same = [
            other for other in rules[:number]
            if rule.times and other.times and other.season == rule.season and other.weekdays & rule.weekdays
        ]  # fmt: skip
        for other in same:
            if any(_overlap(one, two) for one in rule.times for two in other.times):
                raise Unreadable(
                    "Für einen Tag stehen zwei verschiedene Zeiten da. Schreiben Sie jeden Tag einmal."
                )
        if same and rule.joint == "break":
            # In OSM a semicolon replaces, on a door sign it adds.
            raise Unreadable(
                "Gelten an einem Tag beide Zeiten? Dann schreiben Sie sie zusammen: „Mi 9-12 und 14-18“."
            )
        resolved.append(replace(rule, adds=bool(same), rank=max(other.rank for other in (rule, *same))))
    return resolved


def _overlap(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    return one[0] < (1440 if two[1] is None else two[1]) and two[0] < (1440 if one[1] is None else one[1])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
