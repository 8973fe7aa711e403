/* Runs the preparation of a case: from {choices, file, title, cases, danger, danger_later} and queries ({topics, aids, area, ages, language,
   groups, needs, will}) to what the ladder finds for each. */
globalThis.document = { getElementById: () => null }; // words.js looks for its translations
const { Ladder } = await import("./case_ladder.js");
const { Danger } = await import("./danger.js");
const { Index } = await import("./matching.js");
const { Choices, Offers } = await import("./offers.js");

const NOTHING = { topics: [], aids: [], area: "", ages: [], language: "", groups: [], needs: [] };

export function start(given) {
  const offers = new Offers(given.file, new Index(given.title), new Choices(given.choices));
  const ladder = new Ladder(offers, given.cases);
  const danger = new Danger(given.danger);
  for (const _ of danger.adding(given.danger_later));
  const told = (item) => ({ ...item, id: offers.idOf(item.place), title: ladder.title(item.place), kind: ladder.about(item.place, "kind"), shelf: ladder.about(item.place, "shelf") });
  return (queries) => queries.map((query) => {
    const grave = (query.will && danger.recognise(query.will)) || danger.about(query.topics ?? []);
    const { aids, claims, protection, rungs, open } = ladder.find({ ...NOTHING, ...query }, Boolean(grave), (places) => danger.apart(places, grave));
    return { aids: aids.map(told), claims: claims.map(told), protection: protection.map(told), rungs: rungs.map(([layer, items]) => [layer, items.map(told)]), open: open.map(told) };
  });
}
