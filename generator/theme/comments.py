"""A stylesheet as it is written in, what browsers need of it out: comments on lines of their own stay at home."""

from __future__ import annotations


def without_comments(text: str) -> str:
    """Return CSS without the comments that begin a line; what stands behind code stays.

    A line of a string must not begin like a comment: nobody reads what is around it.
    """
    kept: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        bare = line.lstrip()
        if inside or bare.startswith("/*"):
            _, end, behind = (bare if inside else bare[2:]).partition("*/")
            inside = not end
            if behind.strip():
                kept.append(behind)
        else:
            kept.append(line)
    return "".join(kept)
