"""Turn hand-written Markdown into pages with components."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import unescape
from typing import Any

from markupsafe import Markup

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.crisis import crisis_language
from generator.pipeline.build import Project
from generator.pipeline.plan import SitePlan
from generator.read.mkdocs_settings import MKDOCS
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Crumb, Page, headings
from generator.render.components.calls import (
    COMPONENTS,
    CallSite,
    Tokens,
    find_calls,
    render_call,
    replace_calls,
)
from generator.render.frame.families import editorial_family
from generator.render.frame.markup_policy import cleaned, offences
from generator.render.pages.first_door import draft_text, unread

_HEADING = "<h2 id="  # how MkDocs begins a heading


def left_out(name: str, what: str) -> Diagnostic:
    """Say what of a plugin or hook doesn't run."""
    better = f"prüfen, ob „{name}“ ohne das noch gebraucht wird; sonst in mkdocs.yml löschen"
    if name == "search":
        better = "„search“ löschen: die Suche von Nahraum ist schon da"
    return diagnostic("plugin-uebergangen", Position(MKDOCS), name=name, what=what, better=better)


def failed(reason: str) -> Diagnostic:
    """Say why MkDocs or a plugin ended the build."""
    return diagnostic("plugin-gescheitert", Position(MKDOCS), reason=reason)


def is_grave(project: Project, name: str) -> bool:
    """Tell whether a page is for people in danger."""
    return project.site is not None and crisis_language(name, project.site.config.trees) is not None


_SECTIONS = {
    "professionals": "Für Fachkräfte",
    "reports": "Berichte",
    "help": "Sofort Hilfe",
    "about": "Über diese Seite",
}
"""The sections (`urls.section`) whose home stands as a crumb above a hand-written page, with their names."""


def take_components(plan: SitePlan, name: str, path: str, text: str) -> tuple[str, Tokens]:
    """Return a page's Markdown with tokens, and their HTML."""
    context = plan.contexts[urls.language_of(name, plan.site.config.trees)]
    place = CallSite(context, path)
    calls, _ = find_calls(text, name)
    # What is wrong with a component was reported before the build; here every one works.
    rendered = [render_call(call, place, Position(name), COMPONENTS)[0] for call in calls]
    return replace_calls(text, calls, rendered)


def put_components(plan: SitePlan, name: str, html: str, tokens: Tokens) -> tuple[str, list[Diagnostic]]:
    """Clean a page's HTML and put components in, reporting each removed kind."""
    place = Position(f"content/{name}")
    found = [
        diagnostic("html-weggelassen", place, what=item.what, better=item.better)
        for item in offences(html, plan.site.config)
    ]
    return tokens.put_back(cleaned(html, plan.site.config)), found


def written_page(
    plan: SitePlan, name: str, path: str, meta: Mapping[str, Any], content: str, title: str
) -> Page:
    """Return a hand-written page, ready for its frame."""
    main = plan.site.config.language
    lang = urls.language_of(name, plan.site.config.trees)
    context = plan.contexts[lang]
    bare_path = path if lang == main else path.removeprefix(f"{lang}/")
    written = meta.get("date")
    section = urls.section(bare_path)
    # No link to a glossary may lead away from urgent help; texts in Leichte Sprache explain their words themselves.
    plain = context.first_door or section in {"help", "plain"}
    explained = Markup(content) if plain else context.explain(path, Markup(content))
    if meta.get("fold"):
        explained = folded(explained)
    return Page(
        path=path,
        lang=lang,
        family=editorial_family(bare_path),
        title=str(meta.get("title") or unescape(title)),
        description=str(meta.get("description", "")),
        body=pattern('<div class="nr-prose md-typeset">{}</div>').format(explained)
        + _draft(plan, context, name),
        crumbs=_crumbs(context, bare_path),
        toc=headings(content),
        date=written if isinstance(written, dt.date) else None,
    )


def folded(html: Markup) -> Markup:
    """Fold what follows each `<h2>`; links to it unfold."""
    before, *parts = str(html).split(_HEADING)
    made = [before]
    for part in parts:
        heading, end, text = part.partition("</h2>")
        summary = f"<summary>{_HEADING}{heading}{end}</summary>"
        made.append(f'<details class="nr-part">{summary}{text}</details>')
    return Markup("".join(made))


def _crumbs(context: Context, bare_path: str) -> tuple[Crumb, ...]:
    """Return what stands above a page: its section, unless it is that one's home."""
    section = urls.section(bare_path)
    if bare_path.count("/") < 2 or section not in _SECTIONS:
        return ()
    return (context.crumb(context.texts.gettext(_SECTIONS[section]), section),)


def _draft(plan: SitePlan, context: Context, name: str) -> Markup:
    """Say below a crisis text, or one in a first door's language, that it isn't reviewed."""
    grave = crisis_language(name, plan.site.config.trees) is not None
    reviewed = name in plan.site.reviews if grave else not (context.first_door and unread(context))
    if reviewed:
        return Markup()
    _ = context.texts.gettext
    sentence = _("Entwurf: Diesen Text hat noch niemand geprüft.")
    sentence = draft_text(context.texts) if context.first_door else sentence
    return pattern(
        '<div class="nr-note nr-note--warning">{}<div><span class="nr-vh">{} </span><p>{}</p></div></div>'
    ).format(context.icon("alert-outline"), _("Achtung:"), sentence)
