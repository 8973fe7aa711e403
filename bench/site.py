"""Builds synthetic towns with Nahraum, with Hugo and with Material the ordinary way; prints time, memory, output, ratios.

Cold and all included: every run is a new process and an empty target. Hugo and Material get one Markdown page for each
offer of the same records, with the same facts on it; Nahraum also makes lists, maps, search and checks.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from bench.measure import Run, folder_size, median, run
from bench.world import write_world

BIN = Path(sys.executable).parent
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


def measure(name: str, runs: int, clean: Path, go: Callable[[], Run]) -> Run:
    """Run a few times into an empty target; print medians and return them."""
    results: list[Run] = []
    for _ in range(runs):
        shutil.rmtree(clean, ignore_errors=True)
        results.append(go())
    files, size = folder_size(clean)
    middle = Run(*(median([getattr(item, field) for item in results]) for field in ("wall", "cpu", "memory")))
    print(
        f"  {name:<22} {middle.wall:7.2f} s wall {middle.cpu:7.2f} s cpu {middle.memory:7.0f} MB {files:7} files {size:8.1f} MB",
        flush=True,
    )
    return middle


def compare(offers: int, runs: int, material: bool) -> None:
    """Measure one size side by side in one go."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        world, hugo, ordinary = base / "world", base / "hugo", base / "material"
        write_world(world, offers, max(12, offers // 80), 1, 1)
        prepare_hugo(world, hugo)
        print(f"{offers} offers")
        ours = measure(
            "nahraum build",
            runs,
            base / "out",
            lambda: run(
                [
                    str(BIN / "nahraum"),
                    "build",
                    "-p",
                    str(world),
                    "-o",
                    str(base / "out"),
                    "--today",
                    "2026-11-20",
                ]
            ),
        )
        other = measure("hugo", runs, hugo / "public", lambda: run([str(BIN / "hugo"), "--quiet"], hugo))
        print(
            f"  nahraum / hugo: {ours.wall / other.wall:.2f} × wall, {ours.cpu / other.cpu:.2f} × cpu, {ours.memory / other.memory:.2f} × memory"
        )
        if material:
            prepare_material(world, ordinary)
            third = measure(
                "material, ordinary",
                1,
                ordinary / "site",
                lambda: run(
                    [str(BIN / "mkdocs"), "build", "--quiet"], ordinary, {"NO_MKDOCS_2_WARNING": "1"}
                ),
            )
            print(
                f"  material / nahraum: {third.wall / ours.wall:.2f} × wall, {third.memory / ours.memory:.2f} × memory"
            )


def main() -> None:
    """Measure 1,000 and 5,000 offers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-material", action="store_true", help="leave out the slow one")
    options = parser.parse_args()
    for size in options.sizes:
        compare(size, options.runs, not options.no_material)


if __name__ == "__main__":
    main()
