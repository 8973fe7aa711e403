"""Put words in the place of finished HTML while Markdown is converted, and the HTML back afterwards.

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

_PARAGRAPH = r"<p>(?P<inner>[^<]*(?:<(?:[^/p<]|/[^p<]|/?p\w)[^<]*)*)</p>"
# What may not stand in a paragraph; browsers would end it there, and leave its end tag over.
_BLOCK = re.compile(
    r"<(?:!--|(?:p|div|ul|ol|dl|table|figure|section|article|aside|nav|form|details|h[1-6]|blockquote|pre|hr)\b)"
)
# A tag with its attributes, in which any sign may stand between quotation marks.
_TAG = re.compile(r"<[/a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Pieces of finished HTML, and the digest of the text that they stand in."""

    digest: str
    pieces: Sequence[Markup]

    @property
    def _pattern(self) -> str:
        return f"nrbaustein{self.digest}n(?P<number>\\d+)nrende"

    def put_back(self, html: str) -> str:
        """Put the pieces in where they stand as text; a paragraph ends where a piece is more than a phrase, and goes on after it.

        In a tag there is no place for HTML: what Markdown made of a heading for its `id` gets the piece's number.
        """
        parts: list[str] = []
        last = 0
        # Paragraphs are tags themselves: first the text is cut where a tag has a token in it.
        for start, end in self._tags(html):
            parts.append(self._texts(html[last:start]))
            parts.append(re.sub(self._pattern, r"baustein-\g<number>", html[start:end]))
            last = end
        parts.append(self._texts(html[last:]))
        return "".join(parts)

    def _texts(self, html: str) -> str:
        def put(match: re.Match[str]) -> str:
            if match["inner"] is None:
                return self._piece(match)
            return self._paragraph(match["inner"]) if re.search(self._pattern, match[0]) else match[0]

        return re.sub(rf"{_PARAGRAPH}|{self._pattern}", put, html)

    def _paragraph(self, inner: str) -> str:
        if alone := re.fullmatch(rf"\s*{self._pattern}\s*", inner):
            return self._piece(alone)
        done: list[str] = []
        current, last = "", 0
        for match in re.finditer(self._pattern, inner):
            piece = self._piece(match)
            current += inner[last : match.start()]
            last = match.end()
            if _BLOCK.search(piece) and _closed(current):
                done += [f"<p>{current.strip()}</p>\n"] if current.strip() else []
                done.append(f"{piece}\n")
                current = ""
            else:
                current += piece
        current += inner[last:]
        done += [f"<p>{current.strip()}</p>"] if current.strip() else []
        return "".join(done).rstrip("\n")

    def astray(self, html: str) -> Sequence[int]:
        """Return the numbers of the pieces that would stand in an attribute, where only a text can be."""
        found = []
        for start, end in self._tags(html):
            without_id = re.sub(r'\sid="[^"]*"', "", html[start:end])
            found += [int(match["number"]) for match in re.finditer(self._pattern, without_id)]
        return tuple(dict.fromkeys(found))

    def as_words(self, text: str) -> str:
        """Put the words of the pieces into a plain text, such as a title."""
        return re.sub(
            self._pattern,
            lambda match: " ".join(unescape(re.sub(r"<[^<>]*>", "", self._piece(match))).split()),
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
        number = int(match["number"])
        # A number that no piece has was written by nobody: the digest can't be foreseen.
        return str(self.pieces[number])


def _closed(html: str) -> bool:
    """Tell whether every element of a part of a paragraph is closed."""
    opened = re.findall(r"<(?!(?:br|img|wbr|source|input)\b)[a-zA-Z]", html)
    return len(opened) == html.count("</")


def replaced(text: str, spans: Sequence[tuple[int, int]], pieces: Sequence[Markup]) -> tuple[str, Tokens]:
    """Put a word in the place of each span of a text; `pieces` are the finished HTML of each."""
    tokens = Tokens(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32], tuple(pieces))
    parts: list[str] = []
    last = 0
    for number, (start, end) in enumerate(spans):
        parts += [text[last:start], f"nrbaustein{tokens.digest}n{number}nrende"]
        last = end
    return "".join([*parts, text[last:]]), tokens
