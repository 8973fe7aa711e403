"""Takes the entries of a site and hands out the files with which a browser searches them."""
