"""Sustainability checks: what a change does for better and for worse, asked again later."""

PATHS = {"check": "berichte/pruefungen/{id}/"}
