// What was typed and the lexicon of danger (generator/search/danger_data.py) in; who is in danger by whom, and the lines that stand
// above all hits, out. Knows no page and keeps nothing. Sentences are read by what their words do: who acts, to whom, how.

import { findings } from "./danger_findings.js";
import { Grammar, typed } from "./danger_grammar.js";
import { heard } from "./danger_latin.js";
import { Sentence } from "./danger_sentence.js";
import { stateAt } from "./hours.js";

const SCRIPTS = [/\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u, /\p{L}/u]; // a language is of the first that its word for „me“ has letters of

export class Danger {
  constructor(file) {
    this.file = file;
    this.off = new Set(file.off);
    this.last = new Set(file.last);
    this.grammars = new Map();
  }

  // The languages that are written in the letters of what was typed; one is taken apart when it is first needed.
  *spoken(query) {
    const wanted = SCRIPTS.filter((script) => script.test(query));
    for (const [language, classes] of Object.entries(this.file.words)) {
      if (!wanted.includes(SCRIPTS.find((script) => script.test(classes.me)))) continue;
      if (!this.grammars.has(language)) this.grammars.set(language, new Grammar(language, classes, (word) => this.known(word)));
      yield this.grammars.get(language);
    }
  }

  // Whether a word is right in any of the languages in use.
  known(word) {
    return [...this.grammars.values()].some((grammar) => grammar.knows(word));
  }

  // The Cyrillic languages, as their words are heard in Latin letters, that know more of the words than any of `others`. None is taken apart for what can't be so.
  latin(words, others) {
    const known = (grammar, { list }) => list.filter((word) => grammar.knows(word)).length, least = Math.max(1, ...others.map((grammar) => known(grammar, words))); // „jad pająka“ is one word alone
    if (words.list.length <= least) return { grammars: [], words };
    this.cyrillic ??= Object.entries(this.file.words).filter(([, classes]) => SCRIPTS[1].test(classes.me)).map(([language, classes]) => {
      const said = Object.entries(classes).map(([name, entries]) => [name, entries.split(",").map(heard).join(",")]);
      return new Grammar(language, Object.fromEntries(said), () => true); // no slips: much is alike already
    });
    const alike = { ...words, raw: words.raw.map(heard), list: words.list.map(heard) };
    return { grammars: this.cyrillic.filter((grammar) => known(grammar, alike) > least), words: alike };
  }

  // {answers: [id …], language, emergency: a line's number or null, other, violence}; null where nothing is said of danger.
  recognise(query) {
    const words = typed(query), grammars = [...this.spoken(query)], said = this.best(grammars, words);
    if (said.best || SCRIPTS.slice(0, -1).some((script) => script.test(query))) return this.answered(said);
    const latin = this.latin(words, grammars);
    return this.answered(this.best(latin.grammars, latin.words));
  }

  // What the language that reads it best finds.
  best(grammars, words) {
    let best = null, fewest = Infinity, most = 0, language = null;
    for (const grammar of grammars) {
      const sentence = new Sentence(grammar.read(words));
      const found = sentence.trusted ? findings(sentence) : [];
      if (!found.length || sentence.slips > fewest || (sentence.slips === fewest && sentence.understood <= most)) continue;
      [best, fewest, most, language] = [found, sentence.slips, sentence.understood, grammar.language];
    }
    return { best, language };
  }

  answered({ best, language }) {
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

  // Help for who is in danger comes first. Beside violence: no talks with both sides at one table, help for those who use it last, help
  // in danger for others behind all else. `named`: the words lead to violence, so that help for who is in danger is there in any case.
  ordered(ids, found, named) {
    if (!found) return ids;
    const own = new Map(), others = new Set(), grave = found.violence, violent = found.answers.includes("violent");
    /* who speaks of a partner finds what is for them alone before what is for everybody; what is for men alone waits until one is named: „er kontrolliert
       alles, was ich mache“ */
    const apart = found.answers.some((id) => id === "woman" || id === "man");
    for (const [answers, only, distances] of found.language ? this.file.helping : []) {
      const meant = answers.some((id) => found.answers.includes(id));
      const forMen = answers.includes("man") && !answers.includes("woman");
      let place = 0;
      for (const distance of meant || only ? distances : []) {
        place += distance;
        if (meant) own.set(place, apart ? (only ? 0 : 1) : (forMen ? 2 : 1));
        else others.add(place);
      }
    }
    const rank = (id) => grave && this.last.has(id) && !violent ? 4 : own.get(id) ?? (grave && others.has(id) ? 3 : 2);
    const all = named ? [...new Set([...ids, ...own.keys()])] : ids;
    return all.filter((id) => !grave || !this.off.has(id)).sort((one, other) => rank(one) - rank(other));
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
