"""The files of a project in, the same files with something changed in them out: structure, values, writing, files themselves."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from pydantic import BaseModel

from attack import values
from attack.values import ALL, LETTERS, NUMBERS, SIGNS
from generator.edit.records.yaml_writer import write_record
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields, models_at
from generator.model.indicator import Indicator
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.vocabulary import VOCABULARIES
from generator.render.components.registry import COMPONENTS as KNOWN

Files = dict[str, bytes]
Ids = Mapping[str, list[str]]
COMPONENTS = (
    "{{ offers() }}", "{{ offers(topic='krabbelgruppe', limit=5) }}", "{{ map() }}", "{{ map(about='topics') }}", "{{ term('BG') }}", "{{ contact('verein') }}", "{{ figure('arm') }}", "{{ chart('arm') }}",
    "{{ table('arm') }}", "{{ x() }}", "{{ offers(", "{{ offers(limit=-1) }}", "{{ offers(limit=9" + "9" * 400 + ") }}", "{{ offers(topic='x' * 9) }}", "{{ }}", "{{ (lambda: 1)() }}", "{{ '" + "a" * 3000 + "'() }}",
    "{{ " + "(" * 200 + ")" * 200 + " }}", "{{ map(**{}) }}", "{{ f(1j) }}", "{{ f(b'x') }}", "{{ f('\\ud800') }}", "{{ offers(topic='\\x00') }}", "{{ number_of('offers') }}",
)  # fmt: skip
MARKDOWN = (
    *COMPONENTS, *(f"{{{{ {name}() }}}}" for name in KNOWN), *SIGNS, "# Zwei\n", "## Drei {#id}\n", "> " * 300 + "x", "- " * 300 + "x", "*" * 2000, "[" * 2000, "`" * 999, "<div>" * 300, "[a](b.md)", "[a](../../x.md)", "![a](bild.png)", "a|b\n-|-\n1|2\n", "[^1] x\n\n[^1]: y\n",
    "---\ntitle: x\n---\n", "---\n: [\n---\n", "<style>x</style>", "<iframe src=x></iframe>", "<p onclick=x>", "&" * 3000, "term\n: def\n", "1. a\n   1. b\n      1. c\n", "\t\tcode\n", "``` mermaid\nx\n```\n", "!!! note\n    x\n", "*[A]: b\n", "<!-- x", "{{ map() }}\n\n" * 8,
)  # fmt: skip


def model_of(name: str) -> type[BaseModel] | None:
    """Return the model that a file of a project is read with."""
    parts = name.split("/")
    if name == "site_config.yml":
        return SiteConfig
    if parts[-1] == "indicator.yml":
        return Indicator
    if len(parts) == 3 and parts[1] in KIND_BY_FOLDER:
        return KIND_BY_FOLDER[parts[1]].model
    if len(parts) == 2 and parts[1].removesuffix(".yml") in VOCABULARIES:
        return VOCABULARIES[parts[1].removesuffix(".yml")]
    return None


def mutate(files: Files, chance: random.Random, ids: Ids) -> tuple[Files, list[str]]:
    """Change one to four things in a project; return the files and what was done to which."""
    changed, told = dict(files), []
    for _ in range(chance.choices((1, 2, 3, 4), (10, 4, 2, 1))[0]):
        name = chance.choice(sorted(changed))
        how = chance.choices(list(_WAYS), [weight for weight, _ in _WAYS.values()])[0]
        _WAYS[how][1](changed, name, chance, ids)
        told.append(f"{how}: {name}")
    return changed, told


# --- structure --------------------------------------------------------------------------------------------------------


def _structure(files: Files, name: str, chance: random.Random, ids: Ids) -> None:
    """Change a value of a record, or give it a field more: one that fits or one that doesn't."""
    if not name.endswith(".yml"):
        name = chance.choice([other for other in sorted(files) if other.endswith(".yml")])
    model = model_of(name)
    try:
        content = yaml.load(files[name], Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, ValueError):
        _writing(files, name, chance, ids)
        return
    entries = content if isinstance(content, list) else [content]
    records = [entry for entry in entries if isinstance(entry, dict)]
    if not records or model is None:
        _writing(files, name, chance, ids)
        return
    record = chance.choice(records)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change(record, model, chance, ids)
    if isinstance(content, list) and chance.random() < 0.2:
        content.append(chance.choice(entries))
    files[name] = dumped(content, chance)


def change(record: dict[str, Any], model: type[BaseModel], chance: random.Random, ids: Ids) -> None:
    """Change a record once: another value, a field more or less, something of another form."""
    kind = chance.random()
    if kind < 0.5:
        name, info = chance.choice(list(fields(model).items()))
        record[name] = values.value(annotation(info), chance, ids)
        return
    paths = list(_paths(record))
    if not paths:
        return
    path = chance.choice(paths)
    node: Any = record
    for step in path[:-1]:
        node = node[step]
    last = path[-1]
    if kind < 0.75:
        node[last] = _like(model, path, node[last], chance, ids)
    elif kind < 0.85:
        del node[last]
    elif kind < 0.93:
        node[last] = chance.choice(
            (None, "", [], {}, [node[last]], {"x": node[last]}, [[]], [None], {"": ""}, str(node[last]))
        )
    elif isinstance(node, dict):
        name = chance.choice(("x", "nmae", "telefon", "", " ", "1", "id", "__class__", "<b>", "a" * 3000))
        node[name] = node[last]
    else:
        node += [node[last]] * chance.choice((1, 2, 300))


def _paths(node: Any, path: tuple[Any, ...] = ()) -> Any:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in inner:
        yield (*path, step)
        yield from _paths(child, (*path, step))


def _like(model: type[BaseModel], path: tuple[Any, ...], old: Any, chance: random.Random, ids: Ids) -> Any:
    """Return another value of the type that belongs there, as far as that can be told."""
    owner = models_at(model, path[:-1])
    for one in owner:
        if path[-1] in fields(one):
            return values.value(annotation(fields(one)[path[-1]]), chance, ids)
    return values.text(chance) if isinstance(old, str) else old


def dumped(content: Any, chance: random.Random) -> bytes:
    """Write a structure as YAML, in one of the ways in which people and programs do."""
    way = chance.random()
    if way < 0.4 and isinstance(content, dict):
        return write_record(content).encode("utf-8", "surrogatepass")
    flow = None if way < 0.7 else way < 0.75
    return yaml.safe_dump(content, allow_unicode=way < 0.9, sort_keys=False, default_flow_style=flow).encode(
        "utf-8", "surrogatepass"
    )


# --- writing ----------------------------------------------------------------------------------------------------------


def _writing(files: Files, name: str, chance: random.Random, _ids: Ids) -> None:
    """Change how a file is written: lines, signs, encoding, size."""
    data = files[name]
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    sign = chance.choice((*SIGNS, *LETTERS, *MARKS))
    raw = sign.encode("utf-8", "surrogatepass")
    where = chance.randrange(len(data) + 1)
    files[name] = chance.choice(
        (
            lambda: b"\n".join([*lines[:at], lines[at], *lines[at:]]),
            lambda: b"\n".join(lines[:at] + lines[at + 1 :]),
            lambda: b"\n".join([*lines[:at], b"  " + lines[at], *lines[at + 1 :]]),
            lambda: b"\n".join([*lines[:at], lines[at] + raw, *lines[at + 1 :]]),
            lambda: data[:where] + raw + data[where:],
            lambda: data[:where],
            lambda: data[:where] + bytes([chance.randrange(256)]) + data[where + 1 :],
            lambda: data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8"))),
            lambda: b"\xef\xbb\xbf" + data,
            lambda: data.decode("utf-8", "replace").encode(
                chance.choice(("utf-16", "latin-1", "cp1252")), "replace"
            ),
            lambda: data * 2,
            lambda: data + b"x: " + b"[" * chance.choice((5, 30, 3000)) + b"\n",
            lambda: data + b"\nnotes: " + b"x" * chance.choice((100, 60_000, 1_100_000)) + b"\n",
            lambda: b"",
        )
    )()


def _text(files: Files, name: str, chance: random.Random, ids: Ids) -> None:
    """Put something into a hand-written page or the text of an edition, or make a new one."""
    pages = [other for other in sorted(files) if other.endswith(".md")]
    new = chance.choice(("seite", "en/seite", "angebote/index", "berichte/x/2026", "CON", "ä", "a b"))
    name = chance.choice([*pages, f"content/{new}.md"])
    lines = files.get(name, b"# Seite\n\nText.\n").decode("utf-8", "replace").split("\n")
    at = chance.randint(0, len(lines))
    lines[at:at] = [chance.choice(MARKDOWN), ""] if chance.random() < 0.8 else [values.text(chance)]
    files[name] = "\n".join(lines).encode("utf-8", "surrogatepass")


MARKS = ("\t", ":", "- ", "#", "&a ", "*a", "!!x ", "%", "@", "|", ">", "---", "...", "? ", "<<: ", "{", "}", "[", "]", ",", '"', "'")  # fmt: skip
"""What means something to a reader of YAML."""
CROWDS = ("[", "[a](", "![", "<a ", "<b>", "# a\n", "1. ", "- ", "> ", "a\n: b\n", "!!! a\n    ", "*[a{0}]: x\n", "[^{0}]", "`", "\\", "k{0}: 1\n", "a: 1\n", "- a{0}\n")  # fmt: skip
"""What costs a reader more, the more of it there is."""


def _crowded(files: Files, name: str, chance: random.Random, _ids: Ids) -> None:
    """Write one thing very often: at the end of a record or a page, or as a page of its own."""
    if not name.endswith((".yml", ".md")):
        name = "content/viel.md"
    one = chance.choice(CROWDS)
    most = chance.choice((300, 3_000, 20_000, 200_000)) // len(one)
    files[name] = files.get(name, b"# Seite\n\n") + "".join(one.format(at) for at in range(most)).encode()


def _table(files: Files, name: str, chance: random.Random, ids: Ids) -> None:
    """Change a table of figures or streets: cells, rows, columns, separators."""
    tables = [other for other in sorted(files) if other.endswith(".csv")]
    if not tables:
        return
    name = chance.choice(tables)
    rows = [line.split(",") for line in files[name].decode("utf-8", "replace").splitlines()]
    row = rows[chance.randrange(len(rows))] if rows else []
    known = [*ids["spaces"], "2023", "2024", "2025", "2024-Q1", "2024-12-31", ".", "-", "r", "p", "x", "/", "...", *NUMBERS, *SIGNS]  # fmt: skip
    kind = chance.random()
    if kind < 0.5 and row:
        row[chance.randrange(len(row))] = chance.choice(known)
    elif kind < 0.6:
        rows.append(list(row))
    elif kind < 0.7 and row:
        rows.remove(row)
    elif kind < 0.8 and row:
        column = chance.randrange(len(row))
        for other in rows:
            del other[column : column + 1]
    elif kind < 0.9:
        rows.append([chance.choice(known) for _ in range(len(rows[0]) if rows else 3)])
    else:
        rows += [list(row)] * chance.choice((5, 2000))
    separator = chance.choices((b",", b";", b"\t"), (12, 1, 1))[0]
    files[name] = b"\n".join(
        separator.join(cell.encode("utf-8", "surrogatepass") for cell in other) for other in rows
    )


def _geometry(files: Files, name: str, chance: random.Random, ids: Ids) -> None:
    """Change a file of shapes: numbers, rings, kinds, nesting."""
    shapes = [other for other in sorted(files) if other.endswith(".geojson")]
    if not shapes:
        return
    name = chance.choice(shapes)
    try:
        content = json.loads(files[name])
    except ValueError:
        _writing(files, name, chance, ids)
        return
    for _ in range(chance.randint(1, 3)):
        paths = list(_paths(content))
        if not paths:
            break
        path = chance.choice(paths)
        node: Any = content
        for step in path[:-1]:
            node = node[step]
        old = node[path[-1]]
        if isinstance(old, int | float) and chance.random() < 0.9:
            whole = round(old) if math.isfinite(old) else 0
            node[path[-1]] = chance.choice((old + 0.001, old - 0.01, -old, old * 1e6, 0, 1e308, float("nan"), float("inf"), 10**30, "10", None, whole))  # fmt: skip
        elif isinstance(old, list) and chance.random() < 0.6:
            node[path[-1]] = chance.choice((old[::-1], old[:-1], old * 2, [], [old], old[:1] * 5, [*old, [10.0]], chance.sample(old, len(old)), [[10 + chance.random() / 50, 53.7 + chance.random() / 100] for _ in range(chance.choice((4, 40, 400)))]))  # fmt: skip
        elif isinstance(old, str) and chance.random() < 0.6:
            node[path[-1]] = chance.choice(
                ("Point", "LineString", "MultiPolygon", "GeometryCollection", "Feature", "west", "", *SIGNS)
            )
        elif isinstance(node, dict) and chance.random() < 0.5:
            del node[path[-1]]
        else:
            node[path[-1]] = chance.choice((None, 1, "x", [], {}, [[[]]], True))
    files[name] = json.dumps(content).encode()


# --- files ------------------------------------------------------------------------------------------------------------


def _missing(files: Files, name: str, _chance: random.Random, _ids: Ids) -> None:
    del files[name]


def _doubled(files: Files, name: str, chance: random.Random, _ids: Ids) -> None:
    """Put a copy of a file beside it, or of another in its place."""
    folder, _, own = name.rpartition("/")
    stem, dot, ending = own.partition(".")
    other = chance.choice(
        (f"{stem}-2", stem.upper(), "nul", "a" * 100, "ä", f" {stem}", "index", stem * 3, ".versteckt", "0")
    )
    target = "/".join(part for part in (folder, f"{other}{dot}{ending}") if part)
    files[target if chance.random() < 0.7 else chance.choice(sorted(files))] = files[name]


def _stray(files: Files, name: str, chance: random.Random, _ids: Ids) -> None:
    """Put a file there that nobody asked for."""
    place = chance.choice(("", "resources/", "resources/offers/", "resources/geometry/", "resources/context/", "resources/indicators/arm/", "resources/indicators/neu/", "content/", "content/bilder/", "resources/neu/", "resources/editions/bericht-ost/", "content/berichte/bericht-ost/"))  # fmt: skip
    own = chance.choice(("a.yml", "a.yaml", "a.json", "a.csv", "values.csv", "indicator.yml", "topics.yml", "kinds.yml", "help.yml", "streets.csv", "a.geojson", "a.md", "a.png", "a.svg", "a.html", "a.js", "mkdocs.yml", "2026.json", "index.md", "404.md", "robots.txt", "a", ".a", "Icon\r", "a.md~"))  # fmt: skip
    texts = (text.encode("utf-8", "surrogatepass") for text in chance.choices(ALL, k=2))
    content = chance.choice((b"", b"name: A\n", b"- {id: neu, name: Neu}\n", b"[]", b"{}", b"\x89PNG\r\n\x1a\n", b"<svg onload='x'/>", b"a,b\n1,2\n", b"\x00", *texts))  # fmt: skip
    files[place + own] = content


def _swapped(files: Files, name: str, chance: random.Random, _ids: Ids) -> None:
    other = chance.choice(sorted(files))
    files[name], files[other] = files[other], files[name]


Way = Callable[[Files, str, random.Random, Ids], None]
_WAYS: dict[str, tuple[int, Way]] = {
    "structure": (40, _structure),
    "writing": (8, _writing),
    "text": (12, _text),
    "crowded": (2, _crowded),
    "table": (10, _table),
    "geometry": (8, _geometry),
    "missing": (3, _missing),
    "doubled": (3, _doubled),
    "stray": (5, _stray),
    "swapped": (1, _swapped),
}
