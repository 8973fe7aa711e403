/* What an offer says to a filter, in the order in which hits stand: what nearly fits below a heading of its own. It is
   decided here for search, directory and case; what contradicts goes, unless it protects. */

export const FITS = 0, NEARLY = 1, UNSAID = 2, AGAINST = 3; /* steps, no weights */

export const verdictOf = (fits, nearly, unsaid) => fits ? FITS : nearly ? NEARLY : unsaid ? UNSAID : AGAINST;

/* Left out, protection would read as „there is no help“. */
export const shielded = (verdict, isGuarded) => isGuarded ? Math.min(verdict, UNSAID) : verdict;
