"""Editions of reports on paper."""
