"""Decide which figures may be shown, guard that, and attack it."""
