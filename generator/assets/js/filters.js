// What was chosen and the offers in, the offers that fit and a count for every further choice out. Knows no page.
//
// A choice is a value of a filter. Values of one filter widen (either will do), filters narrow (all must fit).
// The address carries the choices, and never the word sought or where somebody is.

import { Bits } from "./bits.js";
import { dateOf } from "./hours.js";
import { OPEN, OTHER, UNSURE } from "./offers.js";
import { NEARLY, shielded, UNSAID } from "./verdicts.js";
import { DAYS, plus, spansOf, TIMES } from "./when.js";

export const NOW = ["offen", "heute"]; // asked of the clock
export const TIMED = [...NOW, "tag", "zeit"];
const OLDEST = 27;

// Months of „4“ (years), „8m“ (months) and „schwanger“ (-1); null for anything else.
export function months(age) {
  if (age === "schwanger") return -1;
  const match = /^(\d{1,3})(m?)$/.exec(age ?? "");
  if (!match) return null;
  const value = Number(match[1]) * (match[2] ? 1 : 12);
  return value <= OLDEST * 12 ? value : null;
}

const isDate = (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
  && plus(value, 0) === value;
const isDay = (value) => [...DAYS, "morgen", "wochenende"].includes(value) || isDate(value);

// The choices in an address; what isn't known is left out, so an old link still works.
export function read(query, facets) {
  const params = new URLSearchParams(query);
  const chosen = new Map();
  for (const name of NOW) if (params.get(name) === "1") chosen.set(name, new Set(["1"]));
  for (const name of [...facets.keys(), "tag", "zeit"]) {
    // What has no label is counted and never chosen.
    const known = { tag: isDay, zeit: (value) => Object.hasOwn(TIMES, value) }[name]
      ?? ((value) => facets.get(name).get(value)?.label);
    const values = (params.get(name) ?? "").split(",").filter(known);
    if (values.length) chosen.set(name, new Set(values));
  }
  if (months(params.get("alter")) !== null) chosen.set("alter", new Set([params.get("alter")]));
  return chosen;
}

// The choices as the query of an address, always in the same order.
export function write(chosen, facets) {
  const parts = [...new Set(["thema", "alter", ...NOW, ...facets.keys(), "tag", "zeit"])]
    .filter((name) => chosen.get(name)?.size)
    .map((name) => `${name}=${[...chosen.get(name)].map(encodeURIComponent).join(",")}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

export class Filters {
  constructor(offers) {
    this.offers = offers;
  }

  // `here` is a point and `within` metres around it; `words` are places found by the search, the best first; `order` is
  // one of treffer, nah, gebiet (what is there, for all, of no said area), offen (then what opens today, each as in the
  // directory) and name. `circles` are the offers of the areas that were chosen, and those that are found with them.
  apply(chosen, { moment = new Date(), here = null, within = 0, words = null,
    order = words ? "treffer" : here ? "nah" : "offen" } = {}) {
    const size = this.offers.size;
    const states = this.offers.states(moment);
    const distances = here && this.offers.distances(here);
    const open = { offen: (place) => states[place] === OPEN, heute: (place) => states[place] < OTHER };
    const today = dateOf(moment);
    const outdated = !this.offers.choices.knows(today); // then nobody knows what is open, and no filter claims to
    const dates = this.dates(chosen.get("tag"), today);
    const computed = new Map(Object.entries(open).map(([name, test]) => [name, Bits.where(size, test)]));
    const what = []; // [filter, offers that fit it]
    for (const [name, values] of chosen) {
      if (!values.size || TIMED.includes(name)) continue;
      if (name === "alter") what.push([name, this.offers.forAge(months([...values][0]))]);
      else what.push([name, this.offers.holding(name, [...values])]);
    }
    const circles = chosen.get("gebiet")?.size ? this.offers.circles("gebiet", [...chosen.get("gebiet")]) : [];
    if (words) what.push(["suche", Bits.of(size, words)]);
    const when = { today, tag: chosen.get("tag"), zeit: chosen.get("zeit"), heute: chosen.has("heute") };
    const asksWhen = !outdated && (when.zeit?.size || when.tag?.size && dates.known.length);
    const asksNow = outdated ? [] : NOW.filter((name) => chosen.has(name));
    const whenAndWhere = asksNow.map((name) => [name, computed.get(name)]);
    if (asksWhen) whenAndWhere.push(["wann", this.when(when)]);
    if (distances && within) whenAndWhere.push(["umkreis", Bits.where(size, (place) => distances[place] <= within)]);
    const fitting = (asked, name, from = this.offers.listed) =>
      asked.reduce((rest, [other, bits]) => other === name ? rest : rest.and(bits), from);
    const whatever = fitting(what, null);
    // What protects tells no list when and where somebody is there. Left out, it would read as „there is no help“.
    const silent = this.offers.protects(whatever);
    const bits = silent ? whatever : fitting(whenAndWhere, null, whatever);
    // Sensitive offers aren't counted: nobody is to see when somebody is there.
    const unsure = silent || outdated ? 0 : fitting(whenAndWhere, "offen", whatever).and(this.offers.kept)
      .common(Bits.where(size, (place) => states[place] === UNSURE && !this.offers.pauses(place)));
    // What doesn't say of a box that was ticked is below; what contradicts isn't.
    const flags = silent ? [] : [...chosen.keys()].filter((name) => this.offers.isFlag(name));
    const others = fitting(whenAndWhere, null, fitting(what.filter(([name]) => !flags.includes(name)), null));
    const said = (place) => shielded(Math.max(...flags.map((name) => this.offers.verdict(name, place))),
      this.offers.isGuarded(place));
    const below = flags.length ? others.without(bits).places() : [];
    const rests = new Map();
    const rest = (name) => {
      if (!rests.has(name)) {
        const all = fitting(what, name);
        rests.set(name, { all, open: all.and(this.offers.kept), there: fitting(whenAndWhere, name, all) });
      }
      return rests.get(name);
    };
    const isUnknown = (name) => TIMED.includes(name) && (outdated || silent);
    return {
      bits,
      count: bits.count,
      flags,
      nearly: below.filter((place) => said(place) === NEARLY),
      unsaid: below.filter((place) => said(place) === UNSAID),
      circles,
      places: this.ordered(bits, order, { states, distances, words, circles }),
      distances,
      outdated,
      silent,
      unsure,
      unknown: dates.unknown,
      dates: asksWhen && !silent ? dates.known : [],
      counts: (name, value) => isUnknown(name) ? null : this.count(name, value, rest, computed, when),
    };
  }

  // The dates of the chosen days: those that are known, and those that lie beyond, about which nothing is said.
  dates(days, today) {
    const all = days?.size ? spansOf({ tag: [...days] }, today, this.offers.choices.last).dates : [];
    return { known: all.filter((date) => this.offers.choices.knows(date)),
      unknown: all.filter((date) => !this.offers.choices.knows(date)) };
  }

  when({ today, tag, zeit, heute }) {
    const chosen = { tag: [...tag ?? []], zeit: [...zeit ?? []], heute };
    const { dates, spans } = spansOf(chosen, today, this.offers.choices.last);
    return Bits.union(this.offers.size, dates.filter((date) => this.offers.choices.knows(date)).flatMap((date) =>
      spans.map(([from, to]) => this.offers.during(date, from, to))));
  }

  // How many offers there would be with this value as the only one of its filter.
  count(name, value, rest, computed, when) {
    if (name === "tag" || name === "zeit") {
      return rest("wann").there.common(this.when({ ...when, [name]: new Set([value]) }));
    }
    const { all, open, there } = rest(name);
    if (computed.has(name)) return there.common(computed.get(name));
    const bits = this.offers.holding(name, [value]);
    return open.common(bits) ? there.common(bits) : all.common(bits);
  }

  ordered(bits, order, { states, distances, words, circles }) {
    if (order === "treffer") return words.filter((place) => bits.has(place));
    const places = bits.places();
    if (order === "name") return places;
    // Running before paused, open before closed, without registration first, then what opens first, then by name.
    const { begins, hoursOf } = this.offers, walkIn = this.offers.bits("ohne-anmeldung", "1");
    const ranks = [(place) => this.offers.pauses(place), (place) => states[place] !== OPEN,
      (place) => !walkIn.has(place), (place) => Math.min(states[place], OTHER),
      (place) => begins[hoursOf[place]] ?? 0, (place) => place];
    const soon = (some) =>
      some.sort((one, other) => ranks.reduce((found, rank) => found || rank(one) - rank(other), 0));
    const near = (one, other) => distances[one] - distances[other] || one - other || 0;
    const around = () => circles.flatMap((circle) => soon(places.filter((place) => circle.has(place))));
    const sorted = order === "nah" ? places.sort(near) : order === "gebiet" ? around() : soon(places);
    return [false, true].flatMap((last) => sorted.filter((place) => this.offers.behind.has(place) === last));
  }
}
