"""A town of somebody who knows MkDocs only: what `mkdocs.yml` says holds, or is told, whichever way the site is built."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from generator.diagnostics import Diagnostic
from generator.mkdocs_plugin import NahraumPlugin, write_site
from generator.pipeline.build import build_site, prepare
from tests.chance import whole
from tests.conftest import TODAY
from tests.golden.sites import FOLDER

HEAD = "site_name: Dorf\ndocs_dir: content\ntheme: {name: nahraum}\nplugins: [nahraum]\n"
SETTINGS = """
site_name: Dorf
docs_dir: content
theme: {name: nahraum, custom_dir: rahmen, palette: {primary: red}}
plugins: [search, include-markdown, meta-descriptions, link-marker, nahraum]
hooks: [haken.py]
markdown_extensions: [pymdownx.keys]
extra_css: [css/eigen.css]
extra_javascript: [eigen.js]
copyright: Dorf
nav:
  - Start: index.md
  - Verein:
      - Zweite Seite: ueber/zwei.md
      - ueber/eins.md
  - Vom Dorf: dorf.md
"""
FRAME = """{% extends "base.html" %}
{% block announce %}<p onclick="x()">Dorffest in {{ site_name }}</p>{% endblock %}
{% block footer %}<p><a href="{{ home }}dorf/">Partner</a></p>{% endblock %}
"""
HOOK = """
def on_page_content(html, page, **_):
    return html + '<p>HAKEN</p><script src="//fremd.example/x.js"></script>'

def on_post_page(output, **_):
    return output.replace("nr-sos", "weg")

def on_env(env, **_):
    env.loader = None

def on_post_build(config, **_):
    raise RuntimeError
"""
PAGES = {
    "ueber/index.md": "# Über uns\n\nWir.\n",
    "ueber/eins.md": "# Seite Eins\n\nErster Absatz.\n\n{% include-markdown '../../teile/kurz.txt' %}\n\n++ctrl+c++\n",
    "ueber/zwei.md": "# Zwei\n\n[Dorf](https://dorf.example/)\n",
    "dorf.md": "# Dorf\n\nText.\n",
    "hilfe-sofort/sicher.md": "---\nreviewed: {by: X, date: 2026-11-01}\n---\n# Sicher\n\n[Weg](https://dorf.example/)\n",
}


def town(tmp_path: Path, settings: str, more: dict[str, str] | None = None) -> Path:
    root = Path(shutil.copytree(FOLDER / "village" / "project", tmp_path / "dorf"))
    for name, text in {"mkdocs.yml": settings, **(more or {})}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def built(root: Path, target: Path) -> tuple[Diagnostic, ...]:
    return build_site(prepare(root, TODAY), target, write_site)


def everything(root: Path) -> dict[str, str]:
    return {f"content/{name}": text for name, text in PAGES.items()} | {
        "rahmen/main.html": FRAME,
        "rahmen/rest.html": "",
        "haken.py": HOOK,
        "teile/kurz.txt": "Aus einer anderen Datei.\n",
        "content/css/eigen.css": "h1 { letter-spacing: .01em }\n",
    }


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Diagnostic, ...]]:
    """A town with everything, its site, and what was said while it was built."""
    folder = tmp_path_factory.mktemp("mkdocs")
    root = town(folder, SETTINGS, everything(folder))
    return root, built(root, folder / "site")


def page(walk: tuple[Path, tuple[Diagnostic, ...]], path: str) -> str:
    return (walk[0].parent / "site" / path / "index.html").read_text("utf-8")


def test_nav_orders_and_names_the_pages_of_a_section(walk: tuple[Path, tuple[Diagnostic, ...]]) -> None:
    for path in ("ueber", "ueber/eins", "ueber/zwei"):
        [menu] = re.findall(r'<nav class="nr-section".*?</nav>', page(walk, path), re.DOTALL)
        assert re.findall(r">([^<>]+)</a>", menu) == ["Zweite Seite", "Seite Eins"]
    assert "nr-section" not in page(walk, "dorf")
    assert ">Vom Dorf</a>" in page(walk, "angebote").partition("<footer")[2]


def test_plugins_and_extensions_work_on_hand_written_pages(walk: tuple[Path, tuple[Diagnostic, ...]]) -> None:
    one, two = page(walk, "ueber/eins"), page(walk, "ueber/zwei")
    assert "Aus einer anderen Datei." in one
    assert '<meta name="description" content="Erster Absatz.">' in one
    assert '<kbd class="key-control">' in one
    assert "⧉" in two
    assert "<p>HAKEN</p>" in one
    assert "fremd.example" not in one


def test_nothing_of_the_town_reaches_pages_for_danger(walk: tuple[Path, tuple[Diagnostic, ...]]) -> None:
    for path in ("hilfe-sofort", "hilfe-sofort/sicher"):
        assert not re.search("HAKEN|⧉|own.css|Dorffest", page(walk, path))


def test_styles_and_blocks_stand_in_the_frame_and_what_is_final_stays(
    walk: tuple[Path, tuple[Diagnostic, ...]],
) -> None:
    for path in ("", "ueber/eins", "berichte"):
        text = page(walk, path)
        assert "own.css" in text
        assert "<p>Dorffest in " in text
        assert ">Partner</a>" in text
        assert 'class="nr-sos"' in text
        assert ">Impressum</a>" in text
        assert text.count('http-equiv="Content-Security-Policy"') == 1


def test_everything_else_is_told_once_with_its_reason(walk: tuple[Path, tuple[Diagnostic, ...]]) -> None:
    told = [item.message for item in walk[1] if item.position.file == "mkdocs.yml"]
    for words in ("„theme.palette“", "„extra_javascript“", "„copyright“", "„index.md“"):
        assert len([message for message in told if words in message]) == 1
    for event in ("on_post_page", "on_env", "on_post_build"):
        assert f"Von „haken.py“ läuft nicht: {event}" in told
    assert "Von „search“ läuft nicht: on_post_build" in told
    assert {item.message.split()[0] for item in walk[1] if item.code == "html-weggelassen"} == {"<script>"}
    assert {item.code for item in walk[1] if item.severity == "warning"} >= {
        *("mkdocs-schluessel", "mkdocs-nav", "rahmen-uebergangen", "plugin-uebergangen", "html-weggelassen")
    }
    assert not [item for item in walk[1] if item.severity == "error"]


@whole
def test_both_ways_give_the_same_bytes_and_say_the_same(walk: tuple[Path, tuple[Diagnostic, ...]]) -> None:
    root, found = walk
    stamp = str(int(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC).timestamp()))
    command = [sys.executable, "-m", "mkdocs", "build", "-d", str(root.parent / "other")]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "SOURCE_DATE_EPOCH": stamp}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for item in found:
        if item.position.file == "mkdocs.yml":
            assert item.message in done.stderr
    names = {
        path.relative_to(root.parent / "site") for path in (root.parent / "site").rglob("*") if path.is_file()
    }
    assert names == {
        path.relative_to(root.parent / "other")
        for path in (root.parent / "other").rglob("*")
        if path.is_file()
    }
    assert [
        name
        for name in names
        if (root.parent / "site" / name).read_bytes() != (root.parent / "other" / name).read_bytes()
    ] == []


def test_serve_looks_at_records_and_settings(tmp_path: Path) -> None:
    root = town(tmp_path, HEAD)
    config = load_config(str(root / "mkdocs.yml"))
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    plugin = config.plugins["nahraum"]
    assert isinstance(plugin, NahraumPlugin)
    plugin.root = root
    config.plugins.on_serve(server, config=config, builder=lambda: None)
    server.server_close()
    assert {str(root / "resources"), str(root / "site_config.yml")} <= set(server._watched_paths)


@pytest.mark.parametrize(
    ("settings", "more", "code"),
    [
        (HEAD.replace("nahraum}", "material}"), {}, "mkdocs-thema"),
        (HEAD.replace("{name: nahraum}", "{name: nahraum, custom_dir: r}"), {"r/main.html": FRAME + "{% block exit %}{% endblock %}"}, "mkdocs-rahmen"),
        (HEAD.replace("{name: nahraum}", "{name: nahraum, custom_dir: r}"), {"r/main.html": "<p>Anderer Rahmen</p>"}, "mkdocs-rahmen"),
        (HEAD.replace("{name: nahraum}", "{name: nahraum, custom_dir: r}"), {"r/main.html": FRAME + "{{ page.title }}"}, "mkdocs-rahmen"),
        (HEAD + "extra_css: [a.css]\n", {"content/a.css": ".nr-exit { display: none }"}, "css-verboten"),
        (HEAD + "extra_css: [a.css]\n", {"content/a.css": "@import 'b.css';"}, "css-verboten"),
        (HEAD + "extra_css: [https://fremd.example/a.css]\n", {}, "mkdocs-css"),
        (HEAD + "nav: [\n", {}, "klammer-offen"),
    ],
)  # fmt: skip
def test_what_would_change_what_is_final_stops_the_build(
    tmp_path: Path, settings: str, more: dict[str, str], code: str
) -> None:
    found = built(town(tmp_path, settings, more), tmp_path / "site")
    assert {item.code for item in found if item.severity == "error"} == {code}
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "hook", ["def on_page_markdown(markdown, **_):\n    raise KeyError\n", "raise ValueError\n"]
)
def test_a_plugin_that_fails_is_named_and_the_old_site_stays(tmp_path: Path, hook: str) -> None:
    root = town(tmp_path, HEAD + "hooks: [haken.py]\n", {"haken.py": hook, "content/a.md": "# A\n"})
    found = built(root, tmp_path / "site")
    assert [item.code for item in found if item.severity == "error"] == ["plugin-gescheitert"]
    assert not (tmp_path / "site").exists()


def test_a_plugin_that_is_not_there_is_named(tmp_path: Path) -> None:
    root = town(tmp_path, HEAD.replace("[nahraum]", "[gibt-es-nicht, nahraum]"))
    [told] = [item for item in built(root, tmp_path / "site") if item.severity == "error"]
    assert "gibt-es-nicht" in told.message
