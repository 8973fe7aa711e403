"""The look of the site: shells, stylesheets, colours."""
