// What was typed and the phrases of danger (generator/search/danger_data.py) in; the situations that somebody is in
// out, and what stands in the box above all hits. Knows no page, keeps nothing, and asks for no person, number of words
// or grammar.

import { fold, oneEdit, words } from "./folding.js";
import { stateAt } from "./hours.js";
import { inOrder, sound, waysOf } from "./sounds.js";

const APART = 9; // so many words after the first one of a phrase stands its last
const LONGEST = 5; // words that follow one another in a phrase
// Languages that are typed in Latin letters too, and how many letters, one less for each part, of a phrase must sound
// so: with fewer, German does.
const SOUNDING = { ar: 5, uk: 4, ru: 4 };
const CHAT = /[a-z][235-9]|[235-9][a-z]/; // digits among letters are Arabic ones: „3endi 7ari9“
const SURE_IN_CHAT = 3;
const PLAIN = /^(baby|babys|babies|drop)$/; // words of many languages, never of a chat alone
const SHARE = 0.25; // of the words must be such a phrase: in a long sentence something always sounds like one
const LONG = 6; // letters from which one wrong one is forgiven, in languages other than the page's from FOREIGN
const FOREIGN = 9;
const ALIKE = ["dt", "bp", "gkcq", "vfw", "szc", "aeiouyj", "mn"]; // letters that are taken for one another
const AND = "و"; // in Arabic „and“ is written together with the word that follows
const HARMLESS = "harmless"; // phrases that only sound like danger
const INFO = "info"; // words beside which a single one that isn't grave is none: „Kurs“, „Museum“
const HERE = ["here", "parent"]; // needs of which what is here stays in front, also while nobody answers
const PARTNER = "MAN"; // the group of words for partners
const CHILD = "child", OWN = "own"; // the situation of children, and of those who hurt somebody
const PERSON = /^(KID|KIN|MAN|HER)$/; // groups of words that are people
const OPEN = 3; // lines of a box that aren't folded, one less with many titles

// The parts of a phrase, of each of which one word is enough: „papa/mama+schlägt+mich“.
const partsOf = (phrase) => phrase.split("+").map((part) => part.split("/"));

// What stands within another match counts no more: „papa schlägt mich“ is no „schlägt mich“, and „Kurs Notarzt“ no cry
// for one. Where a partner hits, a child that is named as well takes nothing away: „mein Mann schlägt mich, ich will
// mit dem Kind weg“.
const within = (one, other) => one.places.every((place) => other.places.includes(place));
const stays = (one, other) => one.partner && other.situation === CHILD;
const longer = (other, one) => other.places.length > one.places.length && other.situation !== INFO
  && !stays(one, other);
// „hits me“, „me frappe“ says who is hit: whoever goes on with „and I“ hits nobody.
const isHit = (one, { situation, places: [verb, object, ...more] }) => one.situation === OWN && situation !== OWN
  && !more.length && Math.abs(object - verb) === 1 && one.places.includes(verb) !== one.places.includes(object);
const goesBefore = (other, one) => isHit(one, other)
  || within(one, other) && (other.situation === HARMLESS || longer(other, one));

export class Danger {
  constructor(file) {
    this.file = file;
    for (const name of ["joint", "users"]) this[name] = placesOf(file[name]);
    this.whole = new Map(); // words and phrases as they stand, and by the beginnings, endings and middles marked with *
    this.begins = new Map();
    this.ends = new Map();
    this.middles = [];
    this.texts = {}; // what a box says, by language
    this.equal = new Map(); // little words as they are typed, and what they mean: „nich“
    this.near = new Map(); // by first letter what a longer word may be a slip of
    this.small = new Set(); // little words of the page's languages: beside one nothing is heard in Latin letters
    this.sounds = []; // words that may be typed in Latin letters too
    this.groups = {}; // by language and name the parts of phrases that a group (KID) stands in
    for (const _ of this.adding(file));
  }

  // Phrases and texts of a file, a language at a time; what a group is called is told by the first one.
  *adding({ phrases, small }) {
    if (small) this.small = new Set(small.split(" "));
    for (const [language, { groups, texts, equal, ...situations }] of Object.entries(phrases)) {
      this.texts[language] ??= texts;
      for (const [word, all] of Object.entries(equal ?? {})) all.forEach((said) => this.equal.set(said, word));
      const named = this.groups[language] ??= this.grouped(groups ?? {}, language);
      for (const [situation, text] of Object.entries(situations)) {
        for (const phrase of text.split(",")) {
          const parts = partsOf(phrase);
          this.learn({ language, situation, parts: parts.length }, parts, named);
        }
      }
      yield;
    }
  }

  grouped(groups, language) {
    const named = {};
    for (const [name, text] of Object.entries(groups)) {
      named[name] = [];
      for (const said of text.split("/")) {
        this.remember(said, { group: named[name], person: PERSON.test(name) }, language);
      }
    }
    return named;
  }

  learn(phrase, parts, named) {
    for (const [part, all] of parts.entries()) {
      for (const said of all) {
        if (named[said]) named[said].push({ phrase, part, partner: said === PARTNER });
        else this.remember(said, { phrase, part }, phrase.language);
      }
    }
  }

  remember(said, entry, language) {
    const key = said.replaceAll("*", "");
    if (language in SOUNDING && /[\u0400-\u064a]/.test(key)) this.sounds.push({ said, entry, ways: waysOf(said),
      letters: key.replaceAll(" ", "").length });
    const [open, close] = [said.startsWith("*"), said.endsWith("*")];
    if (open && close) return this.middles.push([key, entry]);
    let table = this.whole;
    if (open) table = this.ends;
    if (close) table = this.begins;
    listOf(table, key).push(entry);
    const long = this.file.own.includes(language) ? LONG : FOREIGN;
    for (const word of open ? [] : key.split(" ")) {
      if (word.length >= long) listOf(this.near, word[0]).push([word, close && !key.includes(" ")]);
    }
  }

  // What is meant by a word: a little one as it is spelt, and one that nothing knows without its slip.
  meant(word) {
    if (this.equal.has(word)) return this.equal.get(word);
    const isOwn = ({ phrase }) => this.file.own.includes(phrase.language);
    if (word.length < LONG - 1 || this.entries(word).some(isOwn)) return word;
    const near = this.near.get(word[0]) ?? [];
    if (near.some(([key]) => key === word)) return word;
    const begun = (key) => [-1, 0, 1].map((more) => word.slice(0, key.length + more)).some((said) =>
      (said === word || said.at(-1) === key.at(-1)) && isSlip(key, said));
    return near.find(([key, begins]) => begins ? begun(key) : isSlip(key, word))?.[0] ?? word;
  }

  // The parts of phrases that a word, or some that follow one another, are: an ending is the last one's, a beginning
  // that of a single word.
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
    return found.flatMap((entry) => entry.group ?? entry);
  }

  // What stands in the words: {entry, first, last, letters}: places of its words, and how many of its letters say so.
  *written(typed) {
    const meant = typed.map((word) => this.meant(word));
    for (let last = 0; last < typed.length; last++) {
      for (let first = Math.max(0, last - LONGEST + 1); first <= last; first++) {
        const [asTyped, asMeant] = [typed, meant].map((all) => all.slice(first, last + 1));
        for (const said of String(asTyped) === String(asMeant) ? [asTyped] : [asTyped, asMeant]) {
          for (const entry of [...this.known(said.join(" ")), ...this.around(said)]) yield { entry, first, last };
        }
      }
    }
  }

  // A person may stand within three words or more that follow one another: „bringt er mich um“.
  around(said) {
    const isPerson = (word) => this.whole.get(word)?.some(({ person }) => person);
    return said.length < 4 ? [] : said.slice(1, -1).filter(isPerson).flatMap((one) =>
      this.known(said.filter((word) => word !== one).join(" ")));
  }

  *sounding(typed) {
    const text = ` ${typed.join(" ")} `;
    if (/[^ -~]/.test(text)) return;
    for (const one of this.sounds) {
      const found = inOrder(one.ways, text) && (one.sound ??= sound(one.said)).exec(text);
      if (!found) continue;
      const first = spaces(text.slice(0, found.index)), last = first + spaces(found[0]) - 1;
      const letters = Math.min(one.letters, found[0].length - 1) - 1;
      for (const entry of one.entry.group ?? [one.entry]) yield { entry, first, last, letters };
    }
  }

  // Every phrase that stands in the words: {language, situation, places of its words}.
  matches(known) {
    const seen = new Map(), found = [];
    for (const { entry: { phrase, part, partner }, first, last, letters } of known) {
      const parts = listOf(seen, phrase);
      parts[part] = [first, last, letters, partner];
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
    const own = (places) => places.filter((place) => !PLAIN.test(typed[place])).length;
    const apart = ({ places, parts, ends }) => ends >= parts && own(places) >= Math.min(parts, 2)
      && places.length >= typed.length * SHARE;
    return this.matches(this.sounding(typed)).filter((match) => sure(match) && apart(match));
  }

  // {situations in the order of help, language of the words or null}; null where no danger is told.
  recognise(query, language = null) {
    const typed = words(query).map(fold);
    const all = this.heard(typed);
    const informed = all.some(({ situation }) => situation === INFO);
    const asked = ({ situation, places }) => informed && places.length === 1 && !this.file.situations[situation]?.quiet;
    const left = (all) => all.filter((one) => !asked(one) && !all.some((other) => goesBefore(other, one)));
    const told = (found) => this.file.order.filter((id) => found.some(({ situation }) => situation === id));
    // a single word that only sounds so may be one of another language: „battery“
    const guessed = ({ letters, places }) => letters && places.length === 1 && !CHAT.test(typed[places[0]]);
    const found = left(all.filter((one) => !guessed(one))), situations = told(found);
    if (!situations.length) return null;
    return { situations, language: spoken(found, typed, language), called: this.called(typed) };
  }

  // The places of the lines whose number or name was typed: „Feuerwehr“, „112“.
  called(typed) {
    const text = ` ${typed.join(" ")} `;
    return [...this.file.lines.keys()].filter((place) =>
      this.file.lines[place].called?.some((name) => text.includes(` ${name} `)));
  }

  // What a chosen topic of violence finds: as if somebody had told no more than that.
  about(topics) {
    const grave = topics.filter((topic) => this.file.grave.includes(topic));
    const found = grave.map((topic) => this.file.order.find((id) => this.file.situations[id].topics?.includes(topic)));
    const situations = this.file.order.filter((id) => found.includes(id));
    return situations.length ? { situations, language: null } : null;
  }

  // All offers about it, minus what is held back; null where somebody can't wait: then a button leads to the hits.
  offersAbout({ situations }) {
    const offers = situations.map((id) => this.file.situations[id].offers ?? []);
    return offers.every((steps) => steps.length) ? unique(offers.flatMap(placesOf)) : null;
  }

  // What may be suggested in the work with a family of whom danger is told: no talks with both sides at one table, and
  // what is for people who use violence for those alone who say it of themselves.
  apart(ids, found) {
    if (!found) return ids;
    const off = new Set([...this.joint, ...found.situations.includes("own") ? [] : this.users]);
    return ids.filter((id) => !off.has(id));
  }

  // Whether others may be watching: only grave words led there, and the box says so calmly.
  isQuiet({ situations }) {
    return Boolean(this.file.situations[situations[0]].quiet);
  }

  // What stands open in a box and what is folded: rows of {situation} or {need}, and their lines.
  box({ situations, called = [] }, moment = new Date()) {
    const [upper, again] = this.firsts(situations);
    const rows = [...upper, ...this.needs(situations)];
    const isChild = ({ need }) => this.file.child.includes(need),
      isFolded = ({ need }) => this.file.folded.includes(need);
    // the gravest always
    const most = situations.length > 2 ? OPEN - 1 : OPEN;
    let left = Math.max(1, most - rows.filter(isChild).length);
    const open = rows.filter((row) => isChild(row) || !isFolded(row) && left-- > 0);
    const folded = [...rows.filter((row) => !open.includes(row) && !isFolded(row)), ...again, ...rows.filter(isFolded)];
    const lines = called.map((place) => this.file.lines[place]);
    const whole = (row) => ({ ...row, lines: this.ordered(row, moment), called: lines });
    return { quiet: this.isQuiet({ situations }), open: open.map(whole), folded: folded.map(whole) };
  }

  // The first lines of situations; what names no number that stands already is apart.
  firsts(situations) {
    const said = new Set(), upper = [], again = [];
    for (const situation of situations) {
      const { first, needs } = this.file.situations[situation], lines = first ?? needs.now;
      const row = first ? { situation, lines } : { need: "now", lines };
      if (!lines.every((line) => said.has(line))) upper.push(row);
      else if (first) again.push(row);
      lines.forEach((line) => said.add(line));
    }
    return [upper, again];
  }

  // The lines of all situations by need; a child's that others say already stands once.
  needs(situations) {
    const told = situations.map((id) => this.file.situations[id].needs ?? {});
    const rows = this.file.needs.filter((need) => need !== "now" && told.some((needs) => needs[need])).map((need) =>
      ({ need, lines: told.flatMap((needs) => needs[need] ?? []) }));
    const said = rows.flatMap(({ need, lines }) => need === "talk" || need === "bed" ? lines : []);
    return rows.filter(({ need, lines }) =>
      need !== "young" || !lines.every((line) => said.includes(line) || this.file.lines[line].mark));
  }

  // Whom professionals call: emergencies, the office, what the town has of the topic; and who advises them.
  forProfessionals({ situations }, moment = new Date()) {
    const { file } = this, needs = situations.map((id) => file.situations[id].needs ?? {});
    const own = (...names) => names.flatMap((name) => needs.flatMap((each) => each[name] ?? [])).filter((place) =>
      file.lines[place].local && file.lines[place].mark !== "duty");
    const acute = file.lines.flatMap((line, place) => line.called ? [place] : []);
    const rows = { acute, duty: file.professionals.duty, here: own("here", "care"), place: own("place", "bed", "young"),
      advisers: file.professionals.advisers };
    return Object.entries(rows).map(([name, lines]) => [name,
      this.ordered({ lines }, moment).filter((line) => line.tel)]).filter(([, lines]) => lines.length);
  }

  // Whether somebody answers a line at a moment; an offer without hours of a telephone is a page to look at.
  answers(line, moment) {
    if (line.always) return true;
    return Boolean(line.hours) && stateAt(line.hours, moment).open === true;
  }

  // The lines of a row, who answers now before the others; where it is about what is here, that stays in front.
  ordered({ need, lines }, moment) {
    const rank = (line) => (HERE.includes(need) && !line.local ? 2 : 0) + (this.answers(line, moment) ? 0 : 1);
    return unique(lines).map((place) => this.file.lines[place]).sort((one, other) => rank(one) - rank(other));
  }
}

// One letter more, less or exchanged with its neighbour; another one where it sounds alike, or the word is long.
function isSlip(key, said) {
  if (!oneEdit(key, said)) return false;
  if (key.length !== said.length || key.length >= FOREIGN) return true;
  const [one, ...more] = [...key].flatMap((letter, nth) => letter === said[nth] ? [] : [letter + said[nth]]);
  return more.length > 0 || ALIKE.some((letters) => letters.includes(one[0]) && letters.includes(one[1]));
}

const listOf = (table, key) => table.get(key) ?? table.set(key, []).get(key);
const unique = (list) => [...new Set(list)];

// Places in the index, written as the steps between them.
function placesOf(steps) {
  let place = 0;
  return steps.map((step) => place += step);
}

const spaces = (text) => text.split(" ").length - 1;

// A phrase of which all parts stand near each other.
function whole({ language, situation, parts }, seen) {
  const there = seen.filter(Boolean);
  if (there.length < parts) return null;
  const letters = there.reduce((sum, [, , count]) => sum + count, 0); // of what sounds so
  const places =
    unique(there.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, nth) => first + nth)));
  const partner = there.some(([, , , one]) => one);
  // last words of parts: an article („el walde“) is no word of its own
  const ends = unique(there.map(([, last]) => last)).length;
  const span = Math.max(...places) - Math.min(...places);
  return span <= APART ? { language, situation, places, letters, parts, ends, partner } : null;
}

// The language of most recognised words, that of the page where it is one of them; a number is of none.
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
