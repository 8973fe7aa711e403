// What was typed and the lexicon of danger (generator/search/danger_data.py) in; who is in danger by whom, and the lines that stand
// above all hits, out. Knows no page and keeps nothing. Sentences are read by what their words do: who acts, to whom, how.

import { fold, words } from "./folding.js";
import { stateAt } from "./hours.js";
import { oneEdit } from "./matching.js";

const PEOPLE = ["husband", "wife", "partner", "father", "mother", "parents", "carer", "baby", "child", "woman", "man", "someone"];
const ELDERS = new Set(["father", "mother", "parents", "carer"]);
const CLOSE = new Set(["husband", "wife", "partner", "father", "mother", "parents"]);
const PRONOUNS = new Set(["woman", "man", "someone"]);
const SMALL = new Set(["want", "now", "no", "passive", "by", "of", "home"]); // what doesn't change what is said
const KEPT = ["by", "of", "against", "home", "now", "weapon", "injured"]; // what a phrase doesn't swallow either
const OWN = new Set([...PEOPLE, "i", "me", "my", "myself", "oneself"]); // what a phrase doesn't swallow
const NEAR = 6; // words between which a+b belongs together
const LONG = 5; // letters from which one slip of the finger is forgiven

// A part of an entry: a word, its beginning (stem*), its end (*ending), the last word (word$), an age (#).
function part(text) {
  if (text === "#") return { fits: (word) => /^\d{1,2}$/.test(word) && word > 3 && word < 18 };
  if (text.startsWith("=")) return { sure: true, fits: (word, raw) => raw === text.slice(1) };
  if (text.endsWith("$")) return { fits: (word, raw, last) => last && word === text.slice(0, -1) };
  if (text.endsWith("*")) return text.startsWith("*")
    ? { fits: (word) => word.includes(text.slice(1, -1)) }
    : { stem: text.slice(0, -1), fits: (word) => word.startsWith(text.slice(0, -1)) };
  if (text.startsWith("*")) return { fits: (word) => word.endsWith(text.slice(1)) };
  return { word: text, fits: (word) => word === text };
}

// Forms without the small words that Arabic writes together with the next: and, so, by, for, the.
const bare = (word) => /^[\u0600-\u06ff]{4}/.test(word) ? [word, word.replace(/^[وف]/, ""), word.replace(/^[وف]?[بل]?(?:ال|لل)/, "")] : [word];

class Grammar {
  // `known` are the words of all languages: what is right in one is no slip in another.
  constructor(language, classes, known) {
    this.language = language;
    this.known = known;
    this.exact = new Map();
    this.open = []; // [part, class]
    this.sequences = []; // [parts, class]
    this.bags = [];
    this.despair = [];
    this.has = new Set(Object.keys(classes));
    for (const [name, entries] of Object.entries(classes)) for (const entry of entries.split(",")) this.enter(name, entry);
    this.fillers = new Set((classes.fill ?? "").split(","));
    this.despair = (classes.despair ?? "").split(",").filter(Boolean).map((entry) => this.core(entry.split(" ")));
  }

  enter(name, entry) {
    if (name === "despair" || name === "fill") return;
    if (entry.includes("+")) return this.bags.push([entry.split("+").map(part), name]);
    if (entry.includes(" ")) return this.sequences.push([entry.split(" ").map(part), name]);
    const one = part(entry);
    if (!one.word) return this.open.push([one, name]);
    this.known.add(entry);
    if (!this.exact.has(entry)) this.exact.set(entry, []);
    this.exact.get(entry).push(name);
  }

  core(list) {
    return list.filter((word) => !this.fillers.has(word)).join(" ");
  }

  classesOf(word, raw, used) {
    const found = new Set();
    for (const [one, name] of this.open) if (one.sure && one.fits(word, raw, false)) found.add(name);
    if (found.size) return found;
    for (const form of bare(word)) {
      for (const name of this.exact.get(form) ?? []) found.add(name);
      for (const [one, name] of this.open) if (one.fits(form, raw, false)) found.add(name);
      if (found.size) return found;
    }
    if (used || word.length < LONG || this.fillers.has(word) || this.known.has(word)) return found;
    this.slipped(word, found);
    if (found.size) this.slips++;
    return found;
  }

  // A slip counts beside a word that is right: „besten“ is no English „beaten“ as long as nothing else is English.
  trusted(marks) {
    return !this.slips || marks.filter(({ size }) => size).length > this.slips;
  }

  // One letter wrong: „schlegt“, „verprügeld“. The first letter is hardly ever the wrong one.
  slipped(word, found) {
    for (const [form, names] of this.exact) {
      if (form.length >= LONG && form[0] === word[0] && oneEdit(form, word)) for (const name of names) if (name !== "plain") found.add(name);
    }
    for (const [{ stem }, name] of this.open) {
      if (stem?.length > LONG && stem[0] === word[0] && word.length < stem.length + LONG && [0, 1, -1].some((more) => oneEdit(stem, word.slice(0, stem.length + more)))) found.add(name);
    }
  }

  // What each word does: phrases first, then words that no phrase has used.
  marked(list, raw) {
    const marks = list.map(() => new Set()), [used, harmless, named] = [0, 1, 2].map(() => list.map(() => false));
    const fits = (one, at) => one.fits(list[at], raw[at], at === list.length - 1);
    const take = (places, name) => {
      if (name === "plain") for (const at of places) harmless[at] = true;
      else if (!places.some((at) => harmless[at])) {
        const at = PEOPLE.includes(name) ? places.at(-1) : places[0]; // „Ex-Mann“ is one person
        marks[at].add(name);
        if (PEOPLE.includes(name)) for (const one of places) named[one] = true;
        for (const at of places) used[at] = true;
      }
    };
    const sequences = ([parts, name]) => {
      for (let at = 0; at + parts.length <= list.length; at++) {
        if (parts.every((one, nth) => fits(one, at + nth))) take(parts.map((_, nth) => at + nth), name);
      }
    };
    const bags = ([parts, name]) => {
      const places = parts.map((one) => list.findIndex((_, at) => fits(one, at)));
      if (!places.includes(-1) && new Set(places).size === places.length && Math.max(...places) - Math.min(...places) <= NEAR) take(places, name);
    };
    const plainFirst = (one, other) => (other[1] === "plain") - (one[1] === "plain");
    this.sequences.sort(plainFirst).forEach(sequences);
    this.bags.sort(plainFirst).forEach(bags);
    list.forEach((word, at) => {
      if (harmless[at]) return;
      const names = this.classesOf(word, raw[at], used[at]);
      if (names.has("plain")) return;
      for (const name of names) {
        if (named[at] && PEOPLE.includes(name)) continue;
        if (!used[at] || OWN.has(name) || KEPT.includes(name)) marks[at].add(name);
      }
    });
    return [marks, used];
  }

  read(query) {
    const raw = [];
    for (const word of words(query.toLowerCase())) {
      // Persian parts its verbs from „mi“ and „nemi“ by a space, a half space or nothing.
      if (/^ن?م[یي]$/.test(raw.at(-1) ?? "")) raw.push(raw.pop() + word);
      else raw.push(word);
    }
    const list = raw.map(fold);
    this.slips = 0;
    const [marks, used] = this.marked(list, raw);
    return new Sentence(this, list, marks, used);
  }
}

class Sentence {
  constructor(grammar, list, marks, used) {
    this.grammar = grammar;
    this.list = list;
    this.marks = marks;
    this.used = used;
    this.people = this.persons();
  }

  at(...names) {
    return this.marks.findIndex((mark) => names.some((name) => mark.has(name)));
  }

  has(...names) {
    return this.at(...names) >= 0;
  }

  // Whether a word of this class stands before `at`, with only „my“ and one unknown word between.
  before(at, name) {
    for (let back = 1, unknown = 0; back <= 3 && at - back >= 0; back++) {
      const mark = this.marks[at - back];
      if (mark.has(name)) return true;
      if (!mark.has("my") && (mark.size || unknown++)) return false;
    }
    return false;
  }

  persons() {
    const kinds = this.marks.map((mark) => PEOPLE.find((kind) => mark.has(kind)));
    return kinds.flatMap((kind, at) => {
      if (!kind || (PRONOUNS.has(kind) && kinds[at + 1] && !this.marks[at].has("object"))) return []; // „her husband“
      const next = this.marks[at + 1];
      const object = this.marks[at].has("object") || (this.grammar.language === "fa" && next?.has("object") && !kinds[at + 1]) || this.before(at, "object");
      return [{ at, kind, object, by: this.before(at, "by"), of: this.before(at, "of"), against: this.before(at, "against") }];
    });
  }

  person(...kinds) {
    return this.people.find(({ kind }) => kinds.includes(kind));
  }

  get child() {
    return this.person("child", "baby");
  }

  negated(at) {
    let back = at - 1;
    while (back >= 0 && (this.marks[back].has("me") || this.marks[back].has("oneself") || this.list[back] === "mehr")) back--;
    const wanted = this.has("want") && this.marks[at].has("beaten");
    if (back >= 0 && this.marks[back].has("no")) return !wanted;
    if (this.grammar.language !== "de") return false;
    let on = at + 1;
    while (on < this.marks.length && (this.grammar.fillers.has(this.list[on]) || [...this.marks[on]].some((name) => OWN.has(name)))) on++;
    return on < this.marks.length && this.marks[on].has("no") && this.list[on + 1] !== "nur";
  }

  // The word by itself that tells it: the first of these classes that isn't denied.
  event(...names) {
    return this.marks.findIndex((mark, at) => names.some((name) => mark.has(name)) && !this.negated(at));
  }

  // Who stands nearest before a place: "i", a person, or nothing.
  subjectBefore(at) {
    for (let back = at - 1; back >= Math.max(0, at - 4); back--) {
      if (this.marks[back].has("i")) return "i";
      if (this.people.some((one) => one.at === back && !one.object)) return "person";
    }
    return "";
  }

  // --- what is said ----------------------------------------------------------------------------------------------

  findings() {
    const found = [this.shaking(), this.poisoning(), this.self(), this.sexual(), this.violence(), this.following(), this.endangered(), this.fleeing()].filter(Boolean);
    if (!found.length) found.push(...[this.despairing(), this.pregnant()].filter(Boolean));
    return found;
  }

  get urgent() {
    return this.has("now", "weapon", "injured");
  }

  shaking() {
    if (!this.child && !this.list.some((word) => word.startsWith("schuttelt"))) return null;
    if (this.event("shaken") >= 0) return { answer: "baby-shaken" };
    if (this.child && this.event("shakes") >= 0) return { answer: "baby", hurt: this.has("injured") };
    return null;
  }

  poisoning() {
    if (this.event("overdose") >= 0) return { answer: this.child ? "poison" : "overdose" };
    if (this.event("swallows") >= 0 && this.has("toxin")) return { answer: this.has("i") && !this.child ? "overdose" : "poison" };
    return this.event("poison") >= 0 ? { answer: "poison" } : null;
  }

  // Against oneself: one's own death, one's own body; of somebody else too.
  self() {
    const { marks } = this;
    const reflexive = this.grammar.has.has("myself") ? "myself" : "me";
    const kill = this.event("kills", "kill", "to_kill"), hit = this.event("hits", "hit", "to_hit");
    const verb = kill >= 0 ? kill : hit;
    const me = this.at(reflexive), oneself = this.at("oneself");
    let self = this.event("suicide", "self_harm") >= 0;
    let other = false;
    if (!self && verb >= 0 && me >= 0) {
      const subject = this.subjectBefore(Math.max(me, 1) === me ? me : verb) || (this.subjectBefore(verb) === "i" ? "i" : "");
      const third = (marks[verb].has("hits") || marks[verb].has("kills")) && !marks[verb].has("hit") && !marks[verb].has("to_hit") && !marks[verb].has("kill");
      const alone = kill >= 0 && !this.people.length;
      self = reflexive === "myself" || (!third && !this.people.some(({ by }) => by) && (subject === "i" || (subject === "" && (alone || (marks[verb].has("hit") && !this.people.length)))));
      if (self) this.reflexive = verb;
    }
    if (!self && verb >= 0 && oneself >= 0 && kill >= 0) self = other = true;
    const cut = this.event("cuts");
    if (!self && cut >= 0) self = this.has("me", "myself", "oneself") || this.bareOf("cuts") || (this.list.length === 2 && this.has("i", "child"));
    if (!self) return null;
    const about = this.people.find(({ kind, at }) => !this.has("i", "myself") && !PRONOUNS.has(kind) && at < this.list.length);
    other ||= Boolean(about) || (oneself >= 0 && !this.has("i", "me", "myself") && this.people.length > 0);
    const young = this.has("am_young") || this.child || (about && about.kind === "carer");
    return { answer: young ? "suicide-young" : "suicide", other, hurt: this.urgent && this.has("now", "injured", "toxin") };
  }

  // Nothing else is said but words of this class, fillers and names of people.
  bareOf(name) {
    return this.list.every((word, at) => this.marks[at].has(name) || this.used[at] || this.grammar.fillers.has(word) || [...this.marks[at]].some((one) => OWN.has(one) || SMALL.has(one)));
  }

  sexual() {
    const sure = this.event("sexual");
    const { agent, victim, mine } = this.roles(sure >= 0 ? sure : this.event("touches"), sure >= 0);
    if (sure < 0) {
      if (this.event("touches") < 0 || mine) return null;
      const child = this.child && agent && agent !== this.child;
      if (!(victim === "me" && (agent || this.grammar.language === "ar")) && !child && !(this.has("me") && this.has("am_young"))) return null;
    }
    if (mine) return { answer: "violent" };
    if (this.has("am_young") || (agent && ELDERS.has(agent.kind) && victim === "me")) return { answer: "sexual-child", hurt: this.urgent };
    if (agent?.kind === "husband" && victim === "me") return { answer: "sexual-woman", hurt: this.urgent };
    return { answer: "sexual", other: victim !== "me" && Boolean(victim), hurt: this.urgent };
  }

  // Who does it to whom around the verb at `verb`. `noun` allows that nobody is named.
  roles(verb, noun = false) {
    const nobody = { agent: null, victim: null, mine: false };
    if (verb < 0) return nobody;
    const { people, marks } = this;
    const by = people.find((one) => one.by);
    const passive = this.has("passive") || this.has("get_beaten", "gets_beaten");
    const doer = by ?? people.find((one) => !one.object && !one.against && one.at < verb) ?? people.find((one) => !one.object && !one.against);
    const i = this.at("i");
    if (this.has("me") || marks[verb].has("hits_me")) return { agent: doer ?? null, victim: "me", mine: false };
    if (i >= 0 && passive) {
      const between = people.find((one) => !one.by && one.at > i && one.at < verb);
      return { agent: by ?? null, victim: between ?? "me", mine: false };
    }
    if (passive && !by && people.length) return { agent: null, victim: people[0], mine: false };
    if (by) return { agent: by, victim: people.find((one) => one !== by) ?? (noun ? "me" : null), mine: false };
    if (i >= 0 && people.length) return { agent: null, victim: people[0], mine: true };
    const victim = people.find((one) => one !== doer && (one.object || one.at > doer?.at)) ?? people.find((one) => one.object || one.against);
    if (people.length > 1 || victim) return { agent: victim && doer !== victim ? doer ?? null : null, victim: victim ?? null, mine: false };
    return { agent: doer ?? null, victim: doer && this.child === doer ? doer : doer ? "me" : null, mine: false };
  }

  violence() {
    return this.answered(this.beaten() ?? this.acting() ?? this.behaving() ?? this.fearing() ?? this.named());
  }

  // „Ich werde geschlagen“, „meine Freundin wird bedroht“, „er hat mich geschlagen“, „ich habe mein Kind geschlagen“.
  beaten() {
    const mine = this.event("get_beaten");
    if (mine >= 0) return { victim: "me", agent: this.people.find(({ by }) => by) ?? this.people.find(({ object }) => !object) };
    const theirs = this.event("gets_beaten");
    const verb = theirs >= 0 ? theirs : this.event("beaten");
    if (verb < 0) return null;
    const by = this.people.find((one) => one.by);
    const others = this.people.filter((one) => one !== by);
    const i = this.at("i");
    if (this.has("me")) return { victim: "me", agent: by ?? others.find(({ object }) => !object) };
    if (theirs >= 0 || this.has("passive") || (by && !others.length)) {
      const between = others.find(({ at }) => at > i && at < verb);
      if (i >= 0 && !between && !(others.length && i > verb)) return { victim: "me", agent: by };
      return { victim: between ?? others[0] ?? (by ? "me" : null), agent: by, noted: true };
    }
    if ((this.marks[verb].has("hits") || this.marks[verb].has("hit")) && !this.has("have")) return null; // „bedroht“ is a verb as well
    if (i >= 0) return { mine: true, victim: others[0] };
    if (others.length > 1) return { agent: others[0], victim: others[1] };
    return { victim: others[0] ?? null, agent: by, noted: true };
  }

  // „Mein Mann schlägt mich“, „Papa schlägt Mama“, „ich schlage mein Kind“.
  acting() {
    const kill = this.event("kills", "kill", "to_kill");
    const verb = kill >= 0 ? kill : this.event("hits_me", "hits_her", "hits", "hit", "to_hit");
    if (verb < 0 || verb === this.reflexive) return null;
    const mark = this.marks[verb];
    const deadly = kill >= 0;
    const { people } = this;
    const doers = people.filter(({ object, against }) => !object && !against);
    if (mark.has("hits_her")) return { victim: people.find(({ kind }) => kind === "woman") ?? { kind: "woman" }, agent: doers[0] };
    if (mark.has("hits_me") || this.has("me")) {
      return { victim: "me", agent: doers.findLast(({ at }) => at < verb) ?? doers[0], deadly };
    }
    if (this.has("myself")) return null;
    if (this.has("oneself")) return doers.some(({ kind }) => ELDERS.has(kind) && kind !== "carer") ? { victim: doers[0], agent: doers[0] } : null;
    const i = this.at("i");
    const first = mark.has("hit") || mark.has("kill");
    const third = mark.has("hits") || mark.has("kills");
    const infinitive = mark.has("to_hit") || mark.has("to_kill");
    const mine = i >= 0 && (Math.abs(verb - i) === 1 || first || infinitive) && !(third && !first && people.some(({ at }) => at > i && at < verb));
    if (mine || (first && !third && !infinitive && i < 0)) {
      const by = people.find((one) => one.by);
      if (by && i < 0) return { victim: "me", agent: by };
      if (mine || people.length || !["de", "en"].includes(this.grammar.language)) return { mine: true, victim: people[0], deadly };
      return mark.has("violence") ? { victim: null } : null;
    }
    if (!people.length) return deadly && third ? { victim: null, deadly } : infinitive || mark.has("beaten") ? (mark.has("beaten") ? { victim: null } : null) : null;
    if (people.length === 1) {
      const [one] = people;
      if (one.by) return { victim: "me", agent: one, deadly };
      if (one.object || (one.at > verb && !["ar", "tr", "fa"].includes(this.grammar.language))) return { victim: one, deadly };
      return one.kind === "child" || one.kind === "baby" ? null : { victim: one.kind === "man" || one.kind === "woman" ? one : "me", agent: one, deadly };
    }
    const by = people.find((one) => one.by);
    const behind = people.find(({ at, by: through }) => at > verb && !through);
    const agent = by ?? (behind ? doers.findLast(({ at }) => at < verb) : null) ?? doers[0];
    const victim = people.find((one) => one !== agent && one.object) ?? (behind !== agent && behind) ?? people.find((one) => one !== agent);
    if (agent && (agent.kind === "child" || agent.kind === "baby") && victim && !CLOSE.has(victim.kind)) return null;
    return { agent, victim, deadly };
  }

  // „Mein Mann ist gewalttätig“, „er rastet aus“; „ich raste aus“.
  behaving() {
    if (this.event("rage") >= 0) return { mine: true, victim: this.child };
    if (this.event("violent", "rages") < 0) return null;
    const agent = this.people.find(({ kind, against }) => CLOSE.has(kind) && !against);
    if (agent) return { victim: "me", agent };
    const victim = this.people.find(({ against }) => against);
    if (this.has("i") && this.has("violent") && (victim || !this.people.length)) return { mine: true, victim };
    return null;
  }

  // „Ich habe Angst vor meinem Mann“.
  fearing() {
    if (this.event("fear") < 0) return null;
    const needed = this.grammar.has.has("of");
    const agent = this.people.find(({ kind, of, object, at }) => (needed ? of : at > this.at("fear") || this.grammar.language === "tr") && (CLOSE.has(kind) || (needed && kind === "child")) && !(object && !needed && kind === "child"));
    return agent ? { victim: "me", agent } : null;
  }

  // „Häusliche Gewalt“, „Gewalt gegen Männer“, „Gewalt vom Partner“.
  named() {
    if (this.event("violence") < 0) return null;
    const against = this.people.find((one) => one.against);
    if (against) return { victim: against };
    const agent = this.people.find(({ kind, by }) => by || CLOSE.has(kind));
    if (agent) return { victim: "me", agent };
    return { victim: this.people[0] ?? null, noted: true };
  }

  // Who suffers through whom, as the answer that stands first for them.
  answered(said) {
    if (!said) return null;
    const { agent, victim, deadly, mine } = said;
    const acute = Boolean(deadly) || this.has("now", "weapon") || (this.reflexive === undefined && this.event("kills", "to_kill") >= 0);
    const hurt = this.has("injured");
    if (mine) {
      if (victim && (victim.kind === "child" || victim.kind === "baby")) return { answer: victim.kind === "baby" && !hurt ? "baby" : "own-child", hurt };
      return { answer: "violent", acute: Boolean(deadly), hurt };
    }
    const row = this.row(victim, agent);
    return { answer: row, acute, hurt, violence: true, other: Boolean(victim) && victim !== "me" };
  }

  row(victim, agent) {
    const by = agent?.kind;
    if (this.has("am_young")) return "child";
    if (!victim || victim === "me") {
      if (this.has("am_woman")) return "woman";
      if (this.has("am_man")) return "man";
      if (by === "husband") return "woman";
      if (by === "wife") return "man";
      if (ELDERS.has(by)) return "child";
      return by === "child" || by === "baby" ? "parent" : "anyone";
    }
    switch (victim.kind) {
      case "parents": return by && !ELDERS.has(by) ? ["woman", "man"].find((kind) => this.marks[victim.at].has(kind)) ?? "anyone" : "child";
      case "child": case "baby": case "carer": return "child";
      case "wife": case "woman": return by === "father" ? "child" : "woman";
      case "husband": case "man": return by === "mother" ? "child" : "man";
      case "mother": return !by || ELDERS.has(by) ? "child" : by === "child" ? "parent" : "woman";
      case "father": return !by || ELDERS.has(by) ? "child" : by === "child" ? "parent" : "man";
      default: return "anyone";
    }
  }

  following() {
    if (this.event("stalk") >= 0 && !this.has("me") && (this.has("i") || !this.has("follows"))) return this.people.length || this.has("i") ? { answer: "violent" } : null;
    const sure = this.event("stalking", "crime") >= 0;
    const follows = this.event("follows") >= 0 && (this.has("me") || this.people.length > 1 || this.people.some(({ object }) => object) || (this.has("i") && this.has("passive")) || this.grammar.language === "ar" || this.grammar.language === "fa" || this.grammar.language === "tr");
    if (!sure && !follows) return null;
    if (this.has("me") && this.people.some(({ kind }) => ELDERS.has(kind))) return { answer: "child", acute: this.urgent };
    const wife = this.person("wife") && (this.has("me") || this.has("my"));
    return { answer: this.has("am_man") || wife ? "stalking-man" : "stalking", acute: this.urgent, hurt: this.has("injured") };
  }

  endangered() {
    if (this.event("child_danger") >= 0 || (this.event("neglects") >= 0 && this.child)) return { answer: "child", other: true, acute: this.urgent, hurt: this.has("injured") };
    return null;
  }

  fleeing() {
    if (this.event("refuge") >= 0) return { answer: this.has("am_young") ? "child" : this.has("am_woman") ? "woman" : this.has("am_man") ? "man" : "anyone", acute: this.urgent };
    if (this.event("flees") < 0) return null;
    const from = this.people.find(({ by, of, kind }) => (by || of) && CLOSE.has(kind)) ?? this.people.find(({ kind }) => kind === "parents" || ELDERS.has(kind));
    if (from && (this.has("i", "me") || from.by || from.of)) return { answer: this.row("me", from), acute: this.urgent };
    if (this.child) return { answer: "child", other: true, acute: this.urgent };
    if (this.has("home") || this.has("am_young")) return { answer: "child", acute: this.urgent };
    if (this.bareOf("flees")) return { answer: this.list.length < 3 && !this.has("i") ? "child" : "anyone", acute: this.urgent };
    return null;
  }

  despairing() {
    const said = this.grammar.core(this.list.filter((_, at) => ![...this.marks[at]].some((name) => OWN.has(name))));
    const all = this.grammar.core(this.list);
    const fits = this.grammar.despair.some((phrase) => phrase === said || phrase === all || (phrase.includes(" ") && phrase.split(" ").length > 2 && all.endsWith(` ${phrase}`)));
    return fits ? { answer: this.has("am_young") ? "suicide-young" : this.child ? "overwhelmed" : "suicide" } : null;
  }

  pregnant() {
    return this.event("pregnant") >= 0 ? { answer: "pregnant" } : null;
  }
}

export class Danger {
  constructor(file) {
    this.file = file;
    this.off = new Set(file.off);
    this.last = new Set(file.last);
    const known = new Set();
    this.grammars = Object.entries(file.words).map(([language, classes]) => new Grammar(language, classes, known));
  }

  // {answers: [id …], language, emergency: a line's number or null, other, violence}; null where nothing is said of danger.
  recognise(query) {
    let best = null, fewest = Infinity, language = null;
    for (const grammar of this.grammars) {
      const sentence = grammar.read(query);
      const found = grammar.trusted(sentence.marks) ? sentence.findings() : [];
      if (!found.length || grammar.slips > fewest || (grammar.slips === fewest && found.length <= best.length)) continue;
      [best, fewest, language] = [found, grammar.slips, grammar.language];
    }
    if (!best) return null;
    const answers = [...new Set(best.map(({ answer }) => answer))].filter((id) => this.file.answers[id]);
    if (!answers.length) return null;
    const first = this.file.answers[answers[0]];
    const acute = best.some(({ acute }) => acute) ? first.acute : null;
    return {
      answers,
      language,
      emergency: best.some(({ hurt }) => hurt) ? this.file.injured : acute,
      other: best.some(({ other }) => other),
      violence: answers.some((id) => this.file.answers[id].violence),
    };
  }

  // What a chosen topic of violence finds: as if somebody had told no more than that.
  about(topics) {
    const grave = topics.filter((topic) => this.file.grave.includes(topic));
    if (!grave.length) return null;
    const answers = Object.keys(this.file.answers).filter((id) => this.file.answers[id].topics?.some((topic) => grave.includes(topic)));
    return { answers: answers.slice(0, 1), language: null, emergency: null, other: false, violence: true };
  }

  // Hits beside violence: no talks with both sides at one table, and help for those who use violence last.
  ordered(ids, found) {
    if (!found?.violence) return ids;
    const own = found.answers.includes("violent");
    const kept = ids.filter((id) => !this.off.has(id));
    return own ? kept : [...kept.filter((id) => !this.last.has(id)), ...kept.filter((id) => this.last.has(id))];
  }

  // The lines for a finding at a moment, the first one open then (or always).
  lines(found, moment = new Date()) {
    const places = [...new Set(found.answers.flatMap((id) => this.file.answers[id].lines))];
    const lines = places.map((place) => this.file.lines[place]);
    if (found.emergency !== null) {
      const emergency = this.file.lines[found.emergency];
      return [emergency, ...lines.filter((line) => line !== emergency)];
    }
    const open = lines.findIndex((line) => line.always || (line.hours ? stateAt(line.hours, moment).open === true : Boolean(line.url)));
    if (open > 0) lines.unshift(...lines.splice(open, 1));
    return lines;
  }
}
