/* Words of other languages in, the concepts they stand for out. Only what the site's own words don't know is looked for here. */

import { fold, oneEdit } from "./folding.js";

const ALONE = 4.5, IN_PHRASE = 2.5; /* as lay words of the site's language weigh: matching.js */
const PARTLY = 0.9; /* of a word that says it only together with others: the site's own words come first */
const SHARED = 4; /* letters at the beginning that two forms of a word have in common at least */
const SUFFIXES = 7, LONGER = 0.57; /* what a Turkish word takes on: borç, borçlarımız */
export const RELATED = 0.6; /* from which a form is of the same word, and no slip of the finger */
const ARTICLE = /^(?:و?ال|لل)(?=...)/; /* Arabic and, the, for the: written together with the word */

export class Spoken {
  /* Beside others words of the site's own (`own`) say nothing of another language: „skarga na jugendamt“. */
  constructor({ spoken = [], spokenStop = "" }, own = () => false) {
    this.stop = new Set(spokenStop.split(" "));
    this.forms = new Map(); /* form: [row, weight] … */
    this.remembered = new Map();
    this.phrases = [];
    for (const [rows, said] of spoken) {
      for (const one of said.split(";")) {
        const forms = one.split(" ").map(withoutArticle), telling = forms.filter((form) => !this.stop.has(form) && (forms.length === 1 || !own(form)));
        for (const row of forms.length > 1 ? rows : []) this.phrases.push([` ${forms.join(" ")} `, row]);
        for (const form of telling) {
          const meant = this.forms.get(form) ?? this.forms.set(form, new Map()).get(form);
          for (const row of rows) meant.set(row, Math.max(meant.get(row) ?? 0, telling.length === 1 ? ALONE : IN_PHRASE));
        }
      }
    }
    this.listed = [...this.forms].map(([form, meant]) => [form, meant, Math.max(...meant.values()) >= ALONE]); /* whether it says it alone */
  }

  /* {quality, rows: [[row, weight] …]} of the forms that are most like the word; null where there is none. */
  look(word) {
    if (!this.remembered.has(word)) this.remembered.set(word, this.find(word));
    return this.remembered.get(word);
  }

  find(word) {
    const asked = withoutArticle(fold(word));
    let quality = 0;
    const rows = new Map();
    for (const [form, meant, whole] of this.listed) {
      /* what begins otherwise can be no more than a slip */
      if (form[0] !== asked[0] && (asked.length <= SHARED || Math.abs(form.length - asked.length) > 1)) continue;
      const like = alike(asked, form) * (whole ? 1 : PARTLY);
      if (!like || like < quality) continue;
      if (like > quality) rows.clear();
      quality = like;
      for (const [row, weight] of meant) rows.set(row, Math.max(rows.get(row) ?? 0, weight));
    }
    return quality ? { quality, rows: [...rows] } : null;
  }
}

const withoutArticle = (form) => form.replace(ARTICLE, "");

function alike(word, form) {
  if (word === form) return 1;
  let shared = 0;
  while (shared < word.length && word[shared] === form[shared]) shared++;
  const more = word.length - shared, left = form.length - shared;
  if (shared >= SHARED - 1 && more <= 1 && left <= 1 && shared >= 0.6 * form.length) return 0.85; /* дитина, дитину */
  if (shared >= SHARED) {
    if (!left && more <= SUFFIXES) return more < 4 ? 0.8 - 0.03 * more : LONGER;
    if (!more) return 0.5 + 0.3 * shared / form.length; /* still being typed */
    if (more < 4 && left < 4 && shared >= 0.7 * form.length) return RELATED;
  }
  return word.length > SHARED && oneEdit(word, form) ? 0.55 : 0;
}
