/* A query in, the language out in whose words it is written, where the site has a first page in that language.
   Scripts tell most; languages in Latin letters are known by the words that the search has of them (`doors` of the index's full part). */

import { fold, words } from "./folding.js";

const ARABIC = /\p{Script=Arabic}/u, NOT_ARABIC = /[پچژگکی]/; /* Persian, Kurdish, Urdu */
const CYRILLIC = /\p{Script=Cyrillic}/u, NOT_UKRAINIAN = /[ыэъё]/i;
const LONG = 4; /* from here a word may take on endings: borç, borçlarım */

export function doorOf(query, index) {
  if (ARABIC.test(query)) return NOT_ARABIC.test(query) ? null : "ar";
  if (CYRILLIC.test(query)) return NOT_UKRAINIAN.test(query) ? null : "uk";
  const asked = words(query).map(fold).filter((word) => !index.lexicon.place.has(word));
  for (const [language, said] of Object.entries(index.doors ?? {})) {
    const known = said.split(" ");
    if (asked.some((word) => known.some((one) => word === one || (one.length >= LONG && word.startsWith(one))))) return language;
  }
  return null;
}
