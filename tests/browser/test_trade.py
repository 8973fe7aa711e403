"""For the trade in Chromium: filters by level, kind, law, referral and places."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from generator.pipeline.build import Project
from tests.browser.conftest import WIDTHS, Watch, until


@WIDTHS
def test_the_trade_filters_by_law_kind_level_referral_and_places(
    watch: Watch, demo_url: str, demo: Project, width: int
) -> None:
    context = demo.contexts[0]
    watched = watch(f"{demo_url}fachkraefte/", width)
    page = watched.page
    page.get_by_role("link", name="Angebote nach Art, Ebene und Recht").click()
    fold = page.locator("details", has=page.get_by_label("Rechtsgrundlage")).last
    expect(fold.get_by_label("Rechtsgrundlage")).to_be_visible()

    def shown(holds: Callable[[str], bool]) -> None:
        number = sum(1 for key, facts in context.facts.offers.items() if facts.active and holds(key))
        assert number > 0
        until(page, lambda: page.locator("#anzahl").inner_text().startswith(f"{number} Angebot"))

    offers, kinds = context.site.offers, context.site.words.kinds
    fold.get_by_label("Rechtsgrundlage").select_option("sgb-viii-16")

    def law(key: str) -> bool:
        basis = kinds[offers[key].kind].legal_basis
        return basis is not None and (basis.law, basis.paragraph) == ("SGB VIII", "16")

    shown(law)
    expect(page).to_have_url(re.compile(r"\?recht=sgb-viii-16$"))
    fold.get_by_label("Rechtsgrundlage").select_option("")
    fold.get_by_text("Plätze frei").click()

    def free(key: str) -> bool:
        room = offers[key].capacity
        return context.facts.offers[key].capacity_shown and room is not None and bool(room.free)

    shown(free)
    fold.get_by_text("Plätze frei").click()
    fold.get_by_label("Wer vermitteln darf").select_option("school")
    shown(
        lambda key: (
            (access := context.facts.offers[key].access) is not None and "school" in access.who_may_refer
        )
    )
    fold.get_by_text("Hilfen zur Erziehung und andere Einzelhilfen").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.assert_clean()


def test_families_see_no_filter_of_the_trade_until_it_is_opened(tab: Watch, demo_url: str) -> None:
    page = tab(f"{demo_url}angebote/").page
    page.locator("summary", has_text="Mehr Filter").click()
    expect(page.get_by_label("Rechtsgrundlage")).to_be_hidden()
