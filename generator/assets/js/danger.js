// What was typed and the phrases of danger (generator/search/danger_data.py) in; the situations that somebody is in out, and what stands
// in the box above all hits. Knows no page, keeps nothing, and asks for no person, number of words or grammar.

import { fold, oneEdit, words } from "./folding.js";
import { stateAt } from "./hours.js";
import { sound } from "./sounds.js";

const APART = 9; // so many words after the first one of a phrase stands its last
const LONGEST = 5; // words that follow one another in a phrase
// Languages that are typed in Latin letters too, and how many letters, one less for each part, of a phrase must sound so: with fewer, German does.
const SOUNDING = { ar: 5, uk: 4, ru: 4 };
const CHAT = /[a-z][235-9]|[235-9][a-z]/; // digits among letters are Arabic ones: „3endi 7ari9“
const SURE_IN_CHAT = 3;
const SHARE = 0.25; // of the words must be such a phrase: in a long sentence something always sounds like one
const LONG = 9; // letters from which one wrong one is forgiven
const AND = "و"; // in Arabic „and“ is written together with the word that follows
const HARMLESS = "harmless"; // phrases that only sound like danger
const INFO = "info"; // words beside which a single one that isn't grave is none: „Kurs“, „Museum“

const ALONE = "!"; // before a phrase below which nothing may stand but what is grave itself

// The parts of a phrase, of each of which one word is enough: „papa/mama+schlägt+mich“.
const partsOf = (phrase) => phrase.replace(ALONE, "").split("+").map((part) => part.split("/"));

// What stands within another match counts no more: „papa schlägt mich“ is no „schlägt mich“, and „Kurs Notarzt“ no cry for one.
const within = (one, other) => one.places.every((place) => other.places.includes(place));
const longer = (other, one) => other.places.length > one.places.length && other.situation !== INFO;
const goesBefore = (other, one) => other !== one && within(one, other) && (other.situation === HARMLESS || longer(other, one));

export class Danger {
  constructor(file) {
    this.file = file;
    for (const name of ["held", "joint", "users", "graveHits"]) this[name] = placesOf(file[name]);
    this.whole = new Map(); // words and phrases as they stand, and by the beginnings, endings and middles marked with *
    this.begins = new Map();
    this.ends = new Map();
    this.middles = [];
    this.texts = {}; // what a box says, by language
    this.small = new Set(); // little words of the page's languages: beside one nothing is heard in Latin letters
    this.sounds = []; // words that may be typed in Latin letters too
    this.groups = {}; // by language and name the parts of phrases that a group (KID) stands in
    this.add(file);
  }

  // Phrases and texts of a file; what a group is called is told by the first one.
  add({ phrases, small }) {
    if (small) this.small = new Set(small.split(" "));
    for (const [language, { groups, texts, ...situations }] of Object.entries(phrases)) {
      this.texts[language] ??= texts;
      const named = this.groups[language] ??= this.grouped(groups ?? {}, language);
      for (const [situation, text] of Object.entries(situations)) {
        for (const phrase of text.split(",")) {
          const parts = partsOf(phrase);
          this.learn({ language, situation, parts: parts.length, alone: phrase.startsWith(ALONE) }, parts, named);
        }
      }
    }
    this.long = [...this.whole.keys()].filter((key) => key.length >= LONG && !key.includes(" "));
  }

  grouped(groups, language) {
    const named = {};
    for (const [name, text] of Object.entries(groups)) {
      named[name] = [];
      for (const said of text.split("/")) this.remember(said, { group: named[name] }, language);
    }
    return named;
  }

  learn(phrase, parts, named) {
    for (const [part, all] of parts.entries()) {
      for (const said of all) {
        if (named[said]) named[said].push({ phrase, part });
        else this.remember(said, { phrase, part }, phrase.language);
      }
    }
  }

  remember(said, entry, language) {
    const key = said.replaceAll("*", "");
    if (language in SOUNDING && /[\u0400-\u064a]/.test(key)) this.sounds.push({ said, entry, letters: key.replaceAll(" ", "").length });
    const [open, close] = [said.startsWith("*"), said.endsWith("*")];
    if (open && close) return this.middles.push([key, entry]);
    let table = this.whole;
    if (open) table = this.ends;
    if (close) table = this.begins;
    if (table.has(key)) table.get(key).push(entry);
    else table.set(key, [entry]);
  }

  // The parts of phrases that a word, or some that follow one another, are: an ending is the last one's, a beginning that of a single
  // word. A slip only where nothing else is known.
  known(said) {
    if (said.startsWith(AND)) return [...this.entries(said), ...this.entries(said.slice(AND.length))];
    return this.entries(said);
  }

  entries(said) {
    const found = [...this.whole.get(said) ?? []];
    const single = !said.includes(" "), last = said.lastIndexOf(" ") + 1;
    for (let cut = last + 1; cut <= said.length; cut++) found.push(...this.begins.get(said.slice(0, cut)) ?? []);
    for (let cut = 0; single && cut < said.length; cut++) found.push(...this.ends.get(said.slice(cut)) ?? []);
    for (const [middle, entry] of this.middles) if (single && said.includes(middle)) found.push(entry);
    if (!found.length && said.length >= LONG && single) {
      for (const key of this.long) if (oneEdit(key, said)) found.push(...this.whole.get(key));
    }
    return found.flatMap((entry) => entry.group ?? entry);
  }

  // What stands in the words: {entry, first, last, letters}, the places of its words and how many of its letters say so.
  *written(typed) {
    for (let last = 0; last < typed.length; last++) {
      for (let first = Math.max(0, last - LONGEST + 1); first <= last; first++) {
        for (const entry of this.known(typed.slice(first, last + 1).join(" "))) yield { entry, first, last };
      }
    }
  }

  *sounding(typed) {
    const text = ` ${typed.join(" ")} `;
    if (/[^ -~]/.test(text)) return;
    for (const one of this.sounds) {
      one.sound ??= sound(one.said);
      const found = one.sound.needs.every((letter) => text.includes(letter)) && one.sound.pattern.exec(text);
      if (!found) continue;
      const first = spaces(text.slice(0, found.index)), last = first + spaces(found[0]) - 1;
      const letters = Math.min(one.letters, found[0].length - 1) - 1;
      for (const entry of one.entry.group ?? [one.entry]) yield { entry, first, last, letters };
    }
  }

  // Every phrase that stands in the words: {language, situation, places of its words}.
  matches(known) {
    const seen = new Map(), found = [];
    for (const { entry: { phrase, part }, first, last, letters } of known) {
      if (!seen.has(phrase)) seen.set(phrase, []);
      const parts = seen.get(phrase);
      parts[part] = [first, last, letters];
      const match = whole(phrase, parts);
      if (match) found.push(match);
    }
    return found;
  }

  // What is written goes before what only sounds so; there each part of a phrase is a word of its own.
  heard(typed) {
    const found = this.matches(this.written(typed));
    if (found.length || typed.some((word) => this.small.has(word))) return found;
    const chat = typed.some((word) => CHAT.test(word));
    const sure = ({ language, letters }) => letters >= (chat ? SURE_IN_CHAT : SOUNDING[language]);
    const apart = ({ places, parts, ends }) => ends >= parts && places.length >= typed.length * SHARE;
    return this.matches(this.sounding(typed)).filter((match) => sure(match) && apart(match));
  }

  // {situations in the order of help, the language of the words or null}; null where nothing is said of danger.
  recognise(query, language = null) {
    const typed = words(query).map(fold);
    const all = this.heard(typed);
    const informed = all.some(({ situation }) => situation === INFO);
    const asked = ({ situation, places }) => informed && places.length === 1 && !this.file.situations[situation]?.quiet;
    const found = all.filter((one) => !asked(one) && !all.some((other) => goesBefore(other, one)));
    const said = new Set(found.map(({ situation }) => situation));
    const situations = this.file.order.filter((situation) => said.has(situation));
    if (!situations.length) return null;
    const told = found.filter(({ situation }) => said.has(situation)), alone = all.some((one) => one.alone && said.has(one.situation));
    return { situations, language: spoken(told, typed, language), called: this.called(typed), alone };
  }

  // The places of the lines whose number or name was typed: „Feuerwehr“, „112“.
  called(typed) {
    const text = ` ${typed.join(" ")} `;
    return [...this.file.lines.keys()].filter((place) => this.file.lines[place].called?.some((name) => text.includes(` ${name} `)));
  }

  // What a chosen topic of violence finds: as if somebody had told no more than that.
  about(topics) {
    const situations = this.file.order.filter((id) => this.file.situations[id].topics?.some((topic) => topics.includes(topic)));
    return situations.length ? { situations, language: null } : null;
  }

  // The hits that may stand under the box, in their order. Only what is grave itself stays where the search would say `no`, since what it
  // found is merely spelt alike, and where words of the danger lead astray: „Opa“ to grandparents for hire, a child hit in its Kita to others.
  kept(ids, found, no = false) {
    if (!found) return ids;
    const hits = found.situations.map((id) => this.file.situations[id].hits);
    if (hits.includes("none")) return [];
    const may = no || found.alone || hits.includes("grave") ? ids.filter((id) => this.graveHits.includes(id)) : ids;
    return without(may, found, this.held, hits.includes("calm") ? this.graveHits : [], this.users);
  }

  // What may be suggested in the work with a family of whom danger is told: no talks with both sides at one table.
  apart(ids, found) {
    return found ? without(ids, found, this.joint, [], this.users) : ids;
  }

  // Whether others may be watching: only grave words led there, and the box says so calmly.
  isQuiet({ situations }) {
    return Boolean(this.file.situations[situations[0]].quiet);
  }

  // Whom to call first, of these who was called by name, and by need; of each need those who answer now stand first.
  box(found, moment = new Date()) {
    const { situations, called = [] } = found;
    const told = situations.map((id) => this.file.situations[id]);
    const inOrder = unique(told.flatMap(({ first = [] }) => first));
    const first = unique([...called.filter((place) => inOrder.includes(place)), ...inOrder]);
    const needs = this.file.needs.map((need) => [need, unique(told.flatMap((each) => each.needs?.[need] ?? []))]);
    const lines = (places) => this.answeredFirst(places.map((place) => this.file.lines[place]), moment);
    return {
      quiet: this.isQuiet(found),
      first: lines(first),
      needs: needs.filter(([, places]) => places.length).map(([need, places]) => [need, lines(places)]),
    };
  }

  // Whether somebody answers a line at a moment; an offer without hours of a telephone is a page to look at.
  answers(line, moment) {
    if (line.always) return true;
    return Boolean(line.hours) && stateAt(line.hours, moment).open === true;
  }

  answeredFirst(lines, moment) {
    const now = lines.filter((line) => this.answers(line, moment));
    return [...now, ...lines.filter((line) => !now.includes(line))];
  }
}

// What is for people who use violence is there for those alone who say it of themselves.
function without(ids, { situations }, held, grave, users) {
  const off = new Set([...held, ...grave, ...situations.includes("own") ? [] : users]);
  return ids.filter((id) => !off.has(id));
}

const unique = (list) => [...new Set(list)];

// Places in the index, written as the steps between them.
function placesOf(steps) {
  let place = 0;
  return steps.map((step) => place += step);
}

const spaces = (text) => text.split(" ").length - 1;

// A phrase of which all parts stand near each other.
function whole({ language, situation, parts, alone }, seen) {
  const there = seen.filter(Boolean);
  if (there.length < parts) return null;
  const letters = there.reduce((sum, [, , count]) => sum + (count ?? 0), 0);
  const places = unique(there.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, nth) => first + nth)));
  const ends = unique(there.map(([, last]) => last)).length; // last words of parts: an article („el walde“) is no word of its own
  return Math.max(...places) - Math.min(...places) <= APART ? { language, situation, places, letters, parts, ends, alone } : null;
}

// The language with most of the words that were recognised, that of the page where it is one of them; a number is of none.
function spoken(found, typed, own) {
  const counts = new Map();
  for (const { language, places } of found) {
    const read = places.filter((place) => !/^\d+$/.test(typed[place]));
    for (const place of read) counts.set(language, (counts.get(language) ?? new Set()).add(place));
  }
  const most = Math.max(0, ...[...counts.values()].map(({ size }) => size));
  const best = [...counts.keys()].filter((language) => counts.get(language).size === most);
  return best.includes(own) ? own : best[0] ?? null;
}
