/* What was typed in, one plain structure out: the filters and the age that it names, each word with what it finds. */

import { fold, words } from "./folding.js";
import { FAINT, SAID, SPEECH } from "./weights.js";

const LONG = /^\d{3,}$/; /* the number of a law, a telephone */

/* A word that few entries have tells more. */
const rarityOf = (index, { ids }) => Math.log(1 + index.size / (ids.length + 1));

/* The words that tell, none of what an age and filters say alone: „Angebote 18 Monate“. */
function wanted(index, rest, age, filters) {
  const telling = rest.filter((word) => !index.empty(word));
  const all = age ? telling.every((word) => index.faint.has(word) && !index.subjects.has(word))
    : filters.size > 0 && telling.every((word) => filters.has(word));
  return [...new Set(all ? [] : telling.length ? telling : rest)].slice(0, 8);
}

/* The words that an entry must have: those that tell; in another language what is merely like a word least of all. */
function needed(asked, foreign) {
  const known = asked.filter(({ found }) => found.how !== "none"), counted = known.length ? known : asked;
  const clear = counted.filter(({ word, tells, found }) =>
    (tells || LONG.test(word)) && found.scores.some((score) => score > SAID / 2));
  const exact = foreign ? clear.filter(({ found }) => found.how === "same") : [];
  return [exact, clear, counted.filter(({ filter }) => !filter)].find(({ length }) => length) ?? counted;
}

/* {said: what the models say of it, named: filters, filters: their words, age, typed, rest: without the age, spoken and
   core: as meant, `few` words, of which each is asked, asked: [{word, found, filter, tells, telling, needed, counts,
   rarity, weight}], must: how many an entry needs, whole: what all weigh, loud: what those weigh that count}. */
export function readQuery(index, query) {
  const said = index.model?.hear(index, words(query).map(fold)) ?? {}, { foreign, strange } = said;
  const all = index.typed(query), read = foreign ? all : index.closed(all).map((word) => index.little(word));
  const named = index.named(read, query), age = named.find(({ months }) => months !== undefined);
  const filters = new Set(named.flatMap(({ places }) => places.map((at) => read[at])));
  const whole = new Set(named.flatMap((facet) => facet.whole ?? []));
  const typed = read.filter((_, at) => !whole.has(at)),
    rest = read.filter((_, at) => !whole.has(at) && !age?.places.includes(at));
  const asked = wanted(index, rest, age, filters).map((word) => {
    const found = foreign ? index.heard(word) : index.look(word, said.native), filter = filters.has(word);
    return { word, found, filter, tells: !filter && !index.faint.has(word) && !/^\d+$/.test(word),
      rarity: rarityOf(index, found) };
  });
  const must = needed(asked, foreign), known = asked.some(({ found }) => found.how !== "none");
  const few = !strange && asked.length < 3 && asked.some(({ tells }) => tells);
  const sought = asked.filter(({ tells }) => tells), nouns = sought.filter(({ word }) => index.isNoun(word));
  for (const one of asked) {
    /* what no entry has in a sentence of another language isn't asked */
    const unknown = known && one.found.how === "none", isNeeded = must.includes(one);
    Object.assign(one, { needed: isNeeded, telling: (nouns.length ? nouns : sought).includes(one),
      weight: unknown ? 0 : isNeeded ? one.rarity : FAINT * one.rarity,
      counts: unknown ? one.tells && (!strange || asked.length < SPEECH) : isNeeded || few && one.tells });
  }
  const spelled = (list) => list.map((word) => fold(asked.find((one) => one.word === word)?.found.meant ?? word));
  const says = rest.map((word) => !index.empty(word)), first = says.indexOf(true);
  const core = first < 0 ? rest : rest.slice(first, says.lastIndexOf(true) + 1);
  const sum = (list, what) => list.reduce((all, one) => all + one[what], 0);
  return { said, named, filters, age, typed, rest, spoken: spelled(typed), core: spelled(core), few, asked,
    must: must.length, whole: sum(asked, "weight"), loud: sum(asked.filter(({ counts }) => counts), "rarity") };
}
