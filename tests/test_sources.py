"""What the five founding documents say, row by row, as it stands on the built pages: figure, qualifier, date, source."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from generator.read.project import read_project
from tests.conftest import EXAMPLES, NAMES, words_of

DEMO = "auenstedt"
"""The demo stands for the discussion paper, which describes no town of its own."""

ROWS = (
    *(f"E{number}" for number in range(1, 13)),
    *(f"S{number}" for number in range(1, 9)),
    *(f"M{number}" for number in (*range(1, 12), 14)),
    *(f"N{number}" for number in range(1, 13)),
    *(f"H{number}" for number in range(1, 14)),
)

FISCHER = "Horst Fischer"
MACHER = "Andrea Macher"
CONCEPT = "Rahmenkonzept"
MEETING = "Ressourcenorientierte Fallarbeit im ASD"
OLK = "Thomas Olk und Tina Wiesner"

PAGES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # --- Essen -------------------------------------------------------------------------------------------------------
    ("E1", "essen", "sozialraeume/essen", ("584.295", "95.225", "94.930", "297.363", "rund 50 %", "58.151", "14.704")),
    ("E1", "essen", "sozialraeume/essen", ("16,3 %", "16,2 %", "19,6 %", "25,3 %", "Stadt Essen in Zahlen", "Stand 31. Dezember 2005")),
    ("E1", "essen", "berichte/alleinerziehende", ("14.704 : 58.151 × 100 = 25,3 %", "31. Dezember 2005")),
    ("E2", "essen", "ueber/quellen", ("9 mit 51.508 bis 95.290", "Bezirksstellen des Jugendamts 8", MACHER)),
    ("E2", "essen", "fachkraefte/wer-ist-wer", ("Stadtbezirk 8 (erfunden)", "Bezirksstelle 8 (erfunden)", "Ambulantes Sachgebiet", "Pflegekinderdienst", "Wirtschaftliche Erziehungshilfe")),
    ("E2", "essen", "aemter/jugendgerichtshilfe", ("Jugendgerichtshilfe", "Jugendhilfe im Strafverfahren")),
    ("E3", "essen", "berichte/budgets/hilfen-zur-erziehung", ("60 %", "40 %", "innerhalb der nächsten vier Jahre", "vierteljährlich", "nach 4 Jahren", "nach 1 Jahr", MACHER, "2006")),
    ("E4", "essen", "berichte/budgets/hilfen-zur-erziehung", ("Einwohner/innen von 0 bis 18 Jahren (erfunden)", "SGB II und SGB XII", "Migrantinnen und Migranten von 0 bis 18 Jahren", "Freifläche im Bezirk", "m²", "Gewichte, Beträge und Werte je Bezirk nennt er nicht", "ob viel Freifläche mehr oder weniger Geld bedeutet", "Gerechnet ist mit dem Kehrwert", "Diese Beträge sind erfunden, zur Veranschaulichung")),
    ("E4", "essen", "berichte/budget-migration", ("Migrantinnen und Migranten von 0 bis 18 Jahren (erfunden)", "Diese Zahlen sind erfunden, zur Veranschaulichung.")),
    ("E5", "essen", "berichte/epso", ("2002 bis 2004", "vier Essener Stadtteile", "Lange Tradition", "meist stationäre Hilfen erst, wenn alle Partner keinen Rat mehr wissen", "vergleichsweise schnell die klassischen Hilfen zur Erziehung", "IKO-Netz", MACHER)),
    ("E6", "essen", "angebote/nachmittag-huettmannschule", ("beendet", "10 bis 12 Kinder der 4. Klasse", "an drei Tagen", "12.30 bis 16.30", "Die Räume kamen von der Schule", "knapp ein Jahr", "nicht angegeben", "Offene Ganztagsschule")),
    ("E6", "essen", "angebote/nachmittag-huettmannschule", ("Eine stationäre und zwei teilstationäre Hilfen", "nach Einschätzung der Fachkräfte", "Nach Einschätzung der Lehrkräfte", "bei vier Kindern", "Sonderschule", "Zwei Kinder bekamen eine ambulante Hilfe", MACHER, "2006")),
    ("E7", "essen", "netzwerke/arbeitsbuendnis", ("Kitas, Schulen, Erziehungs- und Lebensberatung, Verbände, Initiativen und Sportvereine", "benannte Moderation", MACHER)),
    ("E8", "essen", "berichte/vertraege", ("Verträge im Sozialraum", "umgeschichtet")),
    ("E8", "essen", "berichte/massnahmen", ("Fall und Feld im Gleichgewicht (erfunden)", "geplant 30 %, tatsächlich 24 %", "Angebote anpassen, wenn sich etwas ändert")),
    ("E9", "essen", "berichte/vertraege", ("1. Januar 2006", "Gewähren und Leisten getrennt", "Drei Fragen", "freie Spitzen", "über die eine Schule hinaus", MACHER)),
    ("E10", "essen", "berichte/epso", ("Was dagegen spricht", "auch in den Gebieten der Projekte nicht aufhalten", "welches Interesse die eigene Einrichtung hat", "was ohne die Arbeit gewesen wäre", MACHER)),
    ("E10", "essen", "berichte/vertraege", ("eine gemeinsame geeinigt", "was die Menschen dort selbst als ihr Gebiet ansehen", "wo über Stadtentwicklung entschieden wird", "Art und Tempo sind also eine Frage der Qualität")),
    ("E10", DEMO, "sozialraeume/suederaue", ("Vereinbart wurde die Grenze im März 2024 in der Planungsgruppe", "was für die Menschen noch dazugehört")),
    ("E11", DEMO, "berichte/hze-begonnen", ("Anlass", "eingeschränkte Erziehungskompetenz der Eltern 35", "Nur für die ganze Stadt", "Anzahlen von 1 bis 9 zeigen wir nicht")),
    ("E11", DEMO, "netzwerke/ag-78-suederaue", ("zugesagt am 4. Mai 2026", "Wartezeit etwa 3 Monate")),
    ("E12", DEMO, "angebote/sprache-und-bewegung-wortschatz", ("Therapie für Kinder", "Praxis Wortschatz", "Ergotherapie", "auf Rezept")),
    ("E12", DEMO, "orte/praxis-wortschatz", ("Therapeutische Praxis", "Sprachtherapie und Ergotherapie für Kinder")),
    ("E12", DEMO, "traeger/wortschatz", ("Therapeutische Praxis", "Sprachtherapie und Ergotherapie für Kinder")),
    # --- Siegen ------------------------------------------------------------------------------------------------------
    ("S1", "siegen", "sozialraeume/siegen", ("rund 108.000 Einwohner", "mehr als 7.000 Einwohner", "rund 1.000 Hochbetagte mehr", "Vorausberechnet, nicht gezählt", "Klemmer 2003")),
    ("S1", "siegen", "berichte/einwohner", ("rund 108.000", "Wie viele es 2015 sein sollten, nennt er nicht", "von wann an der Rückgang zählt, sagt er nicht")),
    ("S1", "siegen", "berichte/alter-27-44", ("27 bis unter 45 Jahren", "27,3", "22,4", "2002", "2015 (vorausberechnet)", "eine eigene Quelle nennt er für diese Anteile nicht")),
    ("S1", "siegen", "berichte/geburten", ("1,32", "1,39", "1,34", "2003", "zwischen 15 und 45 Jahren", "Demographiebericht der Bertelsmann Stiftung 2006")),
    ("S1", "siegen", "berichte/siegen-in-zahlen/2006", ("rund 108.000", "mehr als 7.000", "es folgt nicht aus ihren Zahlen", "Bertelsmann", "rund 1.000")),
    ("S2", "siegen", "berichte/sozialhilfe", ("5,4", "2,9", "Dortmund 8 2004", "Bochum 4,7", "Hagen 6,7", "LDS NRW, 14.9101", "Ende 2004", "keiner Rangfolge")),
    ("S2", "siegen", "sozialraeume/siegen", ("18,9 % Arbeitslosenrelation", "SGB II und SGB III", "ohne Stichtag (Arbeitslosenrelation)")),
    ("S3", "siegen", "orte/kijufaz", ("Friedenshort", "Sozialdienst katholischer Frauen", "Diakonisches Werk", "ASD-Standort im KiJuFaZ", "Jahresanfang 2000", FISCHER)),
    ("S3", "siegen", "sozialraeume/modellraum", ("rund 8.500", "2006", "Praxisbericht, Umsetzungsphase")),
    ("S4", "siegen", "berichte/massnahmen", ("Flexible Hilfen", "Stationäre Hilfen", "kann das Teilbudget für stationäre Hilfen sinken, zugunsten der flexiblen Hilfen", "Controllingworkshops", "im Wesentlichen erreicht", "nennt der Bericht nicht", FISCHER)),
    ("S5", "siegen", "fachkraefte/ressourcenplan", ("Sportverein (Beispiel) (erfunden)", "Sporthalle am Nachmittag")),
    ("S6", "siegen", "netzwerke/fruehwarnsystem", ("Schritte (erfunden, zur Veranschaulichung)", "bemerkt", "erfährt", "bietet Kontakt an")),
    ("S6", "siegen", "angebote/mittagstisch", ("nur eine Möglichkeit", "Ob es das gab, sagt der Bericht nicht", "nicht angegeben")),
    ("S6", "siegen", "angebote/ferienfreizeiten", ("nur eine Möglichkeit", "nicht angegeben")),
    ("S6", "siegen", "angebote/nach/zugang/ohne-amt", ("Präventive Gruppenangebote",)),
    ("S6", "siegen", "sozialraeume/zweite-region", ("unscharf",)),
    ("S7", "siegen", "berichte/ergebnisse", ("mehr Menschen", "vergleichbar viel Geld", "kürzer", "Zehn Grundsätze", "Vier Arten zu steuern", "Stefan Sell", FISCHER)),
    ("S7", "siegen", "berichte/zahlen-der-quelle", ("Münster, Bielefeld und Paderborn", "2005")),
    ("S8", "siegen", "berichte/ergebnisse", ("außerordentlich komplex", "Coaching und das Auswerten von Fällen", "die Partner selbst", "das nicht überschritten wird", "steht in Spannung zum Recht der Familien", "Abgestufte Hilfe", "keine Angst", "LOS-Mitteln", "Soziale Stadt", FISCHER)),
    ("S8", "siegen", "sozialraeume/modellraum", ("K&Q-Mitteln", "LOS-Mitteln im zweiten Jahr", "Hilfeleisterteam")),
    ("S4", "siegen", "netzwerke/controllingworkshops/sitzung", ("Leistungsvertrag für das KiJuFaZ", "Teilbudgets", "Stationäre Hilfen", "Ziele und ihr Stand", "Die Menschen an ihrer Hilfe beteiligen")),
    # --- The discussion paper, on the demo ---------------------------------------------------------------------------
    ("M1", DEMO, "sozialraeume/suederaue", ("Kennzahlen", "Angebote", "Orte", "Wer hier arbeitet")),
    ("M2", DEMO, "sozialraeume/suederaue", ("Region Süd", "Auenstedt", "Sozialräume im Vergleich")),
    ("M3", DEMO, "netzwerke/ag-78-suederaue/sitzung", ("Unterlage zur Sitzung", "Fragen für die Sitzung", "Süderaue")),
    ("M4", DEMO, "netzwerke/ag-78-suederaue", ("Gemeinsame Zusage", "sagen die Mitglieder gemeinsam allen Familien zu", "Beschlossen am 4. Mai 2026")),
    ("M5", DEMO, "fachkraefte/ressourcenplan", ("Räume", "Menschen", "Dinge", "Wissen")),
    ("M6", DEMO, "fachkraefte/prinzipien", ("Befürchtet wird, dass Rechtsansprüche Einzelner beschnitten werden", "nicht mit einer Kürzung bei den Hilfen zur Erziehung verbunden", "Tatsache: Bei der offenen Kinder- und Jugendarbeit wurde gekürzt", "Infrastruktur , Quartier und individueller Anspruch", "nicht gedeckelt", "Wunsch- und Wahlrecht")),
    ("M6", "hamburg-mitte", "fachkraefte/drei-schichten", ("1. Mai 2017", "GR J 1/17", "§ 77 SGB VIII")),
    ("M7", DEMO, "traeger/jugendamt", ("Plant", "Berät", "Entscheidet", "wer plant, wer berät, wer entscheidet")),
    ("M8", DEMO, "fachkraefte/prinzipien", ("Sieben Handlungsprinzipien", "Fortbildung", "5 Tage")),
    ("M9", DEMO, "fachkraefte/prinzipien", ("vielleicht 250.000", "70 Millionen Euro", "ohne Kitas", "mehr als 50 freien Trägern", "mehr als 300", "gedacht, nicht gezählt")),
    ("M10", DEMO, "fachkraefte/prinzipien", ("Was offen bleibt", "Geld und Ergebnisse nebeneinander", "Beteiligung derer, die Hilfe nutzen", "stationäre Hilfe in der Region", "Frauen und Männer", "Ein Diskussionsbeitrag")),
    ("M10", DEMO, "sozialraeume/suederaue", ("Geld und Ergebnisse", "Sozialraummittel 2027", "Erziehungsberatung am Alten Damm")),
    ("M10", DEMO, "sozialraeume/heidkamp", ("Geld und Ergebnisse", "Sozialraummittel 2027", "Was das Geld hier bewirkt, ist nicht ausgewertet")),
    ("M14", DEMO, "berichte/massnahmen", ("Was das Geld deckt", "auch bei Zuwendungen: zum Teil", "Tarif mit Altersvorsorge: ja", "Leitung und Verwaltung: nein", "Fortbildung: nicht gesagt", "Stand 31. Juli 2026")),
    ("M11", DEMO, "fachkraefte/prinzipien", ("Hilfe für Erwachsene", "Hilfe zur Pflege", "Drei Ebenen der Verfahren", "§ 80 SGB VIII", "erst sinnvoll, wenn die Menschen dort mitreden", "die fachliche Planung ersetzen sie nicht", "suchen sich ihre Räume selbst")),
    ("M11", DEMO, "berichte/budgets/sozialraummittel-2027", ("Wer mitgeredet hat: Runden in allen vier Sozialräumen", "fachliche Planung ersetzen sie nicht")),
    # --- Norderstedt -------------------------------------------------------------------------------------------------
    ("N1", "norderstedt", "sozialraeume/nord", ("Buchenweg", "Deckerberg", "Knickweg", "südlich von Glasmoor", CONCEPT, "2013")),
    ("N1", "norderstedt", "sozialraeume/mitte-harksheide", ("Mitte/Harksheide", "Harksheide-Mitte/Norderstedt-Mitte")),
    ("N2", "norderstedt", "sozialraeume/garstedt", ("4 Fachkräfte", "je Fachkraft 6", "18", "8", "26 Wochenstunden", "Zusammen: 8 Fachkräfte.", CONCEPT, "2013")),
    ("N2", "norderstedt", "berichte/massnahmen", ("Lokale Inobhutnahmestelle", "vorgeschlagen", "Ob und wann es sie gibt und wer sie trägt, sagt es nicht")),
    ("N2", "norderstedt", "aemter/rufbereitschaft", ("Rufbereitschaft", CONCEPT)),
    ("N3", "norderstedt", "fachkraefte/prinzipien", ("Fallspezifisch", "Fallübergreifend", "Fallunspezifisch", "KGSt 1998", "Beispiel (von uns)")),
    ("N4", "norderstedt", "netzwerke/steuerungsebenen", ("Drei Steuerungsebenen", "jede Ebene in einem anderen Abstand", "Geschäftsordnung", "Wie die Ebenen heißen, sagt der Text nicht")),
    ("N4", "norderstedt", "netzwerke/rsan", ("§ 78",)),
    ("N4", "norderstedt", "netzwerke/rsan/sitzung", ("Gezählt sind 9 Angebote, wie die Quelle sie beschreibt.",)),
    ("N4", "norderstedt", "sozialraeume/garstedt", ("für die ganze Stadt: ", "Diakonisches Werk", "Innere Mission", "Sozialwerk", "Kita-Beratung", "Schulpsychologin", "ZKE", "Frühe Hilfen", "Frühförderung")),
    ("N12", "norderstedt", "fachkraefte/prinzipien", ("Verkehrswege, Einkaufsmöglichkeiten", "Rund 37 %", "Bürger-Profi-Mix", CONCEPT)),
    ("N5", "norderstedt", "fachkraefte/kollegiale-beratung", ("Was will die Familie selbst?", "6 Stunden", "2013")),
    ("N6", "norderstedt", "berichte/budgets/regionen", ("ein Budget für jede Region", "zentrale Angebote", "Reserve für Schwankungen", "In umgekehrter Reihenfolge würden 4.608.000 € verteilt", "weil eine gesetzliche Grundlage fehlt", "2014/15", CONCEPT)),
    ("N7", "norderstedt", "berichte/auswertung", ("Norderstedt nimmt an der Integrierten Berichterstattung Schleswig-Holstein", "IBN", "Gebit")),
    ("N7", "norderstedt", "berichte/vergleich-hilfen/2013", ("Norderstedt nimmt an der", "enthält keine Kennzahlen", "Wir erfinden nichts dazu")),
    ("N8", "norderstedt", "berichte/nachhaltigkeit", ("Ökologie", "soziale Gerechtigkeit", "Ökonomie", "zum Besseren und zum Schlechteren", "31. Dezember 2013", "nach zwei Jahren Erprobung (geplant)", "Ergebnisse nennt das Konzept nicht", "Beteiligung der Bürgerinnen und Bürger", CONCEPT)),
    ("N9", "norderstedt", "fachkraefte/glossar", ("ASD", "FÜA", "FUA", "IBN", "IBSH", "KJB", "PKD", "RSAN", "WJH", "ZKE")),
    ("N10", "norderstedt", "fachkraefte/fortbildung", ("2 Tage", "5 Tage", "3 Tage", "Die ganze Fortbildung: ASD und freie Träger", "Die kurze Fortbildung: Kitas, Schulen und Jugendarbeit")),
    ("N11", "norderstedt", "berichte/einfuehrung", ("8. Dezember 2011", "24. Mai, 9. August 2012, 24. Januar 2013", "15. Mai 2013", "Januar 2014", "Rahmenvertrag", "drei Jahre", CONCEPT)),
    # --- Hamburg-Mitte and Walle -------------------------------------------------------------------------------------
    ("H1", "hamburg-mitte", "fachkraefte/ressourcen", ("Die Person", "Ihre Umgebung", "Geld und Dinge", "Der Sozialraum", "nie Daten", MEETING)),
    ("H2", "hamburg-mitte", "fachkraefte/kollegiale-beratung", ("Paket von Ideen", "Erst am Ende", "Keine Idee ersetzt einen Anspruch", MEETING)),
    ("H3", "hamburg-mitte", "fachkraefte/kollegiale-beratung", ("Welches Angebot im Sozialraum würde diese Hilfe ergänzen",)),
    ("H4", "hamburg-mitte", "fachkraefte/erkunden", ("zehn Minuten lang den Sozialraum erkunden", MEETING)),
    ("H5", "walle", "netzwerke/tipps-und-themen", ("wöchentlichen Dienstbesprechung", "jede Woche", "Runde in der Dienstbesprechung", OLK)),
    ("H5", "walle", "fachkraefte/tipps-und-themen", ("neu", "ändert", "endet")),
    ("H6", "hamburg-mitte", "fachkraefte/verfahren", ("Aufträge und Auflagen sind nicht dasselbe", "§ 8a", "§ 8b", "nie ein Fall gespeichert")),
    ("H7", "walle", "berichte/auswertungen/espq", ("1. Januar 2011", "31. Dezember 2012", "Alle Maßnahmen −18,2 % +7,8 %", "Ambulante Maßnahmen −29 % +7,9 %", "Stationäre Maßnahmen −6,3 % +7,7 %", "(SPFH) −52,2 % +4,8 %", "Beratungen +71,4 % keine Angabe", "+120 % +105,4 %", "+1 % keine Angabe")),
    ("H7", "walle", "berichte/auswertungen/espq", ("−5,04 % +4,51 %", "−9,55 Prozentpunkte", "−5,04 % minus +4,51 %", "rund 600.000 €", "knapp 280.000 €", "Nicht abgezogen: Material- und Nebenkosten", "Ausgaben von 5,8 bis 6,8 Millionen Euro", "Bremen enthält Walle", "schreibt „−9,55 %“ und an einer Stelle „−9,5 %“", "Der Bericht rechnet unter der Annahme", OLK)),
    ("H8", "hamburg-mitte", "fachkraefte/drei-schichten", ("Frühe Hilfen", "Kita", "Ganztag", "OKJA", "SAE", "SHA", "Bürgerhäuser", "ohne den Gang zum Amt", "Starker ASD")),
    ("H8", "hamburg-mitte", "angebote/sha", ("Ohne den Gang zum Amt", "Mehr sagt die Dokumentation zum Zugang nicht")),
    ("H8", "hamburg-mitte", "angebote/sae", ("Ohne den Gang zum Amt",)),
    ("H9", "hamburg-mitte", "fachkraefte/familienrat", ("Vorbereitung", "Information", "Familienzeit", "Entscheidung", "Folgerat", "etwa drei Monaten", "25 bis 30 Stunden", "§ 16 SGB VIII", "SGB XIII")),
    ("H10", "hamburg-mitte", "sozialraeume/horn", ("Hier ist noch kein Angebot eingetragen", "11 weitere Angebote können")),
    ("H10", "hamburg-mitte", "netzwerke/netzwerk-horn", ("Netzwerk Horn", "Mehr als der Name", "April 2014")),
    ("H11", "hamburg-mitte", "fachkraefte/anlass", ("8. April 2013", "Jugendhilfeausschuss des Bezirks Hamburg-Mitte", "Ombudsstelle", "in seine Familie zurückkehrt", MEETING)),
    ("H11", "hamburg-mitte", "fachkraefte/drei-schichten", ("mit ihnen im Sozialraum",)),
    ("H12", "walle", "berichte/auswertungen/espq", ("mobilisieren, was Stadtteil und Familien mitbringen", "machen es für die Arbeit mit Familien nutzbar", "bessert sich die Lage der Familien", "Hilfen wirken besser", "sinken Intensität, Fälle und Kosten", "zu wenig Daten", "zum Teil belegt", "eher „konservativ“")),
    ("H12", "walle", "berichte/auswertungen/espq", ("Unsere Einordnung: zum Teil belegt", "Das sagen wir, nicht die Quelle.", "unser Einwand, nicht der des Berichts")),
    ("H13", "walle", "fachkraefte", ("die an keinem Fall hängen", "Erhebungsbogen für Beratungsfälle", "Schnittstellenanalyse", OLK)),
    ("H13", "hamburg-mitte", "fachkraefte/erkunden", ("andere Einrichtung am Zug", "ohne dass es um einen Fall geht", MEETING)),
    ("H13", "hamburg-mitte", "fachkraefte/anlass", ("Ganze Teams", "Leitung steht dahinter", "rund ein Jahr", MEETING)),
    ("H12", "hamburg-mitte", "fachkraefte/anlass", ("AQUA", "Arbeit ohne Fallbezug bezahlt")),
)  # fmt: skip


@pytest.fixture(scope="session")
def folders(built_examples: Mapping[str, Path], demo_site: Path) -> dict[str, Path]:
    """The built examples and the demo."""
    return {**built_examples, DEMO: demo_site}


def test_every_row_of_the_sources_is_asked_for() -> None:
    assert {row for row, *_ in PAGES} == set(ROWS)


@pytest.mark.parametrize("name", [*NAMES, DEMO])
def test_each_row_stands_on_its_page(folders: dict[str, Path], name: str) -> None:
    missing = [
        f"{row}, {page}: {part}"
        for row, of, page, expected in PAGES
        if of == name
        for part in expected
        if " ".join(part.split()) not in words_of(folders[name], page)
    ]
    assert not missing, "\n".join(missing)


# --- What is invented stays within what is published ------------------------------------------------------------------


def total(indicator: str) -> Decimal:
    folder = next(
        folder for key, folder in read_project(EXAMPLES / "essen").indicators.items() if key == indicator
    )
    assert folder.table is not None
    return sum((row.numerator or Decimal() for row in folder.table.rows), Decimal())


def test_made_up_parts_are_never_more_than_the_published_whole() -> None:
    """94,930 children and 95,225 migrants of every age were counted in the town; its districts can't have more."""
    young, migrants = total("budget-junge-menschen"), total("budget-migration")
    assert young <= 94_930
    assert migrants <= min(young, Decimal(95_225))
    assert total("budget-leistungen") <= 584_295


def test_nothing_is_shown_where_the_document_prints_no_figures(built_examples: Mapping[str, Path]) -> None:
    assert not list(built_examples["essen"].rglob("*epso-netzwerke*"))
    text = words_of(built_examples["norderstedt"], "berichte/vergleich-hilfen/2013")
    assert not re.search(r"je 1\.000|Anteil ambulanter|mittlere Dauer|zwanzig", text)


# --- Ways in: only what the document says ------------------------------------------------------------------------------

STATED = {
    "siegen/flexible-hilfen": "decision",
    "siegen/gruppenangebote": "niedrigschwellig",
    "walle/behoerdenlotsen": "niedrigschwellig",
    "hamburg-mitte/fruehe-hilfen": "niedrigschwellig",
    **{
        f"hamburg-mitte/{key}": "ohne-amt"
        for key in (
            "buergerhaus", "erziehungsberatung", "familienfoerderung", "offene-jugendarbeit", "sae", "sha", "stadtteilkulturzentrum",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_way_in_is_claimed_that_the_document_does_not_name(
    built_examples: Mapping[str, Path], name: str
) -> None:
    site = read_project(EXAMPLES / name).site
    assert site is not None
    # What is made up as a whole says so on its page, and claims nothing of a document.
    for key, offer in ((key, offer) for key, offer in site.offers.items() if not offer.fictional):
        stated = STATED.get(f"{name}/{key}")
        assert (offer.access.way if offer.access else None) == stated
        assert (offer.hours, offer.cost, offer.contact, offer.capacity) == (None, None, None, None)
        text = words_of(built_examples[name], f"angebote/{key}")
        assert ("nicht angegeben" in text) == (stated is None), key
        assert not re.search(r"Mit Anmeldung|Einfach hingehen|Direkt und ohne Antrag|kostenlos", text), key
        # A document from another time is not read by the law of today.
        assert "Gesetz, Stand" not in text, key


def test_a_made_up_offer_is_not_told_what_a_source_leaves_out(built_examples: Mapping[str, Path]) -> None:
    site = read_project(EXAMPLES / "walle").site
    assert site is not None
    made_up = [key for key, offer in site.offers.items() if offer.fictional]
    assert made_up
    for key in made_up:
        text = words_of(built_examples["walle"], f"angebote/{key}")
        assert not re.search(r"Die Quelle (?:sagt|nennt)", text), key


@pytest.mark.parametrize("name", NAMES)
def test_the_first_page_promises_nothing_that_no_record_says(
    built_examples: Mapping[str, Path], name: str
) -> None:
    text = words_of(built_examples[name], "")
    assert "die meisten kostenlos" not in text
    assert "ohne Anmeldung" not in text


# --- What we say ourselves never stands above the source ---------------------------------------------------------------

OURS = re.compile(
    r"ersetz(?:t|en) keinen Anspruch|Anspruch einer Familie|begrenzt nie|nie ein Fall|nie Daten|Bringen Sie keine Namen"
    r"|Wer einen Anspruch auf Hilfe hat|nimmt das niemandem|Gespeichert wird|haben Eltern einen Anspruch|hilft die Polizei"
)


def hand_written() -> Iterator[tuple[str, Path]]:
    for name in NAMES:
        for path in sorted((EXAMPLES / name / "content").rglob("*.md")):
            yield name, path


@pytest.mark.parametrize(
    ("name", "path"),
    list(hand_written()),
    ids=[path.as_posix().split("examples/")[1] for _, path in hand_written()],
)
def test_our_own_safeguards_stand_below_the_source(name: str, path: Path) -> None:
    text = path.read_text("utf-8")
    before, source, _after = text.rpartition("\nQuelle")
    assert source or not OURS.search(text) or path.name == "index.md", (
        "a page with own words needs its source"
    )
    assert not OURS.search(before)


@pytest.mark.parametrize("name", NAMES)
def test_records_from_a_document_hold_none_of_our_safeguards(name: str) -> None:
    for path in sorted((EXAMPLES / name / "resources").rglob("*.yml")):
        written = yaml.safe_load(path.read_text("utf-8"))
        if isinstance(written, dict) and "origin" in written:
            assert not OURS.search(str(written)), path


@pytest.mark.parametrize("name", NAMES)
def test_what_a_document_tells_of_is_not_there_today(built_examples: Mapping[str, Path], name: str) -> None:
    """No count calls it running, no notice says that it is gone, and nobody is told to call where no number is."""
    site = read_project(EXAMPLES / name).site
    assert site is not None
    assert all(offer.origin or offer.fictional for offer in site.offers.values())
    for page in built_examples[name].rglob("index.html"):
        html = page.read_text("utf-8")
        if "<main" in html:
            words = words_of(built_examples[name], str(page.parent.relative_to(built_examples[name])))
            assert not re.search(r"Gezählt (ist|sind) [1-9]\d* laufende|gibt es nicht mehr", words), page
            assert "Rufen Sie an, auch" not in words or "tel:" in html, page
