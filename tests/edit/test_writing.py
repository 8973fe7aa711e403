"""What is written is read back with the same values, whatever the texts hold."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.edit.records.yaml_writer import WIDTH, write_record, write_scalar
from generator.model.names_and_ids import unfit
from generator.read.nodes import ListNode, MapNode, Node, Scalar, parse
from tests.chance import cases, long

SIGNS = st.sampled_from(list("abzÄß019 -:,#[]{}&*!|>'\"%@`?~\\\n\t.=+/<>…–\u00a0\u0085\u2028\ufeff\r😀"))
ANY = (
    st.one_of(
        st.text(SIGNS, min_size=1, max_size=40),
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30),
        st.sampled_from(
            [
                "NO", "01067", "8:30", "1e3", "on", "null", "~", "yes", "---", "...", "- a", "a: b", "a #b", "-5", "?", "24/7", "<<",
            ]
        ),
    )
    .map(str.strip)
    .filter(bool)
)  # fmt: skip
"""Texts as any program may hand them over."""
TEXTS = ANY.filter(lambda text: unfit(text) is None)
"""Texts that a record may hold."""
KEYS = st.one_of(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), TEXTS.filter(lambda key: key != "<<"))
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4), st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


def values(node: Node) -> Any:
    """Return what a node holds; space around a text is no part of it, as in every record."""
    match node:
        case Scalar(text=text):
            return text.strip()
        case ListNode(items=items):
            return [values(item) for item in items]
        case MapNode(entries=entries):
            return {key.text: values(value) for key, value in entries}


@long
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
@settings(max_examples=cases(20, 2000))
def test_written_records_are_read_back_unchanged(record: dict[str, Any]) -> None:
    written = write_record(record)
    node, found = parse(written, "record.yml")
    assert found == [], written
    assert node is not None
    assert values(node) == record, written


@long
@given(TEXTS, st.booleans())
@settings(max_examples=cases(150, 2000))
def test_a_text_on_one_line_survives_alone_and_inside_brackets(text: str, flow: bool) -> None:
    written = write_scalar(text, flow=flow)
    node, found = parse(f"a: {{b: {written}, c: d}}\n" if flow else f"a: {written}\n", "record.yml")
    assert found == []
    assert node is not None
    assert values(node) == {"a": {"b": text, "c": "d"} if flow else text}


@long
@given(ANY)
@example("\ufdd0")
@settings(max_examples=cases(150, 2000))
def test_a_text_that_no_record_may_hold_is_written_safely_and_refused_when_read(text: str) -> None:
    node, found = parse(write_record({"a": text, "b": "nach"}), "record.yml")
    assert node is not None
    assert values(node) == {"a": text.strip(), "b": "nach"}
    assert [item.code for item in found] == ["steuerzeichen"] * (unfit(text) is not None)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Ein Satz.", "a: Ein Satz.\n"),
        ("Treff: montags", 'a: "Treff: montags"\n'),
        ("Raum #3", 'a: "Raum #3"\n'),
        ("Raum#3", "a: Raum#3\n"),
        ("01067", "a: 01067\n"),
        ("NO", "a: NO\n"),
        ("null", 'a: "null"\n'),
        ("Erster Absatz.\n\nZweiter.", "a: |\n  Erster Absatz.\n\n  Zweiter.\n"),
        (["schulden", "garten"], "a: [schulden, garten]\n"),
        (["Mi, Sa", "Do"], "a:\n  - Mi, Sa\n  - Do\n"),
        ({"street": "Uferweg", "number": "12a"}, "a: {street: Uferweg, number: 12a}\n"),
        ({"when": "Mi,Sa 07:00-13:00"}, "a:\n  when: Mi,Sa 07:00-13:00\n"),
        ([{"date": dt.date(2026, 12, 5), "from": "15:00"}], "a:\n  - {date: 2026-12-05, from: 15:00}\n"),
        ({"website": "https://a.example/"}, "a: {website: https://a.example/}\n"),
        (True, "a: yes\n"),
        (Decimal("3.50"), "a: 3.50\n"),
        ({"en": {"name": "A", "summary": "B"}}, "a:\n  en: {name: A, summary: B}\n"),
    ],
)
def test_the_usual_writing_of_new_records(value: Any, written: str) -> None:
    assert write_record({"a": value}) == written


def test_fields_without_value_are_left_out_and_long_groups_stand_on_lines_of_their_own() -> None:
    written = write_record({"a": None, "b": [], "c": {"d": "x " * 30 + "y", "e": "z " * 30 + "y"}})
    assert written == "c:\n  d: " + "x " * 30 + "y\n  e: " + "z " * 30 + "y\n"
    assert max(map(len, written.splitlines())) <= WIDTH
