"""Takes nothing, hands out a folder of pages that show every part of the look with invented data.

`python -m tests.gallery.pages FOLDER` writes it, with an address to look at; the tests of the theme use the same pages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from shutil import copytree
from threading import Thread

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.model.config import Publisher
from generator.model.dear_numbers_and_hosts import host_of
from generator.render.base import urls, view
from generator.render.base.colours import accent_tokens
from generator.render.base.icons import MARKERS, icon, marker
from generator.render.directory.help_numbers import HelpItem
from generator.render.frame.page_frame import ShellLink, ShellValues
from generator.theme.material import icon_styles, layer_material

HERE = Path(__file__).parent
GENERATOR = HERE.parent.parent / "generator"
SHELL = GENERATOR / "theme" / "shell"
MATERIAL = Path(str(files("material"))) / "templates"

SLOTS = (
    "title", "description", "canonical", "alternates", "robots", "head", "languages", "crumbs", "toc",
    "content", "modified", "address", "exit",
)  # fmt: skip

SITUATIONS = (
    ("Ein Baby kommt", "baby-carriage"),
    ("Wer betreut mein Kind?", "human-child"),
    ("Erziehung ist schwer", "account-heart-outline"),
    ("Wir trennen uns", "heart-broken-outline"),
    ("Das Geld reicht nicht", "cash"),
    ("Sorge um die Wohnung", "home-heart"),
    ("Schule macht Sorgen", "school-outline"),
    ("Mein Kind braucht mehr", "puzzle-heart-outline"),
    ("Krank an Körper oder Seele", "medical-bag"),
    ("Gewalt und Angst", "shield-home-outline"),
    ("Neu hier", "earth"),
    ("Jung und auf eigenen Füßen", "run-fast"),
    ("Etwas zusammen machen", "hand-heart-outline"),
)


@dataclass(frozen=True)
class Sample:
    """A page of the gallery: its template, the marked entry of the menu and how the frame is set up."""

    name: str
    template: str
    section: int = 0
    lang: str = "de"
    dir: str = "ltr"
    internal: bool = False


SAMPLES = (
    Sample("home", "home.html"),
    Sample("list", "list.html"),
    Sample("offer", "offer.html"),
    Sample("report", "report.html", section=3),
    Sample("parts", "parts.html", section=2),
    Sample("help", "help.html"),
    Sample("prose", "prose.html", section=2, internal=True),
    Sample("rtl", "rtl.html", lang="ar", dir="rtl"),
)


def shell_for(sample: Sample) -> ShellValues:
    """Take a sample, hand out the values of the frame around it."""
    labels = ("Hilfe finden", "Mein Stadtteil", "Für Fachkräfte", "Berichte")
    if sample.lang == "ar":
        labels = ("إيجاد مساعدة", "حيّي", "للمختصين", "تقارير")
    return ShellValues(
        lang=sample.lang,
        dir=sample.dir,
        home="home.html",
        site_name="Nahraum Auenstedt",
        credits="",
        lang_name="العربية" if sample.lang == "ar" else "Deutsch",
        lang_short=sample.lang.upper(),
        multilingual=True,
        family=sample.name,
        publisher=Publisher(
            name="Stadt Auenstedt",
            office="Amt für Jugend und Familie",
            phone="040 66969-100",
            email="sozialraum@auenstedt.example",
        ),
        phone_href="tel:+494066969100",
        nav=tuple(
            ShellLink(label, "home.html", current=index == sample.section)
            for index, label in enumerate(labels)
        ),
        help_href="help.html",
        footer=tuple(
            ShellLink(label, "prose.html")
            for label in ("Impressum", "Datenschutz", "Barrierefreiheit", "Leichte Sprache", "Über Nahraum")
        ),
        footer_note="",
        about="Auenstedt ist erfunden: Menschen, Adressen und Nummern gibt es nicht.",
        about_lang="",
        data_lang="",
        internal=sample.internal,
        draft=False,
        policy=Markup("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"),
        styles=("css/nahraum.css", *(("css/material.css",) if sample.name == "prose" else ())),
        print="css/print.css",
        script="js/site.js",
        scripts=(),
        words=Markup('<script type="application/json" id="nr-words">{}</script>'),
        favicon="img/nahraum.svg",
        gettext=str,
    )


def slots_for(sample: Sample, content: str, crumbs: str, toc: str, exit_bar: str) -> dict[str, str]:
    """Take a sample and its rendered pieces, hand out the slots of the frame as finished strings."""
    languages = "".join(
        f'<li><a href="{href}" lang="{lang}" hreflang="{lang}"{current}>{name}</a></li>'
        for href, lang, name, current in (
            ("home.html", "de", "Deutsch", ' aria-current="true"'),
            ("home.html", "en", "English", ""),
            ("rtl.html", "ar", "العربية", ""),
        )
    )
    address = f"https://nahraum.auenstedt.example/{sample.name}/"
    return {
        "title": f"{sample.name} – Nahraum Auenstedt",
        "description": "Seite der Galerie",
        "canonical": f'<link rel="canonical" href="{address}">',
        "alternates": "",
        "robots": '<meta name="robots" content="noindex">',
        "head": "",
        "languages": languages,
        "crumbs": crumbs,
        "toc": toc,
        "content": content,
        "modified": "<p>Stand: 1. Oktober 2026</p>",
        "address": address,
        "exit": exit_bar,
    }


def shell_environment() -> Environment:
    """Hand out an environment like the one of MkDocs: our theme before Material's, nothing escaped."""
    return Environment(loader=FileSystemLoader([SHELL, MATERIAL]), undefined=StrictUndefined)


def page_environment() -> Environment:
    """Hand out an environment like the one of the pages: everything escaped, icons, German texts as they are."""
    environment = Environment(
        loader=FileSystemLoader([HERE / "templates", GENERATOR / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(
        icon=icon,
        marker=marker,
        isolated=Markup.escape,
        tel=urls.telephone,
        _=lambda text: Markup("{}").format(text),
    )
    environment.filters["host"] = host_of
    environment.globals |= {
        item.__name__: item
        for item in (
            view.Action,
            view.CardFact,
            view.Chip,
            view.FigureRow,
            view.GlanceRow,
            view.NavLink,
            view.OpeningState,
            view.TableCell,
            view.TableColumn,
            view.TableContent,
            HelpItem,
        )
    }
    return environment


def render(sample: Sample) -> str:
    """Take a sample, hand out its complete HTML document."""
    module = (
        page_environment()
        .get_template(sample.template)
        .make_module({"situations": SITUATIONS, "shapes": tuple(MARKERS)})
    )
    pieces = [str(getattr(module, name, "")) for name in ("content", "crumbs", "toc", "exit_bar")]
    frame = shell_environment().get_template("base.html")
    return frame.render(shell=shell_for(sample), slot=slots_for(sample, *pieces))


def write_gallery(target: Path, accent: str = "#0d6b66") -> list[str]:
    """Take a folder and an accent colour, write all pages and what they load, hand out the pages' names."""
    for folder in ("css", "js", "img"):
        copytree(GENERATOR / "assets" / folder, target / folder, dirs_exist_ok=True)
    (source,) = (MATERIAL / "assets" / "stylesheets").glob("main.*.min.css")
    (target / "css" / "material.css").write_text(layer_material(source.read_text("utf-8")), "utf-8")
    documents = {sample.name: render(sample) for sample in SAMPLES}
    for name, document in documents.items():
        (target / f"{name}.html").write_text(document, "utf-8")
    icons = re.findall(r"nr-icon--([a-z0-9-]+)", "".join(documents.values()))
    with (target / "css" / "nahraum.css").open("a", encoding="utf-8") as sheet:
        sheet.write(accent_tokens(accent) + icon_styles(set(icons)))
    missing = shell_environment().get_template("404.html")
    (target / "404.html").write_text(missing.render(shell=shell_for(SAMPLES[0]), slot={}, search=""), "utf-8")
    return [*(sample.name for sample in SAMPLES), "404"]


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Take a folder, serve it on this machine while the block runs, hand out its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    names = write_gallery(Path(sys.argv[1]))
    with serve(Path(sys.argv[1])) as address:
        input(f"{address}/{names[0]}.html  (Eingabetaste beendet)\n")
