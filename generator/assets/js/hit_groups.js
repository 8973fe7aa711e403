/* Hits in their order in, by kind out, those of the best first. What else is likely meant stands among the first three:
   a part of the town, a house or an office that is named, the topic that leads to all that helps. */

import { FEW, FIRST } from "./weights.js";

const best = (nth) => nth < 2 * FEW; /* what merely mentions a word doesn't push down what is about it */

/* What families find: no words of offices, which are no help; professionals find them in who is who. */
export const forFamilies = (index, result) =>
  ({ ...result, ids: result.ids.filter((id) => index.kind[id] !== index.term) });

/* Groups of hits of a kind, each with how many of them are shown at first. Where somebody is in danger nothing is
   `meant`: neither words nor a topic. */
export function grouped(index, ids, meant) {
  const { kind } = index, kinds = new Map();
  for (const [nth, id] of ids.entries()) {
    const group = kinds.get(kind[id]) ?? { kind: kind[id], ids: [], few: 0 };
    group.ids.push(id);
    if (!group.few || best(nth) && group.few < FEW) group.few++;
    kinds.set(kind[id], group);
  }
  const groups = [...kinds.values()];
  const shown = groups.flatMap(({ ids, few }) => ids.slice(0, few)).slice(0, FIRST);
  const missing = meant && ids.length
    ? likely(index, ids, meant).filter((id) => !shown.includes(id)).slice(0, FIRST - 1) : [];
  /* a single hit rather than a button for it */
  return (missing.length ? moved(groups, missing, kind) : groups).map((group) => group.few + 1 === group.ids.length
    ? { ...group, few: group.few + 1 } : group);
}

/* Who names a house that is found first wants it, and no topic. */
function likely(index, [top], { query, about }) {
  const said = ` ${index.typed(query).join(" ")} `;
  const { kind, folded } = index, every = [...kind.keys()];
  /* the town itself is everywhere */
  const telling = (title) => title.split(" ").some((word) => !index.faint.has(word));
  const named = (of) => every.filter((id) => of(kind[id]) && telling(folded[id]) && said.includes(` ${folded[id]} `))
    .sort((a, b) => folded[b].length - folded[a].length)[0];
  const subject = index.houses.has(kind[top]) ? undefined : about;
  return [named((one) => one === index.space), named((one) => index.houses.has(one)), subject]
    .filter((id) => id !== undefined);
}

/* The best hits, the others of the first three, and then what is left of each kind. */
function moved(groups, missing, kind) {
  const [top] = groups, before = top.ids.slice(0, Math.min(top.few, FIRST - missing.length)),
    taken = new Set([...before, ...missing]);
  const left = groups.map((group) => ({ ...group, ids: group.ids.filter((id) => !taken.has(id)) }));
  left[0].few -= before.length;
  return [{ ...top, ids: before, few: before.length }, ...missing.map((id) => ({ kind: kind[id], ids: [id], few: 1 })),
    ...left.filter(({ ids, few }) => ids.length && few), ...left.filter(({ ids, few }) => ids.length && !few)];
}

/* What is shown stays where it is; what a further part of the index knows comes behind all of its kind, or behind
   everything. */
export function added(shown, now) {
  const known = new Set(shown.flatMap(({ ids }) => ids)), groups = shown.map((group) => ({ ...group }));
  for (const { kind, ids } of now) {
    const more = ids.filter((id) => !known.has(id)), last = groups.filter((group) => group.kind === kind).pop();
    if (last) last.ids = [...last.ids, ...more];
    else if (more.length) groups.push({ kind, ids: more, few: Math.min(FEW, more.length) });
  }
  return groups;
}
