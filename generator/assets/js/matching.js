/* The index files (generator/search/index.py) in, ranked entries out. Knows no page. */

import { ageIn } from "./ages.js";
import { Facets } from "./facets.js";
import { fold, oneEdit, slug, words } from "./folding.js";
import { Lexicon } from "./lexicon.js";
import { breathing, inPieces } from "./pause.js";
import { Spoken } from "./spoken.js";
import { CALLED, ENDING, FAINT, FEW, FIRST, FORM, LAY, LITTLE, NAME, PART, PHRASE, SAID, SPEECH, SURE, BEHIND, TITLE,
} from "./weights.js";

/* who asks what a word means */
const MEANING = /^(?:bedeut|heisst|definition|begriff|meaning|means)/, IS = / (?:was|what) (?:ist|sind|is|are) /;
const NUMBER = /^\d{1,2}$/;
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

/* Weights in, a score below 1 out: a second mention says less than the first. */
const saying = (weight) => weight / (weight + 2 * NAME);

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
    [this.leisure, this.absent] = [part.leisure, part.absent ?? ""].map((packed) => new Set(unpacked(packed)));
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
      (held) => typeof held === "string" ? unpacked(held) : this.ofRow[held].filter((_, at) => at % 2 === 0),
      (list) => part.lists?.[list] ? unpacked(part.lists[list]) : []);
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

  /* What a word of a query in another language finds: that word, or one of the site's as it is written. What is like
     one is another word there. */
  heard(word) {
    const told = this.spoken.look(word), i = this.lexicon.place.get(word);
    if (told && (told.quality === 1 || i === undefined)) return this.told(told, word);
    return { ...this.scored(new Map(i === undefined ? [] : [[this.lexicon.groups[i], 1]]), false),
      how: i === undefined ? "none" : "same", meant: null };
  }

  /* What one word finds: a score per entry, how, and what was probably meant; where the query is surely of the site's
     language (`native`), by its words alone. */
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
        this.lexicon.pieces(word).forEach((piece, nth, [start]) => {
          if (piece && !(nth && start && this.faint.has(piece))) this.lexicon.within(piece, found,
            nth ? PART * PART : PART);
        });
        how = "piece";
      }
    }
    if (!groups.size && !parts) how = "none";
    const result = parts ? joined : this.scored(groups, word.length < 4);
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

  /* A word of another language finds what a lay word would. What isn't here is told by whole nouns and endings of long
     ones: „почти“ is no „почта“. */
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

  /* How well an age fits an entry, the better the fewer ages it is for; 0 for others. What is for far younger ones says
     nothing of how old their mother is (`own`). */
  fit(id, months, own = false) {
    const ages = this.agesOf(id);
    if (!ages) return 1;
    const [lower, upper] = ages;
    if (own && upper !== null && upper < months / 2) return 1;
    if (months < lower || upper !== null && months > upper) return 0;
    return upper === null ? 1 : 1 + 12 / (24 + upper - lower);
  }

  /* The best of the groups counts, the others a little. A short beginning is looked for
     in titles and lay words alone: it would be everywhere. */
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

  /* What all parts of a word find, but for those that say little („Schreikind“), before what the last one does: it says
     what it is. */
  joined(parts) {
    const telling = parts.filter((part) => !this.faint.has(part)),
      each = (telling.length ? telling : parts).map((part) => this.look(part));
    const scores = new Float32Array(this.size), head = each.at(-1);
    const ids = head.ids.slice();
    for (const id of ids) {
      scores[id] = each.every((one) => one.scores[id])
        ? PART * Math.min(...each.map((one) => one.scores[id])) : PART * PART * head.scores[id];
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
        found.push(...this.first[i].filter((_, at) => at % 2 === 0));
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
    const ids = this.ofRow[row].filter((_, at) => at % 2 === 0);
    if (!segment || !this.called[row].length || this.called[row].some((name) => word.startsWith(name))) return ids;
    if (this.topicOf(row) === undefined) return ids;
    const helping = ids.filter((id) => !this.leisure.has(id));
    return helping.some((id) => this.kind[id] === this.offer) ? helping : [];
  }

  /* Every entry for what was typed, the best first; `all` of them have every word; `about` is the topic that is
     likeliest meant. An unknown word says nothing, an age fits or doesn't. Offers that don't fit a filter named in the
     words are left out where others do; with `narrow` off none. Without `guess` nothing is found that is merely spelt
     alike or likely. */
  search(query, narrow = true, guess = true) {
    const asked = this.asked(this.read(query), guess, narrow), { named, age, wanted, must } = asked;
    const tally = this.tally(asked), { count } = tally, touched = tally.ids;
    const beside = this.model?.lift(this, asked, tally, narrow);
    const aged = age && !wanted.length;
    const fits = (id) => age ? this.fit(id, age.months, age.own) : 1;
    if (aged) {
      for (let id = 0; id < this.size; id++) if (this.agesOf(id) && fits(id)) touched.push(id);
    }
    /* who names nothing but filters wants what fits them all */
    if (named.length && !age && !wanted.length) {
      for (let id = 0; id < this.size; id++) {
        if (this.kind[id] === this.offer && !this.guarded.has(id)
          && named.every((facet) => facet.holds(id))) touched.push(id);
      }
    }
    const found = [...new Set(touched)];
    const full = (id) => count[id] === must && fits(id);
    const all = found.filter((id) => !this.absent.has(id) && full(id)).length;
    const facets = narrow ? named : [];
    const holds = (id) =>
      this.kind[id] !== this.offer || this.guarded.has(id) || facets.every((facet) => facet.holds(id));
    const narrowed = facets.length > 0 && found.some((id) => this.kind[id] === this.offer && full(id) && holds(id));
    /* what is open to people of an area stands behind what is there; a topic has no area, language or day; an age fits
       all of it */
    const asking = narrowed ? facets.filter(({ label }) => label) : [];
    const outside = (id) =>
      asking.length > 0 && !(this.kind[id] === this.offer && asking.every(({ here }) => here(id)));
    /* in danger „mein Mann“ is mostly not who asks */
    const spoken = asked.spelled(asked.typed), meant = asked.typed.flatMap((word) => this.meant(word));
    const people = new Set(meant), says = (start) => spoken.some((word) => word.startsWith(start));
    const unasked = new Set(this.onlyFor.flatMap(([rows, ids, said]) =>
      narrow && (rows.some((row) => people.has(row)) || said.some((one) => one.every(says))) ? [] : ids));
    const whom = narrow ? [...asked.said?.foreign ? meant : [],
      ...this.lexicon.withParts(spoken).flatMap((word) => [...this.peopleOf(word)])] : [];
    const among = new Set([...whom, ...tally.phrased.map(({ row }) => row),
      ...this.onlyFor.flatMap(([rows, , said]) => said.some((one) => one.every(says)) ? rows : [])]);
    const theirs = (id) => asked.few && this.whomOf(id).some((row) => this.people.get(row) && whom.includes(row));
    const others = (id) => whom.length > 0 && this.whomOf(id).length > 0 && this.whomOf(id).every((row) =>
      this.people.get(row) && !among.has(row));
    const fit = (id) => fits(id) * (beside?.(id) ?? 1)
      * (unasked.has(id) || aged && !this.leisure.has(id) || outside(id) ? BEHIND
        : this.kind[id] === this.topic ? LITTLE : 1);
    const ranked = this.ranked(asked, tally,
      { all, fit, theirs, others, left: narrowed ? found.filter(holds) : found });
    const fitting = (id) => fits(id) > 0 && !others(id) && this.answers(id, facets),
      right = (id) => fitting(id) && this.saysAll(id, asked, tally);
    /* an answer is among the first */
    const here = ranked.filter((id) => !this.absent.has(id)), best = here.slice(0, FIRST),
      answer = asked.few && !best.some(right) ? found.filter((id) => !this.absent.has(id) && right(id)).sort((one,
        other) => tally.sum[other] - tally.sum[one]).slice(0, 1) : [];
    const ids = [...new Set([...answer, ...here])], about = this.model?.topic(this, asked, tally);
    return {
      ids,
      ...this.answered(asked, tally, ids.slice(0, FIRST), fitting, about),
      all,
      facets,
      about,
      house: this.house(asked),
      known: this.isKnown(asked, all),
      alike: this.alike(query, asked),
    };
  }

  /* Whether no further part of the index can know better: each word is known as it is written, and titles know enough
     of what one or two words ask for, or all texts are there. */
  isKnown({ every, rest }, all) {
    const short = rest.length < SPEECH && all >= FEW;
    return every.length > 0 && every.every(({ how }) => how === "same") && (short || this.missing.length < 2);
  }

  /* What is written on the site nearly as a word that was typed. */
  alike(query, { wanted, every }) {
    const found = wanted.map((word, nth) =>
      ({ typed: words(query).find((one) => fold(one) === word), text: every[nth].meant }));
    return found.filter(({ typed, text }) => typed && text && this.shown.has(fold(text)));
  }

  /* Whether one of the best hits is an answer, or else a `no`, and where one is helped with it `elsewhere`. An answer
     `fits` whom, when and where is named, and says each of few words that tells, of a sentence so much that it is no
     guess. In another language the likeliest topic is one, unless what isn't here says some of it. What isn't here and
     says more takes an answer's place, unless a house says all; of a sentence also by a noun that no answer says. */
  answered(asked, tally, best, fits, about) {
    if (!asked.wanted.length) return { no: false, elsewhere: [] };
    const found = (word) => asked.every[asked.wanted.indexOf(word)], strength = (id) => tally.own[id] / asked.asked,
      most = (ids) => Math.max(0, ...ids.map(strength));
    const elsewhere = [...new Set(tally.ids)].filter((id) => this.absent.has(id) && strength(id)).sort((one, other) =>
      strength(other) - strength(one) || one - other);
    const fitting = best.filter(fits), known = asked.telling.filter((word) => found(word).how !== "none");
    const all = (id, words) => words.every((word) => this.says(id, word, asked, tally));
    const likely = asked.said?.strange && !elsewhere.length
      && (fitting.includes(about) || known.length > 1 && fitting.some((id) => all(id, known)));
    const unsaid = (word) => {
      const { how, scores } = found(word);
      return how === "same" && elsewhere.some((id) => scores[id]) && !fitting.some((id) => all(id, [word]));
    };
    const house = this.houses.has(this.kind[fitting[0]]) && all(fitting[0], asked.telling);
    /* where no word tells nothing is missed */
    const answer = likely || house || fitting.length && !asked.sought.length || (asked.few ? fitting.some((id) =>
      this.saysAll(id, asked, tally)) : most(fitting) >= SURE && !asked.telling.some(unsaid));
    const other = most(elsewhere), wide = asked.every.every(({ spoken }) => spoken);
    if (answer && (house || !other || other < most(best) || other === most(best) && !wide)) return { no: false,
      elsewhere: [] };
    const perhaps = !elsewhere.length && fitting.some((id) => tally.count[id] === asked.must && strength(id));
    return { no: true, perhaps,
      elsewhere: (elsewhere.length ? elsewhere : this.elsewhereByParts(asked.sought)).slice(0, FIRST) };
  }

  /* Whether an entry fits the words of when, where and in which language, a topic by one of its offers; a house tells
     no days. */
  answers(id, facets) {
    if (!facets.length || this.guarded.has(id)) return true;
    const holds = (one) => this.kind[one] === this.offer && facets.every((facet) => facet.holds(one));
    if (this.kind[id] === this.offer) return holds(id);
    if (this.kind[id] !== this.topic) return facets.every(({ shared }) => shared);
    return this.ofRow.some((pairs) => pairs.includes(id) && pairs.some((one, at) => at % 2 === 0 && holds(one)));
  }

  /* Whether an entry says each of few words that tells, and half of it louder than a place that is merely named. */
  saysAll(id, asked, tally) {
    return !asked.telling.length || 2 * tally.own[id] > asked.asked && asked.telling.every((word) => this.says(id,
      word, asked, tally));
  }

  /* Whether an entry says a word: its title and texts, its topics and kind and what people call them, all parts of the
     word, or for whom it is. */
  says(id, word, { wanted, every }, { phrased }) {
    const one = every[wanted.indexOf(word)] ?? this.look(word), { people } = this.readers(one, word);
    if (one.sayers.has(id) || this.inTitle(id, word) || phrased.some((phrase) =>
      phrase.ids.has(id) && phrase.says(this.groupOf(fold(one.meant ?? word))))) return true;
    const parts = this.lexicon.parts(word)?.filter((part) => !this.faint.has(part)) ?? [];
    if (parts.length && parts.every((part) => this.says(id, part, { wanted: [], every: [] },
      { phrased: [] }))) return true;
    const whom = this.whomOf(id);
    return people.size > 0 && this.kind[id] === this.offer && (!whom.length || whom.some((row) => people.has(row)));
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

  /* Who says the beginning or the end of a word: „Tennisverein“. It leads on, and is never why there is a no. */
  elsewhereByParts(sought) {
    const parts = sought.flatMap((word) => this.lexicon.pieces(word)).filter(Boolean);
    const found = parts.map((part) => this.look(part)).flatMap(({ ids, scores }) =>
      ids.filter((id) => this.absent.has(id) && scores[id] >= SAID / 2));
    return [...new Set(found)];
  }

  /* What was typed, taken apart: how likely it is of another language, the filters and the age that it names, and the
     words that are left. */
  read(query) {
    const said = this.model?.hear(this, words(query).map(fold));
    const read = said?.foreign ? this.typed(query) : this.closed(this.typed(query)).map((word) => this.little(word));
    const named = this.named(read), filters = new Set(named.flatMap(({ places }) => places.map((at) => read[at])));
    const typed = read.filter((_, at) => !named.some(({ whole }) => whole?.includes(at))), age = ageIn(typed);
    return { said, named, filters, age, typed, rest: age ? typed.filter((_, at) => !age.places.includes(at)) : typed };
  }

  /* The words that tell, none of what `age` and filters say alone. */
  wanted({ named, filters, age, rest }) {
    const telling = rest.filter((word) => !this.empty(word));
    /* „Angebote 18 Monate“ asks for what is for that age */
    const aged = age && telling.every((word) => this.faint.has(word));
    const onlyFilters = named.length > 0 && !age && telling.every((word) => filters.has(word));
    return [...new Set(aged || onlyFilters ? [] : telling.length ? telling : rest)].slice(0, 8);
  }

  /* What words ask for: what each of `wanted` finds (`every`), each that `counted` with what it weighs and whether an
     entry must have it (`must`: how many), and which of them say what was `sought`. */
  asked(heard, guess = true, narrow = true) {
    const { said, filters } = heard, foreign = said?.foreign, wanted = this.wanted(heard),
      nothing = { ids: [], scores: [], how: "none" };
    const look = (word) => foreign ? this.heard(word) : this.look(word, said?.native);
    const every = wanted.map(look).map((one) => guess || one.how === "same" || one.how === "part" ? one : nothing);
    const found = (word) => every[wanted.indexOf(word)],
      spelled = (list) => list.map((word) => fold(found(word)?.meant ?? word));
    const told = wanted.filter((word) => found(word).how !== "none"), counted = told.length ? told : wanted;
    const clear = counted.filter((word) =>
      !this.faint.has(word) && !NUMBER.test(word) && !filters.has(word) && found(word).scores.some((score) =>
        score > SAID / 2));
    /* in another language what is merely like a word is needed least */
    const written = foreign ? clear.filter((word) => found(word).how === "same") : [];
    const least = [written, clear,
      counted.filter((word) => !filters.has(word))].find(({ length }) => length) ?? counted;
    const rare = (ids) => Math.log(1 + this.size / (ids.length + 1)); /* a word that few entries have tells more */
    /* Of one or two words each that tells is asked, but in danger and in another language. What is said beside nearly
       everything never is, nor what no entry has in a sentence of another language. */
    const tells = (word) => !this.faint.has(word) && !/^\d+$/.test(word),
      few = narrow && !said?.strange && wanted.length < 3 && wanted.some(tells);
    const unknown = told.length && (!said?.strange || wanted.length < SPEECH) ? wanted.filter((word) =>
      !told.includes(word) && tells(word)) : [];
    const each = counted.map((word) => {
      const one = found(word), needed = least.includes(word), rarity = rare(one.ids),
        counts = needed || few && tells(word) && !filters.has(word);
      return { word, one, needed, rarity, counts, weight: needed ? rarity : FAINT * rarity };
    });
    const sought = wanted.filter((word) => tells(word) && !filters.has(word)),
      nouns = sought.filter((word) => this.isNoun(word));
    return {
      ...heard, wanted, every, counted: each, clear: clear.length, few, sought, spelled,
      must: least.length,
      whole: each.reduce((sum, { weight }) => sum + weight, 0),
      asked: each.reduce((sum, { counts, rarity }) => sum + (counts ? rarity : 0), 0) + unknown.length * rare([]),
      telling: nouns.length ? nouns : sought,
    };
  }

  /* The lay phrases that were typed, each with the row that it leads to. */
  phrasesIn(spoken, named) {
    const said = ` ${spoken.join(" ")} `,
      groups = new Set(this.lexicon.withParts(spoken).map((word) => this.groupOf(word)));
    return [...groups, ""].flatMap((group) => this.phrasesOf.get(group) ?? []).filter(([phrase, row, telling, apart]) =>
      !named.some((one) => one.row === row)
      && (said.includes(phrase) || apart && telling.every((group) => groups.has(group))));
  }

  /* What words and lay phrases say of each entry: the `sum` of scores, how much it `had` of the words, the `count` of
     those it must have. */
  tally({ counted, typed, spelled, named, whole, must }) {
    const sum = new Float64Array(this.size), had = new Float64Array(this.size), own = new Float64Array(this.size),
      led = new Float64Array(this.size), count = new Uint8Array(this.size);
    const ids = [], phrases = this.phrasesIn(spelled(typed), named), phrased = [];
    for (const { word, one, needed, counts, rarity, weight } of counted) {
      /* beside a phrase, too, what is said beside nearly everything is no need of its own */
      const share = needed && phrases.length && this.faint.has(word) ? FAINT * weight : weight;
      for (const id of one.ids) {
        if (!had[id]) ids.push(id);
        if (needed) count[id]++;
        sum[id] += share * one.scores[id];
        const says = one.scores[id] / (one.quality ?? 1);
        if (counts && one.how !== "piece" && says >= SAID / 2) own[id] += rarity * Math.min(1, says / SAID);
        had[id] += weight * (1 + Math.min(1, one.scores[id] / SAID)) / 2;
      }
    }
    /* to what is grave a word led that is so itself; then its own name counts, too */
    for (const id of ids.filter((one) => this.guarded.has(one))) {
      for (const { word, one, needed, weight } of counted) {
        if (one.scores[id] || !` ${this.folded[id]}`.includes(` ${word}`)) continue;
        if (needed) count[id]++;
        sum[id] += weight * saying(TITLE);
        had[id] += weight;
      }
    }
    const meant = spelled(counted.map(({ word }) => word)).map((word) => this.groupOf(word));
    for (const [, row, telling] of phrases) {
      const pairs = this.ofRow[row];
      phrased.push({ row, says: (group) => !telling.length || telling.includes(group),
        ids: new Set(pairs.filter((_, at) => at % 2 === 0)) });
      const share = (what) =>
        counted.reduce((sum, one, nth) => telling.includes(meant[nth]) ? sum + one[what] : sum, 0);
      /* as a whole, also by words that alone say little */
      const cover = telling.length && whole ? Math.max(PART, Math.sqrt(share("weight") / whole)) : 1,
        says = share("rarity");
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at];
        if (!had[id]) ids.push(id);
        count[id] = must;
        had[id] = Math.max(had[id], cover * whole);
        own[id] = Math.max(own[id], says);
        /* the best of the phrases counts, the others a little */
        const here = cover * PHRASE * (whole || 1) * pairs[at + 1];
        sum[id] += here - (1 - FAINT) * Math.min(here, led[id]);
        led[id] = Math.max(led[id], here);
      }
    }
    return { ids, sum, had, own, count, phrased };
  }

  /* Those with every word first, then by scores; what is called so gains. */
  ranked({ age, rest, wanted, spelled, must, whole }, { sum, had, count }, { left, all, fit, theirs, others }) {
    const says = (word) => !this.empty(word),
      core = rest.some(says) ? rest.slice(rest.findIndex(says), rest.map(says).lastIndexOf(true) + 1) : rest;
    const phrase = spelled(core).join(" "),
      several = (wanted.length > 1 || core.length > 2) && phrase.replaceAll(" ", "");
    const explained = (IS.test(` ${rest.join(" ")} `) || wanted.some((word) =>
      MEANING.test(word))) && spelled(wanted.filter((word) => !MEANING.test(word))).join(" ");
    const untitled = core.length === 1 && !this.folded.includes(phrase);
    const keys = new Float64Array(left.length);
    let kept = 0;
    for (const id of left) {
      const title = this.folded[id], term = this.kind[id] === this.term,
        defined = term && explained && words(title).filter((word) => !this.empty(word)).join(" ") === explained;
      const called = defined || several && (` ${title} `.includes(` ${phrase} `) || title.replaceAll(" ",
        "").startsWith(several) || title.includes(" ") && ` ${phrase} `.includes(` ${title} `));
      const fitting = fit(id), complete = called || count[id] === must && fitting > 0;
      if (!complete && (all > 4 || had[id] < SURE * whole)) continue;
      const head = core.length === 1 && !age && this.houses.has(this.kind[id]) && title.split(" ",
        1)[0].endsWith(phrase);
      const bonus = called || head || title === phrase || untitled && this.answering.has(
        `${phrase} ${id}`) ? CALLED : 1;
      const score = Math.min(4999, fitting * bonus * (whole ? sum[id] * (had[id] / whole) ** 2 : 1 + sum[id]));
      /* terms come behind what helps; what is called just so before what has it in its name, but for a single word of a
         sentence */
      const just = title === phrase && (core.length > 1 || rest.length < SPEECH);
      const tier = others(id) ? 0 : (complete && theirs(id) ? 1 : 0) + (complete ? 2 : 0)
        + (term && !defined ? 0 : 1) + (complete && !term && just ? 1 : 0);
      keys[kept++] = Math.round(tier * 5e6 + score * 1000) * this.size + this.size - 1 - id;
    }
    return Array.from(keys.subarray(0, kept).sort().reverse(), (key) => this.size - 1 - key % this.size);
  }

  /* As usually written, without stress; a number of several parts is one: 0800 111 05 50. */
  typed(text) {
    return words(text.replace(/\d[\d ()/+-]{4,}\d/g, (number) =>
      ` ${number.replace(/\D/g, "")} `)).map(fold).map((word) => this.written[word] ?? word).filter(Boolean);
  }

  /* What says nothing says nothing misspelt, either: „telefonnumer“. */
  little(word) {
    const other = word.length > 6 && !this.lexicon.text.includes(word) && [...this.stop, ...this.faint].find((one) =>
      one.length > 6 && oneEdit(word, one));
    return other || word;
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

  /* The house or office that a word beside others tells as hardly any other: library, Jobcenter. */
  house({ counted, clear }) {
    if (clear < 2 && !counted.some(({ one }) => one.spoken)) return undefined;
    for (const { one: { ids, scores }, needed } of counted) {
      const found = needed ? ids.filter((id) => this.houses.has(this.kind[id]) && scores[id] > PHRASE) : [];
      if (found.length && found.length < 3) return found.reduce((best, id) => scores[id] > scores[best] ? id : best);
    }
    return undefined;
  }

  /* The entry of the topic that a row of concepts is of. */
  topicOf(row) {
    return this.ofRow[row].find((id, at) => at % 2 === 0 && this.kind[id] === this.topic);
  }

  named(typed) {
    return this.facets.read(typed, { meant: (word) => this.meant(word), empty: (word) => this.empty(word),
      fits: (id, { months, own }) => this.fit(id, months, own) > 0 });
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
