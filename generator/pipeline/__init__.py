"""From a project folder to a site folder."""
