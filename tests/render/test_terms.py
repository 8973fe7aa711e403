"""Terms of the trade in running text: what is linked, what is left alone."""

import datetime as dt

import pytest

from generator.model.vocabulary import LegalBasis, Term
from generator.render.base.markdown import TermPattern, link_terms, term_pattern
from generator.render.base.texts import Texts

GLOSSARY = {
    term.id: term
    for term in (
        Term(id="asd", name="Allgemeiner Sozialer Dienst", abbreviation="ASD", also=("BSD",), meaning='Berät „Familien" & plant.'),
        Term(id="insofa", name="Insoweit erfahrene Fachkraft", abbreviation="InsoFa", meaning="Berät."),
        Term(id="umgang", name="Umgang", meaning="Recht des Kindes."),
        Term(id="jugendamt", name="Jugendamt", also=("Amt",), meaning="Das Amt."),
        Term(id="hilfeplan", name="Hilfeplan", meaning="Der Plan."),
        Term(id="par-8", name="Beratung ohne Eltern", abbreviation="§ 8 Abs. 3", meaning="Allein."),
        Term(
            id="eb",
            name="Erziehungsberatung",
            abbreviation="§ 28",
            meaning="Beratung.",
            legal_basis=LegalBasis(law="SGB VIII", paragraph="28", as_of=dt.date(2025, 7, 1)),
        ),
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def terms() -> TermPattern:
    found = term_pattern(Texts("de"), GLOSSARY)
    assert found is not None
    return found


def linked(html: str, terms: TermPattern) -> str:
    """Return the HTML with links shortened to `[text|id]`."""
    import re

    found = str(link_terms(html, terms, "../glossar/"))
    return re.sub(
        r'<a class="nr-term" href="\.\./glossar/#([^"]+)" title="[^"]*">([^<]+)</a>', r"[\2|\1]", found
    )


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Der ASD hilft. Der ASD berät.</p>", "<p>Der [ASD|asd] hilft. Der ASD berät.</p>"),
        ("<p>des Allgemeinen Sozialen Dienstes</p>", "<p>des [Allgemeinen Sozialen Dienstes|asd]</p>"),
        ("<p>eine insoweit erfahrene Fachkraft</p>", "<p>eine [insoweit erfahrene Fachkraft|insofa]</p>"),
        ("<p>mit insoweit erfahrenen Fachkräften</p>", "<p>mit insoweit erfahrenen Fachkräften</p>"),
        ("<p>des Jugendamts und des Hilfeplans</p>", "<p>des [Jugendamts|jugendamt] und des [Hilfeplans|hilfeplan]</p>"),
        ("<p>im Umgang mit Kindern, das Amt</p>", "<p>im Umgang mit Kindern, das Amt</p>"),
        ("<p>ASD-Team, BASD, Jugendamtsleitung</p>", "<p>ASD-Team, BASD, Jugendamtsleitung</p>"),
        ("<h2>Der ASD</h2><p>ASD</p>", "<h2>Der ASD</h2><p>[ASD|asd]</p>"),
        ("<p><b>ASD Nord</b>: der ASD</p>", "<p><b>ASD Nord</b>: der [ASD|asd]</p>"),
        ('<p><a href="x">ASD</a> und <code>ASD</code></p>', '<p><a href="x">ASD</a> und <code>ASD</code></p>'),
        ("<table><tr><th>ASD</th><td>ASD</td></tr></table>", "<table><tr><th>ASD</th><td>[ASD|asd]</td></tr></table>"),
        ("<p>§ 28 und § 28a</p>", "<p>[§ 28|eb] und § 28a</p>"),
        ("<p>§\u00a028 SGB VIII</p>", "<p>[§\u00a028|eb] SGB VIII</p>"),
        ("<p>nach § 28 SGB II oder § 28 Abs. 2 BGB</p>", "<p>nach § 28 SGB II oder § 28 Abs. 2 BGB</p>"),
        ("<p>§ 8 Abs. 3 SGB VIII</p>", "<p>[§ 8 Abs. 3|par-8] SGB VIII</p>"),
        ("<p>§§ 28 bis 35</p>", "<p>§§ 28 bis 35</p>"),
        ('<img alt="ASD" src="x"><!-- ASD --><p>BSD</p>', '<img alt="ASD" src="x"><!-- ASD --><p>[BSD|asd]</p>'),
    ],
)  # fmt: skip
def test_what_is_linked(html: str, wanted: str, terms: TermPattern) -> None:
    assert linked(html, terms) == wanted


def test_a_term_that_is_linked_by_hand_is_not_linked_again(terms: TermPattern) -> None:
    html = '<p><a class="nr-term" href="../glossar/#asd" title="x">ASD</a></p><p>ASD</p>'
    assert str(link_terms(html, terms, "../glossar/")) == html


def test_the_explanation_is_escaped(terms: TermPattern) -> None:
    assert 'title="Berät „Familien&#34; &amp; plant."' in link_terms("<p>ASD</p>", terms, "g/")


def test_linking_twice_changes_nothing(terms: TermPattern) -> None:
    once = link_terms("<p>Jugendamt, ASD und § 28</p>", terms, "g/")
    assert link_terms(once, terms, "g/") == once


def test_other_languages_link_abbreviations_and_names_of_several_words() -> None:
    texts = {"en": {"name": "General social service", "meaning": "Staff."}}
    other = {"en": {"name": "Contact", "meaning": "A right."}}
    glossary = {
        "asd": Term.model_validate({**GLOSSARY["asd"].model_dump(), "translations": texts}),
        "umgang": Term.model_validate({**GLOSSARY["umgang"].model_dump(), "translations": other}),
    }
    found = term_pattern(Texts("en"), glossary)
    assert found is not None
    assert linked("<p>The general social service. Contact us.</p>", found) == (
        "<p>The [general social service|asd]. Contact us.</p>"
    )


def test_an_empty_glossary_changes_nothing() -> None:
    assert term_pattern(Texts("de"), {}) is None
    assert link_terms("<p>ASD</p>", None, "g/") == "<p>ASD</p>"
