"""A project folder in; the frozen `Site`, where everything was written, and every diagnostic of reading out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from shapely.geometry.base import BaseGeometry

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.diagnostics.progress import Progress, silent
from generator.model.config import SiteConfig
from generator.model.danger import DangerWords
from generator.model.kinds import KINDS, Kind
from generator.model.scalars import is_slug, slug_from
from generator.model.site import ContextLayer, Site, StreetRange
from generator.model.visibility import LEVELS
from generator.model.vocabulary import VOCABULARIES, Synonym, Vocabularies
from generator.model.word import Word
from generator.read.boundaries import FeatureFile, area_of, read_features
from generator.read.editions import read_editions
from generator.read.indicators import IndicatorFolder, read_indicators
from generator.read.link import check_references
from generator.read.nodes import ListNode, MapNode, Node, parse, plain, position_at, read_text
from generator.read.records import RecordSource, validate
from generator.read.street_ranges import read_streets

# What of a vocabulary's entry protects people, the strictest value first.
PROTECTIVE: Mapping[str, tuple[Any, ...]] = {
    "place_visibility": LEVELS,
    "visibility": LEVELS,
    "sensitivity": ("sensitive", "normal"),
    "sensitive": (True, False),
    "discreet": (True, False),
    "with_violence": ("off", "last", "normal"),
}
# Folders of resources/ that hold no single records and are read elsewhere.
OTHER_FOLDERS = frozenset(
    {"geometry", "context", "indicators", "budgets", "evaluations", "checks", "releases", "peers", "editions"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a project gave; `site` is None when an error leaves nothing to build from."""

    root: Path
    site: Site | None
    sources: Mapping[tuple[str, str], RecordSource]
    found: tuple[Diagnostic, ...]
    folders: tuple[Path, ...]
    indicators: Mapping[str, IndicatorFolder] = field(default_factory=dict)
    words: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    """By vocabulary the nodes of its words."""
    broken: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By kind the ids of records that are there but could not be read: nobody may say that they are missing."""
    unsure: frozenset[str] = frozenset()
    """Vocabularies of which some words could not be read."""
    settings: Node | None = None

    def of(self, folder: str) -> list[RecordSource]:
        """Return the sources of one kind in the order of their ids."""
        return [source for (kind, _), source in self.sources.items() if kind == folder]


def read_project(root: Path, *, internal: bool = False, progress: Progress = silent) -> Reading:
    """Read the folder `root`; with `internal` the overlay named in `site_config.yml` is laid over the public records."""
    found: list[Diagnostic] = []
    config, settings = _config(root, found)
    folders = [root / "resources"]
    if not folders[0].is_dir():
        found.append(diagnostic("ordner-fehlt", Position("resources"), name="resources"))
    if internal and config is not None:
        overlay = (root / config.overlay) if config.overlay else None
        if overlay is None or not overlay.is_dir():
            found.append(
                diagnostic("ablage-fehlt", Position("site_config.yml"), name=config.overlay or "overlay")
            )
        else:
            folders.append(overlay)
    if not folders[0].is_dir():
        return Reading(root, None, {}, tuple(found), tuple(folders))
    words, word_nodes, unsure = _vocabularies(root, folders, found)
    nodes, sources = _records(root, folders, found, progress)
    # A file whose record failed still counts as existing, so that one mistake gives one message.
    known: dict[str, Any] = {
        kind.folder: {path.stem for folder in folders for path in _files(folder / kind.folder)}
        for kind in KINDS
    }
    broken = {
        kind.folder: {key for key in known[kind.folder] if (kind.folder, key) not in sources}
        for kind in KINDS
    }
    known |= {name: words[name].keys() for name in VOCABULARIES}
    by_folder = {kind.folder: kind.model for kind in KINDS}
    # What could not be read at all needs no second message that it leads nowhere.
    told = {item.position for item in found}
    for (folder, _), (_, node) in nodes.items():
        problems = check_references(by_folder[folder], node, known, unsure)
        found += [item for item in problems if item.position not in told]
    for name, entries in word_nodes.items():
        for entry in entries:
            found += check_references(VOCABULARIES[name], entry, known, unsure)
    indicators, problems = read_indicators(root, folders[0] / "indicators")
    found += problems
    known["indicators"] = {path.name for path in (folders[0] / "indicators").glob("*/")}
    broken["indicators"] = known["indicators"] - set(indicators)
    for one in indicators.values():
        found += check_references(type(one.indicator), one.source.node, known, unsure)
    editions, problems = read_editions(root, folders[0] / "editions", known)
    found += problems
    shapes = _shapes(root, sources, found)
    if config is None:
        return Reading(root, None, sources, tuple(found), tuple(folders))
    streets: tuple[StreetRange, ...] = ()
    register = folders[0] / "streets.csv"
    if register.is_file():
        geographies = {item.id for item in config.geographies}
        streets, problems = read_streets(register, _name(root, register), known["spaces"], geographies)
        found += problems
    site = Site(
        config=config,
        words=Vocabularies(**words),
        **{
            kind.folder: {
                key: source.record for (folder, key), source in sources.items() if folder == kind.folder
            }
            for kind in KINDS
        },  # type: ignore[arg-type]
        indicators={key: one.indicator for key, one in indicators.items()},
        shapes=shapes,
        context=_context(root, folders, found),
        streets=streets,
        internal=internal,
        editions=editions,
        drafts=internal,
    )
    return Reading(
        root,
        site,
        sources,
        tuple(found),
        tuple(folders),
        indicators,
        word_nodes,
        broken,
        unsure,
        settings,
    )


def _name(root: Path, path: Path) -> str:
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return path.as_posix()


def _load(root: Path, path: Path, found: list[Diagnostic]) -> Node | None:
    return _parse(_load_text(root, path, found), _name(root, path), found)


def _load_text(root: Path, path: Path, found: list[Diagnostic]) -> str | None:
    name = _name(root, path)
    try:
        data = path.read_bytes()
    except OSError as error:
        found.append(diagnostic("datei-unlesbar", Position(name), reason=error.strerror or "unbekannt"))
        return None
    text, problems = read_text(data, name)
    found += problems
    return text


def _parse(text: str | None, name: str, found: list[Diagnostic]) -> Node | None:
    if text is None:
        return None
    node, problems = parse(text, name)
    found += problems
    return node


def _config(root: Path, found: list[Diagnostic]) -> tuple[SiteConfig | None, Node | None]:
    path = root / "site_config.yml"
    if not path.is_file():
        found.append(diagnostic("einstellungen-fehlen", Position("site_config.yml")))
        return None, None
    node = _load(root, path, found)
    if node is None:
        return None, None
    config, problems = validate(SiteConfig, node)
    found += problems
    return config or _without_mistakes(node), node


# What other checks judge by: without these nothing more can be said about the records.
_JUDGED_BY = frozenset({"geographies", "languages", "disclosure", "internal", "overlay"})
_STAND_INS: dict[str, Any] = {
    "name": "?",
    "url": "https://unbekannt.example/",
    "publisher": {"name": "?"},
    "land": "SH",
}


def _without_mistakes(node: Node) -> SiteConfig | None:
    """Return settings without those that could not be read, only so that a mistake there hides none in the records."""
    values = plain(node)
    if not isinstance(values, dict):
        return None
    try:
        return SiteConfig.model_validate(values)
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors(include_url=False, include_input=False)}
    if wrong & _JUDGED_BY:
        return None
    kept = {name: value for name, value in values.items() if name not in wrong}
    return SiteConfig.model_validate({**_STAND_INS, **kept})


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yml")) if folder.is_dir() else []


def _records(
    root: Path, folders: list[Path], found: list[Diagnostic], progress: Progress
) -> tuple[dict[tuple[str, str], tuple[str, MapNode]], dict[tuple[str, str], RecordSource]]:
    by_folder = {kind.folder: kind for kind in KINDS}
    nodes: dict[tuple[str, str], tuple[str, MapNode, str]] = {}
    files: list[tuple[Kind, Path]] = []
    for base in folders:
        for entry in sorted(base.iterdir()):
            if entry.is_dir() and entry.name not in by_folder and entry.name not in OTHER_FOLDERS:
                found.append(
                    diagnostic(
                        "unbekannter-ordner",
                        Position(_name(root, entry)),
                        name=entry.name,
                        known=", ".join(by_folder),
                    )
                )
            elif entry.is_dir() and entry.name in by_folder:
                files += [(by_folder[entry.name], path) for path in _entries(root, entry, found)]
    for number, (kind, path) in enumerate(files):
        progress("lesen", number, len(files))
        text = _load_text(root, path, found)
        node = _parse(text, _name(root, path), found)
        if text is None or node is None:
            continue
        name, key = _name(root, path), (kind.folder, path.stem)
        if not isinstance(node, MapNode):
            what = "eine Liste" if isinstance(node, ListNode) else "ein Text"
            found.append(
                diagnostic("falsche-form", node.position, expected="eine Gruppe von Feldern", found=what)
            )
        elif key in nodes:
            base_name, base_node, base_text = nodes[key]
            nodes[key] = (base_name, _overlaid(base_node, node), base_text)
        else:
            nodes[key] = (name, node, text)
    progress("lesen", len(files), len(files))
    sources: dict[tuple[str, str], RecordSource] = {}
    for key in sorted(nodes):
        name, node, text = nodes[key]
        record, problems = validate(by_folder[key[0]].model, node, id=key[1])
        found += problems
        if record is not None:
            sources[key] = RecordSource(key[0], key[1], name, node, record, text)
    return {key: (name, node) for key, (name, node, _) in nodes.items()}, sources


def _entries(root: Path, folder: Path, found: list[Diagnostic]) -> list[Path]:
    paths: list[Path] = []
    for path in sorted(folder.iterdir()):
        position = Position(_name(root, path))
        if path.name.startswith("."):
            continue
        if path.is_dir():
            found.append(diagnostic("ordner-statt-datei", position, name=path.name))
        elif path.suffix == ".yaml":
            found.append(
                diagnostic(
                    "fremde-datei",
                    position,
                    name=path.name,
                    better=f"die Datei in {path.stem}.yml umbenennen",
                )
            )
        elif path.suffix != ".yml":
            found.append(
                diagnostic("fremde-datei", position, name=path.name, better="die Datei anderswo ablegen")
            )
        elif not is_slug(path.stem) or "_" in path.stem:
            better = slug_from(path.stem)
            found.append(diagnostic("dateiname", position, name=path.stem, better=better))
        else:
            paths.append(path)
    return paths


def _overlaid(base: MapNode, over: MapNode) -> MapNode:
    """Lay single fields over a record; a list or group is replaced as a whole."""
    replaced = {key.text for key, _ in over.entries}
    return MapNode(
        (*((key, value) for key, value in base.entries if key.text not in replaced), *over.entries),
        base.position,
    )


def _vocabularies(
    root: Path, folders: list[Path], found: list[Diagnostic]
) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[Node, ...]], frozenset[str]]:
    words: dict[str, dict[str, Any]] = {name: {} for name in VOCABULARIES}
    nodes: dict[str, list[Node]] = {name: [] for name in VOCABULARIES}
    unsure: set[str] = set()
    defaults = Path(str(resources.files("generator") / "vocabulary"))
    for name, model in VOCABULARIES.items():
        for folder in (defaults, *folders):
            path = folder / f"{name}.yml"
            if not path.is_file():
                continue
            node = _load(root, path, found)
            if node is None:
                unsure.add(name)
                continue
            if not isinstance(node, ListNode):
                unsure.add(name)
                found.append(
                    diagnostic(
                        "falsche-form",
                        node.position,
                        expected="eine Liste",
                        found="eine Gruppe von Feldern" if isinstance(node, MapNode) else "ein Text",
                    )
                )
                continue
            lines: dict[str, int] = {}
            for item in node.items:
                word, problems = validate(model, item)
                found += problems
                if word is None:
                    unsure.add(name)
                    continue
                if word.id in lines:
                    other = f"Zeile {lines[word.id]}"
                    found.append(
                        diagnostic(
                            "doppeltes-kuerzel", position_at(item, ("id",)), value=word.id, other=other
                        )
                    )
                else:
                    lines[word.id] = item.position.line
                    word, problems = _protected(words[name].get(word.id), word, item)
                    found += problems
                    words[name][word.id] = word
                    nodes[name].append(item)
    return words, {name: tuple(items) for name, items in nodes.items()}, frozenset(unsure)


def _protected(
    before: Word | Synonym | DangerWords | None, word: Word | Synonym | DangerWords, node: Node
) -> tuple[Word | Synonym | DangerWords, list[Diagnostic]]:
    """Keep what protects a kind or topic: a town's entry of the same id may be stricter, never looser; unwritten stays as it was."""
    for name, order in PROTECTIVE.items():
        kept = getattr(before, name, None)
        if kept is None:
            continue
        own = getattr(word, name) if name in word.model_fields_set else None
        if own is not None and order.index(own) <= order.index(kept):
            continue
        word = word.model_copy(update={name: kept})
        if own is not None:
            position = position_at(node, (name,))
            return word, [diagnostic("schutz-gelockert", position, name=word.id, field=name)]
    return word, []


def _shapes(
    root: Path, sources: Mapping[tuple[str, str], RecordSource], found: list[Diagnostic]
) -> dict[str, BaseGeometry]:
    files: dict[str, FeatureFile | None] = {}
    shapes: dict[str, BaseGeometry] = {}
    for (folder, key), source in sources.items():
        reference = getattr(source.record, "geometry", None)
        if folder != "spaces" or reference is None:
            continue
        if reference.file not in files:
            path = root / "resources" / reference.file
            files[reference.file], problems = read_features(path, _name(root, path))
            found += problems
            found += _repeated(files[reference.file])
        features = files[reference.file]
        if features is None:
            continue
        feature = features.by_id.get(reference.feature)
        if feature is None and reference.feature in features.broken:
            # Its problem is reported where it stands, in the file of geometries.
            continue
        if feature is None:
            near = close_to(reference.feature, [item.id for item in features.features])
            better = (
                f"gemeint ist vielleicht „{near}“" if near else "die Kennungen stehen in der Datei unter id"
            )
            found.append(
                diagnostic(
                    "geometrie-unbekannt",
                    source.position("geometry"),
                    value=reference.feature,
                    file=features.file,
                    better=better,
                )
            )
            continue
        shape, problems = area_of(
            feature, features.file, getattr(source.record, "name", key), source.position("geometry")
        )
        found += problems
        if shape is not None:
            shapes[key] = shape
    return shapes


def _repeated(features: FeatureFile | None) -> list[Diagnostic]:
    """Report areas of one file that share an id: which of them is meant would be chance."""
    first: dict[str, int] = {}
    found: list[Diagnostic] = []
    for number, feature in enumerate(features.features if features else (), 1):
        if feature.id and feature.id in first:
            position = Position(features.file if features else "", feature.line)
            found.append(
                diagnostic(
                    "doppeltes-kuerzel",
                    position,
                    value=feature.id,
                    other=f"derselben Datei, Gebiet Nr. {first[feature.id]}",
                )
            )
        first.setdefault(feature.id, number)
    return found


def _context(root: Path, folders: list[Path], found: list[Diagnostic]) -> tuple[ContextLayer, ...]:
    layers: list[ContextLayer] = []
    for path in sorted((folders[0] / "context").glob("*.geojson")):
        features, problems = read_features(path, _name(root, path))
        found += problems
        if features is not None:
            named = tuple((str(item.properties.get("name", "")), item.shape) for item in features.features)
            layers.append(ContextLayer(path.stem, named))
    return tuple(layers)
