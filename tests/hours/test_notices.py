"""What a notice says of a day: that nothing takes place, that it may not, or nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.hours.german.notices import Closure, closure_on, closures
from generator.hours.remarks import says_closed
from tests.hours.test_remarks import phrases

UNTIL = dt.date(2027, 1, 31)
DAY = dt.date(2026, 12, 5)

CLOSED = """
Am 5. Dezember geschlossen. | Am 5.12. ist zu. | Am 5.12.2026 kein Treff. | Am 5. Dezember keine Beratung. | Am 5. Dezember entfällt der Treff.
Am 5. Dezember entfallen die Kurse. | Am 5. Dezember fällt der Treff aus. | Am 5. Dezember fallen die Kurse aus. | Am 5. Dezember findet nicht statt
Am 5. Dezember abgesagt | Urlaub vom 1. bis 12. Dezember | Winterpause bis 12. Dezember | Betriebsruhe vom 1.12. bis 12.12. | Betriebsferien 1.12.-12.12.
Vom 1. bis 12. Dezember machen wir Ferien. | Vom 1.12. bis zum 12.12. haben alle Ferien | Ferienzeit 1.12. bis 12.12. | 3., 5. und 7. Dezember geschlossen
geschlossen ab 1. Dezember | Ab dem 5.12. geschlossen | Bis einschließlich 12. Dezember geschlossen | Bis 5.12. geschlossen!
1.12. – 12.12. geschlossen | Geschlossen: 28.11.2026 - 12.12.2026 | Der Treff ist schön; am 5.12. geschlossen
"""
PERHAPS = """
Am 5. Dezember nur bis 12 Uhr geöffnet, danach geschlossen. | Am 5. Dezember nachmittags geschlossen | Am 5. Dezember vormittags kein Treff
Am 5. Dezember fällt der Montagskurs aus | Am 5.12. mittwochs geschlossen | Am 5.12. fällt der Dienstagskurs aus | Am 5.12. entfällt der Donnerstag
Am 5.12. kein Freitagskurs | Am 5.12. kein Samstagskurs | Am 5.12. kein Sonntagscafé | Am 5.12. ist der Parkplatz geschlossen
Am 5.12. ist die Küche geschlossen | Am 5.12. ist der Aufzug geschlossen | Am 5.12. ist die Toilette geschlossen | Am 5.12. Telefon geschlossen
Am 5.12. bleibt der Eingang geschlossen | Am 5.12. entfällt die Anmeldung | Am 5.12. geschlossen, neue Gruppe | Am 5.12. teilweise geschlossen
Am 5.12. geschlossen außer für Kinder | Am 5.12. geschlossen, aber Kaffee | Am 5.12. nicht geschlossen, sondern offen | Am 5.12. am Abend kein Treff
Am 5.12. geschlossen bis 9:30 | Am 5.12. ab 14h geschlossen | Am 5.12. sind keine Plätze frei, geschlossen | Am 5.12. nur Kaffee, kein Treff
Am 5.12. Weihnachtsmarkt | Am 5.12. Umzug | Am 5.12. Streik | Letzter Treff am 3.12. | Letztes Treffen am 3.12. | Der Kurs endet am 3. Dezember
Die Kurse enden am 3.12. | Zum letzten Mal am 3.12. | letztmalig am 3.12. | Wieder ab 7.12. nach dem Umzug | Am 7.12. wieder geöffnet nach dem Umzug
Wieder offen am 7.12. nach Streik | Wieder auf ab 7.12., Umzug | Wieder erreichbar ab 7.12., Umzug | Wieder los am 7.12., Umzug
Ab 7. Dezember sind wir wieder für Sie da, Umzug | Am 7.12. sind wir nach dem Umzug wieder für euch da | Erst ab 7.12. geöffnet | Erst am 7.12. geöffnet
Am 7.12. öffnen wir wieder nach dem Umzug | Wir sind erst wieder am 7.12. da | Öffnen wieder am 7.12. nach dem Umzug | Kein Treff am Samstag
Samstags kein Treff | Kein Treff am Sonnabend | Kein Treff montags und samstags
"""
NOTHING = """
Wir freuen uns auf Sie. | Anmeldung bis 5.12. | Bewerbung bis 5. Dezember | Noch Plätze frei ab 5.12. | Am 5.12. zusätzlich geöffnet | Am 5.12. außerdem Kaffee
Am 5.12. auch Tanz | Am 5.12. extra lang | Am 5.12. länger offen | Zum 5.12. einladen | Am 5.12. feiern wir | Keine Anmeldung nötig | Keine Kosten
Keine Voranmeldung | Keine Gebühr | Keine Vorkenntnisse nötig | Keine Plätze frei | Keine Scheu! | Keine Sorge | Keine Angst | Kein Treff am 6.12. | zugänglich
Am 12.12. geschlossen | Vom 7.12. bis 9.12. geschlossen | Ab 6.12. geschlossen | Bis 4.12. geschlossen | Am Montag geschlossen | Letzter Treff am 5.12.
Geschlossen am 5.12.2025 | Wieder geöffnet ab 5.12., Umzug | Bis 5.11. geschlossen | Vom 6.11. bis 4.12. Urlaub
"""


CLOSING = """
geschlossen | wir schließen | wir schliessen | zu | bleibt zu. | zu, leider | entfällt | entfallen | entfaellt | fällt heute aus | fallen leider aus | faellt es aus
fällt ins Wasser | Ausfall | ausgefallen | Pause | pausiert | kein Treff | keine Beratung | keinen Kurs | niemand da | nicht statt | nicht geöffnet
nicht offen | nicht erreichbar | nicht besetzt | nicht da | nicht auf | nicht möglich | nicht in Betrieb | nicht verfügbar | nicht zugänglich | ausgesetzt
abgesagt | Urlaub | ruht | Nachtruhe | Ruhetag | verschoben | verlegt | unterbrochen | krank | Quarantäne | Streik | gesperrt | dicht | Notbetrieb
eingeschränkt | verkürzt | ohne Öffnung | ohne eine Sprechstunde | ohne Betrieb | früher | später | geänderte Zeiten | andere Öffnungszeiten
andere Sprechzeit | andere Zeiten | verreist | Umzug | ziehen um | closed | machen wir Ferien | haben alle Ferien | wir machen Sommerferien
wir haben Ferien | Betriebsferien | Ferien bis bald | Ferienzeit | Corona | nur telefonisch | nur per Mail | nur online | nur nach Absprache
nur noch mit Termin | nur vormittags | nur nachmittag | nur bis mittags | nur von acht an | nur am Hintereingang | nur an zwei Tagen | nur in der Küche
Einlass nur hinten | Wir feiern. Danach geschlossen | Wir feiern; danach geschlossen
"""
OPEN = """
Herzlich willkommen | zugänglich | dazu Kaffee | Keine Anmeldung nötig | Keine Voranmeldung | Keine Kosten | Keine Gebühr
keine Vorkenntnisse | keine freien Plätze | keine Plätze | keine Scheu | keine Sorge | keine Angst | ruhig | unruhig | abdichten | Kränkung
Ferienprogramm | in den Ferien | nur Mut | ohne Anmeldung | andere Leute | zu Hause | Öffnung
"""


@pytest.mark.parametrize(("closes", "texts"), [(True, CLOSING), (False, OPEN)])
def test_which_words_speak_of_closing(closes: bool, texts: str) -> None:
    assert [text for text in phrases(texts) if says_closed(text) is not closes] == []
    assert [text for text in phrases(texts) if (said(text) == "perhaps") is not closes] == []


def said(text: str, day: dt.date = DAY) -> str:
    """What a notice says of a day."""
    closure = closure_on(closures(text, UNTIL), day)
    return "" if closure is None else "closed" if closure.certain else "perhaps"


@pytest.mark.parametrize(("verdict", "texts"), [("closed", CLOSED), ("perhaps", PERHAPS), ("", NOTHING)])
def test_each_way_of_saying_it(verdict: str, texts: str) -> None:
    assert {text: said(text) for text in phrases(texts) if said(text) != verdict} == {}


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("Heiligabend geschlossen", {"2026-12-24"}),
        ("Heilig Abend geschlossen", {"2026-12-24"}),
        ("Silvester geschlossen", {"2026-12-31"}),
        ("Über Weihnachten geschlossen", {"2026-12-25", "2026-12-26"}),
        ("an Weihnachten geschlossen", {"2026-12-25", "2026-12-26"}),
        ("30. und 31. Dezember geschlossen", {"2026-12-30", "2026-12-31"}),
        ("vom 30. – 31. Dezember geschlossen", {"2026-12-30", "2026-12-31"}),
        ("30.12. u. 2.1. geschlossen", {"2026-12-30", "2027-01-02"}),
        ("30.12. bis 1.1. geschlossen", {"2026-12-30", "2026-12-31", "2027-01-01"}),
        ("vom 30. Dezember bis zum 1. Januar geschlossen", {"2026-12-30", "2026-12-31", "2027-01-01"}),
        ("31.2. geschlossen", set()),
    ],
)
def test_the_days_a_notice_names(text: str, closes: set[str]) -> None:
    days = [dt.date(2026, 12, 20) + dt.timedelta(days=offset) for offset in range(30)]
    assert {str(day) for day in days if said(text, day) == "closed"} == closes


@pytest.mark.parametrize("named", ["zwischen den Jahren", "zwischen Weihnachten und Neujahr", "zwischen Weihnachten und Silvester", "zwischen den Feiertagen"])  # fmt: skip
def test_the_days_between_the_years(named: str) -> None:
    assert closures(f"{named} geschlossen", UNTIL) == (
        Closure(dt.date(2026, 12, 24), dt.date(2027, 1, 1), True),
    )


def test_a_year_that_is_not_said_is_the_last_one_that_the_notice_covers() -> None:
    assert closures("Vom 20.12. bis 10.1. geschlossen", dt.date(2027, 1, 10)) == (
        Closure(dt.date(2026, 12, 20), dt.date(2027, 1, 10), True),
    )
    assert closures("Am 5.3. geschlossen", dt.date(2027, 3, 4)) == (
        Closure(dt.date(2026, 3, 5), dt.date(2026, 3, 5), True),
    )
    assert closures("Am 5.3. geschlossen", dt.date(2027, 3, 5)) == (
        Closure(dt.date(2027, 3, 5), dt.date(2027, 3, 5), True),
    )
    # The 29th of February there was last is years back: nobody means it, and this year has none.
    assert closures("Am 29.2. geschlossen", dt.date(2027, 3, 5)) == (
        Closure(dt.date.min, dt.date(2027, 3, 5), False),
    )


def test_a_certain_closure_counts_before_one_that_is_not() -> None:
    day = dt.date(2026, 12, 5)
    perhaps, closed = Closure(day, day, False), Closure(day, day, True)
    assert closure_on((perhaps, closed), day) == closed
    assert closure_on((perhaps,), day) == perhaps
    assert closure_on((perhaps, closed), day + dt.timedelta(days=1)) is None
    weekday = Closure(day, day + dt.timedelta(days=7), True, frozenset({6}))
    assert closure_on((weekday,), day) is None
    assert closure_on((weekday,), day + dt.timedelta(days=1)) == weekday
