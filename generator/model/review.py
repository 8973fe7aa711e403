"""Who has read a text for families in need before it is shown to them, and when."""

from __future__ import annotations

from pydantic import Field

from generator.model.dates import Date
from generator.model.groups import Group
from generator.model.scalars import Text

CRISIS = "hilfe-sofort/"
"""The folder of the texts that somebody must have read: how to get help without anybody knowing."""


class TextReview(Group):
    """The review of a text by somebody who knows its language and its subject."""

    by: Text = Field(title="Wer", description="Eine Stelle, kein Name: „Frauenhaus-Beratung, auf Türkisch“.")
    date: Date = Field(title="Wann", description="Der Tag, an dem der Text gelesen wurde.")


def crisis_language(name: str, languages: tuple[str, ...]) -> str | None:
    """Return the language of a crisis text by its name below `content/`; None where it is another text.

    >>> crisis_language("tr/hilfe-sofort/sicher.md", ("de", "tr")), crisis_language("ueber/index.md", ("de",))
    ('tr', None)
    """
    for language in languages:
        folder = CRISIS if language == languages[0] else f"{language}/{CRISIS}"
        if name.startswith(folder):
            return language
    return None
