"""The format of a town's files: refused where it is newer than this program, told as one thing to do where it is older."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.earlier_formats import FIRST, FORMAT, SETTINGS, FormatStep, Lift, steps_after
from generator.read.nodes import MapNode, Node, Scalar, at, plain, position_at

_DIGITS = 9
"""So many digits say that a number is far too large."""


def written_format(settings: Node | None) -> int:
    """Return the format that the settings name, the first where they name none or nothing that is a number."""
    there = at(settings, ("format",))
    text = there.text.strip() if isinstance(there, Scalar) else ""
    return int(text[:_DIGITS]) if text.isascii() and text.isdigit() else FIRST


def too_new(settings: Node | None) -> list[Diagnostic]:
    """Say that a newer Nahraum wrote these files; nothing where this one knows their format."""
    written = written_format(settings)
    if settings is None or written <= FORMAT:
        return []
    place = position_at(settings, ("format",))
    return [diagnostic("format-neuer", place, written=written, known=FORMAT)]


def lifts(steps: Iterable[FormatStep], folder: str, node: Node | None) -> Iterator[tuple[FormatStep, Lift]]:
    """Yield what the steps would change in a record of a kind."""
    for step in steps:
        if step.folder == folder and isinstance(node, MapNode):
            yield from ((step, lift) for lift in step.lifts(plain(node)))


def of_earlier_format(
    settings: Node | None, nodes: Mapping[tuple[str, str], tuple[str, MapNode]], found: list[Diagnostic]
) -> list[Diagnostic]:
    """Return what was found, with all that comes from an earlier format as one message that says what lifts it."""
    written = written_format(settings)
    steps = steps_after(written)
    if settings is None or not steps:
        return found
    changed = {step.folder for step in steps}
    places: dict[Position, None] = {}
    read = [(SETTINGS, settings), *((folder, node) for (folder, _), (_, node) in nodes.items())]
    for folder, node in read:
        if folder in changed:
            places |= dict.fromkeys(_lifted(steps, folder, node))
    told = [diagnostic("format-aelter", place, written=written, known=FORMAT) for place in places]
    return [*(item for item in found if item.position not in places), *told]


def _lifted(steps: Iterable[FormatStep], folder: str, node: Node) -> list[Position]:
    """Return where the steps would change something that stands in a record."""
    paths = [lift.path for _, lift in lifts(steps, folder, node)]
    return [position_at(node, path) for path in paths if at(node, path) is not None]
