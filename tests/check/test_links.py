"""Links of a written site: what leads nowhere is told once, links from the server's root lead into the site."""

from __future__ import annotations

from pathlib import Path

from generator.check.links import SiteLinks, scan


def written(folder: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_dead_link_on_many_pages_is_told_once(tmp_path: Path) -> None:
    site = written(
        tmp_path,
        {
            "index.html": '<a href="weg/">',
            "orte/index.html": '<a href="../weg/"> <a href="#nie"> <a href="../#da">',
            "404.html": '<h1 id="da">',
        },
    )
    found = [(item.code, item.position.file, item.message) for item in SiteLinks().check(site)]
    assert [(code, file) for code, file, _ in found] == [
        ("verweis-ins-leere", "index.html"),
        ("sprungmarke-fehlt", "orte/index.html"),
        ("sprungmarke-fehlt", "orte/index.html"),
    ]
    assert "auf 1 weiteren" in found[0][2]


def test_links_from_the_root_of_the_server_lead_into_a_site_below_it(tmp_path: Path) -> None:
    site = written(
        tmp_path,
        {
            "404.html": '<a href="/familie/"> <a href="/familie/orte/">',
            "index.html": "",
            "orte/index.html": "",
        },
    )
    assert SiteLinks("/familie/").check(site) == ()
    assert len(SiteLinks().check(site)) == 2


def test_a_page_that_was_looked_at_when_it_was_made_is_not_read_again(tmp_path: Path) -> None:
    site = written(tmp_path, {"index.html": '<a href="weg/">', "orte/index.html": ""})
    links = SiteLinks()
    links.add("index.html", scan('<a href="orte/"> <a href="./orte/"> <a href="orte/../orte/">'))
    assert links.check(site) == ()


def test_links_and_anchors_are_found_as_they_are_written() -> None:
    found = scan(
        '<a id="x" href="a/?b#c"><img src="d.png" data-id="y"><a href="mailto:e"><a href="//f">\n<b\nid="z">'
    )
    assert found.links == {"a/?b#c", "d.png"}
    assert found.anchors == {"x", "z"}
