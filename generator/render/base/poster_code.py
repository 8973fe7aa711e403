"""An address in, its QR code for posters and printed reports out; an offer's is drawn in the browser (`assets/js/qr.js`)."""

from __future__ import annotations

from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """Return an address as an inline SVG without a size of its own, black, a module one wide, without the margin that scanners want."""
    # Loaded where pages are made, not where they are only checked.
    import segno

    # Choosing the best of eight masks helps bad scanners on bad prints only, and takes most of the time.
    code = segno.make(address, error="m", mask=0, micro=False)
    return Markup(code.svg_inline(border=0, omitsize=True, dark="#000", svgclass=None, lineclass=None))
