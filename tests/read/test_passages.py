"""The passages of a file: every text and comment once, and a part of one pointed at where an editor sees it."""

import pytest

from generator.diagnostics import Position
from generator.model.offer import Offer
from generator.read.nodes import MapNode, parse
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, comments, passages

FILE = """\
# Anna fragen
name: Anna   # nicht # zweimal
summary: "Anna # kommt, Anna geht"
notes: |
  # kein Kommentar
  Anna bleibt,
  Anna geht
topics: [anna, 'a#b']
#
contact: {name: A#nna} #Ende
"""


def read(text: str) -> list[Passage]:
    node, found = parse(text, "a.yml")
    assert found == []
    assert isinstance(node, MapNode)
    record = Offer.model_construct()
    return list(passages(RecordSource("offers", "a", "a.yml", node, record, text)))


def test_every_text_and_every_comment_is_a_passage_once() -> None:
    assert [(one.path, one.text, one.position[:3]) for one in read(FILE)] == [
        (("name",), "Anna", ("a.yml", 2, 7)),
        (("summary",), "Anna # kommt, Anna geht", ("a.yml", 3, 10)),
        (("notes",), "# kein Kommentar\nAnna bleibt,\nAnna geht\n", ("a.yml", 4, 8)),
        (("topics", 0), "anna", ("a.yml", 8, 10)),
        (("topics", 1), "a#b", ("a.yml", 8, 16)),
        (("contact", "name"), "A#nna", ("a.yml", 10, 17)),
        ((), "Anna fragen", ("a.yml", 1, 1)),
        ((), "nicht # zweimal", ("a.yml", 2, 14)),
        ((), "Ende", ("a.yml", 10, 24)),
    ]


@pytest.mark.parametrize(
    ("number", "part", "line", "column"),
    [
        (0, "Anna", 2, 7),
        (1, "Anna", 3, 11),
        (1, "Anna geht", 3, 25),
        (2, "Anna", 6, 3),
        (2, "Anna geht", 7, 3),
        (2, "kein Kommentar", 5, 5),
        (6, "fragen", 1, 8),
        (7, "zweimal", 2, 24),
        (8, "Ende", 10, 25),
    ],
)
def test_a_part_is_pointed_at_where_the_file_shows_it(number: int, part: str, line: int, column: int) -> None:
    passage = read(FILE)[number]
    start = passage.text.index(part)
    at = passage.at(start, start + len(part))
    assert at == Position("a.yml", line, column, len(part))


def test_what_no_line_shows_as_a_whole_is_pointed_at_where_it_begins() -> None:
    folded, other, escaped = read('summary: geht\n bald weiter\nname: bald weiter\nnotes: "gr\\u00fcn"\n')
    assert folded.at(0, len("geht bald")) == folded.position
    # What stands below belongs to another field.
    text = "summary: geht\n  bald\nname: geht bald\n"
    assert read(text)[0].at(0, 9)[:3] == ("a.yml", 1, 10)
    assert other.at(0, 4)[:3] == ("a.yml", 3, 7)
    assert escaped.at(0, 4) == escaped.position


def test_a_text_that_is_no_yaml_has_no_comments() -> None:
    assert comments("name: [a\n# b\n", "a.yml") == []
    assert comments("name: a\n", "a.yml") == []


def test_a_part_is_looked_for_behind_what_stands_before_the_passage() -> None:
    """The name of the field holds the same word."""
    (passage,) = read("name: am Namen\n")
    assert passage.at(3, 7)[:3] == ("a.yml", 1, 10)
    (other,) = read("summary: sum\n")
    assert other.at(0, 3)[:3] == ("a.yml", 1, 10)
