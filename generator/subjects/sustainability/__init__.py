"""Sustainability checks: what a change does for better and for worse, asked again after a while."""

PATHS = {"check": "berichte/pruefungen/{id}/"}
