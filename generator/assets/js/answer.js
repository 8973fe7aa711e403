/* What a search found, and whether somebody is in danger, in; the one answer that every screen gives out, by its kind:
   danger | mute | failed | no | perhaps | hits. */

import { words } from "./folding.js";

const STORY = 3; /* so many words may tell of danger */
const NOTHING = { ids: [], rungs: [], facets: [], missed: [], alike: [], elsewhere: [] };

/* Whether danger can't be told: words that may tell of it, and the phrases that would hear it aren't there. `known` are
   words of the page's languages. */
const isUnheard = (danger, query, known) =>
  words(query).length >= STORY && (!danger || Boolean(danger.partly) && !known);

/* `result` as the search gives it, null before it is there; `alone`: nothing stands beside the box before its button is
   pressed, for which query is `meant`. */
export function answerOf(query, { danger, found }, index, result, meant) {
  if (found) {
    const alone = meant !== query, about = danger.offersAbout(found);
    const ids = alone || !result ? [] : about ?? danger.apart(result.ids.filter((id) => isHelp(index, id)), found);
    return { ...NOTHING, kind: "danger", alone, ids, rungs: ids.length ? [{ key: "", open: true, ids }] : [] };
  }
  if (isUnheard(danger, query, result?.known ?? true)) return { ...NOTHING, kind: "mute", alone: true };
  if (!result) return { ...NOTHING, kind: "hits" };
  const rungs = result.rungs.map((rung) => ({ ...rung, ids: rung.ids.filter((id) => isHelp(index, id)) }))
    .filter(({ ids }) => ids.length);
  return { ...result, kind: rungs.length ? result.kind : "no", rungs, ids: rungs.flatMap(({ ids }) => ids) };
}

export const FAILED = { ...NOTHING, kind: "failed" };

/* Words of offices are no help for families; professionals find them in who is who. */
const isHelp = ({ kind, term }, id) => kind[id] !== term;
