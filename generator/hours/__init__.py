"""Opening hours: German or OSM writing in, what a page says and a browser evaluates out; knows nothing of the rest of the house."""
