"""A context in, the words out that go with a family: questions about what it has itself, and what stands on a handout.

A handout is made in any of the site's languages from a page in another one, so its words are data and not part of a script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.render.base.context import Context


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question about what a family has itself; its id is what a saved file keeps."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PromptGroup:
    """The questions about one kind of resource."""

    id: str
    title: str
    prompts: Sequence[Prompt]


def prompt_groups(context: Context) -> tuple[PromptGroup, ...]:
    """Return the questions by kind of resource: the person, those around, what is there."""
    _ = context.texts.gettext
    return (
        PromptGroup(
            "person",
            _("Sie selbst"),
            (
                Prompt("kann-ich", _("Was können Sie gut?")),
                Prompt("klappt-schon", _("Wann klappt es schon, wenigstens ein bisschen?")),
                Prompt("half-frueher", _("Was hat früher schon einmal geholfen?")),
                Prompt("macht-freude", _("Was macht Ihnen Freude, was Ihrem Kind?")),
            ),
        ),
        PromptGroup(
            "surroundings",
            _("Ihre Menschen"),
            (
                Prompt("wen-anrufen", _("Wen rufen Sie an, wenn es eng wird?")),
                Prompt("wer-tut-gut", _("Wer tut Ihrem Kind gut: Oma, Onkel, Trainerin, Nachbar?")),
                Prompt("wer-nimmt-ab", _("Wer könnte Ihnen einmal in der Woche etwas abnehmen?")),
                Prompt("wem-helfen", _("Wem helfen Sie selbst?")),
            ),
        ),
        PromptGroup(
            "material",
            _("Was da ist"),
            (
                Prompt("freie-zeit", _("Wann in der Woche haben Sie freie Zeit?")),
                Prompt("sachen", _("Was haben Sie: Fahrrad, Garten, einen ruhigen Platz?")),
                Prompt("leihen", _("Was ließe sich leihen, tauschen oder teilen?")),
                Prompt("geld", _("Steht Ihnen Geld zu, das Sie noch nicht bekommen?")),
            ),
        ),
    )


def handout_words(context: Context) -> Mapping[str, str]:
    """Return what stands on a handout and on a neutral card in the context's language, by the script's names for it."""
    texts, laws = context.texts, context.site.words.laws
    _ = texts.gettext
    return {
        "title": _("Ideen für Sie"),
        "titleYoung": _("Ideen für dich"),
        "lead": _("Sie entscheiden, was davon passt. Alles darf auch warten."),
        "leadYoung": _("Du entscheidest, was davon passt. Alles darf auch warten."),
        "think": _("Zum Überlegen"),
        "go": _("Hier können Sie hingehen oder anrufen"),
        "goYoung": _("Hier kannst du hingehen oder anrufen"),
        "own": _("Und außerdem"),
        "phone": _("Telefon"),
        "when": _("Wann"),
        "where": _("Wo"),
        "cost": _("Kosten"),
        "for": _("Für wen"),
        "access": _("Zugang"),
        "languages": _("Sprachen"),
        "bring": _("Mitbringen"),
        "notice": _("Hinweis"),
        "checked": _("Geprüft am {date}"),
        "code": _("QR-Code zu: {name}"),
        "right": texts.of(laws["recht-bleibt"], "meaning").text,
        "rightYoung": texts.of(laws["recht-bleibt-jung"], "meaning").text,
        "card": _("Wichtige Nummern"),
        "advice": _("Beratung"),
    }  # fmt: skip
