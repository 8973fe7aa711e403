"""Ties between counts that nobody declared: numbers of all measures in, withheld counts that others tell out."""
