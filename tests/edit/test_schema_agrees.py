"""What an editor's program marks by the schemas and what `check` says agree on mistakes: each mistake of the corpus is marked at its field, or listed here with the reason why no schema sees it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.diagnostics.codes import codes
from generator.edit.schemas import named_records, named_words, schema_of
from generator.model.groups import Kind
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.scalars import AgeRange
from tests.chance import every, whole
from tests.edit.test_schema import load
from tests.edit.validating import validator_of
from tests.mistakes.judging import OFFER, UNDERSTOOD, Mistake, _write, mistakes

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

NOT_SEEN = {
    "liste-hinter-wert": "YAML makes one text of both lines; what hours mean is read by a grammar, not by a pattern",
    "zeiten-unlesbar": "what hours mean is read by a grammar, not by a pattern",
    "kosten-unklar": "any words may say what something costs; that they are unsure stops nobody",
    "kein-alter": "the pattern knows the words for ages, not what they make together",
    "feld-ohne-wert": "an empty field is no mistake while somebody types",
    "doppelt-in-liste": "a warning: two equal items do no harm",
    "ort-und-adresse": "two fields that are right each",
    "yaml-ungelesen": "no schema belongs to a file of that name",
    "dateiname": "a schema doesn't see how a file is called",
    "betrag-verkehrt": "two numbers are compared",
    "platzhalter": "a warning: which words stand for others",
    "buchstaben-zerlegt": "a warning: which letters a text has",
    "zeiten-nach-24": "what hours mean is read by a grammar, not by a pattern",
    "doppelter-name": "another file has the same name",
    "ende-fehlt": "what one field needs depends on the value of another",
    "ende-vor-beginn": "two days are compared",
    "alter-verkehrt": "two numbers are compared",
    "vorwahl-fehlt": "which area codes there are",
    "vorwahl-vor-mobil": "which area codes there are",
    "null-nach-laendervorwahl": "which area codes there are",
    "hausnummer-in-strasse": "a warning: there are streets whose name has a number",
    "punkt-neben-adresse": "where an address lies",
    "geprueft-in-zukunft": "which day it is",
    "stand-in-zukunft": "which day it is",
    "termine-vorbei": "which day it is",
    "person-statt-stelle": "which words are names of people",
    "mail-einer-person": "which words are names of people",
    "komma-am-ende": "a warning: a text may end with a comma",
    "raute-schneidet-ab": "YAML has cut the text off before a schema sees it",
    "doppelter-schluessel": "of two fields of one name one is left; the editor's YAML parser marks it",
}
RECORDS = [
    item
    for item in mistakes()
    if not item.command
    and not item.remove
    and item.file.startswith("resources/")
    and item.encoding == "utf-8"
]


def strings(content: Any) -> Any:
    """Make texts of the keys, as editors' programs do."""
    if isinstance(content, dict):
        return {str(key): strings(value) for key, value in content.items()}
    return [strings(item) for item in content] if isinstance(content, list) else content


MADE: dict[str, Draft202012Validator] = {}


def validator(kind: Kind, names: dict[str, Any]) -> Draft202012Validator:
    """Make a schema once for each town: most mistakes leave its words and names as they are."""
    key = f"{kind.folder} {names!r}"
    if key not in MADE:
        MADE[key] = validator_of(schema_of(kind.model, kind.singular, "", names))
    return MADE[key]


def fields_marked(folder: Path, file: str) -> set[str] | None:
    """Return the fields at the top that a schema marks, those that are missing too; None where the text is no YAML."""
    try:
        content = load((folder / file).read_text("utf-8"))
    except (yaml.YAMLError, ValueError):
        return None
    check = validator(
        KIND_BY_FOLDER[Path(file).parent.name], {**named_words(folder), **named_records(folder)}
    )
    marked: set[str] = set()
    for error in check.iter_errors(strings(content)):
        if error.absolute_path:
            marked.add(str(error.absolute_path[0]))
        elif error.validator == "additionalProperties":
            # A blank that is none begins a field of its own.
            extra = set(content) - set(error.schema["properties"])
            marked |= {"" if "\u00a0" in name else name for name in extra}
        else:
            marked |= set(error.validator_value if error.validator == "required" else [""])
    return marked


def field_of(text: str, line: int) -> str:
    """Return the field at the top in which a line of a record stands."""
    lines = text.split("\n")[:line]
    return next(
        (found[1] for row in reversed(lines) if (found := re.match(r"([^\s#:{\[-][^:]*?)\s*:", row))), ""
    )


def made(item: Mistake, folder: Path) -> str:
    _write(item, folder, corrected=False)
    return (folder / item.file).read_text("utf-8")


@pytest.mark.parametrize("item", every(RECORDS, RECORDS[::3]), ids=lambda item: f"{item.group}: {item.name}")
def test_schema_and_check_agree_on_a_mistake(tmp_path: Path, item: Mistake) -> None:
    text = made(item, tmp_path / "town")
    marked = fields_marked(tmp_path / "town", item.file)
    if marked is None:
        return
    if item.code == UNDERSTOOD:
        assert marked == set()
    elif not marked:
        assert item.code in NOT_SEEN
    else:
        needed = {"name", "summary", "kind", "provider", "topics"} if item.file == OFFER else set()
        assert marked & {field_of(text, item.line), *needed, ""}, (marked, field_of(text, item.line))


@whole
def test_every_reason_is_needed_and_of_a_code_that_there_is(tmp_path: Path) -> None:
    assert set(NOT_SEEN) <= set(codes())
    unseen = set()
    for number, item in enumerate(RECORDS):
        if item.code in NOT_SEEN:
            made(item, tmp_path / str(number))
            if fields_marked(tmp_path / str(number), item.file) == set():
                unseen.add(item.code)
    assert unseen == set(NOT_SEEN)


_AGES = TypeAdapter(AgeRange)


@cache
def ages_seen() -> Draft202012Validator:
    return validator_of(_AGES.json_schema())


_WORDS = st.sampled_from(
    [
        "ab", "bis", "von", "unter", "für Kinder", "Jahre", "Jahren", "J.", "Monate", "Mon.", "months", "alle", "U3", "3", "12", "-", "–",
        "+", " ", "Schwangerschaft",
    ]
)  # fmt: skip


@given(
    st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
    | st.lists(_WORDS, min_size=1, max_size=5).map("".join)
)
@example("Kinder von 6 bis 10 Jahren")
@example("während der Schwangerschaft")
def test_ages_that_are_read_are_not_marked(text: str) -> None:
    try:
        _AGES.validate_python(text)
    except ValidationError:
        return
    assert ages_seen().is_valid(text)
