"""Disclosure control: raw counts and what is published in, what must be withheld and what leaks out."""
