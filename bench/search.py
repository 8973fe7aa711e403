"""Measures the search on 5,000 made-up offers beside the theme's own search on the same records; what it finds: `bench.families`.

Prints the compressed sizes of both indexes and the time of a query in Chromium, its processor slowed four times. Every
state of the input while sixteen queries are being typed counts as a query. Ours
is the median of three searches that remember nothing of each other; both run on the page's main thread, because the
slowing doesn't reach workers.

    python -m bench.search [--offers 5000] [--chromium PATH]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import statistics
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from pathlib import Path
from typing import Any

import brotli
import material
from jinja2 import DictLoader, Environment
from playwright.sync_api import sync_playwright

from generator.model.names_and_ids import slug
from generator.render.frame.families import FAMILIES, made_files
from generator.search.entry_types import Concept, Entry, Lexicon, SearchSynonym
from generator.search.index import build
from tests.browsing import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "generator" / "assets" / "js"
QUERIES = (
    "Schuldnerberatung", "beratung", "Strasse", "Kinder Hilfe", "Schuldnerbratung", "Geldsorgen", "Elterncafe Nord",
    "famlie", "Hausaufgabenhilfe Grundschule", "kein Geld für die Miete", "Krabbelgruppe", "Sprachkurs mit Kinderbetreuung",
    "Trauergruppe Jugendliche", "Fluechtlinge", "Hebamme", "Familienhebammenberatung",
)  # fmt: skip


def word_lists() -> dict[str, list[str]]:
    """Read the parts of which words, places and streets of the made-up town are put together."""
    lists: dict[str, list[str]] = {}
    for block in (ROOT / "bench" / "search_words.txt").read_text(encoding="utf-8").split("\n\n"):
        name, _, text = block.partition("]")
        lists[name.strip("[\n")] = text.split()
    return lists


class Town:
    """A town whose words are spread as words are: a few common, most of them rare (Zipf 1949)."""

    def __init__(self, offers: int) -> None:
        chance = random.Random(5000)
        self.chance = chance
        lists = word_lists()
        self.words = lists["words"]
        compounds = [a + b + ending for a in lists["first"] for b in lists["second"] for ending in ("", "en")]
        chance.shuffle(compounds)
        self.compounds = compounds
        self.weights = list(accumulate(1 / (rank + 20) for rank in range(len(compounds))))
        common = [
            *self.words,
            *(["und", "für", "mit", "wir", "Sie", "der", "die", "das", "ein", "eine", "in", "im"] * 14),
        ]
        self.common = common
        streets = sorted(f"{a}{b}" for a in lists["places"] for b in lists["ends"])
        self.spaces = chance.sample(streets, 40)
        self.places = [
            f"{chance.choice(['Familienzentrum', 'Haus', 'Kita', 'Schule', 'Treff'])} {s.title()}"
            for s in chance.sample(streets, 300)
        ]
        self.providers = [
            f"{chance.choice(['Verein', 'Diakonie', 'Caritas', 'AWO', 'DRK', 'Stiftung'])} {s.title()}"
            for s in chance.sample(streets, 250)
        ]
        self.topics = {
            f"t{n}": Concept(f"{a} {b}", self.text(4))
            for n, (a, b) in enumerate(
                zip(chance.sample(self.words, 60), chance.sample(compounds, 60), strict=True)
            )
        }
        self.topics["schulden"] = Concept("Schulden Schuldnerberatung", "Das Geld reicht nicht")
        self.entries = self._entries(offers)

    def compound(self) -> str:
        return self.chance.choices(self.compounds, cum_weights=self.weights)[0]

    def text(self, length: int) -> str:
        return " ".join(
            self.compound() if self.chance.random() < 0.22 else self.chance.choice(self.common)
            for _ in range(length)
        )

    def title(self) -> str:
        chance = self.chance
        form = chance.randrange(6)
        place, space = chance.choice(self.places), chance.choice(self.spaces).title()
        return (
            f"{self.compound()} {space}", f"{self.compound()} im {place}", self.compound(),
            f"Offene {self.compound()}", f"{self.compound()} und {self.compound()}",
            f"{self.compound()} für {chance.choice(self.words)}",
        )[form]  # fmt: skip

    def _entries(self, offers: int) -> list[Entry]:
        chance = self.chance
        rows: list[tuple[str, str, Any]] = []
        seen: set[str] = set()
        for _ in range(offers):
            title = self.title()
            name = slug(title)
            while name in seen:
                name += f"-{chance.choice(self.spaces)}"
                name = slug(name)
            seen.add(name)
            provider, place, space = (
                chance.choice(self.providers),
                chance.choice(self.places),
                chance.choice(self.spaces).title(),
            )
            rows.append(
                (
                    f"angebote/{name}/",
                    "offer",
                    {
                        "title": title,
                        "subtitle": provider,
                        "facts": (
                            space,
                            chance.choice(["kostenlos", "kostenlos", "5 Euro", "nach Einkommen"]),
                        ),
                        "concepts": tuple(sorted(set(chance.sample(sorted(self.topics), 2)))),
                        "texts": {
                            "summary": self.text(14),
                            "provider": provider,
                            "place": place,
                            "space": space,
                            "description": self.text(70),
                        },
                    },
                )
            )
        for kind, folder, names in (
            ("place", "orte", self.places),
            ("provider", "traeger", self.providers),
            ("space", "sozialraeume", [s.title() for s in self.spaces]),
        ):
            rows += [
                (f"{folder}/{slug(name)}/", kind, {"title": name, "texts": {"description": self.text(20)}})
                for name in sorted(set(names))
            ]
        rows.sort(key=lambda row: (row[1], row[0]))
        return [Entry(id=number, url=url, kind=kind, **rest) for number, (url, kind, rest) in enumerate(rows)]


PAGE = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Messung</title>
{% from "search.html" import search with context %}{{ search("s", "./", "search/", "de", "liste/") }}
<script type="module" src="js/search.js"></script><script type="module" src="js/bench.js"></script></html>"""
SCRIPT = """import { Index } from "./matching.js";
import { TopicModel } from "./topic_model.js";
const get = async (name) => (await fetch(`search/${name}.de.json`)).json();
window.start = async () => {
  const [title, ...parts] = await Promise.all(["title", "full", "tongues"].map(get));
  const t0 = performance.now(); const index = new Index(title);
  const t1 = performance.now(); for (const part of parts) index.add(part, TopicModel);
  const t2 = performance.now(); window.index = index; return [t1 - t0, t2 - t1];
};
window.times = (queries) => queries.map((query) => {
  const rounds = [1, 2, 3].map(() => {
    index.remembered.clear(); index.unpacked = [];
    const from = performance.now(); window.hits = index.search(query).ids.length; return performance.now() - from;
  });
  return [rounds.sort((a, b) => a - b)[1], window.hits];
});
window.form = async (queries) => {
  const input = document.querySelector("input"), found = [];
  input.value = "Baby"; input.dispatchEvent(new Event("input")); input.focus();
  await new Promise((done) => setTimeout(done, 4000));
  for (const query of queries) {
    input.value = query;
    const from = performance.now(); input.dispatchEvent(new Event("input"));
    for (let turn = 0; turn < 10; turn++) await null; /* the list is drawn in a microtask */
    found.push(performance.now() - from);
    await new Promise((done) => setTimeout(done, 5));
  }
  return found;
};
"""
THEME = """<!doctype html><meta charset="utf-8"><title>Messung</title><script src="theme.js"></script>"""
# The theme's worker, run on the page: its answers come back as messages to the page itself.
THEME_SCRIPT = """window.importScripts = (...urls) => Promise.all(urls.map((url) => new Promise((done, failed) => {
  const script = document.createElement("script"); script.src = new URL(url, location.href.replace("theme.html", "workers/"));
  script.onload = done; script.onerror = failed; script.async = false; document.head.append(script);
})));
window.onunhandledrejection = (event) => event.preventDefault();
const answer = (type) => new Promise((done) => addEventListener("message", function hear({ data }) {
  if (data.type === type) { removeEventListener("message", hear); done(data.data); } }));
window.start = async () => {
  const worker = document.createElement("script"); worker.src = "workers/search.js";
  await new Promise((done) => { worker.onload = done; document.head.append(worker); });
  const data = await (await fetch("search/search_index.json")).json();
  const from = performance.now(), ready = answer(1); window.postMessage({ type: 0, data: { ...data, options: { suggest: false } } });
  await ready; return performance.now() - from;
};
window.times = async (queries) => { const found = [];
  for (const query of queries) { const from = performance.now(), result = answer(3); window.postMessage({ type: 2, data: query });
    const hits = (await result).items.length; found.push([performance.now() - from, hits]); }
  return found; };
"""


def theme_index(entries: list[Entry]) -> bytes:
    """The same records in the form in which the theme's search plugin ships them."""
    docs = [
        {
            "location": entry.url,
            "title": entry.title,
            "text": " ".join(f"<p>{text}</p>" for text in (*entry.facts, *entry.texts.values())),
        }
        for entry in entries
    ]
    config = {
        "lang": ["de"], "separator": "[\\s\\-]+", "pipeline": ["stopWordFilter"],
        "fields": {"title": {"boost": 1e3}, "text": {"boost": 1}, "tags": {"boost": 1e6}},
    }  # fmt: skip
    return json.dumps({"config": config, "docs": docs}, separators=(",", ":")).encode()


def prepare(folder: Path, town: Town) -> dict[str, bytes]:
    """Write both searches into a folder and hand out the index files."""
    synonyms = [SearchSynonym("de", ("Geldsorgen", "Inkasso"), ("schulden",))]
    kinds = {"offer": "Angebote", "place": "Orte", "provider": "Träger", "space": "Sozialräume"}
    files = build(town.entries, Lexicon("de", town.topics, synonyms), kinds=kinds)
    files["search/search_index.json"] = theme_index(town.entries)
    shutil.copytree(ASSETS, folder / "js")
    (folder / "search").mkdir()
    for path, content in files.items():
        (folder / path).write_bytes(content)
    template = (ROOT / "generator" / "templates" / "search.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, loader=DictLoader({"search.html": template}))
    (folder / "index.html").write_text(environment.from_string(PAGE).render(_=str), encoding="utf-8")
    (folder / "js" / "bench.js").write_text(SCRIPT, encoding="utf-8")
    (folder / "theme.html").write_text(THEME, encoding="utf-8")
    (folder / "theme.js").write_text(THEME_SCRIPT, encoding="utf-8")
    scripts = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
    shutil.copytree(scripts / "lunr", folder / "lunr")
    (folder / "workers").mkdir()
    shutil.copy(next((scripts / "workers").glob("search.*.min.js")), folder / "workers" / "search.js")
    return files


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, format: str, *args: object) -> None:
        pass


def spread(times: list[float]) -> str:
    """Median and 95th percentile of some milliseconds."""
    return f"p50 {statistics.median(times):6.1f} ms   p95 {statistics.quantiles(times, n=20)[-1]:6.1f} ms   max {max(times):6.1f} ms"


def main() -> None:
    """Build, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--offers", type=int, default=5000)
    options.add_argument("--chromium", default=CHROMIUM)
    options.add_argument("--slowed", type=int, default=4)
    chosen = options.parse_args()
    town = Town(chosen.offers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = prepare(folder, town)
        forms = len(json.loads(files["search/full.de.json"])["tails"].split(" "))
        print(f"{len(town.entries)} entries, of these {chosen.offers} offers; {forms} word forms")
        for path, content in files.items():
            print(
                f"  {path:<28} {len(content) / 1000:8.0f} kB   gzip {len(gzip.compress(content, 9, mtime=0)) / 1000:6.0f} kB   brotli {len(brotli.compress(content)) / 1000:6.0f} kB"
            )
        made = made_files()
        scripts = [made[name] for name in ("core.js", "find.js", FAMILIES["missing"].page, "topic_model.js")]
        theme_scripts = [
            (folder / "workers" / "search.js").read_bytes(),
            *((folder / "lunr" / "min" / f"lunr.{n}.min.js").read_bytes() for n in ("stemmer.support", "de")),
        ]
        print(
            f"  scripts, gzip                {sum(len(gzip.compress(s, 9)) for s in scripts) / 1000:8.1f} kB; the theme's worker {sum(len(gzip.compress(s, 9)) for s in theme_scripts) / 1000:.1f} kB"
        )
        measure(folder, chosen.chromium, chosen.slowed)


def measure(folder: Path, chromium: Path | str, slowed: int) -> None:
    """Type the queries into both searches and print how long each state of the input took."""
    typed = [query[:end] for query in QUERIES for end in range(2, len(query) + 1)]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        page.goto(f"{base}/index.html")
        ready = page.evaluate("start()")
        print(f"Chromium, processor slowed {slowed} times, {len(typed)} states of the input")
        print(f"  ours: title part ready in {ready[0]:.0f} ms, full part in {ready[1]:.0f} ms")
        ours = page.evaluate("times", typed)
        print(f"  ours, search:          {spread([time for time, _ in ours])}")
        drawn = page.evaluate("form", typed)
        print(f"  ours, search and list: {spread(drawn)}")
        slowest = sorted(zip(ours, typed, strict=True), reverse=True)[:5]
        print("  slowest:", ", ".join(f"{query} {time:.1f} ms ({hits})" for (time, hits), query in slowest))
        page = browser.new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        page.goto(f"{base}/theme.html")
        print(f"  theme: index built in {page.evaluate('start()'):.0f} ms")
        theirs = page.evaluate("times", typed)
        print(f"  theme, search:         {spread([time for time, _ in theirs])}")
        hits = (
            dict(zip(typed, (h for _, h in ours), strict=True)),
            dict(zip(typed, (h for _, h in theirs), strict=True)),
        )
        print(
            "  hits (ours/theme):",
            ", ".join(f"{query} {hits[0][query]}/{hits[1][query]}" for query in QUERIES),
        )
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
