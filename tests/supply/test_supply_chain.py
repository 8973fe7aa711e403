"""What a build is made with is named, pinned and licensed; wheel and source archive hold all that is needed; nothing is fetched."""

import hashlib
import json
import os
import re
import runpy
import shutil
import socket
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.folders import files_of
from tests.golden.sites import FOLDER as GOLDEN
from tests.repository import git

pytestmark = whole

VILLAGE = GOLDEN / "village" / "project"
# Licences that a municipality may take along with software under the EUPL without asking anybody.
OPEN = {
    "MIT", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "MPL-2.0", "PSF-2.0", "Zlib", "MIT-CMU", "CC0-1.0", "EUPL-1.2",
}  # fmt: skip


@pytest.fixture(scope="module")
def supply() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "supply_chain.py"))


def test_the_bill_of_materials_is_that_of_the_lock(supply: dict[str, Any]) -> None:
    assert supply["stale"]() == [], "python docs/supply_chain.py writes them anew"
    told = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text("utf-8"))
    lock = re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / "site.lock").read_text("utf-8"), re.MULTILINE)
    named = {(item["name"], item["version"]) for item in told["components"] if "version" in item}
    assert named == set(lock)
    digests = set(re.findall(r"sha256:([0-9a-f]{64})", (ROOT / "site.lock").read_text("utf-8")))
    text = (ROOT / "docs" / "sbom.cdx.json").read_text("utf-8")
    assert all(digest in text for digest in digests)


def test_a_directory_without_figures_needs_fewer_packages_of_the_same_versions(
    supply: dict[str, Any],
) -> None:
    whole = {item.name: item for item in supply["packages"]((ROOT / "site.lock").read_text("utf-8"))}
    fewer = {item.name: item for item in supply["packages"]((ROOT / "directory.lock").read_text("utf-8"))}
    assert {name: whole[name] for name in fewer} == fewer, "make lock writes both anew"
    assert {"pandas", "scipy", "highspy", "openpyxl"} <= whole.keys() - fewer.keys()


def test_it_is_valid_cyclonedx() -> None:
    # Takes seconds to load, which no other test needs and every process would spend.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(
        (ROOT / "docs" / "sbom.cdx.json").read_text("utf-8")
    )
    assert problem is None, problem


def test_every_licence_is_a_known_one_and_open(supply: dict[str, Any]) -> None:
    from license_expression import get_spdx_licensing

    known = get_spdx_licensing()
    for item in supply["packages"]((ROOT / "site.lock").read_text("utf-8")):
        parsed = known.parse(item.licence, validate=True)
        assert {str(key) for key in known.license_keys(parsed)} <= OPEN, f"{item.name}: {item.licence}"


def test_a_package_nobody_has_looked_at_is_named(supply: dict[str, Any]) -> None:
    (unknown,) = supply["packages"]("unbekanntes-paket==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(LookupError, match="unbekanntes-paket"):
        _ = unknown.licence


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and source archive, made without the network."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"},
    )
    return folder


def test_the_wheel_holds_all_that_a_site_is_made_of(built: Path, tmp_path: Path) -> None:
    """Built from nothing but the wheel's files, and without working out what these bring, a village has the same bytes."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "wheel")
        names = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "generator"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert [name for name in tracked if name not in names] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)
    project = tmp_path / "dorf"
    shutil.copytree(VILLAGE, project)
    code = (
        "import sys; sys.modules['holidays'] = None; import jinja2, lark, generator; "
        "from generator.read import vocabularies; from generator.search import danger_data; "
        "jinja2.Environment.compile = lark.Lark.__init__ = danger_data.folded = None; "
        "from generator.cli import main; "
        f"assert generator.__file__.startswith({str(tmp_path)!r}), generator.__file__; main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "build", "--today", TODAY.isoformat()],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "wheel")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    build_site(prepare(VILLAGE, TODAY), tmp_path / "site", write_site)
    assert files_of(project / "site") == files_of(tmp_path / "site")


def test_the_source_archive_holds_what_the_wheel_was_made_of(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "site.lock",
        "docs/sbom.cdx.json",
        "hatch_build.py",
    } <= names
    assert not [name for name in names if name.startswith((".venv", "site/"))]


def test_twice_built_is_the_same(built: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"},
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in built.iterdir()
    }


def test_a_build_asks_the_network_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refused(*arguments: object, **_: object) -> None:
        asked.append(arguments)
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refused)
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("127.0.0.1", 9))
    asked.clear()
    found = build_site(prepare(VILLAGE, TODAY), tmp_path / "site", write_site)
    assert not [item for item in found if item.severity == "error"]
    assert asked == []


HOOK = """
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
class Nothing(BuildHookInterface):
    pass
"""


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    """A small repository with what a release needs, at a tag."""
    root = tmp_path / "repo"
    (root / "docs").mkdir(parents=True)
    (root / ".ci").mkdir()
    (root / "generator").mkdir()
    shutil.copy(ROOT / ".ci" / "release", root / ".ci" / "release")
    for name in ("pyproject.toml", "README.md", "LICENSE", "docs/sbom.cdx.json"):
        shutil.copy(ROOT / name, root / name)
    (root / "generator" / "__init__.py").write_text("", encoding="utf-8")
    (root / "hatch_build.py").write_text(HOOK, encoding="utf-8")
    version = re.findall(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[0]
    (root / "CHANGELOG.md").write_text(f"# Änderungen\n\n## {version} – 2026-11-20\n", encoding="utf-8")
    run = {"cwd": root, "check": True, "capture_output": True}
    subprocess.run(["git", "init", "-q"], **run)  # type: ignore[call-overload]
    subprocess.run(["git", "add", "-A"], **run)  # type: ignore[call-overload]
    author = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    subprocess.run(["git", *author, "commit", "-qm", "x"], **run)  # type: ignore[call-overload]
    git(root, "tag", f"v{version}")
    return root


def release(root: Path, tag: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHON": sys.executable}
    return subprocess.run(
        [root / ".ci" / "release", tag], capture_output=True, text=True, check=False, env=environment
    )


def test_a_release_is_made_from_its_tag_and_twice_the_same(tagged: Path) -> None:
    tag = subprocess.run(
        ["git", "tag"], cwd=tagged, capture_output=True, text=True, check=True
    ).stdout.strip()
    first = release(tagged, tag)
    assert first.returncode == 0, first.stderr
    (tagged / "generator" / "nicht-im-tag.py").write_text("x = 1\n", encoding="utf-8")
    shutil.rmtree(tagged / "dist")
    second = release(tagged, tag)
    assert second.stdout == first.stdout
    assert len(first.stdout.splitlines()) == 3
    (wheel,) = (tagged / "dist").glob("*.whl")
    assert "generator/nicht-im-tag.py" not in zipfile.ZipFile(wheel).namelist()


def test_a_tag_that_contradicts_the_package_is_refused(tagged: Path) -> None:
    subprocess.run(["git", "tag", "v99.0.0"], cwd=tagged, check=True)
    assert "the tag says v99.0.0" in release(tagged, "v99.0.0").stderr
    assert "there is no tag" in release(tagged, "v0.0.1-fehlt").stderr
    assert not (tagged / "dist").exists()


# The words of the English text as SPDX publishes it; only line breaks and spaces may differ.
OFFICIAL = "b265314fe0920ed66121307961dabb70eb3c26c508d2362783e821bbb4a0e16c"
ARTICLES = (
    "Definitions", "Scope of the rights granted by the Licence", "Communication of the Source Code", "Limitations on copyright",
    "Obligations of the Licensee", "Chain of Authorship", "Disclaimer of Warranty", "Disclaimer of Liability", "Additional agreements",
    "Acceptance of the Licence", "Information to the public", "Termination of the Licence", "Miscellaneous", "Jurisdiction", "Applicable Law",
)  # fmt: skip


@pytest.mark.guards("Examples and the rest: the licence is there in full, and named")
def test_the_licence_has_every_article_and_its_appendix() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    found = re.findall(r"^(\d+)\.\s*(\S.*)$", text, re.MULTILINE)
    assert found == [(str(number), title) for number, title in enumerate(ARTICLES, 1)]
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text.split("\n")[0]
    assert "Appendix" in text[text.index("Applicable Law") :]
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_not_a_word_of_the_licence_is_ours() -> None:
    words = " ".join((ROOT / "LICENSE").read_text("utf-8").split())
    assert hashlib.sha256(words.encode()).hexdigest() == OFFICIAL


def test_all_descriptions_of_the_project_name_the_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["license"], project["license-files"]) == ("EUPL-1.2", ["LICENSE"])
    assert yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))["legal"]["license"] == "EUPL-1.2"
    assert metadata("nahraum")["License-Expression"] == "EUPL-1.2"
    assert "EUPL-1.2" in (ROOT / "README.md").read_text("utf-8")


def test_who_publishes_the_program_is_said_once_and_told_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    addressed = runpy.run_path(str(ROOT / "docs" / "generate.py"))["addressed"]
    filled = {
        "urls": {"Source": "https://git.stadt.example/nahraum"},
        "authors": [{"name": "Stadt Musterstadt", "email": "nahraum@stadt.example"}],
    }
    for name, text in addressed(filled).items():
        assert "nahraum@stadt.example" in text, name
        assert "noch nicht eingetragen" not in text
        assert name == "SECURITY.md" or "https://git.stadt.example/nahraum" in text
    empty = addressed({})
    assert all("noch nicht eingetragen" in empty[name] for name in ("README.md", "SECURITY.md"))
    code = yaml.safe_load(addressed(filled)["publiccode.yml"])
    # What version 0.4 of the standard asks for.
    assert {
        *(
            "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        ),
        *("description", "legal", "maintenance", "localisation"),
    } <= code.keys()  # fmt: skip
    assert code["maintenance"] == {"type": "community", "contacts": [filled["authors"][0]]}
    assert yaml.safe_load(empty["publiccode.yml"])["maintenance"] == {"type": "none"}
