"""Offers, places and people as lists, cards and filters."""
