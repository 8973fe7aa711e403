"""Find marks of Markdown that a hand-written page shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic

# Where a paragraph of the page begins with „!!! note“, „```“ or „=== “, or a line of it with „- “.
_BLOCK = r"`{3,}|~{3,}|:::|!!!|\?\?\?|==="
_LEFT = re.compile(
    rf"(?:(?:^|<(?:p|li|dd|td|br ?/?)>)[ \t]*({_BLOCK})|^[ \t]*(- ))[+ ]?(?:<\w+>)?(\w*)", re.MULTILINE
)
_CODE = "Code in einer Liste oder einem Kasten um acht Leerzeichen einrücken, ohne Zeichen davor und dahinter; sonst beginnt er ganz links und endet mit den gleichen Zeichen"
_BETTER = {
    "`": _CODE,
    "~": _CODE,
    "!": 'einen Kasten so beginnen: !!! note "Überschrift"; der Text steht darunter, um vier Leerzeichen eingerückt',
    "-": "vor die Liste eine leere Zeile setzen",
}
_UNKNOWN = "weglassen: so schreibt man nur mit einer Erweiterung, die in mkdocs.yml fehlt"


def left_marks(html: str, text: str, file: str, first_line: int = 1) -> Iterator[Diagnostic]:
    """Report marks shown as text, at their line where found."""
    for mark, word in dict.fromkeys(_shown(html)):
        place = Position(file)
        if match := written_mark(mark, word).search(text):
            place = Position(file, text.count("\n", 0, match.start()) + first_line)
        better = _BETTER.get(mark[0], _UNKNOWN)
        yield diagnostic("zeichen-als-text", place, mark=mark.strip(), better=better)


def written_mark(mark: str, word: str) -> re.Pattern[str]:
    """Return a pattern for a mark and word at a line's beginning."""
    return re.compile(rf"^[ \t>*+-]*?{re.escape(mark)}\W{{0,8}}{re.escape(word)}", re.MULTILINE)


def _shown(html: str) -> Iterator[tuple[str, str]]:
    """Yield each mark with the word behind it."""
    for part in html.split("</pre>"):
        words: list[str] = []
        for piece in part.partition("<pre")[0].split("</code>"):
            before, _, code = piece.partition("<code>")
            words.append(before)
            # Code of several lines that is no block stood between marks that were taken for quotation marks.
            if "\n" in code and before.rstrip(" \t").endswith(("<p>", "<li>", "\n")):
                yield "```", code.split("\n")[0].strip()
        for block, item, word in _LEFT.findall("`".join(words)):
            yield block or item, word
