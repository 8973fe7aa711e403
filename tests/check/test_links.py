"""Links of a written site: what leads nowhere is told once, links from the server's root lead into the site."""

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
    assert "auf einer weiteren Seite" in found[0][2]


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


def test_a_frame_that_many_pages_share_is_told_of_as_if_each_had_been_read(tmp_path: Path) -> None:
    """Two folders of pages, one page above all and one with a frame of its own; whole pages are the oracle."""
    frames = {
        "a": '<a id="oben"></a><a href="#oben"><a href="../../weg/"><a href="../../orte/#da"><a href="../gleich/">{}<a href="x:y">',
        "b": '<a href="orte/"><a href="nie/">{}',
    }
    pages = {
        "orte/eins/index.html": ("a", '<a href="../../weg/"><a href="#oben"><a href="../zwei/#fehlt">'),
        "orte/zwei/index.html": ("a", '<a href="#unten">'),
        "themen/drei/index.html": ("a", '<a id="da">'),
        "index.html": ("b", '<a href="weg/"><a href="./weg/">'),
    }
    whole = {name: frames[frame].format(own) for name, (frame, own) in pages.items()}
    site = written(tmp_path, {**whole, "orte/index.html": ""})
    links = SiteLinks()
    for name, (frame, own) in pages.items():
        links.add(name, scan(own, scan(frames[frame].format(""))))
    told = SiteLinks().check(site)
    assert links.check(site) == told
    expected = [
        ("index.html", "„nie/“"),
        ("index.html", "„./weg/“ führt nirgendwohin (und auf 3 weiteren Seiten)"),
        (
            "orte/eins/index.html",
            "„../../orte/#da“ nennt eine Stelle, die es auf der Seite nicht gibt (und auf 2 weiteren Seiten)",
        ),
        ("orte/eins/index.html", "„../gleich/“ führt nirgendwohin (und auf einer weiteren Seite)"),
        ("orte/eins/index.html", "„../zwei/#fehlt“"),
        ("orte/zwei/index.html", "„#unten“"),
        ("themen/drei/index.html", "„../gleich/“"),
    ]
    for file, said in expected:
        assert [said in item.message for item in told if item.position.file == file].count(True) == 1, said
    assert len(told) == len(expected)
