"""HTML and the glossary in, the same HTML out with the first occurrence of each term linked to its explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from generator.model.vocabulary import Term
from generator.render.base.markdown import plain_text
from generator.render.base.pattern import pattern
from generator.render.base.texts import Texts

# Short words such as „Umgang“ or „Heim“ are everyday language as often as they are terms.
MIN_LETTERS = 8
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
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^>]*+(?:>|\Z)", re.DOTALL)
_LINKED = re.compile(r'class="nr-term" href="[^"#]*#([^"]+)"')
_OTHER_LAW = (
    r"(?!(?:\s+(?:Abs\.|Absatz|Satz|Nr\.)\s*\d+)*\s+(?!{law}\b)(?:SGB|[A-ZÄÖÜ][\w]*G[B]?\b|StPO|ZPO))"
)


@dataclass(frozen=True, slots=True)
class TermPattern:
    """One search for all terms; the groups' names lead to ids, `titles` are the short explanations."""

    pattern: re.Pattern[str]
    ids: Mapping[str, str]
    titles: Mapping[str, str]
    without: set[str] = field(default_factory=set, compare=False)
    """Texts that were searched and hold no term: words of tables stand on many pages."""


def term_pattern(texts: Texts, glossary: Mapping[str, Term]) -> TermPattern | None:
    """Return the search for a language's terms, None for an empty glossary."""
    forms = sorted(
        ((form, key) for key, term in glossary.items() for form in _forms(texts, term)),
        key=lambda item: (-len(item[0]), item[0], item[1]),
    )
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
    """The ways in which a term stands in running text, as patterns."""
    law = term.legal_basis.law if term.legal_basis else "SGB VIII"
    for short in (term.abbreviation, *term.also):
        if short and short.startswith("§"):
            yield re.sub(r"(?:\\ )+", r"\\s", re.escape(short)) + _OTHER_LAW.format(law=re.escape(law))
        elif short and sum(sign.isupper() for sign in short) > 1 and len(short.split()) < 3:
            yield re.sub(r"(?:\\ )+", r"\\s", re.escape(short))
    name = texts.of(term, "name")
    german = texts.lang.startswith("de") if not name.lang else name.lang.startswith("de")
    if german and ("(" not in name.text) and (" " in name.text or len(name.text) >= MIN_LETTERS):
        yield _inflected(name.text)
    elif not german and name.text.count(" ") > 0:
        first = name.text[0]
        yield f"[{first.lower()}{first.upper()}]" + re.sub(r"(?:\\ )+", r"\\s", re.escape(name.text[1:]))


def _inflected(name: str) -> str:
    """A German name with the endings that its words take: „des Allgemeinen Sozialen Dienstes“."""
    *before, noun = name.split()
    words = [
        re.escape(word[:-1].removesuffix("e") if word[-1] in "rsn" else word[:-1]) + "(?:e[rnms]?)?"
        if len(word) > 4 and re.search("e[rsn]?$", word)
        else re.escape(word)
        for word in before
    ]
    whole = r"\s".join([*words, re.escape(noun) + r"(?:e?s|e?n|e)?"])
    return f"[{name[0].lower()}{name[0].upper()}]{whole[1:]}" if before and name[0].isalpha() else whole


def link_terms(html: str, terms: TermPattern | None, glossary: str) -> Markup:
    """Link each term where it first stands; `glossary` is the address of the page that explains them.

    Headings, links, code, labels and names (`<b>`) are passed over, and so is a term that is linked already.
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

    for tag in _TAG.finditer(html):
        text = html[last : tag.start()]
        pieces += [text if skipped else searched(text), tag[0]]
        last = tag.end()
        if tag[2] and tag[2].lower() in _SKIPPED and not tag[0].endswith("/>"):
            skipped = max(0, skipped + (-1 if tag[1] else 1))
    rest = html[last:]
    pieces.append(rest if skipped else searched(rest))
    return Markup("".join(pieces))
