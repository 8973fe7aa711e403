"""Texts in other languages: what is missing, tables for translators, catalogues."""
