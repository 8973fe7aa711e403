"""An address register of an invented big town: streets with house numbers on both sides, some of them divided between areas."""

from __future__ import annotations

import csv
import random
from pathlib import Path

_FIRST = ("Ahorn", "Birken", "Linden", "Amsel", "Drossel", "Mühlen", "Ufer", "Kirch", "Schul", "Berg", "Tal", "Wald", "Garten", "Hafen", "Markt", "Rosen", "Tulpen", "Nelken", "Eschen", "Ulmen", "Falken", "Reiher", "Kiebitz", "Sonnen", "Regen", "Wind", "Moor", "Heide", "Feld", "Wiesen", "Brunnen", "Quellen", "Stein", "Sand", "Kies", "Kalk", "Eisen", "Kupfer", "Silber", "Gold")  # fmt: skip
_MIDDLE = ("", "hof", "kamp", "brink", "horst", "grund", "eck", "born", "bruch", "busch", "loh", "rott", "siek", "wik", "bek")  # fmt: skip
_LAST = ("straße", "weg", "allee", "gasse", "platz", "ring", "damm", "stieg", "ufer", "pfad", "chaussee", "zeile", "winkel", "twiete", "kehre", "steig", "promenade")  # fmt: skip
AREAS, DIVIDED = 100, 0.15


def write_addresses(path: Path, streets: int = 10_000, addresses: int = 400_000, seed: int = 7) -> int:
    """Write a table of addresses, each with its area, its postcode and its point; return how many there are.

    So many streets as in real towns run through several areas; their sides are divided at different numbers.
    """
    dice = random.Random(seed)
    names = [first + middle + last for first in _FIRST for middle in _MIDDLE for last in _LAST]
    dice.shuffle(names)
    written = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("Strasse", "Hnr", "Zusatz", "Plz", "Gebiet", "Laenge", "Breite"))
        for number, name in enumerate(names[:streets]):
            left = addresses - written
            count = max(1, round(left / (streets - number) * dice.choice((0.4, 0.7, 1.0, 1.3, 1.6))))
            count = min(count, left) if number < streets - 1 else left
            home = dice.randrange(AREAS)
            divided = dice.random() < DIVIDED
            areas = [(home + step) % AREAS for step in range(dice.choice((2, 2, 3)) if divided else 1)]
            x, y = (
                10 + (home % 10) * 0.02 + dice.random() * 0.02,
                53.5 + (home // 10) * 0.015 + dice.random() * 0.015,
            )
            across, up = dice.uniform(-1, 1) * 0.0002, dice.uniform(-1, 1) * 0.0001
            house = 0
            for place in range(count):
                letter = dice.choice("abc") if dice.random() < 0.15 else ""
                house += 0 if letter and house else dice.choice((1, 1, 1, 2))
                area = areas[min(len(areas) - 1, int((place + (house % 2) * 3) / (count + 4) * len(areas)))]
                table.writerow(
                    (
                        name,
                        house,
                        letter,
                        20000 + home,
                        f"a{area:03d}",
                        f"{x + across * place:.6f}",
                        f"{y + up * place:.6f}",
                    )
                )
            written += count
    return written
