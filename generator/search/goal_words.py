"""A language in, how goals are said in it („Mia soll wieder gern zur Schule gehen“) out: words that say nothing of what is wanted, turns of phrase, irregular verbs, who speaks and whom it is about (ages, sex, role in a family).

Goals are whole sentences („Mia soll wieder gern zur Schule gehen“), a search box gets a word or two. The words here are added to those
that the search ignores anyway.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.search.word_forms import base, fold

_EMPTY = {
    "de": """
        zwei drei vier fünf sechs sieben acht neun zehn elf zwölf stunde stunden uhr abend abends alltag hört hören hör anfangen angst arbeiten bald besser bleiben bleibt braucht bringen eigene eigenen eigenes einfach einmal
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
        # Who wishes that nobody does something any more: today somebody does.
        "nobody": "keiner niemand",
        "somebody": "jemand",
        # Forms of address before a name.
        "address": "frau herr familie",
        # Between two things that are wanted.
        "joining": "und sowie",
        # Behind the name of a help: somebody wants to give it.
        "becoming": "werden werde wird",
        # Before the name of a help: it is over, or nobody wants it.
        "over": "nach ohne statt kein keine keinen aus raus nicht nie weder war waren",
        # Names of a help that are another word where nouns have capitals and they have none: who „kommt heim“ wants no „Heim“.
        "adverbs": "heim",
        # Small words: a phrase that begins with one is said in this order.
        "small": """an am auf aus bei bis das dass dem den der die ein eine einem einen einer für im in ist keine keinen kein mal mehr mein meine meinem
            meinen meiner mit nach nicht nie nur ob ohne so über um und von vor was wer wie wo zu zum zur""",
        # What begins a part of a sentence that says why, when or in spite of what.
        "aside": "obwohl weil denn nachdem falls trotz",
        # What stands before a word and makes another one of it: „unterhalten“ is no „halten“, a „Kindergarten“ no garden.
        "prefixes": "ant ver ent zer miss unter über wider wieder hinter her hin emp kinder",
    },
    "en": {
        "about": "should must",
        "against": "not no never less stop stops without avoid prevent dont doesnt didnt isnt arent wont cant",
        "ending": "anymore more longer any",
        "nobody": "nobody",
        "somebody": "somebody",
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

_VERBS = {
    "de": """
        schrei: schrie schrien geschrien geschrieen; sprech: spricht sprichst sprach sprachen gesprochen; schlaf: schlief schliefen;
        ess: isst iss aß aßen gegessen; les: liest lies las lasen; helf: hilft hilf half halfen geholfen; sing: sang sangen gesungen;
        streit: stritt stritten gestritten; find: fand fanden gefunden; trink: trank tranken getrunken; schwimm: schwamm geschwommen;
        geh: ging gingen gegangen; komm: kam kamen; seh: sieht siehst sah sahen; treff: trifft triffst traf trafen getroffen;
        nehm: nimmt nimmst nahm nahmen genommen; geb: gibt gibst gab gaben; lauf: lief liefen; werf: wirft warf geworfen;
        bleib: blieb blieben geblieben; versteh: verstand verstanden; schreib: schrieb schrieben geschrieben; zieh: zog zogen gezogen;
        verlier: verlor verloren; sterb: stirbt starb starben gestorben; vergess: vergisst vergaß; fahr: fuhr fuhren;
        halt: hielt hielten; sitz: saß saßen gesessen; denk: dachte gedacht; bring: brachte brachten gebracht; kenn: kannte gekannt;
        beiß: biss bissen gebissen; schlag: schlug schlugen; verlass: verließ verließen; entscheid: entschied entschieden
    """,
    "en": """
        cry: cried cries; sleep: slept; speak: spoke spoken; eat: ate eaten; find: found; meet: met; swim: swam swum; sing: sang sung;
        drink: drank drunk; fight: fought; go: went gone; write: wrote written; teach: taught; lose: lost
    """,
}

_AGES = {
    # From which month to which somebody is of whom this is said.
    "de": """
        0-95: mein kleiner, meine kleine, meinen kleinen; 0-23: baby, säugling, neugeboren, wickel, stillen, fläschchen, einjährig; 0-35: krippe, krabbel; 12-47: kleinkind, zweijährig;
        12-83: kita, kindergart; 60-83: vorschul, einschul; 72-131: grundschul, erste klasse, ersten klasse, zweite klasse, zweiten klasse,
        dritte klasse, dritten klasse, vierte klasse, vierten klasse; 72-227: schulkind, schulbrot, klassenfahrt, hausaufgab, klassenlehr;
        144-227: teenag, jugendlich, pubertät; 168-323: führerschein, azubi, berufsschul, lehrstelle
    """,
    "en": """
        0-23: baby, newborn, breastfe; 12-47: toddler; 12-83: nursery, kindergarten; 72-131: primary school; 72-227: homework, school trip;
        144-227: teenag, puberty; 168-323: driving licence, apprentice
    """,
}

_PEOPLE = {
    # Who speaks in a goal, or whom it is about: words that stand together.
    "de": {
        "me": "ich mich mir wir uns",
        "young": """
            meine eltern, meinen eltern, meiner eltern, mein vater, meinem vater, meinen vater, meine mutter, meiner mutter, meine lehrer,
            meinen lehrer, meinem lehrer, meiner lehrer, mein lehrer, meine klasse, meiner klasse, mein zeugnis, meine ausbildung, meinen abschluss,
            meinen schulabschluss, führerschein, taschengeld, meine clique, wir jugendlich, als jugendlich, mein stiefvater, meine geschwister,
            von zu hause aus, zu hause aus, zu hause raus
        """,
        "parent": """
            mein sohn, meinem sohn, meinen sohn, meines sohn, meine tochter, meiner tochter, meine töchter, meinen töchter, mein kind, meine kinder,
            meinem kind, meinen kinder, meiner kinder, unser kind, unsere kinder, unseren kinder, unserem kind, unser sohn, unserem sohn, unseren sohn,
            unsere tochter, unserer tochter, mein baby, meinem baby, unser baby, unserem baby, meine kleine, mein kleiner, meinen kleinen,
            meinem kleinen, unsere jung, mein junge, meine jungs, meinem jungen, meinen jungen, unser einjährig
        """,
        "self": """
            als mutter, als vater, als papa, als mama, mein mann, meinem mann, meinen mann, meine frau, meiner frau, mein ex, meine ex, meinem ex,
            meiner ex, wir eltern, meine partner, mein partner, meinem partner, meiner partner, andere mütter, anderen mütter, andere väter,
            anderen väter, andere eltern, anderen eltern
        """,
        "grown": """
            frau, herr, die mutter, der mutter, werdende mutter, kindsvater, kindsmutter, die eltern, den eltern, die familie, familie,
            großmutter, großvater, großeltern, oma, opa, großtante, ihr sohn, ihrem sohn, ihren sohn, ihres sohn, ihre tochter, ihrer tochter,
            ihre kinder, ihren kinder, seinem sohn, seinen sohn, seiner tochter, seine tochter, seine kinder, seinen kinder
        """,
        "children": """
            kind, kinder, sohn, söhne, tochter, töchter, junge, jungen, jungs, mädchen, enkel, baby, zwilling, jugendlich, teenag, schüler, kleine,
            bruder, schwester, säugling
        """,
        "female": "tochter, töchter, mädchen, enkelin, schwester, nichte, mutter, frau, oma, großmutter, schülerin, freundin",
        "male": "sohn, söhne, junge, jungs, enkel, bruder, neffe, vater, mann, opa, großvater, schüler",
    },
    "en": {
        "me": "i me my we us",
        "young": "my parents, my mother, my father, my teacher, my class, driving licence, pocket money, my apprenticeship",
        "parent": "my son, my daughter, my child, my children, my kids, our son, our daughter, our child, our children, my baby, our baby",
        "self": "as a mother, as a father, my husband, my wife, my ex, my partner, other mothers, other fathers, other parents",
        "grown": "mrs, mr, the mother, the parents, the family, grandm, grandf, her son, her daughter, his son, his daughter",
        "children": "child, kid, son, daughter, boy, girl, baby, twins, teenag, young people, pupil, brother, sister",
        "female": "daughter, girl, sister, mother, woman, wife, grandm",
        "male": "son, boy, brother, father, man, husband, grandf",
    },
}

GROUPS = {
    "parents": (
        "parents",
        "mothers",
        "fathers",
        "single-parents",
        "pregnant",
        "foster-families",
        "grandparents",
        "women",
        "men",
    ),
    "children": ("girls", "boys", "children", "young-people", "siblings"),
    "female": ("girls", "women", "mothers"),
    "male": ("boys", "men", "fathers"),
    "around": ("relatives", "parents", "mothers", "fathers"),
}
"""Which target groups bring up children, which are brought up, of which sex they are, and which are there because of somebody else."""


def kin_words(language: str) -> dict[str, str]:
    """Map what families call each other to the one word under which phrases name them, both folded: „papa“ to „vater“."""
    found = {}
    for meant, written in _KIN.get(base(language), {}).items():
        for word in written.split():
            found[fold(word)] = fold(meant)
    return found


def empty_words(language: str) -> frozenset[str]:
    """List the folded words of a language that say nothing about what a goal is about."""
    return frozenset(fold(word) for word in _EMPTY.get(base(language), "").split())


def turns(language: str) -> dict[str, str]:
    """Return the turns of phrase of a language, folded, by what they give away."""
    found = {}
    for name, written in _TURNS.get(base(language), {}).items():
        folded = map(fold, written.split())
        found[name] = " ".join(dict.fromkeys(folded))
    return found


def verbs(language: str) -> dict[str, str]:
    """Map forms of irregular verbs to the beginning under which phrases name them, both folded: „geschrien“ to „schrei“."""
    found = {}
    for stem, forms in _rows(_VERBS.get(base(language), "")):
        for form in forms.split():
            found[fold(form)] = fold(stem)
    return found


def _rows(written: str) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each row of a table such as „schrei: geschrien schrie; …“."""
    for row in written.split(";"):
        if row.strip():
            name, said = row.split(":")
            yield name.strip(), said


def people(language: str) -> dict[str, object]:
    """Return what tells who speaks in a goal and whom it is about: phrases, ages in months with what is said of them, groups by sex and role."""
    told = _PEOPLE.get(base(language), {})
    ages = []
    for span, said in _rows(_AGES.get(base(language), "")):
        lowest, highest = span.split("-")
        ages.append((int(lowest), int(highest), _phrases(said)))
    found: dict[str, object] = {"me": _words(told.get("me", "")), "ages": ages}
    for name in ("young", "parent", "self", "grown", "children", "female", "male"):
        found[name] = _phrases(told.get(name, ""))
    found["of"] = GROUPS
    return found


def _phrases(written: str) -> list[str]:
    """Return the phrases between commas, folded, each once."""
    found = [" ".join(_words(phrase)) for phrase in written.split(",")]
    return list(dict.fromkeys(phrase for phrase in found if phrase))


def _words(written: str) -> list[str]:
    return [fold(word) for word in written.split()]
