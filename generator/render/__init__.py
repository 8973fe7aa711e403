"""Make pages of a site and its facts."""
