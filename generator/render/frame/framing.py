"""The paths of a site in, the file `_headers` out: what a server should send and a page can't say of itself.

Hosts that read this file add up the rules that match an address, and of two policies the stricter holds. So the pages
that others may frame get their policy from one rule alone, and all others from a rule for their folder.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.export.web_server import EVERYBODY, HEADERS, ITSELF, UNLISTED, framed_by
from generator.render.base.context import Context
from generator.render.frame.embeds import is_on


def header_file(contexts: Iterable[Context], paths: Iterable[str], policy: str) -> str:
    """Return the rules; `policy` is the Content Security Policy that the pages themselves carry."""
    contexts = list(contexts)
    framed = frameable(contexts)
    roots = [context.path("home") for context in contexts]
    folders = sorted({_folder(path, roots) for path in paths} - set(framed))
    sent = HEADERS if contexts[0].site.listed else HEADERS | UNLISTED
    everywhere = "".join(f"  {name}: {value}\n" for name, value in sent.items())
    rules = [f"/*\n{everywhere}", "/sw.js\n  Cache-Control: no-cache\n"]
    rules += [
        f"/{folder}{'' if folder in roots else '*'}\n  Content-Security-Policy: {framed_by(policy, ITSELF)}\n"
        for folder in folders
    ]
    rules += [f"/{folder}*\n  Content-Security-Policy: {framed_by(policy, EVERYBODY)}\n" for folder in framed]
    return "\n".join(rules)


def frameable(contexts: Iterable[Context]) -> tuple[str, ...]:
    """Return the folders whose pages other sites may show in a frame."""
    return tuple(context.path("embeds") for context in contexts if is_on(context) and not context.door)


def _folder(path: str, roots: list[str]) -> str:
    """Return the first folder below the root of the path's language, or that root itself."""
    root = max((root for root in roots if path.startswith(root)), key=len, default="")
    first, slash, _ = path.removeprefix(root).partition("/")
    return f"{root}{first}{slash}"
