"""Hand-written pages as they are read: with any line ends, with a head that means what it says, and nothing that isn't a page."""

import zlib
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.files.disk import Disk
from generator.read.csv_tables import read_streets
from generator.read.seen_text import printed, words_of
from generator.read.written_texts import read_content


def read(root: Path, files: dict[str, str]) -> tuple[dict[str, str], list[Diagnostic]]:
    for name, text in files.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_bytes(text.encode())
    return read_content(Disk(root))


def test_pages_are_named_from_their_folder_and_hidden_ones_are_none(tmp_path: Path) -> None:
    pages, found = read(
        tmp_path, {"b.md": "B", "a/c.md": "C", ".alt.md": "", ".obsidian/x.md": "", "bild.png": "x"}
    )
    assert (pages, found) == ({"b.md": "B", "a/c.md": "C"}, [])


def test_line_ends_are_those_of_every_program(tmp_path: Path) -> None:
    """A head with the line ends of Windows is a head."""
    pages, found = read(tmp_path, {"a.md": "\ufeff---\r\ntitle: Süd\r\n---\r\n\rText\r\n"})
    assert (pages, found) == ({"a.md": "---\ntitle: Süd\n---\n\nText\n"}, [])


def test_a_page_with_another_ending_is_told_because_nobody_reads_it(tmp_path: Path) -> None:
    pages, (told,) = read(tmp_path, {"a.markdown": "A"})
    assert pages == {}
    assert (told.code, told.position.file, told.help) == (
        "fremde-datei",
        "content/a.markdown",
        "die Datei in a.md umbenennen",
    )


BOMB = "---\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\ntitle: *b\n---\nText\n"


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (BOMB, ("verweis-in-yaml", 2)),
        ("---\ntitle: !!python/name:os.system\n---\nText\n", ("typ-marke", 2)),
        ("---\ntitle: A\ntitle: B\n---\nText\n", ("doppelter-schluessel", 3)),
        ("---\n" + "a: " + "[" * 60 + "]" * 60 + "\n---\nText\n", ("zu-tief", 2)),
        ("---\ntitle: Raum # 3 im Hof\n---\nText\n", ("raute-schneidet-ab", 2)),
    ],
)
def test_a_head_is_as_plain_as_a_record(tmp_path: Path, head: str, told: tuple[str, int]) -> None:
    _pages, found = read(tmp_path, {"a.md": head})
    assert told in [(item.code, item.position.line) for item in found]


def test_remarks_in_a_head_are_remarks(tmp_path: Path) -> None:
    head = "---\ntitle: Raum 3  # im Hof\nfold: yes # der Rest\n---\nText\n"
    assert read(tmp_path, {"a.md": head}) == ({"a.md": head}, [])


def test_a_character_that_no_text_may_hold_is_named(tmp_path: Path) -> None:
    _pages, found = read(tmp_path, {"a.md": "# Seite\n\nEin\0Wort\n"})
    assert [(item.code, item.position.line, item.position.column) for item in found] == [
        ("steuerzeichen", 3, 4)
    ]


@pytest.mark.parametrize(
    "text", ["---\n---\nText\n", "Text\n\n---\n\na: &b\n\n---\n", "---\n\n# Nach einem Strich\n"]
)
def test_what_is_no_head_is_text(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, {"a.md": text}) == ({"a.md": text}, [])


def test_a_street_with_a_character_that_no_text_may_hold_is_named(tmp_path: Path) -> None:
    path = tmp_path / "streets.csv"
    path.write_text("street,space\nAweg,west\nB\0weg,west\n", encoding="utf-8")
    streets, found = read_streets(Disk(tmp_path), path, ["west"])
    assert streets == ()
    assert [(item.code, item.position.line, item.position.column) for item in found] == [
        ("steuerzeichen", 3, 2)
    ]


SAID = "Mädchenhaus, Mühlenstraße 5"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_read_in_any_encoding(encoding: str) -> None:
    assert words_of(SAID.encode(encoding)) == SAID


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"{\\rtf1 Haus}", b"PK\3\4\0\0Haus", b"Haus\x01\x02"])
def test_what_only_other_programs_read_gives_none(data: bytes) -> None:
    assert words_of(data) is None


def test_what_is_packed_many_times_is_unpacked_up_to_a_limit() -> None:
    packed = zlib.compress(b"Frauenhaus " * 100_000)
    assert len(printed(packed * 100)) < 3_000_000
