/* Words in, how likely each topic is meant, and what that does to the scores of a search: a linear model over letters
   (generator/search/index.py). */

import { numbers } from "./matching.js";
import { breathing } from "./pause.js";
import { BEHIND, FAINT, FIRST, PART, PHRASE, SAID, SPEECH, SURE } from "./weights.js";

const OWN = -1; /* the row that stands for the site's language */

/* The sums of one model: of words how likely each row is. */
class Letters {
  /* `letters` of a piece, the `least` weight that is kept, and how many are 1 (`scale`): generator/search/index.py. */
  constructor({ buckets, topics, letters, scale }) {
    Object.assign(this, { buckets, letters, scale });
    this.rows = topics.map(([row]) => row);
    this.bias = topics.map(([, bias]) => bias);
    this.held = new Map(); /* by bucket: topic, weight, topic, weight … */
  }

  *reading({ topics, least }) {
    const breath = breathing();
    for (const [topic, [, , steps, weights]] of topics.entries()) {
      const signed = numbers(weights);
      numbers(steps).reduce((before, step, at) => {
        const bucket = before + step, weight = (signed[at] >> 1) + least;
        const held = this.held.get(bucket) ?? this.held.set(bucket, []).get(bucket);
        held.push(topic, signed[at] & 1 ? -weight : weight);
        return bucket;
      }, 0);
      yield* breath();
    }
  }

  read(words) {
    const cut = words.flatMap((word) => pieces(word, this.letters)), sum = this.bias.map(() => 0);
    const found = new Set(cut.map((letters) => hash(letters) & this.buckets - 1));
    for (const bucket of found) {
      const held = this.held.get(bucket) ?? [];
      for (let at = 0; at < held.length; at += 2) sum[held[at]] += held[at + 1];
    }
    const powers = sum.map((one, topic) =>
      Math.exp((one / Math.sqrt(found.size || 1) + this.bias[topic]) / this.scale));
    const all = powers.reduce((one, other) => one + other, 0);
    return new Map(powers.map((power, topic) => [this.rows[topic], power / all]));
  }
}

export class TopicModel {
  /* Of the site's language or of others, beside what is there already. */
  constructor(part, { own, spoken } = {}, later = false) {
    const model = new Letters(part), others = model.rows.includes(OWN);
    this.own = others ? own : model;
    this.spoken = others ? model : spoken;
    this.reading = model.reading(part);
    if (!later) for (const _ of this.reading);
  }

  /* What words say as they are typed: how likely each row of `rows`, and that they are of the site's language (`own`);
     whether they are `strange` by their letters, and of a `foreign` language: where one is no word of the site; a word
     alone is a slip rather than one that nobody entered. `speech`: somebody talks. */
  hear(index, typed) {
    const rows = this.spoken?.read(typed) ?? new Map(), own = rows.get(OWN) ?? 1, strange = this.own && own < SURE,
      speech = typed.length >= SPEECH;
    rows.delete(OWN);
    const unknown = strange ? typed.filter((word) => !index.empty(word) && !index.lexicon.place.has(word)) : [];
    return { rows, own, strange, speech, native: this.own && own > 1 - FAINT,
      foreign: unknown.length && (speech || unknown.some((word) => index.spoken.look(word)?.quality >= PART)) };
  }

  /* [row, likelihood] of each topic: of words in the site's language what its own model says, as the site knows them;
     else what each says, as likely as it is that they are of its language. */
  read({ rows, own, strange }, known) {
    if (!this.own) return [...rows].map(([row, likely]) => [row, likely / Math.max(1 - own, Number.EPSILON)]);
    const all = new Map(strange ? rows : []), share = strange ? own : 1;
    for (const [row, likely] of this.own.read(known)) all.set(row, share * likely + (all.get(row) ?? 0));
    return [...all];
  }

  /* The row of the topic that is likeliest meant, if one is likely; none beside mostly words of another language. */
  likeliest({ said, rest, asked }) {
    if (!said.foreign && 2 * asked.filter(({ found }) => found.spoken).length >= asked.length) return undefined;
    const [row, likely] = this.read(said, rest).reduce((best, one) => one[1] > best[1] ? one : best);
    return likely > SURE ? row : undefined;
  }

  /* The entry of that topic; a grave one only where words lead to it, too. */
  topic(index, query, { had }) {
    const row = this.likeliest(query), id = row === undefined ? undefined : index.topicOf(row);
    return !index.absent.has(id) && (had[id] || !index.guarded.has(id)) ? id : undefined;
  }

  /* Adds to the scores of a search what the letters speak for; hands out by how much the score of an entry counts
     beside that. A guess lifts nothing that is sensitive: for that a word must lead to violence. */
  lift(index, query, scores) {
    const { named, must, whole, said } = query, { ids, count, sum, had } = scores;
    const about = new Float64Array(index.size);
    let surest = 0;
    const talks = said.foreign && said.speech, meant = talks ? SAID / 2 : SAID, adds = talks ? BEHIND : PHRASE;
    for (const [row, likely] of this.likely(index, query, scores)) {
      if (named.some((one) => one.row === row) || index.guardedRows.has(row)) continue;
      const pairs = index.ofRow[row], sure = Math.sqrt(likely);
      for (let at = 0; at < pairs.length; at += 2) {
        const id = pairs[at];
        about[id] = Math.max(about[id], likely);
        surest = Math.max(surest, likely);
        const isAnswer = index.kind[id] === index.offer || index.kind[id] === index.topic;
        if (index.guarded.has(id) || named.length && !isAnswer) continue;
        if (!had[id]) ids.push(id);
        if (sure > meant) count[id] = must;
        had[id] = Math.max(had[id], Math.min(1, 2 * sure) * whole);
        sum[id] += sure * adds * whole * pairs[at + 1];
      }
    }
    return (id) => 1 - BEHIND * (surest - about[id]);
  }

  /* None beside words of another language, where one or two words are known as they are written, and where what has all
     words is a house or an office: who names it wants it. */
  likely(index, { said, rest, filters, asked, must, whole }, { ids, count, sum, had }) {
    const typed = rest.filter((word) => !filters.has(word));
    const above = (least) => this.read(said, typed).filter(([, likely]) => likely > least)
      .sort(([, one], [, other]) => other - one).slice(0, FIRST);
    const isHouse = (id) => count[id] === must && index.houses.has(index.kind[id]);
    const known = asked.every(({ found }) => found.how === "same");
    if (said.foreign && !said.speech && known && ids.some(isHouse)) return [];
    if (said.foreign) return above(FAINT);
    if (!whole || asked.some(({ found }) => found.spoken)) return [];
    const full = ids.filter((id) => count[id] === must && index.kind[id] !== index.term);
    if (full.length && typed.length < SPEECH && known) return [];
    const value = (id) => sum[id] * had[id] ** 2,
      leading = full.reduce((best, id) => value(id) > value(best) ? id : best, full[0]);
    if (full.length && index.kind[leading] !== index.offer && index.kind[leading] !== index.topic) return [];
    return above(asked.every(({ found }) => found.how === "none") ? SURE : FAINT);
  }
}

function pieces(word, length) {
  const letters = [...`<${word}>`], found = [letters];
  for (let at = 0; at + length <= letters.length; at++) found.push(letters.slice(at, at + length));
  return found;
}

function hash(letters) {
  let number = 0;
  for (const letter of letters) number = Math.imul(number, 31) + letter.codePointAt() >>> 0;
  return (number ^ number >>> 15) >>> 0;
}
