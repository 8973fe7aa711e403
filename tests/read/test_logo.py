"""A town's logo: what only draws stays, all else goes and is named; it stands wherever the town's name does."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.diagnostics import Diagnostic
from generator.files.disk import Disk
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from generator.read.logo import read_logo
from tests.conftest import TODAY
from tests.golden.sites import FOLDER

ARMS = """<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 12" onload="x()">
<title>Wappen</title><script>x()</script><style>path { fill: url(//fremd.example/a) }</style>
<image xlink:href="https://fremd.example/b.png"/><foreignObject><p>c</p></foreignObject><a href="javascript:x()"><path d="M1 1"/></a>
<path d="M0 0h10v12z" style="fill:#a00;background:url(//fremd.example/c)" onclick="x()" fill-opacity="url(https://fremd.example/d)"/>
<g transform="translate(1 2)"><circle r="3" fill="url(#lauf)"/></g></svg>"""


def read(tmp_path: Path, data: bytes, name: str = "wappen.svg") -> tuple[bytes, list[Diagnostic]]:
    (tmp_path / name).write_bytes(data)
    return read_logo(Disk(tmp_path), name, None)


def test_a_drawing_keeps_what_draws_and_nothing_else(tmp_path: Path) -> None:
    kept, found = read(tmp_path, ARMS.encode())
    text = kept.decode()
    assert re.findall(r"<(\w+)", text) == ["svg", "path", "g", "circle"]
    assert 'fill="#a00"' in text
    assert 'transform="translate(1 2)"' in text
    assert 'fill="url(#lauf)"' in text
    assert not re.search("fremd|script|onload|onclick|style|DOCTYPE", text)
    assert [item.code for item in found] == ["logo-bereinigt"] * 8
    named = {item.message.split()[0] for item in found}
    assert named == {
        "<script>", "<style>", "<image>", "<foreignObject>", "<a>", "onload", "onclick", "fill-opacity",
    }  # fmt: skip


def test_a_picture_keeps_its_pixels_alone(tmp_path: Path) -> None:
    data = BytesIO()
    picture = Image.new("RGB", (2, 3), "#a00000")
    exif = picture.getexif()
    exif[0x010E] = "Kallmorgen 3"
    picture.save(data, "PNG", exif=exif)
    assert b"Kallmorgen" in data.getvalue()
    kept, found = read(tmp_path, data.getvalue(), "wappen.png")
    assert found == []
    assert b"Kallmorgen" not in kept
    with Image.open(BytesIO(kept)) as shown:
        assert (shown.size, shown.convert("RGB").getpixel((1, 2))) == ((2, 3), (160, 0, 0))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b"<svg"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.svg", b'<html xmlns="http://www.w3.org/1999/xhtml"/>'),
        (
            "a.svg",
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        ),
        ("a.svg", b"\xff\xfe"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.png", b"<svg/>"),
    ],
)
def test_what_is_no_picture_is_an_error(tmp_path: Path, name: str, data: bytes) -> None:
    kept, found = read(tmp_path, data, name)
    assert (kept, [item.code for item in found]) == (b"", ["logo-unlesbar"])


def test_the_logo_stands_in_the_head_of_every_page_with_its_words(tmp_path: Path) -> None:
    root = Path(shutil.copytree(FOLDER / "village" / "project", tmp_path / "dorf"))
    (root / "wappen.svg").write_text(ARMS, "utf-8")
    with (root / "site_config.yml").open("a", encoding="utf-8") as config:
        config.write("logo: {file: wappen.svg, alt: Wappen des Dorfs}\n")
    build_site(prepare(root, TODAY), tmp_path / "site", write_site)
    for name in ("index.html", "hilfe-sofort/index.html", "404.html"):
        text = (tmp_path / "site" / name).read_text("utf-8")
        [(address, words)] = re.findall(
            r'<img class="nr-brand__logo" src="([^"?]+)\?v=\w+" alt="([^"]+)">', text
        )
        assert words == "Wappen des Dorfs"
        assert (tmp_path / "site" / name).parent.joinpath(address).is_file() or address.startswith("/")
    for picture in (tmp_path / "site" / "berichte").rglob("*.svg"):
        assert "data:image/svg+xml;base64," in picture.read_text("utf-8")


def test_a_logo_is_a_drawing_or_a_picture(tmp_path: Path) -> None:
    root = Path(shutil.copytree(FOLDER / "village" / "project", tmp_path / "dorf"))
    with (root / "site_config.yml").open("a", encoding="utf-8") as config:
        config.write("logo: {file: wappen.html, alt: Wappen}\n")
    assert [item.code for item in prepare(root, TODAY).found if item.severity == "error"] == ["kein-logo"]
