"""Reports as PDF: every figure is in it, it is tagged and has bookmarks, drawings are vectors, nothing is fetched."""

import contextlib
import re
import socket
import subprocess
import time
import zlib
from collections.abc import Callable
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf import PdfReader

from generator.cli import main
from generator.model.config import Logo, TownLook
from generator.pipeline.build import Project
from generator.printing import PdfMissing, document, palette, stylesheet, why_no_pdf, write_pdf
from generator.render.base.colours import contrast, mix
from generator.render.written_reports.composing import write_edition
from tests.chance import every, whole
from tests.records import replace

pytestmark = pytest.mark.needs("Pango", "pdftotext")
KEYS = ("sozialraumbericht-suederaue/2025", "sozialraumbericht-suederaue/2026")


@pytest.fixture(scope="module")
def pdf(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """An edition of the demo's report as a file, made when a test first asks for it."""
    folder = tmp_path_factory.mktemp("pdf")

    @cache
    def made(key: str) -> Path:
        assert demo.site is not None
        path = folder / f"{key.replace('/', '-')}.pdf"
        path.write_bytes(write_pdf(document(demo.contexts[0], demo.site.editions[key])))
        return path

    return made


def read(*command: str | Path) -> str:
    return subprocess.run([str(item) for item in command], check=True, capture_output=True, text=True).stdout


def unpacked(content: bytes) -> bytes:
    """Return a PDF with its compressed streams beside it, as far as they are compressed in the usual way."""
    found = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"".join(found)


def figures_of(demo: Project, key: str) -> list[str]:
    """Return every number that the edition shows: in sentences, in tables, in drawings."""
    assert demo.site is not None
    body = str(write_edition(demo.contexts[0], demo.site.editions[key], f"berichte/{key}/").body)
    cells = re.findall(r'<a class="nr-cell"[^>]*>([^<]*\d[^<]*)</a>', body)
    cells += re.findall(r'<td class="nr-num[^"]*"[^>]*>([^<]+)</td>', body)
    cells += re.findall(r'nr-chart__value[^"]*"[^>]*>([^<]+)</text>', body)
    return [" ".join(unescape(cell).split()) for cell in cells]


@pytest.mark.parametrize("key", every(KEYS, KEYS[:1]))
def test_every_figure_is_in_the_pdf(demo: Project, pdf: Callable[[str], Path], key: str) -> None:
    text = " ".join(read("pdftotext", "-layout", pdf(key), "-").split())
    figures = figures_of(demo, key)
    assert len(figures) > 80
    missing = [figure for figure in figures if figure not in text]
    assert not missing
    for name in ("Marktviertel", "Birkenkoppel", "Quellen und Berechnung", "So zitieren Sie diesen Bericht"):
        assert name in text


@pytest.mark.parametrize("key", every(KEYS, KEYS[:1]))
def test_it_is_tagged_has_vectors_only_and_running_heads(pdf: Callable[[str], Path], key: str) -> None:
    info = read("pdfinfo", pdf(key))
    assert re.search(r"Tagged:\s+yes", info)
    assert re.search(r"Page size:.*A4", info)
    assert f"Sozialraumbericht Süderaue {key[-4:]}" in info
    assert len(read("pdfimages", "-list", pdf(key)).splitlines()) == 2
    pages = int(re.findall(r"Pages:\s+(\d+)", info)[0])
    for number in range(2, pages + 1):
        text = read("pdftotext", "-f", str(number), "-l", str(number), "-layout", pdf(key), "-")
        assert text.lstrip().startswith(f"Sozialraumbericht Süderaue {key[-4:]}")
        assert f"{number} / {pages}" in text or f"{number}/{pages}" in text.replace(" ", "")
    content = unpacked(pdf(key).read_bytes())
    assert b"/Outlines" in content
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid:part" in content
    assert content.count(b"/Figure") >= 3


def test_its_pictures_have_the_towns_colours(
    demo: Project, pdf: Callable[[str], Path], tmp_path: Path
) -> None:
    assert demo.site is not None
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(pdf(KEYS[0])), str(tmp_path / "p")], check=True)
    from PIL import Image

    seen: set[tuple[int, ...]] = set()
    for path in sorted(tmp_path.glob("p*.png")):
        with Image.open(path) as image:
            seen |= {colour for _count, colour in image.convert("RGB").getcolors(1_000_000) or []}  # type: ignore[misc]
    colours = palette(demo.site.config.accent)
    for name in ("accent", "step1", "step2", "step4", "step5"):
        wanted = tuple(int(colours[name][at : at + 2], 16) for at in (1, 3, 5))
        near = any(
            all(abs(one - two) <= 2 for one, two in zip(wanted, colour, strict=True)) for colour in seen
        )
        assert near, name


def test_the_same_edition_gives_the_same_bytes(demo: Project, pdf: Callable[[str], Path]) -> None:
    assert demo.site is not None
    again = write_pdf(document(demo.contexts[0], demo.site.editions[KEYS[0]]))
    assert again == pdf(KEYS[0]).read_bytes()


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    html = '<html lang="de"><head><title>T</title><link rel="stylesheet" href="http://other.example/a.css"></head><body><p>Da</p><img alt="" src="http://other.example/a.png"><img alt="" src="file:///etc/hostname"></body></html>'
    assert write_pdf(html).startswith(b"%PDF")


@whole
def test_a_word_without_an_end_takes_no_minutes() -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        write_pdf(f'<html lang="de"><style>p {{ hyphens: auto; display: flex }}</style><p>{text}</p></html>')
        return time.process_time() - begun

    words = " ".join(["Wort" * 25] * 40)
    # What is loaded once is loaded by the first.
    seconds(words)
    # Twice as long; without the places to break 340 times.
    assert seconds(words.replace(" ", "")) < 20 * seconds(words)


@whole
def test_command_writes_all_or_one_and_names_what_there_is(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    result = CliRunner().invoke(
        main,
        [
            "publish",
            "sozialraumbericht-suederaue/2025",
            "-p",
            str(root),
            "--pdf",
            str(tmp_path),
            "--today",
            "2026-11-20",
        ],
    )
    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.iterdir()] == ["sozialraumbericht-suederaue-2025.pdf"]
    wrong = CliRunner().invoke(
        main,
        [
            "publish",
            "sozialraumberich-suederaue",
            "--pdf",
            str(tmp_path),
            "-p",
            str(root),
            "--today",
            "2026-11-20",
        ],
    )
    assert wrong.exit_code == 2
    assert "sozialraumbericht-suederaue" in wrong.output


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "libpango" in why_no_pdf()
    with pytest.raises(PdfMissing, match="libpango"):
        write_pdf("<p>x</p>")


def test_colours_are_readable_and_no_variable_is_left() -> None:
    for accent in ("#0d6b66", "#ffd500", "#aa00ff"):
        colours = palette(accent)
        assert contrast(colours["accent"], "#ffffff") >= 4.5
        assert "var(" not in stylesheet("picture.css", accent) + stylesheet("page.css", accent)
    assert mix("#ff0000", "#0000ff", 0.25) == "#4000bf"


def test_classes_have_the_colours_of_the_screen() -> None:
    screen = (Path(__file__).parents[2] / "generator/assets/css/reports.css").read_text("utf-8")
    ground = {"--nr-card": "#ffffff", "#000000": "#000000"}
    colours = palette("#0d6b66")
    for number in range(1, 6):
        rule = re.search(rf"--nr-step-{number}: ([^;]+);", screen)
        assert rule is not None
        mixed = re.fullmatch(
            r"color-mix\(in srgb, var\(--nr-accent\) (\d+)%, (?:var\()?([^)]+?)\)?\)", rule[1]
        )
        wanted = mix("#0d6b66", ground[mixed[2]], int(mixed[1]) / 100) if mixed else "#0d6b66"
        assert colours[f"step{number}"] == wanted


def test_links_to_pages_of_the_site_lead_there_from_paper_too(demo: Project) -> None:
    assert demo.site is not None
    html = document(demo.contexts[0], demo.site.editions[KEYS[0]])
    written = write_pdf(html.replace("</body>", '<p><a href="../../../angebote/tafel/">Tafel</a></p></body>'))
    root = demo.site.config.url.rstrip("/").encode()
    assert b"/URI (" + root + b"/angebote/tafel/)" in unpacked(written)


def test_a_report_bears_the_logo_of_its_town(demo: Project) -> None:
    assert demo.site is not None
    made = BytesIO()
    Image.new("RGB", (4, 4), "#a00000").save(made, "PNG")
    config = demo.site.config.model_copy(update={"logo": Logo(file="w.png", alt="Wappen der Stadt")})
    project = demo.showing(replace(demo.site, config=config, look=TownLook(logo=made.getvalue())))
    html = document(project.contexts[0], demo.site.editions[KEYS[0]])
    [picture] = re.findall(r'<img src="data:[^>]+ alt="Wappen der Stadt">', html)
    content = write_pdf(f'<html lang="de"><title>Bericht</title><body>{picture}</body></html>')
    assert len(PdfReader(BytesIO(content)).pages[0].images) == 1
