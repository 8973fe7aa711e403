/* Hits in their order in, by kind out, those of the best first. */

export const FEW = 5; /* hits of a kind that are shown at first, at most */
const BEST = 10; /* those among so many, so that what merely mentions a word doesn't push down what is about it */

/* From a kind to its hits and to how many of them are shown at first. */
export function grouped(index, ids) {
  const kinds = new Map();
  for (const [nth, id] of ids.entries()) {
    const group = kinds.get(index.kind[id]) ?? { ids: [], few: 0 };
    group.ids.push(id);
    if (!group.few || nth < BEST && group.few < FEW) group.few++;
    kinds.set(index.kind[id], group);
  }
  for (const group of kinds.values()) if (group.few + 1 === group.ids.length) group.few++;
  return kinds;
}
