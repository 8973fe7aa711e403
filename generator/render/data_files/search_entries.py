"""A context in, the entries of its search index out, with the concepts and lay words that find them.

Offers come first, in the order of the directory: filters, list and map count on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from generator.model.vocabulary import LegalBasis
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.markdown import plain_text
from generator.render.base.wording import cost_text
from generator.render.directory.cards import where_text
from generator.search.entry import Concept, Entry, Field, SearchSynonym
from generator.search.index import build

KINDS = ("offer", "topic", "place", "provider", "space", "office", "network", "term")


def directory_order(context: Context) -> tuple[str, ...]:
    """Return the ids of the offers that families can use, in the order of the directory."""
    return tuple(context.facts.lists.get("alle", ()))


def search_files(context: Context) -> dict[str, bytes]:
    """Return the index files of the context's language, by their paths from the site's root."""
    _ = context.texts.gettext
    headings = {
        "offer": _("Angebote"),
        "topic": _("Themen"),
        "place": _("Orte"),
        "provider": _("Träger"),
        "space": _("Gebiete"),
        "office": _("Ämter"),
        "network": _("Netzwerke"),
        "term": _("Begriffe"),
    }
    entries = [
        Entry(id=number, kind=kind, url=urls.relative(context.path("home"), path), **values)
        for number, (kind, path, values) in enumerate(_rows(context))
    ]
    return build(
        entries,
        language=context.lang,
        kinds={kind: headings[kind] for kind in KINDS},
        concepts=_concepts(context),
        synonyms=_synonyms(context),
    )


_Row = tuple[str, str, dict[str, Any]]


def _rows(context: Context) -> Iterator[_Row]:
    for key in directory_order(context):
        yield _offer(context, key)
    words = context.site.words
    for topic in words.topics.values():
        phrase = context.texts.of(topic, "phrase")
        texts: dict[Field, str] = {
            "summary": context.texts.of(topic, "summary").text,
            "description": plain_text(context.texts.of(topic, "first_step").text),
        }
        yield (
            "topic",
            context.path("topic", topic.id),
            {
                "title": context.texts.name(topic),
                "subtitle": phrase.text,
                "concepts": (topic.id,),
                "texts": texts,
            },
        )
    site = context.site
    for kind, records in (
        ("place", site.places),
        ("provider", site.providers),
        ("space", site.spaces),
        ("office", site.offices),
        ("network", site.networks),
    ):
        for key, record in records.items():
            yield kind, context.path(kind, key), _record(context, record)
    for term in words.glossary.values():
        yield (
            "term",
            f"{context.path('glossary')}#{term.id}",
            {
                "title": context.texts.name(term),
                "concepts": (term.id,),
                "texts": {"summary": plain_text(context.texts.of(term, "meaning").text)},
            },
        )


def _offer(context: Context, key: str) -> _Row:
    site, texts = context.site, context.texts
    offer = site.offers[key]
    name = texts.of(offer, "name")
    situations = (parent for topic in offer.topics if (parent := site.words.topics[topic].parent) is not None)
    place = site.places.get(offer.place) if offer.place else None
    open_place = (
        place if place is not None and context.facts.offers[key].location.visibility == "full" else None
    )
    address = context.facts.offers[key].location.address
    access = None if offer.invented("access") else offer.access
    telling = (
        texts.of(offer, "description").text,
        access.first_visit if access is not None and access.first_visit else "",
        access.bring if access is not None and access.bring else "",
    )
    values: dict[Field, str] = {
        "summary": texts.of(offer, "summary").text,
        "provider": texts.name(site.providers[offer.provider]),
        "place": " ".join(
            filter(None, (texts.name(open_place) if open_place else "", address.street if address else ""))
        ),
        "space": " ".join(texts.name(site.spaces[space]) for space in offer.spaces),
        "description": plain_text("\n\n".join(filter(None, telling))),
    }
    return (
        "offer",
        context.path("offer", key),
        {
            "title": name.text,
            "subtitle": values["provider"],
            "facts": (where_text(context, key), cost_text(texts, offer)),
            "concepts": tuple(dict.fromkeys((*offer.topics, *situations, offer.kind, *offer.for_))),
            "texts": values,
            "language": name.lang,
        },
    )


def _record(context: Context, record: Any) -> dict[str, Any]:
    name = context.texts.of(record, "name")
    texts: dict[Field, str] = {"keywords": " ".join(getattr(record, "aliases", ()))}
    for field in ("summary", "description"):
        if hasattr(record, field):
            texts[field] = plain_text(context.texts.of(record, field).text)
    return {"title": name.text, "texts": texts, "language": name.lang}


def _concepts(context: Context) -> dict[str, Concept]:
    """Topics, kinds of offers, groups of people and terms; the same id in two tables is one concept."""
    words = context.site.words
    names: dict[str, list[str]] = defaultdict(list)
    phrases: dict[str, str] = {}
    for table in (words.topics, words.kinds, words.target_groups, words.glossary):
        for key, word in table.items():
            names[key] += [context.texts.name(word), *_further(word)]
            phrase = context.texts.of(word, "phrase").text if hasattr(word, "phrase") else ""
            phrases[key] = phrases.get(key) or phrase
    return {key: Concept(" ".join(filter(None, texts)), phrases[key]) for key, texts in names.items()}


def _further(word: Any) -> Iterable[str]:
    """An abbreviation and the paragraph of the law, by which people also call things."""
    yield getattr(word, "abbreviation", None) or ""
    basis: LegalBasis | None = getattr(word, "legal_basis", None)
    yield basis.paragraph or "" if basis is not None else ""


def _synonyms(context: Context) -> Iterator[SearchSynonym]:
    words = context.site.words
    for row in words.synonyms.values():
        yield SearchSynonym(row.language, tuple(row.words), tuple(row.means))
    for topic in words.topics.values():
        if topic.words:
            yield SearchSynonym(context.site.config.language, tuple(topic.words), (topic.id,))
