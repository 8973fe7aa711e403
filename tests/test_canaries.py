"""A canary in every field of the overlay: none sings in the public site, all that are shown sing in the internal one."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.model.kinds import KIND_BY_FOLDER
from generator.pipeline.build import build_site, prepare
from generator.read.nodes import parse
from generator.read.records import validate
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.hunting import haystack

pytestmark = whole

OVERLAY = ROOT / "examples" / "auenstedt-intern" / "resources"
# Notes are never published; how often a need was named stands there as a sum only.
UNSEEN = {"notes", "times"}


@dataclass(frozen=True)
class Canary:
    """A text that stands nowhere else, and where it was planted."""

    text: str
    file: str
    field: str


def candidates(number: int, written: str) -> Iterator[tuple[str, str]]:
    """Values that may stand in a field, the free ones first, each with what to hunt for."""
    song = f"Kanarie{number:04}q"
    yield f"{written} {song}", song
    yield song.lower(), song.lower()
    yield f"0176 040690-{number % 100:02}{number:04}", f"040690-{number % 100:02}{number:04}"
    yield f"kanarie{number:04}@auenstedt.example", f"kanarie{number:04}@"
    yield f"https://kanarie{number:04}.example/", f"kanarie{number:04}.example"
    yield f"{9_000_000 + number * 37}", f"{9_000_000 + number * 37}"


SONGS = (r"Kanarie\d{4}q", r"kanarie\d{4}(?:q|@|\.example)", r"040690-\d{6}", r"(?=(9\d{6}))")
"""Every song there can be; to look for one after the other in a hundred megabytes takes a minute."""


def songs(text: str) -> frozenset[str]:
    """Return all songs that are heard in a text."""
    return frozenset(match[match.lastindex or 0] for song in SONGS for match in re.finditer(song, text))


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, (*path, index))
    elif node:
        yield path, str(node)


def put(node: Any, path: tuple[Any, ...], value: str) -> None:
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value


def problems(folder: str, content: Any) -> int:
    """Count what is wrong with a record, apart from fields that the public record brings."""
    node, found = parse(yaml.safe_dump(content, allow_unicode=True, default_style='"'), "x.yml")
    if node is None:
        return 99
    _, more = validate(KIND_BY_FOLDER[folder].model, node, id="x")
    return len([item for item in (*found, *more) if item.code != "feld-fehlt" and item.severity == "error"])


REFERENCES = {
    "provider", "providers", "partners", "spaces", "topics", "members", "role", "place", "answered_by", "level", "parent", "kind", "status", "source",
    "network", "space", "measure", "weekly_total",
}  # fmt: skip


def plant(project: Path) -> list[Canary]:
    """Change every free field of the copied overlay; ids, dates, choices and checked sums can't hold a canary."""
    found: list[Canary] = []
    number = 0
    for path in sorted((project / "overlay").rglob("*.yml")):
        folder = path.parent.name
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for place, written in list(leaves(content)):
            names = [step for step in place if isinstance(step, str)]
            if names[-1] in REFERENCES or "weekly_hours" in names or "weekly_each" in names:
                continue
            number += 1
            for value, song in candidates(number, written):
                put(content, place, value)
                if problems(folder, content) == 0:
                    found.append(Canary(song, path.name, ".".join(map(str, place))))
                    break
            else:
                put(content, place, written)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Canary], frozenset[str], frozenset[str]]:
    """The canaries, and the songs heard in the public site and in the internal one."""
    project = tmp_path_factory.mktemp("kanarien")
    shutil.copytree(ROOT / "resources", project / "resources")
    shutil.copytree(ROOT / "content", project / "content")
    shutil.copytree(OVERLAY, project / "overlay")
    config = (ROOT / "site_config.yml").read_text(encoding="utf-8")
    (project / "site_config.yml").write_text(
        re.sub(r"^overlay: .*$", "overlay: overlay", config, flags=re.MULTILINE), encoding="utf-8"
    )
    planted = plant(project)
    texts = []
    for internal in (False, True):
        ready = prepare(project, TODAY, internal=internal)
        assert not has_errors(ready.found), [item for item in ready.found if item.severity == "error"]
        target = project / f"site-{internal}"
        build_site(ready, target, write_site)
        texts.append(songs(haystack(target)))
    return planted, texts[0], texts[1]


def test_many_canaries_were_planted(aviary: tuple[list[Canary], frozenset[str], frozenset[str]]) -> None:
    planted, _, _ = aviary
    assert all(songs(item.text) == {item.text} for item in planted)
    assert len(planted) > 80
    assert {"address.street", "point", "contact.phone"} & {item.field for item in planted}


@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
def test_no_canary_sings_in_the_public_site(
    aviary: tuple[list[Canary], frozenset[str], frozenset[str]],
) -> None:
    planted, public, _ = aviary
    assert [item for item in planted if item.text in public] == []


@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
def test_the_hunt_finds_every_canary_in_the_internal_site(
    aviary: tuple[list[Canary], frozenset[str], frozenset[str]],
) -> None:
    planted, _, internal = aviary
    silent = [
        item for item in planted if item.text not in internal and not UNSEEN & set(item.field.split("."))
    ]
    assert silent == []
