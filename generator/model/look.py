"""What a town adds to pages with MkDocs' own means."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec import field as struct_field

BLOCKS = ("announce", "footer")
"""What a town's own template may fill of the frame; everything else of it is final."""


class MenuEntry(Struct, frozen=True):
    """A hand-written page of `nav`, by its content path."""

    name: str
    title: str


class TownLook(Struct, frozen=True):
    """Pages' order, stylesheets and `main.html` from `mkdocs.yml`."""

    menu: tuple[MenuEntry, ...] = ()
    styles: Mapping[str, str] = struct_field(default_factory=dict)  # texts by path below `content/`
    template: str = ""  # the text of `main.html`
    logo: bytes = b""
