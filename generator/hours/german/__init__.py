"""Read opening hours as Germans write them, without guessing."""
