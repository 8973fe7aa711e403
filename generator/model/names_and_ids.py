"""Make ids from names, and name the characters that no text may hold."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

RESERVED = frozenset(
    {
        *("con", "prn", "aux", "nul"),
        *(f"com{number}" for number in range(1, 10)),
        *(f"lpt{number}" for number in range(1, 10)),
    }
)
"""Names that Windows gives to no file."""
MAX_SLUG = 100  # with folders and endings still a file name and an address everywhere
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
)


@lru_cache(maxsize=1 << 16)
def slug(text: str) -> str:
    """Write a text as an id: small letters, digits, hyphens, umlauts as two letters.

    >>> slug("Café für Väter & Söhne")
    'cafe-fuer-vaeter-soehne'
    """
    german = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", german) if not unicodedata.combining(letter)
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def slug_from(text: str) -> str:
    """Suggest an id for a name.

    >>> slug_from("Elterncafé Süd")
    'elterncafe-sued'
    """
    found = slug(text)[:MAX_SLUG].rstrip("-") or "mein-eintrag"
    return f"{found}-1" if found in RESERVED else found


def is_slug(text: str) -> bool:
    """Tell whether a text may be an id, valid as file name and address."""
    return _SLUG.fullmatch(text) is not None and len(text) <= MAX_SLUG and text not in RESERVED


_NAMES = {
    "\x00": "Nullzeichen",
    "\x0b": "Zeilenvorschub",
    "\x0c": "Seitenvorschub",
    "\r": "Wagenrücklauf",
    "\x7f": "Löschzeichen",
    "\x85": "Zeilenumbruch NEL",
    "\u2028": "Zeilentrenner",
    "\u2029": "Absatztrenner",
    "\ufeff": "Byte-Order-Mark",
}
# Control characters, what other programs take for an end of a line, halves of characters, numbers that are no characters, and signs
# that turn the order of the following text around unseen. Tabs and line feeds are text; marks for right-to-left words are needed.
UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
    + "]"
)


def unfit(text: str) -> re.Match[str] | None:
    """Find the first forbidden character; None for none.

    >>> unfit("Süd\\u2028Nord").start()
    3
    """
    return UNFIT.search(text)


def character_name(character: str) -> str:
    """Return how people can look a character up: `U+2028, Zeilentrenner`."""
    code = f"U+{ord(character):04X}"
    name = _NAMES.get(character) or unicodedata.name(character, "").capitalize()
    return f"{code}, {name}" if name else code


def visible(text: str) -> bool:
    """Tell whether a text has any visible character.

    >>> visible("\\u200b\\u200f"), visible("ü")
    (False, True)
    """
    # These letters are drawn as nothing.
    return any(
        unicodedata.category(letter)[0] not in "ZC"
        and letter not in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
        for letter in text
    )


FIRST_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        aaron achim adam ahmed aisha ali alina alexander alexandra amelie amina amir andrea andreas angela angelika anja anke anna
        annika anton antje arda arne axel ayla ayse barbara bastian beate ben benedikt benjamin bernd bettina birgit bjoern bodo
        brigitte britta carina carla carlos carolin carsten catharina charlotte christa christian christiane christina christine
        christoph clara claudia cornelia dagmar daniel daniela david dennis detlef diana dieter dirk dominik doris edith elena elias
        elif elisabeth elke ella ellen emil emilia emily emma emre eric erika esra eva fabian fatima fatma felix finn florian frank
        franz franziska frauke friederike fritz gabi gabriele georg gerd gerhard gisela grit gudrun guenter guido hakan hanna hannah
        hannelore hannes hans harald hassan hatice heike heiko heinz helena helga hendrik henrik henry holger ibrahim ida ilona ina
        ines inge ingo ingrid irina irmgard isabel isabella jakob jan jana janina jannik jasmin jens jessica joachim joerg johanna
        johannes jonas jonathan josef josephine julia julian juliane justin jutta kadir karin karl karla karsten katarina katharina
        kathrin katja katrin kemal kerstin kevin kirsten klara klaus konstantin kristin kristina lara lars laura lea lena leon leonie
        leo leyla liam lina linda lisa lothar luca lucas luisa lukas maik maja malte manfred manuel manuela marc marcel marco mareike
        margarete margit maria marianne marie marina mario marion markus marlene martha martin martina marvin mathilda matthias max
        maximilian maya mehmet melanie melek melina mia michael michaela mila miriam mohamed mohammed mona monika moritz murat mustafa
        nadine nadja natalia natalie nele nico nicolas nicole niklas nils nina noah nora norbert ole olaf olga oliver oskar otto patrick
        paul paula pauline peter petra philipp pia rainer ralf ralph raphael rebecca regina reinhard renate rene rita robert robin
        roland rolf roman ronny rosa rudolf ruth sabine sabrina samira samuel sandra sara sarah sascha sebastian selin selma
        silke silvia simon simone sina sofia sofie sonja sophia sophie stefan stefanie steffen stephan susanne svenja swetlana sven
        sylvia tanja tatjana theo theresa thomas thorsten till tim timo tina tobias tom toni torben torsten udo ulf ulrich ulrike
        ursula ute uwe valentina vanessa vera verena veronika victoria viktor vincent volker walter werner wilhelm wolfgang yannick
        yasemin yusuf yvonne zeynep
        """,
    )
)
"""Common in Germany, in several languages, in small letters; names that are everyday words as well (Heide, Mark, Kai, Rose) are left out."""
