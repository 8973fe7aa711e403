"""Takes a language and hands out how goals are said in it: words that tell nothing of what is wanted, and turns of phrase.

Goals are whole sentences („Mia soll wieder gern zur Schule gehen“), a search box gets a word or two. The words here are added to those
that the search ignores anyway.
"""

from __future__ import annotations

from generator.search.folding import fold
from generator.search.languages import base

_EMPTY = {
    "de": """
        abend abends alltag anfangen angst arbeiten bald besser bleiben bleibt braucht bringen eigene eigenen eigenes einfach einmal
        endlich erst finden findet fühlen gern gerne gut guten haus heute hause hin hinbekommen immer jahr jemand jemanden kind kinder
        kindern klappen klappt klar kommen kommt kriegen lang lange lassen läuft leben leichter lernen lernt machen macht mag mal mehr
        mensch menschen mir morgen morgens nachmittag nie nachts neu neue oft paar richtig ruhig ruhiger schaffen schafft schnell
        schön spielt spielen helfen hilft hilfe arbeit sagen sagt sehen sicher sohn sonst sorgen stehen tag tage tochter tun verstehen wenig wenigstens wie wieder wirklich
        wissen woche wochenende wünsche zeit zurecht zusammen mutter vater mama papa eltern familie junge mädchen leute soll sollte
        möchte möchten will wollen würde könnte müssen dürfen darf weiter wirklich ganz alleine allein damit dass
        jugendliche jugendlicher jugendlichen jugendlichem kleiner kleine kleinen großer große großen frau mann bruder schwester oma opa
        stiefvater stiefmutter los danach regelmäßig bringt bringen holt holen nimmt nehmen teil halten hält etwas
    """,
    "en": """
        again able alone always better child children daughter day days down easier easy every everyday evening family father feel find
        finally get gets go goes going good help home just keep kids know learn learns life like live little long make makes many mum
        mother much never new often one own parents people quickly really same say see son stay take than things time today together
        want wants wish without work works would year
    """,
}

_TURNS = {
    "de": {
        # What a goal begins with that speaks about somebody instead of with them: „Mia soll …“
        "about": "soll sollen muss müssen",
        # What says what is to end, and not what is to be there instead.
        "against": "nicht nie kein keine keinen keinem keiner weniger aufhören ohne statt stoppen verhindern vermeiden",
        # What goes with such a word: „nicht mehr“.
        "ending": "mehr länger",
        # Forms of address before a name.
        "address": "frau herr familie",
        # Between two things that are wanted.
        "joining": "und sowie",
        # Behind the name of a help: somebody wants to give it.
        "becoming": "werden werde wird",
        # Before the name of a help: it is over, or nobody wants it.
        "over": "nach ohne statt kein keine keinen aus raus",
    },
    "en": {
        "about": "should must",
        "against": "not no never less stop without avoid prevent don doesn",
        "ending": "anymore more longer any",
        "address": "mr mrs ms family",
        "joining": "and",
        "becoming": "become",
        "over": "after without instead no from",
    },
}

_KIN = {
    "de": {
        "vater": "papa papi vati kindsvater stiefvater stiefpapa",
        "mutter": "mama mami mutti kindsmutter stiefmutter stiefmama",
        "kind": "sohn sohnes tochter kleiner kleine kleinen junge jungen mädchen",
    },
    "en": {
        "father": "dad daddy stepdad stepfather",
        "mother": "mum mummy mom stepmum stepmother",
        "child": "son daughter kid kids",
    },
}


def kin_words(language: str) -> dict[str, str]:
    """Map what families call each other to the one word under which phrases name them, both folded: „papa“ to „vater“."""
    return {
        fold(word): fold(meant)
        for meant, written in _KIN.get(base(language), {}).items()
        for word in written.split()
    }


def empty_words(language: str) -> frozenset[str]:
    """List the folded words of a language that say nothing about what a goal is about."""
    return frozenset(fold(word) for word in _EMPTY.get(base(language), "").split())


def turns(language: str) -> dict[str, str]:
    """Return the turns of phrase of a language, folded, by what they give away."""
    found = _TURNS.get(base(language), {})
    return {
        name: " ".join(dict.fromkeys(fold(word) for word in written.split()))
        for name, written in found.items()
    }
