"""Words of the package are found again by the next process, and never once the text, the program or the kept file is another."""

import sys
from pathlib import Path

import pytest

from generator.model.word import Word
from generator.read import vocabularies
from generator.read.vocabularies import Entries, packaged_entries, read_entries

TEXT = "- {id: eins, name: Eins}\n"
OTHER = "- {id: zwei, name: Zwei}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(vocabularies, "PACKAGE", tmp_path)
    (tmp_path / "vocabulary").mkdir()
    return tmp_path / "vocabulary"


@pytest.fixture(autouse=True)
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is parsed."""
    texts: list[str] = []

    def read(model: type[Word], file: str, text: str) -> Entries:
        texts.append(text)
        return read_entries(model, file, text)

    monkeypatch.setattr(vocabularies, "read_entries", read)
    return texts


def entries(text: str = TEXT) -> Entries:
    """Read as a new process would: it has nothing in memory."""
    packaged_entries.cache_clear()
    return packaged_entries(Word, "vocabulary/words.yml", text)


def test_the_next_process_parses_nothing(parsed: list[str]) -> None:
    assert entries() == entries() == read_entries(Word, "vocabulary/words.yml", TEXT)
    assert parsed == [TEXT]


def test_another_text_is_never_answered_by_the_former(parsed: list[str]) -> None:
    entries()
    assert entries(OTHER) == read_entries(Word, "vocabulary/words.yml", OTHER)
    assert parsed == [TEXT, OTHER]


def test_what_another_version_kept_is_not_used(parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    entries()
    monkeypatch.setattr(vocabularies, "program", lambda *rooms: b"a newer one")
    entries()
    assert parsed == [TEXT, TEXT]


@pytest.mark.parametrize("length", [0, 10, 40, -1])
def test_a_part_of_a_file_costs_time_and_nothing_else(folder: Path, parsed: list[str], length: int) -> None:
    whole = entries()
    (file,) = (folder / "__pycache__").iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert entries() == whole
    assert parsed == [TEXT, TEXT]


def test_where_nothing_may_be_written_words_are_parsed(folder: Path, parsed: list[str]) -> None:
    (folder / "__pycache__").write_text("no folder")
    assert entries() == entries()
    assert parsed == [TEXT, TEXT]
