/* A query in, the language out in whose words it is written, as far as the search has them (`doors` of the index's part
   `tongues`), or in whose script; null in the site's own. */

import { fold, words } from "./folding.js";
import { ENDING } from "./weights.js";

const ARABIC = /\p{Script=Arabic}/u, PERSIAN = /[پچژگکی]/, NEITHER = /[ێۆڕڵەٹڈڑےں]/; /* Kurdish, Urdu */
const CYRILLIC = /\p{Script=Cyrillic}/u, RUSSIAN = /[ыэё]/i, BULGARIAN = /ъ/i;

/* Of the nouns of what isn't here, parted by semicolons, the one that was typed. */
export function nounOf(nouns, query) {
  const typed = words(query).map(fold), isTyped = (word) => typed.some((other) => other.startsWith(word.slice(0, -1)));
  return nouns?.split(";").find((one) => words(one).map(fold).every(isTyped));
}

/* The language in which a noun was typed for who helps `elsewhere`, as long as it is none of the site's own: „вид на
   жительство“ has no letter that Ukrainian lacks. */
export function languageOf(query, index, elsewhere) {
  const typed = words(query).map(fold), written = doorOf(query, index);
  const isNoun = (one) => words(one).map(fold).every((word) => typed.includes(word));
  const said = Object.entries(index.nouns ?? {})
    .filter(([, nouns]) => elsewhere.some((id) => nouns[id]?.split(";").some(isNoun))).map(([language]) => language);
  return [written, index.language].some((one) => said.includes(one)) ? written : said[0] ?? written;
}

function doorOf(query, index) {
  const typed = words(query).map(fold);
  const asked =
    typed.filter((word) => !index.stop.has(word) && !index.lexicon.place.has(word) && !index.lexicon.slip(word));
  if (asked.length * 2 < typed.length) return null; /* one strange word in a sentence of the site's own */
  let [found, length] = [null, 0]; /* bebek, and not bébé with an ending */
  for (const [language, said] of Object.entries(index.doors ?? {})) {
    const most = language === "tr" ? 2 * ENDING : ENDING; /* borç, borçlarımız; długi, długów */
    for (const one of said.split(" ")) {
      const fits = (word) => one.length > ENDING && word.startsWith(one) && word.length - one.length <= most;
      const isSaid = one.length > length && asked.some((word) => word === one || fits(word));
      if (isSaid) [found, length] = [language, one.length];
    }
  }
  if (found) return found;
  if (ARABIC.test(query)) return NEITHER.test(query) ? null : PERSIAN.test(query) ? "fa" : "ar";
  if (CYRILLIC.test(query)) return RUSSIAN.test(query) ? "ru" : BULGARIAN.test(query) ? "bg" : "uk";
  return null;
}
