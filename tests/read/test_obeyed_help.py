"""Who does what the help says, to the letter, has no mistake any more, and the record that was meant."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.read.nodes import parse, plain
from tests.chance import cases, long
from tests.read.obeying import obeyed, told
from tests.read.test_records import GOOD
from tests.read.test_told_to_the_letter import ONE_MISTAKE

OFFERS = sorted((Path(__file__).parents[2] / "resources" / "offers").glob("*.yml"))
TO_READ = (
    "am Ende des Textes dasselbe Anführungszeichen setzen",
    "in Anführungszeichen setzen",
    "den Text in die nächste Zeile schreiben",
    "zwischen zwei Feldern in geschweiften Klammern ein Komma setzen",
    "gehört er zum Text darüber",
    "hinter dem Feld einen senkrechten Strich setzen",
    "fünf Ziffern schreiben",
    "das gehört nicht in die Gruppe",
    "hier weglassen",
    "möglich sind",
    "eine der beiden Fassungen behalten",
    "den Wert dahinter schreiben",
    "eine Zeile „",
    "hat keine Felder darunter",
    "löschen oder mit seinem Feld in eine eigene Zeile darunter schreiben",
    "das schon in Zeile",
    "zu jedem Wert sein Feld schreiben",
    "die Zeile gehört nicht zu",
    "statt „",
)
"""Help that leaves something to decide, or to a person's reading."""
LEFT_TO_SAY = re.compile(r"keine-mail|feld-fehlt|keine-postleitzahl|mit einem dieser Felder")
"""What is told next because the example lacks more than the mistake."""


def first_that_is_known(text: str) -> Any:
    """Return the first thing told that isn't about what nobody said („…“)."""
    lines = text.split("\n")
    return next((item for item in told(text) if "…" not in lines[item.position.line - 1]), None)


def follow(text: str, steps: int = 8) -> str:
    """Do what is said until nothing is said; raise where that leads nowhere."""
    for _ in range(steps):
        item = first_that_is_known(text)
        if item is None:
            return text
        following = obeyed(text, item)
        if following is None or following == text:
            raise AssertionError(f"{item.code} in line {item.position.line}: {item.help}\n{text}")
        text = following
    raise AssertionError(f"still wrong after {steps} steps:\n{text}")


@pytest.mark.parametrize("more", ONE_MISTAKE)
def test_what_is_told_of_a_mistake_can_be_done(more: str) -> None:
    text = f"{GOOD}{more}\n"
    item = told(text)[0]
    following = obeyed(text, item)
    if following is None:
        assert any(words in item.help for words in TO_READ)
        return
    again = first_that_is_known(following)
    same = again is not None and (again.code, again.position.line) == (item.code, item.position.line)
    assert not same or LEFT_TO_SAY.search(item.code + item.help)


def mistakes(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a record with one mistake of each kind that it has a place for."""
    lines = text.split("\n")

    def chosen(pattern: str, following: str = "") -> Iterator[tuple[int, str, str]]:
        able = [
            number
            for number, line in enumerate(lines[:-1])
            if re.fullmatch(pattern, line) and re.match(following, lines[number + 1])
        ]
        if able:
            number = rng.choice(able)
            name, _, value = lines[number].partition(":")
            yield number, name, value.strip()

    def put(number: int, *new: str, instead_of: int = 1) -> str:
        return "\n".join([*lines[:number], *new, *lines[number + instead_of :]])

    indented = [number for number, line in enumerate(lines) if line.startswith("  ") and ":" in line]
    for number in rng.sample(indented, min(1, len(indented))):
        steps = rng.choice([-1, 1])
        yield (
            f"indented by {steps}",
            put(number, (lines[number] + " ")[1:] if steps < 0 else f" {lines[number]}"),
        )
    for number, name, _ in chosen("[a-z_]+:", "  [a-z_]+: "):
        end = number + 1
        while re.match("  [a-z_]+: ", lines[end]):
            end += 1
        group = [line.strip() for line in lines[number + 1 : end]]
        size = end - number
        yield "value beside its field", put(number, f"{name}: {group[0].partition(': ')[2]}", instead_of=2)
        yield "fields as a list", put(number, f"{name}:", *[f"  - {line}" for line in group], instead_of=size)
        yield "fields not indented", put(number, f"{name}:", *group, instead_of=size)
        yield "first field beside its group", put(number, f"{name}: {group[0]}", instead_of=2)
        yield "no colon behind a group", put(number, name)
    for number, name, _ in chosen("(?!results)[a-z_]+:", "  - "):
        entry = lines[number + 1].strip()[2:]
        yield "first entry with its dash beside", put(number, f"{name}: - {entry}", instead_of=2)
        yield "first entry beside", put(number, f"{name}: {entry}", instead_of=2)
        yield "dash without space", put(number + 1, f"  -{entry}")
        yield "another bullet", put(number + 1, f"  • {entry}")
    for number, name, value in chosen(r"[a-z_]+: \[.*\]"):
        entries = value[1:-1].split(", ")
        yield "list as text", put(number, f"{name}: {value[1:-1]}")
        yield "list in braces", put(number, f"{name}: {{{value[1:-1]}}}")
        yield "open bracket", put(number, f"{name}: {value[:-1]}")
        yield (
            "list and list",
            put(number, f"{name}: [{entries[0]}]", *[f"  - {entry}" for entry in entries[1:]]),
        )
    # What 8 and 3 are of a room or a price nobody can tell.
    for number, name, value in chosen(r"(?!capacity|cost)[a-z_]+: \{[^\[\"']*\}"):
        pairs = re.findall("[a-z_]+: [^,{}]+", value)
        values = ", ".join(pair.partition(": ")[2] for pair in pairs)
        yield "group as text", put(number, f"{name}: {values}")
        yield "group without fields", put(number, f"{name}: {{{values}}}")
        yield "group as list", put(number, f"{name}: [{values}]")
        first = pairs[0].partition(": ")[2]
        yield "first value beside", put(number, f"{name}: {first}", *[f"  {pair}" for pair in pairs[1:]])
        if not any(pair.startswith(("name:", "date:")) for pair in pairs):
            yield "group without its name", put(number, *pairs)
    for number, name, value in chosen(r"(?!hours)[a-z_]+: [^\[{|>\"'].*"):
        yield "no space", put(number, f"{name}:{value}")
        yield "no colon", put(number, f"{name} {value}")
        yield "equals", put(number, f"{name} = {value}")
        yield "a dash before", put(number, f"{name}: - {value}")
        yield "capital", put(number, f"{name.capitalize()}: {value}")
        yield "value as list", put(number, f"{name}: [{value}]")
        yield "field misspelt", put(number, f"{name[:-1]}: {value}")


@long
def test_help_leads_back_to_the_record_that_was_meant() -> None:
    rng = random.Random(20261123)
    for file in rng.sample(OFFERS, cases(6, len(OFFERS))):
        good = file.read_text(encoding="utf-8")
        meant = plain(parse(good, "a.yml")[0])  # type: ignore[arg-type]
        for kind, wrong in mistakes(good, rng):
            if wrong == good:
                continue
            item = first_that_is_known(wrong)
            mended = follow(wrong)
            # Of what nobody said („…“) nothing is known; who reads the help fills it in.
            assert "…" in mended or plain(parse(mended, "a.yml")[0]) == meant, (kind, file.name, item)  # type: ignore[arg-type]
