"""Turn editors' Markdown into safe HTML, and link the first occurrence of each glossary term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from generator.model.dear_numbers_and_hosts import host_of
from generator.model.vocabulary import Term
from generator.render.base.html_patterns import pattern
from generator.render.base.texts import Texts

_START, _END = "<a ", "</a>"
_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"[\w.\-]+")  # what may be a host among words


def with_hosts(html: str) -> str:
    """Show each link's host behind its words, in HTML as nh3 writes it."""
    before, *links = html.split(_START)
    return before + "".join(map(_with_host, links))


def _with_host(link: str) -> str:
    """Add the host behind a link's words, unless these name it."""
    inside, end, after = link.partition(_END)
    host = host_of(unescape(inside.partition('href="')[2].partition('"')[0]))
    words = unescape(_TAG.sub(" ", _START + inside)).casefold()
    if not end or not host or host in (name.removeprefix("www.") for name in _NAME.findall(words)):
        return _START + link
    return f"{_START}{inside}{end} (<bdi>{escape(host)}</bdi>){after}"


ALLOWED = {
    "p",
    "br",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "a",
    "blockquote",
    "h3",
    "h4",
    "h5",
    "code",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "del",
}  # elements that stay


@cache
def _make_markdown_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


_PARAGRAPHS = re.compile(r"\n\n+")
_PLAIN = re.compile(r"(?:[^\W\d_](?:[^\W_]|[ ,.;:?!()„“”‚‘’–…/%€§+-])*(?<! )(?:\n+|\Z))+")
"""Text that Markdown leaves as it is: paragraphs of words, each line starts with a letter and ends without a space."""


def markdown(text: str, *, shift: int = 2) -> Markup:
    """Return HTML with headings lowered by `shift` levels."""
    if not text:
        return Markup()
    if _PLAIN.fullmatch(text):
        return Markup("".join(f"<p>{part}</p>\n" for part in _PARAGRAPHS.split(text.strip("\n"))))
    tokens = _make_markdown_parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(5, int(token.tag[1]) + shift)}"
    html = _make_markdown_parser().renderer.render(tokens, _make_markdown_parser().options, {})
    cleaned = nh3.clean(
        html,
        tags=ALLOWED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noreferrer",
    )
    return Markup(with_hosts(cleaned))


def plain_text(text: str) -> str:
    """Return a Markdown text's words, for descriptions and search."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    words: list[str] = []
    for token in _make_markdown_parser().parse(text):
        children = token.children or []
        words += [
            child.content or " " for child in children if child.type in ("text", "code_inline", "softbreak")
        ]
        words.append(" ")
    return " ".join("".join(words).split())


# Short words such as „Umgang“ or „Heim“ are everyday language as often as they are terms.
MIN_LETTERS = 8
# Elements in which nothing is linked.
_SKIPPED = frozenset(
    [
        "a",
        "b",
        "button",
        "caption",
        "code",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "label",
        "nav",
        "option",
        "pre",
        "script",
        "style",
        "summary",
        "svg",
        "textarea",
        "th",
        "title",
    ]
)
_ANY_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^>]*+(?:>|\Z)", re.DOTALL)
_LINKED = re.compile(r'class="nr-term" href="[^"#]*#([^"]+)"')  # ids that are linked already
# Not before the name of another law: „§ 8 StGB“ isn't a paragraph of `law`.
_OTHER_LAW = (
    r"(?!(?:\s+(?:Abs\.|Absatz|Satz|Nr\.)\s*\d+)*\s+(?!{law}\b)(?:SGB|[A-ZÄÖÜ][\w]*G[B]?\b|StPO|ZPO))"
)


@dataclass(frozen=True, slots=True)
class TermPattern:
    """A pattern for all terms; group names lead to ids, `titles` explain."""

    pattern: re.Pattern[str]
    ids: Mapping[str, str]
    titles: Mapping[str, str]
    without: set[str] = field(default_factory=set, compare=False)
    """Texts that were searched and hold no term: words of tables stand on many pages."""


def term_pattern(texts: Texts, glossary: Mapping[str, Term]) -> TermPattern | None:
    """Return the pattern of a language's terms; None where no term has a form to look for."""
    forms: list[tuple[str, str]] = []
    for key, term in glossary.items():
        forms += [(form, key) for form in _forms(texts, term)]
    forms.sort(key=lambda item: (-len(item[0]), *item))
    if not forms:
        return None
    groups = [f"(?P<t{number}>{form})" for number, (form, _) in enumerate(forms)]
    titles = {key: plain_text(texts.of(term, "meaning").text) for key, term in glossary.items()}
    return TermPattern(
        re.compile(r"(?<![\w§-])(?:" + "|".join(groups) + r")(?![\w-])"),
        {f"t{number}": key for number, (_, key) in enumerate(forms)},
        titles,
    )


def _forms(texts: Texts, term: Term) -> Iterator[str]:
    """Return a term's forms in running text, as patterns."""
    law = term.legal_basis.law if term.legal_basis else "SGB VIII"
    for short in filter(None, (term.abbreviation, *term.also)):
        if short.startswith("§"):
            yield _spaced(short) + _OTHER_LAW.format(law=re.escape(law))
        elif sum(sign.isupper() for sign in short) > 1 and len(short.split()) < 3:  # „ASD“, „HzE“
            yield _spaced(short)
    name = texts.of(term, "name")
    yield from _forms_of_name(name.text, name.lang or texts.lang)


def _forms_of_name(name: str, lang: str) -> Iterator[str]:
    """Return a name's forms, none for one everyday word."""
    if lang.startswith("de"):
        if "(" not in name and (" " in name or len(name) >= MIN_LETTERS):
            yield _inflected(name)
    elif " " in name:
        first = name[0]
        yield f"[{first.lower()}{first.upper()}]{_spaced(name[1:])}"


def _spaced(words: str) -> str:
    """Return a pattern for words with any blank between them."""
    return re.sub(r"(?:\\ )+", r"\\s", re.escape(words))


def _inflected(name: str) -> str:
    """Return a pattern for inflected German: „des Allgemeinen Sozialen Dienstes“."""
    *before, noun = name.split()
    words = [*map(_adjective, before), re.escape(noun) + r"(?:e?s|e?n|e)?"]
    whole = r"\s".join(words)
    if not before or not name[0].isalpha():
        return whole
    return f"[{name[0].lower()}{name[0].upper()}]{whole[1:]}"


def _adjective(word: str) -> str:
    """Let what looks like an adjective take endings."""
    stem = re.fullmatch("(.{3,}?)e[rsn]?", word)
    return re.escape(stem[1]) + "(?:e[rnms]?)?" if stem else re.escape(word)


def link_terms(html: str, terms: TermPattern | None, glossary: str) -> Markup:
    """Link each term at its first mention to the page at `glossary`.

    Headings, links, code, labels, names (`<b>`) and terms linked already are passed over.
    """
    if terms is None:
        return Markup(html)
    html = str(html)  # slices of Markup are Markup, each made with much ado
    seen = set(_LINKED.findall(html))
    pieces: list[str] = []
    skipped = last = 0

    def link(match: re.Match[str]) -> str:
        key = terms.ids[str(match.lastgroup)]
        if key in seen:
            return match[0]
        seen.add(key)
        opening = pattern('<a class="nr-term" href="{}#{}" title="{}">').format(
            glossary, key, terms.titles[key]
        )
        return f"{opening}{match[0]}</a>"

    def searched(text: str) -> str:
        # Half of all texts are line ends between two tags.
        if text in terms.without or text.isspace():
            return text
        found, count = terms.pattern.subn(link, text)
        if not count:
            terms.without.add(text)
        return found

    for tag in _ANY_TAG.finditer(html):
        text = html[last : tag.start()]
        pieces += [text if skipped else searched(text), tag[0]]
        last = tag.end()
        skipped = max(0, skipped + _deeper(tag))
    rest = html[last:]
    pieces.append(rest if skipped else searched(rest))
    return Markup("".join(pieces))


def _deeper(tag: re.Match[str]) -> int:
    """Return 1 for a tag that opens a skipped element, -1 for its end, else 0."""
    if not tag[2] or tag[2].lower() not in _SKIPPED or tag[0].endswith("/>"):
        return 0
    return -1 if tag[1] else 1
