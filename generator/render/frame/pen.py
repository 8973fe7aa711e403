"""Lead from a page to the file it is made of, where the town's forge keeps it."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from generator.model.config import Forge
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Page

_EDIT = {
    "gitlab": "{address}/-/edit/{branch}/{file}",
    "github": "{address}/edit/{branch}/{file}",
    "forgejo": "{address}/_edit/{branch}/{file}",
}
# GitLab takes no text along.
_NEW = {
    "gitlab": "{address}/-/new/{branch}/{file}",
    "github": "{address}/new/{branch}/{file}?filename=kuerzel.yml&value={text}",
    "forgejo": "{address}/_new/{branch}/{file}?filename=kuerzel.yml&value={text}",
}
"""Where each forge changes a file, and where it makes one in a folder."""
_RECORDS = {"offer": "offers", "place": "places", "provider": "providers", "office": "offices", "space": "spaces", "network": "networks"}  # fmt: skip
_OF_PAGE = {urls.PATHS[page].partition("/")[0]: folder for page, folder in _RECORDS.items()}
# For editors, who write German: no catalogue has these words.
_PEN = pattern(
    '<p class="nr-small nr-screen"><a href="{}" rel="nofollow">Diesen Eintrag bearbeiten</a></p>\n'
)
_LINES = pattern(
    '<details class="nr-more nr-screen"><summary>Neuer Eintrag</summary>\n<p>Diese Zeilen in eine <a href="{}" rel="nofollow">neue Datei</a> schreiben; ihr Name ist das Kürzel und endet auf .yml.</p>\n<textarea readonly rows="12" cols="34" aria-label="Die Zeilen">\n{}</textarea>\n</details>\n'
)


def pen(context: Context, page: Page, *, guarded: bool) -> Markup:
    """Return a record page's link to its file, a list's to a new one; none where `guarded`, and in other languages."""
    site, forge = context.site, context.site.config.forge
    if forge is None or guarded or page.lang != site.config.language:
        return Markup()
    if not (site.internal or site.drafts or forge.public):
        return Markup()
    top, _, rest = page.path.partition("/")
    folder, key = _OF_PAGE.get(top, ""), rest.removesuffix("/")
    if not key and folder in site.new_records:
        text = site.new_records[folder]
        return _LINES.format(_write_forge_address(forge, _NEW, f"resources/{folder}", text), text)
    file = site.files.get(f"{folder}/{key}")
    return _PEN.format(_write_forge_address(forge, _EDIT, file)) if file else Markup()


def _write_forge_address(forge: Forge, shapes: dict[str, str], file: str, text: str = "") -> str:
    """Return a forge's address of a file in the project."""
    return shapes[forge.kind].format(
        address=forge.address.rstrip("/"),
        branch=quote(forge.branch),
        file=quote(f"{forge.folder}/{file}" if forge.folder else file),
        text=quote(text, safe=""),
    )
