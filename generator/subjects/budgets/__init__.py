"""Budgets: how money is distributed to areas by published figures, step by step."""

PATHS = {"budgets": "berichte/budgets/", "budget": "berichte/budgets/{id}/"}
