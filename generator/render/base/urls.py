"""Build every address of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from generator.model.site import Site
from generator.parts import given

PATHS: dict[str, str] = {
    "home": "",
    "offers": "angebote/",
    "offer": "angebote/{id}/",
    "offer-list": "angebote/nach/{id}/",
    "topics": "themen/",
    "topic": "themen/{id}/",
    "spaces": "sozialraeume/",
    "space": "sozialraeume/{id}/",
    "week": "sozialraeume/{id}/diese-woche/",
    "street-lists": "sozialraeume/strassen/",
    "street-list": "sozialraeume/strassen/{id}/",
    "places": "orte/",
    "place": "orte/{id}/",
    "place-list": "orte/seite/{id}/",
    "providers": "traeger/",
    "provider": "traeger/{id}/",
    "provider-list": "traeger/seite/{id}/",
    "networks": "netzwerke/",
    "network": "netzwerke/{id}/",
    "offices": "aemter/",
    "office": "aemter/{id}/",
    "youth": "fuer-dich/",
    "rights": "deine-rechte/",
    "arrival": "ankommen/",
    "help": "hilfe-sofort/",
    "safe": "hilfe-sofort/sicher/",
    "professionals": "fachkraefte/",
    "who": "fachkraefte/wer-ist-wer/",
    "news": "fachkraefte/tipps-und-themen/",
    "state": "intern/stand/",
    "fields": "intern/felder/",
    "remembered": "merkliste/",
    "offline": "offline/",
    "embeds": "einbetten/",
    "embed": "einbetten/{id}/",
    "glossary": "fachkraefte/glossar/",
    "reports": "berichte/",
    "folder": "{id}",
    "data": "daten/",
    "editors": "redaktion/",
    "imprint": "impressum/",
    "privacy": "datenschutz/",
    "accessibility": "barrierefreiheit/",
    "plain": "leichte-sprache/",
    "about": "ueber/",
    "licences": "ueber/lizenzen/",
}  # by kind of page; subjects add theirs
for _paths in given("__init__", "PATHS"):
    PATHS |= _paths
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)  # `https:`, `mailto:`


def path(kind: str, id: str = "") -> str:
    """Return a page's path within its language's folder."""
    return PATHS[kind].format(id=id)


def section(target: str) -> str:
    """Return the kind of page at a path's top folder; empty for none.

    >>> section("fachkraefte/verfahren/"), section("impressum.html")
    ('professionals', '')
    """
    top = target.partition("/")[0] + "/"
    return next((kind for kind, path_of_kind in PATHS.items() if path_of_kind == top), "")


def localised(lang: str, default: str, target: str) -> str:
    """Put a language's folder before a path; the default has none."""
    return target if lang == default else f"{lang}/{target}"


def language_of(file: str, languages: Sequence[str]) -> str:
    """Return a content file's language, by its first folder."""
    top = file.split("/", 1)[0]
    return top if top in languages[1:] else languages[0]


def page_path(name: str) -> str:
    """Return a hand-written page's path: `a/b.md` is shown at `a/b/`."""
    stem = name.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def relative(origin: str, target: str) -> str:
    """Return the link between two paths; other hosts' addresses stay."""
    if target.startswith("#") or (":" in target and _EXTERNAL.match(target)):
        return target
    target, mark, anchor = target.partition("#")
    if origin.partition("/")[0] != target.partition("/")[0]:  # up to the root: they share no folder
        return (("../" * origin.count("/") + target) or "./") + mark + anchor
    folders = origin.split("/")[:-1]
    steps = target.split("/")
    same = 0
    for one, other in zip(folders, steps[:-1], strict=False):
        if one != other:
            break
        same += 1
    link = "../" * (len(folders) - same) + "/".join(steps[same:])
    return (link or "./") + mark + anchor


def telephone(number: str) -> str:
    """Return a number's `tel:` link, with +49 unless short, free of charge (0800) or foreign."""
    digits = re.sub(r"[^\d+]", "", number)
    if digits.startswith("0") and len(digits) > 7 and not digits.startswith(("00", "0800")):
        digits = "+49" + digits[1:]
    return f"tel:{digits}"


def qr_code(address: str) -> Markup:
    """Return a QR code as inline SVG without size and margin."""
    # Loaded where pages are made, not where they are only checked.
    import segno

    # Choosing the best of eight masks helps bad scanners on bad prints only, and takes most of the time.
    code = segno.make(address, error="m", mask=0, micro=False)
    return Markup(code.svg_inline(border=0, omitsize=True, dark="#000", svgclass=None, lineclass=None))


def moved(site: Site, folder: str) -> dict[str, str]:
    """Return by earlier id a record's id: what is protected has none. An id that is taken again is somebody else's."""
    records = site.records(folder)
    return {
        earlier: key
        for key, record in records.items()
        for earlier in record.earlier_ids
        if earlier not in records
    }
