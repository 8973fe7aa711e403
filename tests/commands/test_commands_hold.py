"""Every command against damaged projects: no traceback, no mistake of ours, nothing half-written; and when a mistake of ours does
come, it is named in German, with the record or page that was in hand."""

import copy
import errno
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator import preview
from generator.cli import main
from generator.commands import guarding
from generator.commands.guarding import commands_of
from generator.files import writing
from generator.pipeline import write as page_writer
from generator.preview import Changes
from tests.chance import is_long, long, whole
from tests.children import Limits, run
from tests.render.editions_town import EDITION
from tests.world import BY_WORDS, CALLS, PROJECT, TODAY, end_preview, no_port, snapshot, write, write_world
from tests.world import call as run_line

pytestmark = whole


def names_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command without its options."""
    return tuple(word for word in words if word[0] != "-")


def test_no_command_is_forgotten() -> None:
    assert set(map(names_of, BY_WORDS)) == {words for words, _command in commands_of(main)}
    assert len(BY_WORDS) == len(CALLS)


@pytest.fixture(autouse=True)
def serve_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` reads once and ends; nothing asks for the traceback."""

    monkeypatch.setattr(preview, "listening", no_port)
    monkeypatch.setattr(Changes, "wait", end_preview)
    monkeypatch.delenv("NAHRAUM_TRACEBACK", raising=False)
    monkeypatch.delenv("CI", raising=False)


def call(words: tuple[str, ...], root: Path) -> Result:
    typed = "Nußweg\n" if words[0] == "find" else None
    return CliRunner().invoke(main, BY_WORDS[words].line(root), input=typed, env={"NAHRAUM_TODAY": TODAY})


# --- damages of a file -----------------------------------------------------------------------------------------------


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("gibt-es-nicht")


def _circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _unreadable(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 3)


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "empty": lambda path: path.write_bytes(b""),
    "bytes": _unreadable,
    "Latin-1": lambda path: path.write_bytes(path.read_bytes() + "Straße".encode("latin-1")),
    "UTF-16": lambda path: path.write_bytes(path.read_text("utf-8").encode("utf-16")),
    "half": lambda path: path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2]),
    "NUL": lambda path: path.write_bytes(path.read_bytes().replace(b"e", b"\0", 3)),
    "null": lambda path: path.write_bytes(b"null\n"),
    "list": lambda path: path.write_bytes(b"[1, [2], {a: b}]\n"),
    "number": lambda path: path.write_bytes(b"1e400\n"),
    "deep": lambda path: path.write_bytes(b"[" * 5000 + b"]" * 5000),
    "carriage returns": lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r")),
    "digits": lambda path: path.write_bytes(path.read_bytes().replace(b"2024", b"9" * 5000)),
    "minus": lambda path: path.write_bytes(path.read_bytes().replace(b"0", b"-0")),
    "NaN": lambda path: path.write_bytes(path.read_bytes().replace(b"10.0", b"NaN").replace(b"1000", b"nan")),
    "a long cell": lambda path: path.write_bytes(path.read_bytes().replace(b"a", b"a" * 200_000, 1)),
    "commas": lambda path: path.write_bytes(path.read_bytes().replace(b",", b",,,")),
    "quotes": lambda path: path.write_bytes(path.read_bytes().replace(b"e", b'"', 1)),
    "gone": lambda path: path.unlink(),
    "a folder": _folder,
    "a link to nowhere": _dangling,
    "a link to itself": _circle,
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world as it is sound; every case gets a copy."""
    folder = tmp_path_factory.mktemp("welt")
    write_world(folder)
    return folder


def _chosen(words: tuple[str, ...], pairs: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """Every damage of every file in a long run (minutes), else a few that lie apart (seconds)."""
    if is_long():
        return pairs
    step = 23 if words == ("check",) else 199
    return pairs[sorted(BY_WORDS).index(words) :: step]


@long
@pytest.mark.parametrize("words", list(BY_WORDS), ids=" ".join)
def test_a_damaged_project_is_told_and_left_as_it_is(
    world: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    files = sorted(path.relative_to(world) for path in world.rglob("*") if path.is_file())
    pairs = [(file, damage) for file in files for damage in DAMAGES]
    for number, (file, damage) in enumerate(_chosen(words, pairs)):
        folder = tmp_path / str(number)
        shutil.copytree(world, folder, symlinks=True)
        write(folder / PROJECT, BY_WORDS[words].files)
        DAMAGES[damage](folder / file)
        before = snapshot(folder / "projekt")
        result = call(words, folder / "projekt")
        case = f"{file}, {damage}: {result.output[-600:]}"
        assert result.exception is None or isinstance(result.exception, SystemExit), case
        assert result.exit_code in (0, 1, 2), case
        assert "Traceback" not in result.output, case
        if result.exit_code and words != ("check", "--fix"):
            assert snapshot(folder / "projekt") == before, case
        elif result.exit_code:
            # What can be read is put in order, as other formatters do; what can't stays as it is.
            after = snapshot(folder / "projekt")
            tidied = {f"resources/offers/{name}.yml" for name in ("krabbelgruppe", "singkreis", "spielkreis")}
            changed = {name for name in after if after[name] != before.get(name)}
            assert changed <= tidied - {
                file.relative_to("projekt").as_posix() if file.is_relative_to("projekt") else ""
            }, case
            assert after.keys() == before.keys(), case
        shutil.rmtree(folder)


# --- a mistake of ours -----------------------------------------------------------------------------------------------


class Odd(Exception):
    """An exception that no other process could put together again: it wants two things and hands on one."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)
        self.two = two


def fail(*_arguments: object, **_named: object) -> Any:
    """Fail as nobody expected."""
    raise Odd("Familie Meier", "geheim")


@pytest.mark.guards("Figures: no command shows a traceback")
@pytest.mark.parametrize("words", list(BY_WORDS), ids=" ".join)
def test_every_command_stands_behind_the_guard(words: tuple[str, ...]) -> None:
    command = dict(commands_of(main))[names_of(words)]
    assert hasattr(command.callback, "__wrapped__")


INJECTED: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "reading": (("check",), "generator.read.mkdocs_settings.validate", "site_config.yml", ""),
    "deriving": (("check",), "generator.derive.geography.label_point", "resources/spaces/kleinstadt.yml", ""),
    "checking": (("check",), "generator.check.figures._totals", "", ""),
    "a component": (("check",), "generator.render.components.calls.overview_map", "content/karte.md", ""),
    "a page": (("build",), "generator.render.pages.offer_pages.glance_rows", "resources/offers/krabbelgruppe.yml", "/angebote/krabbelgruppe/"),
    "a preview": (("serve",), "generator.derive.geography.label_point", "resources/spaces/kleinstadt.yml", ""),
    "a report": (("publish", "--pdf"), "generator.printing.stylesheet", EDITION, ""),
    "protecting": (("protect",), "generator.disclosure.protect.protecting.protect", "", ""),
    "an import": (("import", "areas"), "generator.edit.imports.area_import._area", "", ""),
    "publishing": (("publish",), "generator.render.written_reports.edition_components.cell_text", "resources/indicators/arm/indicator.yml", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", list(INJECTED))
def test_a_mistake_of_ours_names_what_was_in_hand_and_keeps_the_old_state(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    words, target, file, page = INJECTED[name]
    folder = tmp_path / "welt"
    shutil.copytree(world, folder, symlinks=True)
    (folder / "site").mkdir()
    before = snapshot(folder)
    monkeypatch.setattr(target, fail, raising=name != "checking")
    if name == "checking":
        monkeypatch.setattr("generator.check.checks", lambda: (fail,))
    result = call(words, folder / "projekt")
    # A preview waits for the next change.
    assert result.exit_code == (0 if words == ("serve",) else 3), result.output
    said = result.output
    for part in ("Das ist ein Fehler von Nahraum, nicht von Ihnen.", "Odd", file, page):
        assert part in said
    # What the exception itself says can be private.
    for part in ("Meier", "Traceback"):
        assert part not in said
    after = snapshot(folder)
    assert {path: after[path] for path in after if not path.startswith("roh/")} == {
        path: before[path] for path in before if not path.startswith("roh/")
    }


def test_the_way_through_the_program_is_shown_on_request(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.read.records.build", fail)
    arguments = ["check", "-p", str(world / "projekt")]
    shown = CliRunner().invoke(main, ["--traceback", *arguments])
    assert "Traceback" in shown.output
    assert "Familie Meier" in shown.output
    asked = CliRunner().invoke(main, arguments, env={"NAHRAUM_TRACEBACK": "1"})
    assert "Traceback" in asked.output
    assert shown.exit_code == asked.exit_code == 3


@pytest.mark.parametrize("form", ["json", "github", "gitlab", "concise"])
def test_programs_read_of_a_mistake_of_ours_in_their_own_form(
    world: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("generator.read.records.build", fail)
    result = CliRunner().invoke(main, ["check", "-p", str(world / "projekt"), "-f", form])
    assert result.exit_code == 3
    assert "fehler-von-nahraum" in result.stdout


def test_a_page_that_fails_in_another_process_is_named_and_the_old_site_stays(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that can't be put together again would leave the build waiting for ever."""
    target = tmp_path / "site"
    arguments = [
        "build",
        "-p",
        str(world / "projekt"),
        "-o",
        str(target),
        "--today",
        "2026-11-20",
        "--afresh",
    ]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    before = snapshot(target)
    monkeypatch.setattr("generator.pipeline.write.FEW", 0)
    monkeypatch.setattr("generator.pipeline.write._cores", lambda: 2)
    monkeypatch.setattr("generator.render.pages.offer_pages.glance_rows", fail)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3, result.output
    assert "/angebote/krabbelgruppe/" in result.output
    assert "resources/offers/krabbelgruppe.yml" in result.output
    assert snapshot(target) == before


def test_a_refusal_of_the_system_is_no_mistake_of_ours(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_named: object) -> Any:
        raise OSError(28, "No space left on device", str(world / "projekt/resources/x.yml"))

    monkeypatch.setattr("generator.read.records.build", full)
    result = CliRunner().invoke(main, ["check", "-p", str(world / "projekt"), "-f", "concise"])
    assert result.exit_code == 1
    code = "datei-vom-system-verweigert"
    assert f"resources/x.yml:1:1: fehler[{code}]" in result.output
    assert "der Datenträger ist voll" in result.output


def test_mkdocs_by_itself_tells_a_mistake_of_ours_without_a_traceback(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    root = tmp_path / "projekt"
    shutil.copytree(world / "projekt", root)
    (root / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: nahraum}\ndocs_dir: content\nplugins: [nahraum]\n", "utf-8"
    )
    # Commands before quieten MkDocs.
    caplog.set_level("INFO", logger="mkdocs")
    monkeypatch.setattr("generator.render.pages.offer_pages.glance_rows", fail)
    with pytest.raises(Abort):
        mkdocs_build(load_config(str(root / "mkdocs.yml")))
    assert "auf der Seite /angebote/krabbelgruppe/" in caplog.text
    assert "Traceback" not in caplog.text
    assert "Alles ist, wie es vorher war" not in caplog.text


# --- what the guard does for every command -----------------------------------------------------------------------------


def guarded(words: tuple[str, ...], act: Callable[..., Any]) -> click.Command:
    """Return a command with its own arguments, and with something else behind the guard."""
    command = copy.copy(dict(commands_of(main))[names_of(words)])
    command.callback = guarding._guarded(act)
    return command


def interrupted_writing(root: Path) -> None:
    """Leave behind what a run leaves that was killed after it had decided to write."""
    child = os.fork()
    if child == 0:
        writing._put = lambda *_given: os._exit(9)  # type: ignore[assignment]
        writing.write_files(root, {"resources/neu.yml": "name: Neu\n"})
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert (root / writing.STAGING / "plan.json").is_file()


@pytest.mark.parametrize(
    "words", [words for words in BY_WORDS if words not in (("help",), ("init",))], ids=" ".join
)
def test_every_command_finishes_what_a_killed_one_had_decided(
    world: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Before it reads a single file: it would read half a change."""
    shutil.copytree(world, tmp_path / "welt")
    root = tmp_path / "welt" / PROJECT
    write(root, BY_WORDS[words].files)
    interrupted_writing(root)
    met: list[bool] = []

    def look(**_named: object) -> None:
        met.append((root / "resources" / "neu.yml").is_file() and not (root / writing.STAGING).exists())

    line = BY_WORDS[words].line(root)[len(words) :]
    result = CliRunner().invoke(guarded(words, look), line, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert met == [True]


def test_what_strangers_propose_is_left_as_it_is(world: Path, tmp_path: Path) -> None:
    shutil.copytree(world, tmp_path / "welt")
    root = tmp_path / "welt" / PROJECT
    interrupted_writing(root)
    line = ["-p", str(root), "--untrusted"]
    assert CliRunner().invoke(guarded(("check",), lambda **_named: None), line).exit_code == 0
    assert (root / writing.STAGING).is_dir()


def test_a_new_report_is_there_whole_or_not_at_all(world: Path, tmp_path: Path) -> None:
    """Its folders are made with it, so a kill between them would leave an empty one that is read as a report."""
    call_ = BY_WORDS["new",]
    for step, done in (("_stage", False), ("_put", True)):
        folder = tmp_path / step
        shutil.copytree(world, folder)
        root = folder / PROJECT
        before = snapshot(root)
        child = os.fork()
        if child == 0:
            setattr(writing, step, lambda *_given: os._exit(9))
            call(call_.words, root)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        new = "content/berichte/bericht-west/2026.md"
        assert not (root / new).parent.exists()
        assert call(("check",), root).exit_code == 0
        after = snapshot(root)
        assert {name: after[name] for name in after if name != new} == before
        assert (new in after) is done
        assert not (root / writing.STAGING).exists()


def test_what_cannot_be_cleared_away_is_said_and_cleared_by_the_next_command(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(world, tmp_path / "welt")
    root = tmp_path / "welt" / PROJECT
    interrupted_writing(root)

    def refuse(path: Path, **_named: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(writing.shutil, "rmtree", refuse)
        result = call(("check",), root)
    assert result.exit_code == 1, result.output
    assert "die Rechte reichen nicht" in result.output
    assert writing.STAGING in result.output
    assert "Traceback" not in result.output
    # What was decided stands, and once more does no harm.
    assert (root / "resources" / "neu.yml").is_file()
    (root / "resources" / "neu.yml").unlink()
    assert call(("check",), root).exit_code == 0
    assert not (root / writing.STAGING).exists()
    assert not (root / "resources" / "neu.yml").exists()


@pytest.mark.parametrize("words", list(BY_WORDS), ids=" ".join)
def test_every_command_ends_with_130_at_ctrl_c(world: Path, words: tuple[str, ...]) -> None:
    def interrupt(**_named: object) -> None:
        raise KeyboardInterrupt

    line = BY_WORDS[words].line(world / PROJECT)[len(words) :]
    result = CliRunner().invoke(guarded(words, interrupt), line)
    assert (result.exit_code, result.output) == (130, "Abgebrochen.\n")


@pytest.mark.parametrize("told", [SystemError, RuntimeError, ValueError])
def test_ctrl_c_within_a_library_is_ctrl_c(world: Path, told: type[Exception]) -> None:
    def interrupt(**_named: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise told("returned a result with an exception set") from error

    line = BY_WORDS["check",].line(world / PROJECT)[1:]
    result = CliRunner().invoke(guarded(("check",), interrupt), line)
    assert (result.exit_code, result.output) == (130, "Abgebrochen.\n")


def test_ctrl_c_while_a_site_is_built_leaves_the_old_one(world: Path, tmp_path: Path) -> None:
    """With a real signal, to all processes of the command, as a terminal sends it."""
    folder = tmp_path / "welt"
    shutil.copytree(world, folder)
    root = folder / PROJECT
    (folder / "site").mkdir()
    before = snapshot(folder)

    def work() -> int:
        # Whoever runs the tests in the background has Ctrl+C ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        write_page, pages = page_writer._write, [0]

        def later(target: Path, before: Path, task: Any) -> Any:
            pages[0] += 1
            if pages[0] == 5:
                os.kill(0, signal.SIGINT)
            return write_page(target, before, task)

        page_writer._write = later  # type: ignore[assignment]
        os.environ["NAHRAUM_TODAY"] = TODAY
        return run_line(BY_WORDS["build",].line(root))

    ended = run(work, Limits(seconds=60))
    assert (ended.code, ended.said.strip()) == (130, "Abgebrochen."), ended.said
    assert snapshot(folder) == before
    assert [path.name for path in folder.glob(".site*")] == []
