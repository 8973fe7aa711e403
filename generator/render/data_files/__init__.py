"""Files that scripts and other programs load."""
