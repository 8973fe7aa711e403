"""One value of a text is changed, whatever way people wrote it in; every other byte stays."""

import datetime as dt
import re
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from generator.edit.records import record_text
from generator.edit.records.record_text import RecordText, Splice, spot_at
from generator.edit.records.yaml_writer import is_plain, write_scalar
from generator.read.nodes import FieldPath, MapNode, Node, at, parse, plain
from tests.chance import cases, long, whole

MARK = "\ufeff"


# What YAML could take for something else, and signs that look alike to people.
SIGNS = "abzÄß019 -:,#[]{}&*!|>'\"%@`?~\\\n\t.=+/<>…–\u00a0😀"
WORDS = [
    "01067", "NO", "null", "~", "---", "...", "on", "1e3", "8:30", "<<x", "-", "-a", "a:b", "a:", "?b", "#c", "d#e", "f,g", "Café",
    "„Treff“", "https://a.example/?b=c#d",
]  # fmt: skip
NAMES = ("name", "phone", "a", "b", "c", "contact_x")


def a_text(chance: Random) -> str:
    if chance.random() < 0.5:
        text = "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 12)))
    else:
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 6)))
    return text.strip() or a_text(chance)


def a_key(chance: Random) -> str:
    key = chance.choice(NAMES) if chance.random() < 0.6 else a_text(chance)
    return key if key != "<<" else "k"


def a_value(chance: Random, depth: int = 0) -> Any:
    kind = chance.random()
    if depth > 3 or kind < 0.5:
        return a_text(chance)
    many = range(chance.randint(1, 4))
    if kind < 0.75:
        return [a_value(chance, depth + 1) for _ in many]
    return {a_key(chance): a_value(chance, depth + 1) for _ in many}


class Author:
    """Writes values as different people would: in blocks and brackets, with quotes, remarks and blank lines, moved in by one to four."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.remarks = 0

    def one_in(self, many: int) -> bool:
        return self.chance.randrange(many) == 0

    def remark(self) -> str:
        self.remarks += 1
        return f"# k{self.remarks}: – [x], {{y}} 'z' \"ü"

    def behind(self) -> str:
        return " " * self.chance.randint(1, 3) + self.remark() if self.one_in(4) else ""

    def between(self) -> list[str]:
        lines = [""] if self.one_in(6) else []
        return [*lines, " " * self.chance.randint(0, 6) + self.remark()] if self.one_in(6) else lines

    def gap(self) -> str:
        """Between brackets a line may end anywhere."""
        if self.one_in(8):
            return f"{self.behind()}\n{' ' * self.chance.randint(0, 4)}"
        return " " * self.chance.randint(0, 2)

    def quoted(self, text: str) -> list[str]:
        ways = ['"' + write_scalar(f"{text}\0")[1:-5] + '"']
        if not re.search("[\n\t]", text):
            ways.append("'" + text.replace("'", "''") + "'")
        return ways

    def in_brackets(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, dict):
            fields = [
                f"{self.key(key, flow=True)}: {self.gap()}{self.in_brackets(item)}{self.gap()}"
                for key, item in value.items()
            ]
            return f"{{{self.gap()}" + ",".join(f"{self.gap()}{field}" for field in fields) + self.end() + "}"
        if isinstance(value, list):
            items = [f"{self.gap()}{self.in_brackets(item)}{self.gap()}" for item in value]
            return "[" + ",".join(items) + self.end() + "]"
        return self.chance.choice([*self.quoted(value), write_scalar(value, flow=True)])

    def end(self) -> str:
        return f",{self.gap()}" if self.one_in(6) else ""

    def key(self, key: str, *, flow: bool = False) -> str:
        plain_one = [key] * 3 if is_plain(key, flow=flow) and not key.startswith("---") else []
        return self.chance.choice([*plain_one, *self.quoted(key)])

    def lines(self, value: Any) -> tuple[str, list[str]]:
        """What stands behind a colon or dash, and the lines below, at the left margin."""
        if value is None:
            return self.chance.choice(["", " ~", " null"]) + self.behind(), []
        step = self.chance.randint(1, 4)
        if not isinstance(value, str) and self.one_in(3):
            head, *below = f" {self.in_brackets(value)}{self.behind()}".split("\n")
            return head, moved(below, step)
        if isinstance(value, dict):
            return self.behind(), moved([*self.between(), *self.fields(value)], step)
        if isinstance(value, list):
            return self.behind(), moved([*self.between(), *self.items(value)], step)
        return self.text(value, step)

    def text(self, text: str, step: int) -> tuple[str, list[str]]:
        if "\n" in text and self.one_in(2) and not re.search("^ |\n |[ \t]\n|\n\t|\t$", text):
            sign = self.chance.choice("||||>") + self.chance.choice(["", "-", "+"])
            lines = text.split("\n") if sign[0] == "|" else text.replace("\n", "\n\n").split("\n")
            return f" {sign}{self.behind()}", [*moved(lines, step), *[""] * self.chance.randint(0, 2)]
        if " " in text and self.one_in(2) and is_plain(text):
            words = text.split(" ")
            cut = self.chance.randint(1, len(words) - 1)
            return f" {' '.join(words[:cut])}", moved([" ".join(words[cut:]) + self.behind()], step)
        written = self.chance.choice([*self.quoted(text), *([text] * 2 if is_plain(text) else [])])
        if self.one_in(8):
            return self.behind(), moved([*self.between(), written + self.behind()], step)
        return f" {written}{self.behind()}", []

    def fields(self, values: dict[str, Any]) -> list[str]:
        lines: list[str] = []
        for key, value in values.items():
            if isinstance(value, list) and self.one_in(3):
                # Lists may stand no further in than their key.
                head, below = self.behind(), self.items(value)
            else:
                head, below = self.lines(value)
            lines += [f"{self.key(key)}:{head}", *below, *self.between()]
        return lines

    def items(self, values: list[Any]) -> list[str]:
        lines: list[str] = []
        for value in values:
            if isinstance(value, dict | list) and self.one_in(2):
                inner = self.fields(value) if isinstance(value, dict) else self.items(value)
                first, *below = moved(inner, self.chance.randint(2, 4))
                lines += [f"-{first[1:]}", *below]
            else:
                head, below = self.lines(value)
                lines += [f"-{head}", *below]
            lines += self.between()
        return lines

    def document(self, values: dict[str, Any]) -> str:
        lines = [*(["---"] if self.one_in(6) else []), *self.between(), *self.fields(values)]
        end = self.chance.choice(["\n", "\n", "\r\n"])
        text = "\n".join(lines).replace("\n", end) + ("" if self.one_in(5) else end)
        return (MARK if self.one_in(4) else "") + text


def moved(lines: list[str], step: int) -> list[str]:
    return [" " * step + line if line else line for line in lines]


def with_blanks(value: Any, chance: Random) -> Any:
    """The same with keys that say nothing."""
    if isinstance(value, dict):
        inner = {key: with_blanks(item, chance) for key, item in value.items()}
        for key in ("leer", "offen"):
            if key not in inner and chance.random() < 0.15:
                inner[key] = None
        return dict(chance.sample(list(inner.items()), len(inner)))
    return [with_blanks(item, chance) for item in value] if isinstance(value, list) else value


def documents(few: int, many: int) -> Iterator[tuple[Random, str, dict[str, Any]]]:
    """Texts as somebody wrote them, what they say, and chance for what is done with them."""
    odd = 0
    for seed in range(number := cases(few, many)):
        chance = Random(seed)
        said = {a_key(chance): a_value(chance) for _ in range(chance.randint(1, 5))}
        text = Author(Random(chance.random())).document(with_blanks(said, chance))
        node, found = parse(text.removeprefix(MARK), "a.yml")
        if found or node is None or stripped(plain(node)) != said:
            # Now and then two styles don't go together, as a text in a block and a remark that it swallows.
            odd += 1
        else:
            yield chance, text, said
    assert odd < number / 10


def stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: stripped(item) for key, item in value.items()}
    return [stripped(item) for item in value] if isinstance(value, list) else value.strip()


def places(value: Any, path: FieldPath = ()) -> list[FieldPath]:
    """The paths of everything in a record."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [
        *([path] if path else []),
        *(found for key, item in inner for found in places(item, (*path, key))),
    ]


def of(record: Any, path: FieldPath) -> Any:
    for step in path:
        record = record[step]
    return record


def without(record: Any, path: FieldPath) -> Any:
    """The record without a value, and without what would be empty then."""
    record = deepcopy(record)
    while len(path) > 1 and len(of(record, path[:-1])) == 1:
        path = path[:-1]
    del of(record, path[:-1])[path[-1]]
    return record


def outside(before: str, after: str) -> tuple[int, int]:
    """How many signs at the beginning and at the end of two texts are the same, none counted twice."""
    shorter = min(len(before), len(after))
    head = next((number for number in range(shorter) if before[number] != after[number]), shorter)
    tail = next((n for n in range(shorter - head) if before[-1 - n] != after[-1 - n]), shorter - head)
    return head, tail


def read(text: str) -> Node:
    node, found = parse(text.removeprefix(MARK), "a.yml")
    assert found == []
    assert node is not None
    return node


def check_form(before: str, after: str, expected: Any) -> None:
    assert stripped(plain(read(after))) == expected, after
    assert after.startswith(MARK) == before.startswith(MARK)
    assert ("\r\n" in before) or "\r" not in after
    if "\r\n" in before:
        assert re.search(r"(?<!\r)\n", after) is None


def remarks(text: str) -> list[str]:
    return re.findall(r"# k\d+:", text)


@long
def test_a_value_is_replaced_and_nothing_else() -> None:
    for chance, before, record in documents(500, 10_000):
        path, value = chance.choice(places(record)), a_value(chance)
        edit = RecordText(before, "a.yml")
        edit.set(path, value)
        assert edit.found == [], before
        expected = deepcopy(record)
        of(expected, path[:-1])[path[-1]] = value
        check_form(before, edit.text, expected)
        # What is different lies between the key and the end of the value's last line.
        text, after = before.removeprefix(MARK), edit.text.removeprefix(MARK)
        spot = spot_at(text, read(before), path)
        behind = spot.source.line_end(spot.end)
        assert after.startswith(text[: spot.begin]), after
        assert after[spot.begin :].endswith(text[behind:]), after
        gone = remarks(text[spot.begin : spot.end])
        if not isinstance(of(record, path), str) and text[spot.start] not in "[{":
            # Behind the last line of a list or group.
            gone += remarks(text[spot.end : behind])
        kept = [one for one in remarks(text) if one not in gone]
        assert [one for one in remarks(after) if one in kept] == kept, after


@whole
@long
def test_a_field_that_is_missing_is_only_put_in() -> None:
    made = 0
    for chance, before, record in documents(500, 10_000):
        groups = [path for path in [(), *places(record)] if isinstance(of(record, path), dict)]
        path = (*chance.choice(groups), *(a_key(chance) for _ in range(chance.randint(1, 3))))
        there = [at(read(before), path[:number]) for number in range(len(path) + 1)]
        if there[-1] is not None or not isinstance([node for node in there if node is not None][-1], MapNode):
            continue
        made += 1
        value = a_value(chance)
        edit = RecordText(before, "a.yml")
        edit.set(path, value)
        assert edit.found == [], before
        expected = deepcopy(record)
        place: Any = expected
        for step in path[:-1]:
            place = place[step] if isinstance(place, list) else place.setdefault(step, {})
        place[path[-1]] = value
        check_form(before, edit.text, expected)
        assert sum(outside(before, edit.text)) == len(before), edit.text
    assert made > 300


@whole
@long
def test_an_item_is_only_put_in() -> None:
    made = 0
    for chance, before, record in documents(500, 10_000):
        lists = [path for path in places(record) if isinstance(of(record, path), list)]
        if not lists:
            continue
        made += 1
        path, value = chance.choice(lists), a_value(chance)
        edit = RecordText(before, "a.yml")
        edit.add(path, value)
        assert edit.found == [], before
        expected = deepcopy(record)
        of(expected, path).append(value)
        check_form(before, edit.text, expected)
        assert sum(outside(before, edit.text)) == len(before), edit.text
    assert made > 200


@whole
@long
def test_what_is_taken_out_is_only_taken_out() -> None:
    refused = cases = 0
    for chance, before, record in documents(500, 10_000):
        path, cases = chance.choice(places(record)), cases + 1
        edit = RecordText(before, "a.yml")
        edit.remove(path)
        expected = without(record, path)
        if edit.found:
            assert [item.code for item in edit.found] == ["nicht-von-selbst"]
            assert edit.text == before
            if expected:
                # A text in a block would swallow the remark that comes next then.
                assert re.search(r"[|>][-+]?( +#.*)?\r?$", before, re.MULTILINE), before
                assert remarks(before), before
                refused += 1
            continue
        assert stripped(plain(read(edit.text))) == expected, edit.text
        assert edit.text.startswith(MARK) == before.startswith(MARK)
        assert sum(outside(before, edit.text)) == len(edit.text), edit.text
    assert refused < cases / 100


TEXT = """\
# Wer das ist
name: "Treff"   # wie am Schild
plz: 01067
hours:   # Sommer
  - Mo 9-12
  # nur im Winter
  - 'Di 9-12' # Hintereingang
contact:
    mail: a@b.example
    phone:   # folgt
about: |   # kurz
  Eins.

  Zwei.

places: [a, {x: 1, y: }]  # zwei
teams:
- name: A   # Anna
  phone: 1
- name: B
"""


@pytest.mark.parametrize(
    ("change", "path", "value", "old", "new"),
    [
        ("set", ("name",), "Café: neu", '"Treff" ', '"Café: neu" '),
        ("set", ("plz",), "01068", "01067", "01068"),
        ("set", ("plz",), "01067", "", ""),
        ("set", ("plz",), dt.date(2026, 1, 2), "01067", "2026-01-02"),
        ("set", ("plz",), True, "01067", "yes"),
        ("set", ("hours", 1), "x", "'Di 9-12' #", "x #"),
        ("set", ("hours",), ["Mo 9-12", "Di 9-12", "Mi"], " # Hintereingang\n", " # Hintereingang\n  - Mi\n"),
        ("set", ("hours",), ["Di 9-12"], "  - Mo 9-12\n", ""),
        ("set", ("hours",), ["Di 9-12", "Mi"], "  - Mo 9-12\n  # nur im Winter\n  - 'Di 9-12' # Hintereingang\n", "  # nur im Winter\n  - 'Di 9-12' # Hintereingang\n  - Mi\n"),
        ("set", ("hours",), ["Mo", "Di 9-12"], "- Mo 9-12\n", "- Mo\n"),
        ("set", ("hours",), ["Mo", "Di", "Mi"], "  - Mo 9-12\n  # nur im Winter\n  - 'Di 9-12' # Hintereingang\n", "  # nur im Winter\n  - Mo\n  - Di\n  - Mi\n"),
        ("set", ("hours",), "24/7", "hours:   # Sommer\n  - Mo 9-12\n  # nur im Winter\n  - 'Di 9-12' # Hintereingang\n", "hours: 24/7   # Sommer\n"),
        ("set", ("contact", "phone"), "1", "phone:   #", "phone: 1   #"),
        ("set", ("contact", "web"), "u", "# folgt\n", "# folgt\n    web: u\n"),
        ("set", ("contact",), {"mail": "c@d.example"}, "a@b.example\n    phone:   # folgt\n", "c@d.example\n"),
        ("set", ("about",), "Kurz.", "|   # kurz\n  Eins.\n\n  Zwei.\n", "Kurz.   # kurz\n"),
        ("set", ("about",), "A\nB", "  Eins.\n\n  Zwei.\n", "  A\n  B\n"),
        ("set", ("plz",), "A\nB", "01067\n", "|\n  A\n  B\n"),
        ("set", ("name",), ["a: b"], '"Treff"   # wie am Schild\n', '  # wie am Schild\n  - "a: b"\n'),
        ("set", ("places", 1, "y"), "a, b", "y: }", 'y: "a, b" }'),
        ("set", ("places", 1, "z"), "2", "y: }", "y: , z: 2 }"),
        ("set", ("neu", "a", "b"), ["x", "y"], "- name: B\n", "- name: B\nneu:\n  a: {b: [x, y]}\n"),
        ("set", ("plz",), None, "plz: 01067\n", ""),
        ("set", ("plz",), {"a": {"b": [None]}}, "plz: 01067\n", ""),
        ("add", ("hours",), "Mi", " # Hintereingang\n", " # Hintereingang\n  - Mi\n"),
        ("add", ("places",), "b", "}]  #", "}, b]  #"),
        ("add", ("teams",), {"name": "C: c", "phone": "3"}, "- name: B\n", '- name: B\n- name: "C: c"\n  phone: 3\n'),
        ("add", ("contact", "phone"), "1", "phone:   # folgt\n", "phone: [1]   # folgt\n"),
        ("add", ("neu",), "1", "- name: B\n", "- name: B\nneu: [1]\n"),
        ("remove", ("name",), None, 'name: "Treff"   # wie am Schild\n', ""),
        ("remove", ("teams", 0, "name"), None, "name: A   # Anna\n", "   # Anna\n"),
        ("remove", ("teams", 1, "name"), None, "- name: B\n", ""),
        ("remove", ("places", 0), None, "a, ", ""),
        ("remove", ("places", 1, "x"), None, ", {x: 1, y: }", ""),
        ("remove", ("contact", "mail"), None, "contact:\n    mail: a@b.example\n    phone:   # folgt\n", ""),
        ("remove", ("gibt", "es", "nicht"), None, "", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["as written", "of Windows"])
def test_how_it_is_written(change: str, path: FieldPath, value: Any, old: str, new: str, form: str) -> None:
    expected = TEXT.replace(old, new) if old else TEXT
    assert TEXT.count(old) == 1 or not old
    text = TEXT
    if form == "of Windows":
        text, expected = (MARK + one.replace("\n", "\r\n") for one in (text, expected))
    edit = RecordText(text, "a.yml")
    if change == "remove":
        edit.remove(path)
    else:
        (edit.set if change == "set" else edit.add)(path, value)
    assert (edit.text, edit.found) == (expected, [])


@pytest.mark.parametrize(
    ("text", "change", "path", "column"),
    [
        ("name: A\n", "set", ("name", "x"), 7),
        ("name: A\n", "set", ("orte", 0), 1),
        ("name: A\n", "add", ("name",), 7),
        ("name: A\n", "remove", ("name",), 7),
        ("? name\n: A\n", "set", ("name",), 3),
        ("a:\n  - x\n", "set", ("a", 3), 1),
    ],
)
def test_what_can_not_be_done_is_told_and_nothing_more_is_changed(
    text: str, change: str, path: FieldPath, column: int
) -> None:
    edit = RecordText(text, "a.yml")
    if change == "remove":
        edit.remove(path)
    else:
        (edit.set if change == "set" else edit.add)(path, "neu")
    edit.set(("b",), "2")
    assert edit.text == text
    assert [(item.code, item.position.column) for item in edit.found] == [("nicht-von-selbst", column)]


def test_what_is_no_yaml_is_told_and_stays() -> None:
    edit = RecordText("\ufeffname: A: B\n", "a.yml")
    edit.set(("name",), "A")
    assert (edit.text, [item.code for item in edit.found]) == ("\ufeffname: A: B\n", ["doppelpunkt-im-text"])


@pytest.mark.parametrize(
    "wrong",
    [
        [Splice(6, 7, "B"), Splice(11, 12, "3")],
        [Splice(6, 7, "B"), Splice(20, 23, '"x"')],
        [Splice(6, 7, "B"), Splice(13, 17, "#")],
        [Splice(0, 4, "nume"), Splice(6, 7, "B")],
        [Splice(6, 7, "C")],
        [Splice(6, 12, "B")],
        [Splice(6, 7, "B: x")],
        [Splice(6, 7, "B\nb: 2")],
    ],
)
def test_a_text_that_reads_otherwise_than_meant_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, wrong: list[Splice]
) -> None:
    text = "name: A\nb: 2\nc: [x, xyz]\n"
    monkeypatch.setattr(record_text, "ways_to_put", lambda *_given: iter([wrong]))
    edit = RecordText(text, "a.yml")
    edit.set(("name",), "B")
    assert (edit.text, [item.code for item in edit.found]) == (text, ["nicht-von-selbst"])
    monkeypatch.setattr(record_text, "ways_to_put", lambda *_given: iter([wrong, [Splice(6, 7, "B")]]))
    edit = RecordText(text, "a.yml")
    edit.set(("name",), "B")
    assert (edit.text, edit.found) == (text.replace("A", "B"), [])
