"""What is told of an offer's text in, the text of somebody who does what the help says, to the letter, out."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostic
from generator.model.offer import Offer
from generator.read.all_fields import known_fields
from generator.read.nodes import parse
from generator.read.records import validate

_FIELD = re.compile(r"(?P<field>[a-z_]+): (?P<rest>.*)", re.DOTALL)
_MOVED = re.compile(r"am Anfang der Zeile (?P<count>ein|\d+) Leerzeichen (?P<way>löschen|ergänzen)")
_BELOW = re.compile(
    r"auch „.*“ in eine eigene Zeile unter „.*:“ schreiben und so weit einrücken wie „.*“: (?P<parts>.*)"
)
_ENTRY = re.compile(
    r"auch „.*“ in eine eigene Zeile unter „.*:“ schreiben, wie die anderen Einträge: (?P<entry>- .*)"
)
_WHOLE = re.compile(
    r"(?:so schreiben|in eine Zeile schreiben|ohne „- “ schreiben|alle Einträge in eckigen Klammern schreiben|nur einen Wert schreiben"
    r"|im Text „ und “ verwenden und die äußeren weglassen|die äußeren weglassen|alle Einträge in eckigen Klammern schreiben"
    r"|den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese): (?P<field>[a-z_]+): (?P<rest>.*)"
)
_FORM = re.compile(r"(?:zum Beispiel )?(?P<field>[a-z_]+): (?P<rest>.*?)(?: schreiben(?:;.*)?)?")
_BELONGS = re.compile(r"(?:gemeint ist|das gehört in) „[a-z_]+“: (?P<field>[a-z_]+): (?P<rest>.*)")
_GROUP = re.compile(r"alle Felder, die zu „([a-z_]+)“ gehören, um zwei Leerzeichen einrücken")
_OWN_LINE = re.compile(
    r"(?:„.*“ in eine eigene Zeile unter „.*:“ schreiben|den ersten Eintrag in die nächste Zeile setzen) und um zwei Leerzeichen einrücken(, mit „- “ davor)?"
)
_WITHOUT_DASH = re.compile(r"ohne den Strich schreiben: ([a-z_]+): (.*); gehört er zum Text, .*")
_IN_GROUP = re.compile(r"das gehört in „[a-z_]+“ in Zeile (\d+); dort ergänzen: (.*)")
_CALLED = re.compile(r"gemeint ist (?:vielleicht )?„(?P<name>[a-z_]+)“")


def told(text: str) -> list[Diagnostic]:
    """Return what is told of an offer."""
    node, found = parse(text, "a.yml")
    return found if node is None else [*found, *validate(Offer, node, id="a")[1]]


def obeyed(text: str, item: Diagnostic) -> str | None:
    """Return the text in which was done what the help says; None where the help says nothing that can be done to the letter."""
    lines = text.split("\n")
    number, column = item.position.line - 1, item.position.column - 1
    line = lines[number]
    indent = len(line) - len(line.lstrip())
    help_ = item.help
    if match := _MOVED.fullmatch(help_):
        count = 1 if match["count"] == "ein" else int(match["count"])
        lines[number] = " " * (indent + (count if match["way"] == "ergänzen" else -count)) + line.lstrip()
        return "\n".join(lines)
    if match := _BELOW.fullmatch(help_):
        value = line[column : column + item.position.length]
        lines[number] = line.replace(value, "", 1)
        following = next(
            later for later in lines[number + 1 :] if later.strip() and not later.lstrip().startswith("#")
        )
        space = " " * (len(following) - len(following.lstrip()))
        lines[number + 1 : number + 1] = [space + part for part in match["parts"].split(", darunter ")]
        return "\n".join(lines)
    if match := _ENTRY.fullmatch(help_):
        lines[number] = line[:column]
        following = lines[number + 1]
        lines.insert(number + 1, " " * (len(following) - len(following.lstrip())) + match["entry"])
        return "\n".join(lines)
    if help_.endswith("löschen; es steht schon darunter"):
        lines[number] = line[:column]
        return "\n".join(lines)
    if match := re.fullmatch(r"so schreiben: (- .*)", help_):
        return "\n".join(
            _one_for_a_block(lines, number, f"{' ' * indent}{match[1]}", only_line=": {" not in match[1])
        )
    if item.code in ("leerzeichen-fehlt", "doppelpunkt-fehlt", "strich-ohne-leerzeichen") and (
        match := re.search(r"(?:so schreiben|beginnen): (.*)", help_)
    ):
        lines[number] = " " * indent + match[1]
        return "\n".join(lines)
    if item.code == "einrueckung-fehlt" and (match := _GROUP.search(help_)):
        below = known_fields().get(match[1]) or known_fields()["translations"]
        for later in range(number, len(lines)):
            field = re.match(r"\s*([a-z_]+):", lines[later])
            if (
                field is None
                or field[1] not in below
                or not lines[later].startswith(line[:indent] + field[1])
            ):
                break
            lines[later] = "  " + lines[later]
        return "\n".join(lines)
    if match := _OWN_LINE.fullmatch(help_):
        head, _, entry = line.partition(": ")
        following = lines[number + 1] if number + 1 < len(lines) else ""
        space = " " * (len(following) - len(following.lstrip()) if following[:1] == " " else indent + 2)
        lines[number : number + 1] = [f"{head}:", f"{space}{'- ' if match[1] else ''}{entry}"]
        return "\n".join(lines)
    if help_.startswith("die schließende Klammer"):
        lines[number] += "]" if line[column] == "[" else "}"
        return "\n".join(lines)
    if match := _WITHOUT_DASH.fullmatch(help_):
        lines[number] = f"{match[1]}: {match[2]}"
        return "\n".join(lines)
    if match := _IN_GROUP.fullmatch(help_):
        group = int(match[1]) - 1
        head, _, value = lines[group].partition(": ")
        if not value:
            lines[group] = f"{head} {{{match[2]}}}"
            del lines[number]
            return "\n".join(lines)
        if value.startswith("{"):
            lines[group] = f"{lines[group][:-1]}, {match[2]}}}"
            del lines[number]
            return "\n".join(lines)
    if help_.startswith("die „- “ vor den Feldern weglassen"):
        for later in range(number + 1, len(lines)):
            if not lines[later].lstrip().startswith("- "):
                break
            lines[later] = lines[later].replace("- ", "", 1)
        return "\n".join(lines)
    if (match := re.search(r"das gehört in „[a-z_]+“: (am Anfang.*)", help_)) and (
        by := _MOVED.fullmatch(match[1])
    ):
        lines[number] = " " * (int(by["count"]) if by["count"] != "ein" else 1) + line
        return "\n".join(lines)
    for pattern in (_WHOLE, _BELONGS, _FORM):
        if (match := pattern.fullmatch(help_)) and indent == 0 and not line.startswith("- "):
            new = _one_for_a_block(lines, number, f"{match['field']}: {match['rest']}", only_line=False)
            # The fields below that were told with it.
            beside = [line.partition(":")[0] for line in new[number + 1 :]]
            count = next(
                (n for n, name in enumerate(beside) if f", {name}: " not in match["rest"]), len(beside)
            )
            if item.code == "unbekanntes-feld":
                del new[number + 1 : number + 1 + count]
            return "\n".join(new)
    if match := _CALLED.fullmatch(help_):
        lines[number] = line[:column] + re.sub(r"^[^:]*", match["name"], line[column:], count=1)
        return "\n".join(lines)
    return None


def _one_for_a_block(lines: list[str], number: int, new: str, *, only_line: bool) -> list[str]:
    """Put a line in the place of a field and all that stands below it."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    end = number + 1
    while not only_line and end < len(lines):
        line = lines[end]
        inside = len(line) - len(line.lstrip()) > indent or (
            line[indent:].startswith("- ") and not lines[number].lstrip().startswith("- ")
        )
        if line.strip() and not inside:
            break
        end += 1
    return [*lines[:number], new, *lines[end:]]
