"""Every file is read by one class: kind, size, place and writing are looked at before a byte is used."""

import os
import socket
from pathlib import Path

import pytest

from generator.diagnostics import Position
from generator.files.disk import Disk


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
    disk = Disk(project)
    assert disk.text(project / "resources" / "a.yml") == ("name: Süd\n", [])
    assert disk.name(project / "resources" / "a.yml") == "resources/a.yml"


def test_links_lead_nowhere_but_into_what_was_named(project: Path, tmp_path: Path) -> None:
    link = project / "resources" / "a.yml"
    link.symlink_to(tmp_path / "geheim.txt")
    data, found = Disk(project).read(link)
    assert (data, codes(found)) == (None, ["verweis-fuehrt-hinaus"])
    assert codes(Disk(project).checked(link)) == ["verweis-fuehrt-hinaus"]
    assert Disk(project, tmp_path).read(link) == (b"geheim", [])
    assert Disk(project).also(tmp_path).read(link) == (b"geheim", [])
    link.unlink()
    link.symlink_to(link)
    assert codes(Disk(project).read(link)[1]) == ["verweis-fuehrt-hinaus"]
    (project / "oben").symlink_to(tmp_path)
    assert codes(Disk(project).read(project / "oben" / "geheim.txt")[1]) == ["verweis-fuehrt-hinaus"]
    (project / "resources" / "b.yml").write_text("b", encoding="utf-8")
    (project / "c.yml").symlink_to("resources/b.yml")
    assert Disk(project).read(project / "c.yml") == (b"b", [])


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
    for disk in (Disk(project), Disk(project, Path("/dev"))):
        data, found = disk.read(path)
        assert data is None
        assert codes(found) in (["datei-unlesbar"], ["verweis-fuehrt-hinaus"])
        assert codes(disk.checked(path)) in (["datei-unlesbar"], ["verweis-fuehrt-hinaus"])


def test_a_large_file_is_not_read_at_all(project: Path) -> None:
    path = project / "resources" / "x.yml"
    with path.open("wb") as stream:
        stream.truncate(10**12)
    assert codes(Disk(project).read(path)[1]) == ["datei-zu-gross"]
    assert codes(Disk(project).checked(path)) == ["datei-zu-gross"]


def test_another_writing_is_named_with_its_place(project: Path) -> None:
    path = project / "resources" / "x.yml"
    path.write_bytes("a: 1\nb: Süd\n".encode("latin-1"))
    text, found = Disk(project).text(path)
    assert text is None
    assert [(item.code, item.position) for item in found] == [
        ("kein-utf8", Position("resources/x.yml", 2, 5, 1)),
    ]


def test_a_missing_file_and_an_impossible_name_are_said(project: Path) -> None:
    assert codes(Disk(project).read(project / "fehlt.yml")[1]) == ["datei-unlesbar"]
    assert codes(Disk(project).checked(project / "fehlt.yml")) == ["datei-unlesbar"]


def below(disk: Disk, folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    paths, found = disk.below(folder)
    return [disk.name(path) for path in paths], [(item.position.file, item.code) for item in found]


def test_everything_below_a_folder_is_listed_and_links_lead_nowhere_else(
    project: Path, tmp_path: Path
) -> None:
    (project / "content" / "a").mkdir(parents=True)
    (project / "content" / "a" / "b.md").write_text("", encoding="utf-8")
    (project / "content" / "weg").symlink_to(tmp_path)
    (project / "content" / "auch").symlink_to("a")
    names, found = below(Disk(project), project / "content")
    assert names == ["content/a/b.md", "content/auch/b.md"]
    assert found == [("content/weg", "verweis-fuehrt-hinaus")]


def test_links_to_folders_that_turn_in_a_circle_or_branch_without_end_are_told(project: Path) -> None:
    (project / "content").mkdir()
    # Forty of these would be more folders than there are atoms, without a circle anywhere.
    for number in range(40):
        folder = project / "content" / f"{number:02}"
        folder.mkdir()
        (folder / "seite.md").write_text("", encoding="utf-8")
        for name in "xy":
            (folder / name).symlink_to(f"../{number + 1:02}")
    (project / "content" / "kreis").symlink_to(".")
    names, found = below(Disk(project), project / "content")
    assert "content/00/x/seite.md" in names
    assert len(names) < 40 * 4 * 3
    assert ("content/00/x/x", "verweis-im-verweis") in found
    assert ("content/kreis/kreis", "verweis-im-verweis") in found


def test_names_that_nobody_can_write_down_are_shown_and_left_out(project: Path) -> None:
    folder = project / "content"
    folder.mkdir()
    for name in (b"a\nb.md", b"s\xfcd.md", "\u202etxt.md".encode(), b"gut.md", "süd.md".encode()):
        with open(os.path.join(os.fsencode(folder), name), "w", encoding="utf-8"):
            pass
    names, found = below(Disk(project), folder)
    assert names == ["content/gut.md", "content/süd.md"]
    assert [name for name, code in found if code == "name-nicht-darstellbar"] == [
        "content/a\\x0ab.md",
        "content/s\\udcfcd.md",
        "content/\\u202etxt.md",
    ]


def test_without_links_not_even_those_inside_are_followed(project: Path) -> None:
    (project / "resources" / "b.yml").write_text("b", encoding="utf-8")
    (project / "c.yml").symlink_to("resources/b.yml")
    (project / "auch").symlink_to("resources")
    disk = Disk(project, links=False)
    assert disk.read(project / "resources" / "b.yml") == (b"b", [])
    assert codes(disk.read(project / "c.yml")[1]) == ["verweis-untersagt"]
    assert codes(disk.read(project / "auch" / "b.yml")[1]) == ["verweis-untersagt"]
    assert codes(disk.entries(project / "auch")[1]) == ["verweis-untersagt"]
    assert codes(disk.checked(project / "auch" / "b.yml")) == ["verweis-untersagt"]


def test_the_project_itself_may_be_reached_by_a_link(project: Path, tmp_path: Path) -> None:
    (project / "resources" / "b.yml").write_text("b", encoding="utf-8")
    (tmp_path / "kurz").symlink_to(project)
    for links in (True, False):
        disk = Disk(tmp_path / "kurz", links=links)
        assert disk.read(tmp_path / "kurz" / "resources" / "b.yml") == (b"b", [])


def test_a_file_that_the_command_line_names_is_read_and_nothing_beside_it(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "liste.csv").write_text("a", encoding="utf-8")
    disk = Disk(project, tmp_path / "liste.csv")
    assert disk.read(tmp_path / "liste.csv") == (b"a", [])
    assert codes(disk.read(tmp_path / "geheim.txt")[1]) == ["verweis-fuehrt-hinaus"]


def test_names_in_messages_begin_at_the_project_however_it_is_called(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert Disk(Path()).name(Path("resources/a.yml")) == "resources/a.yml"
    assert Disk(Path()).name(Path("../anderswo/a.yml")) == "../anderswo/a.yml"
    assert Disk(Path()).name(project / "resources" / "a.yml") == "resources/a.yml"
    assert Disk(project).name(Path("resources/a.yml")) == "resources/a.yml"
    assert Disk(project).name(project.parent / "stadtrand" / "a.yml") == str(
        project.parent / "stadtrand" / "a.yml"
    )
