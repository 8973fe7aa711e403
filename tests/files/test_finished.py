"""What was worked out before the first run is taken for the program that it was made of alone."""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.files import packaged
from generator.files.packaged import finished, finished_name, once, state
from generator.render.base.view import own_templates


def double(number: int) -> int:
    """Stand for what takes long."""
    return 2 * number


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout in which something was worked out, of which one sees that it wasn't just now."""
    monkeypatch.setattr(packaged, "PACKAGE", tmp_path / "generator")
    (tmp_path / "generator" / "templates").mkdir(parents=True)
    (tmp_path / "generator" / "words.yml").write_text("- eins\n")
    (tmp_path / "build" / "finished").mkdir(parents=True)
    (tmp_path / "build" / "finished" / finished_name(double, 2)).write_bytes(pickle.dumps("kept"))
    (tmp_path / "build" / "finished.state").write_text(state())
    finished.cache_clear()
    yield tmp_path
    finished.cache_clear()


def test_what_was_worked_out_is_found_and_nothing_else(folder: Path) -> None:
    assert once(double, 2) == "kept"
    assert once(double, 3) == 6


def other_text(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "generator" / "words.yml").write_text("- zwei\n")


def further_text(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "generator" / "templates" / "page.html").write_text("")


def missing_text(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "generator" / "words.yml").unlink()


def other_package(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged.metadata, "version", lambda name: f"another {name}")


def half_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "build" / "finished.state").unlink()


@pytest.mark.parametrize("change", [other_text, further_text, missing_text, other_package, half_made])
def test_after_any_change_a_checkout_works_it_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    change(folder, monkeypatch)
    assert finished() is None
    assert once(double, 2) == 4


def test_what_lies_where_a_town_works_is_never_loaded(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is loaded there could be a program."""
    town = tmp_path_factory.mktemp("town")
    (folder / "build").rename(town / "build")
    monkeypatch.chdir(town)
    assert finished() is None


def test_a_template_is_compiled_once_for_all_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text("<p>{{ what }}</p>")
    names: list[str | None] = []
    compile = Environment.compile

    def noted(self: Environment, source: str, name: str | None = None, *rest: object) -> object:
        names.append(name)
        return compile(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", noted)
    for what in ("eins", "zwei"):
        environment = Environment(loader=own_templates(tmp_path))
        assert environment.get_template("page.html").render(what=what) == f"<p>{what}</p>"
    assert names == ["page.html"]
