"""Editions of written reports: what makes one, what its head and text say, and when its kept figures are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.files.disk import Disk
from generator.model.editions import FORMAT, Edition, Frozen, digest, to_json
from generator.read.editions import cut_head, parse_edition, read_editions, text_digest

HEAD = "---\ntitle: Nord\nedition: '2026'\ndate: 2026-05-01\nstate: published\nsummary: Es wächst.\nspace: west\n---\n"
BODY = "\nErstens.\n\nZweitens.\n"
NAME = "berichte/nord/2026.md"
KNOWN = {"spaces": {"west"}, "indicators": {"arm"}}


def parsed(text: str) -> Edition:
    edition, found = parse_edition(text, f"content/{NAME}", KNOWN)
    assert found == []
    assert edition is not None
    return edition


def figures(**more: Any) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "text": parsed(HEAD + BODY).digest,
        "corrections": [{"date": "2026-06-01", "note": "Ein Komma."}],
        "data": to_json(Frozen()),
        **more,
    }


def keep(root: Path, content: dict[str, Any], name: str = "nord/2026", **more: Any) -> Path:
    path = root / "resources" / "editions" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**content, "digest": digest(content), **more}), "utf-8")
    return path


def read(root: Path, pages: dict[str, str]) -> tuple[dict[str, Edition], list[Diagnostic]]:
    return read_editions(Disk(root), pages, root / "resources" / "editions", KNOWN)


def said(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    return [(item.code, item.position.file, item.position.line) for item in found]


def test_an_edition_is_its_head_its_text_and_its_figures(tmp_path: Path) -> None:
    keep(tmp_path, figures())
    editions, found = read(tmp_path, {NAME: HEAD + BODY, "berichte/nord/index.md": "x", "index.md": "x"})
    assert found == []
    assert list(editions) == ["nord/2026"]
    one = editions["nord/2026"]
    assert (one.report, one.name, one.text, one.first_line) == ("nord", "2026", BODY, 9)
    assert one.file == f"content/{NAME}"
    assert one.frozen == Frozen()
    assert [(item.date.isoformat(), item.note) for item in one.corrections] == [("2026-06-01", "Ein Komma.")]


def test_windows_and_marks_at_the_beginning_change_nothing() -> None:
    plain = parsed(HEAD + BODY)
    for text in (
        "\ufeff" + HEAD + BODY,
        (HEAD + BODY).replace("\n", "\r\n"),
        HEAD.replace("---\n", "--- \n") + BODY,
    ):
        other = parsed(text)
        assert (other.head, other.text, other.first_line, other.digest) == (
            plain.head, plain.text, plain.first_line, plain.digest,
        )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "Ohne Kopf\n---\nText\n", "---\ntitle: Nord\n", "----\ntitle: A\n---\n"]
)
def test_without_its_two_lines_there_is_no_head(text: str) -> None:
    assert cut_head(text) is None
    edition, found = parse_edition(text, f"content/{NAME}", KNOWN)
    assert edition is None
    assert said(found) == [("ausgabe-ohne-kopf", f"content/{NAME}", 1)]


def test_the_digest_holds_whatever_a_reader_sees_of_it() -> None:
    plain = parsed(HEAD + BODY)
    changed = [
        (HEAD.replace("Nord", "Süd"), BODY),
        (HEAD.replace("'2026'", "'2027'"), BODY),
        (HEAD.replace("05-01", "05-02"), BODY),
        (HEAD.replace("Es wächst.", "Es schrumpft."), BODY),
        (HEAD.replace("space:", "authors: Amt\nspace:"), BODY),
        (HEAD, BODY.replace("Zweitens", "Drittens")),
    ]
    assert len({plain.digest, *(parsed(head + body).digest for head, body in changed)}) == 1 + len(changed)
    for same in (HEAD + BODY + "\n\n", HEAD.replace("state: published", "state: draft") + BODY):
        assert parsed(same).digest == plain.digest
    assert text_digest(plain.head, plain.text) == plain.digest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD.replace("title: Nord\n", "") + BODY, ("feld-fehlt", 2)),
        (HEAD.replace("2026-05-01", "2026-5-1") + BODY, ("kein-datum", 4)),
        (HEAD.replace("title: Nord", "title: [Nord") + BODY, ("klammer-offen", 2)),
        (HEAD.replace("published", "draft").replace("west", "wset") + BODY, ("unbekannter-verweis", 7)),
    ],
)
def test_what_is_wrong_with_a_head_is_told_at_its_line(text: str, expected: tuple[str, int]) -> None:
    found = parse_edition(text, f"content/{NAME}", KNOWN)[1]
    assert [(item.code, item.position.line) for item in found] == [expected]


def test_a_published_edition_may_be_about_an_area_that_is_gone() -> None:
    assert parsed((HEAD + BODY).replace("west", "frueher")).head.space == "frueher"


CHANGED: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, bool, int]]] = {
    # what stands in the file, what is put there afterwards, and what is said: at the text or at the figures
    "a figure": ({}, {"corrections": []}, ("ausgabe-daten-geaendert", False, 1)),
    "the digest": ({}, {"digest": "0"}, ("ausgabe-daten-geaendert", False, 1)),
    "the next format": ({"format": FORMAT + 1}, {}, ("ausgabe-format-neuer", False, 1)),
    "no such format": ({"format": 0}, {}, ("ausgabe-format-neuer", False, 1)),
    "nothing kept": ({"data": {"series": 5}}, {}, ("ausgabe-daten-geaendert", False, 1)),
    "no date": (
        {"corrections": [{"date": "gestern", "note": "x"}]},
        {},
        ("ausgabe-daten-geaendert", False, 1),
    ),
    "the text": ({"text": "0"}, {}, ("ausgabe-text-geaendert", True, 9)),
}


@pytest.mark.parametrize("name", CHANGED)
def test_figures_that_are_not_those_of_the_text_are_refused(tmp_path: Path, name: str) -> None:
    content, after, (code, at_text, line) = CHANGED[name]
    path = keep(tmp_path, figures(**content), **after)
    editions, found = read(tmp_path, {NAME: HEAD + BODY})
    file = f"content/{NAME}" if at_text else path.relative_to(tmp_path).as_posix()
    assert said(found) == [(code, file, line)]
    assert "nord/2026" in editions
    # The figures themselves are sound where only the text has changed.
    assert (editions["nord/2026"].frozen is not None) == at_text
    assert editions["nord/2026"].key in found[0].message or f"content/{NAME}" in found[0].help


WORDLESS = {key: value for key, value in figures().items() if key != "text"}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "{}", "[" * 200_000, json.dumps({**WORDLESS, "digest": digest(WORDLESS)})]
)
def test_a_file_that_holds_no_figures_is_refused(tmp_path: Path, text: str) -> None:
    keep(tmp_path, figures()).write_text(text, "utf-8")
    assert [item.code for item in read(tmp_path, {NAME: HEAD + BODY})[1]] == ["ausgabe-daten-geaendert"]


def test_only_what_is_published_needs_figures(tmp_path: Path) -> None:
    draft = (HEAD + BODY).replace("published", "draft")
    editions, found = read(tmp_path, {NAME: HEAD + BODY, "berichte/nord/2027.md": draft})
    assert said(found) == [("ausgabe-nicht-eingefroren", f"content/{NAME}", 1)]
    assert f"nahraum publish content/{NAME}" in found[0].help
    assert {key: one.frozen for key, one in editions.items()} == {"nord/2026": None, "nord/2027": None}


def test_figures_are_left_over_where_no_text_is(tmp_path: Path) -> None:
    for name in ("nord/2026", "nord/2025", "sued/2026"):
        keep(tmp_path, figures(), name)
    broken = tmp_path / "content/berichte/nord/2025.md"
    broken.parent.mkdir(parents=True)
    broken.write_text("kaputt", "utf-8")
    # A text that cannot be read is there all the same.
    _, found = read(tmp_path, {NAME: HEAD + BODY, "berichte/nord/2025.md": "kaputt"})
    assert said(found) == [
        ("ausgabe-ohne-kopf", "content/berichte/nord/2025.md", 1),
        ("ausgabe-uebrig", "resources/editions/sued/2026.json", 1),
    ]


def test_names_and_order_of_editions(tmp_path: Path) -> None:
    draft = (HEAD + BODY).replace("published", "draft")
    pages = {
        "berichte/nord/b.md": draft,
        "berichte/nord/a.md": draft,
        "berichte/nord/z.md": draft.replace("05-01", "04-01"),
        "berichte/arm/a.md": draft,
        "berichte/Süd/a.md": draft,
        "berichte/nord/Zwei drei.md": draft,
    }
    editions, found = read(tmp_path, pages)
    assert list(editions) == ["arm/a", "nord/z", "nord/a", "nord/b"]
    assert said(found) == [
        ("bericht-name-vergeben", "content/berichte/arm/a.md", 1),
        ("dateiname", "content/berichte/Süd/a.md", 1),
        ("dateiname", "content/berichte/nord/Zwei drei.md", 1),
    ]
    assert ["„arm“" in found[0].message, "„Süd“" in found[1].message] == [True, True]
    assert "„Zwei drei“" in found[2].message
