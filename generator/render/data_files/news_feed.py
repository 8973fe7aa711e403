"""A context in, „Tipps und Themen“ as a feed for readers and mail programs out: what has happened, not what is announced."""

from __future__ import annotations

from collections.abc import Sequence

from generator.export.sitemap_and_feed import Feed, FeedEntry, atom
from generator.model.facts import NewsKind
from generator.render.base.context import Context
from generator.render.directory.cards import where_text
from generator.render.directory.news_lines import news_line, news_titles

FEED = "feed.atom"
KINDS: Sequence[NewsKind] = ("new", "added", "changed", "ended")


def feed_files(context: Context) -> dict[str, bytes]:
    """Return the feed by its path; the internal site has none."""
    if context.site.internal:
        return {}
    _ = context.gettext
    root = context.site.config.url.rstrip("/") + "/"
    titles = news_titles(context)
    entries = []
    for item in context.facts.news:
        if item.kind not in KINDS or item.date is None:
            continue
        line = news_line(context, "", item)
        text = " ".join(filter(None, [line.text, line.other.striptags()]))
        title = f"{titles[item.kind]}: {line.name.striptags()}"
        where = where_text(context, item.offer)
        entries.append(
            FeedEntry(
                item.date,
                f"{title} ({where})" if where else title,
                text,
                root + context.path("offer", item.offer),
            )
        )
    path = context.path("news")
    title = _("Tipps und Themen: {town}").format(town=context.site.config.name)
    feed = Feed(title, context.site.config.publisher.name, context.lang, root + path + FEED, root + path)
    return {path + FEED: atom(feed, entries, context.facts.today)}
