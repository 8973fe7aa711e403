/* Words of other languages, which the site's own don't know, in; the concepts they stand for out. */

import { fold, oneEdit } from "./folding.js";
import { breathing } from "./pause.js";
import { ENDING, FORM, LAY, NAME, PART } from "./weights.js";

const ARTICLE = /^(?:و?ال|لل)(?=...)/; /* Arabic and, the, for the: written together with the word */
/* Turkish heaps endings, of number, owner and case; before them a last letter is softened: bebek, bebeğimizden */
const HEAPED = /^(?:l[ae]r)?(?:[iu]m(?:[iu]z)?|[iu]n(?:[iu]z)?|s?[iu])?(?:[ny]?[iuae]n?|n?d[ae]n?|[yn]?l[ae])?$/;
const SOFT = { k: "g", p: "b", t: "d" };

export class Spoken {
  constructor({ spokenStop = "" }) {
    this.stop = new Set(spokenStop.split(" "));
    this.forms = new Map(); /* form: [row, weight] … */
    this.remembered = new Map();
    this.phrases = [];
  }

  /* Beside others words of the site's own (`own`) say nothing of another language: „skarga na jugendamt“. */
  *reading({ spoken = [] }, own) {
    const breath = breathing();
    for (const [rows, said] of spoken) {
      for (const one of said.split(";")) {
        const forms = one.split(" ").map(withoutArticle),
          telling = forms.filter((form) => !this.stop.has(form) && (forms.length === 1 || !own(form)));
        for (const row of forms.length > 1 ? rows : []) this.phrases.push([` ${forms.join(" ")} `, row]);
        for (const form of telling) {
          const meant = this.forms.get(form) ?? this.forms.set(form, new Map()).get(form);
          for (const row of rows) meant.set(row, Math.max(meant.get(row) ?? 0, telling.length === 1 ? LAY : NAME / 2));
        }
      }
      yield* breath();
    }
    /* whether it says it alone */
    this.listed = [...this.forms].map(([form, meant]) => [form, meant, Math.max(...meant.values()) >= LAY]);
  }

  /* {quality, rows: [[row, weight] …]} of the forms most like the word, all that are `like` it; null for none. */
  look(word) {
    if (!this.remembered.has(word)) this.remembered.set(word, this.find(word));
    return this.remembered.get(word);
  }

  find(word) {
    const asked = withoutArticle(fold(word));
    let quality = 0, best = 0;
    const rows = new Map(), like = [];
    for (const [form, meant, whole] of this.listed) {
      /* what begins otherwise can be no more than a slip */
      if (form[0] !== asked[0] && (asked.length < 5 || Math.abs(form.length - asked.length) > 1)) continue;
      const near = alike(asked, form), share = near * (whole ? 1 : FORM);
      if (near >= PART) like.push(form);
      /* „bebeğimin“ is „bebek“ rather than a word of „bebeğimi kaybettim“ */
      const rank = form === asked || whole && share >= PART ? 1 + share : share;
      if (!share || rank < best) continue;
      if (rank > best) rows.clear();
      [best, quality] = [rank, share];
      for (const [row, weight] of meant) rows.set(row, Math.max(rows.get(row) ?? 0, weight));
    }
    return quality ? { quality, rows: [...rows], like } : null;
  }
}

const withoutArticle = (form) => form.replace(ARTICLE, "");

/* How alike a word and a form are: дитина, дитину; borç, borçlarımız; what is still being typed; a slip. */
function alike(word, form) {
  if (word === form) return 1;
  let shared = 0;
  while (shared < word.length && word[shared] === form[shared]) shared++;
  if (shared > 3 && shared === form.length - 1 && SOFT[form[shared]] === word[shared]) shared++;
  const more = word.length - shared, left = form.length - shared;
  if (shared > 2 && more < 2 && left < 2 && shared >= PART * form.length) return FORM;
  if (shared > 3) {
    if (!left && (more <= ENDING || HEAPED.test(word.slice(shared)))) return (FORM + PART) / 2;
    if (!more) return FORM * shared / form.length;
    if (more <= ENDING && left <= ENDING && shared > PART * form.length) return PART;
    if (!left && more <= 2 * ENDING) return PART * FORM;
  }
  return word.length > 4 && oneEdit(word, form) ? PART * FORM : 0;
}
