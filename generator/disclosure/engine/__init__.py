"""Compute which counts must be withheld, and what published ones reveal."""
