"""The pages of topics, and „Für dich“ for young people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.facts import Facts, OfferList
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.site import Site
from generator.model.vocabulary import Topic
from generator.render.base.context import Context, Ids
from generator.render.base.markdown import plain_text
from generator.render.base.page import Heading, Page
from generator.render.base.texts import Translated
from generator.render.base.view import Chip, Chips, View
from generator.render.base.wording import quiet_title
from generator.render.data_files.open_data import CalendarFile, calendar_of
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import Helper, ShortNumber, helpers, short_numbers, who_helps
from generator.render.directory.listing import MOST_CARDS, label_of, list_key
from generator.render.directory.offer_order import PROTECTION, by_need
from generator.render.directory.record_lines import RecordLines, lines_in_order
from generator.render.pages.search_field import SearchNumber, whom_to_call

GRAVE_NUMBERS = 4
"""Crisis numbers that stand open, on a page about violence."""
YOUNG = "jung"
"""The life situation of young people."""
ARRIVING = "neu"
"""The life situation of who has just come."""
NAMED = 5
"""So many offers are linked beside what to do first; the others stand first below."""
EACH = 12
"""More than `MOST_CARDS` offers would make the page heavy: then each group shows so many and leads to the whole list."""


class OfferGroup(Struct, frozen=True):
    """Offers of one kind; `left` counts further ones in the list."""

    id: str
    title: str
    says: str
    left: int
    cards: Sequence[Markup]


class TopicView(View, frozen=True):
    """A topic's page; `situation` it belongs to, None for a life situation.

    `first_offers` belong to the first step, `first_left` counts more. `young`: young people's, in „du“.
    `arriving`: a town tells step by step what to do.
    `subtopics` are beside or below, `all_list` is the key of the full list. Without offers the page names
    `helpers` of the topic that says who helps `everywhere`, and numbers to `call`.
    """

    template = "topic.html"

    situation: Topic | None
    phrase: Translated
    numbers: Sequence[ShortNumber]
    first_step: Translated
    first_offers: RecordLines
    first_left: int
    subtopics: Chips
    groups: Sequence[OfferGroup]
    count: int
    all_list: str
    calendar: CalendarFile | None
    young: bool
    arriving: bool
    everywhere: Topic
    helpers: Sequence[Helper]
    call: Sequence[SearchNumber]


class TopicsView(View, frozen=True):
    """All life situations, each with the topics below it."""

    template = "topics.html"

    groups: Sequence[tuple[Topic, Chips]]


def topic_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return every topic: one without offers leads on."""
    del facts
    return site.words.topics


def render_topic(context: Context, key: str) -> Page:
    """Make the page of one topic."""
    words = context.words
    topic = words.topics[key]
    path = context.path("topic", key)
    phrase = context.texts.of(topic, "phrase")
    phrase = phrase if phrase else context.texts.of(topic, "name")
    situation = words.topics[words.situation_of(key)]
    sensitive = words.is_grave(key)
    offers = context.facts.relations.offers_by_topic.get(key, ())
    first_step = context.texts.of(topic, "first_step")
    young = situation.id == YOUNG and context.exists("youth")
    arriving = situation.id == ARRIVING and context.exists("arrival")
    first = _first_offers(context, topic, offers)
    everywhere = who_helps(context, key)
    view = TopicView(
        situation=None if situation is topic else situation,
        phrase=phrase,
        numbers=short_numbers(context, GRAVE_NUMBERS, topic=key) if sensitive else (),
        first_step=first_step,
        first_offers=lines_in_order(context, first[:NAMED]),
        first_left=len(first[NAMED:]),
        subtopics=_chips(context, path, words.below(situation.id), key),
        groups=_groups(context, path, by_need(context, offers, first), young=young),
        count=len(offers),
        all_list=OfferList("thema", key).address if len(offers) > MOST_CARDS else "",
        calendar=calendar_of(context, "topic", key),
        young=young,
        arriving=arriving,
        everywhere=everywhere,
        helpers=() if offers or sensitive else helpers(context, everywhere),
        call=() if offers else whom_to_call(context),
    )
    crumbs = [context.crumb(context.gettext("Alle Themen"), "topics")]
    if situation is not topic:
        crumbs.append(context.crumb(context.texts.of(situation, "phrase").text, "topic", situation.id))
    return context.page(
        view,
        path,
        family="topic",
        title=quiet_title(context, (key,)) or phrase.text,
        description=plain_text(context.texts.of(topic, "summary").text or first_step.text)[:200],
        crumbs=crumbs,
        sensitive=sensitive,
    )


def _chips(context: Context, path: str, topics: Iterable[Topic], current: str) -> Chips:
    offers = context.facts.relations.offers_by_topic
    return [
        Chip(
            text=context.translated(topic),
            href=context.href(path, "topic", topic.id),
            count=len(offers.get(topic.id, ())),
            current=topic.id == current,
        )
        for topic in topics
        if offers.get(topic.id)
    ]


def _first_offers(context: Context, topic: Topic, offers: Iterable[str]) -> list[str]:
    """Return running offers of a topic's first step, most needed first."""
    site, named = context.site, {*topic.first_offers}
    running = (key for key in offers if site.offers[key].status == "running")
    return by_need(context, [key for key in running if key in named or site.offers[key].kind in named])


def _groups(context: Context, path: str, offers: Ids, *, young: bool) -> Sequence[OfferGroup]:
    """Group offers by how normal they are, protection first."""
    _ = context.gettext
    titles = {
        "protection": (
            _("Schutz und Krisenhilfe"),
            _("Hier hilft man sofort. Du musst nichts vorbereiten.")
            if young
            else _("Hier hilft man sofort. Sie müssen nichts vorbereiten."),
        ),
        "everyday": (_("Im Alltag"), _("Ohne Amt und ohne Antrag.")),
        "regular": (_("Kita, Schule und Gesundheit"), _("Für alle Kinder da.")),
        "infrastructure": (
            _("Treffs, Gruppen und Beratung"),
            _("Du gehst hin oder rufst an. Einen Antrag brauchst du nicht.")
            if young
            else _("Sie gehen hin oder rufen an. Einen Antrag brauchen Sie nicht."),
        ),
        "hze": (
            _("Hilfe zur Erziehung und besondere Hilfen"),
            _(
                "Wer sie braucht, hat ein Recht darauf. Manche bekommst du direkt, über andere sprichst du mit dem Jugendamt."
            )
            if young
            else _(
                "Wer sie braucht, hat ein Recht darauf. Manche bekommen Sie direkt, über andere sprechen Sie mit dem Jugendamt."
            ),
        ),
        "professionals": (_("Für Fachkräfte"), _("Für Menschen, die beruflich mit Kindern arbeiten.")),
        "violent": (
            _("Wenn du selbst Gewalt ausübst") if young else _("Wenn Sie selbst Gewalt ausüben"),
            _("Man kann lernen aufzuhören."),
        ),
    }
    found: dict[str, list[str]] = {name: [] for name in titles}
    for offer in offers:
        found[_group_of(context, offer)].append(offer)
    groups = []
    for name, ids in found.items():
        shown = ids if len(offers) <= MOST_CARDS else ids[:EACH]
        if ids:
            title, says = titles[name]
            says = says if _says_so(context, name, ids) else ""
            left = len(ids) - len(shown)
            groups.append(OfferGroup(name, title, says, left, offer_cards(context, path, shown, young=young)))
    return groups


AT_ONCE = ("open", "direct")
"""Ways in for which nobody needs an appointment."""


def _says_so(context: Context, name: str, offers: Ids) -> bool:
    """Tell whether all offers state the group's way in themselves."""
    facts = [context.facts.offers[offer] for offer in offers]
    if name == "protection":
        return all(one.way in AT_ONCE for one in facts)
    if name in ("everyday", "infrastructure"):
        return all(one.low_threshold for one in facts)
    return True


def _group_of(context: Context, key: str) -> str:
    """Return an offer's group; professionals' and perpetrators' stand apart."""
    offer = context.site.offers[key]
    if context.facts.offers[key].with_violence == "last":
        return "violent"
    if set(offer.for_) == {"professionals"}:
        return "professionals"
    return "protection" if offer.kind in PROTECTION else context.facts.offers[key].layer


def render_topics(context: Context, key: str = "") -> Page:
    """Make the page of all topics."""
    del key
    _ = context.gettext
    path = context.path("topics")
    words = context.words
    groups = tuple((topic, _chips(context, path, words.below(topic.id), "")) for topic in words.situations())
    return context.page(
        TopicsView(groups),
        path,
        family="topic",
        title=_("Alle Themen"),
        description=_("Was Familien bewegt und welche Angebote es dazu gibt."),
    )


SHOWN = 6  # offers to confide in
LISTENING = 12
"""So many who listen without a name: whoever looks for the one that fits shouldn't have to go on to a list first."""
PLACES = 3  # that are open at first
MOST_PLACES = 24
"""So many are on the page at most; of them those open today come first."""
YOUTH_NUMBERS = 5  # help numbers that are open at first


class YouthView(View, frozen=True):
    """Young people's page: numbers, protection, beds for adults (`grown`), listeners, places for `today`.

    Listeners are `nameless` (anonymous) then `confide`. `places_shown` are open at first, `free` cost
    nothing. `more_list`, `remote_list`, `places_list` are keys of lists; `more`, `places_count` their counts.
    """

    template = "youth.html"

    numbers: Sequence[ShortNumber]
    protect: Sequence[Markup]
    grown: Sequence[Markup]
    topics: Chips
    nameless: Sequence[Markup]
    confide: Sequence[Markup]
    more_list: str
    more: int
    remote_list: str
    today: Sequence[Markup]
    places_shown: int
    places_list: str
    places_count: int
    places_age: str
    free: int


def render_youth(context: Context, key: str = "") -> Page:
    """Make the page for young people."""
    del key
    _ = context.gettext
    path = context.path("youth")
    youth = context.facts.youth
    offers = context.site.offers
    nameless = youth.nameless[:LISTENING]
    confide = [item for item in youth.confide if item not in nameless]
    more_list = list_key(context.facts, "zugang", OFFER_FLAGS["without-parents"].list)
    scheduled = [item for item in youth.places if _has_week(context, item)]
    others = [item for item in youth.places if item not in scheduled]
    places = [*scheduled, *others][:MOST_PLACES]
    places_list = list_key(context.facts, "alter", "14-17", "10-13")
    free = OFFER_FLAGS["free"]
    view = YouthView(
        numbers=short_numbers(context, YOUTH_NUMBERS, young=True),
        protect=offer_cards(context, path, youth.protect, young=True),
        grown=offer_cards(context, path, youth.grown, young=True),
        confide=offer_cards(context, path, confide[:SHOWN], level=4, young=True),
        nameless=offer_cards(context, path, nameless, level=4, young=True),
        today=offer_cards(context, path, places, level=3, shown=PLACES, young=True),
        places_shown=PLACES,
        topics=_topics(context, path),
        more_list=more_list,
        more=len(context.facts.lists.get(OfferList("zugang", OFFER_FLAGS["without-parents"].list), ())),
        remote_list=list_key(context.facts, "zugang", OFFER_FLAGS["remote"].list),
        places_list=places_list,
        places_count=len(context.facts.lists.get(OfferList.at(places_list), ())) if places_list else 0,
        places_age=label_of(context, OfferList.at(places_list)) if places_list else "",
        free=sum(free.holds(context.site, offers[item], context.facts.offers[item]) for item in places),
    )
    return context.page(
        view,
        path,
        family="youth",
        title=_("Für dich: 12 bis 21"),
        description=_("Wer dir zuhört, wo du hingehen kannst und was passiert, wenn du anrufst."),
        toc=(
            Heading("reden", _("Mit jemandem reden")),
            Heading("anrufen", _("Was passiert, wenn ich anrufe?")),
            Heading("heute", _("Wo kann ich hin?")),
            Heading("rechte", _("Was dir zusteht")),
        ),
    )


def _has_week(context: Context, key: str) -> bool:
    schedule = context.facts.offers[key].schedule
    return context.site.offers[key].status == "running" and schedule is not None and schedule.readable


def _topics(context: Context, path: str) -> Chips:
    """Return young people's topics as chips."""
    words = context.words
    if YOUNG not in words.topics:
        return ()
    further = ("mobbing", "schulangst", "medien", "sexuelle-gewalt", "haeusliche-gewalt")
    own = words.below(YOUNG)
    others = [words.topics[key] for key in further if key in words.topics]
    return _chips(context, path, [*own, *others], "")
