"""Records with a point in, numbered markers out; markers that would cover each other move apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from generator.model.scalars import Point
from generator.model.vocabulary import MapLayer
from generator.render.base.context import Context
from generator.render.base.icons import MARKERS

SHAPES = tuple(MARKERS)
APART = 38.0
"""How far apart two markers stand, in units of the drawing."""

FARTHEST = 60.0


@dataclass(frozen=True, slots=True)
class Marker:
    """A point on a map; `number` stands on it and in the list beside the map, `path` is the page it leads to.

    `shape` is a key of `icons.MARKERS`, `group` names what the shape stands for, `lang` is the language of the name
    where it isn't the page's, `note_lang` that of the note.
    """

    point: Point
    number: int
    name: str
    shape: str = "circle"
    path: str = ""
    group: str = ""
    lang: str = ""
    note: str = ""
    note_lang: str = ""


def place_markers(context: Context, ids: Iterable[str], first: int = 1) -> Sequence[Marker]:
    """Number the places that a map of many shows: their point is public, and they do more than protect."""
    facts, places = context.facts, context.site.places
    shown = [key for key in ids if facts.places[key].point is not None and not facts.protects(key)]
    looks = map_layers(context)
    markers: list[Marker] = []
    for key in shown:
        point = facts.places[key].point
        assert point is not None
        name = context.texts.of(places[key], "name")
        shape, group = looks[context.words.place_kinds[places[key].kind].map_layer]
        path = context.path("place", key)
        markers.append(Marker(point, first + len(markers), name.text, shape, path, group, name.lang))
    return tuple(markers)


def map_layers(context: Context) -> dict[MapLayer | None, tuple[str, str]]:
    """Return the shape and the name of each layer of places, the same on every map; None is any other place."""
    _ = context.gettext
    return {
        "learning": ("square", _("Kita, Schule")),
        "meeting": ("diamond", _("Treffpunkt")),
        "advice": ("pentagon", _("Beratung, Amt")),
        "leisure": ("triangle", _("Freizeit")),
        "supply": ("cross", _("Gesundheit, Essen")),
        None: ("circle", _("Anderer Ort")),
    }


def situation_shape(context: Context, situation: str) -> str:
    """Return the shape of a life situation: by its place in the vocabulary, so that it is the same on every map."""
    order = [topic.id for topic in context.words.situations()]
    return SHAPES[order.index(situation) % len(SHAPES)]


def situation_outlines(context: Context) -> str:
    """Return the outlines of all life situations as JSON, for markers that a script draws."""
    shapes = {topic.id: MARKERS[situation_shape(context, topic.id)] for topic in context.words.situations()}
    return json.dumps(shapes, separators=(",", ":"))


def spread(points: Sequence[tuple[float, float]], width: float, height: float) -> list[tuple[float, float]]:
    """Move points of a drawing apart until their markers don't cover each other, none farther than `FARTHEST`.

    The same points give the same places; points in one spot leave it in fixed directions.
    """
    if len(points) < 2:
        return list(points)
    start = np.array(points, dtype=float)
    turn = np.arange(len(points)) * 2.399963  # the golden angle: no two directions are alike
    nudge = 0.01 * np.column_stack((np.cos(turn), np.sin(turn)))
    place = start
    for _ in range(80):
        # At the drawing's edge, too, markers can meet in one spot.
        place = place + nudge
        gaps = place[:, None, :] - place[None, :, :]
        distance = np.hypot(gaps[..., 0], gaps[..., 1])
        np.fill_diagonal(distance, np.inf)
        push = np.clip(APART - distance, 0, None) / distance * 0.5
        if not push.any():
            break
        place = place + np.clip((gaps * push[..., None]).sum(axis=1), -12, 12)
        away = place - start
        length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)
        place = start + away * np.minimum(1, FARTHEST / length)[:, None]
        place = np.clip(place, APART / 2, (width - APART / 2, height - APART / 2))
    return [(float(x), float(y)) for x, y in place]
