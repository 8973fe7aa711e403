"""Written reports: Markdown by editors with components for figures, each edition with the figures it was published with."""
