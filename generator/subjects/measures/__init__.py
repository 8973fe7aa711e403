"""Measures of planning: which need they answer, what they cost, who decided, when they are looked at again."""

PATHS = {"measures": "berichte/massnahmen/"}
