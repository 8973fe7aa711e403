/* What an offer says to a filter, in the order in which hits stand: what nearly fits below a heading of its own. */

export const FITS = 0, NEARLY = 1, UNSAID = 2, AGAINST = 3; /* steps, no weights */
