"""The only package that opens, writes and exchanges files."""
