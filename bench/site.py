"""Builds synthetic towns with Nahraum, with Hugo and with Material the ordinary way; prints time, memory, output, ratios.

Cold and all included: every run is a new process, an empty target and no cache. Hugo runs twice on the same records:

- "same pages": all of Nahraum's page families, lists, cards, frame and maps, about as many files and bytes (`hugo_site`);
- "offers only": one small page for each offer and one list, what a first attempt with Hugo looks like.

Material, the ordinary way, gets the small pages too. Neither reads hours, computes distances, draws maps or checks links.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from bench.hugo_site import prepare_hugo_site
from bench.measure import Run, folder_size, median, run
from bench.world import write_world

BIN = Path(sys.executable).parent
TODAY = dt.date(2026, 11, 20)
HUGO_LAYOUT = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Params.summary }}"></head><body><header><a href="/">Start</a></header><main>
<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p><dl>{{ range $key, $value := .Params.facts }}<dt>{{ $key }}</dt><dd>{{ $value }}</dd>{{ end }}</dl>
{{ .Content }}</main><footer>Messstadt</footer></body></html>
"""
HUGO_LIST = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.summary }}</li>{{ end }}</ul></body></html>
"""


def offers_of(world: Path) -> list[dict[str, object]]:
    """Read the offers as plain texts."""
    paths = sorted((world / "resources" / "offers").glob("*.yml"))
    return [
        {"id": path.stem, **yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)}
        for path in paths
    ]


def page_text(offer: dict[str, object]) -> str:
    """Write an offer as a Markdown page with front matter."""
    facts = {
        key: str(offer[key])
        for key in ("kind", "provider", "place", "ages", "hours", "cost", "languages", "checked")
        if key in offer
    }
    front = yaml.safe_dump(
        {"title": offer["name"], "summary": offer["summary"], "facts": facts},
        allow_unicode=True,
        sort_keys=False,
    )
    return f"---\n{front}---\n\n{offer['description']}\n"


def prepare_hugo(world: Path, folder: Path) -> None:
    """Write a Hugo project with one page for each offer."""
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "content" / "angebote").mkdir(parents=True)
    (folder / "hugo.toml").write_text(
        'baseURL = "https://messstadt.example/"\ntitle = "Messstadt"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
    )
    (folder / "layouts" / "_default" / "single.html").write_text(HUGO_LAYOUT)
    (folder / "layouts" / "_default" / "list.html").write_text(HUGO_LIST)
    (folder / "layouts" / "index.html").write_text(HUGO_LIST)
    for offer in offers_of(world):
        (folder / "content" / "angebote" / f"{offer['id']}.md").write_text(page_text(offer), encoding="utf-8")


def prepare_material(world: Path, folder: Path) -> None:
    """Write an ordinary Material project with one page for each offer; navigation and search as they come."""
    docs = folder / "docs" / "angebote"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: Messstadt\ntheme: {name: material, font: false}\n")
    (folder / "docs" / "index.md").write_text("# Messstadt\n")
    for offer in offers_of(world):
        text = page_text(offer).split("---\n", 2)[2]
        (docs / f"{offer['id']}.md").write_text(
            f"# {offer['name']}\n\n{offer['summary']}\n\n{text}", encoding="utf-8"
        )


def measure(name: str, runs: int, target: Path, go: Callable[[], Run]) -> Run:
    """Run a few times into an empty target; print medians and return them."""
    results: list[Run] = []
    for _ in range(runs):
        shutil.rmtree(target, ignore_errors=True)
        results.append(go())
    files, size = folder_size(target)
    middle = Run(*(median([getattr(item, field) for item in results]) for field in ("wall", "cpu", "memory")))
    print(
        f"  {name:<22} {middle.wall:7.2f} s wall {middle.cpu:7.2f} s cpu {middle.memory:7.0f} MB {files:7} files {size:8.1f} MB",
        flush=True,
    )
    return middle


def nahraum(world: Path, target: Path) -> Run:
    """Build a world with Nahraum."""
    words = ["build", "-p", str(world), "-o", str(target), "--today", TODAY.isoformat()]
    return run([str(BIN / "nahraum"), *words])


def hugo(folder: Path) -> Run:
    """Build a Hugo project, with nothing left of an earlier run."""
    shutil.rmtree(folder / "resources", ignore_errors=True)
    return run([str(BIN / "hugo"), "--quiet", "--noBuildLock", "--ignoreCache"], folder)


def material(folder: Path) -> Run:
    """Build a Material project the ordinary way."""
    return run([str(BIN / "mkdocs"), "build", "--quiet"], folder, {"NO_MKDOCS_2_WARNING": "1"})


def print_ratio(names: str, one: Run, other: Run) -> None:
    """Print how many times the first takes what the second takes."""
    print(
        f"  {names}: {one.wall / other.wall:.2f} × wall, {one.cpu / other.cpu:.2f} × cpu, {one.memory / other.memory:.2f} × memory",
        flush=True,
    )


def compare(offers: int, runs: int, with_material: bool) -> None:
    """Measure one size side by side in one go."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        world, same, small, ordinary = base / "world", base / "same", base / "small", base / "material"
        write_world(world, offers, max(12, offers // 80), 1, 1)
        prepare_hugo_site(world, same, TODAY)
        prepare_hugo(world, small)
        print(f"{offers} offers")
        ours = measure("nahraum build", runs, base / "out", lambda: nahraum(world, base / "out"))
        twin = measure("hugo, same pages", runs, same / "public", lambda: hugo(same))
        bare = measure("hugo, offers only", runs, small / "public", lambda: hugo(small))
        print_ratio("nahraum / hugo, same pages", ours, twin)
        print_ratio("nahraum / hugo, offers only", ours, bare)
        if with_material:
            prepare_material(world, ordinary)
            third = measure("material, offers only", 1, ordinary / "site", lambda: material(ordinary))
            print_ratio("material, offers only / nahraum", third, ours)


def main() -> None:
    """Measure 1,000 and 5,000 offers; Material takes minutes for the larger size, so that is asked for by a flag."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-material", action="store_true", help="leave Material out")
    parser.add_argument("--large-material", action="store_true", help="Material also beyond 1,000 offers")
    options = parser.parse_args()
    for size in options.sizes:
        compare(size, options.runs, not options.no_material and (size <= 1000 or options.large_material))


if __name__ == "__main__":
    main()
