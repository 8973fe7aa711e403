"""The pages of topics, and „Für dich“ for young people."""

from __future__ import annotations

import datetime as dt
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
from generator.render.data_files.open_data import calendar_until
from generator.render.directory.cards import offer_cards
from generator.render.directory.help_numbers import Helper, ShortNumber, helpers, short_numbers, who_helps
from generator.render.directory.listing import MOST_CARDS, list_key
from generator.render.directory.offer_order import PROTECTION, by_need
from generator.render.directory.record_lines import RecordLines, lines_in_order
from generator.render.pages.search_field import SearchNumber, whom_to_call

GRAVE_NUMBERS = 4
"""Crisis numbers that are seen at first on a page about violence; further ones are folded."""
YOUNG = "jung"
"""The life situation of young people."""
ARRIVING = "neu"
"""The life situation of who has just come."""
LINKED = 5
"""So many offers are linked beside what to do first; the others stand first below."""
EACH = 12
"""More than `MOST_CARDS` offers would make the page heavy: then each group shows so many and leads to the whole list."""


class OfferGroup(Struct, frozen=True):
    """Offers of one group."""

    id: str
    title: str
    says: str  # how one gets in; empty where not all say so
    left: int  # how many more are in the whole list
    cards: Sequence[Markup]


class TopicView(View, frozen=True):
    """A topic's page; a life situation is a topic with others below it."""

    template = "topic.html"

    situation: Topic | None  # to which it belongs; None for a life situation itself
    phrase: Translated  # what people say: „Das Geld reicht nicht“
    numbers: Sequence[ShortNumber]  # on a page about violence
    first_step: Translated  # what to do first
    first_offers: RecordLines  # some that this names
    first_left: int  # how many more
    subtopics: Chips  # topics of the same life situation
    groups: Sequence[OfferGroup]
    count: int  # of offers
    all_list: str  # key of the whole list; empty where all stand here
    calendar: dt.date | None  # until when the times of its calendar are known
    young: bool  # whether it speaks to young people, in „du“
    arriving: bool  # whether a page tells newcomers what to do step by step
    everywhere: Topic  # says who helps in all of Germany, where no offer is recorded
    helpers: Sequence[Helper]  # whom to call of these
    call: Sequence[SearchNumber]  # numbers for anything, where no offer is recorded


class TopicsView(View, frozen=True):
    """All life situations, each with the topics below it."""

    template = "topics.html"

    groups: Sequence[tuple[Topic, Chips]]


def topic_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return every topic: the page of one without offers says who helps else."""
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
        first_offers=lines_in_order(context, first[:LINKED]),
        first_left=len(first[LINKED:]),
        subtopics=_chips(context, path, words.below(situation.id), key),
        groups=_group_offers(context, path, by_need(context, offers, first), young=young),
        count=len(offers),
        all_list=OfferList("thema", key).address if len(offers) > MOST_CARDS else "",
        calendar=calendar_until(context, "topic", key),
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
    """Link topics that have offers, with their number."""
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
    """Return running offers whose id or kind the topic's first step names, most needed first."""
    site, named = context.site, {*topic.first_offers}
    running = (key for key in offers if site.offers[key].status == "running")
    return by_need(context, [key for key in running if key in named or site.offers[key].kind in named])


def _group_offers(context: Context, path: str, offers: Ids, *, young: bool) -> Sequence[OfferGroup]:
    """Group offers: protection, then from everyday life to special help, then for professionals and perpetrators."""
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
    """Tell whether what a group says of the way in holds for all its offers."""
    facts = [context.facts.offers[offer] for offer in offers]
    if name == "protection":
        return all(one.way in AT_ONCE for one in facts)
    if name in ("everyday", "infrastructure"):
        return all(one.low_threshold for one in facts)
    return True


def _group_of(context: Context, key: str) -> str:
    """Return an offer's group, a key of `titles` in `_group_offers`."""
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
    offers = context.facts.relations.offers_by_topic
    filled_first = sorted(words.situations(), key=lambda topic: not offers.get(topic.id))
    groups = tuple((topic, _chips(context, path, words.below(topic.id), "")) for topic in filled_first)
    return context.page(
        TopicsView(groups),
        path,
        family="topic",
        title=_("Alle Themen"),
        description=_("Was Familien bewegt und welche Angebote es dazu gibt."),
    )


CONFIDE = 6  # offers that listen without parents; a list has all
NAMELESS = 12
"""Offers that listen without a name: so many that one needn't go on to a list to find the one that fits."""
PLACES = 3  # that are seen at first; the others are folded
MOST_PLACES = 24
"""So many are on the page at most, to keep it light; a script puts those open today first."""
YOUTH_NUMBERS = 5  # help numbers that are seen at first


class YouthView(View, frozen=True):
    """Young people's page; offers are cards, `…_list` are keys of lists, empty for none."""

    template = "youth.html"

    numbers: Sequence[ShortNumber]
    protect: Sequence[Markup]  # refuges and crisis services
    grown: Sequence[Markup]  # a bed for those of age
    topics: Chips
    nameless: Sequence[Markup]  # who listens without a name
    confide: Sequence[Markup]  # who listens without the parents' knowledge
    more_list: str  # all where one may go without parents
    more: int  # how many these are
    remote_list: str  # by telephone or online
    today: Sequence[Markup]  # places to go to
    places_shown: int  # how many of them are seen at first
    free: int  # how many of `today` cost nothing


def render_youth(context: Context, key: str = "") -> Page:
    """Make the page for young people."""
    del key
    _ = context.gettext
    path = context.path("youth")
    youth = context.facts.youth
    offers = context.site.offers
    nameless = youth.nameless[:NAMELESS]
    confide = [item for item in youth.confide if item not in nameless]
    more_list = list_key(context.facts, "without-parents")
    scheduled = [item for item in youth.places if _has_week(context, item)]
    others = [item for item in youth.places if item not in scheduled]
    places = [*scheduled, *others][:MOST_PLACES]
    free = OFFER_FLAGS["free"]
    view = YouthView(
        numbers=short_numbers(context, YOUTH_NUMBERS, young=True),
        protect=offer_cards(context, path, youth.protect, young=True),
        grown=offer_cards(context, path, youth.grown, young=True),
        confide=offer_cards(context, path, confide[:CONFIDE], level=4, young=True),
        nameless=offer_cards(context, path, nameless, level=4, young=True),
        today=offer_cards(context, path, places, level=3, shown=PLACES, young=True),
        places_shown=PLACES,
        topics=_link_young_topics(context, path),
        more_list=more_list,
        more=len(context.facts.lists[OfferList.at(more_list)]) if more_list else 0,
        remote_list=list_key(context.facts, "remote"),
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
    """Tell whether an offer runs at hours that a script can evaluate."""
    schedule = context.facts.offers[key].schedule
    return context.site.offers[key].status == "running" and schedule is not None and schedule.readable


def _link_young_topics(context: Context, path: str) -> Chips:
    """Return young people's topics as chips."""
    words = context.words
    if YOUNG not in words.topics:
        return ()
    further = ("mobbing", "schulangst", "medien", "sexuelle-gewalt", "haeusliche-gewalt")
    below = words.below(YOUNG)
    others = [words.topics[key] for key in further if key in words.topics]
    return _chips(context, path, [*below, *others], "")
