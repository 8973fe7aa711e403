"""Each way in which people say a day, a time, a season or a rhythm, and the one thing that all of them mean."""

from __future__ import annotations

import pytest

from generator.hours.german.clauses import Clause, Draft, Limit, Said
from generator.hours.german.dates import DaysFound
from generator.hours.german.tokens import Token
from generator.hours.written_hours import Hours, read_hours
from tests.hours.test_remarks import phrases

SAME = {
    # days
    "Mo 10:00-12:00": "Mo 10-12 Uhr | Montag 10-12 Uhr | montags 10-12 Uhr | am Montag 10-12 Uhr | Mo. 10-12 Uhr | jeden Montag 10-12 Uhr | an jedem Montag 10-12 Uhr",
    "Tu 10:00-12:00": "Di 10-12 | Dienstag 10-12 | Tu 10-12 | dienstags 10-12 | Di. 10-12",
    "We 10:00-12:00": "Mi 10-12 | Mittwoch 10-12 | We 10-12 | mittwochs 10-12",
    "Th 10:00-12:00": "Do 10-12 | Donnerstag 10-12 | Th 10-12 | donnerstags 10-12",
    "Fr 10:00-12:00": "Fr 10-12 | Freitag 10-12 | freitags 10-12",
    "Sa 10:00-12:00": "Sa 10-12 | Samstag 10-12 | Sonnabend 10-12 | samstags 10-12 | sonnabends 10-12",
    "Su 10:00-12:00": "So 10-12 | Sonntag 10-12 | Su 10-12 | sonntags 10-12",
    "Mo-Su 10:00-12:00": "täglich 10-12 | jeden Tag 10-12 | alle Tage 10-12 | 7 Tage die Woche 10-12 | 7 Tage in der Woche 10-12 | tgl. 10-12 | tägl. 10-12",
    "Mo-Fr 10:00-12:00": "unter der Woche 10-12 | wochentags 10-12 | an Wochentagen 10-12",
    "Sa-Su 10:00-12:00": "am Wochenende 10-12 | Wochenende 10-12 | an Wochenenden 10-12",
    "Sa-Mo 10:00-12:00": "Sa-Mo 10-12 | Samstag bis Montag 10-12",
    'Mo-Fr 10:00-12:00; Sa 10:00-12:00 unknown "werktags"; PH off': "werktags 10-12 | an Werktagen 10-12 | werktäglich 10-12",
    "Mo,We 10:00-12:00": "Mo, Mi 10-12 | Mo und Mi 10-12 | Mo sowie Mi 10-12 | Mo u. Mi 10-12 | Mo & Mi 10-12 | Mo + Mi 10-12 | Mo/Mi 10-12",
    "Su,PH 10:00-12:00": "Sonn- und Feiertage 10-12 | sonn- und feiertags 10-12 | an Sonn- u. Feiertagen 10-12 | Sonntag & Feiertag 10-12 | So + Feiertage 10-12",
    "PH 10:00-12:00": "Feiertage 10-12 | an Feiertagen 10-12 | an allen Feiertagen 10-12 | an gesetzlichen Feiertagen 10-12 | feiertags 10-12 | PH 10-12",
    # times
    "Mo 00:00-24:00": "Mo rund um die Uhr | Mo Tag und Nacht | Mo 24 Stunden | Mo 24 Std. | Mo 24h | Mo 24 Stunden am Tag",
    "Mo-Su 00:00-24:00": "rund um die Uhr | Tag und Nacht | 24 Stunden täglich | 7 Tage die Woche rund um die Uhr | 7 Tage in der Woche, 24 Stunden | 7 Tage die Woche 24h",
    "Mo 09:30-12:00": "Mo 9:30-12 | Mo 9.30-12.00 | Mo 9.30 Uhr - 12 Uhr | Mo 09:30 h bis 12:00 h | Mo 9³⁰-12⁰⁰ | Mo 9 Uhr 30 bis 12 Uhr | Mo halb zehn bis zwölf Uhr",
    "Mo 15:00+": "Mo ab 15 Uhr | Mo von 15 Uhr bis open end | Mo 15 Uhr bis Ende offen | Mo 15 Uhr - offenes Ende | Mo 15:00 | Mo um 15 Uhr | Mo 15 Uhr",
    "Mo 15:00-17:00": "Mo 15 bis 17 Uhr | Mo zwischen 15 und 17 Uhr | Mo von 15 bis 17 Uhr | Mo 3 bis 5 Uhr nachmittags | Mo nachmittags 3-5 Uhr | montagnachmittags 3 bis 5 Uhr",
    "Mo 18:30-20:30": "Mo halb sieben bis halb neun abends | Mo abends 6:30-8:30 | Mo 18.30-20.30 | am Montagabend 18:30 bis 20:30 Uhr",
    "Mo 18:00-24:00": "Mo 18-24 Uhr | Mo 18 Uhr bis Mitternacht",
    "Mo 09:45-12:15": "Mo dreiviertel zehn bis viertel nach zwölf | Mo Viertel vor zehn bis Viertel nach zwölf",
    "Mo 11:15-12:00": "Mo viertel zwölf bis zwölf Uhr | Mo 11:15-12",
    "Mo 09:00-12:00,14:00-16:00": "Mo 9-12 und 14-16 | Mo 9-12, 14-16 | Mo 9-12 sowie 14-16 | Mo 9-12/14-16 | Mo 9-12 Uhr und von 14 bis 16 Uhr | Mo vormittags 9-12, nachmittags 2-4 Uhr | Mo 9-16, Mittagspause 12-14 Uhr | Mo 9-16 (Pause: 12-14 Uhr) | Mo 9-16 Uhr, 12-14 Uhr geschlossen | Mo 9-16 außer 12-14 Uhr | Mo 9-16, außer von 12 bis 14 Uhr",
    # holidays and the like
    "Mo 10:00-12:00; PH off": "Mo 10-12, feiertags geschlossen | Mo 10-12 außer an Feiertagen | Mo 10-12 (nicht an Feiertagen) | Mo 10-12, ausgenommen Feiertage | Mo 10-12 mit Ausnahme Feiertage | Mo 10-12; PH off | Feiertage geschlossen; Mo 10-12 | Mo 10-12, aber nicht an Feiertagen | Mo 10-12 jedoch nicht an gesetzlichen Feiertagen",
    "Mo 10:00-12:00; SH off": "Mo 10-12, Schulferien geschlossen | Mo 10-12 während der Schulzeit | Mo 10-12, in der Schulzeit | Schulzeit: Mo 10-12 | Mo 10-12, nur außerhalb der Ferien | Mo 10-12 außerhalb der Schulferien | Mo 10-12, Ferien ausgenommen | Mo 10-12; Ferien: nein | Mo 10-12, Ferien frei | Mo 10-12 in den Schulwochen | Mo 10-12, in den Ferien kein Treffen | Mo 10-12, in den Ferien findet kein Kurs statt | Mo 10-12, in den Ferien findet nicht statt | Mo 10-12; SH off | Mo 10-12, nur in Schulwochen",
    "Mo 10:00-12:00; SH off; PH off": "an Schultagen Mo 10-12",
    "SH Mo 10:00-12:00": "in den Ferien Mo 10-12 | während der Ferien: Mo 10-12 | In den Schulferien: Mo 10-12 | Ferien: Mo 10-12 | Ferienzeit: Mo 10-12 | SH Mo 10-12 | Mo 10-12 in den Ferien | Mo 10-12 (nur in den Ferien)",
    "Mo 10:00-12:00; Dec 24 off": "Mo 10-12, Heiligabend geschlossen | Mo 10-12, an Heilig Abend geschlossen | Mo 10-12, Weihnachtsabend zu | Mo 10-12, 24.12. geschlossen | Mo 10-12 außer am 24. Dezember | Mo 10-12; 24.12. entfällt | Mo 10-12; am 24.12. fällt aus | Mo 10-12; am 24.12. bleibt geschlossen | Mo 10-12; am 24.12. ist zu | Mo 10-12; am 24.12. Ruhetag | Mo 10-12; 24.12. abgesagt | Mo 10-12; 24.12. geschl.",
    "Mo 10:00-12:00; Dec 31 off": "Mo 10-12, Silvester geschlossen | Mo 10-12, an Silvester zu",
    "Mo 10:00-12:00; Jan 01 off": "Mo 10-12, Neujahr geschlossen | Mo 10-12, Neujahrstag geschlossen",
    "Mo 10:00-12:00; Dec 25-Dec 26 off": "Mo 10-12, Weihnachten geschlossen | Mo 10-12, an Weihnachten geschlossen",
    "Mo 10:00-12:00; Dec 24-Jan 01 off": "Mo 10-12, zwischen Weihnachten und Neujahr geschlossen | Mo 10-12, zwischen Weihnachten und Silvester geschlossen | Mo 10-12, zwischen den Jahren geschlossen | Mo 10-12, zwischen den Feiertagen geschlossen | Mo 10-12; 24.12.-1.1. geschlossen | Mo 10-12; vom 24. Dezember bis 1. Januar geschlossen",
    "Mo 10:00-12:00; easter -48 days off": "Mo 10-12, Rosenmontag geschlossen | Mo 10-12 außer Rosenmontag",
    "Mo 10:00-12:00; easter -47 days off": "Mo 10-12, Faschingsdienstag geschlossen | Mo 10-12, Fastnachtsdienstag geschlossen | Mo 10-12, Veilchendienstag geschlossen",
    "Mo 10:00-12:00; easter -46 days off": "Mo 10-12, Aschermittwoch geschlossen",
    "Mo 10:00-12:00; easter -2 days off": "Mo 10-12, Karfreitag geschlossen | Mo 10-12, an Karfreitag geschlossen",
    "Mo 10:00-12:00; easter +1 day off": "Mo 10-12, Ostermontag geschlossen",
    "Mo 10:00-12:00; easter +39 days off": "Mo 10-12, Christi Himmelfahrt geschlossen | Mo 10-12, an Himmelfahrt geschlossen",
    "Mo 10:00-12:00; easter +50 days off": "Mo 10-12, Pfingstmontag geschlossen",
    # months and rhythms
    "Jan-Mar Mo 10:00-12:00": "Januar bis März: Mo 10-12 | Jan-Mär: Mo 10-12 | Jan. – März Mo 10-12 | Jan-Mrz Mo 10-12",
    "Apr-May Mo 10:00-12:00": "April bis Mai: Mo 10-12 | Apr-Mai Mo 10-12 | Apr.-May Mo 10-12",
    "Feb,Jun-Jul Mo 10:00-12:00": "Februar, Juni bis Juli: Mo 10-12 | Feb und Jun-Jul: Mo 10-12",
    "Aug-Sep Mo 10:00-12:00": "August bis September: Mo 10-12 | Aug-Sept Mo 10-12 | Aug.–Sep.: Mo 10-12",
    "Oct-Dec Mo 10:00-12:00": "Oktober bis Dezember: Mo 10-12 | Okt-Dez: Mo 10-12 | Oct-Dec Mo 10-12",
    "Nov Mo 10:00-12:00": "im November: Mo 10-12 | Nov Mo 10-12 | nur im November Mo 10-12",
    "2026 Nov Mo 10:00-12:00": "November 2026: Mo 10-12 | im November 2026 Mo 10-12",
    "week 02-52/2 Mo 10:00-12:00": "gerade Wochen Mo 10-12 | in geraden Kalenderwochen: Mo 10-12 | jede gerade Woche Mo 10-12 | gerade KW Mo 10-12 | Mo 10-12 in den geraden Wochen | Mo 10-12 (gerade KWs) | in allen geraden Wochen: Mo 10-12 | in der geraden Woche: Mo 10-12",
    "week 01-53/2 Mo 10:00-12:00": "ungerade Wochen Mo 10-12 | in ungeraden Kalenderwochen: Mo 10-12 | jede ungerade Woche Mo 10-12 | ungerade KW Mo 10-12 | Mo 10-12 in den ungeraden Wochen | in allen ungeraden Wochen Mo 10-12",
    "Mo[1] 10:00-12:00": "jeden 1. Montag im Monat 10-12 | am ersten Montag im Monat 10-12 | 1. Mo des Monats 10-12 | jeder erste Montag eines Monats 10-12 | am 1. Montag jeden Monats 10-12 | am ersten Montag in jedem Monat 10-12 | 1. Montag pro Monat 10-12 | 1. Mo i.M. 10-12 | 1. Mo d. M. 10-12 | jeden ersten Montag 10-12 | immer am ersten Montag 10-12",
    "Mo[2] 10:00-12:00": "am zweiten Montag im Monat 10-12 | jeden 2. Montag im Monat 10-12 | monatlich am 2. Montag 10-12",
    "Mo[3] 10:00-12:00": "am dritten Montag im Monat 10-12 | jeden 3. Montag des Monats 10-12",
    "Mo[4] 10:00-12:00": "am vierten Montag im Monat 10-12 | jeden 4. Montag des Monats 10-12",
    "Mo[5] 10:00-12:00": "am fünften Montag im Monat 10-12 | jeden 5. Montag des Monats 10-12",
    "Mo[-1] 10:00-12:00": "am letzten Montag im Monat 10-12 | jeden letzten Montag 10-12",
    "Mo[-2] 10:00-12:00": "am vorletzten Montag im Monat 10-12",
    "Mo[1,3] 10:00-12:00": "am 1. und 3. Montag im Monat 10-12 | jeden ersten und dritten Montag im Monat 10-12 | 1., 3. Mo im Monat 10-12 | 1. + 3. Montag im Monat 10-12",
    # what changes nothing
    "Tu 10:00-12:00 ": "Öffnungszeiten: Di 10-12 | Unsere Öffnungszeiten: Di 10-12 | Sprechzeiten Di 10-12 | Bürozeit: Di 10-12 | Beratungszeiten sind Di 10-12 | Servicezeit: Di 10-12 | Geschäftszeiten: Di 10-12 | Treffzeit: Di 10-12 | Anlaufzeiten: Di 10-12 | Besuchszeiten: Di 10-12 | Ausgabezeiten: Di 10-12 | Sprechstunde: Di 10-12 | Sprechstunden: Di 10-12 | Wir sind für Sie da: Di 10-12 | Wir haben geöffnet: Di 10-12 | Wir haben für Sie geöffnet: Di 10-12 | Wir treffen uns Di 10-12 | Treffen: Di 10-12 | Unser Treffen: Di 10-12 | Termine: Di 10-12 | Zeit: Di 10-12 | Wann: Di 10-12 | Beginn: Di 10-12 | Uhrzeit: Di 10-12 | offene Sprechzeiten: Di 10-12 | allgemeine Öffnungszeiten: Di 10-12 | persönliche Sprechzeiten: Di 10-12 | wöchentlich Di 10-12 | jede Woche Di 10-12 | Di 10-12 Uhr geöffnet | Di jeweils 10-12 | Di immer 10-12 | Di durchgehend 10-12 | Di ist von 10 bis 12 Uhr offen | Di erst 10-12 | Die Gruppe trifft sich Di 10-12",
    'Tu 10:00-12:00 open "telefonisch"': "Telefonzeiten: Di 10-12 | Telefonische Sprechzeiten: Di 10-12 | Telefonsprechstunde: Di 10-12 | Telefonsprechzeiten: Di 10-12 | Telefonische Sprechstunde Di 10-12 | telefonisch Di 10-12 | Di 10-12 (telefonisch) | Di 10-12 telefonisch",
    'Tu 10:00-12:00 open "ohne Anmeldung"': "Di 10-12 ohne Anmeldung | Di 10-12 Uhr (ohne Anmeldung)",
    # what makes uncertain
    'Tu 10:00-12:00 unknown "nicht jede Woche"': "14-tägig Di 10-12 | vierzehntägig Di 10-12 | 14-täglich Di 10-12 | alle zwei Wochen Di 10-12 | alle 2 Wochen Di 10-12 | alle 14 Tage Di 10-12 | alle vierzehn Tage Di 10-12 | jede zweite Woche Di 10-12 | in jeder 2. Woche Di 10-12 | zweiwöchentlich Di 10-12 | 2-wöchentlich Di 10-12 | im Zwei-Wochen-Rhythmus Di 10-12 | alle drei Wochen Di 10-12 | alle 3 Wochen Di 10-12 | jede dritte Woche Di 10-12 | in jeder 3. Woche Di 10-12 | alle vier Wochen Di 10-12 | alle 4 Wochen Di 10-12 | jede vierte Woche Di 10-12 | jede 4. Woche Di 10-12 | jeden zweiten Dienstag 10-12 | jeden dritten Dienstag 10-12 | jeden 4. Dienstag 10-12",
}  # fmt: skip


@pytest.mark.parametrize("expression", SAME)
def test_all_of_these_say_the_same(expression: str) -> None:
    read = {text: read_hours(text).expression for text in phrases(SAME[expression])}
    assert {text: found for text, found in read.items() if found != expression.strip()} == {}


TOGETHER = {
    # a part of the day that stands for an hour, before, between and behind
    "Mo vormittags 9-11, Di nachmittags 2-4": "Mo 09:00-11:00; Tu 14:00-16:00",
    "Mo 8 Uhr abends bis 10 Uhr": "Mo 20:00-22:00",
    "Mo 7 bis 9 Uhr abends": "Mo 19:00-21:00",
    "Mo 6 bis 8 Uhr morgens": "Mo 06:00-08:00",
    "Mo früh 5-7 Uhr": "Mo 05:00-07:00",
    "Mo ab 3 Uhr nachmittags": "Mo 15:00+",
    "Mo nachmittags ab 3 Uhr": "Mo 15:00+",
    "Mo 17-19, 20-22 Uhr": "Mo 17:00-19:00,20:00-22:00",
    "Mo 9-12 und ab 14 Uhr": "Mo 09:00-12:00,14:00+",
    "Mo 9-12 Uhr, Fr bis 11 Uhr": "Mo 09:00-12:00; Fr 09:00-11:00",
    "Mo-Do 8-16 Uhr, Fr vormittags bis 12 Uhr": "Mo-Th 08:00-16:00; Fr 08:00-12:00",
    "Mo-Do 8-16 Uhr; Fr nachmittags bis 3 Uhr": "Mo-Th 08:00-16:00; Fr 08:00-15:00",
    "in der Schulzeit ab 15 Uhr": "Mo-Fr 15:00+; SH off",
    "in der Schulzeit nachmittags 3-5 Uhr": "Mo-Fr 15:00-17:00; SH off",
    # a telephone is answered until the line ends
    "telefonisch Mo 10-12, Di 14-16; Mi 9-12": 'Mo 10:00-12:00 open "telefonisch"; Tu 14:00-16:00 open "telefonisch"; We 09:00-12:00',
    "Mi 9-12, telefonisch Mo 10-12 und Di 14-16": 'We 09:00-12:00; Mo 10:00-12:00 open "telefonisch"; Tu 14:00-16:00 open "telefonisch"',
    "Fr 20 bis 2 Uhr": "Fr 20:00-02:00",
    "Fr 17 bis 6 Uhr": "Fr 17:00-06:00",
    # pauses
    "Mo-Fr 9-16, außer 12-13 Uhr": "Mo-Fr 09:00-12:00,13:00-16:00",
    "Mo 9-16 und Di 9-16, Mittagspause 12-13": "Mo 09:00-12:00,13:00-16:00; Tu 09:00-12:00,13:00-16:00",
    "Mo 9-16, Mittagspause ab 12 bis 13 Uhr": "Mo 09:00-12:00,13:00-16:00",
    "Mo ab 9 Uhr, Mittagspause 12-13 Uhr": "Mo 09:00-12:00,13:00+",
    "Mo 9-12, 12-13 Uhr Pause, 13-16": "Mo 09:00-12:00,13:00-16:00",
    # closed at times
    "Mo-Fr 9-12, außer Mi und Fr": "Mo-Fr 09:00-12:00; We off; Fr off",
    "Mo-Fr 9-12, außer Mi, Fr": "Mo-Fr 09:00-12:00; We off; Fr off",
    "Mo-Fr 9-12, außer Mi, Feiertage und 24.12.": "Mo-Fr 09:00-12:00; We off; PH off; Dec 24 off",
    # a date among weekdays limits none of them, and is nothing that comes every week
    "Mo-Fr 9-16; 24.12.2026 9-12; Sa 10-12": "Mo-Fr 09:00-16:00; Sa 10:00-12:00; 2026 Dec 24 09:00-12:00",
    "Mo-Fr 9-12, am So 6.12.2026 10-12, in den Ferien Mo-Mi 10-12": 'Mo-Fr 09:00-12:00; SH Mo-We 10:00-12:00; SH Th,Fr unknown "in den Ferien"; 2026 Dec 06 Su 10:00-12:00',
    "Mo-Fr 9-12, nicht in den Ferien und an Feiertagen": "Mo-Fr 09:00-12:00; SH off; PH off",
    "Mo-Fr 9-12, außer im August": "Mo-Fr 09:00-12:00; Aug off",
    "Mo-Fr 9-12, außer Juli, August": "Mo-Fr 09:00-12:00; Jul,Aug off",
    "Mo-Fr 9-12, Sommerpause: 1.8.2027 bis 15.8.2027": "Mo-Fr 09:00-12:00; 2027 Aug 01-2027 Aug 15 off",
    "Mo-Fr 9-12, Betriebsferien 1.8.2027-15.8.2027": "Mo-Fr 09:00-12:00; 2027 Aug 01-2027 Aug 15 off",
    "Mo-Fr 9-12, Urlaub vom 1.8.2027 bis 15.8.2027": "Mo-Fr 09:00-12:00; 2027 Aug 01-2027 Aug 15 off",
    "Mo-Fr 9-12, Schließzeiten: 1.8.2027-15.8.2027": "Mo-Fr 09:00-12:00; 2027 Aug 01-2027 Aug 15 off",
    "Mo-Fr 9-12 (geschlossen: 5.12.2026)": "Mo-Fr 09:00-12:00; 2026 Dec 05 off",
    "Mo-Fr 9-12, geschlossen am 5.12.2026": "Mo-Fr 09:00-12:00; 2026 Dec 05 off",
    "Mo-Fr 9-12, entfällt im Dezember": "Mo-Fr 09:00-12:00; Dec off",
    "Mo-Fr 9-12, geschlossen in den Ferien": "Mo-Fr 09:00-12:00; SH off",
    "Mo-Fr 9-12, geschlossen an Feiertagen": "Mo-Fr 09:00-12:00; PH off",
    "Mo-Fr 9-12 Uhr, Mi entfällt": "Mo-Fr 09:00-12:00; We off",
    "Mo-Fr 9-12 Uhr, jeden letzten Freitag im Monat geschlossen": "Mo-Fr 09:00-12:00; Fr[-1] off",
    "Mo-Fr 9-12, im August Pause": "Mo-Fr 09:00-12:00; Aug off",
    # dates
    "am 3., 10. und 17. Dezember 2026, 15-17 Uhr": "2026 Dec 03,2026 Dec 10,2026 Dec 17 15:00-17:00",
    "5.12.26 15-17 Uhr": "2026 Dec 05 15:00-17:00",
    "5. Dez. 2026 15-17 Uhr": "2026 Dec 05 15:00-17:00",
    "Sa, 5.12.2026 15-17 Uhr": "2026 Dec 05 Sa 15:00-17:00",
    "28.12. bis 3.1.2027 täglich 10-12 Uhr": "2026 Dec 28-2027 Jan 03 Mo-Su 10:00-12:00",
    "1.3.2026-31.10.2026: Di 10-12": "2026 Mar 01-2026 Oct 31 Tu 10:00-12:00",
    "Di 10-12, 1.3.2026-31.10.2026": "2026 Mar 01-2026 Oct 31 Tu 10:00-12:00",
    "ab 1.3.2027 Di 10-12": "2027 Mar 01+ Tu 10:00-12:00",
    "ab Dienstag, 2.3.2027: Di 10-12": "2027 Mar 02+ Tu 10:00-12:00",
    "ab dem 1. März 2027: Di 10-12": "2027 Mar 01+ Tu 10:00-12:00",
    "ab März 2027: Di 10-12": "2027 Mar 01+ Tu 10:00-12:00",
    "Di 10-12 ab 1.3.2027": "2027 Mar 01+ Tu 10:00-12:00",
    "Di 10-12, Start: 2.3.2027": "2027 Mar 02+ Tu 10:00-12:00",
    "Di 10-12, erster Termin am 2.3.2027": "2027 Mar 02+ Tu 10:00-12:00",
    "Di 10-12 bis 31.3.2027": "2000 Jan 01-2027 Mar 31 Tu 10:00-12:00",
    "Di 10-12 bis einschließlich 31.3.2027": "2000 Jan 01-2027 Mar 31 Tu 10:00-12:00",
    "Di 10-12 vom 1.3.2027 bis zum 31.3.2027": "2027 Mar 01-2027 Mar 31 Tu 10:00-12:00",
    # times that change on a day that nobody can tell
    "Sa/So 10-18 h, Winter 10-16 h": None,
    "Di 9-12, Do 14-18; im Winter Do 14-16": None,
    "Mo 9-12; ab 1.9. Mo 10-13": None,
    "Mo-Fr 8-16, im Sommer auch 16-20": None,
    "Mo-Fr 9-17, im Sommer auch Sa 10-14": 'Mo-Fr 09:00-17:00; Sa 10:00-14:00 unknown "im Sommer"',
    # public holidays beside other days
    "Mo-Fr 9-12, auch an Feiertagen": "Mo-Fr 09:00-12:00; PH Mo-Fr 09:00-12:00",
    "Mo-Fr 9-12, Sa, So und Feiertage 10-14": "Mo-Fr 09:00-12:00; Sa,Su,PH 10:00-14:00",
    "Mo-Fr 9-12, Feiertage 10-14": "Mo-Fr 09:00-12:00; PH 10:00-14:00",
    # school holidays beside term
    "Mo-Fr 9-12, in den Ferien Mo-Fr 10-12": "Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-12:00",
    "Mo-Fr 9-12, in den Ferien 10-12 Uhr": "Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-12:00",
    "Mo,Mi 9-12, in den Ferien nur Mi 10-12": "Mo,We 09:00-12:00; SH We 10:00-12:00; SH Mo off",
    "Mo,Mi 9-12, in den Ferien Mi 10-12, sonst geschlossen": "Mo,We 09:00-12:00; SH We 10:00-12:00; SH Mo off",
    "Mo,Mi 9-12, in den Ferien Mi 10-12, Mo wie sonst": "Mo,We 09:00-12:00; SH We 10:00-12:00",
    "Mo-Fr 9-12, in den Ferien wie sonst": "Mo-Fr 09:00-12:00",
    "Mo-Fr 9-12, am 24.12.2026 wie üblich": None,
    "Mo 9-12; Di wie immer": None,
    "Mo,Mi 9-12, in den Ferien Mi 10-12, sonst wie immer": "Mo,We 09:00-12:00; SH We 10:00-12:00",
    # every so many weeks, from a day on
    "Di 10-12, 14-tägig ab 1.12.2026 bis 31.12.2026": "2026 Dec 01-2026 Dec 31 week 01-53/2 Tu 10:00-12:00",
    "alle drei Wochen Di 10-12, ab 1.12.2026 bis 31.12.2026": "2026 Dec 01-2026 Dec 31 week 01-52/3 Tu 10:00-12:00",
    # by telephone beside a door; what is only said of the second
    "Mo 9-12, telefonisch Di 9-12": 'Mo 09:00-12:00; Tu 09:00-12:00 open "telefonisch"',
    "Büro Mo 9-12, Treff Di 14-18": 'Mo 09:00-12:00 open "Büro"; Tu 14:00-18:00 open "Treff"',
    "Treff: Di 14-18": "Tu 14:00-18:00",
    "Mo 9-12, Di 14-16 mit Anmeldung": 'Mo 09:00-12:00 unknown "mit Anmeldung"; Tu 14:00-16:00 unknown "mit Anmeldung"',
    "Mo 9-12; Di 14-16 mit Anmeldung": 'Mo 09:00-12:00; Tu 14:00-16:00 unknown "mit Anmeldung"',
    "Mo 9-12, sonst nach Vereinbarung": 'Mo 09:00-12:00 || unknown "nach Vereinbarung"',
    "Mo 9-12, ansonsten nach Absprache": 'Mo 09:00-12:00 || unknown "nach Absprache"',
    "Mo 9-12, außerhalb dieser Zeiten nach Absprache": 'Mo 09:00-12:00 || unknown "nach Absprache"',
    "Mo 9-12, weitere Termine nach Absprache": 'Mo 09:00-12:00 || unknown "weitere Termine nach Absprache"',
    "Mo 9-12, auch nach Vereinbarung": 'Mo 09:00-12:00 || unknown "nach Vereinbarung"',
    "Mo 9-12 und nachmittags nach Vereinbarung": 'Mo 09:00-12:00 || unknown "nachmittags nach Vereinbarung"',
    "vom 1.12. bis 23.12.2026 täglich 10-14 Uhr, sonst Mo-Fr 9-12": "Mo-Fr 09:00-12:00; 2026 Dec 01-2026 Dec 23 Mo-Su 10:00-14:00",
    "Mo 9-12 (entfällt)": "Mo 09:00-12:00 off",
    "abends Mo 7-9 Uhr": "Mo 19:00-21:00",
    "nachmittags, Mo 3-5": "Mo 15:00-17:00",
    "Mi 14-17, im August nur telefonisch": 'We 14:00-17:00 unknown "August nur telefonisch"',
    "Mo 15 Uhr bis open end, Di 9-12": "Mo 15:00+; Tu 09:00-12:00",
    "Mo 15 Uhr bis open end Di 9-12": "Mo 15:00+; Tu 09:00-12:00",
    "Mo 15 Uhr open end Di 9-12": "Mo 15:00+; Tu 09:00-12:00",
    # times of their own that are added, for all days or for holidays alone
    "Mo 9-12, auch 14-16": "Mo 09:00-12:00,14:00-16:00",
    "Mo 9-12; auch ab 14 Uhr": "Mo 09:00-12:00,14:00+",
    "Mo auch Di 9-12": "Mo,Tu 09:00-12:00",
    "Mo 14-16 Uhr, auch in den Ferien 10-12 Uhr": "Mo 14:00-16:00; SH Mo 10:00-12:00",
    "Mo 14-16 Uhr, auch in den Ferien Mo 10-12 Uhr": "Mo 14:00-16:00; SH Mo 10:00-12:00",
    "Mo 14-16 Uhr, auch in den Ferien: Mo 10-12 Uhr": "Mo 14:00-16:00; SH Mo 10:00-12:00",
    "Mo 14-16 Uhr, auch in den Ferien jeden 1. Montag im Monat 10-12": "Mo 14:00-16:00; SH Mo[1] 10:00-12:00",
    "Mo 14-16 Uhr, auch in den Ferien täglich 10-12": "Mo 14:00-16:00; SH Mo-Su 10:00-12:00",
    "Mo 14-16 Uhr, auch in den Ferien werktags 10-12": 'Mo 14:00-16:00; SH Mo-Fr 10:00-12:00; SH Sa 10:00-12:00 unknown "werktags"; PH off',
    "Mo 14-16 Uhr, auch in den Ferien ab 10 Uhr": "Mo 14:00-16:00; SH Mo 10:00+",
    "Mo 14-16 Uhr, auch in den Ferien nachmittags 3-5": "Mo 14:00-16:00; SH Mo 15:00-17:00",
    "Mo 14-16 Uhr, auch an Feiertagen 10-12 Uhr": "Mo 14:00-16:00; PH 10:00-12:00",
    "Mo 14-16 Uhr, auch in den Ferien und an Feiertagen": "Mo 14:00-16:00; PH Mo 14:00-16:00",
    "Mo 14-16 Uhr, auch an Feiertagen und in den Ferien": "Mo 14:00-16:00; PH Mo 14:00-16:00",
    "jede Nacht 20-6 Uhr, auch Weihnachten": None,
    "Mo-Fr 9-12 Uhr und Heiligabend": None,
    "täglich, auch an Weihnachten, 20-6 Uhr": None,
    "auch an Weihnachten täglich 20-6 Uhr": None,
    "täglich 20-6 Uhr, auch Weihnachten": "Mo-Su 20:00-06:00; Dec 25-Dec 26 Mo-Su 20:00-06:00",
    "Mo-Fr 9-12 Uhr, Sa 10-12 Uhr (auch an Heiligabend und Silvester)": "Mo-Fr 09:00-12:00; Sa 10:00-12:00; Dec 24,Dec 31 Sa 10:00-12:00; Dec 24,Dec 31 Mo-Fr 09:00-12:00",
    "Mo-Fr 9-12 Uhr, auch an Heiligabend 10-12": "Mo-Fr 09:00-12:00; Dec 24 10:00-12:00",
    "Mo 14-16 Uhr, auch an Feiertagen, Di 9-12": "Mo 14:00-16:00; Tu 09:00-12:00; PH Mo 14:00-16:00; PH Tu 09:00-12:00",
    "Mo 9-12, auch an Feiertagen, nach Vereinbarung": 'Mo 09:00-12:00 unknown "nach Vereinbarung"; PH Mo 09:00-12:00 unknown "nach Vereinbarung" || unknown "nach Vereinbarung"',
    "auch an Feiertagen: Mo 14-16 Uhr": "Mo 14:00-16:00; PH Mo 14:00-16:00",
    "auch in den Ferien täglich 14-16 Uhr": "Mo-Su 14:00-16:00",
    "Mo-Fr 9-12, auch in den Ferien geschlossen": "Mo-Fr 09:00-12:00; SH off",
    "Mo-Fr 9-12, auch in den Ferien und an Feiertagen geschlossen": "Mo-Fr 09:00-12:00; SH,PH off",
    # what stands beside a limit says how it takes place then
    "Mi 14-17, im August mit Anmeldung": 'We 14:00-17:00 unknown "August mit Anmeldung"',
    "Mi 14-17 im August nach Vereinbarung": 'We 14:00-17:00 unknown "August nach Vereinbarung"',
    "Mi 14-17, im August nach Vereinbarung": 'We 14:00-17:00; Aug unknown "nach Vereinbarung"',
    "Mi 14-17, im August bei gutem Wetter": 'We 14:00-17:00 unknown "August bei gutem Wetter"',
    "Mi 14-17; im August: nur telefonisch": 'We 14:00-17:00 unknown "August nur telefonisch"',
    "Mi 14-17, im August nur telefonisch, Do 9-12": 'We 14:00-17:00 unknown "August nur telefonisch"; Th 09:00-12:00',
    "Mi 14-17, nur telefonisch im August": 'We 14:00-17:00 unknown "nur telefonisch, August"',
    "Mi 14-17\nnur telefonisch im August": 'We 14:00-17:00 unknown "nur telefonisch, August"',
    "Mi 14-17 (nur telefonisch im August)": 'We 14:00-17:00 unknown "nur telefonisch, August"',
    "Mi 14-17 nur telefonisch im August": 'Aug We 14:00-17:00 open "nur telefonisch"',
    # a limit behind times that stands before others is about those
    "Mo 9-12, im Mai in geraden Wochen Di 14-16": "Mo 09:00-12:00; May week 02-52/2 Tu 14:00-16:00",
    "Mo 9-12, in geraden Wochen im Mai Di 14-16": "Mo 09:00-12:00; May week 02-52/2 Tu 14:00-16:00",
    "Mo 9-12, in geraden Wochen bis 30.6.2027 Di 14-16": "Mo 09:00-12:00; 2000 Jan 01-2027 Jun 30 week 02-52/2 Tu 14:00-16:00",
    "Mo 9-12, im Mai alle zwei Wochen Di 14-16": 'Mo 09:00-12:00; May Tu 14:00-16:00 unknown "nicht jede Woche"',
    "Mo 9-12, in den Ferien im Sommer Mo 14-16": 'Mo 09:00-12:00; SH Mo 14:00-16:00 unknown "im Sommer"',
    "Mo 9-12, im Mai in den Ferien Mo 14-16": "Mo 09:00-12:00; May SH Mo 14:00-16:00",
    "Mo 9-12, in den Ferien Start 5.1.2027 Mo 14-16": '2000 Jan 01-2027 Jan 04 Mo 09:00-12:00; 2027 Jan 05+ Mo 09:00-12:00 unknown "Start 5.1.2027"; 2027 Jan 05+ SH Mo 14:00-16:00',
    "Mo 9-12, im Mai und Juni Di 14-16": "Mo 09:00-12:00; May,Jun Tu 14:00-16:00",
    "Mo 9-12, im Mai, Juni Di 14-16": "Mo 09:00-12:00; May,Jun Tu 14:00-16:00",
    "Mo 9-12, im Mai telefonisch Di 14-16": 'Mo 09:00-12:00; May Tu 14:00-16:00 open "telefonisch"',
    "Mo 9-12, im Mai täglich 14-16": "Mo 09:00-12:00; May Mo-Su 14:00-16:00",
    "Mo 9-12, im Mai werktags 14-16": 'Mo 09:00-12:00; May Mo-Fr 14:00-16:00; May Sa 14:00-16:00 unknown "werktags"; PH off',
    "Mo 9-12, im Mai am 1. Dienstag 14-16": "Mo 09:00-12:00; May Tu[1] 14:00-16:00",
    "Mo 9-12, im Mai 14-16 Uhr": "Mo 09:00-12:00; May Mo 14:00-16:00",
    "Mo 9-12, im Mai rund um die Uhr": "Mo 09:00-12:00; May Mo 00:00-24:00",
    "Mo 9-12, im Mai geschlossen": "Mo 09:00-12:00; May off",
    "Mo 9-12, im Mai Feiertage 10-12": "Mo 09:00-12:00; May PH 10:00-12:00",
    "Mo 9-12, im Mai nachmittags 2-4": "Mo 09:00-12:00; May Mo 14:00-16:00",
    "Mo 9-12, im Mai Pause": "Mo 09:00-12:00; May off",
    "Mo 9-12, in den Ferien und an Feiertagen geschlossen": "Mo 09:00-12:00; SH,PH off",
    "Mo 9-12, am 3.12.2026, 10.12.2026 14-16 Uhr": "Mo 09:00-12:00; 2026 Dec 03,2026 Dec 10 14:00-16:00",
    "Mo 9-12, am 3.12.2026, 14-16 Uhr": "Mo 09:00-12:00; 2026 Dec 03 14:00-16:00",
    "Mo 9-12, am 3.12.2026, geschlossen": "Mo 09:00-12:00; 2026 Dec 03 off",
    "Mo 9-12 im Mai und Di 14-16": "Tu 14:00-16:00; May Mo 09:00-12:00",
    "Mo 9-12 im Mai, Di 14-16": "Tu 14:00-16:00; May Mo 09:00-12:00",
    "Mo 9-12 (in den Ferien), Di geschlossen": "Tu off; SH Mo 09:00-12:00",
    "Mo 14-16 (nur in den Ferien), Mo 9-12": "Mo 09:00-12:00; SH Mo 14:00-16:00",
    # some of the holidays are never all of them
    "in den Sommerferien: Mo 9-12, Mo 14-16": 'SH Mo 09:00-12:00 unknown "nur in bestimmten Ferien"; SH Mo 14:00-16:00 unknown "nur in bestimmten Ferien"',
    "Feiertage und Sommerferien 9-12": 'SH,PH 09:00-12:00 unknown "nur in bestimmten Ferien"',
    "Mo-Fr 9-12, in den Sommerferien geschlossen, Sa 10-12": 'Mo-Fr 09:00-12:00; Sa 10:00-12:00; SH unknown "nur in bestimmten Ferien geschlossen"',
    "Mo-Fr 9-12, außer Feiertage und Sommerferien": 'Mo-Fr 09:00-12:00; PH off; SH unknown "in bestimmten Ferien geschlossen"',
    # days and dates
    "am 1. Samstag, 5.12.2026, 10-12 Uhr": "2026 Dec 05 10:00-12:00",
    "jeden 1. Samstag im Monat: 5.12.2026 10-12 Uhr": "2026 Dec 05 10:00-12:00",
    "jeden 1. Montag im Monat und Di 9-12": "Mo[1],Tu 09:00-12:00",
    "Mo-Do 8-16, Fr-Sa bis 12 Uhr": "Mo-Th 08:00-16:00; Fr-Sa 08:00-12:00",
    "Mo früh 5-7 Uhr, Fr bis 6 Uhr": "Mo 05:00-07:00; Fr 05:00-06:00",
    "ab 1.3.2027, Di 10-12": "2027 Mar 01+ Tu 10:00-12:00",
    "ab Dienstag 2.3.2027: Di 10-12": "2027 Mar 02+ Tu 10:00-12:00",
    "Di 10-12 im Monat Mai": "May Tu 10:00-12:00",
    "in den Ferien 9-12": "SH 09:00-12:00",
    "in den Ferien, Mo 9-12": "SH Mo 09:00-12:00",
    "in den Ferien: täglich 9-12": "SH Mo-Su 09:00-12:00",
    "in den Ferien, jeden 1. Montag im Monat 9-12": "SH Mo[1] 09:00-12:00",
    "Mai bis Juni 9-12": "May-Jun 09:00-12:00",
    "Schulzeit\n9-12 Uhr": "Mo-Fr 09:00-12:00; SH off",
    "Schulzeit: 9-12 Uhr": "Mo-Fr 09:00-12:00; SH off",
    "Mo-Fr und Feiertage 9-12, in den Ferien 10-12": "Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-12:00; PH 09:00-12:00",
    "Mo-Fr 9-12; Sa, 5.12.2026 10-12; in den Ferien 10-11": "Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-11:00; 2026 Dec 05 Sa 10:00-12:00",
    # a few days are single dates, more are a season: its times are about the days said before
    "Mo-Fr 9-12; 21.-23.12.2026 10-14 Uhr; Sa 10-12": "Mo-Fr 09:00-12:00; Sa 10:00-12:00; 2026 Dec 21-2026 Dec 23 10:00-14:00",
    "Mo-Fr 9-12; 24.12.2026 9-10; Sa 10-12; So 10-12": "Mo-Fr 09:00-12:00; Sa 10:00-12:00; Su 10:00-12:00; 2026 Dec 24 09:00-10:00",
    "Mo-Fr 9-12; 1.12.-15.12.2026 10-14 Uhr": "Mo-Fr 09:00-12:00; 2026 Dec 01-2026 Dec 15 10:00-14:00",
    "Mo-Fr 9-12; 1.12.-16.12.2026 10-14 Uhr": "Mo-Fr 09:00-12:00; 2026 Dec 01-2026 Dec 16 Mo-Fr 10:00-14:00",
    "Mo-Fr 9-12; 28.12.2026 bis 3.1.2027 10-14 Uhr": "Mo-Fr 09:00-12:00; 2026 Dec 28-2027 Jan 03 10:00-14:00",
    "Mo-Fr 9-12, Heiligabend bis Silvester geschlossen": "Mo-Fr 09:00-12:00; Dec 24-Dec 31 off",
    # days behind their times
    "9-12 Uhr montags (Raum 3) und mittwochs": 'Mo,We 09:00-12:00 open "Raum 3"',
    "9-12 Uhr montags (Raum 3), mittwochs 14-16": 'Mo 09:00-12:00 open "Raum 3"; We 14:00-16:00',
    "9-12 Uhr montags (Raum 3), mittwochs: 14-16": 'Mo 09:00-12:00 open "Raum 3"; We 14:00-16:00',
    "9-12 Uhr montags (Raum 3), mittwochs geschlossen": 'Mo 09:00-12:00 open "Raum 3"; We off',
    "9-12 Uhr montags (Raum 3), mittwochs nachmittags 2-4": 'Mo 09:00-12:00 open "Raum 3"; We 14:00-16:00',
    "9-12 Uhr werktags": 'Mo-Fr 09:00-12:00; Sa 09:00-12:00 unknown "werktags"; PH off',
    "Mo 14-16, werktags 9-12": 'Mo 14:00-16:00, Mo-Fr 09:00-12:00; Sa 09:00-12:00 unknown "werktags"; PH off',
    "werktags und samstags 9-12": "Mo-Fr,Sa 09:00-12:00; PH off",
    "werktags (Raum 3) 9-12": 'Mo-Fr 09:00-12:00; Sa 09:00-12:00 unknown "werktags"; PH off',
    "täglich (Mo-Sa und Feiertage) 9-12": "Mo-Sa,PH 09:00-12:00",
    "Mo vormittags, Di 9-12": 'Mo unknown "vormittags"; Tu 09:00-12:00',
    "Mo abends 6-10 Uhr, Pause 8-9 Uhr": "Mo 18:00-20:00,21:00-22:00",
    # what is excepted, and where other times begin
    "täglich außer Mi und Ferien 10-12": "Mo-Su 10:00-12:00; We off; SH off",
    "täglich außer Mi und im August 10-12": "Mo-Su 10:00-12:00; We off; Aug off",
    "täglich außer Mi, April bis Oktober 10-17": "Apr-Oct Mo-Su 10:00-17:00; We off",
    "täglich außer Mi, Ferien 10-12": "SH Mo-Su 10:00-12:00; We off",
    "Mo-Fr 9-12, außer Mi, Sa: 10-12": "Mo-Fr 09:00-12:00; Sa 10:00-12:00; We off",
    "Mo-Fr 9-12, außer Mi, Sa ab 10 Uhr": "Mo-Fr 09:00-12:00; Sa 10:00+; We off",
    "Mo-Fr 9-12, außer Mi, Sa vormittags 10-12": "Mo-Fr 09:00-12:00; Sa 10:00-12:00; We off",
    "Mo-Fr 9-12, außer Mi, am 1. Sa im Monat 10-12": "Mo-Fr 09:00-12:00; Sa[1] 10:00-12:00; We off",
    "Mo-Fr 9-12, außer Mi, Sa bis So 10-12": "Mo-Fr 09:00-12:00; Sa-Su 10:00-12:00; We off",
    "Mo-Fr 9-12, Betriebsferien 1.8.2027-15.8.2027 geschlossen": "Mo-Fr 09:00-12:00; 2027 Aug 01-2027 Aug 15 off",
    "Di 15-18, entfällt": "Tu 15:00-18:00 off",
    "Mo 9-12, Di 15-18, entfällt": 'Mo 09:00-12:00 unknown "entfällt"; Tu 15:00-18:00 off',
    "Mo 9-12, Di 15-18 (entfällt)": 'Mo 09:00-12:00 unknown "entfällt"; Tu 15:00-18:00 off',
    # a new first day, and what held before it
    "Di 15-18 und ab 1.1.2027 Mi 15-18": '2000 Jan 01-2026 Dec 31 Tu 15:00-18:00; 2027 Jan 01+ Tu 15:00-18:00 unknown "ab 1.1.2027"; 2027 Jan 01+ We 15:00-18:00',
    "Mo geschlossen, Di 15-18, ab 1.1.2027 Mi 15-18": '2000 Jan 01-2026 Dec 31 Tu 15:00-18:00; 2027 Jan 01+ Tu 15:00-18:00 unknown "ab 1.1.2027"; 2027 Jan 01+ We 15:00-18:00; Mo off',
    "ab 1.12.2026 Di 15-18, ab 1.1.2027 Mi 15-18": "2026 Dec 01+ Tu 15:00-18:00; 2027 Jan 01+ We 15:00-18:00",
    # all other times
    "Mo 9-12, sonst: nach Vereinbarung": 'Mo 09:00-12:00 || unknown "nach Vereinbarung"',
    "Mo 9-12, sonst nach Vereinbarung Di 14-16": 'Mo 09:00-12:00; Tu 14:00-16:00 || unknown "nach Vereinbarung"',
    "Mo 9-12 und nachmittags nach Vereinbarung Di 14-16": 'Mo 09:00-12:00; Tu 14:00-16:00 || unknown "nachmittags nach Vereinbarung"',
    "Mo,Mi 9-12, in den Ferien Mi 10-12, sonst: geschlossen": "Mo,We 09:00-12:00; SH We 10:00-12:00; SH Mo off",
    "vom 1.12. bis 23.12.2026 Mo 10-14, sonst: Di 9-12": "Tu 09:00-12:00; 2026 Dec 01-2026 Dec 23 Mo 10:00-14:00",
    "vom 1.12. bis 23.12.2026 Mo 10-14, sonst täglich 9-12": "Mo-Su 09:00-12:00; 2026 Dec 01-2026 Dec 23 Mo 10:00-14:00",
    "vom 1.12. bis 23.12.2026 Mo 10-14, sonst werktags 9-12": 'Mo-Fr 09:00-12:00; Sa 09:00-12:00 unknown "werktags"; 2026 Dec 01-2026 Dec 23 Mo 10:00-14:00; PH off',
    "Mai bis September: Di 9-12, sonst Mo 10-12, Do 14-16": "Mo 10:00-12:00; Th 14:00-16:00; May-Sep Tu 09:00-12:00",
    "Mo,Mi 9-12, in den Ferien Mi 10-12, Mo wie sonst Sa 9-12": 'Mo,We 09:00-12:00; Sa 09:00-12:00 unknown "nicht immer"; SH We 10:00-12:00; SH Sa 09:00-12:00',
    "Nach Vereinbarung und Mo 9-12": 'Mo 09:00-12:00 || unknown "Nach Vereinbarung"',
    "9-12 Uhr montags, nach Vereinbarung": 'Mo 09:00-12:00 unknown "nach Vereinbarung" || unknown "nach Vereinbarung"',
    "telefonisch nach Vereinbarung": 'unknown "telefonisch, nach Vereinbarung"',
    "(Handarbeiten)": 'unknown "Handarbeiten"',
    # remarks, and the times that they are about
    "Di 9-12; Sprechstunde Do 14-16": "Tu 09:00-12:00; Th 14:00-16:00",
    "Di 9-12, Sprechstunde Do 14-16": "Tu 09:00-12:00; Th 14:00-16:00",
    "Di 9-12 Termine: Do 14-16": "Tu 09:00-12:00; Th 14:00-16:00",
    "Di 9-12 Sprechstunde": 'Tu 09:00-12:00 open "Sprechstunde"',
    "Di 9-12 Sprechstunde Do 14-16": 'Tu 09:00-12:00; Th 14:00-16:00 open "Sprechstunde"',
    "Mo 9-12 „mit Petra“": 'Mo 09:00-12:00 unknown "mit Petra"',
    "Mo 9-12 ”mit Petra”": 'Mo 09:00-12:00 unknown "mit Petra"',
    'Mo 9-12 (die "Runde")': "Mo 09:00-12:00 unknown \"die 'Runde'\"",
    '(die "Runde")': "unknown \"die 'Runde'\"",
    "Mo 9-12 mit Anmeldung Di 14-16": 'Mo 09:00-12:00 unknown "mit Anmeldung"; Tu 14:00-16:00',
    "Mo 9-12; Di 9-12, Mi 9-12 mit Anmeldung": 'Mo 09:00-12:00; Tu 09:00-12:00 unknown "mit Anmeldung"; We 09:00-12:00 unknown "mit Anmeldung"',
    "Mo 9-12, Di 9-12, Mi 9-12 mit Anmeldung": 'Mo 09:00-12:00 unknown "mit Anmeldung"; Tu 09:00-12:00 unknown "mit Anmeldung"; We 09:00-12:00 unknown "mit Anmeldung"',
    "Di 9-12\n(nur für Mitglieder): Mo 9-12": 'Tu 09:00-12:00; Mo 09:00-12:00 unknown "nur für Mitglieder"',
    "Di 9-12\nnach Anmeldung: Mo 9-12, Mi 9-12": 'Tu 09:00-12:00; Mo 09:00-12:00 unknown "nach Anmeldung"; We 09:00-12:00 unknown "nach Anmeldung"',
    "Di 9-12\nRaum 3: Mo 9-12": 'Tu 09:00-12:00; Mo 09:00-12:00 open "Raum 3"',
    "kostenlos, Mo 9-12, Di 14-16": "Mo 09:00-12:00; Tu 14:00-16:00",
    '"mit Petra" Mo 9-12, Di 14-16': 'Mo 09:00-12:00 unknown "mit Petra"; Tu 14:00-16:00 unknown "mit Petra"',
    'Mo 9-12 wenn "Petra" da ist': "Mo 09:00-12:00 unknown \"wenn 'Petra' da ist\"",
    "Büro Mo 9-12, Treff Di 14-18, Beratung Mi 9-12": 'Mo 09:00-12:00 open "Büro"; Tu 14:00-18:00 open "Treff"; We 09:00-12:00 open "Beratung"',
    "Büro Mo-Fr 9-12, Treff täglich 14-18": 'Mo-Fr 09:00-12:00 open "Büro", Mo-Su 14:00-18:00 open "Treff"',
    "Büro Mo-Fr 9-12, Treff werktags 14-18": 'Mo-Fr 09:00-12:00 open "Büro", Mo-Fr 14:00-18:00 open "Treff"; Sa 14:00-18:00 unknown "werktags"; PH off',
    "Büro Mo 9-12, Treff jeden 1. Dienstag im Monat 14-18": 'Mo 09:00-12:00 open "Büro"; Tu[1] 14:00-18:00 open "Treff"',
    "telefonisch Mo 9-12, Treff Di 14-16": 'Mo 09:00-12:00 open "telefonisch"; Tu 14:00-16:00 open "Treff"',
    "Mo rund um die Uhr Di 9-12": "Mo 00:00-24:00; Tu 09:00-12:00",
    "Mo nach Vereinbarung, Di 9-12": 'Mo unknown "nach Vereinbarung"; Tu 09:00-12:00',
    "im August Pause; Di 9-12": "Tu 09:00-12:00; Aug off",
    "- Mo 10-12\n- 24.12. geschlossen": "Mo 10:00-12:00; Dec 24 off",
    "Di 10-12 - April bis Oktober": "Apr-Oct Tu 10:00-12:00",
    # what is said of some days beside what is said of them and of public holidays
    "So und Feiertage 10-14, in den Ferien geschlossen": "Su 10:00-14:00; SH off; PH 10:00-14:00",
    "Sa und Feiertage 10-14, jeden 3. Sa im Monat geschlossen": "Sa 10:00-14:00; Sa[3] off; PH 10:00-14:00",
    "Mo-Fr und Feiertage 9-12, im August Mo-Fr 10-11": "Mo-Fr 09:00-12:00; Aug Mo-Fr 10:00-11:00; PH 09:00-12:00",
    "Sa und Feiertage 9-12; Mi 9-12 im Mai": "Sa 09:00-12:00; May We 09:00-12:00; PH 09:00-12:00",
    "in den Ferien und an Feiertagen Mo 9-12": "SH,PH Mo 09:00-12:00",
    "Feiertage 10-14, Mo-Fr 9-12": "Mo-Fr 09:00-12:00; PH 10:00-14:00",
    "Mo-Fr 9-12, Feiertage 10-11, in den Ferien Mo-Fr 10-12": "Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-12:00; PH 10:00-11:00",
    "Mo-Fr 9-12; 25.12.2026 9-10; Feiertage 10-14": "Mo-Fr 09:00-12:00; PH 10:00-14:00; 2026 Dec 25 09:00-10:00",
    "Mo,Di 9-12, auch an Feiertagen": "Mo,Tu 09:00-12:00; PH Mo,Tu 09:00-12:00",
    "gerade Wochen Di 9-12, sonst Di 14-16": "Tu 14:00-16:00; week 02-52/2 Tu 09:00-12:00",
    # two times of a day that touch
    "Mo-Fr 9-12, Fr 12-14": "Mo-Fr 09:00-12:00, Fr 12:00-14:00",
    "Mo-Fr 12-14, Fr 9-12": "Mo-Fr 12:00-14:00, Fr 09:00-12:00",
    "Mo 9-12, 12-14": "Mo 09:00-12:00,12:00-14:00",
    "Mo 9-10, 11-12, 13-14": "Mo 09:00-10:00,11:00-12:00,13:00-14:00",
    "Mo 9-16, Pause 9-10": "Mo 10:00-16:00",
    "Mo 9-16, Pause 15-16": "Mo 09:00-15:00",
    # early and late
    "Mo 9-12, nachmittags ab 2 Uhr": "Mo 09:00-12:00,14:00+",
    "Mo 9-12, Fr bis 11 Uhr (Raum 3)": 'Mo 09:00-12:00; Fr 09:00-11:00 open "Raum 3"',
    "Mo-Do 8-16 Uhr, Fr -13 Uhr": "Mo-Th 08:00-16:00; Fr 08:00-13:00",
    "Mo 9-12, bis 31.3.2027": "2000 Jan 01-2027 Mar 31 Mo 09:00-12:00",
    "Mo 9 Uhr und 14-16 Uhr": "Mo 09:00+,14:00-16:00",
    "Mo 7-9 Uhr abends (Raum 3)": 'Mo 19:00-21:00 open "Raum 3"',
    "Mo nachmittags 12-3 Uhr": "Mo 12:00-15:00",
    "Mo vormittags 6-11 Uhr": "Mo 06:00-11:00",
    "Mo dreiviertel neun bis elf Uhr": "Mo 08:45-11:00",
    "Mo 7-9 Uhr": "Mo 07:00-09:00",
    "Mo 0-6 Uhr": "Mo 00:00-06:00",
    "Mo 0.00-5.00 Uhr": "Mo 00:00-05:00",
    "Mo 9:59-12": "Mo 09:59-12:00",
}  # fmt: skip


@pytest.mark.parametrize("sign", "–—−‑‒")
def test_every_dash_is_a_dash(sign: str) -> None:
    assert read_hours(f"Mo{sign}Fr 9{sign}12 Uhr").expression == "Mo-Fr 09:00-12:00"
    assert read_hours(f"Mo{sign}Th 09:00{sign}12:00") == Hours(
        f"Mo{sign}Th 09:00{sign}12:00", "Mo-Th 09:00-12:00", normalised=True
    )


@pytest.mark.parametrize("blank", " \u00a0\u202f\u2009\t")
def test_every_blank_is_a_blank(blank: str) -> None:
    """Of the writing each sign is one sign, so that the place of a doubt stays that place."""
    text = f"Mo{blank}9-12{blank}Uhr (Frau{blank}Kant)"
    (doubt,) = read_hours(text).doubts
    assert (doubt.text, doubt.at) == ("Frau Kant", text.index("Frau"))
    osm = f"Mo[1]{blank}{blank}09:00-12:00"
    assert read_hours(osm) == Hours(osm, "Mo[1] 09:00-12:00", normalised=False)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("We 09:00-12:00 ;", "We 09:00-12:00"),
        ("We 09:00-12:00,", "We 09:00-12:00"),
        ("We[1] 09:00-12:00;\n PH off", "We[1] 09:00-12:00; PH off"),
    ],
)
def test_what_only_separates_is_no_part_of_an_expression(text: str, expression: str) -> None:
    hours = read_hours(text)
    assert (hours.expression, hours.german) == (expression, False)


MISSPELT = """
Mohntag Montag | Dinstag Dienstag | Mitwoch Mittwoch | Donerstag Donnerstag | Freittag Freitag | Sammstag Samstag | Sonabend Sonnabend | Sontag Sonntag
Mohntags Montags | Dinstags Dienstags | Mitwochs Mittwochs | Donerstags Donnerstags | Freittags Freitags | Sammstags Samstags | Sontags Sonntags
Janur Januar | Febuar Februar | Augustt August | Septemper September | Oktoper Oktober | Novemper November | Dezemper Dezember | Täglch Täglich
Feiertge Feiertage | Feiertgs Feiertags | Schulverien Schulferien | Vereinbahrung Vereinbarung | Vormitags Vormittags | Nachmitags Nachmittags
Wertags Werktags | geschlosen Geschlossen
"""


def test_a_word_that_is_misspelt_is_not_read_but_guessed_at() -> None:
    for pair in phrases(MISSPELT):
        written, meant = pair.split()
        told = f"„{written}“ wird hier nicht verstanden. Gemeint ist vielleicht „{meant}“."
        assert read_hours(f"{written} 10-12").problem == told
    assert read_hours("Ostereier 10-12").problem == "„Ostereier“ wird hier nicht verstanden."


def test_of_what_nothing_was_said_nothing_is_known() -> None:
    """A piece that is being read begins without any limit, doubt or time."""
    day = Token("day", "Mo", 3)
    assert day == Token("day", "Mo", 3, False, (), "", False, False)
    assert (day.text, Token("day", "Mo", 3, written="montags").text) == ("Mo", "montags")
    assert Limit() == Limit((), None, None, False, "", 0, "")
    assert not Limit()
    assert Said() == Said([], "", False, False, "")
    empty = Clause(7)
    assert empty == Clause(
        7,
        "",
        Limit(),
        None,
        [],
        [],
        "",
        "",
        [],
        False,
        False,
        False,
        False,
        "",
        False,
        False,
        False,
        False,
        "",
        False,
    )
    assert (empty.empty, empty.has_head, empty.has_body, empty.weekdays) == (True, False, False, frozenset())
    draft = Draft([])
    assert (draft.joint, draft.inside, draft.afar, draft.label, draft.at) == ("", False, "", "", 0)
    assert DaysFound() == DaysFound([], [], "")


@pytest.mark.parametrize("text", TOGETHER)
def test_what_stands_together_is_understood_together(text: str) -> None:
    assert read_hours(text).expression == TOGETHER[text]
