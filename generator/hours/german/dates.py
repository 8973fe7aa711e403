"""Give a lone day its month and year: „am 3., 10. und 17. Dezember 2026“."""

from __future__ import annotations

from dataclasses import replace

from generator.hours.german.tokens import Token


def _dated(token: Token, leading: tuple[int, ...]) -> Token:
    """Return a day or date with the month and year of the date that it leads to, where it lacks them; other tokens as they are."""
    year, month, day = leading
    if token.kind == "ordinal" and token.value.isdigit():
        return replace(token, kind="date", value=f"{token.value}.", numbers=(year, month, int(token.value)))
    if token.kind == "date" and token.numbers and not token.numbers[0] and year:
        before = token.numbers[1:] > (month, day)
        return replace(token, numbers=(year - 1 if before else year, *token.numbers[1:]))
    return token


def dates_resolved(tokens: list[Token]) -> list[Token]:
    """„am 3., 10. und 17. Dezember 2026“: single days take month and year from the date they lead to."""
    found = list(tokens)
    for number, token in reversed(list(enumerate(tokens))):
        # „Di 24.11. und Do 26.11.2026“, but „am 1. Samstag, 5.12.2026“ is one day.
        between = {"comma", "and", "to"} | ({"day"} if token.kind == "date" else set())
        following = next((other for other in found[number + 1 :] if other.kind not in between), None)
        if following is None or following.kind != "date" or not following.numbers:
            continue
        found[number] = _dated(token, following.numbers)
    return found
