/* The index files (generator/search/index.py) in, ranked entries out. Knows no page. */

import { fitsAge } from "./ages.js";
import { Facets } from "./facets.js";
import { fold, idsIn, oneEdit, slug, words } from "./folding.js";
import { Lexicon, sound } from "./lexicon.js";
import { breathing, inPieces } from "./pause.js";
import { saying, search } from "./ranking.js";
import { Spoken } from "./spoken.js";
import { AGAINST, FITS, UNSAID } from "./verdicts.js";
import { timeFilter } from "./when.js";
import { BEHIND, ENDING, FAINT, FORM, LAY, LITTLE, NAME, PART, SPEECH, TITLE } from "./weights.js";

const DIGIT = new Uint8Array(128);
for (let code = 0x20, digit = 0; code < 0x7f; code++) {
  if (!'"\\~'.includes(String.fromCharCode(code))) DIGIT[code] = digit++;
}

/* Numbers as generator/search/packing.py writes them: 60 digits close a number, 32 go on. */
export function numbers(packed) {
  const found = [];
  for (let at = 0, value = 0, unit = 1; at < packed.length; at++) {
    const digit = DIGIT[packed.charCodeAt(at)];
    if (digit < 60) {
      found.push(value + unit * digit);
      value = 0;
      unit = 1;
    } else {
      value += unit * digit;
      unit *= 32;
    }
  }
  return found;
}

function summed(steps) {
  for (let at = 1; at < steps.length; at++) steps[at] += steps[at - 1];
  return steps;
}

/* The last part of a compound that says nothing of what it is about. */
const KIND = /^(?:beratung|kurs|treff|gruppe)(?:en|e|s|n)?$/;

/* What a word says that stands in a name, among lay words, in a phrase of a concept. */
const SEGMENTS = [NAME, LAY, NAME / 2];

/* What is shown of entries; a page of a language without index has its own. */
export function shownOf({ kinds, titles, urls, lines, foreign }) {
  const languages = new Map();
  for (const [code, ids] of Object.entries(foreign)) for (const id of summed(numbers(ids))) languages.set(id, code);
  return { kinds: kinds.map(([id, label]) => ({ id, label })), folders: kinds.map((kind) => kind[2]), titles, urls,
    lines: lines.map(([texts, places]) => ({ texts, places: numbers(places) })), foreign: languages };
}

export class Index {
  static async inPieces(part) {
    const index = new Index(part, true);
    await inPieces(index.reading);
    return index;
  }

  constructor(part, later = false) {
    this.language = part.language;
    this.order = part.order;
    Object.assign(this, shownOf(part));
    this.size = part.titles.length;
    this.stop = new Set(part.stop.split(" "));
    this.faint = new Set(part.faint.split(" "));
    this.clock = new Set((part.clock ?? "").split(" "));
    this.written = { __proto__: null, ...part.written };
    this.missing = ["full", "tongues"]; /* parts, in the order in which they are added */
    this.kind = new Uint8Array(this.size);
    const runs = numbers(part.runs);
    for (let run = 0, at = 0; run < runs.length; run += 2) {
      this.kind.fill(runs[run], at, at + runs[run + 1]);
      at += runs[run + 1];
    }
    this.ages = { table: part.ages[0], places: numbers(part.ages[1]) };
    const placeOf = (name) => part.kinds.findIndex(([id]) => id === name);
    [this.offer, this.topic, this.page, this.space, this.term] = ["offer", "topic", "page", "space",
      "term"].map(placeOf);
    this.subjects = new Set(); /* one-word names of topics, none of them grave: „er sucht Arbeit“ is no addiction */
    this.houses = new Set(["place", "provider", "office", "network"].map(placeOf));
    [this.guarded, this.grave, this.guardedRows] = [part.guarded, part.grave, part.guardedRows].map((packed) =>
      new Set(summed(numbers(packed))));
    this.remembered = new Map();
    this.heaviest = new Float64Array(this.size); /* empty between two uses */
    this.reading = this.readTitles(part);
    if (!later) for (const _ of this.reading);
  }

  /* The words of titles and concepts: weights by form and entry. Yields after each piece. */
  *readTitles(part) {
    const breath = breathing(), place = new Map(), forms = [], spelling = [];
    this.first = []; /* by form: entry, weight, entry, weight … by titles */
    this.inRows = []; /* by form: row, segment, row, segment … */
    this.shown = new Set();
    const numbered = (word) => {
      const form = fold(word);
      let i = place.get(form);
      if (i === undefined) {
        place.set(form, i = forms.length);
        forms.push(form);
        spelling.push(word);
        this.first.push([]);
        this.inRows.push([]);
      }
      return i;
    };
    this.folded = [];
    for (const [id, title] of this.titles.entries()) {
      const inTitle = words(title).map(numbered);
      if (!this.guarded.has(id)) for (const i of inTitle) this.first[i].push(id, TITLE);
      for (const i of inTitle) this.shown.add(forms[i]);
      this.folded.push(inTitle.map((i) => forms[i]).join(" "));
      const isSubject = this.kind[id] === this.topic && inTitle.length === 1 && !this.guarded.has(id);
      if (isSubject) this.subjects.add(this.folded[id]);
      yield* breath();
    }
    const rows = [];
    for (const row of part.concepts) {
      rows.push(row.map((text) => words(text).map(numbered)));
      for (const i of rows.at(-1)[0]) this.shown.add(forms[i]);
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
    for (const [row, segments] of rows.entries()) {
      segments.forEach((places, segment) => {
        if (segment < 2 || !this.guardedRows.has(row)) for (const i of places) this.inRows[i].push(row, segment);
      });
      yield* breath();
    }
    this.words = forms;
    this.called = rows.map(([names]) => names.map((i) => forms[i]));
    this.ofRow = rows.map(() => []);
    this.answering = new Set(); /* words that alone ask for a page of the site: „Notfall“ */
    for (const [id, packed] of part.ofEntry.split("~").entries()) {
      let before = 0;
      numbers(packed).forEach((row, nth, listed) => {
        /* the first concepts say most, and those that the title names; what nothing but this entry means is as good as
           its title */
        const own = !part.concepts[row][0],
          telling = (own ? TITLE / NAME : 1 / (1 + FAINT * before)) * (listed[nth + 1] === row ? LITTLE : 1);
        if (listed[nth - 1] === row) return;
        before++;
        this.ofRow[row].push(id, telling);
        if (this.kind[id] === this.page) for (const i of rows[row][1]) this.answering.add(`${forms[i]} ${id}`);
      });
      yield* breath();
    }
    this.phrases = [];
    for (const [lay, row] of phrases) {
      this.phrases.push(...lay.split(";").map((one) => this.typed(one)).filter((one) => one.length > 1).map((one) =>
        [` ${one.join(" ")} `, row]));
      yield* breath();
    }
    const unpacked = (packed) => summed(numbers(packed));
    [this.leisure, this.absent, this.resting] = [part.leisure, part.absent ?? "", part.resting ?? ""].map((packed) =>
      new Set(unpacked(packed)));
    this.people = new Map(part.people ?? []);
    this.whom = { table: part.whom?.[0] ?? [[]], places: numbers(part.whom?.[1] ?? "") };
    this.onlyFor = (part.onlyFor ?? []).map(([rows, ids, said]) => [rows, unpacked(ids),
      said.split(";").map((one) => one.split(" "))]);
    const groups = Int32Array.from(forms, (_, i) => i);
    if (part.forms === forms.length) numbers(part.groups).forEach((back, i) => { groups[i] = i - back; });
    yield* breath();
    this.lexicon = new Lexicon(forms, groups, (i) => spelling[i]);
    this.gather(groups, (i) => i);
    yield* breath();
    yield* this.readPhrases();
    this.facets = new Facets(part.facets ?? [],
      (held) => typeof held === "string" ? unpacked(held) : idsIn(this.ofRow[held]),
      (list) => [part.lists[list][0], unpacked(part.lists[list][1])]);
  }

  /* Which forms a group has; what they find is gathered when a word asks for it. */
  gather(groups, place) {
    Object.assign(this, { held: [], postings: [], unpacked: [] });
    this.first.forEach((_, i) => (this.held[groups[place(i)]] ??= []).push(i));
  }

  /* Entries that have a group in their titles, topics or kinds: entry, weight, entry, weight … */
  postingsOf(group) {
    return this.postings[group] ??= (this.held[group] ?? []).flatMap((i) => this.first[i].concat(this.ofConcepts(i)));
  }

  ofConcepts(form) {
    const listed = this.inRows[form], { heaviest } = this, ids = [], found = [];
    for (let at = 0; at < listed.length; at += 2) {
      const pairs = this.ofRow[listed[at]], weight = SEGMENTS[listed[at + 1]];
      for (let nth = 0; nth < pairs.length; nth += 2) {
        const id = pairs[nth], here = pairs[nth + 1] * weight;
        if (!heaviest[id]) ids.push(id);
        if (here > heaviest[id]) heaviest[id] = here;
      }
    }
    for (const id of Int32Array.from(ids).sort()) {
      found.push(id, heaviest[id]);
      heaviest[id] = 0;
    }
    return found;
  }

  get complete() {
    return !this.missing.length;
  }

  add(part, TopicModel) {
    for (const _ of this.adding(part, TopicModel));
  }

  /* The full part, then that of other languages, in pieces, and found by once all of it is there; what isn't next is
     left. */
  *adding(part, TopicModel) {
    if (part.part !== this.missing[0] || part.language !== this.language) return;
    const whole = Object.create(this);
    if (part.part === "full") yield* whole.addForms(part);
    else {
      Object.assign(whole, { spoken: new Spoken(part), doors: part.doors, nouns: part.said });
      yield* whole.spoken.reading(part, (form) => this.lexicon.place.has(form));
    }
    yield;
    if (TopicModel && part.model) {
      whole.model = new TopicModel(part.model, this.model, true);
      yield* whole.model.reading;
    }
    yield* whole.readPhrases();
    Object.assign(this, whole);
    this.missing.shift();
    this.remembered.clear();
  }

  /* All forms; their postings come on top of those of the titles. */
  *addForms(part) {
    const breath = breathing(), forms = [], groups = [], lowers = [], heads = numbers(part.heads);
    let last = "", group = -1;
    for (const [i, tail] of part.tails.split(" ").entries()) {
      if (heads[i] & 1) group++;
      last = last.slice(0, (heads[i] >> 1) / 3 | 0) + tail;
      lowers.push(last);
      forms.push(fold(last));
      groups.push(group);
      yield* breath();
    }
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
    const pairs = this.postingsOf(group);
    if (!this.packed || !this.packed[group]) return this.unpacked[group] = pairs;
    const more = pairs.slice();
    let id = 0;
    for (const number of numbers(this.packed[group])) {
      id += number >> 2;
      more.push(id, this.levels[number & 3]);
    }
    return this.unpacked[group] = more;
  }

  /* What a word of a foreign query finds: that word, or one of the site's as written; what is like one is another. */
  heard(word) {
    const told = this.spoken.look(word), i = this.lexicon.place.get(word);
    if (told && (told.quality === 1 || i === undefined)) return this.told(told, word);
    return { ...this.scored(new Map(i === undefined ? [] : [[this.lexicon.groups[i], 1]]), false),
      how: i === undefined ? "none" : "same", meant: null };
  }

  /* What one word finds: a score per entry, how, and what was meant; surely `native`, by the site's words alone. */
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
    /* „babalar“ is Turkish, whatever its letters are like */
    const spoken = sure ? null : this.spoken?.look(word), told = native && spoken?.quality < 1 ? null : spoken;
    const number = /^\d{3,}$/.test(word); /* 112 is no part of another */
    /* ISE is no Reise */
    if (told?.quality !== 1 && !number) this.lexicon.within(word, found, 1, !sure || word.length > SPEECH);
    if (shorter) this.lexicon.within(shorter, found, FORM);
    const heard = () => this.keep(key, this.told(told, word));
    /* „kitaplaz“ is a slip, no Turkish „kitap“ */
    if (told && told.quality < 1 && !groups.size && word.length > 5) this.lexicon.near(word, found);
    if (told && told.quality >= PART && !groups.size) return heard();
    if (!sure) how = "part";
    /* Hardly anybody mistypes the first letter: counselling for „Väter“ is none for „Täter“. */
    if (!groups.size && word.length > 7 && !this.lexicon.forms.some((form) => form[0] === word[0] && oneEdit(word,
      form))) parts = this.lexicon.parts(word);
    const joined = parts && this.joined(parts);
    if (!joined?.ids.length) parts = null;
    if (!groups.size && !parts && word.length > 3 && !/\d/.test(word)) {
      this.lexicon.near(word, found);
      how = "near";
      if (!groups.size && told) return heard();
      if (!groups.size) {
        /* what it is about stands first: Ferienprogramm */
        const [start, end] = this.lexicon.pieces(word);
        if (start) this.lexicon.within(start, found, PART);
        if (end && !KIND.test(end) && !(start && this.faint.has(end))) this.lexicon.within(end, found, PART * PART);
        how = "piece";
      }
    }
    if (!groups.size && !parts) how = "none";
    let result = parts ? joined : this.scored(groups, word.length < 4);
    /* a house alone is no story hour: Vorlesestunde is also what begins so, Vorlesezeit */
    if (how === "same" && result.ids.length && result.ids.every((id) => this.houses.has(this.kind[id]))) {
      const [start] = this.lexicon.pieces(word);
      if (start) this.lexicon.within(start, found, PART, false);
      result = this.scored(groups, false);
    }
    if (!parts) result.groups = groups;
    result.how = how;
    result.meant = how === "near" ? this.lexicon.spelling(meant) : null;
    if (result.meant && groups.size < 2) {
      const { ids, scores } = this.look(this.lexicon.forms[meant]);
      /* „Koffer“ is no „Kiffer“ */
      const may = ids.filter((id) => word.length > 7 || !this.guarded.has(id));
      Object.assign(result, { ids: may, scores: scores.map((score) => score * best), quality: best });
    }
    return this.keep(key, result);
  }

  keep(key, result) {
    if (this.remembered.size > 40) this.remembered.clear();
    this.remembered.set(key, result);
    return result;
  }

  /* A word of another language finds what a lay word would; what isn't here whole nouns: „почти“ is no „почта“. */
  told({ quality, rows }, word) {
    const noun = quality === 1 || word.length > 5 && quality >= PART, scores = new Float32Array(this.size), ids = [];
    for (const [row, weight] of rows) {
      const pairs = this.ofRow[row];
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at], here = weight * pairs[at + 1], score = quality * saying(here);
        if (this.absent.has(id) ? !noun || weight < LAY : quality < FORM && this.guarded.has(id)) continue;
        if (!scores[id]) ids.push(id);
        scores[id] = Math.max(scores[id], score);
      }
    }
    return { scores, ids, spoken: true, how: quality === 1 ? "same" : quality < PART ? "near" : "part", meant: null };
  }

  /* The rows of the groups for whom alone an entry is; none where anybody may come. */
  whomOf(id) {
    return this.whom.table[this.whom.places[id] ?? 0];
  }

  /* The rows of groups that a word names: Papa, Jungen. */
  peopleOf(word) {
    const found = new Set(), group = this.lexicon.groups[this.lexicon.place.get(word)];
    for (const i of this.empty(word) ? [] : this.held[group] ?? []) {
      for (let at = 0; at < this.inRows[i].length; at += 2) {
        const row = this.inRows[i][at], segment = this.inRows[i][at + 1];
        if (this.people.has(row) && (segment === 1 || !segment && this.called[row].length === 1)) found.add(row);
      }
    }
    return found;
  }

  agesOf(id) {
    return this.ages.table[this.ages.places[id]];
  }

  /* How well an age fits an entry, 0 for others: the better the fewer ages; parents wait behind their child. */
  fit(id, months, own = false) {
    const ages = this.agesOf(id), [lower, upper, , grown] = ages ?? [0, null];
    if (!fitsAge(ages, months, own)) return 0;
    if (months < lower || upper !== null && months > upper) return own || grown > 1 ? 1 : BEHIND;
    return upper === null ? 1 : 1 + 12 / (24 + upper - lower);
  }

  /* The best of the groups counts, the others a little; a short beginning only in titles and lay words. */
  scored(groups, short) {
    const scores = new Float32Array(this.size), sums = new Float32Array(this.size), here = new Float32Array(this.size);
    const ids = [];
    const count = (group, quality) => {
      const pairs = short && quality < FORM ? this.postingsOf(group) : this.entriesOf(group), touched = [];
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at];
        if (!here[id]) touched.push(id);
        here[id] += pairs[at + 1];
      }
      for (const id of touched) {
        if (quality < FORM && this.guarded.has(id)) {
          here[id] = 0;
          continue;
        }
        const score = quality * saying(here[id]);
        if (!scores[id]) ids.push(id);
        scores[id] = Math.max(scores[id], score);
        sums[id] += score;
        here[id] = 0;
      }
    };
    for (const [group, quality] of groups) count(group, quality);
    for (const id of ids) scores[id] += FAINT * (sums[id] - scores[id]);
    return { scores, ids };
  }

  /* What all telling parts of a word find („Schreikind“), before what one does: the last, which says what it is, or the
     first, where that is said of anything. */
  joined(parts) {
    const telling = parts.filter((part) => !this.faint.has(part)),
      each = (telling.length ? telling : parts).map((part) => this.look(part));
    const scores = new Float32Array(this.size), one = KIND.test(parts.at(-1)) ? each[0] : each.at(-1);
    const ids = one.ids.slice();
    for (const id of ids) {
      scores[id] = each.every(({ scores: of }) => of[id])
        ? PART * Math.min(...each.map(({ scores: of }) => of[id])) : PART * PART * one.scores[id];
    }
    return { scores, ids, each };
  }

  /* The entries that a word is of, by their titles, texts, topics and kinds; a guess is of none. */
  sayersOf({ how, groups, each, ids, scores, meant }, word) {
    if (each) return new Set(ids.filter((id) => each.every((part) => this.readers(part, "").sayers.has(id))));
    if (["none", "piece"].includes(how) || how === "near" && !(meant && word.length > 5 && oneEdit(word,
      fold(meant)))) return new Set();
    if (!groups) return new Set(ids);
    const found = [];
    for (const group of [...groups.keys()].filter((one) => groups.get(one) >= PART)) {
      for (const i of this.held[group] ?? []) {
        found.push(...idsIn(this.first[i]));
        for (let at = 0; at < this.inRows[i].length; at += 2) found.push(...this.sayersByRow(this.inRows[i][at],
          this.inRows[i][at + 1], this.words[i]));
      }
      let id = 0;
      for (const number of numbers(this.packed?.[group] ?? "")) found.push(id += number >> 2);
    }
    return new Set(found.filter((id) => scores[id]));
  }

  /* Where one spends time each has its own: who has sport has no karate by that. */
  sayersByRow(row, segment, word) {
    if (segment > 1) return [];
    const ids = idsIn(this.ofRow[row]);
    if (!segment || !this.called[row].length || this.called[row].some((name) => word.startsWith(name))) return ids;
    if (this.topicOf(row) === undefined) return ids;
    const helping = ids.filter((id) => !this.leisure.has(id));
    return helping.some((id) => this.kind[id] === this.offer) ? helping : [];
  }

  inTitle(id, word) {
    return this.guarded.has(id)
      ? ` ${this.folded[id]}`.includes(` ${word}`)
      : word.length > ENDING && this.folded[id].includes(word);
  }

  /* What a word found, with those who say it and the people whom it names. */
  readers(one, word) {
    one.sayers ??= this.sayersOf(one, word);
    one.people ??= this.peopleOf(word);
    return one;
  }

  /* Verbs and adverbs are written small on the site: „vorbereiten“. Beside nouns they don't tell. */
  isNoun(word) {
    const { lexicon } = this, i = lexicon.place.get(word) ?? lexicon.place.get(lexicon.pieces(word)[1]);
    return i === undefined || lexicon.spelling(i)[0] !== lexicon.spelling(i)[0].toLowerCase();
  }

  /* As usually written, without stress; a number of several parts is one: 0800 111 05 50. */
  typed(text) {
    return words(text.replace(/§+/g, " paragraf ").replace(/\d[\d ()/+-]{4,}\d/g, (number) =>
      ` ${number.replace(/\D/g, "")} `)).map(fold).map((word) => this.written[word] ?? word).filter(Boolean);
  }

  /* What says nothing says nothing misspelt, either: „telefonnumer“, and „weis nicht“ is no Weißer Ring. */
  little(word) {
    const { text, place } = this.lexicon, slip = (one) => one.length > 6 && oneEdit(word, one);
    if (word.length > 6) return !text.includes(word) && [...this.stop, ...this.faint].find(slip) || word;
    this.sounding ??= new Map([...this.stop].filter((one) => one.length > 3 && !this.faint.has(one)).reverse()
      .map((one) => [sound(one), one]));
    const known = place.has(word) || this.spoken?.look(word)?.quality >= PART;
    return !known && this.sounding.get(sound(word)) || word;
  }

  /* Two words that are one. */
  closed(typed) {
    const { place } = this.lexicon, closed = [];
    for (const word of typed) {
      const before = closed.at(-1), one = before + word;
      const whole = before && one.length > 6 && !this.stop.has(before) && !this.stop.has(word)
        && (place.has(one) ? one : place.has(before) && place.has(word) ? null
          : this.lexicon.alike(one) ?? this.lexicon.slip(one));
      if (whole) closed[closed.length - 1] = whole;
      else closed.push(word);
    }
    return closed;
  }

  search(query) {
    return search(this, query);
  }

  /* Whether each word is one of the page's own, as it is written. */
  isOwn(query) {
    return this.typed(query).every((word) =>
      this.stop.has(word) || this.look(word).how === "same" && !this.look(word).spoken);
  }

  empty(word) {
    return this.stop.has(word) || this.spoken?.stop.has(word) && (word.length === 1 || !this.lexicon.place.has(word));
  }

  groupOf(word) {
    return this.lexicon.groups[this.lexicon.place.get(word)] ?? word;
  }

  /* The groups that a word may stand for in a phrase: its own, and in another language those of its other endings. */
  groupsOf(word) {
    const like = this.lexicon.place.has(word) ? [] : this.spoken?.look(word)?.like ?? [];
    return [word, ...like].map((one) => this.groupOf(one));
  }

  /* Lay phrases by the group of their first telling word. */
  *readPhrases() {
    const breath = breathing();
    this.phrasesOf = new Map();
    for (const [phrase, row] of [...this.phrases, ...this.spoken?.phrases ?? []]) {
      const spoken = words(phrase).filter((word) => !this.empty(word)),
        telling = [...new Set(spoken.map((word) => this.groupOf(word)))], first = telling[0] ?? "";
      /* of words that are said beside nearly everything the phrase stands as written: „kind will nicht zum papa“ */
      const said = [phrase, row, telling, telling.length > 1 && spoken.some((word) => !this.faint.has(word))];
      if (!this.phrasesOf.get(first)?.push(said)) this.phrasesOf.set(first, [said]);
      yield* breath();
    }
  }

  /* The rows of concepts for a word of another language. */
  meant(word) {
    const told = this.lexicon.place.has(word) ? null : this.spoken?.look(word);
    return told && told.quality >= PART ? told.rows.map(([row]) => row) : [];
  }

  /* The entry of the topic that a row of concepts is of. */
  topicOf(row) {
    return idsIn(this.ofRow[row]).find((id) => this.kind[id] === this.topic);
  }

  /* The opening times of offers, by which a time that is named filters. */
  tell({ hours, hoursOf, order }, moment) {
    if (order !== this.order) throw new Error("two builds");
    this.times = { hours, hoursOf: numbers(hoursOf), moment };
  }

  named(typed, query) {
    const age = (id, { months, own }) => !this.fit(id, months, own) ? AGAINST : this.agesOf(id) ? FITS : UNSAID;
    const found = this.facets.read(typed, { clock: this.clock, meant: (word) => this.meant(word), age,
      empty: (word) => this.empty(word), time: this.times && timeFilter(query, this.times) });
    return found.map((facet) => ({ ...facet, said: facet.said ?? new Set(facet.places.map((at) => typed[at])) }));
  }

  url(id) {
    const short = this.urls[id];
    const folder = this.folders[this.kind[id]];
    if (short[0] === "=") return folder + short.slice(1);
    return folder + slug(this.titles[id]) + (short ? short.slice(1) : "/");
  }

  entry(id) {
    const [lead, subtitle, ...facts] = this.lines.map(({ texts, places }) => texts[places[id]]);
    return {
      id,
      kind: this.kinds[this.kind[id]],
      lead,
      title: this.titles[id],
      url: this.url(id),
      subtitle,
      facts: facts.filter(Boolean),
      language: this.foreign.get(id) || null,
    };
  }
}
