"""Ask that a changed number or address, or an end for good, was called back (`check --since`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.fields import fields
from generator.model.groups import CHANGED_BY_CALL
from generator.read.nodes import Node, at, parse, plain, text_at
from generator.read.project import Reading
from generator.read.records import RecordSource


def check_called_back(reading: Reading, before: Mapping[str, str | None]) -> Iterator[Diagnostic]:
    """Report records with another number or newly ended that nobody called about; `before` are former texts by file.

    A new record has no old number to call.
    """
    for source in reading.sources.values():
        text = before.get(source.file)
        if text is None or "called_back" not in fields(type(source.record)):
            continue
        old = parse(text, source.file)[0]
        if old is not None and not _called_since(source.node, old):
            yield from _report_changes_without_call(source, old)


def _called_since(node: Node, old: Node) -> bool:
    """Tell whether a call was written down that wasn't there before."""
    now, then = at(node, ("called_back",)), at(old, ("called_back",))
    return now is not None and (then is None or plain(now) != plain(then))


def _report_changes_without_call(source: RecordSource, old: Node) -> Iterator[Diagnostic]:
    """Yield what was to be called back: what leads elsewhere than it did, and an end."""
    known = {_comparable_address(text_at(old, *path)) for path in CHANGED_BY_CALL}
    for path in sorted(CHANGED_BY_CALL):
        new = text_at(source.node, *path)
        if new and _comparable_address(new) not in known:
            yield diagnostic("ohne-rueckruf", source.position(*path), what=f"„{new}“ ist neu")
    if text_at(source.node, "status") == "ended" != text_at(old, "status"):
        yield diagnostic("ohne-rueckruf", source.position("status"), what="für immer zu")


def _comparable_address(text: str) -> str:
    """Return a number as dialled, any other address as it is: in whichever field it stood, it isn't new."""
    return dialled(text) if re.fullmatch(r"[-+ ()/0-9]+", text) else text.strip()
