"""Editions of reports and releases of figures: begun, frozen, written down."""
