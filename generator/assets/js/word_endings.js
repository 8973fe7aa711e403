/* What was typed in, words that it may be going to be out. */

import { fold, idsIn, words } from "./folding.js";
import { ENDING, FIRST } from "./weights.js";

/* Words that begin as the last one typed does, those that find most first; none that is lay or leads to violence. */
export function endings(index, query) {
  const { lexicon, stop, shown, guarded } = index;
  const start = fold(words(query).at(-1) ?? "");
  if (start.length < 3 || !/\p{L}$/u.test(query) || stop.has(start)) return [];
  const found = new Map(), least = start.length + (lexicon.place.has(start) ? ENDING + 1 : 1);
  lexicon.forms.forEach((form, i) => {
    const group = lexicon.groups[i];
    if (form.length < least || !form.startsWith(start) || !shown.has(form) || found.has(group)) return;
    const ids = idsIn(index.postingsOf(group));
    if (ids.length && !ids.some((id) => guarded.has(id))) found.set(group, [new Set(ids).size, i]);
  });
  return [...found.values()].sort(([one, first], [other, second]) => other - one || first - second).slice(0, FIRST)
    .map(([, i]) => lexicon.spelling(i));
}
