"""Make the entries of the search index.

Offers come first, in the order of the directory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import count

from msgspec import Struct

from generator.model.facts import EVERY_OFFER, OfferList
from generator.model.offer import Offer
from generator.model.offer_flags import OFFER_FLAGS, cost_unsaid
from generator.model.vocabulary import Elsewhere, HelpNumber, Language, LegalBasis, Word
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.markdown import plain_text
from generator.render.base.texts import Texts
from generator.render.base.wording import cost_text, interpreter_text, own_unit, status_text
from generator.render.directory.cards import where_text
from generator.render.directory.filters import EVERYWHERE, UNSAID, areas_of
from generator.render.directory.help_numbers import family_numbers, hours_of, lines_of, who_helps
from generator.search.entry_types import Concept, Entry, Field, Lexicon, NamedFilter, SearchSynonym
from generator.search.index import build, shown_part, topic_models
from generator.search.packing import packed_json
from generator.search.word_forms import base, fold, fold_words

# Concepts of filters that people name: a language, a weekday (both by what follows), free of charge.
SPOKEN, WEEKDAY, COSTLESS = "language-", "weekday-", "kostenlos"
_YOUNG = 27 * 12 + 11
"""Months of age. Participants of at most this age are the young people themselves, so their age is asked for as a child's is."""
# Grown-ups: an age of participants is their own.
_PARENTS = frozenset(
    [
        "parents",
        "mothers",
        "fathers",
        "single-parents",
        "pregnant",
        "foster-families",
        "grandparents",
        "women",
        "men",
    ]
)
# How the ids of concepts of these kinds begin.
_GROUPED = {"place": "place-", "office": "office-"}
_PAGE = "page-"  # pages that answer a question
# Lists of offers that no concept has; which of them say nothing of cost, language, registration.
_UNANNOUNCED = "unannounced"
_COST_UNSAID, _LANGUAGE_UNSAID, _ACCESS_UNSAID = "cost?", "language?", "access?"
_INTERPRETER_UNSAID = "interpreter?"
_LOW_GERMAN = "nds"
"""Whoever speaks it needs nobody to interpret."""
_LINE, _ELSEWHERE = "line-", "elsewhere-"  # help numbers, help outside of this site
Make = Callable[[Context, int, str], Entry]  # of the entry's number and its record's id


class _Group(Struct, frozen=True):
    """A kind's heading, ids in order, and what makes an entry."""

    kind: str  # of page: offer, topic …
    heading: str
    ids: Iterable[str]
    make: Make  # of context, number and id


def directory_order(context: Context) -> Sequence[str]:
    """Return the offers for families in the directory's order."""
    return tuple(context.facts.lists.get(EVERY_OFFER, ()))


def _list_index_groups(context: Context) -> Iterator[_Group]:
    """Yield all groups of the index in order."""
    site, words, _ = context.site, context.words, context.gettext
    yield _Group("offer", _("Angebote"), directory_order(context), _make_offer_entry)
    yield _Group("topic", _("Themen"), words.topics, _make_topic_entry)
    yield _Group("page", _("Seiten"), answering_pages(context), _make_page_entry)
    yield _Group("place", _("Orte"), site.current("places"), partial(_make_record_entry, "place"))
    yield _Group("provider", _("Träger"), _found_providers(context), partial(_make_record_entry, "provider"))
    yield _Group("space", _("Gebiete"), site.current("spaces"), partial(_make_record_entry, "space"))
    yield _Group("office", _("Ämter"), site.offices, partial(_make_record_entry, "office"))
    yield _Group("network", _("Netzwerke"), site.networks, partial(_make_record_entry, "network"))
    yield _Group("term", _("Begriffe"), words.glossary, _make_term_entry)
    yield _Group(
        "line",
        _("Nummern"),
        [line.id for line in _find_searched_help_numbers(context)],
        _make_help_number_entry,
    )
    yield _Group("elsewhere", _("Anderswo"), words.elsewhere, _make_elsewhere_entry)


def _found_providers(context: Context) -> list[str]:
    """Return providers to find by name, not those offering only protection."""
    offers = context.site.offers
    findable = {offer.provider for key, offer in offers.items() if not _is_guarded(context, key)}
    hidden = {offer.provider for offer in offers.values()} - findable
    return [key for key in context.site.current("providers") if key not in hidden]


def index_order(context: Context) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of all entries in order."""
    for group in _list_index_groups(context):
        for key in group.ids:
            yield group.kind, key


def search_files(context: Context) -> dict[str, bytes]:
    """Return this language's index files by path."""
    return built(context, list(entries(context)))


def shown_files(context: Context) -> dict[str, bytes]:
    """Return the entries' names in a language that has few pages."""
    headings = {group.kind: group.heading for group in _list_index_groups(context)}
    main = context.texts_in(context.site.config.language)
    named = zip(_filter_names(context, main), _filter_names(context, context.texts), strict=True)
    part = {**shown_part(list(entries(context)), headings), "filters": dict(named)}
    return {f"search/shown.{context.lang}.json": packed_json(part)}


def _filter_names(context: Context, texts: Texts) -> Iterator[str]:
    """Yield what filters are called in a language, without areas, whose names are the same."""
    yield from map(texts.name, context.words.languages.values())
    yield from map(texts.gettext, ("kostenlos", "ohne Anmeldung"))
    yield from (_free_for_some(texts), _cheap(texts), _say_with_interpreter(texts))


def built(context: Context, indexed: Sequence[Entry]) -> dict[str, bytes]:
    """Return the index files of some entries of a context."""
    lexicon = Lexicon(
        context.lang,
        _concepts(context),
        list(_gather_synonyms(context)),
        everywhere=_whole_towns(context),
        groups={
            key: bool(group.alone or group.waits or group.words)
            for key, group in context.words.target_groups.items()
        },
    )
    return build(
        indexed,
        lexicon,
        kinds={group.kind: group.heading for group in _list_index_groups(context)},
        doors=led_to(context),
        filters=list(_named_filters(context)),
        models=topic_models(context.lang),
    )


def entries(context: Context) -> Iterator[Entry]:
    """Yield all entries in order, the offers first."""
    numbers = count()
    for group in _list_index_groups(context):
        for key in group.ids:
            yield group.make(context, next(numbers), key)


def _make_topic_entry(context: Context, number: int, key: str) -> Entry:
    words, texts = context.words, context.texts
    topic = words.topics[key]
    name, phrase = texts.of(topic, "name"), texts.of(topic, "phrase")
    first_step = plain_text(texts.of(topic, "first_step").text)
    absent = not context.facts.relations.offers_by_topic.get(key)
    helpers, facts = _helped(context, key) if absent else ("", ())
    return Entry(
        id=number,
        url=_write_url_from_home(context, "topic", key),
        kind="topic",
        title=name.text,
        subtitle=helpers or (phrase.text if phrase.lang == name.lang else ""),
        facts=facts,
        concepts=(key,),
        language=name.lang,
        guarded=words.is_guarded(key),
        grave=words.is_grave(key),
        absent=absent,
        texts={
            "summary": texts.of(topic, "summary").text,
            "description": first_step,
        },
    )


def _helped(context: Context, key: str) -> tuple[str, tuple[str, ...]]:
    """Return who helps with a topic everywhere, and whom to call: the town where no line is known."""
    texts, publisher = context.texts, context.site.config.publisher
    everywhere = who_helps(context, key)
    numbers = [(line.number, texts.name(line)) for line in lines_of(context, everywhere) if line.number]
    if publisher.phone:
        numbers.append((publisher.phone, publisher.name))
    office = texts.of(everywhere, "office")
    # German terms, by which one asks, stand in brackets.
    return f"({office.text})" if office.lang else office.text, numbers[0] if numbers else ()


def _make_page_entry(context: Context, number: int, key: str) -> Entry:
    title, summary = answering_pages(context)[key]
    return Entry(
        number,
        _write_url_from_home(context, key),
        "page",
        title,
        summary,
        concepts=(_PAGE + key,),
        texts={"description": summary},
    )


def _make_term_entry(context: Context, number: int, key: str) -> Entry:
    term, texts = context.words.glossary[key], context.texts
    meaning = plain_text(texts.of(term, "meaning").text)
    address = f"{_write_url_from_home(context, 'glossary')}#{key}"
    name = texts.of(term, "name")
    return Entry(
        number, address, "term", name.text, concepts=(key,), texts={"summary": meaning}, language=name.lang
    )


def _make_help_number_entry(context: Context, number: int, key: str) -> Entry:
    """A number for a crisis, which its page tells about."""
    texts, words = context.texts, context.words
    line = words.help[key]
    guarded = any(words.is_guarded(topic) for topic in line.topics)
    return Entry(
        id=number,
        url=f"{_write_url_from_home(context, 'help')}#{key}",
        kind="line",
        title=f"{texts.name(line)}: {line.number}",
        subtitle=texts.of(line, "for_whom").text,
        facts=(hours_of(context, line),),
        concepts=(_LINE + key,),
        language=texts.of(line, "name").lang,
        guarded=guarded,
    )


def _make_elsewhere_entry(context: Context, number: int, key: str) -> Entry:
    """Make an entry for help outside of this site."""
    row, texts = context.words.elsewhere[key], context.texts
    name = texts.of(row, "name")
    lines = [
        text.text for text in (texts.of(row, "for_whom"), texts.of(row, "note")) if text.lang == name.lang
    ]
    subtitle = ". ".join(filter(None, lines))
    return Entry(
        id=number,
        url=row.url or "",
        kind="elsewhere",
        title=name.text,
        subtitle=subtitle,
        facts=(row.number or "", row.address or ""),
        concepts=(_ELSEWHERE + key,),
        language=name.lang,
        guarded=True,
        absent=True,
        said=_nouns(context, row),
    )


def _find_searched_help_numbers(context: Context) -> Sequence[HelpNumber]:
    """Return families' help numbers, where they have a page."""
    return family_numbers(context, crisis=False) if context.exists("help") else ()


def _whole_towns(context: Context) -> list[str]:
    """Return areas that hold all of their geography."""
    roots = [context.facts.spaces[root] for root in context.facts.roots]
    roots_of = Counter(root.geography for root in roots)
    return [
        context.texts.name(context.site.spaces[root.id]) for root in roots if roots_of[root.geography] == 1
    ]


def led_to(context: Context) -> Sequence[str]:
    """Return the languages in which a query leads to pages or to offers that speak it.

    Readers of another language aren't led to the main one's pages.
    """
    site, lists = context.site, context.facts.lists
    trees = site.config.trees
    spoken = [code for code, word in site.words.languages.items() if word.here and code not in trees]
    pages = [lang for lang in trees if lang not in (context.lang, site.config.language)]
    return (*pages, *(code for code in spoken if OfferList("sprache", code) in lists))


def answering_pages(context: Context) -> dict[str, tuple[str, str]]:
    """Return pages that answer a question by kind: (title, answer)."""
    _ = context.gettext
    pages = {
        "rights": (
            _("Ihre Rechte, deine Rechte"),
            _("Was das Jugendamt darf, was Sie fragen dürfen und wer Ihnen hilft."),
        ),
        "youth": (
            _("Für dich: 12 bis 21"),
            _("Wer dir zuhört, wo du hingehen kannst und was passiert, wenn du anrufst."),
        ),
        "help": (_("Sofort Hilfe"), _("Nummern für Notlagen, auch nachts und am Wochenende.")),
        "safe": (
            _("Sicher Hilfe holen"),
            _("Verlauf und Anrufliste löschen, Spuren im Handy und Browser."),
        ),
    }
    return {kind: words for kind, words in pages.items() if context.exists(kind)}


def _write_url_from_home(context: Context, kind: str, id: str = "") -> str:
    return urls.relative(context.path("home"), context.path(kind, id))


def _make_offer_entry(context: Context, number: int, key: str) -> Entry:
    site, texts = context.site, context.texts
    offer = site.offers[key]
    name = texts.of(offer, "name")
    guarded = _is_guarded(context, key)
    provider = texts.name(site.providers[offer.provider])
    values: dict[Field, str] = {
        "keywords": _digits(context.facts.offers[key].contact.number),
        "summary": texts.of(offer, "summary").text,
        "provider": provider,
        "place": " ".join(_find_public_place_words(context, key)),
        "space": " ".join(texts.name(site.spaces[space]) for space in offer.spaces),
        "description": plain_text("\n\n".join(_telling(context, offer))),
    }
    if _is_granted(context, key):
        values = {"keywords": values["keywords"], "place": values["place"]}
    state_and_place = filter(None, (status_text(texts, offer), where_text(context, key)))
    # Readers of a language with few pages are told what it is rather than by whom.
    summary = texts.of(offer, "summary")
    subtitle = provider if not context.first_door else "" if summary.lang else summary.text
    # A hit has one language: a cost by „warmes Essen am Mittwoch“ stands on the offer's page alone.
    cost = "" if texts.record_lang and own_unit(offer) else cost_text(texts, offer)
    spoken = _languages(context, offer)
    leisure = bool(site.words.kinds[offer.kind].leisure) and "parents" not in offer.for_
    return Entry(
        id=number,
        url=_write_url_from_home(context, "offer", key),
        kind="offer",
        title=name.text,
        subtitle=subtitle,
        facts=(" · ".join(state_and_place), cost, spoken),
        concepts=_concepts_of(context, key, guarded),
        texts=values,
        language=name.lang,
        lead=_lead(context, offer) if context.first_door and name.lang else "",
        ages=_ages(offer),
        guarded=guarded,
        only_for=_only_for(context, offer),
        whom=_whom(context, offer),
        leisure=leisure,
        resting=offer.status != "running",
    )


def _lead(context: Context, offer: Offer) -> str:
    """Describe an offer without translation by its kind and topics."""
    words = [context.words.kinds[offer.kind], *(context.words.topics[topic] for topic in offer.topics[:1])]
    named = [context.texts.of(word, "name") for word in words]
    return " · ".join(dict.fromkeys(name.text for name in named if not name.lang))


def _find_public_place_words(context: Context, key: str) -> Iterator[str]:
    """Yield the public name, street and postcode of an offer's place."""
    location = context.facts.offers[key].location
    place = context.site.places.get(context.site.offers[key].place or "")
    if place is not None and location.visibility == "full":
        yield context.texts.name(place)
    if location.address is not None:
        yield from filter(None, (location.address.street, location.address.postcode))


def _telling(context: Context, offer: Offer) -> Iterator[str]:
    """Yield an offer's description, first visit and what to bring."""
    access = None if offer.invented("access") else offer.access
    yield from filter(None, [context.texts.of(offer, "description").text])
    if access is not None:
        yield from filter(None, (access.first_visit, access.bring))


def _digits(number: str | None) -> str:
    """A number as it is looked for: its digits alone."""
    return "".join(filter(str.isdigit, number or ""))


def _is_guarded(context: Context, key: str) -> bool:
    """Tell whether only grave words find an offer: by its kind, or its topics, of which the first is the main one."""
    words, offer = context.words, context.site.offers[key]
    if words.kinds[offer.kind].guarded or context.facts.offers[key].discreet:
        return True
    private = all(words.is_guarded(topic) or words.topics[topic].unposted for topic in offer.topics)
    return private and any(words.is_guarded(topic) for topic in offer.topics[:1])


def _concepts_of(context: Context, key: str, guarded: bool) -> tuple[str, ...]:
    """Return topics, situations and kind; for a guarded offer only grave ones, for an aid that an office grants its kind."""
    words, offer = context.words, context.site.offers[key]
    if guarded:
        named = (offer.kind,) if words.kinds[offer.kind].guarded else ()
        return (*(topic for topic in offer.topics if words.is_guarded(topic)), *named)
    if _is_granted(context, key):
        return (offer.kind,)
    situations = (parent for topic in offer.topics if (parent := words.topics[topic].parent) is not None)
    return tuple(dict.fromkeys((*offer.topics, *situations, offer.kind, *_facets(context, key))))


def _is_granted(context: Context, key: str) -> bool:
    """Tell whether an office decides on it and nobody has a claim of their own: found only where it is named."""
    kind = context.words.kinds[context.site.offers[key].kind]
    return context.facts.offers[key].layer == "hze" and not kind.claim


def _only_for(context: Context, offer: Offer) -> tuple[str, ...]:
    """Return an offer's groups, if people name each of them who look for it (volunteers, mothers)."""
    groups = context.words.target_groups
    return offer.for_ if all(groups[key].waits or groups[key].words for key in offer.for_) else ()


def _whom(context: Context, offer: Offer) -> tuple[str, ...]:
    """Return an offer's only groups; none where parents or families may come."""
    return () if {"parents", "families"}.intersection(offer.for_) else offer.for_


def _facets(context: Context, key: str) -> Iterator[str]:
    """Yield filters as typed words: group, language, free."""
    offer, facts = context.site.offers[key], context.facts.offers[key]
    yield from offer.for_
    yield from (SPOKEN + code for code in _further_languages(context, offer))
    if OFFER_FLAGS["free"].holds(context.site, offer, facts):
        yield COSTLESS


def _further_languages(context: Context, offer: Offer) -> list[str]:
    """Return languages beside the town's own."""
    main = base(context.site.config.language)
    return [code for code in offer.languages if base(code) != main]


def _languages(context: Context, offer: Offer) -> str:
    """Write an offer's languages beyond the town's, and its interpreter."""
    languages = context.words.languages
    names = [context.texts.name(languages[code]) for code in _further_languages(context, offer)]
    return context.texts.comma.join(filter(None, (*names, interpreter_text(context, offer))))


def _named_filters(context: Context) -> Iterator[NamedFilter]:
    """Yield filters by name: languages, free, without registration, areas. Discreet offers are in no area."""
    site, texts = context.site, context.texts
    yield from _language_filters(context)
    inside: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(directory_order(context)):
        for group in _filters_beside_words(context, key):
            inside[group].append(number)
    free, nearly_free = texts.gettext("kostenlos"), (_free_for_some(texts), _cheap(texts))
    yield NamedFilter(free, (free,), COSTLESS, also=nearly_free, unsaid=_COST_UNSAID)
    unannounced = texts.gettext("ohne Anmeldung")
    yield NamedFilter(
        unannounced, (unannounced, "ohne Termin"), entries=tuple(inside[_UNANNOUNCED]), unsaid=_ACCESS_UNSAID
    )
    interpreted = _say_with_interpreter(texts)
    yield NamedFilter(
        interpreted,
        (interpreted, "mit Dolmetscher"),
        entries=tuple(inside[interpreted]),
        unsaid=_INTERPRETER_UNSAID,
    )
    # Who names a part of the town finds what is open to it elsewhere, and what doesn't say for whom it is.
    yield NamedFilter(EVERYWHERE, (), entries=tuple(sorted({*inside[EVERYWHERE], *inside[UNSAID]})))
    unsaid = (_COST_UNSAID, _LANGUAGE_UNSAID, _ACCESS_UNSAID, _INTERPRETER_UNSAID)
    for shared in (*nearly_free, interpreted, *unsaid):
        yield NamedFilter(shared, (), entries=tuple(inside[shared]))
    for key, facts in context.facts.spaces.items():
        space = site.spaces[key]
        if facts.ancestors:
            yield NamedFilter(
                texts.name(space),
                (texts.name(space), *space.aliases),
                entries=tuple(inside[key]),
                alone=False,
                shared=EVERYWHERE,
            )


def _free_for_some(texts: Texts) -> str:
    return texts.gettext("kostenlos mit Bürgergeld, Wohngeld, Kinderzuschlag")


def _cheap(texts: Texts) -> str:
    """What is no gift, and yet keeps nobody out who is hungry: food at a table or from a shelf."""
    return texts.gettext("gegen Spende oder für wenig Geld")


def _say_with_interpreter(texts: Texts) -> str:
    return texts.gettext("mit Übersetzung")


def _language_filters(context: Context) -> Iterator[NamedFilter]:
    """Yield a filter for each language with a one-word name."""
    site, texts = context.site, context.texts
    unshared = (base(site.config.language), _LOW_GERMAN)
    for code, word in site.words.languages.items():
        names = dict.fromkeys((texts.name(word), *_own_names(word)))
        single = tuple(name for name in names if name and " " not in name)
        if single:
            also = () if base(code) in unshared else (_say_with_interpreter(texts),)
            yield NamedFilter(
                texts.name(word),
                single,
                SPOKEN + code,
                alone=False,
                also=also,
                unsaid=_LANGUAGE_UNSAID,
            )


def _own_names(word: Language) -> list[str]:
    """Return a language's names in itself and others; empty if unknown."""
    translated = [texts.name or "" for texts in word.translations.values()]
    return [word.own or "", *translated]


def _filters_beside_words(context: Context, key: str) -> Iterator[str]:
    """Yield filters not found in the words, and what an offer doesn't say: cost, registration, languages, areas."""
    site, offer, facts = context.site, context.site.offers[key], context.facts.offers[key]
    if OFFER_FLAGS["reduced"].holds(site, offer, facts):
        yield _free_for_some(context.texts)
    if offer.cost == "donation" or offer.kind == "ausgabe":
        yield _cheap(context.texts)
    if cost_unsaid(offer):
        yield _COST_UNSAID
    open_to_all = OFFER_FLAGS["open"]
    if open_to_all.holds(site, offer, facts):
        yield _UNANNOUNCED
    elif not open_to_all.denied(site, offer, facts):
        yield _ACCESS_UNSAID
    if facts.discreet or not offer.languages:
        yield _LANGUAGE_UNSAID
    if facts.discreet or offer.interpreter is None:
        yield _INTERPRETER_UNSAID
    elif offer.interpreter != "no":
        yield _say_with_interpreter(context.texts)
    if not facts.discreet:
        yield from areas_of(context, offer, facts)


def _ages(offer: Offer) -> tuple[int, int | None, int, int] | None:
    """Return (lowest, highest age in months, 1 if from before birth, 1 if grown-ups are meant and not their child, 2 if relatives)."""
    ages = None if offer.invented("ages") else offer.ages
    if ages is None:
        return None
    grown = ages.upper is None or ages.upper > _YOUNG or not _PARENTS.isdisjoint(offer.for_)
    grown = grown and offer.ages_of == "participant"
    return ages.lower, ages.upper, int(ages.pregnancy), int(grown) << ("relatives" in offer.for_)


def _make_record_entry(kind: str, context: Context, number: int, key: str) -> Entry:
    record = context.site.records(f"{kind}s")[key]
    name = context.texts.of(record, "name")
    texts: dict[Field, str] = {}
    # Families look for what there is: a house is found by its name, its kind and what it lends.
    for field in ("summary", "description") if kind not in ("place", "provider") else ():
        if hasattr(record, field):
            texts[field] = plain_text(context.texts.of(record, field).text)
    texts["keywords"] = " ".join(
        (*getattr(record, "aliases", ()), *(gift.what for gift in getattr(record, "can_give", ())))
    )
    groups = (getattr(record, "kind", ""), *getattr(record, "groups", ())) if kind in _GROUPED else ()
    concepts = [_GROUPED[kind] + group for group in groups]
    return Entry(
        id=number,
        url=_write_url_from_home(context, kind, key),
        kind=kind,
        title=name.text,
        concepts=tuple(dict.fromkeys(concepts)),
        texts=texts,
        language=name.lang,
    )


def _concepts(context: Context) -> dict[str, Concept]:
    """Return topics, offer kinds, groups and terms by id, shared between tables.

    Kinds of places and offices have ids of their own: „Schule“ is a topic and a house.
    """
    groups = context.words.target_groups
    names: dict[str, list[str]] = defaultdict(list)
    for key, called in _concept_names(context):
        names[key] += filter(None, called)
    topics = context.words.topics
    found = {}
    for key, texts in names.items():
        own_words = tuple(groups[key].words) if key in groups else ()
        phrase = context.texts.of(topics[key], "phrase").text if key in topics else ""
        found[key] = Concept(" ".join(texts), phrase, own_words, _needs_whole_phrase(context, key))
    return found


def _concept_names(context: Context) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield concepts' ids and names; an id may come again."""
    words, texts = context.words, context.texts
    tables: Sequence[Mapping[str, Word]] = (words.topics, words.kinds, words.target_groups, words.glossary)
    for table in tables:
        for key, word in table.items():
            yield key, (texts.name(word), *_further(word))
    for kind, more in (("place", words.place_kinds), ("office", words.office_groups)):
        for key, word in more.items():
            yield _GROUPED[kind] + key, (texts.name(word), getattr(word, "short", None) or "")
    for code, spoken in words.languages.items():
        yield SPOKEN + code, (texts.name(spoken), *_own_names(spoken))
    yield from _page_names(context)
    yield COSTLESS, (texts.gettext("kostenlos"),)


def _page_names(context: Context) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield ids of answering pages, numbers and outside help with their names."""
    for page, (title, _summary) in answering_pages(context).items():
        yield _PAGE + page, (title,)
    for line in _find_searched_help_numbers(context):
        yield _LINE + line.id, [_digits(number) for number in (line.number, *line.further_numbers)]
    for row in context.words.elsewhere.values():
        yield _ELSEWHERE + row.id, (_digits(row.number),)


def _needs_whole_phrase(context: Context, key: str) -> bool:
    """Tell whether only whole phrases lead to a concept: grave ones, numbers, outside help."""
    words = context.words
    if key in words.kinds and words.kinds[key].guarded:
        return True
    return key.startswith((_LINE, _ELSEWHERE)) or (key in words.topics and words.is_guarded(key))


def _further(word: Word) -> Iterable[str]:
    """Return a term's abbreviation and paragraph."""
    yield getattr(word, "abbreviation", None) or ""
    basis: LegalBasis | None = getattr(word, "legal_basis", None)
    yield basis.paragraph or "" if basis is not None else ""


def _nouns(context: Context, row: Elsewhere) -> Mapping[str, Sequence[str]]:
    """Return by language what an entry is called, but for nouns that an offer here has in its name."""
    titles = context.once(("words of titles",), _words_of_titles)
    missing = [{"de": one.word, **one.said} for one in row.nouns if fold(one.word) not in titles]
    found: dict[str, list[str]] = defaultdict(list)
    for by_language in (row.said, *missing):
        for language, noun in by_language.items():
            found[language].append(noun)
    return found


def _words_of_titles(context: Context) -> Set[str]:
    """Every word of the names of offers."""
    return {word for offer in context.site.offers.values() for word in fold_words(offer.name).split()}


def _gather_synonyms(context: Context) -> Iterator[SearchSynonym]:
    words = context.words
    for row in words.synonyms.values():
        yield SearchSynonym(row.language, tuple(row.words), tuple(row.means))
    # Language, words, and the concept that they lead to.
    lay_words = [("de", line.words, _LINE + line.id) for line in words.help.values()]
    here = context.facts.relations.offers_by_topic
    for place in words.elsewhere.values():
        concept = place.topic if place.topic and here.get(place.topic) else _ELSEWHERE + place.id
        lay_words.append(("de", place.words, concept))
        lay_words += [(lang, tuple(called), concept) for lang, called in _nouns(context, place).items()]
    doors = [context.texts_in(lang) for lang in context.site.config.first_doors]
    for topic in words.topics.values():
        called = [(base(texts.lang), texts.of(topic, "name")) for texts in doors]
        lay_words += [
            (lang, (name.words,), topic.id)
            for lang, name in called
            if not name.lang and lang != context.site.config.language
        ]
        lay_words.append((context.site.config.language, topic.words, topic.id))
        lay_words += [(lang, texts.words, topic.id) for lang, texts in topic.translations.items()]
    for language, names, concept in lay_words:
        if names:
            yield SearchSynonym(language, tuple(names), (concept,))
