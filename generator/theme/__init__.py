"""The look of the site: frames, stylesheets, colours."""
