"""One door for every file that is read: kind, size, place and writing are looked at before a byte is used."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from generator.files.door import Door


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "stadt"
    (root / "resources").mkdir(parents=True)
    (tmp_path / "geheim.txt").write_text("geheim", encoding="utf-8")
    return root


def codes(found: object) -> list[str]:
    return [item.code for item in found]  # type: ignore[attr-defined]


def test_a_file_of_the_project_is_read_and_named_from_there(project: Path) -> None:
    (project / "resources" / "a.yml").write_bytes("\ufeffname: Süd\n".encode())
    door = Door(project)
    assert door.text(project / "resources" / "a.yml") == ("name: Süd\n", [])
    assert door.name(project / "resources" / "a.yml") == "resources/a.yml"


def test_links_lead_nowhere_but_into_what_was_named(project: Path, tmp_path: Path) -> None:
    link = project / "resources" / "a.yml"
    link.symlink_to(tmp_path / "geheim.txt")
    data, found = Door(project).read(link)
    assert (data, codes(found)) == (None, ["verweis-fuehrt-hinaus"])
    assert codes(Door(project).checked(link)) == ["verweis-fuehrt-hinaus"]
    assert Door(project, tmp_path).read(link) == (b"geheim", [])
    assert Door(project).also(tmp_path).read(link) == (b"geheim", [])
    link.unlink()
    link.symlink_to(link)
    assert codes(Door(project).read(link)[1]) == ["verweis-fuehrt-hinaus"]
    (project / "oben").symlink_to(tmp_path)
    assert codes(Door(project).read(project / "oben" / "geheim.txt")[1]) == ["verweis-fuehrt-hinaus"]
    (project / "resources" / "b.yml").write_text("b", encoding="utf-8")
    (project / "c.yml").symlink_to("resources/b.yml")
    assert Door(project).read(project / "c.yml") == (b"b", [])


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)


def folder(path: Path) -> None:
    path.mkdir()


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [pipe, plug, folder, endless])
def test_what_is_no_file_is_no_file(make: object, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    path = project / "resources" / "x.yml"
    make(path)  # type: ignore[operator]
    for door in (Door(project), Door(project, Path("/dev"))):
        data, found = door.read(path)
        assert data is None
        assert codes(found) in (["datei-unlesbar"], ["verweis-fuehrt-hinaus"])
        assert codes(door.checked(path)) in (["datei-unlesbar"], ["verweis-fuehrt-hinaus"])


def test_a_large_file_is_not_read_at_all(project: Path) -> None:
    path = project / "resources" / "x.yml"
    with path.open("wb") as stream:
        stream.truncate(10**12)
    assert codes(Door(project).read(path)[1]) == ["datei-zu-gross"]
    assert codes(Door(project).checked(path)) == ["datei-zu-gross"]


def test_another_writing_is_named_with_its_place(project: Path) -> None:
    path = project / "resources" / "x.yml"
    path.write_bytes("a: 1\nb: Süd\n".encode("latin-1"))
    text, found = Door(project).text(path)
    assert text is None
    assert [(item.code, item.position) for item in found] == [
        ("kein-utf8", ("resources/x.yml", 2, 5, 1)),
    ]


def test_a_missing_file_and_an_impossible_name_are_said(project: Path) -> None:
    assert codes(Door(project).read(project / "fehlt.yml")[1]) == ["datei-unlesbar"]
    assert codes(Door(project).checked(project / "fehlt.yml")) == ["datei-unlesbar"]


def test_everything_below_a_folder_is_listed_without_following_links(project: Path, tmp_path: Path) -> None:
    (project / "content" / "a").mkdir(parents=True)
    (project / "content" / "a" / "b.md").write_text("", encoding="utf-8")
    (project / "content" / "weg").symlink_to(tmp_path)
    names = [path.relative_to(project).as_posix() for path in Door(project).below(project / "content")]
    assert names == ["content/weg", "content/a/b.md"]
