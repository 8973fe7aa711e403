"""Files that aren't files, in the place of everything that is read: nothing hangs, nothing is published, and each is told by its name.

All inputs are attacked at once: so one mistake hides no other either. `pytest -m long` lets every attack meet every input; otherwise
those that are read for themselves (settings, overlay, what comes in) meet a few.
"""

import json
import os
import shutil
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.chance import every, is_long, long
from tests.render.editions_town import EDITION, FROZEN
from tests.world import BY_WORDS, snapshot, write_world

CANARY = "Kanarienvogel 4711"
MORE = {
    "mkdocs.yml": "site_name: x\nmarkdown_extensions: [tables]\n",
    "content/impressum.md": f"# Impressum\n\n{CANARY}\n",
    "content/mehr/bild.png": "kein Bild",
    "content/mehr/plan.pdf": "%PDF-1.4",
    "content/mehr/seite.md": f"# Mehr\n\n{CANARY}\n",
    "resources/places/treff-west.yml": "name: Treff West\nkind: nachbarschaftshaus\naddress: {street: Flussweg, number: 9, postcode: 01067, town: Kleinstadt}\n",
    "resources/indicators/schulkinder/releases/ledger.csv": "date,sha256,note\n",
    "content/berichte/bericht-ost/2025.md": "---\ntitle: Bericht Ost\nedition: 2025\ndate: 2026-07-01\nstate: draft\nspace: ost\nsummary: Ein kurzer Bericht.\n---\n\nText\n",
}
OVERLAY = "intern/resources/providers/verein.yml"

INPUTS = (
    "mkdocs.yml", "content/karte.md", "content/impressum.md", "content/mehr/bild.png", "content/mehr/plan.pdf", "content/mehr/seite.md",
    "resources/places/treff-west.yml", "resources/glossary.yml", "resources/geometry/gebiete.geojson", "resources/context/water.geojson",
    "resources/streets.csv", "resources/indicators/arm/values.csv", "resources/indicators/arm/releases/2025-07-01.csv",
    "resources/indicators/hilfen/indicator.yml", "resources/indicators/schulkinder/releases/ledger.csv",
    "content/berichte/bericht-ost/2025.md", FROZEN,
)  # fmt: skip
"""Whatever is read of a project, but for the settings: none of these is read only because of another one of them."""
SETTINGS = "site_config.yml"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound project that reads everything there is to read, with an overlay and what comes in from outside beside it."""
    folder = tmp_path_factory.mktemp("welt")
    root = write_world(folder)
    for name, text in MORE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (folder / OVERLAY).parent.mkdir(parents=True)
    (folder / OVERLAY).write_text("contact: {phone: 040 66969-999}\n", "utf-8")
    config = root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "overlay: ../intern/resources\n", "utf-8")
    for words in (["publish", str(root / EDITION)], ["build", "-o", str(folder / "probe")]):
        result = run([*words, "-p", str(root)])
        assert result.exit_code == 0, result.output
    assert CANARY in (folder / "probe" / "mehr" / "seite" / "index.html").read_text("utf-8")
    return folder


@pytest.fixture
def copy(world: Path, tmp_path: Path) -> Path:
    shutil.copytree(world, tmp_path / "welt", ignore=shutil.ignore_patterns("probe"))
    return tmp_path / "welt"


def run(arguments: list[str]) -> Result:
    return CliRunner().invoke(main, arguments, env={"NAHRAUM_TODAY": "2026-11-20"}, catch_exceptions=False)


# --- attacks: what is put in the place of a file ---------------------------------------------------------------------


def moved(path: Path) -> Path:
    """Take a file out of the project, as it is: whoever followed a link to it would notice nothing."""
    world = next(folder for folder in path.parents if folder.name == "welt")
    there = world / "draussen" / path.relative_to(world)
    there.parent.mkdir(parents=True, exist_ok=True)
    path.rename(there)
    return there


def absolute_link(path: Path) -> None:
    path.symlink_to(moved(path))


def relative_link(path: Path) -> None:
    path.symlink_to(os.path.relpath(moved(path), path.parent))


def chain_of_links(path: Path) -> None:
    there = moved(path)
    path.with_name(f"{path.name}.weiter").symlink_to(there)
    path.symlink_to(f"{path.name}.weiter")


def link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def links_in_a_circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(f"{path.name}.txt")
    path.with_name(f"{path.name}.txt").symlink_to(path.name)


def link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("gibt-es-nicht")


def link_to_zeros(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def plug(path: Path) -> None:
    path.unlink()
    before = Path.cwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(before)


def device(path: Path) -> None:
    path.unlink()
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


def endless(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(10**12)


LINKS: dict[str, Callable[[Path], None]] = {
    "an absolute link": absolute_link,
    "a relative link": relative_link,
    "a chain of links": chain_of_links,
}
KINDS: dict[str, Callable[[Path], None]] = {
    "a link to itself": link_to_itself,
    "links in a circle": links_in_a_circle,
    "a link to nowhere": link_to_nowhere,
    "a link to zeros": link_to_zeros,
    "a pipe": pipe,
    "a plug": plug,
    "a device": device,
    "a file of a terabyte": endless,
}
ATTACKS = {**LINKS, **KINDS}
FEW = list(ATTACKS) if is_long() else ["an absolute link", "links in a circle", "a pipe"]
TOLD = {
    **dict.fromkeys([*LINKS, "a link to itself", "links in a circle"], "verweis-fuehrt-hinaus"),
    "a link to zeros": "verweis-fuehrt-hinaus",
    "a file of a terabyte": "datei-zu-gross",
}


def errors(result: Result) -> set[tuple[str, str]]:
    """Return file and code of every error in the JSON of a command."""
    text = result.stdout[result.stdout.index("[") :]
    return {
        (place["file"], item["code"])
        for item in json.loads(text)
        if item["severity"] == "error"
        for place in (item, *item["also"])
    }


def build(folder: Path, *more: str) -> Result:
    target = folder / "ziel"
    result = run(["build", "-p", str(folder / "projekt"), "-o", str(target), "-f", "json", *more])
    assert result.exit_code == 1, result.output
    assert not target.exists()
    assert CANARY not in result.output
    return result


@pytest.mark.parametrize("attack", every(ATTACKS, FEW))
def test_what_is_no_file_of_the_project_is_told_and_not_published(copy: Path, attack: str) -> None:
    for name in INPUTS:
        ATTACKS[attack](copy / "projekt" / name)
    found = errors(build(copy))
    code = TOLD.get(attack, "datei-unlesbar")
    assert {(name, code) for name in INPUTS} - found == set()


@long
@pytest.mark.parametrize("attack", FEW)
def test_the_settings_are_read_through_the_same_class(copy: Path, attack: str) -> None:
    ATTACKS[attack](copy / "projekt" / SETTINGS)
    assert (SETTINGS, TOLD.get(attack, "datei-unlesbar")) in errors(build(copy))


@long
@pytest.mark.parametrize("attack", FEW)
def test_the_overlay_is_read_through_the_same_class(copy: Path, attack: str) -> None:
    ATTACKS[attack](copy / OVERLAY)
    found = errors(build(copy, "--internal"))
    assert (f"../{OVERLAY}", TOLD.get(attack, "datei-unlesbar")) in found


def test_the_public_build_does_not_care_where_the_overlay_leads(copy: Path) -> None:
    shutil.rmtree(copy / "intern")
    (copy / "intern").symlink_to("intern")
    result = run(["build", "-p", str(copy / "projekt"), "-o", str(copy / "probe")])
    assert result.exit_code == 0, result.output


@long
@pytest.mark.parametrize("attack", FEW)
def test_a_private_folder_is_read_through_the_same_class(copy: Path, attack: str) -> None:
    ATTACKS[attack](copy / "roh" / "arm.csv")
    before = snapshot(copy / "projekt")
    result = run([*("protect", str(copy / "roh"), "-p", str(copy / "projekt")), "-f", "json"])
    assert result.exit_code == 1
    assert (str(copy / "roh" / "arm.csv"), TOLD.get(attack, "datei-unlesbar")) in errors(result)
    assert snapshot(copy / "projekt") == before


COMING_IN = {
    "gebiete.geojson": ("import", "areas"),
    "strassen.csv": ("import", "streets"),
    "angebote.csv": ("table", "in"),
}


@long
@pytest.mark.parametrize(
    ("attack", "name"),
    [
        (attack, name)
        for attack in KINDS
        for name in COMING_IN
        if is_long() or attack == "a pipe" or name == "strassen.csv"
    ],
)
def test_what_comes_in_is_read_through_the_same_class(copy: Path, attack: str, name: str) -> None:
    words = COMING_IN[name]
    KINDS[attack](copy / "neu" / name)
    before = snapshot(copy / "projekt")
    result = run([*BY_WORDS[words].line(copy / "projekt"), "-f", "json"])
    assert result.exit_code in (1, 2), result.output
    assert snapshot(copy / "projekt") == before
    if result.exit_code == 1:
        # The command line itself may name a link to whatever file somebody wants in.
        code = {"a link to zeros": "datei-unlesbar"}.get(attack, TOLD.get(attack, "datei-unlesbar"))
        assert (str(copy / "neu" / name), code) in errors(result)


def test_the_command_line_may_name_a_link(copy: Path) -> None:
    absolute_link(copy / "neu" / "strassen.csv")
    words = ("import", "streets")
    assert run(BY_WORDS[words].line(copy / "projekt")).exit_code == 0


FOLDERS = (
    "content/mehr", "resources/places", "resources/context", "resources/indicators", "resources/editions",
)  # fmt: skip


@pytest.mark.parametrize("attack", [*LINKS, "a link to itself"])
def test_a_folder_that_is_a_link_elsewhere_is_told_once_and_not_looked_into(copy: Path, attack: str) -> None:
    for name in FOLDERS:
        path = copy / "projekt" / name
        if attack == "a link to itself":
            shutil.rmtree(path)
            path.symlink_to(path.name)
        else:
            LINKS[attack](path)
    found = errors(build(copy))
    assert {(name, "verweis-fuehrt-hinaus") for name in FOLDERS} - found == set()
    # The figures of an edition are asked for by their name.
    inside = tuple(f"{name}/" for name in FOLDERS)
    assert {file for file, _code in found if file.startswith(inside)} <= {FROZEN}


def test_what_should_be_a_folder_and_is_none_is_told(copy: Path) -> None:
    shutil.rmtree(copy / "projekt/resources/context")
    os.mkfifo(copy / "projekt/resources/context")
    shutil.rmtree(copy / "projekt/resources/places")
    (copy / "projekt/resources/places").write_text("", "utf-8")
    found = errors(build(copy))
    assert {file for file, code in found if code == "ordner-unlesbar"} == {
        "resources/context",
        "resources/places",
    }


@pytest.mark.parametrize("name", ["content", "resources"])
def test_the_folders_that_everything_is_in_may_not_lie_elsewhere(copy: Path, name: str) -> None:
    absolute_link(copy / "projekt" / name)
    assert (name, "verweis-fuehrt-hinaus") in errors(build(copy))


def refused(path: Path) -> None:
    del path
    raise PermissionError(13, "Permission denied")


REFUSALS: dict[str, Callable[[Path], object]] = {"no right to read": refused, "gone meanwhile": Path.unlink}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_what_the_system_does_not_hand_out_is_told(
    copy: Path, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    """Between listing and opening, and also for root, whom no right is missing."""
    # Nobody opens what isn't published.
    names = set(INPUTS) - {"content/mehr/plan.pdf"}
    inputs = {str(copy / "projekt" / name) for name in names}
    opened = os.open

    def watch(path: str, *given: int, **more: int) -> int:
        if path in inputs and os.path.lexists(path):
            REFUSALS[refusal](Path(path))
        return opened(path, *given, **more)

    monkeypatch.setattr(os, "open", watch)
    found = errors(build(copy))
    assert {(name, "datei-unlesbar") for name in names} - found == set()


NAMES = {
    "resources/places": b"%s.yml",
    "resources/context": b"%s.geojson",
    "resources/indicators": b"%s",
    "resources/editions/bericht-ost": b"%s.json",
    "content": b"%s.md",
    "content/mehr": b"%s.png",
    "content/berichte/bericht-ost": b"%s.md",
}


def test_names_that_nobody_can_write_down_are_told(copy: Path) -> None:
    names = {
        b"a\nb": "a\\x0ab",
        b"s\xfcd": "s\\udcfcd",
        b"a\x1bb": "a\\x1bb",
        "a\u202eb".encode(): "a\\u202eb",
    }
    for folder, form in NAMES.items():
        for name in names:
            path = os.path.join(os.fsencode(copy / "projekt" / folder), form % name)
            with open(path, "wb") as stream:
                stream.write(b"name: x\n")
    found = errors(build(copy))
    told = {file for file, code in found if code == "name-nicht-darstellbar"}
    assert told == {
        f"{folder}/{form.decode() % name}" for folder, form in NAMES.items() for name in names.values()
    }
    # In every writing, for people and for programs.
    assert run(["check", "-p", str(copy / "projekt")]).exit_code == 1


def test_links_inside_of_the_project_change_nothing(world: Path, copy: Path) -> None:
    root = copy / "projekt"
    store = root / "lager"
    store.mkdir()
    for number, name in enumerate(
        ("content/karte.md", "resources/places/treff.yml", "resources/glossary.yml", "resources/streets.csv")
    ):
        (root / name).rename(store / str(number))
        (root / name).symlink_to(os.path.relpath(store / str(number), (root / name).parent))
    for name in ("resources/context", "content/mehr"):
        (root / name).rename(store / Path(name).name)
        (root / name).symlink_to(store / Path(name).name)
    result = run(["build", "-p", str(root), "-o", str(copy / "probe")])
    assert result.exit_code == 0, result.output
    assert snapshot(copy / "probe") == snapshot(world / "probe")
