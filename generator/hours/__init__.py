"""Read and evaluate opening hours."""
