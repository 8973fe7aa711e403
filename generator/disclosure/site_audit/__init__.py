"""Audit a built site: read its files as a stranger would and attack them."""
