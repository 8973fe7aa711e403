"""What the preview says itself: that there is no page yet, that one could not be made, what is wrong with the records."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generator.diagnostics import Diagnostic

OWN = "/-/"
"""Where the preview's own files lie; no record can have an id like that."""
WAITING = """\
<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Noch keine Seite</title></head>
<body><main><h1>Noch keine Seite</h1><p>Was fehlt, steht unten. Danach erscheint die Seite hier von selbst.</p></main></body></html>
"""
FAILED = """\
<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Diese Seite ließ sich nicht machen</title></head>
<body><main></main></body></html>
"""


def wrong(found: Sequence[Diagnostic], *, over_a_page: bool) -> str:
    """Return what stands above a page while something is wrong, or on a page of its own where there is no good one yet."""
    if not found:
        return ""
    items = "".join(
        f"<li><p><strong>{escape(item.message)}</strong></p><p><code>{escape(item.position.file)}:{item.position.line}:{item.position.column}</code></p>"
        f"<p>{escape(item.help)}</p></li>"
        for item in found
    )
    count = len(found)
    title = "Ein Fehler ist zu beheben" if count == 1 else f"{count} Fehler sind zu beheben"
    old = "<p>Darunter steht die letzte gute Seite.</p>" if over_a_page else ""
    return (
        f'<link rel="stylesheet" href="{OWN}vorschau.css"><section id="nr-vorschau" role="alert" lang="de">'
        f"<h2>{title}</h2>{old}<ol>{items}</ol></section>"
    )
