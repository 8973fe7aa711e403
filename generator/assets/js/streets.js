// A register of streets (generator/search/street_register.py) in, the spaces of an address out. Nothing leaves the
// browser. The Python module matches in the same way; tests/search/street_vectors.json holds the two together.
import { fold, oneEdit, words } from "./folding.js";
import { numbers } from "./matching.js";

const LETTERS = 27;
const PARITIES = ["all", "odd", "even"];

export function streetKey(name) {
  return words(name).map(fold).join("").replaceAll("strasse", "str").replace(/pl$/, "platz");
}

function withoutCommas(text) {
  let end = text.length;
  while (text[end - 1] === ",") end -= 1;
  return text.slice(0, end);
}

// „Uferweg 12 a“ gives {street: "Uferweg", number: "12a"}.
export function splitAddress(text) {
  const match = /^(.*?[^\d\s])\s*(\d{1,4})(?:\s*([a-zA-Z])(?![a-zA-Z]))?\s*(?:[-–/+]|$)/.exec(text.trim());
  if (!match) return { street: withoutCommas(text.trim()), number: "" };
  return { street: withoutCommas(match[1].trim()), number: match[2] + (match[3] ?? "").toLowerCase() };
}

// „12a“ as a number by which houses sort, with whether it is odd; null where it is no house number.
export function house(text) {
  const match = /^0*(\d{1,4})\s*([a-zA-Z]?)$/.exec(text.trim());
  if (!match || Number(match[1]) === 0) return null;
  const number = Number(match[1]);
  return { key: number * LETTERS + (match[2] ? match[2].toLowerCase().charCodeAt(0) - 96 : 0), odd: number % 2 === 1 };
}

function holds(part, wanted, exact) {
  if (part.parity !== "all" && wanted.odd !== (part.parity === "odd")) return false;
  if (part.low !== null && wanted.key < part.low) return false;
  if (part.high === null) return true;
  const bare = part.high % LETTERS === 0;
  return wanted.key <= (bare && !exact ? part.high + LETTERS - 1 : part.high);
}

// A part as one finds it at a house: its place is the one that begins last before it.
function placed(part, wanted) {
  const place = part.places.filter(([key]) => key <= wanted.key).pop();
  return place ? { ...part, point: place[1] } : part;
}

function written(key) {
  return key === null
    ? "" : `${Math.floor(key / LETTERS)}${key % LETTERS ? String.fromCharCode(96 + key % LETTERS) : ""}`;
}

// „1–71“, nothing for a whole street.
export function numbersText(part) {
  const ends = [written(part.low), written(part.high)];
  return ends[0] === ends[1] ? ends[0] : ends.join("–");
}

export class Register {
  constructor(file) {
    this.names = file.streets ? file.streets.split("\n") : [];
    this.keys = this.names.map(streetKey);
    this.geographies = new Map(file.spaces.map((space, at) => [space, file.geographies[at]]));
    this.parts = this.read(file);
    this.starts = this.names.map((name) => words(name).map(fold));
  }

  read(file) {
    let x = 0, y = 0;
    const signed = (number) => number & 1 ? -((number + 1) >> 1) : number >> 1;
    return file.parts.split("~").map((packed) => {
      const given = numbers(packed), parts = [];
      for (let at = 0; at < given.length;) {
        const space = file.spaces[given[at++]], flags = given[at++], postcode = file.postcodes[given[at++]];
        const whole = flags >= 3;
        const low = whole ? 0 : given[at++], high = whole ? 0 : given[at++];
        const places = [];
        for (let left = given[at++], key = 0, first = true; left > 0; left--, first = false) {
          if (!first) key += given[at++];
          x += signed(given[at++]);
          y += signed(given[at++]);
          places.push([key, [x / file.precision, y / file.precision]]);
        }
        const point = places[places.length >> 1]?.[1] ?? null;
        parts.push({ space, parity: PARITIES[flags % 3], low: low ? low - 1 : null, high: high ? high - 1 : null,
          postcode, point, places });
      }
      return parts;
    });
  }

  // Places in `names` of streets that may be meant: those that begin so, those with a word that does, then the rest.
  suggest(text, limit = 8) {
    const key = streetKey(text);
    if (!key) return [];
    const begins = (_, nth, all) => nth && all.slice(nth).join("").replaceAll("strasse", "str").startsWith(key);
    const rank = (name, place) => name === key ? 0 : name.startsWith(key) ? 1 : this.starts[place].some(begins) ? 2
      : key.length > 2 && name.includes(key) ? 3 : null;
    let found = this.keys.map((name, place) => [rank(name, place), place]).filter(([one]) => one !== null)
      .sort(([one, first], [other, second]) => one - other || first - second).map(([, place]) => place);
    if (!found.length && key.length > 4) {
      const isLike = (name) => oneEdit(key, name) || oneEdit(key, name.slice(0, key.length));
      found = this.keys.flatMap((name, place) => isLike(name) ? [place] : []);
    }
    return found.slice(0, limit);
  }

  // The street that is written exactly so, or -1.
  named(text) {
    return this.keys.indexOf(streetKey(text));
  }

  // The parts in which a house number may lie, by geography: {id: {parts, spaces, known}}. Where the number stands in
  // no part (`known` is false), or none was given, these are all parts of the street.
  match(place, number) {
    const wanted = house(number);
    const found = new Map();
    for (const part of this.parts[place]) {
      const geography = this.geographies.get(part.space);
      if (!found.has(geography)) found.set(geography, []);
      found.get(geography).push(part);
    }
    return new Map([...found].map(([geography, all]) => {
      let parts = [];
      for (const exact of wanted ? [true, false] : []) {
        if (!parts.length) parts = all.filter((part) => holds(part, wanted, exact));
      }
      const known = parts.length > 0;
      parts = known ? parts.map((part) => placed(part, wanted)) : all;
      return [geography, { parts, spaces: [...new Set(parts.map(({ space }) => space))], known }];
    }));
  }
}
