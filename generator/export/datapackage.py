"""Datasets in, descriptors of a Frictionless Data Package (version 2) out; missing values carry their meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.export.datasets import SIGNS, Dataset
from generator.model.cells import Status

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_KEY = ("indicator", "space", "period")


def datapackage(data: Dataset, file: str) -> bytes:
    """Describe one dataset; `file` is its plain CSV beside the descriptor."""
    return _written(_package(data.id, data, [_resource(data, file)]))


def all_packages(whole: Dataset, parts: Iterable[Dataset], file: str) -> bytes:
    """Describe all datasets in one package; `file` says where each lies, with `{id}` for the indicator."""
    return _written(_package(whole.id, whole, [_resource(part, file.format(id=part.id)) for part in parts]))


def _package(name: str, data: Dataset, resources: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": name,
        "title": data.title,
        "description": data.description,
        "homepage": data.address,
        "licenses": [_licence(data)],
        "sources": [{"title": data.source}],
        "contributors": [{"title": data.publisher, "roles": ["publisher"]}],
        "resources": resources,
    }
    if data.state:
        found["created"] = f"{data.state.isoformat()}T00:00:00Z"
        found["version"] = data.state.isoformat()
    return found


def _licence(data: Dataset) -> dict[str, str]:
    found = {"title": data.licence.name}
    if data.licence.url:
        return {**found, "path": data.licence.url}
    return {"name": "other-closed", **found}


def _resource(data: Dataset, file: str) -> dict[str, Any]:
    split = [column.name for column in data.columns if column.holds.startswith("Kürzel: ")]
    return {
        "name": data.id,
        "type": "table",
        "title": data.title,
        "description": f"{data.description} Quelle: {data.source}. {data.attribution}.",
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": [{"title": data.source}],
        "licenses": [_licence(data)],
        "schema": {
            "fields": [
                _field(column.name, column.label, column.type, column.holds) for column in data.columns
            ],
            "missingValues": [""],
            # A missing value of a breakdown stands for the whole, so it can't be part of a key.
            **({} if split else {"primaryKey": list(_KEY)}),
        },
    }


def _field(name: str, label: str, kind: str, holds: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "title": label, "type": kind, "description": holds}
    if name == "value":
        found["missingValues"] = [
            {"value": str(sign), "label": words}
            for sign, words in SIGNS.items()
            if sign is not Status.REVISED
        ] + [{"value": "", "label": "keine Angabe"}]
    return found


def _written(package: dict[str, Any]) -> bytes:
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
