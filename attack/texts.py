"""Every field of every model in which a text can stand in, hostile texts written there, the site built and read by other programs.

The fields are taken from the models, so a new one can't be forgotten. Two sites are built of the same project, one with harmless
words and one with hostile ones: what no text may change, the elements of every page, must be the same.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel, BeforeValidator

from attack.children import Limits, run
from attack.faults import here
from attack.outputs import EVIL, Skeleton, problems, skeletons, unmarked
from attack.projects import base, ids
from attack.tally import Tally
from attack.unmasking import put_instead
from attack.world import PROJECT, TODAY
from generator.check import check_reading
from generator.diagnostics import has_errors
from generator.edit.records.yaml_writer import Value, write_record
from generator.mkdocs_plugin import write_site
from generator.model import scalars
from generator.model.config import SiteConfig
from generator.model.dates import parse_date
from generator.model.fields import annotation, choices, fields, variants
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.samples import _sample, sample
from generator.model.scalars import Ref
from generator.model.vocabulary import VOCABULARIES
from generator.pipeline.build import build_site, prepare

TEXTS = (scalars.parse_text, scalars.parse_markdown)
PAYLOADS: Mapping[str, str] = {
    "tags": f"\"><script>{EVIL}()</script><img src=x onerror={EVIL}()></title></script></textarea><{EVIL}>'",
    "attributes": f"' onmouseover='{EVIL}()' \" onfocus=\"{EVIL}()\" autofocus",
    "templates": f"{{{{ {EVIL}() }}}} {{% {EVIL} %}} ${{{EVIL}}} #{{{EVIL}}} <%= {EVIL} %> \\u003cscript\\u003e{EVIL} %3Cscript%3E{EVIL} &lt;script&gt;{EVIL}",
    "Markdown": f"[x](javascript:{EVIL}()) ![x](https://{EVIL}.example/x.png) <javascript:{EVIL}> <b onclick={EVIL}()> [y]: data:text/html,{EVIL}",
    "lines": f"Ende\r\nEND:VEVENT\nBEGIN:VEVENT\nATTENDEE:mailto:{EVIL}@a.example\n{EVIL}: 1\n  X-{EVIL}: 1\n\"{EVIL}\";1\n\n{EVIL}".replace("\r", ""),
    "formulas": f"=HYPERLINK(\"http://{EVIL}.example\")",
    "plus": f"+{EVIL}()",
    "minus": f"-2+3+cmd|' /C {EVIL}'!A0",
    "at": f"@SUM({EVIL})",
    "JSON": f"\\\",\"{EVIL}\":{{}},\"x\":\"]]>--></script><!--{EVIL}\\",
    "commas": f"{EVIL},{EVIL};{EVIL}\t{EVIL}|{EVIL}\\,{EVIL}\\;\\n\"{EVIL}\"",
}  # fmt: skip
MIXED = "all in turn"
"""Another one in every field: all of them in one site."""
SAID_OTHERWISE = frozenset({
    # Names and addresses are the same in every language.
    "site_config.name", "site_config.publisher.name", "site_config.credits[]", "spaces.name", "spaces.code", "streets.csv street",
    *(f"{owner}.address.{part}" for owner in ("places", "providers") for part in ("street", "number", "town")),
    # What lawyers cite: a law's short name, its paragraph, a licence.
    "glossary.abbreviation", "glossary.legal_basis.law", "glossary.legal_basis.paragraph", "indicators.source.licence", "site_config.data_licence",
    # Periods, units and words before a number are part of the figure; the usual ones are translated.
    "indicators.breaks[].period", "indicators.peers[].values[].period", "indicators.peers[].values[].qualifier",
    "spaces.figures[].unit", "spaces.figures[].qualifier",
    # This is the English text.
    "site_config.about_translations{}",
})  # fmt: skip
"""What needs no mark on an English page, though it is as the records have it."""
FIRST = {"formulas", "plus", "minus", "at"}
"""These only do harm at the beginning of a text."""
WHOLE = {"url", "logo", "overlay", "languages", "geographies", "modules", "internal", "pdf", "disclosure", "level", "parent", "check_every", "publish", "basemap", "embedded", "exit_url", "contributor", "closed_days", "forge"}  # fmt: skip
"""What keeps the project together: these fields of the configuration stay as they are."""


@dataclass
class Filler:
    """Fills models, every field of them; keeps where it wrote a text."""

    payload: str
    """A key of `PAYLOADS`, or `MIXED`; empty for harmless words."""
    known: Mapping[str, list[str]]
    where: list[str] = field(default_factory=list)

    def text(self, path: str, *, short: bool = False) -> str:
        """Return the text for a field: a word that names it, then what is to be tried."""
        self.where.append(path)
        word = f"Wort{len(self.where):04}"
        if not self.payload:
            return f"{word} und mehr"
        payload = list(PAYLOADS)[len(self.where) % len(PAYLOADS)] if self.payload == MIXED else self.payload
        hostile = PAYLOADS[payload]
        if short and "\n" in hostile:
            hostile = hostile.replace("\n", " ")
        return f"{hostile} {word}" if payload in FIRST else f"{word} und mehr {hostile}"

    def group(
        self, model: type[BaseModel], path: str, skip: frozenset[str] = frozenset()
    ) -> dict[str, Value]:
        """Return a value for every field of a model."""
        return {
            name: self.value(annotation(info), f"{path}.{name}", info)
            for name, info in fields(model).items()
            # Where all are tried at once, English pages show what nobody translated.
            if name not in skip and not (self.payload == MIXED and name == "translations")
        }

    def value(self, kind: Any, path: str, info: Any = None) -> Value:
        """Return a value for a type: of several forms the one that holds most."""
        forms = list(variants(kind))
        plain, meta = max(forms, key=lambda form: _room(form[0]))
        origin = get_origin(plain)
        if origin is tuple:
            return [self.value(get_args(plain)[0], f"{path}[]")]
        if origin is dict:
            key, inner = get_args(plain)
            return {str(self._key(key, path)): self.value(inner, f"{path}{{}}")}
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            return self.group(plain, path)
        for mark in meta:
            if isinstance(mark, Ref):
                return next(key for part in mark.target.split("|") for key in self.known[part])
            if isinstance(mark, BeforeValidator) and mark.func in TEXTS:
                return self.text(path)
        if origin is Literal:
            return choices(plain)[-1]
        return sample(info) if info is not None else _sample(kind)

    def _key(self, kind: Any, path: str) -> Value:
        if "translations" in path:
            return "en"
        return self.value(kind, f"{path}{{}}")


def _room(plain: Any) -> int:
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return 3
    return 2 if get_origin(plain) in (tuple, dict) else 1


PREFERRED = {
    "places": "treff", "providers": "verein", "spaces": "west", "offers": "krabbelgruppe", "offices": "amt", "kinds": "gruppe", "place_kinds": "nachbarschaftshaus",
    "topics": "krabbelgruppe", "network_kinds": "alliance", "indicators": "arm", "languages": "de",
}  # fmt: skip
"""What references lead to: something that is shown."""
FITTING: Mapping[str, dict[str, Value]] = {
    "spaces": {"level": "quartier", "parent": "kleinstadt", "geometry": "geometry/gebiete.geojson#west"},
    "offers": {"status": "running", "from": "2025-08-01", "until": None, "successor": None, "shown": None, "ages": "0-3"},
    "places": {"visibility": "full", "shown": None, "point": "10.005 53.705"},
    "indicators": {"per": "100", "breakdowns": None, "numerator_from": None, "part_of": None, "denominator_from": None, "benchmark": None, "levels": None, "forecast_from": "2025", "interval": "wilson", "plausible": None, "by_chance": None, "vintages": None, "disclosure": {"method": "none"}},
}  # fmt: skip
"""Values that fit the base project, where a sample would only make the record vanish from the pages."""
NAMED_BEFORE = ("danger", "help_checks")
"""Vocabularies whose rows are about what has its id already: a situation, a number of help."""
TABLE = "space,period,numerator,denominator,status,note\nkleinstadt,2024,310,2000,,{0}\nost,2024,210,1000,,{0}\nwest,2024,100,1000,r,{0}\nkleinstadt,2025,320,2000,,\nost,2025,215,1000,,\nwest,2025,105,1000,,\n"


def project(payload: str) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of a project in which a text stands in every field, and those fields."""
    filler = Filler(
        payload, {name: [PREFERRED.get(name, known[0])] for name, known in ids().items() if known}
    )
    files = dict(base())
    for kind in KINDS:
        record = {
            **filler.group(kind.model, kind.folder, frozenset({"illustrative"})),
            **FITTING.get(kind.folder, {}),
        }
        files[f"{'intern' if kind.internal else 'resources'}/{kind.folder}/boese.yml"] = _written(record)
    for name, model in VOCABULARIES.items():
        entry = filler.group(model, name)
        if "id" in entry and name not in NAMED_BEFORE:
            entry["id"] = f"boese-{name.replace('_', '-')}"[:40].rstrip("-")
        known = files.get(f"resources/{name}.yml", b"").rstrip()
        files[f"resources/{name}.yml"] = known + b"\n" + yaml.safe_dump([entry], allow_unicode=True).encode()
    indicator = {
        **filler.group(Indicator, "indicators", frozenset({"illustrative"})),
        **FITTING["indicators"],
    }
    files["resources/indicators/boese/indicator.yml"] = _written(indicator)
    note = filler.text("values.csv note", short=True).replace('"', '""')
    files["resources/indicators/boese/values.csv"] = TABLE.format(f'"{note}"').encode()
    settings = yaml.load(files["site_config.yml"], Loader=yaml.CBaseLoader)
    if payload == MIXED:
        settings["languages"] = ["de", "en"]
    files["site_config.yml"] = _written({**filler.group(SiteConfig, "site_config", frozenset(WHOLE)), **{name: value for name, value in settings.items() if name in WHOLE}})  # fmt: skip
    street = filler.text("streets.csv street", short=True).replace('"', '""')
    files["resources/streets.csv"] = f'street,space,from,to,parity\n"{street}",west,1,9,all\n'.encode()
    features = {"type": "Feature", "properties": {"name": filler.text("context name", short=True)}, "geometry": {"type": "LineString", "coordinates": [[10.0, 53.7], [10.01, 53.71]]}}  # fmt: skip
    water = {"type": "FeatureCollection", "features": [features]}
    files["resources/context/water.geojson"] = json.dumps(water).encode()
    # Of hand-written pages nothing is built that holds tags, in the head neither; tests/render/test_markup_policy.py tries that.
    tags = payload == MIXED or "<" in PAYLOADS.get(payload, "")
    title = "Seite" if tags else filler.text("page title", short=True)
    head = yaml.safe_dump({"title": title, "description": title})
    files["content/seite.md"] = (
        f"---\n{head}---\n\n# Seite\n\n{{{{ offers() }}}}\n\n{{{{ contact('boese') }}}} {{{{ map() }}}}\n".encode()
    )
    edition = {"title": filler.text("edition title", short=True), "edition": "2025", "date": "2025-07-01", "state": "draft", "space": "ost", "summary": filler.text("edition summary", short=True), "authors": filler.text("edition authors", short=True)}  # fmt: skip
    files["content/berichte/bericht-boese/2025.md"] = (
        f"---\n{yaml.safe_dump(edition)}---\n\n## Geld\n\n{{{{ figure('boese') }}}} {{{{ chart('boese', level='quartier') }}}} {{{{ table('boese', level='quartier') }}}} {{{{ peers('boese') }}}}\n".encode()
    )
    return files, filler.where


def _written(record: dict[str, Value]) -> bytes:
    return write_record({name: value for name, value in record.items() if value is not None}).encode()


def build(payload: str, root: Path, target: Path, *, internal: bool) -> int:
    """Build the project of a payload, although its texts give reason to ask; say where a text didn't arrive."""
    put_instead(check_reading, lambda reading, *_: reading.found)
    files, _ = project(payload)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    ready = prepare(root, parse_date(TODAY), internal=internal, drafts=True)
    found = build_site(ready, target, write_site)
    for item in found:
        if item.severity == "error":
            print(f"{item.position.file}:{item.position.line}: {item.code} {item.message}")
    return 1 if has_errors(found) else 0


LIMITS = Limits(seconds=120, memory=2_000_000_000, patience=600)
KINDS_OF_TEXT = (*PAYLOADS, MIXED)
CASES = 2 * len(KINDS_OF_TEXT)


def attack(cases: range, _workers: int = 1) -> Tally:
    """Write a payload everywhere, build the public or the internal site, and read every file of it."""
    tally = Tally()
    with here("texte") as folder:
        expected: dict[bool, Mapping[str, Skeleton]] = {}
        for case in cases:
            internal, payload = case % CASES >= CASES // 2, KINDS_OF_TEXT[case % len(KINDS_OF_TEXT)]
            # What begins with another letter stands elsewhere in its list.
            compared = payload not in FIRST and payload != MIXED
            if compared and internal not in expected:
                expected[internal] = skeletons(_site("", folder, internal, tally, case))
            site = _site(payload, folder, internal, tally, case)
            for problem in problems(site):
                tally.find(case, f"{payload}: {problem}")
            if payload == MIXED:
                where = project(payload)[1]
                for word, page in unmarked(site).items():
                    if (path := where[int(word.removeprefix("Wort")) - 1]) not in SAID_OTHERWISE:
                        tally.find(case, f"{payload}: {page}: {path} stands unmarked on an English page")
            for name, skeleton in skeletons(site).items() if compared else ():
                if name not in expected[internal]:
                    tally.find(case, f"{payload}: {name}: a page more")
                elif (found := _folded(skeleton)) != (plain := _folded(expected[internal][name])):
                    tally.find(case, f"{payload}: {name}: {_difference(plain, found)}")
            tally.add("sites")
            tally.add("files read by other programs", sum(path.is_file() for path in site.rglob("*")))
            tally.add("hostile texts", len(project(payload)[1]))
    return tally


def _folded(skeleton: Skeleton) -> Skeleton:
    """Take paragraphs that follow each other for one: a text with an empty line in it makes two, and may."""
    paragraph = ("p", ())
    return tuple(
        one
        for before, one in zip((None, *skeleton), skeleton, strict=False)
        if not before == one == paragraph
    )


def _site(payload: str, folder: Path, internal: bool, tally: Tally, case: int) -> Path:
    root, site = folder / PROJECT, folder / "site"
    for path in (root, site):
        shutil.rmtree(path, ignore_errors=True)
    ended = run(lambda: build(payload, root, site, internal=internal), LIMITS)
    if problem := ended.problem(LIMITS, (0,)):
        tally.find(case, f"{payload or 'harmless words'}: {problem}\n{ended.said}")
    return site


def _difference(expected: Any, found: Any) -> str:
    for number, (one, two) in enumerate(zip(expected, found, strict=False)):
        if one != two:
            return f"element {number} is {two} where {one} should be, among {expected[max(0, number - 2) : number]}"
    return f"{len(found)} elements where {len(expected)} should be"
