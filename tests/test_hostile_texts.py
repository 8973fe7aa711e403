"""Hostile texts in every field of every model: other programs read each file of the site, and none is more than a text in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel, BeforeValidator

from generator.diagnostics import has_errors
from generator.edit.records.yaml_writer import Value, write_record
from generator.mkdocs_plugin import write_site
from generator.model import scalars
from generator.model.config import SiteConfig
from generator.model.fields import annotation, choices, fields, variants
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.samples import _sample, sample
from generator.model.scalars import Ref
from generator.model.vocabulary import VOCABULARIES
from generator.pipeline.build import build_site, prepare
from tests.chance import cases, long, whole
from tests.conftest import TODAY
from tests.outputs import EVIL, problems, unmarked
from tests.sound_town import base, ids

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
FIRST = {"formulas", "plus", "minus", "at"}
"""These only do harm at the beginning of a text."""
WHOLE = {"url", "logo", "overlay", "languages", "geographies", "modules", "internal", "pdf", "disclosure", "level", "parent", "check_every", "publish", "basemap", "embedded", "exit_url", "contributor", "closed_days", "forge"}  # fmt: skip
"""What keeps the project together: these fields of the configuration stay as they are."""


@dataclass
class Filler:
    """Fills models, every field of them; keeps where it wrote a text."""

    turn: int | None
    """With which of `PAYLOADS` the first field begins, each next with the next one; without it words are harmless."""
    known: Mapping[str, list[str]]
    where: list[str] = field(default_factory=list)

    def text(self, path: str, *, short: bool = False) -> str:
        """Return the text for a field: a word that names it, then what is to be tried."""
        self.where.append(path)
        word = f"Wort{len(self.where):04}"
        if self.turn is None:
            return f"{word} und mehr"
        payload = list(PAYLOADS)[(len(self.where) + self.turn) % len(PAYLOADS)]
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
            # English pages show what nobody translated.
            if name not in skip and not (self.turn is not None and name == "translations")
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


def project(turn: int | None = None) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of a project in which a text stands in every field, and those fields."""
    filler = Filler(turn, {name: [PREFERRED.get(name, known[0])] for name, known in ids().items() if known})
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
            entry["id"] = (
                "en" if name == "sentence_reviews" else f"boese-{name.replace('_', '-')}"[:40].rstrip("-")
            )
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
    if turn is not None:
        settings["languages"] = ["de", "en"]
    files["site_config.yml"] = _written({**filler.group(SiteConfig, "site_config", frozenset(WHOLE)), **{name: value for name, value in settings.items() if name in WHOLE}})  # fmt: skip
    street = filler.text("streets.csv street", short=True).replace('"', '""')
    files["resources/streets.csv"] = f'street,space,from,to,parity\n"{street}",west,1,9,all\n'.encode()
    features = {"type": "Feature", "properties": {"name": filler.text("context name", short=True)}, "geometry": {"type": "LineString", "coordinates": [[10.0, 53.7], [10.01, 53.71]]}}  # fmt: skip
    water = {"type": "FeatureCollection", "features": [features]}
    files["resources/context/water.geojson"] = json.dumps(water).encode()
    # Of hand-written pages nothing is built that holds tags, in the head neither; tests/render/test_markup_policy.py tries that.
    files["content/seite.md"] = b"# Seite\n\n{{ offers() }}\n\n{{ contact('boese') }} {{ map() }}\n"
    edition = {"title": filler.text("edition title", short=True), "edition": "2025", "date": "2025-07-01", "state": "draft", "space": "ost", "summary": filler.text("edition summary", short=True), "authors": filler.text("edition authors", short=True)}  # fmt: skip
    files["content/berichte/bericht-boese/2025.md"] = (
        f"---\n{yaml.safe_dump(edition)}---\n\n## Geld\n\n{{{{ figure('boese') }}}} {{{{ chart('boese', level='quartier') }}}} {{{{ table('boese', level='quartier') }}}} {{{{ peers('boese') }}}}\n".encode()
    )
    return files, filler.where


def _written(record: dict[str, Value]) -> bytes:
    return write_record({name: value for name, value in record.items() if value is not None}).encode()


pytestmark = [whole, long]

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


@pytest.mark.parametrize("internal", [False, True], ids=["public", "internal"])
@pytest.mark.parametrize("turn", range(cases(1, len(PAYLOADS))))
def test_no_text_becomes_script_formula_link_or_line(
    turn: int, internal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although its texts give reason to ask; on English pages each is marked as German."""
    monkeypatch.setattr("generator.pipeline.build.check_reading", lambda reading, *_: reading.found)
    root, site = tmp_path / "projekt", tmp_path / "site"
    files, where = project(turn)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    found = build_site(prepare(root, TODAY, internal=internal, drafts=True), site, write_site)
    assert not has_errors(found), [item for item in found if item.severity == "error"]
    assert len(where) > 400
    assert sum(path.is_file() for path in site.rglob("*")) > 350
    assert list(problems(site)) == []
    unmarked_fields = {where[int(word.removeprefix("Wort")) - 1] for word in unmarked(site)}
    assert unmarked_fields <= SAID_OTHERWISE
