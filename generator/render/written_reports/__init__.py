"""Written reports: Markdown with components for figures, frozen when published."""
