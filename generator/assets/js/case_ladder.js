// What a family wants and where it lives in, ideas along the ladder out: protection and claims outside of it, what the family itself
// chose first, then what is for everybody, and what an office decides on last. Knows no page and keeps nothing.
import { Bits } from "./bits.js";
import { Goals, SURE } from "./goals.js";
import { numbers } from "./matching.js";

export const RUNGS = ["everyday", "regular", "infrastructure", "hze"];
const CHOSEN = 8; // what a topic weighs that was chosen from the list
const SPOKEN = 1.4; // an offer that speaks the family's language, or has somebody interpret, gains so much
const OTHERS = 3; // a claim is shown at once unless so many offers for everybody fit as well
const NEAR = 1.1; // and one that is for their area and not for the whole town

// Bands of age in months, both ends included; -1 is before birth.
export const BANDS = [["schwanger", -1, -1], ["0-2", 0, 35], ["3-5", 36, 71], ["6-9", 72, 119], ["10-13", 120, 167], ["14-17", 168, 215], ["18-26", 216, 323]];

const union = (size, sets) => sets.reduce((all, one) => all.or(one), new Bits(size));

export class Ladder {
  // `offers` as loadOffers gives them, `file` as generator/subjects/casework/page_case_file.py writes it.
  constructor(offers, file) {
    if (file.size !== offers.size) throw new Error(`${offers.size} offers, but ${file.size} in the file of cases`);
    this.offers = offers;
    this.file = file;
    this.columns = Object.fromEntries(Object.entries(file.columns).map(([name, [texts, places]]) => [name, { texts, places: numbers(places) }]));
    this.goals = new Goals(offers, file, this.columns);
  }

  about(place, column) {
    const { texts, places } = this.columns[column];
    return texts[places[place]];
  }

  kind(place) {
    return this.offers.choices.facets.get("art").get(this.about(place, "kind")).label;
  }

  topic(id) {
    return this.file.topics[id]?.[0] ?? this.offers.choices.facets.get("thema").get(id).label;
  }

  ages(bands) {
    const months = BANDS.filter(([id]) => bands.includes(id)).flatMap(([, low, high]) => low < 0 ? [low] : [...Array(Math.ceil((high - low + 1) / 6)).keys()].map((step) => low + 6 * step).concat(high));
    return union(this.offers.size, months.map((month) => this.offers.forAge(month)));
  }

  // `chosen`: {goals: [text …], meant: for each goal a Map of topics to whether they are, topics, bands, languages, aids, area, kept: places → places};
  // `kept` orders them anew and takes out what isn't suggested now.
  // {topics, protection, claims, aids, folded: whether the last rung is, rungs: [[layer, items]], all, open: everyday places of their area where everybody
  // may go, whatever they want, rest: layer → what else is recorded on a rung, heard: for each goal [[topic, whether it counts] …],
  // unheard: numbers of goals to whose words nothing is found}; an item is {place, score, sure, topics, goals}.
  find({ goals = [], meant = [], topics = [], bands = [], languages = [], aids = [], area = "", kept = (places) => places }) {
    const found = new Map();
    const asked = new Set(aids);
    const about = new Set(topics);
    const named = new Set();
    const heard = [];
    const aged = bands.length ? this.ages(bands) : this.offers.listed;
    const unheard = [];
    const add = (place, score, own, goal, sure = true) => {
      const item = found.get(place) ?? { place, score: 0, sure: false, topics: new Set(), goals: new Set() };
      item.sure ||= sure;
      item.score = Math.max(item.score, score);
      for (const topic of own) item.topics.add(topic);
      if (goal) item.goals.add(goal);
      found.set(place, item);
    };
    goals.forEach((goal, nth) => {
      const own = meant[nth] ?? new Map();
      const read = this.goals.read(goal, BANDS.filter(([id]) => bands.includes(id)).map(([, low, high]) => [Math.max(0, low), high]), own);
      const added = [...own.keys()].filter((topic) => own.get(topic));
      heard.push([...new Set([...read.topics, ...read.maybe, ...added])].map((topic) => [topic, own.get(topic) ?? read.topics.includes(topic)]));
      for (const [topic, on] of heard[nth]) if (on) about.add(topic);
      for (const kind of read.asked) asked.add(kind);
      for (const id of read.areas) named.add(id);
      if (!read.places.size && !read.asked.length) unheard.push(nth + 1);
      for (const [place, { score, topics: own, sure }] of read.places) add(place, score, own, nth + 1, sure);
      // What only the age takes away is counted on its rung.
      for (const [place, { score, topics: own }] of read.others ?? []) if (!aged.has(place)) add(place, score, own, nth + 1);
    });
    for (const topic of topics) for (const place of this.offers.bits("thema", topic).places()) if (!this.about(place, "only") || this.about(place, "topic") === topic) add(place, CHOSEN, [topic]);
    for (let place = 0; place < this.offers.size; place++) if (asked.has(this.about(place, "kind"))) add(place, 0, []);
    return { ...this.laid([...found.values()], { asked, about, aged, languages, area, named, kept }), heard, unheard };
  }

  laid(items, { asked, about, aged, languages, area, named, kept }) {
    // An area that only a goal names narrows nothing: what is there for it comes first.
    const near = area ? [area] : [...named];
    // Where something lies says of nobody that it isn't for them: what is for others alone is left out, and nothing else.
    const circles = near.length ? this.offers.circles("gebiet", near) : [];
    const [local] = circles;
    const said = local ? local.or(circles[1]) : this.offers.listed; // that they are for them, or lie there
    const reached = area ? this.offers.holding("gebiet", near) : this.offers.listed;
    const spoken = union(this.offers.size, languages.map((tag) => this.offers.bits("sprache", tag)));
    // Who has somebody interpret can be asked for it; that is no language that is spoken there.
    const interpreted = languages.length ? this.offers.bits("dolmetschen", "1").without(spoken) : new Bits(this.offers.size);
    const understood = spoken.or(interpreted);
    const laid = (item) => ({
      ...item,
      topics: [...item.topics], goals: [...item.goals],
      sure: item.sure || understood.has(item.place), // a language that one understands is worth a look
      asked: asked.has(this.about(item.place, "kind")), circle: circles.findIndex((circle) => circle.has(item.place)), local: Boolean(local?.has(item.place)),
      spoken: spoken.has(item.place), interpreted: interpreted.has(item.place),
      score: item.score * (understood.has(item.place) ? SPOKEN : 1) * (local?.has(item.place) ? NEAR : 1),
    });
    const order = (one, other) => said.has(other.place) - said.has(one.place) || other.sure - one.sure || other.score - one.score || one.place - other.place;
    // Beside violence something is left out, and something stands last: `kept` has the last word.
    const inOrder = (some) => {
      const byPlace = new Map(some.filter(({ place }) => this.offers.listed.has(place)).map(laid).sort(order).map((item) => [item.place, item]));
      return kept([...byPlace.keys()]).map((place) => byPlace.get(place));
    };
    const there = inOrder(items);
    const shelf = ({ place }) => this.about(place, "shelf");
    const fits = ({ place }) => aged.has(place) && reached.has(place);
    // What was chosen stands first, wherever it is and for whatever age; a claim holds wherever the family lives.
    const aids = there.filter((item) => item.asked);
    const claims = there.filter((item) => !item.asked && shelf(item) === "claim" && aged.has(item.place));
    const protection = there.filter((item) => !item.asked && shelf(item) === "protection" && aged.has(item.place));
    const rungs = RUNGS.map((layer) => [layer, there.filter((item) => !item.asked && shelf(item) === layer && fits(item))]);
    const all = there.filter((item) => !item.asked && RUNGS.includes(shelf(item)) && fits(item));
    // Where age and area take out all that was sure, the likeliest of what is left is shown: who reads „4 Ideen“ is to see some.
    if (!all.some(({ sure }) => sure)) {
      const best = Math.max(...all.map(({ score }) => score));
      for (const item of all) item.sure = item.score >= SURE * best;
    }
    const clear = claims.some(({ score, sure }) => sure && all.filter((item) => item.score >= score && shelf(item) !== "hze").length < OTHERS);
    // What an office decides on is folded where something more normal fits, and named there all the same.
    const folded = all.some((item) => item.sure && shelf(item) !== "hze");
    const found = new Set(there.map(({ place }) => place));
    const others = inOrder(this.unfound(found)).filter((item) => !item.asked);
    const open = others.filter((item) => item.local && fits(item) && this.about(item.place, "neighbours"));
    const rest = new Map(RUNGS.map((layer) => [layer, this.left(layer, { there, others, open, fits })]));
    return { topics: [...about], aids, claims, clear, folded, protection, rungs, all, open, rest };
  }

  // All offers but those that were found, as items without a reason.
  unfound(found) {
    const places = [...Array(this.offers.size).keys()].filter((place) => !found.has(place));
    return places.map((place) => ({ place, score: 0, sure: false, topics: [], goals: [] }));
  }

  // What is recorded on a rung and not shown there: first what only age and area take away, then what they don't, then the rest.
  left(layer, { there, others, open, fits }) {
    const shelved = (item) => this.about(item.place, "shelf") === layer;
    const unsuited = there.filter((item) => !item.asked && shelved(item) && !fits(item));
    const unsought = others.filter((item) => shelved(item) && !open.includes(item));
    return [...unsuited, ...unsought.filter(fits), ...unsought.filter((item) => !fits(item))];
  }
}
