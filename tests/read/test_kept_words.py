"""Words of the package are found again by the next process, and never once the text, the program or the kept file is another."""

import datetime as dt
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import holidays
import pytest

from generator.files import packaged
from generator.files.disk import Disk
from generator.files.packaged import PACKAGE, keep_worked_out, packaged_text, program
from generator.hours.holidays import public_holidays
from generator.model.vocabulary import VOCABULARIES, Word
from generator.read import vocabularies
from generator.read.vocabularies import PACKAGES, Entries, packaged_entries, read_entries, read_words
from tests.chance import whole

TEXT = "- {id: eins, name: Eins}\n"
OTHER = "- {id: zwei, name: Zwei}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Another folder for the package than its own, as a new process finds it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(packaged, "PACKAGE", tmp_path)
    (tmp_path / "vocabulary").mkdir()
    forget()
    yield tmp_path / "vocabulary"
    forget()


def forget() -> None:
    for known in (program, packaged_entries, public_holidays):
        known.cache_clear()


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


def module(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "read" / "words.py").write_text("another = 1\n")


def python(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "4.0")


def package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "pydantic-1.dist-info" / "METADATA").write_text("Name: pydantic\nVersion: 2\n")


def another_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "unrelated-1.dist-info").mkdir()


@pytest.mark.parametrize(
    ("change", "matters"), [(module, True), (python, True), (package, True), (another_package, False)]
)
def test_what_another_version_kept_is_not_used(
    tmp_path: Path,
    parsed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[..., None],
    matters: bool,
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "read").mkdir()
    (tmp_path / "read" / "words.py").write_text("one = 1\n")
    (tmp_path / "pydantic-1.dist-info").mkdir()
    (tmp_path / "pydantic-1.dist-info" / "METADATA").write_text("Name: pydantic\nVersion: 1\n")
    entries()
    change(tmp_path, monkeypatch)
    program.cache_clear()
    entries()
    assert parsed == ([TEXT, TEXT] if matters else [TEXT])


def test_words_depend_on_no_room_that_is_not_asked() -> None:
    modules = [path.read_text("utf-8") for package in PACKAGES for path in (PACKAGE / package).rglob("*.py")]
    packages = re.findall(r"^ *(?:from|import) generator\.(\w+)", "\n".join(modules), re.MULTILINE)
    assert {*packages} == {*PACKAGES}


def test_the_next_process_works_out_no_public_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    first = public_holidays("SH", 2026)
    forget()
    monkeypatch.setattr(holidays, "country_holidays", None)
    assert first == public_holidays("SH", 2026)
    assert first[dt.date(2026, 10, 31)] == "Reformationstag"


@pytest.mark.parametrize("length", [0, 10, 40, -1])
def test_a_part_of_a_file_costs_time_and_nothing_else(folder: Path, parsed: list[str], length: int) -> None:
    all_words = entries()
    (file,) = (folder / "__pycache__").iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert entries() == all_words
    assert parsed == [TEXT, TEXT]


def test_where_nothing_may_be_written_words_are_parsed(folder: Path, parsed: list[str]) -> None:
    (folder / "__pycache__").write_text("no folder")
    assert entries() == entries()
    assert parsed == [TEXT, TEXT]


def test_whoever_lists_the_program_meanwhile_finds_no_folder_that_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, folders = Path.replace, []

    def replace(new: Path, target: Path) -> Path:
        folders.append([path.name for path in folder.rglob("*") if path.is_dir()])
        return usual(new, target)

    monkeypatch.setattr(Path, "replace", replace)
    entries()
    assert folders == [["__pycache__"]]


MANY = "".join(f"- {{id: w{number}, name: Wort {number}}}\n" for number in range(20))
ANOTHER_PROCESS = """
import sys
from pathlib import Path
from generator.files import packaged
from generator.model.vocabulary import Word
from generator.read import vocabularies
from generator.read.vocabularies import packaged_entries, read_entries

sys.dont_write_bytecode, sys.pycache_prefix = False, None
packaged.PACKAGE, text = Path(sys.argv[1]), sys.argv[2]
right = read_entries(Word, "vocabulary/words.yml", text)
# What takes long was tried once: from here on the two are at the kept file nearly all the time.
assert packaged_entries(Word, "vocabulary/words.yml", text) == right
vocabularies.read_entries = lambda *_: right
print("ready", flush=True)
sys.stdin.readline()
for _ in range(150):
    packaged_entries.cache_clear()
    assert packaged_entries(Word, "vocabulary/words.yml", text) == right
    for kept in Path(sys.argv[1], "vocabulary", "__pycache__").glob("words.*"):
        kept.unlink(missing_ok=True)
packaged_entries.cache_clear()
packaged_entries(Word, "vocabulary/words.yml", text)
"""


@whole
def test_two_processes_at_once_find_the_right_words_and_leave_a_whole_file(
    tmp_path: Path, folder: Path, parsed: list[str]
) -> None:
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path), MANY]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for one in both:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in both:
        one.communicate()
    assert [one.returncode for one in both] == [0, 0]
    assert [path.stem for path in (folder / "__pycache__").iterdir()] == ["words"]
    assert entries(MANY) == read_entries(Word, "vocabulary/words.yml", MANY)
    assert parsed == []


class Planted:
    """What somebody wants to be run: it makes a file."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.proof,)


def plant(folder: Path, proof: Path, file: str, text: str, model: type[Any] = Word) -> Path:
    """Keep it by the name of a vocabulary's words, with the seal that these would have."""
    source = program(*PACKAGES) + f"{model.__qualname__} {file}\n{text}".encode()
    keep_worked_out(folder, Path(file).stem, source, pickle.dumps(Planted(proof)))
    (kept,) = (folder / "__pycache__").glob(f"{Path(file).stem}.*")
    return kept


def others_write_the_file(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.chmod(0o664)


def others_write_the_folder(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.parent.chmod(0o757)


def another_owns_it(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [*kept.stat()]
    found[4] = 4_242_424
    monkeypatch.setattr(packaged.os, "fstat", lambda number: os.stat_result(found))


@pytest.mark.skipif(os.name != "posix", reason="files have no owner there")
@pytest.mark.parametrize("how", [others_write_the_file, others_write_the_folder, another_owns_it])
def test_what_others_may_have_put_there_is_never_run(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, how: Callable[..., None]
) -> None:
    proof = tmp_path / "run"
    how(plant(folder, proof, "vocabulary/words.yml", TEXT), monkeypatch)
    assert entries() == read_entries(Word, "vocabulary/words.yml", TEXT)
    assert not proof.exists()


def test_what_lies_in_a_town_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town, proof, topics = tmp_path / "town", tmp_path / "run", VOCABULARIES["topics"]
    text = packaged_text("generator", "vocabulary", "topics.yml")
    for place in (town, town / "vocabulary", town / "generator" / "vocabulary"):
        place.mkdir(parents=True)
        plant(place, proof, "vocabulary/topics.yml", text, topics)
    (town / "resources").mkdir()
    plant(town / "resources", proof, "resources/topics.yml", TEXT, topics)
    (town / "resources" / "topics.yml").write_text(TEXT)
    monkeypatch.chdir(town)
    monkeypatch.setattr(vocabularies, "VOCABULARIES", {"topics": topics})
    words, _, unsure, _ = read_words(Disk(town), [town / "resources"])
    assert not proof.exists()
    assert not unsure
    assert words["topics"]["eins"].name == "Eins"
