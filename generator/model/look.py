"""What a town adds to pages with MkDocs' own means."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec import field as struct_field

BLOCKS = ("announce", "footer")
"""What a town's own template may fill of the frame; everything else of it is final."""


class MenuEntry(Struct, frozen=True):
    """A hand-written page that `nav` names, by the name of its file below `content/`."""

    name: str
    title: str


class TownLook(Struct, frozen=True):
    """What `mkdocs.yml` says of pages: which are named in what order, stylesheets in theirs, the town's `main.html`."""

    menu: tuple[MenuEntry, ...] = ()
    styles: Mapping[str, str] = struct_field(default_factory=dict)
    template: str = ""
    logo: bytes = b""
