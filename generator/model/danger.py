"""Words of danger by what they do in a sentence, and the answers to it: the lexicon that stands above all search."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.model.groups import Group, TopicId
from generator.model.scalars import LanguageTag, Ref, Slug, Text, YesNo
from generator.model.word import Word


class DangerWords(Group):
    """What people say when they are in danger, in one language: words by what they do in a sentence.

    A word may hold a `*` (any ending, beginning or middle), consist of several words, or join words by `+` (all of them,
    near each other, in any order); `/` parts words (between `+` also phrases) of which one is enough; `=` before it means
    that accents count.
    `assets/js/danger.js` reads sentences with them; nothing of it is ever displayed.
    """

    id: Slug = Field(title="Kürzel")
    language: LanguageTag = Field(title="Sprache")
    # Who speaks and of whom.
    i: tuple[Text, ...] = Field((), title="ich", description="Wer handelt: ich, wir, I.")
    me: tuple[Text, ...] = Field((), title="mich", description="Wem es geschieht: mich, mir, uns.")
    my: tuple[Text, ...] = Field((), title="mein")
    myself: tuple[Text, ...] = Field(
        (), title="mich selbst", description="Nur, wo es anders heißt als „mich“."
    )
    oneself: tuple[Text, ...] = Field((), title="sich")
    husband: tuple[Text, ...] = Field((), title="Partner, ein Mann")
    wife: tuple[Text, ...] = Field((), title="Partnerin, eine Frau")
    partner: tuple[Text, ...] = Field((), title="Partner, Geschlecht offen")
    father: tuple[Text, ...] = Field((), title="Vater und andere Männer der Familie")
    mother: tuple[Text, ...] = Field((), title="Mutter und andere Frauen der Familie")
    parents: tuple[Text, ...] = Field((), title="Eltern, Familie")
    carer: tuple[Text, ...] = Field((), title="Lehrer, Trainer, Betreuer")
    child: tuple[Text, ...] = Field((), title="Kind")
    baby: tuple[Text, ...] = Field((), title="Säugling")
    woman: tuple[Text, ...] = Field((), title="eine andere Frau")
    man: tuple[Text, ...] = Field((), title="ein anderer Mann")
    someone: tuple[Text, ...] = Field((), title="jemand")
    elsewhere: tuple[Text, ...] = Field((), title="über mir", description="Was niemanden meint.")
    aside: tuple[Text, ...] = Field((), title="vor, bei", description="Vor einem Kind: Es sieht zu.")
    am_woman: tuple[Text, ...] = Field((), title="ich bin eine Frau")
    am_man: tuple[Text, ...] = Field((), title="ich bin ein Mann")
    am_young: tuple[Text, ...] = Field(
        (),
        title="ich bin ein Kind",
        description="Auch: # für ein Alter unter 18, ### für eines ab 18, ## für jede Zahl.",
    )
    object: tuple[Text, ...] = Field(
        (), title="nur im vierten Fall", description="Wer so heißt, handelt nicht."
    )
    whose: tuple[Text, ...] = Field((), title="ihr, sein", description="Vor einem Menschen: ihr Mann.")
    dative: tuple[Text, ...] = Field(
        (), title="meinem, meinen", description="Wer danach steht, handelt nicht."
    )
    theirs: tuple[Text, ...] = Field((), title="ihr Mann, in einem Wort")
    he: tuple[Text, ...] = Field((), title="er, ihn", description="Wer gemeint ist, steht anderswo.")
    she: tuple[Text, ...] = Field((), title="sie, ihr")
    grown: tuple[Text, ...] = Field((), title="erwachsen")
    # What happens.
    hits: tuple[Text, ...] = Field((), title="er tut Gewalt an")
    blow: tuple[Text, ...] = Field(
        (),
        title="ins Gesicht",
        description="Wohin er trifft: was er auch tut, mit „mich“ und einem Menschen.",
    )
    insults: tuple[Text, ...] = Field(
        (), title="er beschimpft, kratzt", description="Auch unter `hits`; bei Kindern ohne Antwort."
    )
    hit: tuple[Text, ...] = Field((), title="ich tue Gewalt an")
    to_hit: tuple[Text, ...] = Field((), title="Gewalt antun (Grundform)")
    beaten: tuple[Text, ...] = Field((), title="geschlagen (Partizip)")
    hits_me: tuple[Text, ...] = Field((), title="er schlägt mich, in einem Wort")
    hits_her: tuple[Text, ...] = Field((), title="er schlägt sie, in einem Wort")
    gets_beaten: tuple[Text, ...] = Field((), title="jemand wird geschlagen, in einem Ausdruck")
    get_beaten: tuple[Text, ...] = Field((), title="ich werde geschlagen, in einem Ausdruck")
    kills: tuple[Text, ...] = Field((), title="er tötet")
    kill: tuple[Text, ...] = Field((), title="ich töte")
    to_kill: tuple[Text, ...] = Field((), title="töten (Grundform)")
    violence: tuple[Text, ...] = Field((), title="Gewalt (Wort genügt)")
    violent: tuple[Text, ...] = Field((), title="gewalttätig")
    controls: tuple[Text, ...] = Field(
        (), title="er kontrolliert", description="Nur zwischen Partnern: Pass, Geld, Telefon, Ausgang."
    )
    watched: tuple[Text, ...] = Field((), title="was ich mache, wo ich bin, mit wem ich")
    bruises: tuple[Text, ...] = Field((), title="blaue Flecken, Veilchen")
    thrown: tuple[Text, ...] = Field((), title="hinausgeworfen, ausgesperrt")
    hides: tuple[Text, ...] = Field((), title="ich verstecke mich, schließe mich ein")
    lurks: tuple[Text, ...] = Field((), title="er steht draußen, kommt, geht nicht")
    drunk: tuple[Text, ...] = Field((), title="betrunken, böse")
    high: tuple[Text, ...] = Field((), title="auf Drogen, hört Stimmen")
    psychosis: tuple[Text, ...] = Field((), title="Psychose, hört Stimmen")
    heard: tuple[Text, ...] = Field((), title="Schreie von nebenan")
    expelled: tuple[Text, ...] = Field(
        (), title="weggewiesen", description="Die Polizei hat mich aus der Wohnung gewiesen."
    )
    edge: tuple[Text, ...] = Field(
        (), title="gleich tue ich dem Kind etwas", description="Mit Kind, oder wo sonst niemand genannt ist."
    )
    starves: tuple[Text, ...] = Field((), title="gibt mir nichts zu essen")
    asks: tuple[Text, ...] = Field((), title="ein Kind fragt nach Schutz")
    fear: tuple[Text, ...] = Field((), title="Angst haben")
    of: tuple[Text, ...] = Field(
        (), title="vor", description="Wovor; ohne Angabe genügt der Mensch dahinter."
    )
    rage: tuple[Text, ...] = Field((), title="ich raste aus")
    rages: tuple[Text, ...] = Field((), title="er rastet aus")
    sexual: tuple[Text, ...] = Field((), title="sexuelle Gewalt (Wort genügt)")
    touches: tuple[Text, ...] = Field((), title="er fasst an")
    private: tuple[Text, ...] = Field((), title="zwischen den Beinen", description="Mit Anfassen, Zeigen.")
    stalking: tuple[Text, ...] = Field((), title="Nachstellen (Wort genügt)")
    follows: tuple[Text, ...] = Field((), title="er stellt nach")
    stalk: tuple[Text, ...] = Field((), title="ich stelle nach")
    pregnant: tuple[Text, ...] = Field((), title="schwanger in Not")
    crime: tuple[Text, ...] = Field((), title="Straftat")
    suicide: tuple[Text, ...] = Field((), title="sich töten wollen")
    self_harm: tuple[Text, ...] = Field((), title="sich verletzen")
    cuts: tuple[Text, ...] = Field(
        (), title="ritzen, schneiden", description="Nur mit „sich“ oder ganz allein."
    )
    body: tuple[Text, ...] = Field((), title="Arm, Bein", description="Nur mit Schneiden.")
    veins: tuple[Text, ...] = Field((), title="Pulsadern, Kehle", description="Mit Schneiden: Lebensgefahr.")
    despair: tuple[Text, ...] = Field((), title="nicht mehr können", description="Wenn sonst nichts dasteht.")
    poison: tuple[Text, ...] = Field((), title="Vergiftung")
    swallows: tuple[Text, ...] = Field((), title="schlucken")
    toxin: tuple[Text, ...] = Field((), title="was giftig ist")
    overdose: tuple[Text, ...] = Field((), title="Überdosis")
    shakes: tuple[Text, ...] = Field((), title="schütteln")
    shaken: tuple[Text, ...] = Field((), title="geschüttelt")
    child_danger: tuple[Text, ...] = Field((), title="Kind in Gefahr (Wort genügt)")
    neglects: tuple[Text, ...] = Field((), title="vernachlässigen")
    flees: tuple[Text, ...] = Field((), title="weglaufen")
    home: tuple[Text, ...] = Field((), title="von zu Hause")
    refuge: tuple[Text, ...] = Field((), title="Frauenhaus")
    # How it is said.
    passive: tuple[Text, ...] = Field(
        (), title="werden", description="Die Form, in der jemandem etwas geschieht."
    )
    first: tuple[Text, ...] = Field((), title="habe, bin", description="Am Anfang: „ich“ ist ausgelassen.")
    have: tuple[Text, ...] = Field((), title="ich habe (getan)")
    by: tuple[Text, ...] = Field((), title="von", description="Durch wen.")
    against: tuple[Text, ...] = Field((), title="gegen, an", description="Gewalt gegen wen.")
    no: tuple[Text, ...] = Field((), title="nicht")
    want: tuple[Text, ...] = Field((), title="wollen")
    now: tuple[Text, ...] = Field((), title="jetzt")
    cry: tuple[Text, ...] = Field((), title="Hilfe!", description="Mit einer Tat eilt es.")
    today: tuple[Text, ...] = Field((), title="heute")
    past: tuple[Text, ...] = Field((), title="früher", description="Es ist vorbei.")
    often: tuple[Text, ...] = Field((), title="oft", description="Nicht gerade jetzt.")
    weapon: tuple[Text, ...] = Field((), title="Waffe")
    urgent: tuple[Text, ...] = Field((), title="es eilt", description="Würgen, einsperren, vor der Tür.")
    peril: tuple[Text, ...] = Field(
        (), title="in Gefahr, jetzt", description="Genügt allein: Er bricht die Tür auf, ich bin versteckt."
    )
    injured: tuple[Text, ...] = Field((), title="verletzt")
    collapsed: tuple[Text, ...] = Field(
        (), title="in Lebensgefahr", description="Genügt allein: atmet nicht, wacht nicht auf."
    )
    # Parts of a sentence.
    joins: tuple[Text, ...] = Field((), title="und, aber, weil")
    spelled: tuple[Text, ...] = Field(
        (), title="so geschrieben, so gemeint", description="Mundart und Verschliffenes: „net nicht“."
    )
    fill: tuple[Text, ...] = Field((), title="Füllwörter")
    calm: tuple[Text, ...] = Field(
        (), title="Spiel, Küche, Film", description="Daneben zählt kein Wort für eine Tat."
    )
    info: tuple[Text, ...] = Field(
        (), title="Kurs, Symptome, Buch", description="Wer sich erkundigt: daneben eilt nichts."
    )
    right: tuple[Text, ...] = Field(
        (), title="richtig geschrieben", description="Kein Tippfehler: „stärker“ ist kein „Stalker“."
    )
    plain: tuple[Text, ...] = Field(
        (), title="harmlos", description="Was nur so klingt: Schlagsahne, schlage vor."
    )


class DangerLine(Group):
    """A line of an answer: a help number, offers of the town, or the office's service out of hours."""

    number: Annotated[Slug, Ref("help")] | None = Field(None, title="Hilfenummer")
    kinds: tuple[Annotated[Slug, Ref("kinds")], ...] = Field((), title="Angebote dieser Art")
    topics: tuple[TopicId, ...] = Field((), title="Angebote zu diesen Themen")
    for_: tuple[Annotated[Slug, Ref("target_groups")], ...] = Field(
        (), alias="for", title="Für wen", description="Nur Angebote, die eine dieser Gruppen nennen."
    )
    not_for: tuple[Annotated[Slug, Ref("target_groups")], ...] = Field(
        (), title="Nicht für", description="Keine Angebote, die nur für diese Gruppen sind."
    )
    on_call: YesNo = Field(
        False, title="Rufbereitschaft", description="yes: die der Ämter, wo sie öffentlich ist."
    )


class DangerAnswer(Word):
    """What stands above the hits when somebody is in danger: lines in their order; `id` says who speaks of what."""

    says: Text | None = Field(None, title="Ein Satz")
    lines: tuple[DangerLine, ...] = Field(title="Zeilen", min_length=1)
    acute: Annotated[Slug, Ref("help")] = Field("polizei", title="Wenn es eilt, zuerst")
    topics: tuple[TopicId, ...] = Field((), title="Auch, wenn dieses Thema gewählt ist")
    violence: YesNo = Field(
        False,
        title="Gewalt",
        description="yes: Paarberatung, Mediation und Familienrat werden nicht vorgeschlagen.",
    )
