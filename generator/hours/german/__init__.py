"""German opening hours as people write them in, an OSM expression out; doubt is an `Unreadable`."""
