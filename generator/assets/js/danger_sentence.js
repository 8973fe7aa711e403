// What each word does (danger_grammar.js) in; who is named, what is denied, and what belongs to one part of a sentence out.

import { OWN, PEOPLE } from "./danger_grammar.js";

export const PRONOUNS = new Set(["woman", "man", "someone"]);
const SMALL = new Set(["want", "now", "today", "no", "passive", "by", "of", "home", "joins"]); // what doesn't change what is said
export const SPOKEN_OUT = new Set(["de", "en", "fr"]); // „he“ and „I“ are always said
const DEEDS = ["hits", "hit", "kills", "kill", "rages"];
const UNSAID = new Set(["ru", "uk", "pl", "ro"]); // „my“ is hardly ever said of one's own

export class Sentence {
  constructor({ grammar, list, marks, used, cuts, slips }, whole = null, start = 0) {
    Object.assign(this, { grammar, list, marks, used, cuts, slips, start });
    this.whole = whole ?? this;
    this.said = new Set();
    for (const mark of marks) for (const name of mark) this.said.add(name);
    this.people = this.persons();
  }

  has(...names) {
    return names.some((name) => this.said.has(name));
  }

  at(...names) {
    return this.has(...names) ? this.marks.findIndex((mark) => names.some((name) => mark.has(name))) : -1;
  }

  // Where „ich“ stands, also where it is left out: „hab sie geschlagen“.
  get speaker() {
    const i = this.at("i");
    const start = this.marks[0]?.has("joins") ? 1 : 0;
    return i < 0 && this.marks[start]?.has("first") ? start : i;
  }

  // Parts of the sentence between „and“, „but“, „because“ and marks, each a sentence of its own; what names nobody goes on.
  clauses() {
    const begins = (at) => this.cuts.has(at) || this.marks[at].has("joins") || // „… er schlägt mich“
      (["he", "she", "i"].some((name) => this.marks[at].has(name)) && DEEDS.some((name) => this.marks[at + 1]?.has(name)));
    const names = (at) => ["i", "me", "first"].some((name) => this.marks[at].has(name)) || this.people.some((one) => one.at === at);
    const starts = [];
    for (let at = 0, named = true; at < this.list.length; at++) {
      if (named && (at === 0 || begins(at))) {
        starts.push(at);
        named = false;
      }
      named ||= names(at);
    }
    if (starts.length > 1 && !this.list.some((_, at) => at >= starts.at(-1) && names(at))) starts.pop();
    return starts.map((start, nth) => {
      const part = (list) => list.slice(start, starts[nth + 1]);
      return new Sentence({ ...this, list: part(this.list), marks: part(this.marks), used: part(this.used), cuts: new Set() }, this, start);
    });
  }

  // The same with words of these classes taken out.
  without(names) {
    return new Sentence({ ...this, marks: this.marks.map((mark) => new Set([...mark].filter((name) => !names.has(name)))) });
  }

  // Whether a word of this class stands before `at`, with only „my“ and one unknown word (or none) between.
  before(at, name, between = 1) {
    for (let back = 1, unknown = 0; back <= 3 && at - back >= 0; back++) {
      const mark = this.marks[at - back];
      if (mark.has(name)) return true;
      if (!mark.has("my") && !mark.has("whose") && (mark.size || unknown++ >= between)) return false;
    }
    return false;
  }

  // Who is named: what kind, where, in which case, after which preposition, whose.
  persons() {
    const { language, classes } = this.grammar;
    const kinds = this.marks.map((mark) => PEOPLE.find((kind) => mark.has(kind)));
    return kinds.flatMap((kind, at) => {
      const mark = this.marks[at], next = this.marks[at + 1];
      if (!kind || (mark.has("whose") && kinds[at + 1])) return []; // „her husband“
      const looksOn = this.before(at, "aside") || (language === "tr" && next?.has("aside"));
      if ((kind === "child" || kind === "baby") && looksOn) return []; // „vor den Kindern“
      const my = this.before(at, "my");
      return [{
        kind,
        at,
        place: at + this.start,
        object: mark.has("object") || (language === "fa" && next?.has("object") && !kinds[at + 1]) || this.before(at, "object"),
        by: mark.has("by") || this.before(at, "by"),
        of: this.before(at, "of"),
        near: this.before(at, "of", 0),
        against: this.before(at, "against"),
        dative: this.marks[at - 1]?.has("dative") ?? false,
        my,
        mine: my || !classes.has("my") || UNSAID.has(language),
        theirs: mark.has("theirs") || this.before(at, "whose"),
        pronoun: ["he", "she"].find((name) => mark.has(name)),
      }];
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
    return this.has(...names) ? this.marks.findIndex((mark, at) => names.some((name) => mark.has(name)) && !this.negated(at)) : -1;
  }

  // Who stands nearest before a place: "i", a person, or nothing.
  subjectBefore(at) {
    for (let back = at - 1; back >= Math.max(0, at - 4); back--) {
      if (this.marks[back].has("i")) return "i";
      if (this.people.some((one) => one.at === back && !one.object)) return "person";
    }
    return "";
  }

  // Nothing else is said but words of this class, fillers and names of people.
  bareOf(name) {
    return this.list.every((word, at) => this.marks[at].has(name) || this.used[at] || this.grammar.fillers.has(word) || [...this.marks[at]].some((one) => OWN.has(one) || SMALL.has(one)));
  }

  // A slip counts beside a word that is right: „besten“ is no English „beaten“ as long as nothing else is English.
  get trusted() {
    return !this.slips || this.marks.filter(({ size }) => size).length > this.slips;
  }

  get urgent() {
    const over = this.has("past");
    return (this.has("now") && !over && !this.has("often")) || ((this.has("urgent") || (this.has("lurks") && this.has("rages"))) && !over) || this.has("weapon", "peril", "hides");
  }

  // How many words say something in this language.
  get understood() {
    return this.list.filter((word, at) => this.marks[at].size || this.used[at] || this.grammar.fillers.has(word)).length;
  }

  get hurt() {
    return this.has("injured", "collapsed");
  }
}
