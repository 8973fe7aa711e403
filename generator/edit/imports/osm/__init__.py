"""Extracts of OpenStreetMap in; areas, streets, ground and proposals out."""
