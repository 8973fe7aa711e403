"""From a project folder to a site folder: what is made, by whom, and how it gets there."""
