"""The workspace before a case conference: from danger, will and goals to ideas along the ladder. It holds no case; its script works in the browser alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import View
from generator.render.data_files.own_list import block_count
from generator.render.directory.child_protection import (
    ProtectionLine,
    adviser_lines,
    custody_lines,
    emergency_lines,
    office_lines,
    on_call_lines,
    professional_lines,
)
from generator.render.directory.record_lines import SheetLink
from generator.render.frame.page_frame import own_name
from generator.subjects.casework.page_sheets import sheet_links
from generator.subjects.casework.page_words import PromptGroup, handout_words, prompt_groups

NEUTRAL = ("notruf", "bereitschaftsdienst", "elterntelefon")
"""Help numbers that nobody wonders about: on a neutral card they stand around those that protect."""


@dataclass(frozen=True, slots=True)
class CaseView(View):
    """Whom to call in danger, the questions about a family's own resources, the blank sheets, and `data` for the script."""

    template = "case.html"

    emergency: Sequence[ProtectionLine]
    on_call: Sequence[ProtectionLine]
    offices: Sequence[ProtectionLine]
    custody: Sequence[ProtectionLine]
    advisers: Sequence[ProtectionLine]
    professionals: Sequence[ProtectionLine]
    prompts: Sequence[PromptGroup]
    sheets: Sequence[SheetLink]
    data: Markup


def render(context: Context, key: str = "") -> Page:
    """Make the page."""
    del key
    _ = context.texts.gettext
    path = context.path("case")
    view = CaseView(
        emergency=emergency_lines(context),
        on_call=on_call_lines(context),
        offices=office_lines(context),
        custody=custody_lines(context),
        advisers=adviser_lines(context),
        professionals=professional_lines(context),
        prompts=prompt_groups(context),
        sheets=sheet_links(context, path),
        data=_data(context, path),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="case",
        title=_("Fallgespräch vorbereiten"),
        description=_("Vom Willen der Familie zu Ideen aus dem Sozialraum. Nichts wird gespeichert oder gesendet."),
        body=context.render(view, path),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        indexed=False,
    )  # fmt: skip


def _data(context: Context, path: str) -> Markup:
    """What the script needs in each of the site's languages, and the numbers of the neutral card."""
    config = context.site.config
    languages: dict[str, Any] = {}
    for lang in config.languages:
        other = context if lang == context.lang else Context(context.site, context.facts, lang, context.paths)
        prompts: dict[str, str] = {}
        for group in prompt_groups(other):
            prompts |= {prompt.id: prompt.text for prompt in group.prompts}
        numbers = [other.site.words.help[key] for key in NEUTRAL if key in other.site.words.help]
        languages[lang] = {
            "name": own_name(context, lang),
            "dir": other.texts.dir,
            "folder": urls.relative(path, other.path("remembered")),
            "root": config.url.rstrip("/") + "/" + other.path("home"),
            "words": handout_words(other),
            "prompts": prompts,
            "neutral": [[other.texts.name(number), number.number] for number in numbers],
        }
    content = {"blocks": block_count(context), "internal": context.site.internal, "languages": languages}
    return Markup(json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
