"""Frozen figures in, plain JSON out, and back: definitions are written as editors write them, so the models read them again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import shapely
from pydantic import BaseModel

from generator.model.edition import Frozen, OfferLine
from generator.model.facts import SpaceFacts
from generator.model.figures import Cell, Change, Comparison, Judgement, Key, Release, Series, Status, Verdict
from generator.model.indicator import Indicator
from generator.model.scalars import PartialDate, Point
from generator.model.space import Space

DIGITS = 6
"""Digits of degrees that are kept: a tenth of a metre."""


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content's canonical JSON, in hexadecimal."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(frozen: Frozen) -> dict[str, Any]:
    """Return everything as texts, numbers, lists and maps."""
    return {
        "indicators": {key: _written(item) for key, item in frozen.indicators.items()},
        "series": {key: _series(item) for key, item in frozen.series.items()},
        "spaces": {key: _written(item) for key, item in frozen.spaces.items()},
        "areas": {key: _area(item) for key, item in frozen.areas.items()},
        "shapes": {
            key: shapely.to_wkt(shape, rounding_precision=DIGITS) for key, shape in frozen.shapes.items()
        },
        "offers": {key: [asdict(line) for line in lines] for key, lines in frozen.offers.items()},
    }


def from_json(content: Mapping[str, Any]) -> Frozen:
    """Read what `to_json` wrote; raise ValueError, KeyError or TypeError where it is something else."""
    return Frozen(
        indicators={key: Indicator.model_validate(item) for key, item in content["indicators"].items()},
        series={key: _read_series(key, item) for key, item in content["series"].items()},
        spaces={key: Space.model_validate(item) for key, item in content["spaces"].items()},
        areas={key: _read_area(item) for key, item in content["areas"].items()},
        shapes={key: shapely.from_wkt(item) for key, item in content["shapes"].items()},
        offers={key: tuple(OfferLine(**line) for line in lines) for key, lines in content["offers"].items()},
    )


def _written(record: BaseModel) -> dict[str, Any]:
    """Write a record's fields as an editor would; what has its default is left out."""
    found: dict[str, Any] = {}
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if value is not None and value != info.get_default(call_default_factory=True):
            found[info.alias or name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _written(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _series(series: Series) -> dict[str, Any]:
    return {
        "benchmark": series.benchmark,
        "spaces": list(series.spaces),
        "releases": [{"date": item.date.isoformat(), "note": item.note} for item in series.releases],
        "cells": [
            {
                "space": cell.space,
                "period": cell.period,
                "part": list(cell.breakdown),
                "value": str(cell.value) if cell.value is not None else None,
                "numerator": cell.numerator,
                "denominator": cell.denominator,
                "low": cell.low,
                "high": cell.high,
                "status": str(cell.status),
                "note": cell.note,
                "forecast": cell.forecast,
                "summed": cell.summed,
                **({"qualifier": cell.qualifier} if cell.qualifier else {}),
                **({"illustrative": True} if cell.illustrative else {}),
                "town": _comparison(series.comparisons.get(key)),
                "parent": _comparison(series.parents.get(key)),
                "change": _change(series.changes.get(key)),
            }
            for key, cell in series.cells.items()
        ],
    }


def _comparison(item: Comparison | None) -> list[Any] | None:
    if item is None:
        return None
    return [item.space, str(item.verdict), str(item.judgement), _text(item.difference)]


def _change(item: Change | None) -> list[Any] | None:
    if item is None:
        return None
    return [item.since, str(item.verdict), str(item.judgement), _text(item.difference), item.low, item.high]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _read_series(key: str, content: Mapping[str, Any]) -> Series:
    cells: dict[Key, Cell] = {}
    town: dict[Key, Comparison] = {}
    parents: dict[Key, Comparison] = {}
    changes: dict[Key, Change] = {}
    for item in content["cells"]:
        cell = Cell(
            space=item["space"],
            period=item["period"],
            breakdown=tuple(item["part"]),
            value=_number(item["value"]),
            numerator=item["numerator"],
            denominator=item["denominator"],
            low=item["low"],
            high=item["high"],
            status=Status(item["status"]),
            note=item["note"],
            forecast=item["forecast"],
            summed=item["summed"],
            qualifier=item.get("qualifier", ""),
            illustrative=item.get("illustrative", False),
        )
        cells[cell.key] = cell
        for name, into in (("town", town), ("parent", parents)):
            if item[name] is not None:
                space, verdict, judgement, difference = item[name]
                into[cell.key] = Comparison(
                    space, Verdict(verdict), Judgement(judgement), _number(difference)
                )
        if item["change"] is not None:
            since, verdict, judgement, difference, low, high = item["change"]
            changes[cell.key] = Change(
                since, Verdict(verdict), Judgement(judgement), _number(difference), low, high
            )
    return Series(
        indicator=key,
        cells=cells,
        periods=tuple(sorted({cell.period for cell in cells.values()})),
        spaces=tuple(content["spaces"]),
        benchmark=content["benchmark"],
        comparisons=town,
        parents=parents,
        changes=changes,
        releases=tuple(
            Release(key, dt.date.fromisoformat(item["date"]), "", item["note"])
            for item in content["releases"]
        ),
    )


def _area(facts: SpaceFacts) -> dict[str, Any]:
    return asdict(facts)


def _read_area(content: Mapping[str, Any]) -> SpaceFacts:
    known = dict(content)
    for name in ("children", "ancestors", "neighbours", "overlaps"):
        known[name] = tuple(known[name])
    known["label"] = Point(**known["label"]) if known["label"] is not None else None
    known["bounds"] = tuple(known["bounds"]) if known["bounds"] is not None else None
    return SpaceFacts(**known)
