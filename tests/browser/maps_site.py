"""Takes the demo, hands out a small site with a page of maps; one place and one area have names that try to break out."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from generator.derive.facts import derive
from generator.model.config import Basemap
from generator.pipeline.build import Project
from generator.pipeline.plan import asset_files, plan_site
from generator.pipeline.write import Frames
from generator.render import maps
from generator.render.frame.page_frame import SLOTS
from tests.records import replace

HOSTILE = """<img src=x onerror="document.title='broken'">{{ 7 * 7 }}{% raw %}'"</script>"""
PLACE, AREA = "auebad", "windkamp"


def hostile(project: Project) -> Project:
    """Give one place and one area a hostile name."""
    site = project.site
    assert site is not None
    places = {**site.places, PLACE: site.places[PLACE].model_copy(update={"name": HOSTILE})}
    spaces = {**site.spaces, AREA: site.spaces[AREA].model_copy(update={"name": HOSTILE})}
    renamed = replace(site, places=places, spaces=spaces)
    return project.showing(renamed, derive(renamed, project.today))


def with_tiles(project: Project) -> Project:
    """Give the site a tile server as background."""
    site = project.site
    assert site is not None
    basemap = Basemap(tiles="https://{s}.tiles.example/{z}/{x}/{y}.png", attribution="© <b>Beispiel</b>")
    config = site.config.model_copy(update={"basemap": basemap})
    return project.showing(replace(site, config=config))


def write_maps_site(project: Project, folder: Path) -> None:
    """Write `karten/`, `offen/` (an element for the directory's map) and every asset they need."""
    frames = Frames(plan_site(project))
    for path, make in asset_files(frames.plan):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(make())
    context = frames.plan.contexts["de"]
    point = context.facts.places["rathaus"].point
    assert point is not None
    bodies = {
        "karten/": Markup("<h1>Karten</h1><p><a href='#ende'>davor</a></p>")
        + maps.overview_map(context, "karten/", "places")
        + maps.overview_map(context, "karten/", "quartier")
        + maps.overview_map(context, "karten/", "networks")
        + maps.space_map(context, "karten/", "suederaue", maps.place_markers(context, ["rathaus", PLACE]))
        + maps.point_map(context, "karten/", point, "Rathaus", spaces=context.facts.places["rathaus"].spaces)
        + Markup("<p id='ende'><a href='#inhalt'>danach</a></p>"),
        "offen/": Markup("<h1>Verzeichnis</h1><div id='karte'></div><p id='danach' tabindex='-1'>Liste</p>"),
    }
    for path, body in bodies.items():
        slots = {**dict.fromkeys(SLOTS, ""), "title": "Karten", "content": str(body)}
        document = frames.shell("de", "editorial", 1).fill(slots)
        (folder / path).mkdir(parents=True)
        (folder / path / "index.html").write_text(document, encoding="utf-8")
