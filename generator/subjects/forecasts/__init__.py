"""Forecasts: how many children of some ages there will be, and how many of them have a claim."""

PATHS = {"forecast": "berichte/vorausberechnungen/{id}/"}
