"""Areas in, files as geographic programs write them out: GeoPackage, Shapefile with its parts, KML."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".kml": "LIBKML"}
Area = tuple[Mapping[str, Any], BaseGeometry | None]


def square(west: float, south: float = 53.7, size: float = 0.005) -> BaseGeometry:
    return shapely.box(west, south, round(west + size, 6), round(south + size, 6))


def projected(shape: BaseGeometry, crs: str, *, swapped: bool = False) -> BaseGeometry:
    """Return a shape in another coordinate system, on request with its axes the wrong way round."""
    change = Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
    found = shapely.transform(shape, lambda points: np.column_stack(change.transform(*points.T)))
    return shapely.transform(found, lambda points: points[:, ::-1]) if swapped else found


def write_areas(
    path: Path,
    areas: Sequence[Area],
    *,
    crs: str | None = "EPSG:4326",
    encoding: str | None = None,
    layer: str = "",
    append: bool = False,
) -> Path:
    """Write areas; a Shapefile's other parts come to lie beside it."""
    names = list(areas[0][0])
    driver = DRIVERS[path.suffix]
    extra = {"encoding": encoding} if encoding else {}
    kinds = {shape.geom_type for _, shape in areas if shape is not None}
    with warnings.catch_warnings(action="ignore"):
        # Of a file without a system pyogrio says so; here that is what is wanted.
        pyogrio.raw.write(
            path,
            np.array([None if shape is None else shapely.to_wkb(shape) for _, shape in areas], dtype=object),
            [np.array([told[name] for told, _ in areas], dtype=object) for name in names],
            names,
            layer=layer or path.stem,
            driver=driver,
            geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
            crs=crs,
            append=append,
            **extra,
        )
    return path
