"""An edition in, its finished text out: components filled, Markdown converted, sources listed.

It is put together twice: once with the site's figures, to see what is used, and once with nothing but that. So a draft
and a published edition come about in the same way, and what an edition shows is exactly what is frozen with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markdown import Markdown
from markupsafe import Markup

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.editions import Edition, Frozen, from_json, to_json
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Heading, headings
from generator.render.components.calls import (
    check_text,
    find_calls,
    page_path,
    position_in,
    render_call,
    replace_calls,
)
from generator.render.frame.markup_policy import cleaned
from generator.render.written_reports.edition_call_site import EditionCallSite, freeze, thawed
from generator.render.written_reports.edition_components import REPORT_COMPONENTS, SOURCES
from generator.render.written_reports.source_list import source_list
from generator.render.written_reports.unproven_words import unproven_words

_EXTENSIONS = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "sane_lists", "tables", "toc")


@dataclass(frozen=True, slots=True)
class WrittenEdition:
    """The finished text of an edition with its headings, and the figures it was made from."""

    body: Markup
    headings: tuple[Heading, ...]
    frozen: Frozen
    labels: Mapping[str, tuple[str, int]]
    space: str
    """The name of the area that it is about, nothing for an edition about none."""


def frozen_of(context: Context, edition: Edition) -> Frozen:
    """Return an edition's figures: those it was published with, else those of the site that it uses."""
    if edition.frozen is not None:
        return edition.frozen
    found, _problems = collect(context, edition)
    return found


def collect(context: Context, edition: Edition) -> tuple[Frozen, list[Diagnostic]]:
    """Put an edition together with the site's figures; return what it used, and what does not work, with its line."""
    own = context.in_main_language()
    here = EditionCallSite(own, "", edition=edition)
    if edition.head.space is not None and edition.head.space in own.site.spaces:
        here.used.spaces[edition.head.space] = None
    problems = _try(here, edition)
    # Written and read at once, so that a draft shows what a file of frozen figures will hold.
    return from_json(to_json(freeze(own, here.used))), problems


def check_editions(context: Context) -> list[Diagnostic]:
    """Try every component of every edition; report what does not work with file, line and suggestion."""
    found: list[Diagnostic] = []
    for edition in context.site.editions.values():
        found += try_edition(context, edition)
    return found


def try_edition(context: Context, edition: Edition) -> list[Diagnostic]:
    """Try every component of an edition with the figures that it has; a published one has its own."""
    if edition.frozen is None:
        return collect(context, edition)[1]
    here = EditionCallSite(thawed(context, edition.frozen), "", edition=edition, kept=edition.frozen)
    return _try(here, edition)


def _try(here: EditionCallSite, edition: Edition) -> list[Diagnostic]:
    calls, found = find_calls(edition.text, edition.file, edition.first_line)
    found += check_text(edition.text, calls, edition.file, here.context.site.config, edition.first_line)
    see = []
    for call in calls:
        at = position_in(edition.text, call.start, call.end, edition.file, edition.first_line)
        found += render_call(call, here, at, REPORT_COMPONENTS)[1]
        if call.name == "see":
            see.append((call, at))
        shows = call.named.get("show") == "interval" and call.name == "figure"
        if shows and edition.text[: call.start].rstrip().casefold().endswith("zwischen"):
            found.append(diagnostic("baustein-zwischen", at))
    found += unproven_words(here, edition, calls)
    for call, at in see:
        label = next(iter([*call.positional, *call.named.values()]), None)
        if isinstance(label, str) and label not in here.labels:
            better = "möglich sind: " + (
                ", ".join(here.labels) or "noch keine, label='name' benennt eine Abbildung"
            )
            found.append(
                diagnostic("baustein-verweis", at, name="see", argument="label", value=label, better=better)
            )
    return found


def write_edition(context: Context, edition: Edition, path: str) -> WrittenEdition:
    """Return the finished text of an edition for the page at `path`."""
    key = ("edition", edition.key, path)
    if key not in context.fragments:
        frozen = frozen_of(context, edition)
        view = thawed(context, frozen)
        first = EditionCallSite(view, path, edition=edition, kept=frozen)
        _try(first, edition)
        second = EditionCallSite(view, path, edition=edition, kept=frozen)
        second.labels = dict(first.labels)
        context.fragments[key] = _put_together(second, edition, frozen)
    found: WrittenEdition = context.fragments[key]
    return found


def _put_together(here: EditionCallSite, edition: Edition, frozen: Frozen) -> WrittenEdition:
    calls, _problems = find_calls(edition.text, edition.file)
    # What is wrong with a component was reported before the build; here every one works.
    rendered = [render_call(call, here, Position(edition.file), REPORT_COMPONENTS)[0] for call in calls]
    text, tokens = replace_calls(edition.text, calls, rendered)
    html = tokens.put_back(_converted(here, text))
    html = _linked(html, edition, here.path)
    listed = source_list(here)
    if SOURCES in html:
        html = html.replace(str(SOURCES), str(listed), 1).replace(str(SOURCES), "")
    else:
        html += str(listed)
    space = frozen.spaces.get(edition.head.space) if edition.head.space else None
    return WrittenEdition(Markup(html), headings(html), frozen, here.labels, space.name if space else "")


def _converted(here: EditionCallSite, text: str) -> str:
    _ = here.context.gettext
    converter = Markdown(
        extensions=list(_EXTENSIONS),
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": _("Zurück zur Stelle im Text")},
            "tables": {"use_align_attribute": True},
        },
    )
    html = cleaned(converter.convert(text), here.context.site.config)
    # The title is the page's only first heading.
    return re.sub(r"<(/?)h1\b", r"<\1h2", html)


def _linked(html: str, edition: Edition, path: str) -> str:
    """Turn links to Markdown files into links to their pages."""
    origin = f"berichte/{edition.report}/{edition.name}.md"

    def lead(match: re.Match[str]) -> str:
        target, anchor = match[1], match[2] or ""
        folders = origin.split("/")[:-1]
        for step in target.split("/"):
            if step == "..":
                folders = folders[:-1]
            elif step != ".":
                folders = [*folders, step]
        return f'href="{urls.relative(path, page_path("/".join(folders)))}{anchor}"'

    return re.sub(r'href="((?![a-z]+:)[^"#:]+\.md)(#[^"]*)?"', lead, html)
