"""Finished HTML in, a text with a word in the place of each out; and HTML with such words in, the finished HTML back in their place.

Markdown leaves the words alone. They are made of the digest of the whole text, so no text can hold one of its own, and what is put
back is never looked through again: neither an editor nor a record can call for what stands elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

# A tag with its attributes, in which any sign may stand between quotation marks.
_TAG = re.compile(r"<[/a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Pieces of finished HTML, and the digest of the text that they stand in."""

    digest: str
    pieces: tuple[Markup, ...]

    @property
    def _pattern(self) -> str:
        return f"nrbaustein{self.digest}n(\\d+)nrende"

    def put_back(self, html: str) -> str:
        """Put the pieces in where they stand as text; one that is alone in a paragraph replaces the paragraph.

        In a tag there is no place for HTML: what Markdown made of a heading for its `id` gets the piece's number.
        """
        alone = re.compile(rf"<p>\s*{self._pattern}\s*</p>|{self._pattern}")
        parts: list[str] = []
        last = 0
        # Paragraphs are tags themselves: first the text is cut where a tag has a token in it.
        for start, end in self._tags(html):
            parts.append(alone.sub(self._piece, html[last:start]))
            parts.append(re.sub(self._pattern, r"baustein-\1", html[start:end]))
            last = end
        parts.append(alone.sub(self._piece, html[last:]))
        return "".join(parts)

    def astray(self, html: str) -> tuple[int, ...]:
        """Return the numbers of the pieces that would stand in an attribute, where only a text can be."""
        found = []
        for start, end in self._tags(html):
            without_id = re.sub(r'\sid="[^"]*"', "", html[start:end])
            found += [int(match[1]) for match in re.finditer(self._pattern, without_id)]
        return tuple(dict.fromkeys(found))

    def as_words(self, text: str) -> str:
        """Put the words of the pieces into a plain text, such as a title."""
        return re.sub(
            self._pattern,
            lambda match: " ".join(unescape(re.sub(r"<[^>]*>", "", self._piece(match))).split()),
            text,
        )

    def _tags(self, html: str) -> Iterator[tuple[int, int]]:
        at = html.find("<")
        while at >= 0:
            end = at + 1
            if html.startswith("<!--", at):
                end = html.find("-->", at)
                if end < 0:
                    return
            elif tag := _TAG.match(html, at):
                end = tag.end()
                if re.search(self._pattern, tag[0]):
                    yield tag.span()
            at = html.find("<", end)

    def _piece(self, match: re.Match[str]) -> str:
        number = int(next(group for group in match.groups() if group is not None))
        # A number that no piece has was written by nobody: the digest can't be foreseen.
        return str(self.pieces[number])


def replaced(text: str, spans: Sequence[tuple[int, int]], pieces: Sequence[Markup]) -> tuple[str, Tokens]:
    """Put a word in the place of each span of a text; `pieces` are the finished HTML of each."""
    tokens = Tokens(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32], tuple(pieces))
    parts: list[str] = []
    last = 0
    for number, (start, end) in enumerate(spans):
        parts += [text[last:start], f"nrbaustein{tokens.digest}n{number}nrende"]
        last = end
    return "".join([*parts, text[last:]]), tokens
