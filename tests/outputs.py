"""A built site in, what programs other than ours make of its files out: read by the parsers that people's programs use."""

import csv
import io
import json
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import openpyxl
import rdflib
from icalendar import Calendar
from icalendar.parser import Contentlines
from lxml import etree
from PIL import Image
from pypdf import PdfReader

EVIL = "nrboese"
"""Stands in every hostile text: where a program would run it, load it or take it for a name, it was let through."""
UNMARKABLE = frozenset({"head", "blockquote", "script", "style", "option", "svg"})
WORD = re.compile(r"Wort[0-9]{4}")
"""Begins or ends each hostile text, and tells them apart."""
_FORMULA = re.compile(r"[=+\-@\t\r](?!$)")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")
_ELEMENTS = {"applet", "base", "embed", "frame", "frameset", "marquee", "noscript", "object", "portal"}
_TWICE = re.compile(r'&(?:amp|#34|#39|quot);|<(?:span|bdi) (?:lang|dir)="')
"""What no reader should see: an escaped sign, and the element that marks words of another language."""
_LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href", "ping"}


def problems(site: Path) -> Iterator[str]:
    """Yield what is wrong with any file, each with its path."""
    for path in sorted(site.rglob("*")):
        if path.is_file():
            name = path.relative_to(site).as_posix()
            read = READERS.get(path.suffix) or READERS.get(path.name)
            if read is None:
                yield f"{name}: nobody reads such a file"
                continue
            try:
                for problem in read(path):
                    yield f"{name}: {problem}"
            except Exception as error:  # noqa: BLE001 - that a parser gives up is the find
                yield f"{name}: can't be read: {type(error).__name__}: {str(error)[:300]}"


def unmarked(site: Path) -> Mapping[str, str]:
    """Return the words that English pages show as if they were English, as `WORD` finds them, and a page of each."""
    found: dict[str, str] = {}
    for path in sorted((site / "en").rglob("*.html")):
        for text in _texts_in(_document(path)[0], "", "en"):
            for word in WORD.findall(text):
                found.setdefault(word, path.relative_to(site).as_posix())
    return found


def _texts_in(element: Any, lang: str, wanted: str) -> Iterator[str]:
    """Yield the texts of a page in a language.

    Left out is what isn't read or can't hold a mark: heads, citations to be copied, choices of a form, drawings, and the links that say
    where the page stands.
    """
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in UNMARKABLE:
        return
    if "nr-crumbs" in element.get("class", "").split():
        return
    lang = element.get("lang", lang)
    if element.text and lang == wanted:
        yield element.text
    for child in element:
        yield from _texts_in(child, lang, wanted)
        if child.tail and lang == wanted:
            yield child.tail


def _document(path: Path) -> tuple[Any, list[Any]]:
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=False
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(path.read_text("utf-8"))
    return tree, parser.errors


def _html(path: Path) -> Iterator[str]:
    tree, errors = _document(path)
    for position, code, values in errors[:3]:
        yield f"HTML {code} at {position}: {values}"
    for element in tree.iter():
        tag = element.tag if isinstance(element.tag, str) else "!comment"
        if tag == "!comment":
            yield f"a comment: {str(element.text)[:60]}"
            continue
        tag = tag.rpartition("}")[2]
        if EVIL in tag or tag in _ELEMENTS:
            yield f"<{tag}>"
        if tag == "script" and (content := (element.text or "").strip()):
            if "json" not in element.get("type", ""):
                yield f"a script in the page: {content[:60]}"
            json.loads(content)
        if tag == "style" and element.text:
            yield "a style in the page"
        if tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "the page leads on by itself"
        for key, value in element.attrib.items():
            yield from _attribute(tag, str(key), value)
        # A frame to be copied is shown as text.
        told = () if tag in ("script", "style", "code") else (element.text, *element.attrib.values())
        for text in (*told, element.tail):
            if text and (shown := _TWICE.search(text)):
                yield f"escaped twice in <{tag}>: {text[max(0, shown.start() - 40) : shown.end() + 20]}"


def _attribute(tag: str, key: str, value: str) -> Iterator[str]:
    name = key.rpartition("}")[2].lower()
    if name.startswith("on") or name in ("style", "srcdoc") or EVIL in name:
        yield f"{name} in <{tag}>"
    where = re.sub(r"[\s\x00-\x20]", "", value).lower()
    if name in ("href", *_LOADS) and re.match(r"(javascript|vbscript|data:text|file|blob):", where):
        yield f"{name}={value[:60]}"
    if name in _LOADS and (urlsplit(where).netloc or EVIL in where):
        yield f"{name} loads {value[:60]}"
    if tag == "link" and name == "href" and urlsplit(where).netloc and EVIL in urlsplit(where).netloc:
        yield f"a link to {value[:60]}"


def _json(path: Path) -> Iterator[str]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a key twice")
        return dict(pairs)

    def none(constant: str) -> Any:
        raise ValueError(constant)

    content = json.loads(path.read_text("utf-8"), object_pairs_hook=once, parse_constant=none)
    if path.name == "datapackage.json":
        for resource in content["resources"]:
            if EVIL in resource["path"] or not (path.parent / resource["path"]).is_file():
                yield f"names {resource['path'][:80]}"


def _script(path: Path) -> Iterator[str]:
    node = shutil.which("node")
    if node is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "script.mjs"
        shutil.copy(path, module)
        done = subprocess.run([node, "--check", str(module)], capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"no JavaScript: {done.stderr.strip().splitlines()[-1:]}"


def _table(path: Path) -> Iterator[str]:
    text = path.read_bytes().decode("utf-8-sig")
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    if len({len(row) for row in rows}) != 1:
        yield f"rows of {sorted({len(row) for row in rows})} cells"
    for row in rows:
        for cell in row:
            if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
                yield f"a formula: {cell[:60]!r}"
    if separator == "," and any(EVIL in cell for cell in rows[0]):
        yield "a name of a column comes from a text"


def _workbook(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    if book._external_links or book.vba_archive:
        yield "links out of the workbook"
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"a formula: {str(cell.value)[:60]!r}"
                if cell.hyperlink is not None and EVIL in str(cell.hyperlink.target):
                    yield f"a link to {cell.hyperlink.target}"


_CARD = {
    "ADR", "BEGIN", "EMAIL", "END", "FN", "GEO", "N", "NOTE", "ORG", "REV", "TEL", "UID", "URL", "VERSION",
}  # fmt: skip
_PROPERTIES = {
    "CALSCALE", "CATEGORIES", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DURATION", "EXDATE", "GEO",
    "LAST-MODIFIED", "LOCATION", "METHOD", "NAME", "PRODID", "RDATE", "REFRESH-INTERVAL", "RRULE", "SEQUENCE",
    "STATUS", "SUMMARY", "TRANSP", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "UID", "URL", "VERSION",
    "X-LIC-LOCATION", "X-PUBLISHED-TTL", "X-WR-CALNAME", "X-WR-TIMEZONE",
}  # fmt: skip


def _folded(data: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "a line that ends otherwise than with CR LF"
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        yield "a line of more than 75 bytes"


def _card(path: Path) -> Iterator[str]:
    """Read an address book's entry: its lines are those of calendars, and no text makes a line of its own."""
    data = path.read_bytes()
    yield from _folded(data)
    names = [str(line.parts()[0]).upper() for line in Contentlines.from_ical(data) if line]  # type: ignore[no-untyped-call]
    if (names[0], names[-1], names.count("BEGIN"), names.count("END")) != ("BEGIN", "END", 1, 1):
        yield "more or less than one entry"
    for name in ("VERSION", "FN", "N", "UID"):
        if names.count(name) != 1:
            yield f"{names.count(name)} times {name}"
    for name in sorted({*names} - _CARD):
        yield f"a property {name}"


def _calendar(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield from _folded(data)
    calendar = Calendar.from_ical(data)
    for part in calendar.walk():
        if part.errors:
            yield f"{part.errors[:2]}"
        if part.name not in ("VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT"):
            yield f"a component {part.name}"
        for name in part:
            # An alarm may show its text and no more: one that mails or plays would reach out.
            if (name == "ACTION" and part.name == "VALARM" and part[name] == "DISPLAY") or name == "TRIGGER":
                continue
            if name not in _PROPERTIES:
                yield f"a property {name}"


def _xml(path: Path) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.parse(str(path), parser)
    if tree.docinfo.doctype:
        yield "a document type"
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element).localname
        if EVIL in tag or tag in ("script", "foreignObject", "handler"):
            yield f"<{tag}>"
        for key, value in element.attrib.items():
            yield from _attribute(tag, str(key), str(value))


def _triples(path: Path) -> Iterator[str]:
    graph = rdflib.Graph()
    graph.parse(path, format="turtle" if path.suffix == ".ttl" else "xml")
    for triple in graph:
        for term in triple[:2]:
            if EVIL in str(term) and not isinstance(term, rdflib.Literal):
                yield f"a name that comes from a text: {str(term)[:80]}"
    if path.suffix == ".rdf":
        yield from _xml(path)


def _paper(path: Path) -> Iterator[str]:
    reader = PdfReader(path)
    told = str(reader.trailer["/Root"]) + "".join(str(page.get("/Annots", "")) for page in reader.pages)
    for word in ("/JavaScript", "/JS", "/OpenAction", "/Launch", "/EmbeddedFiles", "/AA"):
        if re.search(rf"'{word}'", told):
            yield word
    if not any(page.extract_text().strip() for page in reader.pages):
        yield "no text"


def _picture(path: Path) -> Iterator[str]:
    with Image.open(path) as picture:
        picture.verify()
    return iter(())


def _lines(path: Path) -> Iterator[str]:
    """A file of rules: no line of it begins with what an editor wrote."""
    for line in path.read_text("utf-8").split("\n"):
        if re.match(rf"\s*[^:]*{EVIL}", line) and not line.startswith("/"):
            yield f"a line: {line[:60]}"


def _style(path: Path) -> Iterator[str]:
    if EVIL in path.read_text("utf-8"):
        yield "a text in a stylesheet"


READERS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    ".html": _html,
    ".json": _json,
    ".geojson": _json,
    ".js": _script,
    ".csv": _table,
    ".xlsx": _workbook,
    ".ics": _calendar,
    ".vcf": _card,
    ".xml": _xml,
    ".atom": _xml,
    ".svg": _xml,
    ".rdf": _triples,
    ".ttl": _triples,
    ".pdf": _paper,
    ".png": _picture,
    ".css": _style,
    ".txt": _lines,
    "_headers": _lines,
    ".nahraum-site": _lines,
}
"""Who reads which kind of file; a kind that nobody reads is a find."""
