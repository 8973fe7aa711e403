// The directory's files (generator/search/directory_data.py) and the title part of the search index in, offers out.

import { fitsAge } from "./ages.js";
import { Bits } from "./bits.js";
import { dateOf, isForAll, isOpenOn, stateAt } from "./hours.js";
import { json } from "./loading.js";
import { Index, numbers } from "./matching.js";
import { once } from "./once.js";
import { pause } from "./pause.js";
import { verdictOf } from "./verdicts.js";

const EARTH = 6371008.8; // mean radius in metres (IUGG)
const RADIANS = Math.PI / 180;
export const OPEN = 0, TODAY = 1, OTHER = 2, UNSURE = 3;
const AT_ONCE = 150; // schedules that are evaluated before others get their turn

// Metres between two points [longitude, latitude]; equirectangular, off by less than 0.1 % within a town.
export function metres([west, south], [east, north]) {
  const x = (east - west) * Math.cos((south + north) / 2 * RADIANS);
  return EARTH * RADIANS * Math.hypot(x, north - south);
}

function ascending(packed) {
  let sum = 0;
  return numbers(packed).map((step) => sum += step);
}

const cut = new Map();

// A schedule reduced to what decides about today: evaluating all days ahead would take ten times as long.
function untilToday(schedule, today) {
  if (!cut.has(schedule) || cut.get(schedule).u !== today) {
    cut.set(schedule, today < schedule.u ? { ...schedule, u: today } : schedule);
  }
  return cut.get(schedule);
}

// The filters with their choices and counts: all that the form needs before it is used. `beside` are choices whose
// offers every other one of the filter finds, too.
export class Choices {
  constructor({ facets, grave, first, last, of }) {
    this.of = of;
    this.shelves = facets.map(([id, , shelf]) => [id, shelf]);
    this.beside = new Map(facets.map(([id, , , beside = []]) => [id, beside]));
    this.facets = new Map(facets.map(([id, options]) => [id,
      new Map(options.map(([value, label, count, depth = 0]) => [value, { label, count, depth }]))]));
    this.grave = new Set(grave); // choices after which Back leads nowhere
    this.first = first;
    this.last = last;
  }

  // The filters that the form puts on a shelf, because it has no place of its own for them.
  shelf(name) {
    return this.shelves.filter(([, shelf]) => shelf === name).map(([id]) => id);
  }

  // The choices of a filter that somebody can choose.
  offered(name) {
    return [...this.facets.get(name) ?? []].filter(([, { label }]) => label);
  }

  // Whether anything is known about the hours of a date.
  knows(date) {
    return this.first <= date && date <= this.last;
  }
}

export class Offers {
  constructor(file, index, choices) {
    this.file = file;
    this.choices = choices;
    this.index = index;
    this.size = file.size;
    const kind = this.index.kinds.findIndex(({ id }) => id === "offer");
    this.entries = [];
    for (let id = 0; id < this.index.size; id++) if (this.index.kind[id] === kind) this.entries.push(id);
    if (file.order !== index.order || file.of !== choices.of) throw new Error("two builds");
    this.placeOf = new Map(this.entries.map((id, place) => [id, place]));
    this.listed = Bits.all(this.size).without(Bits.of(this.size, ascending(file.unlisted)));
    this.behind = Bits.of(this.size, ascending(file.behind));
    this.kept = Bits.all(this.size).without(Bits.of(this.size, ascending(file.unkept)));
    this.hoursOf = numbers(file.hoursOf);
    this.pointOf = numbers(file.pointOf);
    this.points = file.points.map((point) => point && [point[0] / 1e5, point[1] / 1e5]);
    this.columns = Object.fromEntries(Object.entries(file.columns).map(
      ([name, [texts, places]]) => [name, { texts, places: numbers(places) }]));
    const postings = file.postings.split("~");
    let next = 0;
    this.facets = new Map([...choices.facets].map(([id, options]) => [id,
      new Map([...options].map(([value, { label, depth }]) => [
      value, { label, depth, bits: Bits.of(this.size, ascending(postings[next++])) },
    ]))]));
    this.lines = new Map();
    this.days = new Map();
    index.tell(file, new Date());
  }

  // Offers that have one of some choices of a filter themselves, then those with each choice beside them. For areas
  // that is what lies there or is for them, what is for the whole town, and what doesn't say for whom it is: an address
  // is no catchment, and hides nothing from who lives elsewhere.
  circles(name, values) {
    const beside = this.choices.beside.get(name) ?? [];
    const own = Bits.union(this.size, values.map((value) => this.bits(name, value)));
    if (values.every((value) => beside.includes(value))) return [own];
    const found = [own];
    for (const value of beside) found.push(this.bits(name, value).without(Bits.union(this.size, found)));
    return found;
  }

  bits(name, value) {
    return this.facets.get(name)?.get(value)?.bits ?? new Bits(this.size);
  }

  // Whether an offer can say yes or no to a filter.
  isFlag(name) {
    return Boolean(this.facets.get(name)?.has("1"));
  }

  // What it says to such a filter.
  verdict(name, place) {
    const says = (value, filter = name) => this.bits(filter, value).has(place);
    return verdictOf(says("1"), name === "kostenlos" && says("1", "ermaessigt"), !says("0"));
  }

  // All of them together.
  holding(name, values) {
    return Bits.union(this.size, this.circles(name, values));
  }

  idOf(place) {
    return this.index.url(this.entries[place]).split("/").at(-2);
  }

  // Name, address and facts of an offer; the address is relative to the root of the language's tree.
  offer(place) {
    const { title, url, language } = this.index.entry(this.entries[place]);
    const text = (column) => this.columns[column].texts[this.columns[column].places[place]];
    return {
      place, title, url, language, id: this.idOf(place), point: this.point(place),
      schedule: this.file.hours[this.hoursOf[place]],
      where: text("where"), cost: text("cost"), status: text("status"), spoken: text("spoken"),
      waiting: text("waiting"), kept: this.kept.has(place), hours: this.file.words[this.hoursOf[place]],
    };
  }

  // The life situation by which its marker is shaped.
  situation(place) {
    const { texts, places } = this.columns.situation;
    return texts[places[place]];
  }

  // Offers without a point that may be shown.
  get placeless() {
    return this.nowhere ??= Bits.where(this.size, (place) => !this.point(place));
  }

  point(place) {
    return this.points[this.pointOf[place]];
  }

  isGuarded(place) {
    return this.index.guarded.has(this.entries[place]);
  }

  // Whether it isn't simply running.
  pauses(place) {
    const { texts, places } = this.columns.status;
    return texts[places[place]] !== "";
  }

  // Whether each offer is certainly open now, opens later today, is closed, or nobody can be sure.
  states(moment) {
    if (this.evaluate(moment)) this.known = Uint8Array.from(this.hoursOf, (number) => this.now[number]);
    return this.known;
  }

  // Evaluates so many of the schedules that are still missing; tells whether there were any.
  evaluate(moment, most = Infinity) {
    const { hours } = this.file;
    const minute = Math.floor(moment / 6e4);
    if (this.minute !== minute) [this.minute, this.now, this.known, this.begins] = [minute, [], null, []];
    if (this.known) return false;
    const today = dateOf(moment);
    for (const end = Math.min(hours.length, this.now.length + most); this.now.length < end;) {
      const schedule = hours[this.now.length];
      this.now.push(schedule ? this.stateOf(untilToday(schedule, today), moment) : UNSURE);
    }
    return true;
  }

  // What is only for those who registered is on today and not open.
  stateOf(schedule, moment) {
    const { open, next } = stateAt(schedule, moment);
    if (next && !open) this.begins[this.now.length] = Date.parse(next);
    if (open && isForAll(schedule)) return OPEN;
    return open || next ? TODAY : open === false ? OTHER : UNSURE;
  }

  // Offers that are certainly there on a date between two minutes of the day; computed once.
  during(date, from, to) {
    const key = `${date} ${from} ${to}`;
    if (!this.days.has(key)) {
      const fits = this.file.hours.map((schedule) => schedule !== null && isOpenOn(schedule, date, from, to));
      this.days.set(key, Bits.where(this.size, (place) => fits[this.hoursOf[place]]));
    }
    return this.days.get(key);
  }

  // Offers for a child of so many months; -1 is before birth.
  forAge(months) {
    return Bits.where(this.size, (place) => fitsAge(this.index.agesOf(this.entries[place]), months));
  }

  // Metres from a point to each offer, Infinity where it has none that may be shown.
  distances(here) {
    const far = this.points.map((point) => point ? metres(here, point) : Infinity);
    return Float64Array.from(this.pointOf, (number) => far[number]);
  }

  // Whether offers that are there stand for nothing but protection: none may be kept or carried away.
  protects(bits) {
    return bits.count > 0 && !bits.common(this.kept);
  }

  // Places of the offers among entries of the index.
  placed(ids) {
    return ids.flatMap((id) => this.placeOf.get(id) ?? []);
  }
}

const beside = (list, name) => list.slice(0, list.lastIndexOf("/") + 1) + name;

// The choices stand beside the offers, at `list`.
export function loadChoices(list) {
  const address = beside(list, "auswahl.json");
  return once(address, async () => new Choices(await json(address)));
}

// Loads the files once; `lines` and the full index follow when needed.
export function loadOffers(list, index, language) {
  return once(list, async () => {
    const [choices, table, times, title] = await Promise.all([loadChoices(list),
      ...[list, beside(list, "zeiten.json"), `${index}title.${language}.json`].map(json)]);
    if (times.order !== table.order) throw new Error("two builds");
    const file = { ...table, ...times };
    await pause();
    const words = await Index.inPieces(title);
    await pause();
    const offers = new Offers(file, words, choices);
    const moment = new Date();
    for (let left = file.hours.length; left > 0; left -= AT_ONCE) {
      await pause();
      offers.evaluate(moment, AT_ONCE);
    }
    return offers;
  });
}

// The one line of each offer, after names and times. All blocks come in order, whatever is shown: from those that are
// asked for a server could tell what somebody looks for. `came` is called after each.
export async function loadLines(offers, address, came = () => {}) {
  const { block: size } = offers.file;
  for (let block = 0; block * size < offers.size; block++) {
    if (offers.lines.has(block * size)) continue;
    try {
      const lines = await json(`${address}${block}.json`);
      lines.forEach((line, at) => offers.lines.set(block * size + at, line));
    } catch (error) {
      console.error(error);
    }
    came();
  }
}
