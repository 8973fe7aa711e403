"""Every command that writes, on a disk that takes nothing any more: a message, and every byte as it was; afterwards it works."""

import errno
import gc
import os
import pickle
import resource
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.export.figure_columns import NONE, Column, Dataset
from generator.export.workbook import NO_ROOM, workbook
from generator.files.disk import known_reason
from tests.chance import is_long, long, whole
from tests.children import Limits, run
from tests.world import BY_WORDS, TODAY, prepared, snapshot

pytestmark = whole


READS_ONLY = {
    *(
        ("audit",),
        ("check",),
        ("build", "--deploy=nginx"),
        ("changes",),
        ("changes", "--figures"),
        ("find",),
        ("due", "--translations"),
        ("help",),
        ("due",),
    ),
    # Writes into a temporary folder of its own.
    ("serve",),
}
WRITES = [words for words in BY_WORDS if words not in READS_ONLY]


def small_files_only() -> None:
    """Let no file grow beyond a few bytes, as a quota would: the system itself refuses."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def middling_files_only() -> None:
    """Let no file grow as large as a stylesheet; what libraries put aside for a moment is smaller."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def no_room() -> None:
    """A disk that says that it is full only when the bytes have to be brought to it."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    os.fsync = full


def nearly_no_room() -> None:
    """A disk that is full after the first file of several."""
    original, count = os.fsync, [0]

    def full(handle: int) -> None:
        count[0] += 1
        if count[0] > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(handle)

    os.fsync = full


DISKS = (small_files_only, no_room, nearly_no_room)


def disks_for(words: tuple[str, ...]) -> tuple[Callable[[], None], ...]:
    """Return the disks that a command meets: all of them, or one of them where a run takes long."""
    if words == ("build",):
        # A site is made again, so nothing of it is brought to the disk by force.
        return (middling_files_only,)
    return (
        DISKS
        if is_long() or words in (("check", "--fix"), ("import", "areas"), ("protect",))
        else (nearly_no_room,)
    )


def call(words: tuple[str, ...], root: Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, BY_WORDS[words].line(root), env={"NAHRAUM_TODAY": TODAY})
    return result.exit_code, result.output, repr(result.exception)


def in_a_child(prepare: Callable[[], None], act: Callable[[], Any]) -> Any:
    """Return what a function gives in a process of its own, which is not as it was afterwards."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            os.write(write, pickle.dumps(act())[:60_000])
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return pickle.loads(told)


@long
@pytest.mark.parametrize("words", WRITES, ids=" ".join)
def test_a_full_disk_leaves_every_byte_as_it_was(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "welt"
    root = prepared(folder, BY_WORDS[words])
    before = snapshot(folder)
    for prepare in disks_for(words):
        disk = prepare.__name__
        code, output, exception = in_a_child(prepare, lambda: call(words, root))
        assert code == 1, (disk, output, exception)
        assert "der Datenträger ist voll" in output or "die Datei würde zu groß" in output, (disk, output)
        assert "Traceback" not in output
        left = {
            name: content
            for name, content in snapshot(folder).items()
            if name != ".nahraum-schreiben-site.sperre"
        }
        if words == ("protect",) and disk == "nearly_no_room":
            # The report for the planners is a file of its own and says what would have been written.
            left = {name: content for name, content in left.items() if not name.startswith("roh/bericht-")}
        assert left == before, disk
    code, output, exception = call(words, root)
    assert code == 0, (output, exception)
    assert snapshot(folder) != before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.ENOENT, errno.EFBIG])
def test_no_room_for_what_a_workbook_puts_down_for_a_moment(number: int) -> None:
    """openpyxl writes each sheet into a file of its own; what it had begun complained past everybody, with a traceback."""
    columns = (
        Column("space", "Gebiet", "string", "das Gebiet"),
        Column("value", "Wert", "number", "der Wert"),
    )
    about = ("arm", "Armut", "Was es sagt", "Anteil", "Amt", "Stadt")
    licence = NONE
    data = Dataset(*about, licence, "Stadt", None, "", (), (), "", columns, (("west", Decimal("1.5")),) * 500)

    def full() -> int:
        if number == errno.EFBIG:
            resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))
        else:
            refused = OSError(number, os.strerror(number))
            tempfile._mkstemp_inner = mock.Mock(side_effect=refused)
        try:
            workbook(data)
        except OSError as error:
            print(known_reason(error))
        gc.collect()
        return 0

    ended = run(full)
    assert ended.problem(Limits()) == "", ended.said
    assert ended.said == f"{NO_ROOM}\n"
