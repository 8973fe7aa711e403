"""A file that hasn't changed isn't read again; one that has is, whatever its size and its time say."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files import disk as module
from generator.files import result_cache
from generator.files.disk import Disk
from generator.files.result_cache import ResultCache, Same


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[str | None, int]]:
    """Reads one file of a project anew: its text, and how many bytes were asked of the system for it."""
    cache, asked = ResultCache(), [0]
    plain = module._read

    def counted(*arguments: object) -> bytes:
        data = plain(*arguments)  # type: ignore[arg-type]
        asked[0] += len(data)
        return data

    monkeypatch.setattr(module, "_read", counted)

    def again() -> tuple[str | None, int]:
        cache.begin()
        asked[0] = 0
        text, found = Disk(tmp_path, cache=cache).text(tmp_path / "a.yml")
        assert found == []
        return text, asked[0]

    return again


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that nobody has touched for a while."""
    path = tmp_path / "a.yml"
    path.write_text("name: eins\n", "utf-8")
    monkeypatch.setattr(result_cache, "TICK", -1)
    time.sleep(0.01)
    return path


def test_what_has_not_changed_is_read_once(old: Path, read: Callable[[], tuple[str | None, int]]) -> None:
    assert read() == ("name: eins\n", 11)
    assert read() == ("name: eins\n", 0)
    assert read() == ("name: eins\n", 0)


def in_place(path: Path) -> None:
    path.write_text("name: zwei\n", "utf-8")


def put_in_its_place(path: Path) -> None:
    other = path.with_suffix(".neu")
    other.write_text("name: zwei\n", "utf-8")
    os.replace(other, path)


@pytest.mark.parametrize("change", [in_place, put_in_its_place])
def test_a_change_of_the_same_size_and_time_is_seen(
    old: Path, read: Callable[[], tuple[str | None, int]], change: Callable[[Path], None]
) -> None:
    read()
    before = old.stat()
    change(old)
    os.utime(old, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert old.stat().st_size == before.st_size
    assert old.stat().st_mtime_ns == before.st_mtime_ns
    assert read() == ("name: zwei\n", 11)


def test_what_is_new_is_read_each_time(tmp_path: Path, read: Callable[[], tuple[str | None, int]]) -> None:
    """A second change within a tick of the clock could bear the same time."""
    (tmp_path / "a.yml").write_text("name: eins\n", "utf-8")
    assert read() == ("name: eins\n", 11)
    assert read() == ("name: eins\n", 11)


def test_a_link_is_followed_each_time(old: Path, read: Callable[[], tuple[str | None, int]]) -> None:
    first, second = old.with_name("b.yml"), old.with_name("c.yml")
    first.write_text("name: eins\n", "utf-8")
    second.write_text("name: drei\n", "utf-8")
    old.unlink()
    old.symlink_to(first)
    assert read() == ("name: eins\n", 11)
    old.unlink()
    old.symlink_to(second)
    assert read() == ("name: drei\n", 11)


def test_a_folder_is_listed_once_by_a_disk(tmp_path: Path) -> None:
    """What comes while a project is read belongs to the next reading: every check sees the same files."""
    disk = Disk(tmp_path)
    assert disk.files(tmp_path) == ([], [])
    (tmp_path / "a.yml").write_text("", "utf-8")
    assert disk.files(tmp_path) == ([], [])
    assert disk.afresh().files(tmp_path) == ([tmp_path / "a.yml"], [])


def test_the_same_is_the_same_object_and_nothing_else() -> None:
    one, like = [1], [1]
    assert Same(one) == Same(one)
    assert Same(one) != Same(like)
    assert len({Same(one), Same(one), Same(like)}) == 2


def test_where_there_is_no_other_reading_nothing_is_kept() -> None:
    made: list[int] = []
    cache = ResultCache(once=True)
    for _ in range(2):
        cache.of("a", lambda: made.append(1))
    assert made == [1, 1]
