"""Write the files with which a browser searches the site."""
