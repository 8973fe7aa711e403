"""Work shared out among processes: every file is written, and one process that is gone ends the build with a message, never by waiting."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.diagnostics.diagnostic import silent
from generator.pipeline import write
from generator.pipeline.mishap import ProcessEnded, mishap_of
from tests.chance import whole

Task = Callable[[], tuple[Iterable[tuple[str, bytes]], int]]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="one process where nothing can be forked")


@pytest.fixture(autouse=True)
def four_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four processes, also where earlier tests have left a server's thread in the process of the tests."""
    monkeypatch.setattr(write, "_cores", lambda: 4)
    monkeypatch.setattr(write, "_alone", lambda: True)
    monkeypatch.setattr(write, "FEW", 0)


def writing(number: int) -> Task:
    return lambda: ([(f"{number % 7}/{number}.txt", str(number).encode())], number)


def written(folder: Path, tasks: list[Task]) -> list[int]:
    return list(write.write_files(folder, folder / "before", tasks, silent))


def killer(number: int) -> Callable[[], None]:
    """What kills the process that calls it, and never the one that runs the tests."""
    tests = os.getpid()

    def kill() -> None:
        assert os.getpid() != tests, "work that is to be shared out runs in the process of the tests"
        os.kill(os.getpid(), number)

    return kill


def ended(number: int) -> Task:
    kill = killer(number)

    def end() -> tuple[Iterable[tuple[str, bytes]], int]:
        kill()
        return [], 0

    return end


@whole
@pytest.mark.parametrize("count", [1, 3, 9, 500])
def test_every_file_is_written_and_every_task_told_of(tmp_path: Path, count: int) -> None:
    assert sorted(written(tmp_path, [writing(number) for number in range(count)])) == list(range(count))
    assert {int(path.read_bytes()) for path in tmp_path.rglob("*.txt")} == set(range(count))


@whole
@pytest.mark.parametrize("place", [0, 5, 250, 499])
def test_a_killed_process_ends_the_work(tmp_path: Path, place: int) -> None:
    tasks = [writing(number) for number in range(500)]
    tasks[place] = ended(signal.SIGKILL)
    with pytest.raises(ProcessEnded) as caught:
        written(tmp_path, tasks)
    said = mishap_of(caught.value, tmp_path)
    assert said.code == "prozess-beendet"
    assert "SIGKILL" in said.message


def test_nobody_goes_on_when_the_first_process_is_killed(tmp_path: Path) -> None:
    """They would hold the lock of the site for ever."""

    def noted() -> tuple[Iterable[tuple[str, bytes]], int]:
        (tmp_path / f"{os.getpid()}.pid").touch()
        time.sleep(0.1)
        return [], 0

    first = get_context("fork").Process(target=written, args=(tmp_path, [noted] * 10_000))
    first.start()
    late = time.monotonic() + 20
    while len(pids := [int(path.stem) for path in tmp_path.glob("*.pid")]) < 4:
        assert time.monotonic() < late
        time.sleep(0.01)
    first.kill()
    first.join()
    late = time.monotonic() + 20
    while any(map(_lives, pids)):
        assert time.monotonic() < late
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and ") Z " not in stat.read_text("utf-8")


@whole
def test_a_build_that_loses_a_process_says_so_and_leaves_everything_as_it_was(
    small_town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["build", "-p", str(small_town), "--today", "2026-11-20", "--afresh"]
    monkeypatch.setattr(write, "FEW", 400)
    assert CliRunner().invoke(main, line).exit_code == 0
    before = {path: path.read_bytes() for path in small_town.rglob("*") if path.is_file()}
    with monkeypatch.context() as patch:
        patch.setattr(write, "FEW", 0)
        kill = killer(signal.SIGKILL)
        patch.setattr("generator.pipeline.write.make_page", lambda *_: kill())
        lost = CliRunner().invoke(main, line)
    assert lost.exit_code == 3, lost.output
    assert "prozess-beendet" in lost.output
    assert "Alles ist, wie es vorher war" in lost.output
    assert {path: path.read_bytes() for path in small_town.rglob("*") if path.is_file()} == before
    assert CliRunner().invoke(main, line).exit_code == 0
