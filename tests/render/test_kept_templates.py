"""Compiled templates are found again by the next process, and never once their text or what compiles them is another."""

import marshal
import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.render.base import compiling
from generator.render.base.compiling import PageEnvironment, compiled_templates

TEXT = "<p>{{ what }}</p>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "bar.html").write_text(TEXT)
    return tmp_path


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count what is compiled."""
    names: list[str] = []
    real = Environment.compile

    def compile(self: Environment, source: str, name: str | None = None, *rest: object) -> object:
        names.append(str(name))
        return real(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", compile)
    return names


def shown(folder: Path, what: str = "a & b") -> str:
    """Fill the template as a new process would: it has nothing in memory."""
    compiled_templates.cache_clear()
    return PageEnvironment(folder).get_template("charts/bar.html").render(what=what)


def kept(folder: Path) -> Path:
    (file,) = (folder / "__pycache__").iterdir()
    return file


def test_the_next_process_compiles_nothing(folder: Path, compiles: list[str]) -> None:
    assert shown(folder) == shown(folder) == "<p>a &amp; b</p>"
    assert compiles == ["charts/bar.html"]


def test_another_text_is_compiled_anew(folder: Path, compiles: list[str]) -> None:
    shown(folder)
    (folder / "charts" / "bar.html").write_text("<b>{{ what }}</b>")
    assert shown(folder) == shown(folder) == "<b>a &amp; b</b>"
    assert len(compiles) == 2


def test_what_another_compiler_made_is_not_used(
    folder: Path, compiles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(folder)
    monkeypatch.setattr(compiling, "program", lambda *packages: b"a newer one")
    shown(folder)
    shown(folder)
    assert len(compiles) == 2


@pytest.mark.parametrize("damage", [b"", b"half of i", marshal.dumps(7), marshal.dumps((b"", "", None))])
def test_a_damaged_file_costs_time_and_nothing_else(folder: Path, compiles: list[str], damage: bytes) -> None:
    shown(folder)
    kept(folder).write_bytes(damage)
    assert shown(folder) == shown(folder) == "<p>a &amp; b</p>"
    assert len(compiles) == 2


def test_nothing_is_written_where_python_keeps_nothing(
    folder: Path, compiles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shown(folder)
    assert not (folder / "__pycache__").exists()


def test_a_folder_that_takes_nothing_is_no_obstacle(folder: Path, compiles: list[str]) -> None:
    (folder / "__pycache__").write_text("no folder")
    assert shown(folder) == shown(folder) == "<p>a &amp; b</p>"
    assert len(compiles) == 2
