"""Forecasts: how many children of some ages there will be, and how many of them have a claim."""
