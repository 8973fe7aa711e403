"""Offers, places and people as the directory shows them: cards, lists, filters, ladder, who works where."""
