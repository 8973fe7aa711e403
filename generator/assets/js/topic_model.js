/* Words in, how likely each topic is meant, and what that does to the scores of a search: a linear model over letters (generator/search/topic_model.py). */

import { numbers, SPEECH } from "./matching.js";

/* Of topics that the letters speak for: the least likely, also where no word is known, and how many, what they add, from when an entry counts as having all words,
   what it covers, what others lose; from when the topic itself is shown. */
const POSSIBLE = 0.1, ALONE = 0.3, MOST = 3, LIKELY = 0.3, MEANT = 0.5, COVER = 2, OUTSIDE = 0.8, SHOWN = 0.3;
const BUCKETS = 8192, LETTERS = 4, LEAST = 4, SCALE = 4;

export class TopicModel {
  constructor(part) {
    this.rows = part.map(([row]) => row);
    this.bias = part.map(([, bias]) => bias);
    this.held = new Map(); /* by bucket: topic, weight, topic, weight … */
    part.forEach(([, , steps, weights], topic) => {
      const signed = numbers(weights);
      numbers(steps).reduce((before, step, at) => {
        const bucket = before + step, weight = (signed[at] >> 1) + LEAST;
        const held = this.held.get(bucket) ?? this.held.set(bucket, []).get(bucket);
        held.push(topic, signed[at] & 1 ? -weight : weight);
        return bucket;
      }, 0);
    });
  }

  /* [row, likelihood] of each topic. */
  read(words) {
    const found = new Set(words.flatMap(buckets)), sum = this.bias.map(() => 0);
    for (const bucket of found) {
      const held = this.held.get(bucket) ?? [];
      for (let at = 0; at < held.length; at += 2) sum[held[at]] += held[at + 1];
    }
    const powers = sum.map((one, topic) => Math.exp((one / Math.sqrt(found.size || 1) + this.bias[topic]) / SCALE));
    const all = powers.reduce((one, other) => one + other, 0);
    return powers.map((power, topic) => [this.rows[topic], power / all]);
  }

  /* The entry of the topic that is likeliest meant, if one is likely; none beside mostly words of another language, and what is grave for no guess. */
  topic(index, { rest, every }, ofViolence) {
    if (every.filter(({ spoken }) => spoken).length >= every.length / 2) return undefined;
    const [row, likely] = this.read(rest).reduce((best, one) => one[1] > best[1] ? one : best), id = index.topicOf(row);
    return likely > SHOWN && (ofViolence || !index.grave.has(id)) ? id : undefined;
  }

  /* Adds to the scores of a search what the letters speak for; hands out by how much the score of an entry counts beside that. A guess lifts nothing
     that is sensitive: for that a word must lead to violence. */
  lift(index, asked, tally) {
    const { named, must, whole } = asked, { ids, count, sum, had } = tally;
    const about = new Float64Array(index.size);
    let surest = 0;
    for (const [row, likely] of this.likely(index, asked, tally)) {
      if (named.some((one) => one.row === row)) continue;
      const pairs = index.ofRow[row], sure = Math.sqrt(likely);
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at];
        about[id] = Math.max(about[id], likely);
        surest = Math.max(surest, likely);
        if (index.discreet.has(id) || named.length && index.kind[id] !== index.offer && index.kind[id] !== index.topic) continue;
        if (!had[id]) ids.push(id);
        if (sure > MEANT) count[id] = must;
        had[id] = Math.max(had[id], Math.min(1, COVER * sure) * whole);
        sum[id] += sure * LIKELY * whole * pairs[at + 1];
      }
    }
    return (id) => index.kind[id] === index.offer || index.kind[id] === index.topic ? 1 - OUTSIDE * (surest - about[id]) : 1;
  }

  /* None beside words of another language, where one or two words are known as they are written, and where what has all words is a house or an office:
     who names it wants it. */
  likely(index, { rest, filters, every, must, whole }, { ids, count, sum, had }) {
    const typed = rest.filter((word) => !filters.has(word));
    if (!whole || every.some(({ spoken }) => spoken)) return [];
    const full = ids.filter((id) => count[id] === must && index.kind[id] !== index.term);
    if (full.length && typed.length < SPEECH && every.every(({ how }) => how === "same")) return [];
    const value = (id) => sum[id] * had[id] ** 2, leading = full.reduce((best, id) => value(id) > value(best) ? id : best, full[0]);
    if (full.length && index.kind[leading] !== index.offer && index.kind[leading] !== index.topic) return [];
    const least = every.every(({ how }) => how === "none") ? ALONE : POSSIBLE;
    return this.read(typed).filter(([, likely]) => likely > least).sort(([, one], [, other]) => other - one).slice(0, MOST);
  }
}

function buckets(word) {
  const letters = [...`<${word}>`], pieces = [letters];
  for (let at = 0; at + LETTERS <= letters.length; at++) pieces.push(letters.slice(at, at + LETTERS));
  return pieces.map(bucket);
}

function bucket(letters) {
  let number = 0;
  for (const letter of letters) number = Math.imul(number, 31) + letter.codePointAt() >>> 0;
  return (number ^ number >>> 15) >>> 0 & BUCKETS - 1;
}
