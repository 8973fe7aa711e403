// What was chosen and the offers in, the offers that fit and a count for every further choice out. Knows no page.
//
// A choice is a value of a filter. Values of one filter widen (either will do), filters narrow (all must fit).
// The address carries the choices, and never the word sought or where somebody is.

import { Bits } from "./bits.js";
import { OPEN, OTHER } from "./offers.js";

export const DAYS = ["mo", "di", "mi", "do", "fr", "sa", "so"];
export const TIMES = { vormittag: [360, 720], nachmittag: [720, 1020], abend: [1020, 1560] };
export const FLAGS = ["offen", "heute", "kostenlos", "ohne-anmeldung", "ohne-amt", "dolmetschen"];
const LISTS = ["thema", "sprache", "gebiet", "fuer", "form", "stufen", "wc", "merkmal", "auch", "tag", "zeit"];
const OLDEST = 27;

// Months of „4“ (years), „8m“ (months) and „schwanger“ (-1); null for anything else.
export function months(age) {
  if (age === "schwanger") return -1;
  const match = /^(\d{1,3})(m?)$/.exec(age ?? "");
  if (!match) return null;
  const value = Number(match[1]) * (match[2] ? 1 : 12);
  return value <= OLDEST * 12 ? value : null;
}

// The choices in an address; what isn't known is left out, so an old link still works.
export function read(query, facets) {
  const params = new URLSearchParams(query);
  const chosen = new Map();
  for (const flag of FLAGS) if (params.get(flag) === "1") chosen.set(flag, new Set(["1"]));
  for (const name of LISTS) {
    const known = (value) => name === "tag" ? DAYS.includes(value) : name === "zeit" ? value in TIMES : facets.get(name)?.has(value);
    const values = (params.get(name) ?? "").split(",").filter(known);
    if (values.length) chosen.set(name, new Set(values));
  }
  if (months(params.get("alter")) !== null) chosen.set("alter", new Set([params.get("alter")]));
  return chosen;
}

// The choices as the query of an address, always in the same order.
export function write(chosen) {
  const parts = ["thema", "alter", ...FLAGS, ...LISTS.slice(1)]
    .filter((name) => chosen.get(name)?.size)
    .map((name) => `${name}=${[...chosen.get(name)].map(encodeURIComponent).join(",")}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

export class Filters {
  constructor(offers) {
    this.offers = offers;
    const slots = Object.values(TIMES);
    this.week = DAYS.map((_, day) => slots.map(([from, to]) => offers.during(day, from, to)));
    this.wholeDays = DAYS.map((_, day) => offers.during(day, 0, 1e4));
  }

  // `here` is a point and `within` metres around it; `words` are places found by the search, the best first.
  apply(chosen, { moment = new Date(), here = null, within = 0, words = null } = {}) {
    const size = this.offers.size;
    const states = this.offers.states(moment);
    const distances = here && this.offers.distances(here);
    const open = { offen: (place) => states[place] === OPEN, heute: (place) => states[place] < OTHER };
    const computed = new Map(Object.entries(open).map(([name, test]) => [name, Bits.where(size, test)]));
    const asked = []; // [filter, offers that fit it]
    for (const [name, values] of chosen) {
      if (!values.size || name === "tag" || name === "zeit") continue;
      if (computed.has(name)) asked.push([name, computed.get(name)]);
      else if (name === "alter") asked.push([name, this.offers.forAge(months([...values][0]))]);
      else asked.push([name, union(size, [...values].map((value) => this.offers.facets.get(name).get(value).bits))]);
    }
    const days = chosen.get("tag"), times = chosen.get("zeit");
    if (days?.size || times?.size) asked.push(["wann", this.when(days, times)]);
    if (distances && within) asked.push(["umkreis", Bits.where(size, (place) => distances[place] <= within)]);
    if (words) asked.push(["suche", Bits.of(size, words)]);
    const without = (name) => asked.reduce((rest, [other, bits]) => other === name ? rest : rest.and(bits), this.offers.listed);
    const bits = without(null);
    return { bits, count: bits.count, places: this.ordered(bits, { states, distances, words }), distances, states, counts: (name, value) => this.count(name, value, without, computed, chosen) };
  }

  when(days, times) {
    const wanted = days?.size ? [...days] : DAYS;
    const sets = wanted.flatMap((day) => {
      const number = DAYS.indexOf(day);
      return times?.size ? [...times].map((time) => this.week[number][Object.keys(TIMES).indexOf(time)]) : [this.wholeDays[number]];
    });
    return union(this.offers.size, sets);
  }

  // How many offers there would be with this value as the only one of its filter.
  count(name, value, without, computed, chosen) {
    const remembered = without.rest ??= new Map();
    const group = name === "tag" || name === "zeit" ? "wann" : name;
    if (!remembered.has(group)) remembered.set(group, without(group));
    const rest = remembered.get(group);
    if (group === "wann") {
      const only = new Set([value]);
      return rest.common(name === "tag" ? this.when(only, chosen.get("zeit")) : this.when(chosen.get("tag"), only));
    }
    const bits = computed.get(name) ?? this.offers.facets.get(name)?.get(value)?.bits;
    return bits ? rest.common(bits) : 0;
  }

  // The best hits first; else the nearest; else what is open, then what opens today, each as in the directory.
  ordered(bits, { states, distances, words }) {
    if (words) return words.filter((place) => bits.has(place));
    const places = bits.places();
    if (distances) return places.sort((one, other) => distances[one] - distances[other] || one - other || 0);
    return [0, 1, 2].flatMap((state) => places.filter((place) => states[place] === state));
  }
}

function union(size, sets) {
  return sets.length === 1 ? sets[0] : sets.reduce((all, one) => all.or(one), new Bits(size));
}
