"""Where a site may be put: never where something would be lost; two runs never mix; what a killed run leaves is cleared."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.diagnostics import Diagnostic
from generator.files import site_folder
from generator.files.site_folder import (
    MARK,
    Refused,
    exchange,
    mark_text,
    recover,
    site_place,
    staging_folder,
)
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import Project, build_site, prepare
from tests.chance import whole
from tests.conftest import TODAY
from tests.golden.sites import FOLDER as GOLDEN

URL = "https://stadt.example/"
OWN = mark_text("Stadt", URL, internal=False)
VILLAGE = GOLDEN / "village" / "project"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "stadt"
    for name in ("resources/offers", "content", "intern/resources"):
        (root / name).mkdir(parents=True)
    (root / "site_config.yml").write_text("name: Stadt\n", encoding="utf-8")
    return root


def site(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / MARK).write_text(OWN, encoding="utf-8")
    (folder / "index.html").write_text("alt", encoding="utf-8")
    return folder


def linked(path: Path, to: Path) -> Path:
    path.symlink_to(to, target_is_directory=True)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hat andere Rechte")
def test_whoever_serves_the_site_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        place = tmp_path / "site"
        for _ in range(2):  # the second time equal files are links to the first ones
            with staging_folder(place) as folder:
                site(folder / "tief")
                exchange(folder, place)
    finally:
        os.umask(before)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in [place, *place.rglob("*")]}
    assert modes == {True: 0o755, False: 0o644}


def repository(folder: Path) -> Path:
    site(folder)
    (folder / ".git").mkdir()
    return folder


def foreign(folder: Path) -> Path:
    folder.mkdir()
    (folder / "urlaub.jpg").write_bytes(b"x")
    return folder


def marked_by_a_link(folder: Path) -> Path:
    foreign(folder)
    (folder / MARK).symlink_to("/etc/hostname")
    return folder


def file(path: Path) -> Path:
    path.write_text("x", encoding="utf-8")
    return path


REFUSED: dict[str, Callable[[Path], Path]] = {
    "the project": lambda root: root,
    "the project, said otherwise": lambda root: root / "resources" / "..",
    "its parent": lambda root: root.parent,
    "the root of the disk": lambda root: Path("/"),
    "records": lambda root: root / "resources",
    "a folder of records": lambda root: root / "resources" / "offers",
    "texts": lambda root: root / "content" / "site",
    "the overlay": lambda root: root / "intern" / "resources",
    "below the overlay": lambda root: root / "intern" / "resources" / "site",
    "above the overlay": lambda root: root / "intern",
    "somebody's folder": lambda root: foreign(root.parent / "bilder"),
    "somebody's folder with a link that bears our name": lambda root: marked_by_a_link(root.parent / "b"),
    "a repository": lambda root: repository(root.parent / "repo"),
    "inside of a repository": lambda root: root / ".git" / "site",
    "a file": lambda root: file(root.parent / "datei"),
    "a link to the project": lambda root: linked(root.parent / "link", root),
    "a link to records": lambda root: linked(root / "site", root / "resources"),
    "a link to somebody's folder": lambda root: linked(root / "site", foreign(root.parent / "bilder")),
    "a link to itself": lambda root: linked(root / "kreis", root / "kreis"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_target_where_something_would_be_lost_is_refused(name: str, project: Path) -> None:
    target = REFUSED[name](project)
    before = sorted(str(path) for path in project.parent.rglob("*"))
    with pytest.raises(Refused) as refused:
        site_place(target, project, OWN, [project / "intern" / "resources"])
    assert refused.value.help
    assert sorted(str(path) for path in project.parent.rglob("*")) == before


def test_a_target_of_ours_an_empty_one_and_a_new_one_are_taken(project: Path) -> None:
    (project / "leer").mkdir()
    for target in (
        site(project / "site"),
        project / "leer",
        project / "neu" / "tief",
        project.parent / "site",
    ):
        assert site_place(target, project, OWN) == target.resolve()


@pytest.mark.parametrize(
    ("name", "url", "internal"), [("Dorf", "https://dorf.example/", False), ("Stadt", URL, True)]
)
def test_another_towns_site_and_the_internal_one_keep_their_place(
    name: str, url: str, internal: bool, project: Path
) -> None:
    place = site(project / "site")
    other = mark_text(name, url, internal)
    (place / MARK).write_text(other, encoding="utf-8")
    with pytest.raises(Refused, match="schon eine andere Website") as refused:
        site_place(place, project, OWN)
    assert "vorher löschen" in refused.value.help
    assert site_place(place, project, other) == place.resolve()
    # Obeyed, the help helps.
    shutil.rmtree(place)
    assert site_place(place, project, OWN) == place.resolve()


@pytest.mark.parametrize(("name", "url"), [("Stadt am See", URL), ("Stadt", "https://neu.example/")])
def test_a_site_that_moves_or_is_called_otherwise_keeps_its_folder(
    name: str, url: str, project: Path
) -> None:
    place = site(project / "site")
    (place / MARK).write_text(mark_text(name, url, internal=False), encoding="utf-8")
    assert site_place(place, project, OWN) == place.resolve()


def test_a_build_never_replaces_another_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    command = ["build", "--project", str(VILLAGE), "-o", str(target), "--today", TODAY.isoformat()]
    assert CliRunner().invoke(main, command).exit_code == 0
    mark = (target / MARK).read_text("utf-8")
    assert "\nÖffentliche Website\n" in mark
    (target / MARK).unlink()  # its other names are those of kept files
    (target / MARK).write_text(mark.replace("Öffentliche", "Interne"), encoding="utf-8")
    (target / "index.html").unlink()
    (target / "index.html").write_text("intern", encoding="utf-8")
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 1
    assert "andere Website" in answer.output
    assert (target / "index.html").read_text("utf-8") == "intern"


def test_a_link_to_a_site_is_followed_and_stays(project: Path) -> None:
    place = site(project.parent / "www")
    target = linked(project / "site", place)
    assert site_place(target, project, OWN) == place.resolve()
    with staging_folder(site_place(target, project, OWN)) as folder:
        (folder / "index.html").write_text("neu", encoding="utf-8")
        exchange(folder, site_place(target, project, OWN))
    assert target.is_symlink()
    assert (place / "index.html").read_text(encoding="utf-8") == "neu"


def test_a_second_run_is_refused_and_clears_nothing_of_the_first(project: Path) -> None:
    with staging_folder(project / "site") as folder:
        with pytest.raises(Refused, match="anderer Lauf"), staging_folder(project / "site"):
            pass
        assert folder.is_dir()
    assert not [path for path in project.iterdir() if path.name.startswith(".")]


def test_what_a_killed_run_left_is_cleared(project: Path) -> None:
    child = os.fork()
    if child == 0:
        with staging_folder(project / "site"):
            os._exit(9)
    os.waitpid(child, 0)
    assert [path.name for path in project.iterdir() if path.name.endswith(".neu")]
    (project / ".site-ab_cdef1.neu").mkdir()  # as an earlier version called it
    recover(project / "site")
    assert not [path for path in project.iterdir() if path.name.startswith(".")]


def test_two_sites_beside_each_other_clear_nothing_of_each_other(project: Path) -> None:
    with staging_folder(project / "site-intern") as folder, staging_folder(project / "site"):
        assert folder.is_dir()


def test_a_disk_without_links_keeps_the_new_files(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "keine Verweise")

    place = site(project / "site")
    monkeypatch.setattr(os, "link", none)
    with staging_folder(place) as folder:
        (folder / "index.html").write_text("alt", encoding="utf-8")
        exchange(folder, place)
    assert {path.name: path.read_text(encoding="utf-8") for path in place.iterdir()} == {"index.html": "alt"}


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [item.code for item in found if item.severity == "error"]


@pytest.fixture(scope="module")
def village() -> Project:
    return prepare(VILLAGE, TODAY)


def test_a_full_disk_is_a_message_and_the_old_site_stays(
    village: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    assert codes(build_site(village, target, write_site)) == []
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}

    def full(*_: object, **__: object) -> tuple[Diagnostic, ...]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "x"))

    assert codes(build_site(village, target, full)) == ["website-nicht-geschrieben"]
    monkeypatch.setattr(site_folder.tempfile, "mkdtemp", full)
    assert codes(build_site(village, target, write_site)) == ["website-nicht-geschrieben"]
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_the_command_says_what_is_wrong_with_its_target(tmp_path: Path) -> None:
    """`build -o .` once ended with "ist fertig", and the records were gone."""

    root = tmp_path / "dorf"
    shutil.copytree(VILLAGE, root)
    before = sorted(path.relative_to(root) for path in root.rglob("*"))
    for target in (root, root / "resources", tmp_path):
        done = CliRunner().invoke(
            main, ["build", "-p", str(root), "-o", str(target), "--today", "2026-11-20"]
        )
        assert done.exit_code == 1
        assert "Fehler[ziel-abgelehnt]" in done.output
        assert "Hilfe: einen eigenen Ordner" in done.output
    assert sorted(path.relative_to(root) for path in root.rglob("*")) == before


@whole
def test_mkdocs_empties_no_folder_of_records(tmp_path: Path) -> None:

    root = tmp_path / "dorf"
    shutil.copytree(VILLAGE, root)
    (root / "mkdocs.yml").write_text(
        "site_name: Dorf\ndocs_dir: content\ntheme: {name: nahraum}\nplugins: [nahraum]\n", encoding="utf-8"
    )
    (root / "content").mkdir(exist_ok=True)
    before = sorted(path.relative_to(root) for path in root.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "resources"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "daraus wird gelesen" in done.stderr
    assert sorted(path.relative_to(root) for path in root.rglob("*")) == before


def test_the_refusal_is_a_diagnostic_like_any_other(village: Project) -> None:
    assert codes(build_site(village, VILLAGE, write_site)) == ["ziel-abgelehnt"]
