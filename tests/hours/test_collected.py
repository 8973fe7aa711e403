"""What people wrote who haven't seen the grammar: how much of it is told as it is meant, and that none is certain and wrong."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import permutations

import pytest

from generator.hours.written_hours import Hours, read_hours
from tests.chance import every
from tests.hours.collected import HERE, Form, days_of, fate, forms


def test_of_the_collected_forms_nearly_all_are_right_and_none_is_certain_and_wrong() -> None:
    found = {form: fate(form) for form in forms()}
    assert [form for form, how in found.items() if how == "wrong"] == []
    fates = Counter(found.values())
    assert fates.total() >= 137
    assert fates["right"] >= 0.67 * fates.total(), [form for form, how in found.items() if how == "unsure"]


def test_no_closure_beside_hours_makes_anything_certain_that_is_wrong() -> None:
    """Notices as people hang them up, below hours and behind them; „?“ where nobody can be sure of any time."""
    with (HERE / "closures.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["closes"]) for row in csv.DictReader(file, delimiter=";")]
    assert len(rows) >= 40
    fates: dict[str, list[str]] = {"right": [], "unsure": [], "wrong": []}
    for text, closes in rows:
        means = "?" if closes == "?" else f"Mo-Fr 09:00-12:00; {closes} off"
        for joint in ("\n", ". ", "; ", ", "):
            form = f"Mo-Fr 9-12 Uhr{joint}{text}"
            fates[fate(Form(form, means))].append(form)
    assert fates["wrong"] == []
    # Else all could be unsure.
    assert len(fates["right"]) >= len(rows)


PLACED = {
    "ohne Termin": 'open "ohne Termin"', "mit Anmeldung": 'unknown "mit Anmeldung"', "nur telefonisch": 'open "telefonisch"',
    "Eingang Hof": 'open "Eingang Hof"',
}  # fmt: skip
ALSO = {
    "Do 14-17 Uhr": "Th 14:00-17:00",
    "in den Ferien geschlossen": "SH off",
    "Feiertage geschlossen": "PH off",
}


@pytest.mark.parametrize("remark", PLACED)
@pytest.mark.parametrize(
    "form", every(("{}: Mo 9-12 Uhr", "Mo 9-12 Uhr {}", "Mo 9-12 Uhr ({})"), {"Mo 9-12 Uhr ({})"})
)
def test_a_remark_before_behind_or_in_brackets_is_about_its_time_or_nothing_is_certain(
    remark: str, form: str
) -> None:
    for order in permutations((form.format(remark), *ALSO)):
        means = "; ".join([f"Mo 09:00-12:00 {PLACED[remark]}", *ALSO.values()])
        assert fate(Form("; ".join(order), means)) != "wrong", order


AROUND = {
    "a number to call": lambda text: f"{text.rstrip('.!')}. Tel. 040 66969-220",
    "a place in brackets": lambda text: f"{text} (Eingang Hof)",
    "a name before it": lambda text: f"Treffpunkt {text}",
    "capitals": str.upper,
    "blanks around dashes": lambda text: text.replace("-", " - ").replace("–", " – "),
}


@pytest.mark.parametrize("around", every(AROUND, ("a place in brackets",)))
def test_what_stands_around_a_form_makes_nothing_certain_that_is_wrong(around: str) -> None:
    wrong = [
        form.text
        for form in forms()
        if form.means != "?" and fate(Form(AROUND[around](form.text), form.means)) == "wrong"
    ]
    assert wrong == []


_NOT_PLAIN = re.compile(r"SH|PH|week|[A-Z][a-z]{2}|open|unknown|easter|24/7|[+?|]")
_EVERY_WEEK = [form for form in forms() if not _NOT_PLAIN.search(form.means)]


def _days(form: Form) -> set[int]:
    return {day for day in range(7) if days_of(Hours(form.means, form.means)).usual(day)}


@pytest.mark.parametrize("apart", every(range(1, 40, 3), {4}))
def test_two_forms_of_different_days_beside_each_other_mean_both_or_are_unsure(apart: int) -> None:
    pairs = list(zip(_EVERY_WEEK, _EVERY_WEEK[apart:], strict=False))
    both = [(f"{one.text.rstrip('.')}; {two.text}", f"{one.means}; {two.means}") for one, two in pairs
            if fate(one) == fate(two) == "right" and not _days(one) & _days(two)]  # fmt: skip
    # What one closes and the other opens nobody can mean.
    joined = [(text, means) for text, means in both if days_of(Hours(means, means)).readable]
    assert both
    assert [text for text, means in joined if fate(Form(text, means)) == "wrong"] == []


HARD = {
    "Mo 9-12, Di 9-12, Mi zu, Do 9-12, mittwochs 14-16 Uhr": "Mo,Tu,Th 09:00-12:00; We 14:00-16:00",
    "Mo-Fr 9-16 Uhr, 12-13 Uhr geschlossen, Sa 9-16 Uhr": "Mo-Fr 09:00-12:00,13:00-16:00; Sa 09:00-16:00",
    "Mo-Fr 9-16 Uhr, Mittagspause 12-13 Uhr (Fr nicht)": "Mo-Th 09:00-12:00,13:00-16:00; Fr 09:00-16:00",
    "Mo-Fr 9-16 Uhr, Mittagspause 12-13 Uhr, außer Fr": "Mo-Th 09:00-12:00,13:00-16:00; Fr 09:00-16:00",
    "Mo-Fr 9-12 Uhr, Mi geschlossen (in den Ferien nicht)": "Mo-Fr 09:00-12:00; We off; SH Mo-Fr 09:00-12:00",
    "Mo-Fr 9-16 Uhr, 12-13 Uhr geschlossen ab 1.12.2026": "2000 Jan 01-2026 Nov 30 Mo-Fr 09:00-16:00; 2026 Dec 01+ Mo-Fr 09:00-12:00,13:00-16:00",
    "Woche 1: Mo 9-12, Woche 2: Di 9-12": "Mo,Tu 09:00-12:00 unknown",
    "Mo-Fr 8-12 Uhr, nachmittags geschlossen, Do 14-18 Uhr": "Mo-Fr 08:00-12:00, Th 14:00-18:00",
    "Mo-Fr 8-12, Nachmittag Mi geschlossen": "Mo-Fr 08:00-12:00",
    "Fr 15-21 Uhr, 1x mtl. Sa 14-18 Uhr": "Fr 15:00-21:00; Sa 14:00-18:00 unknown",
    "Fr 15-21 Uhr, 3x im Jahr Sa 14-18 Uhr": "Fr 15:00-21:00; Sa 14:00-18:00 unknown",
    "Mo-Fr 8-12 Uhr, Do zusätzlich 14-18 Uhr (nicht in den Schulferien)": "Mo-Fr 08:00-12:00, Th 14:00-18:00; SH Mo-Fr 08:00-12:00",
    "Mo-Fr 8-12 Uhr, Do auch 14-18 Uhr, nur in der Schulzeit": "Mo-Fr 08:00-12:00, Th 14:00-18:00; SH Mo-Fr 08:00-12:00",
    "Mo-Fr 8-12 mit Termin und 14-16 Uhr ohne Termin, Mi nur vormittags": (
        "Mo-Fr 08:00-12:00 unknown, Mo,Tu,Th,Fr 14:00-16:00"),
    "Mo-Fr 8-12 und 14-16 Uhr, Mi nachmittags statt vormittags": "Mo-Fr 08:00-12:00,14:00-16:00; We 14:00-16:00 unknown",
    "Mo 9-12 Uhr, mindestens 5 Personen, sonst Ausfall": "Mo 09:00-12:00 unknown",
    "Mo 9-12 Uhr, mindestens 5 Personen, sonst geschlossen": "Mo 09:00-12:00 unknown",
    "Mo 9-16, Di 9-14, 12-13 Uhr geschlossen": "Mo 09:00-16:00 unknown; Tu 09:00-12:00,13:00-14:00",
    "Mo-Fr 9-12, in den Ferien nicht durchgehend": "Mo-Fr 09:00-12:00; SH Mo-Fr 09:00-12:00 unknown",
    "Mo-Fr 9-12; in den ersten drei Wochen der Sommerferien geschlossen": "Mo-Fr 09:00-12:00; 2026 Jul 04-2026 Jul 24 off",
    "Feiertage und Sommerferien 9-12": "?",
    "Mo 9-12 Uhr, telefonisch oder persönlich": "Mo 09:00-12:00 unknown",
    "Mo-Do 9-16 Uhr, Fr 9-14 Uhr, außer an gesetzlichen Feiertagen und am 24. und 31. Dezember": (
        "Mo-Th 09:00-16:00; Fr 09:00-14:00; PH off; Dec 24,Dec 31 off"),
    "Montags und donnerstags 14-18 (im Juli und August nur donnerstags)": "Mo,Th 14:00-18:00; Jul-Aug Mo off",
    "Mo-Fr 8-12 Uhr. Am 3.12.2026 geschlossen wegen Betriebsausflug": "Mo-Fr 08:00-12:00; 2026 Dec 03 off",
    "Mo 14-16 Uhr im Wechsel mit Do 14-16 Uhr": "Mo,Th 14:00-16:00 unknown",
    "Neu: Sprechzeit Di 9-11 statt Mo 9-11": "Tu 09:00-11:00",
    "Mi 10 Uhr, jeden zweiten Mittwoch": "We 10:00+ unknown",
    "Kursbeginn 7.1.2027, donnerstags 17-18.30 Uhr": "2027 Jan 07+ Th 17:00-18:30",
    "Sommeröffnungszeiten: Mo-Fr 9-19, Winteröffnungszeiten: Mo-Fr 9-17": "Mo-Fr 09:00-17:00, Mo-Fr 17:00-19:00 unknown",
    "Montags ab 16 Uhr, donnerstags bis 18 Uhr": "Mo 16:00+; Th 00:00-18:00 unknown",
    "Mo-Fr 8-12 Uhr; ab Januar 2027 auch 14-16 Uhr": "Mo-Fr 08:00-12:00, 2027 Jan 01+ Mo-Fr 14:00-16:00",
    "Mo-Do 8-16 Uhr, Fr u. vor Feiertagen 8-12 Uhr": "Mo-Th 08:00-16:00; Fr 08:00-12:00",
    "Mo-Fr 9-17 Uhr Café, Mi 15-18 Uhr Töpfern": "Mo-Fr 09:00-17:00, We 15:00-18:00",
    "Mo-Fr 9-12, an Brückentagen geschlossen": "Mo-Fr 09:00-12:00 unknown",
    "Mo 9-12 Uhr; Di nur nach Anmeldung": "Mo 09:00-12:00; Tu unknown",
    "Mi 14-17 Uhr entfällt ab 1.12.2026": "2000 Jan 01-2026 Nov 30 We 14:00-17:00",
    "am 1. Montag und Dienstag im Monat 9-12": "Mo[1] 09:00-12:00; Tu[1] 09:00-12:00",
    "Mittagstisch Do 12-13.30 Uhr, Anmeldeschluss Dienstag 12 Uhr": "Th 12:00-13:30 unknown",
    "Mo-Fr 7-18 Uhr, in den Ferien 8-16 Uhr, Betriebsferien 6.7.-31.7.2026": (
        "Mo-Fr 07:00-18:00; SH Mo-Fr 08:00-16:00; 2026 Jul 06-2026 Jul 31 off"),
    "Di-So 10-18, auch Ostermontag geöffnet": "Tu-Su 10:00-18:00; easter +1 day 10:00-18:00",
    "Mo 9-12, Di 9-12, alle Termine online": 'Mo,Tu 09:00-12:00 open "online"',
    "Di 18-20 Uhr bis Ende November": "2000 Jan 01-2026 Nov 30 Tu 18:00-20:00",
    "Anfang Mai bis Ende September Di 10-12": "May-Sep Tu 10:00-12:00",
    "Mo. 9.00-12.00; Do. 16.00-19.00. Tel. 040 66969-220": "Mo 09:00-12:00; Th 16:00-19:00",
    "Mi. 9 – 12 Uhr, jeden 3. Mi. im Monat geschl. (Eingang Hof)": "We 09:00-12:00; We[3] off",
    "Treffpunkt 2. und 4. Mittwoch im Monat 17 bis 19 Uhr": "We[2,4] 17:00-19:00",
    "Dinestag 9-12 Uhr, Mo 14-16": "Tu 09:00-12:00; Mo 14:00-16:00",
    "Mo-Do 8-16 Uhr, freitags im Wechsel 8-12 Uhr": "Mo-Th 08:00-16:00; Fr 08:00-12:00 unknown",
    "samstags 10-13 und in der Adventszeit bis 16 Uhr": "Sa 10:00-13:00, Sa 13:00-16:00 unknown",
    "Mo-Fr 10-18, Sa 10-14 (Adventssamstage bis 18 Uhr)": "Mo-Fr 10:00-18:00; Sa 10:00-14:00, Sa 14:00-18:00 unknown",
    "Mo-Fr 9-17 Uhr, Brückentage bis 12 Uhr": "Mo-Fr 09:00-17:00 unknown",
    "Mo-Fr 9-16 Uhr, Nov-Feb geschlossen außer Mi": "Mar-Oct Mo-Fr 09:00-16:00; Nov-Feb We 09:00-16:00",
    "Mo-Fr 9-12, mittwochs und in den Ferien geschlossen": "Mo-Fr 09:00-12:00; We off; SH off",
    "Mo-Fr 9-12, nicht in den Ferien, jeden 1. Montag im Monat geschlossen": "Mo-Fr 09:00-12:00; Mo[1] off; SH off",
    "Mo 9-12, Mi 14-16 Uhr entfällt bis 31.8.2026": "Mo 09:00-12:00; We 14:00-16:00; 2000 Jan 01-2026 Aug 31 We off",
    "Ab 1.9.2026: Montag Ruhetag, Dienstag-Sonntag ab 11 Uhr": "2026 Sep 01+ Tu-Su 11:00+",
    "Ab 1.9.2026: Mittwochnachmittag geschlossen, sonst Mo-Fr 8-12 und 13.30-17 Uhr": (
        "2026 Sep 01+ Mo-Fr 08:00-12:00,13:30-17:00; 2026 Sep 01+ We 08:00-12:00"),
    "vom 1.5. bis 30.9.: Mo-Do 8-12 und 14-16, Sa 9-11, Do bis 18 Uhr": (
        "May 01-Sep 30 Mo-We 08:00-12:00,14:00-16:00; May 01-Sep 30 Th 08:00-12:00,14:00-18:00; May 01-Sep 30 Sa 09:00-11:00"),
    "vom 1.5. bis 30.9.: Mo-Fr 8-20 Uhr, So u. Feiertag Ruhetag": "May 01-Sep 30 Mo-Fr 08:00-20:00; PH off",
    "vom 1.5. bis 30.9.: außer Sa, So täglich 7-17 Uhr": "May 01-Sep 30 Mo-Fr 07:00-17:00",
    "Mai bis September 8-18 Uhr, samstags bis 13 Uhr": "May-Sep Mo-Fr 08:00-18:00; May-Sep Sa 08:00-13:00",
    "Mo-Fr 9-17 Uhr, auch an Feiertagen, am 15.6.2026 nur bis 10 Uhr": "Mo-Fr 09:00-17:00; 2026 Jun 15 09:00-10:00",
    "dienstags 10-12 Uhr und nach Vereinbarung bis 31.8.2026": "2000 Jan 01-2026 Aug 31 Tu 10:00-12:00",
    "Sa, So und an Feiertagen 14-18 Uhr, Nov. bis März nur So": "Sa,Su,PH 14:00-18:00; Nov-Mar Sa,PH off",
    "in den Ferien andere Zeiten, sonst Mo-Fr 13-19 Uhr": "Mo-Fr 13:00-19:00; SH unknown",
    "in den Ferien, sonst Mo-Fr 13-19 Uhr": "Mo-Fr 13:00-19:00; SH Mo-Fr unknown",
    "von April bis Oktober Montag Ruhetag, Di-So ab 11 Uhr": "Apr-Oct Tu-Su 11:00+",
    "von April bis Oktober Mo-Fr 8-12, Do zusätzlich 14-18 Uhr": "Apr-Oct Mo-Fr 08:00-12:00, Apr-Oct Th 14:00-18:00",
    "von April bis Oktober Mo-Fr 8-16 Uhr (in den Ferien bis 15 Uhr)": "Apr-Oct Mo-Fr 08:00-16:00; Apr-Oct SH Mo-Fr 08:00-15:00; Nov-Mar off",
    "Mo-Do 9-16, Fr 9-12, Juli und August nur Mo-Do 9-12": "Mo-Th 09:00-16:00; Fr 09:00-12:00; Jul-Aug Mo-Th 09:00-12:00; Jul-Aug Fr off",
    "Ferien und Feiertage: geschlossen, Mo-Fr 13-18 Uhr": "Mo-Fr 13:00-18:00; SH off; PH off",
    "Mo 14-17, jeden 2. Mo erst ab 15 Uhr": "Mo 15:00-17:00, Mo 14:00-15:00 unknown",
    "Mi 15-17 Uhr gerade Woche Spielkreis, ungerade Woche Babytreff": "We 15:00-17:00",
    "Ab 1.9.2026: Mo-Mi 10-14 Uhr, bis dahin Mo-Fr 9-12 Uhr": (
        "2000 Jan 01-2026 Aug 31 Mo-Fr 09:00-12:00; 2026 Sep 01+ Mo-We 10:00-14:00"),
    "Do 16-18 Uhr, nächste Termine: 3.12., 17.12.2026": "Th 16:00-18:00 unknown; 2026 Dec 03,2026 Dec 17 16:00-18:00",
    "Mo-Fr 9-12 Uhr. In den Schulferien geöffnet.": "Mo-Fr 09:00-12:00",
    "Mo-Fr 9-12 Uhr Sonderzeiten in den Ferien": "Mo-Fr 09:00-12:00; SH unknown",
    "Mo-Fr 9-12. Angebot nur in den Ferien": "SH Mo-Fr 09:00-12:00",
    "Sa 9-11 (nur 1. Sa Verkauf)": "Sa[1] 09:00-11:00",
    "Mo-Fr 9-12 (nur Mi ehrenamtlich)": "We 09:00-12:00",
    "Mo-Do 14-17 (Ferien 10-13), Kochen Mi 18-20": (
        "Mo-Th 14:00-17:00, We 18:00-20:00; SH Mo-Th 10:00-13:00, SH We 18:00-20:00"),
    "Mo 11-19 Donnertag 11-20 Freitag 11-19": "Mo,Fr 11:00-19:00; Th 11:00-20:00",
    "Mo 9-12\n14-16 Uhr nur Do": "Mo 09:00-12:00; Th 14:00-16:00",
    "Nur Stammgäste\nMo 9-12": "Mo 09:00-12:00 unknown",
    "MO 9-12 SAISONAL": "Mo 09:00-12:00 unknown",
    "Mo-Fr 9-12 Uhr. Besuche nur nach Vereinbarung.": "Mo-Fr 09:00-12:00 unknown",
    "Mo-Fr 9-12 Uhr. Alle Termine nach Vereinbarung.": "Mo-Fr 09:00-12:00 unknown",
    "Telefonische Sprechzeit: Mo 10-12. Do 14-17 Uhr.": 'Mo 10:00-12:00 open "telefonisch"; Th 14:00-17:00 open "telefonisch"',
    "Mo 10-12 Uhr. Nur telefonisch.": 'Mo 10:00-12:00 open "telefonisch"',
    "Mo-Fr 9-12 Uhr. Ab 1.1.2027: Di 14-17 Uhr.": "Mo-Fr 09:00-12:00; 2027 Jan 01+ Mo-Fr off; 2027 Jan 01+ Tu 14:00-17:00",
    "Bücherei: Di 10-18, Do 10-19; Café: Mo-Fr 9-18": "Mo-Fr 09:00-18:00; Th 09:00-19:00",
    "Frühstück Mo 9-12 Uhr, Kochen Mi 14-16 Uhr (nicht in den Ferien)": "Mo 09:00-12:00; We 14:00-16:00; SH We off",
    "Mo 9-12 Uhr, Mi 14-16 Uhr entfällt in den Ferien": "Mo 09:00-12:00; We 14:00-16:00; SH We off",
    "Sprechzeiten nur nach Vereinbarung\nMo-Fr 8-12 Uhr": "Mo-Fr 08:00-12:00 unknown",
    "Di-Sa 15-20 Uhr, am 3. Oktober geöffnet": "Tu-Sa 15:00-20:00",
    "Frauen: Mi 9-12. Männer: Di 14-17.": "We 09:00-12:00; Tu 14:00-17:00",
    "Mi 15-18 Jugendliche ab 12": "We 15:00-18:00",
    "Mo 9-12 Uhr, Di Teamtag, Mi 9-12 Uhr": "Mo,We 09:00-12:00",
    "Mo 9-12 Uhr, Di Teamtag Mi 9-12 Uhr": "Mo,We 09:00-12:00",
    "Mo 9-12 Uhr (Absprache)": "Mo 09:00-12:00 unknown",
    "Mo-Do 8-15.30, Fr 8-13, Publikumsverkehr nur Di u. Do 9-12": (
        "Mo,We 08:00-15:30 unknown; Fr 08:00-13:00 unknown; Tu,Th 08:00-15:30 unknown, Tu,Th 09:00-12:00"),
    "Mo-Fr 8-16 Uhr, Mittagessen täglich 12-13 Uhr": "Mo-Fr 08:00-16:00",
    "Do 14-16 Uhr mit Anmeldung (Mo-Fr 9-12 Uhr)": "Mo-Fr 09:00-12:00 unknown, Th 14:00-16:00 unknown",
    "Do 14-16 Uhr, Anmeldung unter 04321 12345, Mo-Fr 9-12 Uhr": "Mo-Fr 09:00-12:00 unknown, Th 14:00-16:00 unknown",
    "Do 14-16 Uhr, Anmeldung erforderlich: Mo-Fr 9-12 Uhr": "Mo-Fr 09:00-12:00 unknown, Th 14:00-16:00 unknown",
    "Mo-Fr 9-17 Uhr, Fr ab 13 Uhr telefonisch": 'Mo-Fr 09:00-17:00; Fr 09:00-13:00, Fr 13:00-17:00 open "telefonisch"',
    "täglich rund um die Uhr, Mo-Fr 9-15 Uhr": "00:00-24:00",
    "24 h erreichbar. Bürozeiten Mo-Fr 9-15 Uhr": "00:00-24:00",
    "So 14-17 Uhr, sonst jeden 1. So im Monat": "Su 14:00-17:00 unknown",
    "Mo-Do 13-17 Uhr, vor Feiertagen geschlossen": "Mo-Th 13:00-17:00 unknown",
    "Mo-Fr 14-18 Uhr, Osterferien 14-16 Uhr": "Mo-Fr 14:00-18:00; 2026 Mar 26-2026 Apr 10 Mo-Fr 14:00-16:00",
    "Haus 1: Mo-Fr 9-12 Uhr, Haus 2: Mo-Fr 14-17 Uhr (Mi geschlossen)": "Mo-Fr 09:00-12:00, Mo,Tu,Th,Fr 14:00-17:00",
    "Mo-Fr 8-12, außerdem Mo-Do 13-16 (Mi nicht)": "Mo-Fr 08:00-12:00, Mo,Tu,Th 13:00-16:00",
    "Büro: Mo-Fr 9-12 Uhr (in den Ferien geschlossen); Café: Mi 14-18 Uhr": (
        "Mo-Fr 09:00-12:00, We 14:00-18:00; SH off; SH We 14:00-18:00"),
    "Café: Mi 14-18 Uhr\nBüro: Mo-Fr 9-12 Uhr, in den Ferien geschlossen": (
        "Mo-Fr 09:00-12:00, We 14:00-18:00; SH off; SH We 14:00-18:00"),
    "telefonisch Mo 8-10 Uhr und Di 10-12 Uhr vor Ort": 'Mo 08:00-10:00 open "telefonisch"; Tu 10:00-12:00',
    "Mo-Fr 9-18, Sa 9-14 Uhr (Sa nur April-Okt.)": "Mo-Fr 09:00-18:00; Apr-Oct Sa 09:00-14:00",
    "Mo-Fr 15-18 Uhr (Mai-Okt., in den Ferien 15-17 Uhr)": "May-Oct Mo-Fr 15:00-18:00; May-Oct SH Mo-Fr 15:00-17:00",
    "Mo-Fr 8-16 Uhr. Freitags sind wir nur telefonisch zu erreichen.": 'Mo-Th 08:00-16:00; Fr 08:00-16:00 open "telefonisch"',
    "telefonisch Mo 8-10 Uhr, Kochen Mi 15-17 Uhr": 'Mo 08:00-10:00 open "telefonisch"; We 15:00-17:00',
    "Rathaus: Mo-Fr 8-12 Uhr. Standesamt: mittwochs geschlossen": "Mo-Fr 08:00-12:00",
    "Di 10-12 Uhr (türkisch), Do 10-12 Uhr (arabisch), bitte anmelden": "Tu,Th 10:00-12:00 unknown",
    "Vormittags frei (Mo-Fr 8-12 Uhr), nachmittags nur mit Termin (Mo-Do 13-16 Uhr)": "Mo-Fr 08:00-12:00, Mo-Th 13:00-16:00 unknown",
    "Mo 15-17 (Schulzeit), Di 15-17": "Mo,Tu 15:00-17:00; SH Mo off",
    "Mo 15-17; Di 15-17 nur in der Schulzeit": "Mo,Tu 15:00-17:00; SH Tu off",
    "Mo 8-10 und Di 10-12 Uhr telefonisch": 'Mo 08:00-10:00 open "telefonisch"; Tu 10:00-12:00 open "telefonisch"',
    "Mo 8-10, Di 10-12 Uhr (jeweils telefonisch)": 'Mo 08:00-10:00 open "telefonisch"; Tu 10:00-12:00 open "telefonisch"',
    "Di 16-19 Uhr, Anmeldung erforderlich! Im August geschlossen": 'Tu 16:00-19:00 unknown "Anmeldung"; Aug off',
    "Di 16-19 Uhr; Anmeldung erforderlich – in den Ferien geschlossen": 'Tu 16:00-19:00 unknown "Anmeldung"; SH off',
    "Mai bis September So 14-17, im Winter nach Absprache": 'May-Sep Su 14:00-17:00; Oct-Apr unknown "nach Absprache"',
    "Fr 10-18 Uhr, Automat 24 Std.": '24/7 open "Automat"',
    "Mo-Fr 10-18 Uhr, Juli/August nur Mo-Do": "Mo-Fr 10:00-18:00; Jul-Aug Fr off",
    "Mo-Fr 9-12 Uhr, in den Ferien nur Di": "Mo-Fr 09:00-12:00; SH Mo,We-Fr off",
    "Winter (Nov-März): Sa 13-16 Uhr; Sommer (April bis Oktober): Sa 10-18 Uhr": "Nov-Mar Sa 13:00-16:00; Apr-Oct Sa 10:00-18:00",
    "Sommer (1.4.-30.9.): tägl. 9-19 Uhr": "Apr 01-Sep 30 09:00-19:00",
    "Montag\n9-12 Uhr\n14-16 Uhr\nDienstag:\n9-12 Uhr": "Mo 09:00-12:00,14:00-16:00; Tu 09:00-12:00",
    "Gruppe 1: Di 16-17 Uhr; Gruppe 2: Do 17-18 Uhr": "Tu 16:00-17:00; Th 17:00-18:00",
    "Vormittags: Mo-Fr 8-12 Uhr, Nachmittags: Di 14-18 Uhr": "Mo-Fr 08:00-12:00, Tu 14:00-18:00",
    "Von Montag bis Freitag in der Zeit von 8 bis 16 Uhr": "Mo-Fr 08:00-16:00",
    "Mo 9-12 Uhr, weitere Termine nach Vereinbarung": 'Mo 09:00-12:00 || unknown "nach Vereinbarung"',
    "Mo-Fr 9-12, Do zus. 14-18 Uhr": "Mo-Fr 09:00-12:00, Th 14:00-18:00",
    "Offener Bereich\nDI - DO 14.00 bis 18.00\nFeiertage zu, Ferien 12.00 bis 18.00": "Tu-Th 14:00-18:00; SH Tu-Th 12:00-18:00; PH off",
    "dienstags (10-12 Uhr) und donnerstags (16-18 Uhr)": "Tu 10:00-12:00; Th 16:00-18:00",
    "Mo 8-12. Di 10-13. Familienbad: So 8-12. Kurse: Sa 9-11": "Mo 08:00-12:00; Tu 10:00-13:00; Su 08:00-12:00; Sa 09:00-11:00",
    "Mo 8-12 Uhr 14-17 Uhr": "Mo 08:00-12:00,14:00-17:00",
    "Mo 14-16 · Di 6.30-8 + 14-21": "Mo 14:00-16:00; Tu 06:30-08:00,14:00-21:00",
    "Mo-Fr 9-12 Uhr. In den Schulferien gilt der Aushang!": "Mo-Fr 09:00-12:00; SH unknown",
    "Di/Do. 15-17 Uhr (in d. Ferien: Do)": "Tu,Th 15:00-17:00; SH Tu off",
    "Treff Mo-Do 14-17 (Ferien 10-13), Essen Fr 12-13 Uhr": "Mo-Th 14:00-17:00; Fr 12:00-13:00; SH Mo-Th 10:00-13:00; SH Fr unknown",
    "Di 16-18 Uhr (gerade KW) und Do 9-11 Uhr (ungerade KW)": "week 02-52/2 Tu 16:00-18:00; week 01-53/2 Th 09:00-11:00",
    "Mo-Mi 9-15 Uhr, donnerstags Außentermine, Freitag geschlossen": "Mo-We 09:00-15:00; Th unknown; Fr off",
    "Die Beratungsstelle ist Mo-Fr 10-16 Uhr besetzt": "Mo-Fr 10:00-16:00",
    "Einkauf mit Kundenkarte: Mo, Mi, Fr 13.30-15.30; Einkauf für Familien: Sa 9-11": "Mo,We,Fr 13:30-15:30; Sa 09:00-11:00",
    "an Schultagen von 7.15 bis 8.00 und 11.30 bis 15.00": "Mo-Fr 07:15-08:00,11:30-15:00; PH off; SH off",
    "jeden Werktag außer Samstag 8 bis 20 Uhr": "Mo-Fr 08:00-20:00; PH off",
    "Di 15-17, außer am letzten Di i. Mon.": "Tu 15:00-17:00; Tu[-1] off",
    "Mo-Do 8-16, Fr 8-13, außerhalb nach tel. Vereinb.": 'Mo-Th 08:00-16:00; Fr 08:00-13:00 || unknown "nach Vereinbarung"',
    "Wir sind von Montag bis Freitag zwischen 7 und 17 Uhr für Ihre Kinder da.": "Mo-Fr 07:00-17:00",
    "Mo-Fr 9-14 Uhr, zwischen dem 23.12. und dem 3.1. geschlossen": "Mo-Fr 09:00-14:00; Dec 23-Jan 03 off",
    "Mo 10-12, Di 10-12 u. 16-18, Mi --, Do 16-19": "Mo 10:00-12:00; Tu 10:00-12:00,16:00-18:00; Th 16:00-19:00",
    "Mo--Fr 9 -- 12 Uhr": "Mo-Fr 09:00-12:00",
    "Mo 9-12, Di -, Mi 9-12": "Mo,We 09:00-12:00",
    "Das Büro ist Di und Do von 9 - 12 Uhr besetzt. Sonst Anrufbeantworter.": 'Tu,Th 09:00-12:00 || unknown "Anrufbeantworter"',
    "Einzelgespräche Mo-Fr nach Vereinbarung, Gruppe jeden Dienstag 18.00-19.30 Uhr": "Mo,We-Fr unknown; Tu 18:00-19:30",
    "Bücherei St. Martin: So 10.30-12 Uhr, Mi 16-18 Uhr": "Su 10:30-12:00; We 16:00-18:00",
    "mo-fr 10-13 uhr tel. oder per mail": 'Mo-Fr 10:00-13:00 open "telefonisch"',
    "Am letzten Freitag eines Monats von 17 bis 19 Uhr, im Dezember fällt das Treffen aus": "Fr[-1] 17:00-19:00; Dec off",
    "Geschl. vom 22.12. bis einschl. 2.1., danach wieder Mo/Mi/Fr 9-12": "Mo,We,Fr 09:00-12:00; Dec 22-Jan 02 off",
    "seit 1. September neue Zeiten: Di 13 - 17, Do 10 - 14 Uhr": "Tu 13:00-17:00; Th 10:00-14:00",
    "Mo-Sa 8-20 Uhr, So. + Feiert. 10.00-18.00 Uhr": "Mo-Sa 08:00-20:00; Su,PH 10:00-18:00",
    "Jeden Donnerstag, 19:00 Uhr - ca. 21:00 Uhr": "Th 19:00+",
    "Di 14-16 Uhr, Do 9-11 Uhr, Termine außerhalb nach Absprache": 'Tu 14:00-16:00; Th 09:00-11:00 || unknown "nach Absprache"',
    "9-12 Uhr: Mo, Di, Do": "Mo,Tu,Th 09:00-12:00",
    "noch bis 31.12.2026: Mo-Fr 9-12 Uhr": "2000 Jan 01-2026 Dec 31 Mo-Fr 09:00-12:00",
    "Tag und Nacht unter 0800 0000000": '00:00-24:00 open "telefonisch"',
    "Mo-Fr 9-12 Uhr (Mi nicht)": "Mo,Tu,Th,Fr 09:00-12:00",
    "Di 9-11, Fr 15-17 Uhr; in den Sommer- und Herbstferien geschlossen": (
        "Tu 09:00-11:00; Fr 15:00-17:00; 2026 Jul 04-2026 Aug 15 off; 2026 Oct 12-2026 Oct 24 off"
    ),
    "Mo, Di, Do 9-16 Uhr. Mi erst ab 13 Uhr": "Mo,Tu,Th 09:00-16:00; We 13:00+",
    "Mo-Fr 9-16 Uhr, Mi erst ab 13 Uhr": "Mo,Tu,Th,Fr 09:00-16:00; We 13:00-16:00",
    "Mi und Sa, 10.00h-12.30h (in den Weihnachtsferien nicht)": "We,Sa 10:00-12:30; 2026 Dec 21-2027 Jan 06 off",
    "Mo-Fr 8-12 Uhr\nDo 14-17 Uhr": "Mo-Fr 08:00-12:00, Th 14:00-17:00",
    "Telefonische Sprechzeit:\nMo 10-12 Uhr": 'Mo 10:00-12:00 open "telefonisch"',
    "Anruf täglich 20-6 Uhr": 'Mo-Su 20:00-06:00 open "telefonisch"',
    "jede Woche Do 18-20 Uhr (Gruppe), zusätzl. Mi. 15-18 Uhr": "Th 18:00-20:00; We 15:00-18:00",
    "Mo-Fr vorm. 8-12 Uhr, Do nachm. 14-18 Uhr": "Mo-Fr 08:00-12:00, Th 14:00-18:00",
    "Mi 14-17 Kinder, Do 9.30-11 Krabbelgruppe / 15.00-16.30 Elterncafé": "We 14:00-17:00; Th 09:30-11:00,15:00-16:30",
    "Mo: 9-12 Uhr, Di: telefonisch 9-12 Uhr, Mi: 9-12 Uhr": 'Mo,We 09:00-12:00; Tu 09:00-12:00 open "telefonisch"',
    "an allen Schultagen 7.30-13.30 Uhr": "Mo-Fr 07:30-13:30; PH off; SH off",
    "Mo-Fr 9-15 Uhr. 0800 1234567. An Feiertagen bleibt die Einrichtung geschlossen.": "Mo-Fr 09:00-15:00; PH off",
    "Mit Termin: Mo-Fr 9-16 Uhr\nOhne Termin: Di 14-16 Uhr": "Mo-Fr 09:00-16:00 unknown, Tu 14:00-16:00",
    "Di 9-12, Do 16-18 Uhr, sonst geschlossen": "Tu 09:00-12:00; Th 16:00-18:00",
    "Mo-Fr 8-12 Uhr, nachmittags nach Vereinbarung": "Mo-Fr unknown, Mo-Fr 08:00-12:00",
    "Mo-Fr 8-12 Uhr, nachmittags nach Vereinbarung, in den Ferien Mo-Fr 10-11": (
        "Mo-Fr unknown, Mo-Fr 08:00-12:00; SH Mo-Fr 10:00-11:00"
    ),
    "Mo-Fr 9-17 Uhr, Mi auch geschlossen, in den Ferien Mo-Fr 10-12 Uhr": "Mo-Fr 09:00-17:00; We off; SH Mo-Fr 10:00-12:00",
    "Mo-Fr 8-12 Uhr | Do 14-17 Uhr": "Mo-Fr 08:00-12:00, Th 14:00-17:00",
    "Mo-Fr tägl. 9-12 u. 14-16 Uhr": "Mo-Fr 09:00-12:00,14:00-16:00",
    "täglich von Mo-Fr 9-17 Uhr": "Mo-Fr 09:00-17:00",
    "Mo 9-12 Uhr, telefonisch Mo 9-12 Uhr": 'Mo 09:00-12:00, Mo 09:00-12:00 open "telefonisch"',
    "Mo-Fr 8-12 Uhr // Do 14-17 Uhr": "Mo-Fr 08:00-12:00, Th 14:00-17:00",
    "Mo-Fr 9-12, in den Ferien 10-12, in den Sommerferien und an Feiertagen geschlossen": (
        "Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-12:00; 2026 Jul 04-2026 Aug 15 off; PH off"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_what_is_hard_to_read_is_told_as_it_is_meant_or_unsure(text: str) -> None:
    hours = read_hours(text)
    assert fate(Form(text, HARD[text]), hours) != "wrong", hours
