"""Figures as tables, charts and sentences."""
