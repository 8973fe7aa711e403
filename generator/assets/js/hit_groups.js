/* Hits in their order in, by kind out, those of the best first. What else is likely meant stands among the first three:
   a part of the town, a house or an office that is named, the topic that leads to all that helps. */

import { FEW, FIRST } from "./weights.js";

const best = (nth) => nth < 2 * FEW; /* what merely mentions a word doesn't push down what is about it */

/* Groups of hits of a kind on each rung, each with how many of them are shown at first; of rungs that aren't open none
   is. Nothing else is meant where somebody is in danger, or helped elsewhere. */
export function grouped(index, { kind, rungs, elsewhere, about: topic }, query) {
  const [top, ...others] = rungs, groups = byKind(index, top?.ids ?? []);
  const shown = groups.flatMap(({ ids, few }) => ids.slice(0, few)).slice(0, FIRST);
  const missing = top && kind !== "danger" && !(kind === "no" && elsewhere.length)
    ? likely(index, top.ids, query, topic).filter((id) => !shown.includes(id)).slice(0, FIRST - 1) : [];
  const left = others.map((rung) => ({ ...rung, ids: rung.ids.filter((id) => !missing.includes(id)) }))
    .filter(({ ids }) => ids.length);
  const first = (missing.length ? moved(index, groups, missing) : groups).map((group) =>
    ({ ...group, rung: about(top) }));
  const behind = left.flatMap((rung) => byKind(index, rung.ids).map((group) =>
    ({ ...group, few: rung.open ? group.few : 0, rung: about(rung) })));
  /* a single hit rather than a button for it */
  return [...first, ...behind].map((group) => group.few && group.few + 1 === group.ids.length
    ? { ...group, few: group.few + 1 } : group);
}

/* What is told of a rung beside its hits. */
const about = ({ ids: _, ...rung }) => rung;

function byKind({ kind }, ids) {
  const kinds = new Map();
  for (const [nth, id] of ids.entries()) {
    const group = kinds.get(kind[id]) ?? { kind: kind[id], ids: [], few: 0 };
    group.ids.push(id);
    if (!group.few || best(nth) && group.few < FEW) group.few++;
    kinds.set(kind[id], group);
  }
  return [...kinds.values()];
}

/* Who names a house that is found first wants it, and no topic. */
function likely(index, [top], query, topic) {
  const said = ` ${index.typed(query).join(" ")} `;
  const { kind, folded } = index, every = [...kind.keys()];
  /* the town itself is everywhere */
  const telling = (title) => title.split(" ").some((word) => !index.faint.has(word));
  const named = (of) => every.filter((id) => of(kind[id]) && telling(folded[id]) && said.includes(` ${folded[id]} `))
    .sort((a, b) => folded[b].length - folded[a].length)[0];
  const subject = index.houses.has(kind[top]) ? undefined : topic;
  return [named((one) => one === index.space), named((one) => index.houses.has(one)), subject]
    .filter((id) => id !== undefined);
}

/* The best hits, the others of the first three, and then what is left of each kind; what is paused waits behind. */
function moved({ kind, resting }, groups, missing) {
  const [top] = groups, room = resting.has(top.ids[0]) ? 0 : FIRST - missing.length;
  const before = top.ids.slice(0, Math.min(top.few, room)), taken = new Set([...before, ...missing]);
  const left = groups.map((group) => ({ ...group, ids: group.ids.filter((id) => !taken.has(id)) }));
  left[0].few -= before.length;
  const first = before.length ? [{ ...top, ids: before, few: before.length }] : [];
  return [...first, ...missing.map((id) => ({ kind: kind[id], ids: [id], few: 1 })),
    ...left.filter(({ ids, few }) => ids.length && few), ...left.filter(({ ids, few }) => ids.length && !few)];
}

/* What is shown stays where it is; what a further part of the index knows comes behind all of its kind on its rung, or
   behind everything. */
export function added(shown, now) {
  const known = new Set(shown.flatMap(({ ids }) => ids)), groups = shown.map((group) => ({ ...group }));
  for (const { kind, ids, rung } of now) {
    const more = ids.filter((id) => !known.has(id)), last = groups.filter((group) => group.kind === kind
      && group.rung.key === rung.key).pop();
    if (last) last.ids = [...last.ids, ...more];
    else if (more.length) groups.push({ kind, ids: more, few: rung.open ? Math.min(FEW, more.length) : 0, rung });
  }
  return groups;
}
