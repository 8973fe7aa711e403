"""Text to nodes: what was written comes out as written, at its place; what a card index does not need is refused."""

import pytest

from generator.read.nodes import (
    MAX_VALUES,
    ListNode,
    MapNode,
    Scalar,
    at,
    is_empty,
    parse,
    plain,
    position_at,
)
from generator.read.yaml_mistakes import MAX_DEPTH

WRITTEN = [
    "NO", "01067", "8:30", "1e3", "on", "off", "yes", "No", "0x10", "0o7", "1_000", ".5", "+1", "2026-10-01", "12:30:45", "=", "6-10", "nan", ".inf",
    "Null", "NULL",
]  # fmt: skip


def node_of(text: str) -> MapNode:
    node, found = parse(text, "a.yml")
    assert found == []
    assert isinstance(node, MapNode)
    return node


@pytest.mark.parametrize("written", WRITTEN)
def test_scalars_come_out_as_written(written: str) -> None:
    assert plain(node_of(f"country: {written}\n")) == {"country": written}
    assert plain(node_of(f"a: [{written}]\nb: {{c: {written}}}\n")) == {"a": [written], "b": {"c": written}}


def test_keys_come_out_as_written() -> None:
    assert plain(node_of("NO: a\non: b\n01: c\n")) == {"NO": "a", "on": "b", "01": "c"}


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_nothing_written_is_no_value(written: str) -> None:
    node = node_of(f"a: x\nuntil: {written}\n")
    assert plain(node) == {"a": "x"}
    value = node.get("until")
    assert value is not None
    assert is_empty(value)


def test_a_quoted_empty_text_is_left_out_and_a_quoted_null_is_written() -> None:
    assert plain(node_of('a: ""\nb: "null"\n')) == {"b": "null"}


def test_positions_count_from_one_and_in_characters() -> None:
    node = node_of("name: Süß\ntopics: [schuldn, garten]\ngroup:\n  – a: b\n  c: 'd e'\n")
    assert position_at(node, ("name",)).column == 7
    topic = at(node, ("topics", 0))
    assert isinstance(topic, Scalar)
    assert (topic.position.line, topic.position.column, topic.position.length) == (2, 10, 7)
    assert position_at(node, ("group", "c")).line == 5
    assert position_at(node, ("group", "c"), key=True).column == 3
    assert position_at(node, ("group", "c")).length == 5


def test_a_path_that_leads_nowhere_gives_the_nearest_place_above() -> None:
    node = node_of("contact:\n  phone: 1\n")
    assert at(node, ("contact", "email")) is None
    assert position_at(node, ("contact", "email")).line == 1


def test_empty_items_of_a_list_do_not_shift_the_others() -> None:
    node = node_of("a:\n  - x\n  -\n  - y\n")
    assert plain(node) == {"a": ["x", "y"]}
    assert position_at(node, ("a", 1)).line == 4


def test_blocks_keep_their_lines() -> None:
    assert plain(node_of("a: |\n  eins: zwei #3\n\n  drei\n")) == {"a": "eins: zwei #3\n\ndrei\n"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\na: 2\n", "doppelter-schluessel", 2, 1),
        ("a:\n\tb: 1\n", "tabulator", 2, 1),
        ("a: 1\n---\nb: 2\n", "zweites-dokument", 2, 1),
        ("a: &x 1\nb: *x\n", "verweis-in-yaml", 1, 4),
        ("a: 1\n<<: {b: 2}\n", "verweis-in-yaml", 2, 1),
        ("a: !!str 1\n", "typ-marke", 1, 4),
        ("a: {when: Mi,Sa 07:00}\n", "komma-trennt", 1, 14),
        ("a: Treff: montags\n", "doppelpunkt-im-text", 1, 9),
        ("a: [b, c\nd: e\n", "klammer-offen", 1, 4),
        ("a: {b: c\nd: e\n", "klammer-offen", 1, 4),
        ("contact: {name: Büro phone: 040 1}\n", "klammer-offen", 1, 10),
        ("a:\n  b: c\n \td: e\n", "tabulator", 3, 2),
        ('a: "offen\nb: c\n', "anfuehrung-offen", 1, 4),
        ("a: @b\n", "sonderzeichen-am-anfang", 1, 4),
        ("a: `b`\n", "sonderzeichen-am-anfang", 1, 4),
        ("a: %b\n", "sonderzeichen-am-anfang", 1, 4),
        ("[a, b]: c\n", "schluessel-kein-text", 1, 1),
        ("a: x\x07y\n", "steuerzeichen", 1, 5),
        ("", "datei-leer", 1, 1),
        ("# nur eine Bemerkung\n", "datei-leer", 1, 1),
        ("---\n", "datei-leer", 1, 1),
        ("a: b\n  c: d\n", "doppelpunkt-im-text", 2, 4),
        ("a:\n  - b\n c: d\n", "einrueckung-falsch", 3, 2),
        ("a: b\n%%%: [\n", "text-nicht-eingerueckt", 2, 1),
        ("a:\n  b: c\n  xyz\nd: e\n", "text-nicht-eingerueckt", 3, 3),
        ("a:\n  - b\n  xyz\nd: e\n", "strich-fehlt", 3, 3),
        ("a:\n  b: c\n  -x\nd: e\n", "strich-ohne-leerzeichen", 3, 3),
        ("a: b\n@x: c\n", "text-nicht-eingerueckt", 2, 1),
        ("- a\nb: c\n", "kein-yaml", 2, 1),
        ('a: "x\\y"\n', "rueckstrich-im-text", 1, 6),
        ('a: "x\\n\\q"\n', "rueckstrich-im-text", 1, 8),
    ],
)
def test_mistakes_are_named_at_their_place(text: str, code: str, line: int, column: int) -> None:
    _, found = parse(text, "a.yml")
    assert [item.code for item in found][:1] == [code], found
    assert (found[0].position.line, found[0].position.column) == (line, column)
    assert found[0].help


@pytest.mark.parametrize("wrong", ["[a, b]: 1", "<<: {x: 1}", "a: 1\na: 2"])
def test_what_stands_behind_a_wrong_key_is_read(wrong: str) -> None:
    node, found = parse(f"{wrong}\nrest: 3\n", "a.yml")
    assert len(found) == 1
    rest = at(node, ("rest",))
    assert isinstance(rest, Scalar)
    assert rest.text == "3"


def test_all_refused_extras_are_named_at_once() -> None:
    _, found = parse("a: &x 1\nb: *x\nc: !t 2\nc: 3\n", "a.yml")
    assert [item.code for item in found] == [
        "verweis-in-yaml", "verweis-in-yaml", "typ-marke", "doppelter-schluessel",
    ]  # fmt: skip


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_deep_nesting_costs_no_stack(bracket: str) -> None:
    _, found = parse(bracket * 100_000, "a.yml")
    assert [item.code for item in found] == ["zu-tief"]
    assert found[0].position.line == 1


@pytest.mark.parametrize("written", ["k{0}: 1\n", "doppelt: 1\n", "- {0}\n"])
def test_more_values_than_anybody_writes_are_one_mistake(written: str) -> None:
    text = "".join(written.format(number) for number in range(90_000))
    node, found = parse(text, "a.yml")
    assert node is None
    assert [item.code for item in found] == ["zu-viele-werte"]
    assert found[0].position.line <= MAX_VALUES + 1


def test_as_many_values_as_allowed_are_read() -> None:
    node, found = parse("".join(f"k{number}: 1\n" for number in range(MAX_VALUES // 2 - 1)), "a.yml")
    assert found == []
    assert isinstance(node, MapNode)
    assert len(node.entries) == MAX_VALUES // 2 - 1


def test_as_deep_as_allowed_is_read() -> None:
    node, found = parse("a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1) + "\n", "a.yml")
    assert found == []
    for _ in range(MAX_DEPTH - 1):
        node = at(node, ("a",)) if isinstance(node, MapNode) else node
        assert isinstance(node, ListNode)
        node = node.items[0]
    assert isinstance(node, Scalar)
    assert node.text == "x"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a: Raum #3\n", "#3"),
        ("a: Raum # Bemerkung\n", "# Bemerkung"),
        ("a: Raum  # Bemerkung\n", ""),
        ("a: 'Raum' #3\n", ""),
        ("a: Raum#3\n", ""),
    ],
)
def test_what_a_hash_cuts_off_is_kept_for_the_check(text: str, cut: str) -> None:
    value = node_of(text).get("a")
    assert isinstance(value, Scalar)
    assert value.cut == cut


@pytest.mark.parametrize(
    ("text", "path", "end"),
    [
        ("a: Süd   # so\n", ("a",), (1, 7)),
        ("a: 'x'\r\nb: y\r\n", ("a",), (1, 7)),
        ("a: x\n  y # z\n", ("a",), (2, 4)),
        ("a: |\n  x\n\n# z\n", ("a",), (4, 1)),
        ("a: [b, {c: d }] # e\n", ("a",), (1, 16)),
        ("a: [b, {c: d }] # e\n", ("a", 1), (1, 15)),
        ("a:\n  - b\n  - c: d # e\n    # f\n\ng: h\n", ("a",), (3, 9)),
        ("a:\n  - b\n  - c: d # e\n    # f\n\ng: h\n", (), (6, 5)),
        ("a:   # b\nc: d\n", ("a",), (1, 3)),
    ],
)
def test_a_node_knows_where_it_ends(text: str, path: tuple[str | int, ...], end: tuple[int, int]) -> None:
    node = at(node_of(text), path)
    assert node is not None
    assert node.end == end
