"""Refuse tables of figures that must not pass: one module a reason."""
