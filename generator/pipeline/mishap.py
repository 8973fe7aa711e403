"""Turn an unexpected exception into a diagnostic for an editor."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from signal import Signals
from types import FrameType

from msgspec import Struct

from generator.diagnostics import TRACEBACK, Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.disk import known_reason
from generator.files.packaged import PACKAGE
from generator.model.editions import Edition
from generator.model.groups import Record
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.read.indicator_folders import IndicatorFolder
from generator.read.records import RecordSource

NOWHERE = "unbekannt"  # stands for the file where nobody knows it


class InHand(Struct, frozen=True):
    """What was in work."""

    file: Position
    page: str  # its path
    code: str  # the line of our own code, `check/areas.py:36`


class Mishap(Exception):
    """An explained exception that can leave its process."""

    def __init__(self, place: InHand, kind: str, reason: str, trace: str) -> None:
        super().__init__(place, kind, reason, trace)
        self.place, self.kind, self.reason, self.trace = place, kind, reason, trace


class ProcessEnded(Exception):
    """A page-making process ended by a signal or exit code."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.how = "ohne ein Wort" if code is None else f"mit Code {code}"
        if code is not None and code < 0:
            self.how = f"durch {Signals(-code).name}"


def looked_at(error: BaseException) -> Mishap:
    """Explain an exception; `reason` if the system is to blame."""
    if isinstance(error, Mishap):
        return error
    if interrupted(error):
        raise KeyboardInterrupt from error
    frames = [frame for frame, _line_of_code in traceback.walk_tb(error.__traceback__)][::-1]
    ours = [frame for frame in frames if str(frame.f_globals.get("__name__", "")).startswith("generator.")]
    place = InHand(_in_hand(ours), _find_page_being_made(ours), _line_of_code(error))
    trace = "".join(traceback.format_exception(error))
    reason = known_reason(error) if isinstance(error, OSError) else ""
    if isinstance(error, OSError) and isinstance(error.filename, str):
        # A file of our own that can't be read is our mistake.
        if Path(error.filename).is_relative_to(PACKAGE):
            reason = ""
        else:
            place = InHand(Position(error.filename), place.page, place.code)
    return Mishap(place, type(error).__name__, reason, trace)


def interrupted(error: BaseException) -> bool:
    """Tell whether somebody ended the program, also inside C libraries."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, KeyboardInterrupt):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def mishap_of(error: BaseException, root: Path, *, kept: bool = True) -> Diagnostic:
    """Return an exception's diagnostic, without its text, which may hold private data. `kept`: everything is as it was."""
    before = " Alles ist, wie es vorher war." if kept else ""
    if isinstance(error, ProcessEnded):
        return diagnostic("prozess-beendet", Position(NOWHERE), how=error.how, kept=before)
    mishap = looked_at(error)
    file = _position_below_root(mishap.place.file, root)
    if mishap.reason:
        return diagnostic("datei-vom-system-verweigert", file, reason=mishap.reason, kept=before)
    page = f", auf der Seite /{mishap.place.page}" if mishap.place.page else ""
    words = {"kind": mishap.kind, "line": mishap.place.code, "page": page, "kept": before}
    return diagnostic("fehler-von-nahraum", file, variable=TRACEBACK, **words)


def _position_below_root(at: Position, root: Path) -> Position:
    path, base = Path(at.file), root.absolute()
    return at._replace(file=path.relative_to(base).as_posix()) if path.is_relative_to(base) else at


def _in_hand(frames: list[FrameType]) -> Position:
    """Find the record or file that our innermost function worked on, by its local values."""
    for frame in frames:
        values = list(frame.f_locals.values())[::-1]
        key = frame.f_locals.get("key")
        # An edition shows areas and figures, and what a page is about shows others: they say more than what they show.
        first = (
            item
            for item in values
            if isinstance(item, Edition) or (isinstance(item, Record) and item.id == key)
        )
        for value in (*first, *values):
            for position in _position(value):
                return position
    return Position(NOWHERE)


def _position(value: object) -> Iterator[Position]:
    """Yield the file that a value stands for; nothing for other values."""
    if isinstance(value, RecordSource):
        yield value.node.position
    elif isinstance(value, IndicatorFolder):
        yield from _position(value.indicator)
    elif isinstance(value, Indicator):
        yield Position(f"resources/indicators/{value.id}/indicator.yml")
    elif isinstance(value, Edition):
        yield Position(value.file)
    elif isinstance(value, Position) and value.file:
        yield value
    elif isinstance(value, Record):
        # What is a part of another file has no kind.
        kinds = [kind for kind in KINDS if isinstance(value, kind.model)]
        yield from (Position(f"resources/{kind.folder}/{value.id}.yml") for kind in kinds)
    elif isinstance(value, Path) and value.suffix and not value.is_relative_to(PACKAGE):
        yield Position(str(value))


def _find_page_being_made(frames: list[FrameType]) -> str:
    """Find the page that was being made."""
    for frame in frames:
        names = frame.f_locals
        if frame.f_code.co_name in ("make_page", "written_page") and isinstance(names.get("path"), str):
            return str(names["path"])
    return ""


def _line_of_code(error: BaseException) -> str:
    """Return the innermost line of our own code, as `check/areas.py:36`."""
    for summary in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(summary.filename)
        if path.is_relative_to(PACKAGE):
            return f"{path.relative_to(PACKAGE).as_posix()}:{summary.lineno}"
    return NOWHERE
