/* Runs the browser's filters: from {choices, file, title} and {queries: [{address, moment, here, within, words}]} to what they find. */
import { Bits } from "./bits.js";
import { Filters, months, read, write } from "./filters.js";
import { Index } from "./matching.js";
import { Choices, metres, Offers } from "./offers.js";

export function start(given) {
  const offers = new Offers(given.file, new Index(given.title), new Choices(given.choices));
  const filters = new Filters(offers);
  const answer = ({ address, moment, here, within, search, order }) => {
    const chosen = read(address, offers.facets);
    const words = search ? offers.placed(offers.index.search(search).ids) : null;
    const result = filters.apply(chosen, { moment: new Date(moment), here: here ?? null, within: within ?? 0, words, order });
    const counts = {};
    for (const [name, options] of offers.facets) for (const value of options.keys()) counts[`${name}=${value}`] = result.counts(name, value);
    for (const day of ["mo", "di", "mi", "do", "fr", "sa", "so", "morgen", "wochenende"]) counts[`tag=${day}`] = result.counts("tag", day);
    for (const flag of ["offen", "heute"]) counts[`${flag}=1`] = result.counts(flag, "1");
    for (const time of ["vormittag", "nachmittag", "abend"]) counts[`zeit=${time}`] = result.counts("zeit", time);
    const { dates, unknown, outdated, silent, unsure } = result, unsaid = result.unsaid.map((place) => offers.idOf(place));
    return { dates, unknown, outdated, silent, unsure, unsaid, ids: result.places.map((place) => offers.idOf(place)), count: result.count, address: write(chosen, offers.facets), counts };
  };
  return (asked) => ({
    answers: asked.queries.map(answer),
    ages: (asked.ages ?? []).map(months),
    offers: Array.from({ length: offers.size }, (_, place) => offers.offer(place)),
    metres: (asked.pairs ?? []).map(([one, other]) => metres(one, other)),
    bits: [Bits.all(70).count, Bits.of(70, [0, 31, 32, 69]).places(), Bits.of(70, [1, 5, 69]).common(Bits.of(70, [5, 69, 2])), Bits.all(70).without(Bits.of(70, [3])).count],
  });
}
