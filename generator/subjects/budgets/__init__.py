"""Budgets: how money is distributed to areas by published figures, step by step."""

PATHS = {"budget": "berichte/budgets/{id}/"}
