// The words of danger of one language in; what each word of a sentence does in it out. `generator/model/danger.py` says how
// entries are written. A word is looked up once, however long it is typed on.

import { fold, oneEdit, words } from "./folding.js";

export const PEOPLE = ["husband", "wife", "partner", "father", "mother", "parents", "carer", "baby", "child", "woman", "man", "someone"];
export const OWN = new Set([...PEOPLE, "i", "me", "my", "myself", "oneself"]); // what a phrase doesn't swallow
const KEPT = new Set(["passive", "have", "by", "of", "against", "home", "now", "cry", "today", "past", "often", "grown", "weapon", "urgent", "private", "injured", "joins", "first", "aside", "elsewhere", "calm", "info", "object", "theirs", "whose", "dative", "he", "she"]); // neither these
const NEAR = 7; // words between which a+b belongs together
const LONG = 6; // letters from which one slip of the finger is forgiven
const SAFE = 9; // letters from which a word with a slip needs no other beside it
const SURE = new Set(["weapon", "toxin", "swallows", "calm", "plain", "lurks", "urgent", "now", "today", "often", "past", "passive", "want", "first", "whose", "no", "me", "i", "have", "by", "joins", "body", "veins", "drunk", "high"]); // in these no slip is forgiven
const LISTS = new Set(["fill", "right", "despair", "spelled"]);
const MARKS = /[,.;:!?\n]+/;

// Forms without the small words that Arabic writes together with the next: and, so, by, for, the.
const bare = (word) => /^[\u0600-\u06ff]{4}/.test(word) ? [word, word.replace(/^[وف]/, ""), word.replace(/^[وف]?[بل]?(?:ال|لل)/, "")] : [word];

const put = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);

// What was typed as words: as written (`raw`), folded (`list`), and where a part of a sentence begins (`cuts`).
export function typed(query) {
  const raw = [], cuts = new Set();
  for (const part of query.toLowerCase().split(MARKS)) {
    cuts.add(raw.length);
    for (const word of words(part)) {
      // Persian parts its verbs from „mi“ and „nemi“ by a space, a half space or nothing.
      if (/^ن?م[یي]$/.test(raw.at(-1) ?? "")) raw.push(raw.pop() + word);
      else raw.push(word);
    }
  }
  const list = raw.map((word) => fold(word).replace(/(\p{L})\1{2,}/gu, "$1").replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15));
  return { raw, list, cuts };
}

// All parts of the entries of a language by number, and which of them a word fits: whole words, beginnings, endings.
class Parts {
  constructor() {
    this.numbers = new Map();
    this.exact = new Map();
    this.accented = new Map();
    this.starts = new Map(); // first two letters -> [start, end, number]
    this.ends = [];
    this.ages = [];
    this.years = []; // ages of grown people
    this.counts = [];
    this.last = new Set(); // those that fit the last word only
    this.found = new Map();
  }

  // The number of a part; `phrase` is told of alternatives that are several words.
  number(text, phrase) {
    if (this.numbers.has(text)) return this.numbers.get(text);
    const number = this.numbers.size;
    this.numbers.set(text, number);
    for (const one of text.split("/")) {
      if (one.includes(" ")) phrase(one, number);
      else this.enter(one, number);
    }
    return number;
  }

  enter(text, number) {
    if (text === "#") return this.ages.push(number);
    if (text === "##") return this.counts.push(number);
    if (text === "###") return this.years.push(number);
    if (text.startsWith("=")) return put(this.accented, text.slice(1), number);
    if (text.endsWith("$")) {
      this.last.add(number);
      return put(this.exact, text.slice(0, -1), number);
    }
    const star = text.indexOf("*");
    if (star < 0) return put(this.exact, text, number);
    if (star > 1) return put(this.starts, text.slice(0, 2), [text.slice(0, star), text.slice(star + 1), number]);
    return this.ends.push([text.replace(/^\*|\*$/g, ""), text.endsWith("*"), number]);
  }

  // Numbers of the parts that `word` fits, spelled `raw`.
  of(word, raw) {
    const key = `${word} ${raw}`;
    if (!this.found.has(key)) this.found.set(key, this.look(word, raw));
    return this.found.get(key);
  }

  look(word, raw) {
    const accented = this.accented.get(raw);
    if (accented) return accented;
    const found = new Set();
    for (const form of bare(word)) {
      for (const number of this.exact.get(form) ?? []) found.add(number);
      for (const [start, end, number] of this.starts.get(form.slice(0, 2)) ?? []) {
        if (form.startsWith(start) && form.endsWith(end) && form.length >= start.length + end.length) found.add(number);
      }
      for (const [text, anywhere, number] of this.ends) if (anywhere ? form.includes(text) : form.endsWith(text)) found.add(number);
      if (found.size) break;
    }
    if (!found.size && /[bdfghkmpst]n$/.test(word)) return this.look(`${word.slice(0, -1)}en`, raw); // „sterbn“, „schlagn“
    if (/^\d+$/.test(word)) for (const number of [...this.counts, ...word > 3 && word < 18 ? this.ages : [], ...word > 17 && word < 100 ? this.years : []]) found.add(number);
    return [...found];
  }

  // One letter wrong: „schlegt“, „verprügeld“. The first letter is hardly ever the wrong one.
  slipped(word) {
    if (!this.forms) {
      this.forms = new Map();
      for (const [form, numbers] of this.exact) if (form.length >= LONG) put(this.forms, form[0], [form, numbers]);
    }
    const found = new Set();
    for (const [form, numbers] of this.forms.get(word[0]) ?? []) if (oneEdit(form, word)) for (const number of numbers) found.add(number);
    for (const [key, starts] of this.starts) {
      if (key[0] !== word[0]) continue;
      for (const [start, end, number] of starts) {
        if (start.length > LONG && word.endsWith(end) && word.length < start.length + LONG && [0, 1, -1].some((more) => oneEdit(start, word.slice(0, start.length + more)))) found.add(number);
      }
    }
    return [...found];
  }
}

export class Grammar {
  // `classes` is a language of generator/search/danger_data.py. `known` says whether a word is right in any language: what is right
  // in one is no slip in another.
  constructor(language, classes, known) {
    this.language = language;
    this.known = known;
    this.parts = new Parts();
    this.singles = new Map(); // part -> classes
    this.sequences = new Map(); // first part -> [parts, class]
    this.bags = new Map();
    this.classes = new Set(Object.keys(classes));
    const list = (name) => (classes[name] ?? "").split(",").filter(Boolean);
    this.fillers = new Set(list("fill"));
    this.right = new Set(list("right"));
    this.spelled = new Map(list("spelled").map((entry) => entry.split(" "))); // „net“ -> „nicht“
    this.despair = list("despair").map((entry) => this.core(entry.split(" ")));
    this.slips = new Map();
    for (const [name, entries] of Object.entries(classes)) {
      if (!LISTS.has(name)) for (const entry of entries.split(",")) this.enter(name, entry);
    }
  }

  // `name` is a class, or the number of a part that these words are together.
  enter(name, entry) {
    const bag = entry.includes("+");
    const parts = entry.split(bag ? "+" : " ").map((text) => this.parts.number(text, (words, number) => this.enter(number, words)));
    if (parts.length === 1) put(this.singles, parts[0], name);
    else put(bag ? this.bags : this.sequences, parts[0], [parts, name]);
  }

  // Words without fillers.
  core(list) {
    return list.filter((word) => !this.fillers.has(word)).join(" ");
  }

  knows(word) {
    return this.fillers.has(word) || this.right.has(word) || this.parts.exact.has(word) || this.parts.of(word, word).some((number) => this.singles.has(number));
  }

  classesOf(numbers) {
    return new Set(numbers.flatMap((number) => this.singles.get(number) ?? []));
  }

  // „Uderzyłam“ (I) begins like „uderzył“ (he): what names the very word is what it says.
  ownDeed(names, word) {
    if (!names.has("hit") && !names.has("kill")) return;
    const whole = this.classesOf(this.parts.exact.get(word) ?? []);
    for (const [mine, his] of [["hit", "hits"], ["kill", "kills"]]) if (whole.has(mine) && !whole.has(his)) names.delete(his);
  }

  slipsOf(word) {
    if (word.length < (/[\u0600-\u06ff]/.test(word) ? LONG + 1 : LONG) || this.known(word)) return [];
    if (!this.slips.has(word)) this.slips.set(word, this.parts.slipped(word).filter((number) => this.singles.get(number)?.some((name) => !SURE.has(name))));
    return this.slips.get(word);
  }

  // What was typed as {list: words, marks: what each does, used: whether by a phrase, cuts, slips}.
  read({ raw, list, cuts }) {
    const fits = list.map((word, at) => {
      const meant = this.spelled.get(word);
      return meant ? [...new Set([...this.parts.of(word, raw[at]), ...this.parts.of(meant, meant)])] : this.parts.of(word, raw[at]);
    });
    const slips = list.map((word, at) => fits[at].some((number) => this.singles.has(number)) ? [] : this.slipsOf(word));
    const last = list.length - 1;
    const places = fits.map((numbers, at) => (numbers.length ? numbers : slips[at]).filter((number) => at === last || !this.parts.last.has(number)));
    return { grammar: this, list, cuts, ...this.marked(list, fits, slips, places) };
  }

  // Phrases first, then words that no phrase has used; what is harmless before all.
  marked(list, fits, slips, places) {
    const marks = list.map(() => new Set()), [used, harmless, named, silent] = [0, 1, 2, 3].map(() => list.map(() => false));
    const take = (where, name) => {
      if (name === "plain") for (const at of where) harmless[at] = true;
      else if (!where.some((at) => harmless[at])) {
        const person = PEOPLE.includes(name);
        if (person && where.some((at) => silent[at])) return;
        marks[person ? where.at(-1) : where[0]].add(name); // „Ex-Mann“ is one person
        for (const at of where) {
          if (person) named[at] = true;
          if (name === "elsewhere") silent[at] = true;
          used[at] = true;
        }
      }
    };
    const phrases = [...this.sequencesIn(places), ...this.bagsIn(places)];
    const before = (name) => ["plain", "elsewhere"].indexOf(name) + 1 || 3;
    for (const [parts, name, at] of phrases.sort((one, other) => before(one[1]) - before(other[1]))) {
      const where = at >= 0 ? parts.map((_, nth) => at + nth) : together(parts, places, name === "plain" ? [] : harmless);
      if (where) take(where, name);
    }
    let slipped = 0;
    places.forEach((numbers, at) => {
      if (harmless[at]) return;
      const right = this.classesOf(numbers.filter((number) => fits[at].includes(number)));
      this.ownDeed(right, list[at]);
      const names = right.size ? right : this.classesOf(slips[at]);
      if (names.has("plain")) {
        harmless[at] = right.size > 0;
        return;
      }
      let said = used[at] && !fits[at].length;
      for (const name of names) {
        if ((named[at] || silent[at]) && (PEOPLE.includes(name) || (silent[at] && name === "me"))) continue;
        if (used[at] && !OWN.has(name) && !KEPT.has(name)) continue;
        marks[at].add(name);
        said ||= !right.size;
      }
      if (said && list[at].length < SAFE) slipped++;
    });
    return { marks, used, harmless, slips: slipped };
  }

  // Words that stand one after the other: [parts, class, where they begin]. What is part of a bag is marked in `places`.
  sequencesIn(places) {
    const found = [];
    places.forEach((numbers, at) => {
      for (const number of [...numbers]) {
        for (const [parts, name] of this.sequences.get(number) ?? []) {
          if (!parts.every((part, nth) => places[at + nth]?.includes(part))) continue;
          if (typeof name === "number") numbers.push(name);
          else found.push([parts, name, at]);
        }
      }
    });
    return found;
  }

  // Bags whose parts all occur: [parts, class, -1].
  bagsIn(places) {
    const seen = new Set(places.flat());
    return [...seen].flatMap((number) => (this.bags.get(number) ?? []).filter(([parts]) => parts.every((part) => seen.has(part))).map(([parts, name]) => [parts, name, -1]));
  }
}

// Different places near each other for all parts, or null.
function together(parts, places, taken) {
  const choose = (nth, chosen) => {
    if (nth === parts.length) return chosen;
    for (let at = 0; at < places.length; at++) {
      if (taken[at] || chosen.includes(at) || !places[at].includes(parts[nth]) || chosen.some((other) => Math.abs(other - at) > NEAR)) continue;
      const found = choose(nth + 1, [...chosen, at]);
      if (found) return found;
    }
    return null;
  };
  return choose(0, []);
}
