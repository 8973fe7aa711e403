"""Nahraum: YAML about social spaces in, a public static site out."""
