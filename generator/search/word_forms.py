"""Fold and stem words as the search compares them.

`assets/js/folding.js` folds and cuts words alike (`tests/search/vectors.json`) and stems nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

import Stemmer

_APOSTROPHES = re.compile("['’‘ʼ`´′]")
# A text of Latin letters and common punctuation alone, with no sign that belongs to the letter before it (as in Arabic).
_NO_MARKS = re.compile("[\x00-\u02ff\u2010-\u206f]*")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-zA-Z0-9]+")  # the same, much faster, for texts in ASCII
_PLAIN = re.compile(r"[a-z0-9 ]*")  # a text that is folded already
# Umlauts as people without their keys write them: Kaese, schoen, Muenchen; `fold` says where *ue* stays (U+0308: two dots).
_AE_OE = re.compile("([ao])e")
_UE = re.compile("(^|[^aeq\u0308])ue")
# What Unicode's decomposition leaves alone: Latin letters with a stroke, ligatures, the Turkish i, the Greek
# final sigma, and the Arabic letters that are written in more than one way (ى/ی/ي, ک/ك, ة/ه, tatweel).
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Spell a text for comparison: lower case, no accents, ß as ss, umlauts plain.

    *ue* stays after a, e, q (Frauen, Steuer, quer) and ä (Bäuerin).

    >>> fold("Straße"), fold("München"), fold("Muenchen"), fold("Frauenhäuser")
    ('strasse', 'munchen', 'munchen', 'frauenhauser')
    """
    text = _decomposed(text) if not text.isascii() or "'" in text or "`" in text else text.lower()
    if "e" in text:
        text = _AE_OE.sub(r"\1", _UE.sub(r"\1u", text) if "ue" in text else text)
    if _PLAIN.fullmatch(text):
        return text
    # Without marks (Unicode's `Mn`) that belong to letters: the dots of „ü“, which NFKD writes as „u“ and a mark.
    return "".join(sign for sign in text.translate(_LETTERS) if unicodedata.category(sign) != "Mn")


def _decomposed(text: str) -> str:
    """Write each accent as a sign of its own, in lower case."""
    return unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).lower()


def words(text: str) -> list[str]:
    """Cut a text into words; hyphens part, apostrophes don't.

    >>> words("Eltern-Kind-Gruppe: wie geht’s? (§ 16)")
    ['Eltern', 'Kind', 'Gruppe', 'wie', 'gehts', '16']
    """
    text = _APOSTROPHES.sub("", text)
    if text.isascii():
        return _ASCII_WORD.findall(text)
    text = unicodedata.normalize("NFC", text)
    if _NO_MARKS.fullmatch(text):
        return _WORD.findall(text)
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()


@lru_cache(maxsize=1 << 17)
def fold_words(text: str) -> str:
    """Fold a text's words, between blanks.

    >>> fold_words("Die Straße, links!")
    'die strasse links'
    """
    return " ".join(map(fold, words(text)))


# Snowball's name for the stemmer of a language. A language that isn't listed is searched by its written forms alone.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# By language the words that say nothing of what somebody looks for („ich“, „suche“, „bitte“).
_STOP_WORDS = {
    "de": """
        ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da dabei
        dafür damit dann darf das dass dein deine dem den denn der des die dies diese diesem diesen dieser dieses
        doch dort du durch ein eine einem einen einer eines er es etwas euch für ganz gegen gehen geht gibt gerade
        hab habe haben hat hatte hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem
        jeden jeder jedes kann kannst kein keine keinem keinen keiner können man manche mehr mein meine meinem meinen
        meiner mich mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne per sehr sein seine seinem seinen
        seiner seit selbst sich sie sind so soll sollen sollte sowie suche über um und uns unser unsere unserem
        unseren unserer unter viel viele vom von vor wann war warum was weil welche welcher wenn wer werden wie wieder
        beantragen will wir wird wo wollen während z zu zum zur zwischen brauche braucht möchte möchten bekomme
        weiß wissen weiter macht mache machen bekommen bekommt finden finde bitte gern gerne hallo heute jetzt morgen
        dringend günstig günstige nie niemand jemand wohin passt tun tut will wollen kriege kriegt kriagt steht stehen
        bald immer oft ständig dauernd einfach eigentlich leider endlich wirklich total echt vielleicht obwohl trotzdem
        deswegen deshalb irgendwo irgendwie irgendwer irgendwas irgendein irgendeine inne woher womit wofür wozu wen wem wessen
        wieso weshalb wegen welches welchen solche solchen aufs ans vors fürs übers wurde wurden würde würden worden wäre wären
        hätte hätten habt seid waren wart dürfen darf mögen mag könnte könnten solltest bisher schon wieder zurzeit
        fast kaum behauptet sitzt liegt nimmt holt guckt schaut arsch lassen ander ganzen ganze ganzer gestern bestimmt ungefähr danke hi hey servus moin sonst dazu daran darüber davon dahin damals einmal eben
        nich nid net ned nit nix nüscht wat dat det dit wos ick icke isch überhaupt gar eher sogar jemanden jemandem meines deines keines unseres eures dieses jenes ziemlich nochmal außerdem usw bzw bereits unbedingt wahrscheinlich anscheinend mittlerweile inzwischen irgendwann
        öffnungszeiten öffnungszeit sprechzeiten geöffnet paragraf paragraph
        bevor nachdem falls sodass jedoch sondern sowas denen deren dessen unsern unsre unserm meim eim mim mitm brauch bräuchte wär hätt könnt würd mol grad euer eure eurem
        glaube glaub glaubt glauben denke dachte meint sagt sagen gesagt drauf dran mei moi mia mir koa koan koi koin kei hob
        hän han hoab host hast is isses gibts gehts san un uff ufm aufm nem ner nen ne bissl bissle bisschen halt eh gell
        dr d dem e i a an ma man wia au aa mal ja na jo oda odr oder noh nu bei beid wo wie ses des
    """,
    "en": """
        a about all also an and any are as at be because been but by can cannot could did do does doing don dont for
        from get had has have he her here him his how i if im in into is it its itself just me more my need no nor not
        of on or our out own s she should so some such t than that the their them then there these they this those to
        too us very was we were what when where which while who whom why will with would you your have has been being find help looking look want wants
    """,
    "tr": "bir bu şu o ve ile için var yok mi mı mu mü ben sen biz siz bana benim çok ne nasıl nerede istiyorum lazım gerek da de ama",
    "ar": "في من على إلى عن مع هل ما أين كيف أنا عندي لدي أريد أحتاج هذا هذه لا يا و أو ابحث أبحث",
    "uk": "я ми ти ви він вона і й та в у на з із до для не що як де мені мій моя моє наш треба потрібна потрібен потрібно є це за від хочу",
    "ru": "я мы ты вы он она и в во на с со к для не что как где мне мой моя моё наш нужна нужен нужно есть это за от у хочу",
    "pl": "ja my ty i w we na z ze do dla nie co jak gdzie mi mnie mój moja moje nasz jest są to za od mam potrzebuję szukam chcę się po o",
    "fa": "من ما تو شما او و در به از با برای را که است هست این آن چه چطور کجا دارم ندارم می نمی خواهم نیاز یک",
    "ro": "eu noi tu voi el ea și în la cu de pe pentru nu ce cum unde mi îmi meu mea am are este sunt un o vreau nevoie caut din",
    "fr": "je j tu il elle nous vous et en à au aux avec de du des d pour ne n pas que qui comment où mon ma mes me un une le la les l est suis ai a besoin cherche veux mal dans sur par",
}

# How little words are said and written in dialects and in haste, by what they are in writing: „hört nich“ is „hört nicht“. What merely
# stresses is nothing: „hört überhaupt nicht“ is „hört nicht“.
_SPOKEN_FORMS = {
    "de": {
        "nicht": "nich net ned nid nit nedd",
        "nichts": "nix nichs nüscht nischt",
        "kein": "koa koi kei koan keen",
        "keine": "koane keene koine",
        "keinen": "keenen",
        "ist": "is isch",
        "mein": "mei moi meen",
        "st": "sankt",
        "auf": "uff uf auffe",
        "in": "inne inna",
        "von": "vonne",
        "mag": "mog",
        "schule": "schui schual schuel",
        "alte": "oide oida",
        "allein": "alleine alleene alloi alloa alloan alleen aleine aloi",
        "": "überhaupt gar einfach noch immer doch halt auch schon total echt wirklich eigentlich nur ständig dauernd jetzt gerade grad wieder sehr irgendwie so",
    },
}  # fmt: skip

# Of how many years or months, and in which class a child is, in words: „vierjährig“, „Drittklässler“.
_NUMBERS = "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
_ORDINALS = "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft"

# Words that many people type beside what they look for and that are said of nearly everything here, in all languages: they order
# what the other words found. Feelings are among them: who is afraid that a child stays down looks for help with school.
_FAINT_WORDS = """
    kind kinder kindern kindes tochter töchter sohn söhne sohnes mann frau familie hilfe hilft helfen problem probleme zwei drei
    kleine kleiner kleinen große großer großen kindl kindle büble bengel göre gören blag blagen
    lütte lütten lütter lüttes bro digga brudi nachwuchs sprössling bua bueb bub buben buam mädle madl deern
    krieg wicht kloa kloan kloana kloane dreikäsehoch knirps knirpse zwerg zwerge wichtel steppke stöpsel butscher kleinkind kleinkinder kindergartenkind kindergartenkinder kinners kiddies pimpf kurzer maus spatz
    plan ahnung stelle anlaufstelle beratungsstelle angebot angebote adresse nummer telefonnummer infos information informationen termin nähe stadt
    deutschland leute leuten mensch menschen sachen ding dinge wichtig schlimm richtig neuen meinung frage fragen baby babys säugling lernen kostet eltern freund freundin freundes partner
    angst ängste schiss panik fürchte fürchtet schäme scham peinlich verzweifelt verzweifelte traurig hilflos ratlos überfordert eifersüchtig leiden leidet wütend unsicher nervös
    vormittag vormittags mittag mittags nachmittag nachmittags abend abends
    tag tage tagen woche wochen stunde stunden minuten monat monate monaten monats jahr jahre jahren uhr alt alten wochenlang tagelang nächste nächsten nächster letzte letzten letzter letztes früher später
    erste sechsten stück mal jungen junge jungs größer größere älteste ältester jüngste papa papi vater haus eigenen eigene eigener eigenes eigenem kerl andern
    redet reden rede meldet melden gesehen geschickt holen geholt fragt gefragt suchen sucht anfangen schreibt dreh wohne spielt ruft rufe gehört kommen kam kamen läuft fühle fühl fühlt denk denken bester beste bestes
    sitze stand stehe stehn daneben voll null rein hin her
    heißt bedeutet bedeuten bedeutung definition offen geöffnet öffnet öffnen öffnungszeit öffnungszeiten gemeinsam antrag anträge pänz pans racker rabauke rabauken fratz fratzen krümel rotzlöffel wonneproppen kurze kurzen
    child children kid kids son daughter husband wife help family çocuk çocuğum çocuklar oğlum kızım kocam yardım
    طفل طفلي أطفال الأطفال أطفالي ابني ابنتي زوجي مساعدة дитина дитини дитину діти дітей син сина донька чоловік допомога
    ребёнок ребёнка ребёнком дети детей сын сына дочь муж помощь dziecko dziecka dzieci syn córka mąż pomoc
    کودک بچه فرزند پسرم دخترم شوهرم کمک copil copilul copii fiul fiica soțul ajutor enfant enfants fils fille mari aide
"""


def faint_words() -> frozenset[str]:
    """Return all languages' folded words that say little."""
    return frozenset(fold(word) for word in _FAINT_WORDS.split())


@cache
def base(language: str) -> str:
    """Return a language's base: Leichte Sprache (``de-x-ls``) is German."""
    return language.lower().replace("_", "-").partition("-")[0]


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return a function from a form to its folded stem.

    >>> stem = stemmer("de")
    >>> stem("Häuser") == stem("Haus") == stem("Haeuser")
    True
    """
    name = _STEMMERS.get(base(language))
    if name is None:
        return fold
    snowball = Stemmer.Stemmer(name)

    @cache
    def stem(form: str) -> str:
        return fold(snowball.stemWord(form.lower()))

    return stem


CLOCK_WORDS = (
    "abends afternoon aksam aksamustu amiaza apres dimineata dupa duration evening gece godzin godzina "
    "godziny h heure heures hour hours lapres matin midi midnight miezul minuit mittags mitternacht "
    "morgens morning nachm nachmittags nachts night noaptea nocy noon noptii ogle ogleden once oo ora ore "
    "os pm polnocy poludnie poludniem poludniu przed rano saat sabah seara soir sonra stunde stunden uhr "
    "vorm vormittags wieczorem yarisi вечера вечора годин година години дня дп ночи ночі полд полдень "
    "полн полночь пп ранку утра час часа часов ازظهر الصباح الظهر المساء بامداد بعد بعدازظهر ساعات ساعتان "
    "ساعه شب صباحا صبح ظهر ظهرا عصر فجرا قبل ليلا مساء نيمه"
)
"""The folded words that stand beside an hour in all languages, by CLDR: „z 6 ранку“, „saat 6“."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return a language's folded words without meaning for search."""
    return frozenset(fold(word) for word in _STOP_WORDS.get(base(language), "").split())


def spoken_forms(language: str) -> dict[str, str]:
    """Return by words of dialect, haste and age how they are written, folded; "" for what merely stresses."""
    found = {}
    for written, forms in _SPOKEN_FORMS.get(base(language), {}).items():
        for said in forms.split():
            found[fold(said)] = fold(written)
    for said, written in _ages(base(language)):
        found[fold(said)] = fold(written)
    return found


def _ages(language: str) -> Iterator[tuple[str, str]]:
    """Yield ages in words with their reading: „vierjähriger“ is „4jährig“."""
    if language != "de":
        return
    for number, name in enumerate(_NUMBERS.split(), 1):
        for ending in ("", "e", "er", "en", "es", "em"):
            yield f"{name}jährig{ending}", f"{number}jährig"
            yield f"{name}monatig{ending}", f"{number}monatig"
    for number, name in enumerate(_ORDINALS.split(), 1):
        for ending in ("", "n", "in", "innen"):
            yield f"{name}klässler{ending}", f"{number}klasse"
        if number > 1:  # „die erste eigene Wohnung“ is of no age
            yield from ((f"{name}{ending}", f"{number}te") for ending in ("e", "en", "er"))
