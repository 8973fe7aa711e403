/* Hits in their order in, by kind out, those of the best first; a part of the town that is named stands among the first three. */

export const FEW = 5; /* hits of a kind that are shown at first, at most */
const BEST = 10; /* those among so many, so that what merely mentions a word doesn't push down what is about it */
const BEFORE = 2; /* hits before a part of the town that is named */

/* From a kind to its hits and to how many of them are shown at first. */
export function grouped(index, ids, query) {
  const said = ` ${index.typed(query).join(" ")} `, { kind, folded } = index, kinds = new Map();
  const [part] = [...kind.keys()].filter((id) => kind[id] === index.space && said.includes(` ${folded[id]} `)).sort((a, b) => folded[b].length - folded[a].length);
  const aside = ids.length && part !== undefined && kind[ids[0]] !== index.space;
  for (const [nth, id] of (aside ? [...new Set([ids[0], part, ...ids])] : ids).entries()) {
    const group = kinds.get(kind[id]) ?? { ids: [], few: 0 };
    group.ids.push(id);
    if (!group.few || nth < BEST && group.few < FEW) group.few++;
    kinds.set(kind[id], group);
  }
  for (const group of kinds.values()) if (group.few + 1 === group.ids.length) group.few++;
  if (aside) kinds.get(kind[ids[0]]).few = Math.min(kinds.get(kind[ids[0]]).few, BEFORE);
  return kinds;
}
