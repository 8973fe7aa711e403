"""Take out of hand-written HTML what may run, ask or lead away, and find left marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from typing import TypeVar

import nh3
from markdown import Markdown
from msgspec import Struct

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.config import SiteConfig
from generator.model.dear_numbers_and_hosts import deceives, is_own_network
from generator.render.base.markdown import with_hosts

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
]
"""What every hand-written page is converted with, to be checked and in the build; `mkdocs.yml` may add to it."""
_TEXT = {
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "code",
    "kbd",
    "samp",
    "var",
    "em",
    "strong",
    "b",
    "i",
    "u",
    "s",
    "del",
    "ins",
    "mark",
    "small",
    "sub",
    "sup",
    "q",
    "cite",
    "abbr",
    "dfn",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "a",
    "span",
    "div",
    "time",
    "data",
    "bdi",
    "bdo",
    "ruby",
    "rt",
    "rp",
    "wbr",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "details",
    "summary",
    "figure",
    "figcaption",
    "address",
}
_MEDIA = {"img", "picture", "source", "video", "audio", "track"}  # from this site alone
_EVERYWHERE = {"id", "class", "lang", "dir", "title", "role", "translate"}  # attributes of any
_OWN = {
    "a": "href hreflang rel target download name",
    "ol": "start type reversed",
    "li": "value",
    "td": "align colspan rowspan headers",
    "th": "align colspan rowspan headers scope abbr",
    "col": "span",
    "colgroup": "span",
    "time": "datetime",
    "data": "value",
    "q": "cite",
    "blockquote": "cite",
    "del": "cite datetime",
    "ins": "cite datetime",
    "details": "open name",
    "img": "src alt width height loading decoding",
    "source": "src srcset sizes media type width height",
    "video": "src poster width height controls preload loop muted",
    "audio": "src controls preload loop muted",
    "track": "src kind srclang label default",
    "iframe": "src title width height loading allowfullscreen",
}
"""Attributes of single elements beside those that every one may have."""
_SCHEMES = {"http", "https", "mailto", "tel", "sms", "geo", "webcal"}  # to which a link may lead
_LOADED = {"src", "srcset", "poster"}  # a browser asks for these at once
# Browsers pass over these signs in an address: `/\t/host` is `//host`.
_PASSED_OVER = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")
_HAS_HOST = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)  # `https:`, `//host`
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class Offence(Struct, frozen=True):
    """Something forbidden on a page: in words, and as written."""

    what: str  # „<script>“
    written: str  # how to find it in the text
    better: str  # what to do instead


def offences(html: str, config: SiteConfig) -> Sequence[Offence]:
    """Return what is forbidden in a page's HTML, each kind once."""
    found: list[Offence] = []
    parser = _Parser(config, found)
    parser.feed(html)
    parser.close()
    return tuple(dict.fromkeys(found))


def cleaned(html: str, config: SiteConfig) -> str:
    """Return HTML without what is forbidden, other hosts' links marked."""
    sources = tuple(frame.address for frame in config.embedded)

    def kept(tag: str, name: str, value: str) -> str | None:
        return None if _attribute(tag, name, value, sources) else value

    allowed = nh3.clean(
        html,
        tags=_TEXT | _MEDIA | ({"iframe"} if sources else set()),
        attributes={tag: set(names.split()) for tag, names in _OWN.items()} | {"*": _EVERYWHERE},
        attribute_filter=kept,
        url_schemes=_SCHEMES,
        generic_attribute_prefixes={"aria-"},
        link_rel=None,
    )
    return with_hosts(allowed)


def converted(text: str) -> str:
    """Convert a hand-written page as for its check."""
    converter = Markdown(extensions=EXTENSIONS, extension_configs={"tables": {"use_align_attribute": True}})
    return str(converter.convert(text))


def check_markup(
    html: str, text: str, file: str, config: SiteConfig, first_line: int = 1
) -> list[Diagnostic]:
    """Report what a hand-written page may not hold, at its line."""
    found: list[Diagnostic] = []
    for item in offences(html, config):
        places = _find_written_places(text, file, item.written, first_line)
        found += [
            diagnostic("fremdes-html", position, what=item.what, better=item.better) for position in places
        ]
    return found


def _find_written_places(text: str, file: str, written: str, first_line: int) -> Iterator[Position]:
    """Yield where something is written, else the file's top."""
    is_written = False
    for match in re.finditer(re.escape(written), text, re.IGNORECASE):
        is_written = True
        line = text.count("\n", 0, match.start()) + first_line
        column = match.start() - text.rfind("\n", 0, match.start())
        yield Position(file, line, column, len(match[0]))
    if not is_written:
        yield Position(file)


class _Parser(HTMLParser):
    """Notes in `found` what is forbidden, as `cleaned` would take it out."""

    def __init__(self, config: SiteConfig, found: list[Offence]) -> None:
        super().__init__(convert_charrefs=True)
        self.sources = tuple(frame.address for frame in config.embedded)
        self.found = found

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "iframe" and self.sources:
            self._check_frame_title(dict(attrs))
        elif tag not in _TEXT | _MEDIA:
            self.found.append(Offence(f"<{tag}>", f"<{tag}", _BETTER.get(tag, _PLAIN)))
            return
        for name, value in attrs:
            if better := _attribute(tag, name, value or "", self.sources):
                self.found.append(Offence(f"{name} in <{tag}>", f"{name}", better))

    def _check_frame_title(self, attrs: dict[str, str | None]) -> None:
        if not (attrs.get("title") or "").strip():
            better = 'title="…" sagt Menschen mit Screenreader, was der Rahmen zeigt'
            self.found.append(Offence("<iframe> ohne title", "<iframe", better))


def _attribute(tag: str, name: str, value: str, frames: Sequence[str]) -> str:
    """Say what is better than a forbidden attribute; empty if allowed."""
    if name.startswith("aria-"):
        return ""
    if name not in {*_EVERYWHERE, *_OWN.get(tag, "").split()}:
        return _STYLE if name == "style" else _PLAIN
    if tag == "iframe" and name == "src":
        return "" if value.startswith(tuple(frames)) else _BETTER["iframe"]
    return _advise_on_address(name, _PASSED_OVER.sub("", value))


def _advise_on_address(name: str, value: str) -> str:
    """Say what is better than a forbidden address; empty if allowed. Signs that browsers ignore are taken out first."""
    if name in _LOADED and any(_HAS_HOST.match(part) for part in value.split(",")):
        return _FOREIGN
    scheme = _SCHEME.match(value)
    if name in ("href", "cite") and scheme and scheme[1].lower() not in _SCHEMES:
        return "mit https://, mailto: oder tel: verweisen"
    if name == "href" and (deceives(value) or is_own_network(value)):
        return "die öffentliche Adresse nennen, wie sie im Browser steht, wenn die Seite offen ist"
    return ""


_PLAIN = "weglassen oder mit den Mitteln von Markdown schreiben"
_STYLE = "das Aussehen kommt aus dem Stylesheet; eine class ist möglich"
_FOREIGN = (
    "die Datei nach content/ legen und von dort zeigen: sonst erfährt ein fremder Server, wer die Seite liest"
)
_BETTER = {
    "iframe": "einen Verweis setzen; einen Rahmen erlaubt embedded in site_config.yml, und dann erfährt der andere Anbieter bei jedem Aufruf die Adresse des Geräts",
    "script": "weglassen: die Seite führt keine Skripte aus Texten aus; einen Rahmen erlaubt embedded in site_config.yml",
    "form": "einen Verweis auf das Formular oder eine Mailadresse setzen: was hier jemand eintippt, könnte an Fremde gehen",
    "style": _STYLE,
    "meta": "weglassen: eine Seite darf niemanden von selbst weiterleiten",
}


T = TypeVar("T")

OPEN = 200
"""Brackets of links that are open at once within a paragraph, and of tags within a page."""
# What takes long to convert if there is much of it, how much there may be, and its name.
COUNTED: Sequence[tuple[re.Pattern[str], int, str]] = (
    (
        re.compile(r"^ {0,3}#{1,6}|<h[1-6]|^ {0,3}[=-]+$", re.IGNORECASE | re.MULTILINE),
        2_000,
        "Überschriften",
    ),
    (re.compile(r"\[\^"), 2_000, "Fußnoten und Verweise darauf"),
    (re.compile(r"^ {0,3}\*\[", re.MULTILINE), 200, "Abkürzungen"),
    (re.compile(r"^[ \t]{0,60}!!!", re.MULTILINE), 2_000, "Kästen"),
    (re.compile(r"\\"), 20_000, "Rückstriche"),
    (re.compile(r"<(?=[a-zA-Z!/?])"), 10_000, "HTML-Elemente"),
)
LONGEST_TICKS = 20  # "`" behind each other
# Of links and tags; "less than 5" opens nothing.
_BRACKET = re.compile(r"[\[\])>]|(?<=\])\(|<(?=[a-zA-Z!/?])|\n[ \t]*(?=\n)")
_TICKS = re.compile("`" * (LONGEST_TICKS + 1))
_OPENING = {"[": "]", "(": ")", "<": ">"}
SPARE = 300
"""Calls deep that a page is checked with less room than it is built with: what passes the check passes the build."""


def excess(text: str, file: str, first_line: int = 1) -> Iterator[Diagnostic]:
    """Report what is too much, where it becomes so."""

    def place(position: int) -> Position:
        column = position - text.rfind("\n", 0, position)
        return Position(file, text.count("\n", 0, position) + first_line, column)

    for pattern, most, what in COUNTED:
        for number, match in enumerate(pattern.finditer(text), 1):
            if number > most:
                yield diagnostic("text-zu-viel", place(match.start()), what=what, limit=most)
                break
    deep = dict.fromkeys(_OPENING.values(), 0)
    for match in _BRACKET.finditer(text):
        sign = match[0]
        if sign[0] == "\n":
            # Tags are looked for in the whole page at once, links within a paragraph.
            deep |= {"]": 0, ")": 0}
        elif sign in deep:
            deep[sign] = max(0, deep[sign] - 1)
        else:
            deep[_OPENING[sign]] += 1
            if max(deep.values()) > OPEN:
                yield diagnostic(
                    "text-zu-viel", place(match.start()), what=f"offene Klammern „{sign}“", limit=OPEN
                )
                break
    if ticks := _TICKS.search(text):
        yield diagnostic("text-zu-viel", place(ticks.start()), what="„`“ hintereinander", limit=LONGEST_TICKS)


def with_room_to_spare(act: Callable[[], T]) -> T | None:
    """Do something with a margin to the recursion limit; None if it needs that."""
    try:
        return _call_at_depth(act, SPARE)
    except RecursionError:
        return None


def _call_at_depth(act: Callable[[], T], calls: int) -> T:
    return _call_at_depth(act, calls - 1) if calls else act()


# Where a paragraph of the page begins with „!!! note“, „```“ or „=== “, or a line of it with „- “.
_BLOCK = r"`{3,}|~{3,}|:::|!!!|\?\?\?|==="
_LEFT = re.compile(
    rf"(?:(?:^|<(?:p|li|dd|td|br ?/?)>)[ \t]*({_BLOCK})|^[ \t]*(- ))[+ ]?(?:<\w+>)?(\w*)", re.MULTILINE
)
_CODE = "Code in einer Liste oder einem Kasten um acht Leerzeichen einrücken, ohne Zeichen davor und dahinter; sonst beginnt er ganz links und endet mit den gleichen Zeichen"
_BETTER_MARKS = {
    "`": _CODE,
    "~": _CODE,
    "!": 'einen Kasten so beginnen: !!! note "Überschrift"; der Text steht darunter, um vier Leerzeichen eingerückt',
    "-": "vor die Liste eine leere Zeile setzen",
}
_UNKNOWN = "weglassen: so schreibt man nur mit einer Erweiterung, die in mkdocs.yml fehlt"


def left_marks(html: str, text: str, file: str, first_line: int = 1) -> Iterator[Diagnostic]:
    """Report marks shown as text, at their line where found."""
    for mark, word in dict.fromkeys(_find_marks_left_over(html)):
        place = Position(file)
        if match := written_mark(mark, word).search(text):
            place = Position(file, text.count("\n", 0, match.start()) + first_line)
        better = _BETTER_MARKS.get(mark[0], _UNKNOWN)
        yield diagnostic("zeichen-als-text", place, mark=mark.strip(), better=better)


def written_mark(mark: str, word: str) -> re.Pattern[str]:
    """Return a pattern for a mark and word at a line's beginning."""
    return re.compile(rf"^[ \t>*+-]*?{re.escape(mark)}\W{{0,8}}{re.escape(word)}", re.MULTILINE)


def _find_marks_left_over(html: str) -> Iterator[tuple[str, str]]:
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
