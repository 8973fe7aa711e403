"""HTML in hand-written pages: what runs, leads away, looks like a form or asks another host is told by `check` and never built."""

import shutil
from pathlib import Path

import pytest

from generator.export.web_server import policy
from generator.mkdocs_plugin import write_site
from generator.model.config import Embedded, SiteConfig
from generator.model.site import Site
from generator.pipeline.build import build_site, prepare
from generator.render.components.calls import check_text
from generator.render.frame.markup_policy import EXTENSIONS, cleaned, offences
from tests.conftest import TODAY
from tests.golden.sites import FOLDER as GOLDEN

VILLAGE = GOLDEN / "village" / "project"

# What each would do is said by its name; the second text is what must not come out.
ATTACKS = {
    "a script": ("<script>alert(1)</script>", "script"),
    "a script in capitals": ("<SCRIPT src=x.js></SCRIPT>", "script"),
    "a handler": ('<p onclick="alert(1)">x</p>', "onclick"),
    "a handler by attr_list": ("Absatz\n{: onmouseover=alert(1) }", "onmouseover"),
    "a frame": ('<iframe src="https://video.example/1" title="Film"></iframe>', "iframe"),
    "a form elsewhere": ('<form action="https://fremd.example/"><input name="pin"></form>', "<form"),
    "a lone field": ('<input name="passwort">', "<input"),
    "a button": ("<button>Senden</button>", "<button"),
    "being led away": ('<meta http-equiv="refresh" content="0;url=https://fremd.example/">', "<meta"),
    "another base": ('<base href="https://fremd.example/">', "<base"),
    "a stylesheet": ('<link rel="stylesheet" href="https://fremd.example/a.css">', "<link"),
    "a style": ("<style>body{display:none}</style>", "display:none"),
    "a style of one element": ('<p style="position:fixed">x</p>', "position:fixed"),
    "an object": ('<object data="x.swf"></object>', "<object"),
    "an embed": ('<embed src="x.swf">', "<embed"),
    "a drawing with a script": ('<svg onload="alert(1)"><script>1</script></svg>', "<svg"),
    "mathematics": ('<math><mtext><img src="x" onerror="alert(1)"></mtext></math>', "onerror"),
    "a link that runs": ('<a href="javascript:alert(1)">x</a>', "javascript:"),
    "a link that runs, written by Markdown": ("[x](javascript:alert(1))", "javascript:"),
    "a link with data": ('<a href="data:text/html,x">x</a>', "data:text"),
    "a foreign picture": ('<img src="https://fremd.example/z.gif" alt="">', "fremd.example"),
    "a foreign picture by Markdown": ("![](https://fremd.example/z.gif)", "fremd.example"),
    "a foreign picture without its scheme": ("![](//fremd.example/z.gif)", "fremd.example"),
    "a foreign picture with backslashes": ('<img src="\\\\fremd.example/z.gif" alt="">', "fremd.example"),
    "a foreign picture with a sign that browsers pass over": ('<img src="/&#9;/fremd.example/z.gif" alt="">', "fremd.example"),
    "a foreign picture with a line end in its scheme": ('<img src="ht&#10;tps://fremd.example/z.gif" alt="">', "fremd.example"),
    "a link that runs behind a line end": ('<a href="java&#10;script:alert(1)">x</a>', "script:"),
    "a foreign picture among several": ('<img srcset="a.png 1x, https://fremd.example/z.gif 2x" alt="">', "fremd"),
    "a foreign film": ('<video poster="https://fremd.example/z.gif" controls></video>', "fremd.example"),
    "a foreign film by its source": ('<video controls><source src="http://fremd.example/f"></video>', "fremd"),
    "a template": ("<template><script>1</script></template>", "<template"),
    "a dialog": ("<dialog open>x</dialog>", "<dialog"),
    "a portal": ('<a href="x" ping="https://fremd.example/">x</a>', "ping="),
}  # fmt: skip
HARMLESS = [
    "# Titel\n\nText mit *Betonung*, `Code` und [Verweis](https://stadt.example/).\n", "| a | b |\n|:--|--:|\n| 1 | 2 |\n",
    "Fußnote[^1]\n\n[^1]: Text\n", "!!! note\n    Hinweis\n", "*[ASD]: Allgemeiner Sozialer Dienst\n\nDer ASD hilft.\n", "Begriff\n:   Erklärung\n",
    "Absatz\n{: .klasse #anker lang=en }\n", "<details><summary>Mehr</summary>\n<p>Text</p></details>\n",
    '<figure><img src="../bilder/a.png" alt="Bild" width="10" height="10"><figcaption>Text</figcaption></figure>\n',
    '<video src="film.mp4" controls preload="none"><track src="film.vtt" kind="captions" srclang="de"></video>\n',
    "[Anrufen](tel:+4904066969) [Schreiben](mailto:a@b.example)\n", "```html\n<script>alert(1)</script>\n```\n",
    "Ein `<form>` ist ein Formular, und 3 < 5 > 1.\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def config() -> SiteConfig:
    site = prepare(VILLAGE, TODAY).site
    assert isinstance(site, Site)
    return site.config


@pytest.mark.parametrize("name", ATTACKS)
def test_what_may_not_be_there_is_told_and_taken_out(name: str, config: SiteConfig) -> None:
    from markdown import Markdown

    text, trace = ATTACKS[name]
    found = check_text(f"# Seite\n\n{text}\n", [], "content/seite.md", config)
    assert {item.code for item in found} == {"fremdes-html"}
    assert all(item.help for item in found)
    html = Markdown(extensions=["attr_list"]).convert(text)
    assert trace in html or "script" in html.lower()
    assert trace not in cleaned(html, config).lower()
    assert not offences(cleaned(html, config), config)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_texts_need_is_left_alone(text: str, config: SiteConfig) -> None:
    from markdown import Markdown

    assert check_text(text, [], "content/seite.md", config) == []
    tables = {"tables": {"use_align_attribute": True}}
    html = Markdown(extensions=list(EXTENSIONS), extension_configs=tables).convert(text)
    # Links to other hosts name them.
    after = cleaned(html, config).replace(" (<bdi>stadt.example</bdi>)", "")
    assert after.count("<") == html.count("<")
    assert len(after) >= len(html) * 0.9


def test_the_line_is_the_one_where_it_stands(config: SiteConfig) -> None:
    found = check_text("# A\n\nText\n\n<script>\n</script>\n", [], "content/a.md", config, first_line=4)
    assert [item.position[:3] for item in found] == [("content/a.md", 8, 1)]


def test_a_frame_needs_leave_a_reason_and_a_name(config: SiteConfig) -> None:
    frame = Embedded(address="https://video.example/einbetten/", reason="Film in Gebärdensprache")
    open_to = config.model_copy(update={"embedded": (frame,)})
    good = '<iframe src="https://video.example/einbetten/1" title="Film"></iframe>'
    assert offences(good, open_to) == ()
    assert 'src="https://video.example/einbetten/1"' in cleaned(good, open_to)
    assert "frame-src 'self' https://video.example;" in policy(open_to)
    for bad in (
        good.replace(' title="Film"', ""),
        good.replace("/einbetten/", "/anderes/"),
        good.replace("video.example", "video.example.fremd.example"),
    ):
        assert offences(bad, open_to)
    assert "fremd" not in cleaned(good.replace("video.example", "video.example.fremd.example"), open_to)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://a.example", "rahmen-adresse"),
        ("http://a.example/", "rahmen-adresse"),
        ("https://a.example/;script-src/*/", "rahmen-adresse"),
        ("https://a.example;script-src/*/", "link-taeuscht"),
        ("https://a.example,b/", "link-taeuscht"),
        ("https://*.example/", "link-taeuscht"),
    ],
)
def test_an_address_for_frames_fits_one_host_only(address: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        Embedded(address=address, reason="x")


def town(tmp_path: Path, page: str, more: str = "") -> Path:
    root = tmp_path / "dorf"
    shutil.copytree(VILLAGE, root)
    (root / "content").mkdir(exist_ok=True)
    (root / "content" / "seite.md").write_text(page, encoding="utf-8")
    with (root / "site_config.yml").open("a", encoding="utf-8") as config:
        config.write(more)
    return root


def test_such_a_page_stops_the_build(tmp_path: Path) -> None:
    project = prepare(town(tmp_path, "# Seite\n\n<script>alert(1)</script>\n"), TODAY)
    assert [(item.code, item.position[:2]) for item in project.found if item.severity == "error"] == [
        ("fremdes-html", ("content/seite.md", 3))
    ]


def test_what_a_hook_adds_is_taken_out_and_named(tmp_path: Path) -> None:
    root = town(tmp_path, "# Seite\n\nText\n")
    (root / "mkdocs.yml").write_text(
        "site_name: Dorf\ndocs_dir: content\ntheme: {name: nahraum}\nplugins: [nahraum]\nhooks: [haken.py]\n",
        encoding="utf-8",
    )
    (root / "haken.py").write_text(
        "def on_page_content(html, **_):\n    return html + '<p onclick=\"x()\">spät</p>'\n", encoding="utf-8"
    )
    target = tmp_path / "site"
    found = build_site(prepare(root, TODAY), target, write_site)
    assert {item.message.split()[0] for item in found if item.code == "html-weggelassen"} == {"onclick"}
    page = (target / "seite" / "index.html").read_text("utf-8")
    assert "<p>spät</p>" in page
    assert "onclick" not in page


def test_leave_for_frames_is_warned_about(tmp_path: Path) -> None:
    more = "embedded: [{address: https://video.example/e/, reason: Film}]\n"
    project = prepare(town(tmp_path, "# Seite\n", more), TODAY)
    assert [item.code for item in project.found].count("rahmen-fremd") == 1


def test_page_and_server_say_the_same_policy(config: SiteConfig, tmp_path: Path) -> None:
    target = tmp_path / "site"
    build_site(prepare(VILLAGE, TODAY), target, write_site)
    words = policy(config)
    assert f'content="{words}"' in (target / "index.html").read_text(encoding="utf-8")
    assert f"Content-Security-Policy: {words}; frame-ancestors 'self'" in (target / "_headers").read_text(
        encoding="utf-8"
    )
