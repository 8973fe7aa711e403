"""The registry of kinds of records: a new kind is its model and one row here."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.agreement import Agreement
from generator.model.budget import Budget
from generator.model.evaluation import Evaluation
from generator.model.forecast import CohortForecast
from generator.model.groups import Record
from generator.model.measure import PlanningMeasure
from generator.model.minutes import Minutes
from generator.model.need import Need
from generator.model.network import Network
from generator.model.offer import Offer
from generator.model.office import Office
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.space import Space
from generator.model.sustainability_check import SustainabilityCheck


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the folder under `resources/`, its model and its German names."""

    folder: str
    model: type[Record]
    singular: str
    plural: str
    none: str
    internal: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("spaces", Space, "Gebiet", "Gebiete", "kein Gebiet"),
    Kind("offices", Office, "Amt", "Ämter", "kein Amt"),
    Kind("providers", Provider, "Träger", "Träger", "kein Träger"),
    Kind("places", Place, "Ort", "Orte", "kein Ort"),
    Kind("offers", Offer, "Angebot", "Angebote", "kein Angebot"),
    Kind("networks", Network, "Netzwerk", "Netzwerke", "kein Netzwerk"),
    Kind("agreements", Agreement, "Vereinbarung", "Vereinbarungen", "keine Vereinbarung", internal=True),
    Kind("budgets", Budget, "Budget", "Budgets", "kein Budget"),
    Kind("evaluations", Evaluation, "Auswertung", "Auswertungen", "keine Auswertung"),
    Kind(
        "checks",
        SustainabilityCheck,
        "Nachhaltigkeitsprüfung",
        "Nachhaltigkeitsprüfungen",
        "keine Nachhaltigkeitsprüfung",
    ),
    Kind("forecasts", CohortForecast, "Vorausberechnung", "Vorausberechnungen", "keine Vorausberechnung"),
    Kind("measures", PlanningMeasure, "Maßnahme", "Maßnahmen", "keine Maßnahme"),
    Kind("minutes", Minutes, "Protokoll", "Protokolle", "kein Protokoll", internal=True),
    Kind("needs", Need, "Bedarf", "Bedarfe", "kein Bedarf", internal=True),
)
KIND_BY_FOLDER = {kind.folder: kind for kind in KINDS}
