/* A query in, the line shown that leads on in the language in whose words it is written; offers lead to their pages in it, and that nothing is there is said in it.
   It is known by the words that the search has of it (`doors` of the index's part `tongues`), else by its script. */

import { element } from "./element.js";
import { fold, words } from "./folding.js";
import { ENDING } from "./weights.js";

const ARABIC = /\p{Script=Arabic}/u, PERSIAN = /[پچژگکی]/, NEITHER = /[ێۆڕڵەٹڈڑےں]/; /* Kurdish, Urdu */
const CYRILLIC = /\p{Script=Cyrillic}/u, RUSSIAN = /[ыэё]/i, BULGARIAN = /ъ/i;

/* Shows the door of the language that is typed; tells whether there is one. Who is in danger is led to numbers, or nowhere. */
export function welcome({ doors, found, input, absent, elsewhere, options, texts }, index) {
  const language = doorOf(input.value, index);
  const typed = words(input.value).map(fold);
  let root = texts.root;
  for (const door of doors) {
    const link = door.firstElementChild;
    link.dataset.home ??= link.getAttribute("href");
    const there = found ? link.dataset.help : link.dataset.home, own = door.dataset.searchDoor === language;
    if (there) link.href = there;
    door.hidden = !there || !own;
    if (own && link.dataset.help) root = link.dataset.home;
  }
  for (const said of absent.querySelectorAll("[data-search-nothing]")) said.hidden = said.dataset.searchNothing !== language;
  for (const row of elsewhere.children) {
    const noun = index.nouns?.[language]?.[row.dataset.entry]?.split(";").find((one) => words(one).map(fold).every((word) => typed.some((other) => other.startsWith(word.slice(0, -1)))));
    if (noun && !row.querySelector("b")) row.prepend(element("b", { lang: language, dir: "auto" }, noun), " – ");
  }
  /* each offer has a page in the languages that have pages at all */
  for (const option of options) if (option.dataset.offer) option.href = root + option.dataset.offer;
  return doors.some((door) => !door.hidden);
}

export function doorOf(query, index) {
  const typed = words(query).map(fold);
  const asked = typed.filter((word) => !index.stop.has(word) && !index.lexicon.place.has(word) && !index.lexicon.slip(word));
  if (asked.length * 2 < typed.length) return null; /* one strange word in a sentence of the site's own */
  let [found, length] = [null, 0]; /* bebek, and not bébé with an ending */
  for (const [language, said] of Object.entries(index.doors ?? {})) {
    const most = language === "tr" ? 2 * ENDING : ENDING; /* borç, borçlarımız; długi, długów */
    for (const one of said.split(" ")) {
      if (one.length > length && asked.some((word) => word === one || (one.length > ENDING && word.startsWith(one) && word.length - one.length <= most))) [found, length] = [language, one.length];
    }
  }
  if (found) return found;
  if (ARABIC.test(query)) return NEITHER.test(query) ? null : PERSIAN.test(query) ? "fa" : "ar";
  if (CYRILLIC.test(query)) return RUSSIAN.test(query) ? "ru" : BULGARIAN.test(query) ? "bg" : "uk";
  return null;
}
