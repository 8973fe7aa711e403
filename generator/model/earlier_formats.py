"""Takes a record written in an earlier format of Nahraum, hands out the changes that bring it to today's format.

The format is one number for a whole town, `format:` in `site_config.yml`; a town that names none was written in the first. What a
change of the program asks of files that are there is a step here, which `nahraum upgrade` takes; a step never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from generator.model.scalars import parse_distance
from generator.parts import subjects

Path = tuple[str | int, ...]
FIRST = 1
SETTINGS = ""
"""What stands for the folder where a step is about `site_config.yml`."""


class Lift(NamedTuple):
    """What is to stand at a path; None takes out what stands there."""

    path: Path
    value: str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class FormatStep:
    """The step to the format `to` for the records of one folder, or for the settings (`SETTINGS`): `lifts` takes one of them as plain
    maps, lists and texts, and yields what to change in it; `says` tells people why, in one German sentence."""

    to: int
    folder: str
    says: str
    lifts: Callable[[Any], Iterator[Lift]]


def steps_after(written: int) -> tuple[FormatStep, ...]:
    """Return the steps that a town of an earlier format still needs, in their order."""
    return tuple(step for step in STEPS if step.to > written)


_WALK = re.compile(
    r"(?:höchstens|maximal|bis zu|max\.)?\s*(?P<number>[0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(?P<unit>k?m|(?:kilo)?metern?)(?: (?:zu fuß|fußweg|entfernung|entfernt))?",
    re.IGNORECASE,
)


def _walks(network: Any) -> Iterator[Lift]:
    """How far away what is promised may be: once any words, since the second format a distance that one can reckon with."""
    rules = _in(_in(network, "guarantee"), "rules")
    if not isinstance(rules, list | tuple):
        return
    for number, rule in enumerate(rules):
        said = _in(rule, "within")
        if not isinstance(said, str) or not said.strip() or _is_distance(said.strip()):
            continue
        path: Path = ("guarantee", "rules", number)
        if better := _distance_meant(said.strip()):
            yield Lift((*path, "within"), better)
        elif not rule.get("text"):
            # As pages said it then.
            words = said.split()
            words = words[words[0].casefold() == "höchstens" :]
            words = words[: len(words) - (words[-1:] == ["entfernt"])]
            yield Lift((*path, "text"), f"höchstens {' '.join(words)} entfernt")
            yield Lift((*path, "within"), None)


_ONCE_MODULES = ("youth", "offline", "embeds")


def _modules(settings: Any) -> Iterator[Lift]:
    """The parts of Nahraum that a town has were listed in `modules` and `subjects`; since the third format `subjects` lists all."""
    modules = _in(settings, "modules")
    if not isinstance(modules, list | tuple):
        return
    yield Lift(("modules",), None)
    named = _in(settings, "subjects")
    kept = [name for name in _ONCE_MODULES if name in modules]
    if named is None and len(kept) == len(_ONCE_MODULES):
        return
    yield Lift(("subjects",), (*kept, *(named or subjects())))


_NEVER_READ = ("pmtiles", "after_click")


def _settings(settings: Any) -> Iterator[Lift]:
    """What a town has stands in one field, and what nothing was ever made of is taken out."""
    yield from _modules(settings)
    if _in(settings, "forge") is not None:
        yield Lift(("forge",), None)
    basemap = _in(settings, "basemap")
    unread = [name for name in _NEVER_READ if _in(basemap, name) is not None]
    for name in unread:
        yield Lift(("basemap", name), None)
    if unread and len(unread) == len(basemap):
        yield Lift(("basemap",), "none")


def _in(value: Any, name: str) -> Any:
    """Return what a map holds by a name; None where it doesn't, or is no map."""
    return value.get(name) if isinstance(value, Mapping) else None


def _distance_meant(said: str) -> str:
    """Write a distance that was put in words as records do („höchstens 1,5 km zu Fuß“ is `1.5 km`); nothing where the words say more."""
    match = _WALK.fullmatch(said)
    if match is None:
        return ""
    unit = "km" if match["unit"].lower().startswith("k") else "m"
    distance = f"{match['number'].replace(',', '.')} {unit}"
    return distance if _is_distance(distance) else ""


def _is_distance(text: str) -> bool:
    try:
        parse_distance(text)
    except PydanticCustomError:
        return False
    return True


STEPS: tuple[FormatStep, ...] = (
    FormatStep(
        2,
        "networks",
        "Bei Zusagen ist „within“ eine Entfernung, mit der gerechnet wird (800 m, 1.5 km); was keine ist, steht in Worten unter „text“.",
        _walks,
    ),
    FormatStep(
        3,
        SETTINGS,
        "Was eine Stadt hat, steht in einem Feld: „subjects“ statt „modules“. „reports“, „editors“ und „professionals“ hatten nichts bewirkt, auch „forge“, „basemap.pmtiles“ und „basemap.after_click“ nicht.",
        _settings,
    ),
)
FORMAT = max(step.to for step in STEPS)
"""The format that this Nahraum writes; it reads no newer one."""
