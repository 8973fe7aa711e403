/* The index files (generator/search/index.py) in, ranked entries out. Knows no page. */

import { ageIn, isYoung } from "./ages.js";
import { Facets } from "./facets.js";
import { fold, oneEdit, slug, words } from "./folding.js";
import { RELATED, Spoken } from "./spoken.js";

/* A word in a title; in a concept's name, as a lay word for it, in a lay phrase. */
const TITLE = 8, CONCEPT = [5, 4.5, 2.5];
const NAMED = 1.1; /* a concept that the title names */
const EXACT = 1.5; /* lay words for what an entry says itself */
const HALF = 10; /* weight that says half of what a word can say */
const PHRASE = 0.3, LITERAL = 1.25, LOOSE = 0.85; /* what a lay phrase adds, word by word or in any order */
const SENTENCE = 5, WORDY = 1.6; /* four words in that order are no chance: „Eltern dürfen das nicht wissen“ */
const CALLED = 3; /* by several words of its title, side by side or as one */
const UNFIT = 0.3; /* of another age */
const UNASKED = 0.8, YOUNG = 1.3; /* for fathers alone; where „ich bin 15“ may go alone, and what is there to do for an age */
const OPEN = 0.8, PAGE = 0.5; /* for all ages; no offer */
const BABY = 48; /* months */
const CLOSE = 0.3, NARROW = 120; /* what fewest years add, and the months that add nothing */
const FURTHER = 0.1; /* what further forms add to the best */
const PARTLY = 0.6; /* the least that a lay phrase covers */
const WORDED = 0.28; /* more than part of a lay phrase says */
const SHORT = 0.7; /* of longer words around it: ISE, Reise */
const FAINT = 0.1; /* mein Sohn, child, Angst */
const RARE = 1.5; /* how much more a word tells that few entries have */
const PASSING = 0.18, MENTIONED = 0.5, ABOUT = 0.35; /* faint below; what a mention counts; about it from here */
const WHOLLY = 0.8; /* about nearly all that was typed */
const TOPIC = 1.08; /* leads to all offers that say the same */
const TITLED = 4; /* by its whole title */
const HEAD = 1.6; /* the end of its first word */
const HOUSE = 0.3; /* what a word says at least of a house that it names */
const HEADED = 0.3; /* a Kreisjugendamt is a Jugendamt */
const GUESSED = 0.5; /* a word of which only a piece is known, beside words that are */
const SEVERAL = 3; /* telling words: the rest of the index may know better */
export const SPEECH = 4; /* words, empty ones too: who talks */
/* who asks what a word means */
const MEANING = /^(?:bedeut|heisst|definition|begriff|meaning|means)/, IS = / (?:was|what) (?:ist|sind|is|are) /;
const CLOSING = 60, CONTINUING = 32;
const PIECE = 25; /* milliseconds of reading before others get their turn */
/* geschwänzt, abgemeldet */
const PARTICIPLE = /^(ab|an|auf|aus|ein|mit|nach|raus|rein|um|vor|weg)?ge(.{4,}?)(?:e?t|en)$/;
const NUMBER = /^\d{1,2}$/;
const DIGIT = new Uint8Array(128);
for (let code = 0x20, digit = 0; code < 0x7f; code++) if (!'"\\~'.includes(String.fromCharCode(code))) DIGIT[code] = digit++;

export const LONGEST_ENDING = 3;
const ENDING = /(?:innen|ten|est|en|ern|er|es|em|et|te|st|e|n|s|t|т|а|и|ы|lar|ler)$/;

export function numbers(packed) {
  const found = [];
  for (let at = 0, value = 0, unit = 1; at < packed.length; at++) {
    const digit = DIGIT[packed.charCodeAt(at)];
    if (digit < CLOSING) {
      found.push(value + unit * digit);
      value = 0;
      unit = 1;
    } else {
      value += unit * digit;
      unit *= CONTINUING;
    }
  }
  return found;
}

function summed(steps) {
  for (let at = 1; at < steps.length; at++) steps[at] += steps[at - 1];
  return steps;
}

/* Word forms, each with its stem. */
class Lexicon {
  constructor(forms, groups, spelling) {
    this.forms = forms;
    this.groups = groups;
    this.spelling = spelling;
    this.text = `\n${forms.join("\n")}\n`;
    this.starts = new Int32Array(forms.length);
    this.place = new Map();
    for (let i = 0, at = 1; i < forms.length; at += forms[i++].length + 1) {
      this.starts[i] = at;
      this.place.set(forms[i], i);
    }
  }

  at(position) {
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  within(word, found, factor) {
    const from = `\n${word}`;
    if (word.length > 1) {
      for (let at = this.text.indexOf(from); at >= 0; at = this.text.indexOf(from, at + 1)) {
        const i = this.at(at + 1);
        const more = this.forms[i].length - word.length;
        found(i, factor * (more < LONGEST_ENDING && word.length > 3 ? 0.92 : 0.55 + 0.3 * word.length / this.forms[i].length));
      }
    }
    if (word.length < 3) return;
    for (let at = this.text.indexOf(word, 1); at >= 0; at = this.text.indexOf(word, at + 1)) {
      const i = this.at(at), before = at - this.starts[i];
      if (before < 2) continue;
      found(i, factor * (this.forms[i].length - before - word.length < LONGEST_ENDING ? 0.6 : 0.4));
    }
  }

  same(word, found) {
    const i = this.place.get(word);
    if (i !== undefined) found(i, 1);
    for (let length = word.length - 1; length > 3 && length >= word.length - LONGEST_ENDING; length--) {
      const shorter = this.place.get(word.slice(0, length));
      if (shorter === undefined || word.slice(length).replace(ENDING, "")) continue;
      found(shorter, 0.9);
      return this.forms[shorter];
    }
    return null;
  }

  /* What sounds alike: forschuss, Vorschuss. */
  alike(word) {
    if (!this.heard) {
      this.heard = new Map();
      for (const form of this.forms) if (form.length > 2) this.heard.set(sound(form), form);
    }
    const heard = sound(word);
    return heard.length > 2 ? this.heard.get(heard) : undefined; /* qqqqq is no KKG */
  }

  /* One slip of the finger, two in long words. */
  near(word, found) {
    const alike = this.alike(word), hits = [[], [], []];
    if (alike) return found(this.place.get(alike), 0.5);
    this.forms.forEach((form, i) => {
      const more = form.length - word.length, like = form[0] === word[0];
      if (form.length > 3 && more > -2 && more < 2 && oneEdit(word, form)) hits[0].push(i);
      else if (like && more > 1 && word.length > 4 && oneEditFromStart(word, form)) hits[1].push(i);
      else if (like && more > -3 && more < 3 && word.length > 7 && (form[1] === word[1] || form[2] === word[1]) && edits(word, form) < 3) hits[2].push(i);
    });
    const best = hits.findIndex((one) => one.length);
    for (const i of hits[best] ?? []) found(i, 0.5 - best / 10);
    if (best < 0 && word.length > 9) this.resembling(word, found);
  }

  /* Many slips: „kindagatenplaz“ has most pairs of letters of the word that is meant. */
  resembling(word, found) {
    const like = this.likest(word);
    if (like) found(this.place.get(like), 0.35);
  }

  likest(word) {
    const own = pairs(word);
    let most = RESEMBLING, like = null;
    for (const form of this.forms) {
      if (form[0] !== word[0] || Math.abs(form.length - word.length) > LONGEST_ENDING) continue;
      const other = pairs(form), share = 2 * own.filter((pair) => other.includes(pair)).length / (own.length + other.length);
      if (share > most) [most, like] = [share, form];
    }
    return like;
  }

  /* Schuldenberatung is Schulden and Beratung. */
  parts(word, depth = 2) {
    for (let cut = word.length - 4; cut > 3; cut--) {
      const left = this.known(word.slice(0, cut));
      if (!left) continue;
      const rest = word.slice(cut);
      const right = this.known(rest) ? [rest] : depth && this.parts(rest, depth - 1);
      if (right) return [left, ...right];
    }
    return null;
  }

  pieces(word) {
    let start = null, end = null;
    for (let length = word.length - 1; !start && length >= Math.max(4, word.length / 3); length--) {
      const piece = word.slice(0, length);
      if (this.known(piece) || (length > 4 && this.text.includes(`\n${piece}`))) start = piece;
    }
    for (let length = word.length - 3; !end && length >= Math.max(5, word.length / 3); length--) {
      end = this.known(word.slice(-length));
    }
    return [start, end];
  }

  /* The long word of which it is a slip. */
  slip(word) {
    return word.length > 8 && !/\d/.test(word) ? this.forms.find((form) => oneEdit(word, form)) : null;
  }

  /* Forms of the verb of which this is the participle. */
  verb(word, found) {
    const [, before = "", rest] = PARTICIPLE.exec(word) ?? [];
    if (!rest) return;
    const stem = before + rest;
    this.forms.forEach((form, i) => { if (form.startsWith(stem) && form.length - stem.length < LONGEST_ENDING) found(i, 0.9); });
  }

  known(word) {
    if (this.place.has(word)) return word;
    const bare = word.replace(/(?:es|en|s|n)$/, "");
    return bare.length > 3 && this.place.has(bare) ? bare : null;
  }
}

const RESEMBLING = 0.65; /* of the pairs of letters of two words */
const pairs = (word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));

/* Many write what they hear. */
const SOUNDS = [[/j/g, "i"], [/sch/g, "ß"], [/ch/g, "x"], [/ph|v/g, "f"], [/ck|c|q/g, "k"], [/t[sz]/g, "z"], [/dt|th|d$/g, "t"], [/b/g, "p"], [/d/g, "t"], [/g/g, "k"], [/y|ie/g, "i"], [/(.)h/g, "$1"], [/(.)\1+/g, "$1"]];
const sound = (word) => SOUNDS.reduce((heard, [from, to]) => heard.replace(from, to), word);

function oneEditFromStart(word, form) {
  let i = 0;
  while (i < word.length && word[i] === form[i]) i++;
  const rest = word.length - i;
  if (word.slice(i + 1) === form.slice(i + 1, i + rest)) return true;
  if (word.slice(i) === form.slice(i + 1, i + 1 + rest)) return true;
  if (word.slice(i + 1) === form.slice(i, i + rest - 1)) return true;
  return word[i] === form[i + 1] && word[i + 1] === form[i] && word.slice(i + 2) === form.slice(i + 2, i + rest);
}

function edits(a, b) {
  let last = null, row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (last && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], last[j - 2] + 1);
    }
    last = row;
    row = next;
  }
  return row[b.length];
}

const sorted = (text) => text.split(" ").sort().join();

export class Index {
  static async inPieces(part, pause) {
    const index = new Index(part, true);
    for (const _ of index.reading) await pause();
    return index;
  }

  constructor(part, later = false) {
    this.language = part.language;
    this.kinds = part.kinds.map(([id, label]) => ({ id, label }));
    this.titles = part.titles;
    this.size = part.titles.length;
    this.stop = new Set(part.stop.split(" "));
    [this.faint, this.people] = [part.faint, part.people].map((packed) => new Set(packed.split(" ")));
    this.written = { __proto__: null, ...part.written };
    this.missing = ["full", "tongues"]; /* parts, in the order in which they are added */
    this.folders = part.kinds.map((kind) => kind[2]);
    this.urls = part.urls;
    this.lines = part.lines.map(([texts, places]) => ({ texts, places: numbers(places) }));
    this.kind = new Uint8Array(this.size);
    const runs = numbers(part.runs);
    for (let run = 0, at = 0; run < runs.length; run += 2) {
      this.kind.fill(runs[run], at, at + runs[run + 1]);
      at += runs[run + 1];
    }
    this.ages = { table: part.ages[0], places: numbers(part.ages[1]) };
    const placeOf = (name) => part.kinds.findIndex(([id]) => id === name);
    [this.offer, this.topic, this.page, this.space, this.network, this.term] = ["offer", "topic", "page", "space", "network", "term"].map(placeOf);
    this.houses = new Set(["place", "provider", "office", "network"].map(placeOf));
    this.foreign = new Map();
    [this.discreet, this.grave] = [part.discreet, part.grave].map((packed) => new Set(summed(numbers(packed))));
    for (const [code, ids] of Object.entries(part.foreign)) for (const id of summed(numbers(ids))) this.foreign.set(id, code);
    this.remembered = new Map();
    this.read = null;
    this.reading = this.readTitles(part);
    if (!later) for (const _ of this.reading);
  }

  /* The words of titles and concepts: weights by form and entry. Yields after each piece. */
  *readTitles(part) {
    let begun = performance.now();
    const breath = function* () {
      if (performance.now() - begun < PIECE) return;
      yield;
      begun = performance.now();
    };
    const place = new Map(), forms = [], spelling = [];
    this.first = []; /* by form: entry, weight, entry, weight … */
    const numbered = (word) => {
      const form = fold(word);
      let i = place.get(form);
      if (i === undefined) {
        place.set(form, i = forms.length);
        forms.push(form);
        spelling.push(word);
        this.first.push([]);
      }
      return i;
    };
    this.folded = [];
    for (const [id, title] of this.titles.entries()) {
      const inTitle = words(title).map(numbered);
      const weight = TITLE / (0.7 + 0.1 * inTitle.length);
      for (const i of inTitle) this.first[i].push(id, weight);
      this.folded.push(inTitle.map((i) => forms[i]).join(" "));
      yield* breath();
    }
    const rows = [];
    for (const row of part.concepts) {
      rows.push(row.map((text) => words(text).map(numbered)));
      yield* breath();
    }
    const phrases = part.concepts.map(([, , lay], row) => [lay, row]);
    for (const [packed, ...lay] of part.shared ?? []) {
      const [single, several] = lay.map((text) => words(text).map(numbered));
      for (const row of summed(numbers(packed))) {
        rows[row][1].push(...single);
        rows[row][2].push(...several);
        phrases.push([lay[1], row]);
      }
      yield* breath();
    }
    this.shown = new Set([...this.titles, ...part.concepts.map(([names]) => names)].flatMap(words).map(fold));
    this.ofRow = rows.map(() => []);
    this.answering = new Set(); /* words that alone ask for a page of the site: „Notfall“ */
    for (const [id, packed] of part.ofEntry.split("~").entries()) {
      const heaviest = new Map();
      let before = 0;
      numbers(packed).forEach((row, nth, listed) => {
        /* the first concepts say most, and those that the title names */
        const telling = (part.concepts[row][0] ? 1 / (1 + 0.12 * before) : EXACT) * (listed[nth + 1] === row ? NAMED : 1);
        if (listed[nth - 1] === row) return;
        before++;
        this.ofRow[row].push(id, telling);
        rows[row].forEach((places, segment) => {
          if (this.kind[id] === this.page && segment === 1) for (const i of places) this.answering.add(`${forms[i]} ${id}`);
          for (const i of places) heaviest.set(i, Math.max(heaviest.get(i) || 0, telling * CONCEPT[segment]));
        });
      });
      for (const [i, weight] of heaviest) this.first[i].push(id, weight);
      yield* breath();
    }
    this.phrases = [];
    for (const [lay, row] of phrases) {
      this.phrases.push(...lay.split(";").map((one) => this.typed(one)).filter((one) => one.length > 1).map((one) => [` ${one.join(" ")} `, row]));
      yield* breath();
    }
    const unpacked = (packed) => summed(numbers(packed));
    [this.young, this.leisure] = [part.young, part.leisure].map((packed) => new Set(unpacked(packed)));
    this.onlyFor = (part.onlyFor ?? []).map(([rows, ids, said]) => [rows, unpacked(ids), said.split(";").map((one) => one.split(" "))]);
    const groups = Int32Array.from(forms, (_, i) => i);
    if (part.forms === forms.length) numbers(part.groups).forEach((back, i) => { groups[i] = i - back; });
    this.lexicon = new Lexicon(forms, groups, (i) => spelling[i]);
    yield* breath();
    this.gather(groups, (i) => i);
    this.facets = new Facets(part.facets ?? [], (held) => typeof held === "string" ? unpacked(held) : this.ofRow[held].filter((_, at) => at % 2 === 0), (part.lists ?? []).map(unpacked));
  }

  gather(groups, place) {
    this.postings = [];
    this.unpacked = [];
    this.first.forEach((pairs, i) => {
      const group = groups[place(i)];
      this.postings[group] = this.postings[group] ? this.postings[group].concat(pairs) : pairs;
    });
  }

  get complete() {
    return !this.missing.length;
  }

  /* The full part, then that of other languages; what isn't next is left. */
  add(part, TopicModel) {
    if (part.part !== this.missing[0] || part.language !== this.language) return;
    this.missing.shift();
    if (part.part === "full") this.addForms(part);
    else [this.spoken, this.doors] = [new Spoken(part, (form) => this.lexicon.place.has(form)), part.doors];
    if (TopicModel && part.model) this.model = new TopicModel(part.model, this.model);
    this.remembered.clear();
    this.read = null;
  }

  /* All forms; their postings come on top of those of the titles. */
  addForms(part) {
    const forms = [], groups = [], lowers = [], heads = numbers(part.heads);
    let last = "", group = -1;
    part.tails.split(" ").forEach((tail, i) => {
      if (heads[i] & 1) group++;
      last = last.slice(0, (heads[i] >> 1) / 3 | 0) + tail;
      lowers.push(last);
      forms.push(fold(last));
      groups.push(group);
    });
    const spelling = (i) => {
      const form = lowers[i], written = (heads[i] >> 1) % 3;
      if (written === 2) return form.toUpperCase();
      return written === 1 ? form[0].toUpperCase() + form.slice(1) : form;
    };
    const old = this.lexicon;
    this.lexicon = new Lexicon(forms, Int32Array.from(groups), spelling);
    this.gather(groups, (i) => this.lexicon.place.get(old.forms[i]));
    this.packed = part.postings.split("~");
    this.levels = part.levels;
  }

  entriesOf(group) {
    const known = this.unpacked[group];
    if (known) return known;
    const pairs = this.postings[group] || [];
    if (!this.packed || !this.packed[group]) return this.unpacked[group] = pairs;
    const more = pairs.slice();
    let id = 0;
    for (const number of numbers(this.packed[group])) {
      id += number >> 2;
      more.push(id, this.levels[number & 3]);
    }
    return this.unpacked[group] = more;
  }

  /* What a word of a query in another language finds: that word, or one of the site's as it is written. What is like one is another word there. */
  heard(word) {
    const told = this.spoken.look(word), i = this.lexicon.place.get(word);
    if (told && (told.quality === 1 || i === undefined)) return this.told(told);
    return { ...this.scored(new Map(i === undefined ? [] : [[this.lexicon.groups[i], 1]]), [], false), how: i === undefined ? "none" : "same", meant: null };
  }

  /* What one word finds: a score per entry, how, and what was probably meant; where the query is surely of the site's language (`native`), by its words alone. */
  look(word, native = false) {
    const key = native ? ` ${word}` : word, known = this.remembered.get(key);
    if (known) return known;
    const groups = new Map();
    let meant = -1, best = 0;
    const found = (i, quality) => {
      const group = this.lexicon.groups[i];
      if (quality > (groups.get(group) || 0)) groups.set(group, quality);
      if (quality > best) [best, meant] = [quality, i];
    };
    let how = "same", parts = null;
    const shorter = this.lexicon.same(word, found);
    const sure = groups.size > 0;
    const told = sure || native ? null : this.spoken?.look(word);
    if (told?.quality !== 1) this.lexicon.within(word, found, sure && word.length < 5 ? SHORT : 1);
    if (shorter) this.lexicon.within(shorter, found, 0.8);
    const heard = () => this.keep(key, this.told(told));
    /* „kitaplaz“ is a slip, no Turkish „kitap“ */
    if (told && told.quality < 1 && !groups.size && word.length > 5) this.lexicon.near(word, found);
    if (told && told.quality >= RELATED && !groups.size) return heard();
    if (!groups.size) this.lexicon.verb(word, found);
    if (!sure) how = "part";
    /* Hardly anybody mistypes the first letter: counselling for „Väter“ is none for „Täter“. */
    if (!groups.size && word.length > 7 && !this.lexicon.forms.some((form) => form[0] === word[0] && oneEdit(word, form))) parts = this.lexicon.parts(word);
    const joined = parts && this.joined(parts);
    if (!joined?.ids.length) parts = null;
    if (!groups.size && !parts && word.length > 3 && !/\d/.test(word)) {
      this.lexicon.near(word, found);
      how = "near";
      if (!groups.size && told) return heard();
      if (!groups.size) {
        /* what it is about stands first: Ferienprogramm */
        this.lexicon.pieces(word).forEach((piece, nth, [start]) => {
          if (piece && !(nth && start && this.faint.has(piece))) this.lexicon.within(piece, found, nth ? 0.4 : 0.6);
        });
        how = "piece";
      }
    }
    if (!groups.size && !parts) how = "none";
    const result = parts ? joined : this.scored(groups, sure ? this.related(word, groups) : [], word.length < 4);
    result.how = how;
    result.meant = how === "near" ? this.lexicon.spelling(meant) : null;
    if (result.meant && groups.size < 2) {
      const { ids, scores } = this.look(this.lexicon.forms[meant]);
      Object.assign(result, { ids, scores: scores.map((score) => score * best) });
    }
    return this.keep(key, result);
  }

  keep(key, result) {
    if (this.remembered.size > 40) this.remembered.clear();
    this.remembered.set(key, result);
    return result;
  }

  /* A word of another language finds what a lay word would. */
  told({ quality, rows }) {
    const scores = new Float32Array(this.size), ids = [];
    for (const [row, weight] of rows) {
      const pairs = this.ofRow[row];
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at], here = weight * pairs[at + 1], score = quality * here / (here + HALF);
        if (!scores[id]) ids.push(id);
        scores[id] = Math.max(scores[id], score);
      }
    }
    return { scores, ids, spoken: true, how: quality === 1 ? "same" : "part", meant: null };
  }

  /* How well an age fits an entry. What is for babies says nothing of how old their mother is. */
  fit(id, months, own = false) {
    const ages = this.ages.table[this.ages.places[id]];
    if (!ages || own && ages[1] !== null && ages[1] < BABY) return this.kind[id] === this.offer ? OPEN : PAGE;
    const [lower, upper] = ages;
    if (months < lower || upper !== null && months > upper) return UNFIT;
    return upper === null ? 1 : 1 + CLOSE * Math.max(0, 1 - (upper - lower) / NARROW);
  }

  /* The best of the groups counts, the others a little, `related` ones only where another was found. A short beginning is looked for
     in titles and lay words alone: it would be everywhere. */
  scored(groups, related, short) {
    const scores = new Float32Array(this.size), sums = new Float32Array(this.size), here = new Float32Array(this.size);
    const ids = [];
    const count = (group, quality, only) => {
      const pairs = short && quality < 0.9 ? this.postings[group] || [] : this.entriesOf(group), touched = [];
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at];
        if (only && !scores[id]) continue;
        if (!here[id]) touched.push(id);
        here[id] += pairs[at + 1];
      }
      for (const id of touched) {
        const score = quality * here[id] / (here[id] + HALF);
        if (!scores[id]) ids.push(id);
        scores[id] = Math.max(scores[id], score);
        sums[id] += score;
        here[id] = 0;
      }
    };
    for (const [group, quality] of groups) count(group, quality, false);
    for (const group of related) count(group, 0.3, true);
    for (const id of ids) scores[id] += FURTHER * (sums[id] - scores[id]);
    return { scores, ids };
  }

  /* Groups that begin like a long word tell which of many entries is meant. */
  related(word, groups) {
    const found = new Set();
    if (word.length > 6) this.lexicon.within(word.slice(0, 5), (i, quality) => {
      const group = this.lexicon.groups[i];
      if (quality > 0.6 && !groups.has(group)) found.add(group);
    }, 1);
    return found;
  }

  /* What all parts of a word find, but for those that say little („Schreikind“), before what the last one does: it says what it is. */
  joined(parts) {
    const telling = parts.filter((part) => !this.faint.has(part)), each = (telling.length ? telling : parts).map((part) => this.look(part));
    const scores = new Float32Array(this.size), head = each.at(-1);
    const ids = head.ids.slice();
    for (const id of ids) scores[id] = each.every((one) => one.scores[id]) ? 0.6 * Math.min(...each.map((one) => one.scores[id])) : HEADED * head.scores[id];
    return { scores, ids };
  }

  /* Every entry for what was typed, the best first; `all` of them have every word; `about` is the topic that is likeliest meant. An unknown word says nothing, an age fits or
     doesn't. Offers that don't fit a filter named in the words are left out where others do; with `narrow` off none. */
  search(query, narrow = true) {
    const asked = this.asked(query), { named, age, wanted, every, looked, counted, needed, must, rest } = asked;
    const tally = this.tally(asked), { ids, count } = tally;
    const beside = this.model?.lift(this, asked, tally);
    const fits = (id) => age ? this.fit(id, age.months, age.own) : 1;
    if (age && !wanted.length) {
      for (let id = 0; id < this.size; id++) if (fits(id) >= 1) ids.push(id);
    }
    const found = [...new Set(ids)];
    const full = (id) => count[id] === must && fits(id) > UNFIT;
    const all = found.filter(full).length;
    /* a group for girls is no refuge, though it takes girls in */
    const ofViolence = tally.violent || looked.some(({ scores }, nth) => needed[nth] && !this.people.has(counted[nth]) && [...this.grave].some((id) => scores[id] > WORDED));
    const facets = narrow ? named : [];
    const holds = (id) => this.kind[id] !== this.offer || this.discreet.has(id) || facets.every((facet) => facet.holds(id));
    const narrowed = facets.length > 0 && found.some((id) => this.kind[id] === this.offer && full(id) && holds(id));
    const people = new Set(asked.meant);
    const unasked = new Set(this.onlyFor.flatMap(([rows, ids, said]) => rows.some((row) => people.has(row)) || said.some((one) => one.every((start) => asked.spoken.some((word) => word.startsWith(start)))) ? [] : ids));
    const fit = (id) => fits(id) * (beside?.(id) ?? 1) * (asked.young && this.young.has(id) || !wanted.length && this.leisure.has(id) ? YOUNG : 1) * (unasked.has(id) ? UNASKED : this.kind[id] === this.topic ? TOPIC : 1);
    const hows = every.map(({ how }) => how).join();
    return {
      ids: this.ranked(asked, tally, { all, fit, ofViolence, left: narrowed ? found.filter(holds) : found }),
      all,
      facets,
      ofViolence,
      about: this.model?.topic(this, asked, ofViolence),
      house: this.house(asked),
      unsure: every.length >= SEVERAL || rest.length >= SPEECH || /near|piece|none/.test(hows),
      partial: (!all || /piece|none/.test(hows)) && !this.model?.understands(asked),
      meant: every.some(({ meant }) => meant) ? words(query).map((word) => every[wanted.indexOf(fold(word))]?.meant ?? word).join(" ") : null,
    };
  }

  /* What was typed, taken apart: the filters and the age that it names; the words that tell, what each of them finds, what it weighs, and whether an entry
     must have it. */
  asked(query) {
    const said = this.model?.hear(this, words(query).map(fold)), foreign = said?.foreign;
    const read = foreign ? this.typed(query) : this.closed(this.typed(query)).map((word) => this.little(word) ?? word), named = this.named(read);
    const parts = named.filter(({ row }) => row < 0), saying = (some) => some.flatMap(({ places }) => places.map((at) => read[at])), inside = saying(parts);
    const filters = new Set(saying(named.filter((one) => !parts.includes(one))));
    const typed = read.filter((_, at) => !named.some(({ whole }) => whole?.includes(at)));
    const age = ageIn(typed);
    const young = isYoung(typed, age);
    const rest = age ? typed.filter((_, at) => !age.places.includes(at)) : typed;
    const telling = rest.filter((word) => !this.empty(word));
    /* „Angebote 18 Monate“ asks for what is for that age */
    const aged = age && telling.every((word) => this.faint.has(word));
    const wanted = [...new Set(aged ? [] : telling.length ? telling : rest)].slice(0, 8);
    const every = wanted.map((word) => foreign ? this.heard(word) : this.look(word, said?.native)), found = (word) => every[wanted.indexOf(word)];
    const told = wanted.filter((_, nth) => every[nth].how !== "none");
    const counted = told.length ? told : wanted;
    const clear = counted.filter((word) => !this.faint.has(word) && !NUMBER.test(word) && !filters.has(word) && found(word).scores.some((score) => score > PASSING));
    const looked = counted.map(found);
    /* who names nothing but a part of the town and who it is for wants what is there for them */
    const areas = clear.length < counted.length && clear.every((word) => inside.includes(word)) ? clear : [];
    const needed = counted.map((word) => !clear.length || clear.includes(word));
    const known = looked.some(({ how }, nth) => needed[nth] && how === "same");
    const says = (how, nth) => needed[nth] || filters.has(counted[nth]) ? known && how === "piece" ? GUESSED : 1 : areas.length ? 0.5 : FAINT;
    const weight = looked.map(({ ids, how }, nth) => says(how, nth) * Math.log(1 + this.size / (ids.length + 1)) ** RARE);
    const spelled = (list) => list.map((word) => fold(found(word)?.meant ?? word));
    return {
      said, parts, inside, areas, named, filters, age, young, rest, wanted, every, counted, clear, looked, needed, weight, spelled,
      must: clear.length || counted.length,
      whole: weight.reduce((sum, one) => sum + one, 0),
      spoken: spelled(typed),
      meant: typed.flatMap((word) => this.meant(word)),
    };
  }

  /* What words and lay phrases say of each entry: the `sum` of scores, how much it `had` of the words, the `count` of those it must have. */
  tally({ parts, areas, inside, looked, needed, weight, spoken, spelled, counted, named, whole, must }) {
    const sum = new Float64Array(this.size), had = new Float64Array(this.size), count = new Uint8Array(this.size);
    const ids = [];
    looked.forEach((one, nth) => {
      for (const id of one.ids) {
        if (!had[id]) ids.push(id);
        if (needed[nth]) count[id]++;
        sum[id] += weight[nth] * one.scores[id];
        had[id] += weight[nth] * (MENTIONED + (1 - MENTIONED) * Math.min(1, one.scores[id] / ABOUT));
      }
    });
    /* an offer there is about the area, whether its text names it or not; one elsewhere isn't, and is found all the same: where it lies says of nobody that it isn't for them */
    for (const word of new Set(inside)) {
      const nth = counted.indexOf(word);
      if (nth < 0 || !needed[nth]) continue;
      for (const id of ids) if (!looked[nth].scores[id] && parts.every((part) => part.holds(id))) {
        count[id]++;
        if (!areas.includes(word) || !parts.every((part) => part.here(id))) continue;
        sum[id] += weight[nth] * ABOUT;
        had[id] += weight[nth];
      }
    }
    const said = ` ${spoken.join(" ")} `, phrases = this.phrasesOf;
    const groups = new Set(spoken.map((word) => this.groupOf(word))), meant = spelled(counted).map((word) => this.groupOf(word));
    let violent = false;
    for (const [phrase, row, telling] of [...groups, ""].flatMap((group) => phrases.get(group) ?? [])) {
      if (named.some((one) => one.row === row) || !said.includes(phrase) && !(telling.length > 1 && telling.every((group) => groups.has(group)))) continue;
      const pairs = this.ofRow[row];
      const share = weight.reduce((sum, one, nth) => telling.includes(meant[nth]) ? sum + one : sum, 0);
      const cover = telling.length && whole ? Math.max(PARTLY, Math.sqrt(share / whole)) : 1;
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at];
        violent ||= this.grave.has(id);
        if (!had[id]) ids.push(id);
        count[id] = must;
        had[id] = Math.max(had[id], cover * whole);
        sum[id] += cover * PHRASE * (said.includes(phrase) ? LITERAL * (phrase.split(" ").length > SENTENCE ? WORDY : 1) : LOOSE) * (whole || 1) * pairs[at + 1];
      }
    }
    return { ids, sum, had, count, violent };
  }

  /* Those with every word first, then by scores; what is called so gains. */
  ranked({ inside, rest, wanted, clear, spelled, must, whole }, { sum, had, count }, { left, all, fit, ofViolence }) {
    const says = (word) => !this.empty(word), core = rest.some(says) ? rest.slice(rest.findIndex(says), rest.map(says).lastIndexOf(true) + 1) : rest;
    const phrase = spelled(core).join(" "), several = (wanted.length > 1 || core.length > 2) && phrase.replaceAll(" ", "");
    const explained = (IS.test(` ${rest.join(" ")} `) || wanted.some((word) => MEANING.test(word))) && spelled(wanted.filter((word) => !MEANING.test(word))).join(" ");
    const inArea = inside[0] && (clear.length > 1 || wanted.length > inside.length);
    const untitled = core.length === 1 && !this.folded.includes(phrase);
    const keys = new Float64Array(left.length);
    let kept = 0;
    for (const id of left) {
      const title = this.folded[id], term = this.kind[id] === this.term, defined = term && explained && words(title).filter((word) => !this.empty(word)).join(" ") === explained;
      const called = defined || several && (` ${title} `.includes(` ${phrase} `) || title.replaceAll(" ", "").startsWith(several) || title.includes(" ") && ` ${phrase} `.includes(` ${title} `) || title.length === phrase.length && sorted(title) === sorted(phrase));
      const fitting = fit(id), sensitive = !ofViolence && title !== phrase && this.discreet.has(id);
      /* a refuge in whose texts the words happen to stand answers nothing else */
      const complete = called || count[id] === must && fitting > UNFIT && !(sensitive && had[id] < WHOLLY * whole);
      if (!complete && (all > 4 || had[id] < 0.25 * whole)) continue;
      const bonus = defined || title === phrase ? TITLED : called || untitled && this.answering.has(`${phrase} ${id}`) ? CALLED : rest.length >= SPEECH ? 1 : core.length === 1 && this.kind[id] > this.topic && title.split(" ", 1)[0].endsWith(phrase) ? HEAD : title.startsWith(phrase) ? 1.4 : 1;
      const score = Math.min(4999, fitting * bonus * (whole ? sum[id] * (had[id] / whole) ** 2 : 1 + sum[id]));
      /* terms come behind what helps, areas and who meets there behind what is there */
      const behind = term && !defined || inArea && (this.kind[id] === this.space || this.kind[id] === this.network) || sensitive;
      const tier = (complete ? 2 : 0) + (behind ? 0 : 1);
      keys[kept++] = Math.round(tier * 5e6 + score * 1000) * this.size + this.size - 1 - id;
    }
    return Array.from(keys.subarray(0, kept).sort().reverse(), (key) => this.size - 1 - key % this.size);
  }

  /* As usually written, without stress. */
  typed(text) {
    return words(text).map(fold).map((word) => this.written[word] ?? word).filter(Boolean);
  }

  /* What says nothing says nothing misspelt either: „telefonnumer“. */
  little(word) {
    return word.length > 6 && !this.lexicon.text.includes(word) && !(this.spoken?.look(word)?.quality >= RELATED) ? [...this.stop, ...this.faint].find((other) => other.length > 6 && oneEdit(word, other)) : undefined;
  }

  /* Two words that are one. */
  closed(typed) {
    const { place } = this.lexicon, closed = [];
    for (const word of typed) {
      const before = closed.at(-1), one = before + word;
      const whole = before && one.length > 6 && !this.stop.has(before) && !this.stop.has(word)
        && (place.has(one) ? one : place.has(before) && place.has(word) ? null : this.lexicon.alike(one) ?? this.lexicon.slip(one) ?? (place.has(before) || place.has(word) || one.length < 12 ? null : this.lexicon.likest(one)));
      if (whole) closed[closed.length - 1] = whole;
      else closed.push(word);
    }
    return closed;
  }

  empty(word) {
    return this.stop.has(word) || this.spoken?.stop.has(word) && (word.length === 1 || !this.lexicon.place.has(word));
  }

  groupOf(word) {
    return this.lexicon.groups[this.lexicon.place.get(word)] ?? word;
  }

  /* Lay phrases by the group of their first telling word. */
  get phrasesOf() {
    if (!this.read) {
      this.read = new Map();
      for (const [phrase, row] of [...this.phrases, ...this.spoken?.phrases ?? []]) {
        const telling = [...new Set(words(phrase).filter((word) => !this.empty(word)).map((word) => this.groupOf(word)))], first = telling[0] ?? "";
        if (!this.read.get(first)?.push([phrase, row, telling])) this.read.set(first, [[phrase, row, telling]]);
      }
    }
    return this.read;
  }

  /* The rows of concepts for a word of another language. */
  meant(word) {
    const told = this.lexicon.place.has(word) ? null : this.spoken?.look(word);
    return told && told.quality >= RELATED ? told.rows.map(([row]) => row) : [];
  }

  /* The house or office that a word beside others tells as hardly any other: library, Jobcenter. */
  house({ clear, looked, needed }) {
    if (clear.length < 2 && !looked.some(({ spoken }) => spoken)) return undefined;
    for (const [nth, { ids, scores }] of looked.entries()) {
      const found = needed[nth] ? ids.filter((id) => this.houses.has(this.kind[id]) && scores[id] > HOUSE) : [];
      if (found.length && found.length < 3) return found.reduce((best, id) => scores[id] > scores[best] ? id : best);
    }
    return undefined;
  }

  /* The entry of the topic that a row of concepts is of. */
  topicOf(row) {
    return this.ofRow[row].find((id, at) => at % 2 === 0 && this.kind[id] === this.topic);
  }

  named(typed) {
    return this.facets.read(typed, { meant: (word) => this.meant(word), empty: (word) => this.empty(word), fits: (id, { months, own }) => this.fit(id, months, own) > UNFIT });
  }

  url(id) {
    const short = this.urls[id];
    const folder = this.folders[this.kind[id]];
    if (short[0] === "=") return folder + short.slice(1);
    return folder + slug(this.titles[id]) + (short ? short.slice(1) : "/");
  }

  entry(id) {
    const [subtitle, ...facts] = this.lines.map(({ texts, places }) => texts[places[id]]);
    return {
      id,
      kind: this.kinds[this.kind[id]],
      title: this.titles[id],
      url: this.url(id),
      subtitle,
      facts: facts.filter(Boolean),
      language: this.foreign.get(id) || null,
    };
  }
}
