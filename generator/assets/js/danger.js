// What was typed and the lexicon of danger (generator/search/danger.py) in; who is in danger by whom, and the lines that stand
// above all hits, out. Knows no page and keeps nothing. Sentences are read by what their words do: who acts, to whom, how.

import { findings } from "./danger_findings.js";
import { Grammar } from "./danger_grammar.js";
import { Sentence } from "./danger_sentence.js";
import { stateAt } from "./hours.js";

export class Danger {
  constructor(file) {
    this.file = file;
    this.off = new Set(file.off);
    this.last = new Set(file.last);
    const right = new Map();
    const known = (word) => {
      if (!right.has(word)) right.set(word, this.grammars.some((grammar) => grammar.knows(word)));
      return right.get(word);
    };
    this.grammars = Object.entries(file.words).map(([language, classes]) => new Grammar(language, classes, known));
  }

  // {answers: [id …], language, emergency: a line's number or null, other, violence}; null where nothing is said of danger.
  recognise(query) {
    let best = null, fewest = Infinity, most = 0, language = null;
    for (const grammar of this.grammars) {
      const sentence = new Sentence(grammar.read(query));
      const found = sentence.trusted ? findings(sentence) : [];
      if (!found.length || sentence.slips > fewest || (sentence.slips === fewest && sentence.understood <= most)) continue;
      [best, fewest, most, language] = [found, sentence.slips, sentence.understood, grammar.language];
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
