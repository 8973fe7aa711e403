"""No heading stands above nothing, on any page."""

from itertools import pairwise
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

HEADINGS = {f"h{level}": level for level in range(1, 7)}
SEEN = {"img", "svg", "input", "button", "textarea", "iframe"}
"""What is something without words."""
OTHERWISE = {"script", "style", "template"}


def steps(element: HtmlElement) -> list[tuple[int, str]]:
    """Return (level, text) of headings, and (0, text) of what else one sees, in their order; places to write on and what scripts fill count."""
    if not isinstance(element.tag, str) or element.tag in OTHERWISE:
        return []
    if element.tag in HEADINGS:
        return [(HEADINGS[element.tag], element.text_content().strip())]
    looks = element.get("class", "")
    if element.tag in SEEN or "nr-notes" in looks or "nr-blank" in looks or _is_filled(element):
        return [(0, element.tag)]
    found = [(0, element.text.strip())] if (element.text or "").strip() else []
    for child in element:
        found += steps(child)
        found += [(0, child.tail.strip())] if (child.tail or "").strip() else []
    return found


def _is_filled(element: HtmlElement) -> bool:
    """Tell whether a script fills it: the case's ideas."""
    return any(name.startswith("data-case") for name in element.attrib) and not len(element)


def above_nothing(page: Path) -> list[str]:
    """Return the headings that are followed by one of their level or a higher one, or by nothing."""
    main = lxml.html.parse(page).getroot().find(".//main")
    if main is None:
        return []
    seen = [*steps(main), (1, "")]
    return [
        f"{page}: {text}"
        for (level, text), (following, _) in pairwise(seen)
        if level and following and following <= level
    ]


def test_below_every_heading_there_is_something(demo_site: Path) -> None:
    assert [line for page in sorted(demo_site.rglob("index.html")) for line in above_nothing(page)] == []
