"""Takes the demo's records as they are written and hands out what the search index is built from."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.derive.masking import TOPICS
from generator.read.vocabularies import PACKAGED
from generator.search.entry_types import Concept, Entry, Field, SearchSynonym

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
VOCABULARY = ROOT / "generator" / "vocabulary"
KINDS = {
    "topic": "Themen", "offer": "Angebote", "place": "Orte", "provider": "Träger", "space": "Sozialräume",
    "term": "Begriffe",
}  # fmt: skip
FOLDERS = {
    "topic": "themen",
    "offer": "angebote",
    "place": "orte",
    "provider": "traeger",
    "space": "sozialraeume",
    "term": "glossar",
}
Record = dict[str, Any]


class World(NamedTuple):
    """What ``generator.search.index.build`` takes, and the id of each entry's record."""

    entries: list[Entry]
    concepts: dict[str, Concept]
    synonyms: list[SearchSynonym]
    ids: list[str]


@cache
def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)


def _records(folder: str) -> dict[str, Record]:
    return {path.stem: _read(path) for path in sorted((RESOURCES / folder).glob("*.yml"))}


def _in(record: Record, language: str) -> Record:
    return {**record, **(record.get("translations", {}).get(language) or {})}


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def world(language: str) -> World:
    """Read the demo in one language; what isn't translated stays German."""
    topics = {row["id"]: _in(row, language) for row in _read(VOCABULARY / "topics.yml")}
    kinds = {row["id"]: _in(row, language) for row in _read(VOCABULARY / "kinds.yml")}
    groups = {row["id"]: _in(row, language) for row in _read(VOCABULARY / "target_groups.yml")}
    terms = {row["id"]: _in(row, language) for row in _read(VOCABULARY / "glossary.yml")}
    providers, places, spaces = (_records(folder) for folder in ("providers", "places", "spaces"))
    named: dict[str, list[str]] = defaultdict(list)
    phrases: dict[str, str] = {}
    for table in (topics, kinds, groups, terms):
        for key, row in table.items():
            paragraph = (row.get("legal_basis") or {}).get("paragraph", "")
            named[key] += [row["name"], row.get("abbreviation", ""), paragraph]
            phrases[key] = phrases.get(key) or row.get("phrase", "")
    synonyms = [
        SearchSynonym(row["language"], tuple(row["words"]), tuple(row["means"]))
        for part in PACKAGED["synonyms"]
        for row in _read(VOCABULARY / f"{part}.yml")
    ]
    synonyms += [
        SearchSynonym(language, tuple(row["words"]), (key,))
        for key, row in topics.items()
        if row.get("words")
    ]
    rows: list[tuple[str, str, dict[str, Any]]] = []
    houses = {
        key: {"name": "Sicherer Platz", "topics": list(TOPICS[record["kind"]]), **record}
        for key, record in _records("protected").items()
    }
    for key, record in {**_records("offers"), **houses}.items():
        shown = _in(record, language)
        below = [topic for topic in _listed(record.get("topics")) if topic in topics]
        above = [topics[topic]["parent"] for topic in below if topics[topic].get("parent")]
        telling = dict.fromkeys([*below, *above, record["kind"], *_listed(record.get("for"))])
        provider = _in(providers.get(record.get("provider", ""), {}), language).get("name", "")
        place = _in(places.get(record.get("place", ""), {}), language)
        space = " ".join(spaces[one]["name"] for one in _listed(record.get("spaces")) if one in spaces)
        texts: dict[Field, str] = {
            "summary": shown.get("summary", ""), "provider": provider, "space": space,
            "place": f"{place.get('name', '')} {place.get('address', {}).get('street', '')}",
            "description": f"{shown.get('description', '')} {shown.get('first_visit', '')} {_access(record)}",
        }  # fmt: skip
        rows.append(("offer", key, {
            "title": shown["name"], "subtitle": provider, "facts": (space,), "texts": texts,
            "concepts": tuple(concept for concept in telling if concept in named),
        }))  # fmt: skip
    rows += [
        ("topic", key, {"title": row["name"], "subtitle": row.get("phrase", ""), "concepts": (key,),
                        "texts": {"summary": row.get("summary", ""), "description": row.get("first_step", "")}})
        for key, row in topics.items()
    ]  # fmt: skip
    rows += [
        ("term", key, {"title": row["name"], "concepts": (key,), "texts": {"summary": row["meaning"]}})
        for key, row in terms.items()
    ]
    for kind, table in (("place", places), ("provider", providers), ("space", spaces)):
        for key, record in table.items():
            shown = _in(record, language)
            rows.append(
                (
                    kind,
                    key,
                    {
                        "title": shown["name"],
                        "texts": {
                            "summary": shown.get("summary", ""),
                            "keywords": " ".join(_listed(record.get("aliases"))),
                        },
                    },
                )
            )
    entries = [
        Entry(id=number, url=f"{FOLDERS[kind]}/{key}/", kind=kind, **rest)
        for number, (kind, key, rest) in enumerate(rows)
    ]
    concepts = {key: Concept(" ".join(filter(None, texts)), phrases[key]) for key, texts in named.items()}
    return World(
        entries, concepts, synonyms, [f"{kind}:{key}" if kind != "offer" else key for kind, key, _ in rows]
    )


def _access(record: Record) -> str:
    access = record.get("access") or {}
    return (
        " ".join(str(access.get(key, "")) for key in ("first_visit", "bring"))
        if isinstance(access, dict)
        else ""
    )
