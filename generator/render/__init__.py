"""Pages out of the site and its facts."""
