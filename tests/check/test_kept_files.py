"""What git publishes beside the site: notes, tables, proposals, pictures, what editors leave behind, what imports remember."""

import datetime as dt
import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.files.packaged import packaged_text
from generator.pipeline.build import prepare
from tests.edit.towns import write, write_town
from tests.repository import git

TODAY = dt.date(2026, 11, 20)
HOUSE = "name: Haus Lichtblick\nkind: schutz\nprovider: verein\nphone: 040 66969-905\n"
NEAR = "name: Haus\nkind: gemeinschaftsunterkunft\n"
ADDRESS = "address: {street: Flussweg, number: 7, postcode: 01067, town: Kleinstadt}\n"
MEMORY = {"files": {}, "records": {"places/17": {"id": "haus", "values": {"name": "Haus am Wall", "address": {"street": "Flussweg", "number": "7"}}}}}  # fmt: skip


def photo(kind: str) -> bytes:
    """Return a picture that says where it was taken, as cameras and as new telephones write it."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    if kind == "heic":
        return b"\0\0\0\x18ftypheic" + b"\0" * 20 + exif.tobytes()
    stream = BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "JPEG", exif=exif)
    return stream.getvalue()


PUBLIC: dict[str, tuple[str, str | bytes]] = {
    "notizen/haus.md": ("zuflucht-vielleicht", "# Haus Lichtblick\n\nSchlüssel liegt im Flussweg 7.\n"),
    "notizen.txt": ("ort-im-text", "Haus Lichtblick: Flussweg 7\n"),
    "LIESMICH": ("ort-im-text", "Haus Lichtblick: Flussweg 7\n"),
    "imports/adressen.csv": ("ort-im-text", "name;strasse\nHaus Lichtblick;Flussweg 7\n"),
    "proposals/osm/places/haus.yml": ("zuflucht-vielleicht", HOUSE + ADDRESS),
    "imports/angebote.last-import.json": ("import-merkt-ort", json.dumps(MEMORY)),
    "fotos/garten.jpg": ("bild-mit-ort", photo("jpg")),
    "fotos/garten.heic": ("bild-mit-ort", photo("heic")),
    "fotos/haus-lichtblick-flussweg-7.png": ("ort-im-namen", b""),
    "imports/adressen.xlsx": ("datei-ungelesen", b"PK\3\4\0"),
    "resources/places/haus.yml~": ("rest-eines-editors", ADDRESS),
    "resources/places/.haus.yml.swp": ("rest-eines-editors", b"b0VIM\0\0" + ADDRESS.encode()),
    "entwurf/#treff.yml#": ("rest-eines-editors", "name: Treff\n"),
}
"""Files that tell where a house is, or may, and what is said of each."""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write(
        write_town(tmp_path / "stadt"),
        {"resources/protected/haus.yml": HOUSE, "resources/places/haus.yml": NEAR},
    )


def put(root: Path, name: str, content: str | bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def told(root: Path) -> set[tuple[str, str]]:
    """Return code and file of what is found in files that are no records."""
    return {(item.code, item.position.file) for item in prepare(root, TODAY).found} & {
        (code, name) for name, (code, _) in PUBLIC.items()
    }


def test_every_file_that_git_keeps_or_would_keep_is_searched(town: Path) -> None:
    every = {(code, name) for name, (code, _) in PUBLIC.items()}
    for name, (_, content) in PUBLIC.items():
        put(town, name, content)
    assert told(town) == every, "without git every file counts"
    git(town, "init", "-q")
    assert told(town) == every, "git would keep it"
    git(town, "add", "-A")
    put(town, ".gitignore", "*\n")
    assert told(town) == every, "git keeps it, whatever it is told now"


def test_what_git_does_not_keep_is_nobodys(town: Path) -> None:
    git(town, "init", "-q")
    put(town, ".gitignore", "privat/\n")
    put(town, "privat/notizen.txt", "Haus Lichtblick: Flussweg 7\n")
    put(town, "program/notizen.txt", "Haus Lichtblick: Flussweg 7\n")
    codes = {item.position.file for item in prepare(town, TODAY).found if item.code == "ort-im-text"}
    assert codes == {"program/notizen.txt"}
    settings = (town / "site_config.yml").read_text("utf-8")
    put(town, "site_config.yml", settings + "unsearched: [program]\n")
    assert not [item for item in prepare(town, TODAY).found if item.code == "ort-im-text"]


def test_folders_with_a_dot_are_ours_where_git_keeps_them(town: Path) -> None:
    files = (".hypothesis/unicode.txt", "content/.obsidian/notiz.txt", "resources/.cache/haus.txt")
    for name in files:
        put(town, name, "Haus Lichtblick: Flussweg 7\n")
    assert "ort-im-text" not in {item.code for item in prepare(town, TODAY).found}
    git(town, "init", "-q")
    git(town, "add", "-A")
    found = {item.position.file for item in prepare(town, TODAY).found if item.code == "ort-im-text"}
    assert found == {*files}


@pytest.mark.parametrize("versions", [False, True], ids=["without git", "with git"])
def test_what_the_program_wrote_or_a_killed_run_left_is_read_by_nobody(town: Path, versions: bool) -> None:
    if versions:
        git(town, "init", "-q")
    before = prepare(town, TODAY).found
    put(town, "web/.nahraum-site", "")
    put(town, "web/plan/index.html", "Haus Lichtblick: Flussweg 7")
    for folder in ("", "content/", "resources/", "resources/places/"):
        put(town, f"{folder}.nahraum-schreiben/0.neu", "Haus Lichtblick: Flussweg 7\n")
        put(
            town,
            f"{folder}.nahraum-schreiben-site-ab_cdef1.neu/plan/index.html",
            "Haus Lichtblick: Flussweg 7",
        )
    assert prepare(town, TODAY).found == before


def test_a_new_town_tells_git_not_to_keep_what_editors_leave(town: Path) -> None:
    put(town, ".gitignore", packaged_text("generator", "starter", "gitignore"))
    git(town, "init", "-q")
    left = [name for name, (code, _) in PUBLIC.items() if "haus.yml" in name or code == "rest-eines-editors"]
    for name in left:
        put(town, name, PUBLIC[name][1])
    put(town, "proposals/osm/places/haus.yml", "")
    kept = git(town, "ls-files", "--others", "--exclude-standard").splitlines()
    assert set(left) & set(kept) == {"proposals/osm/places/haus.yml"}
