"""Try in memory what messages propose, so that no proposal is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from generator.diagnostics import Diagnostic

CheckText = Callable[[str], Iterable[Diagnostic]]
"""The text of a file in, its diagnostics out."""


def obeyed(text: str, item: Diagnostic) -> str:
    """Return a file's text with a message's proposal applied."""
    lines, place = text.split("\n"), item.position
    line, start = lines[place.line - 1], place.column - 1
    lines[place.line - 1] = f"{line[:start]}{item.instead}{line[start + place.length :]}"
    return "\n".join(lines)


def tried(found: Sequence[Diagnostic], text: str, check: CheckText) -> Iterator[Diagnostic]:
    """Yield diagnostics, dropping proposals that don't help or cause errors. The help then says what would be wrong.

    A hint that the error had hidden is no error of the proposal.
    """
    before = _counted(check(text))
    for item in found:
        if not item.instead:
            yield item
            continue
        obeying = list(check(obeyed(text, item)))
        after, errors = _counted(obeying), _counted(one for one in obeying if one.severity != "note")
        (this_one,) = _counted([item])
        caused = next(iter(errors - before), None)
        if caused is None and after[this_one] < before[this_one]:
            yield item
        else:
            wrong = caused[1] if caused else "das geht hier auch nicht"
            yield replace(item, instead="", help=f"„{item.instead}“ wäre zu schreiben, aber: {wrong}")


def _counted(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    """Count diagnostics by (code, message), wherever they stand."""
    return Counter((item.code, item.message) for item in found)
