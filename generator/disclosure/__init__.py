"""Disclosure control: what of the figures may be shown, what guards it, and who attacks it."""
