"""A plan and a template environment in, whole documents out: each frame is rendered once and then filled."""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import Environment

from generator.check.links import PageLinks, scan
from generator.pipeline.plan import SitePlan
from generator.render.base.page import Page
from generator.render.frame.page_frame import SLOTS, ShellValues, shell_values, slots
from generator.render.pages.home import search_form
from generator.theme import material


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a site, one for each language, family and depth."""

    plan: SitePlan
    environment: Environment = field(default_factory=material.plain_environment)
    shells: dict[tuple[str, str, int], material.Shell] = field(default_factory=dict)
    """Those that were asked for before."""
    links: dict[tuple[str, str, int], PageLinks] = field(default_factory=dict)
    """What each of them links to."""

    def values(self, lang: str, family: str, depth: int, base: str | None = None) -> ShellValues:
        """Return the values of a frame; `base` is where its links start, when that isn't the page's own place."""
        addresses = self.plan.assets.addresses
        return shell_values(self.plan.contexts[lang], family, depth, addresses=addresses, base=base)

    def shell(self, lang: str, family: str, depth: int) -> material.Shell:
        """Return a frame, with places for its slots."""
        key = (lang, family, depth)
        if key not in self.shells:
            self.shells[key] = material.render_shell(self.environment, self.values(*key))
        return self.shells[key]

    def slots(self, page: Page) -> dict[str, str]:
        """Return the finished strings of a page."""
        return dict(slots(self.plan.contexts[page.lang], page))

    def document(self, page: Page) -> str:
        """Return the whole document of a page."""
        return self.shell(page.lang, page.family, page.depth).fill(self.slots(page))

    def scanned(self, page: Page) -> tuple[str, PageLinks]:
        """Return the whole document of a page, and what it links to."""
        key = (page.lang, page.family, page.depth)
        shell, slots = self.shell(*key), self.slots(page)
        if key not in self.links:
            self.links[key] = scan(shell.fill(dict.fromkeys(SLOTS, "")))
        return shell.fill(slots), scan("\n".join(slots.values()), self.links[key])

    def not_found(self) -> str:
        """Return the page for addresses that lead nowhere; its links start at the site's root."""
        lang = self.plan.site.config.language
        context = self.plan.contexts[lang]
        return self.environment.get_template("404.html").render(
            shell=self.values(lang, "missing", 0, self.plan.root),
            slot=dict.fromkeys(SLOTS, ""),
            search=context.call(search_form(context, self.plan.root)),
            _=context.texts.gettext,
        )
