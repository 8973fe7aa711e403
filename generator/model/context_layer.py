"""What is drawn on maps to help people find their way, and is no record: water, green, rail, streets, buildings of note."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class ContextShape:
    """A river, a street, a wood in WGS 84; `kind` says how much it counts (`motorway`, `stream`), where its file does."""

    name: str
    shape: BaseGeometry
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ContextLayer:
    """Things of one sort; `credit` is what their licence wants to be read beside every map with them."""

    name: str
    shapes: tuple[ContextShape, ...]
    credit: str = ""
