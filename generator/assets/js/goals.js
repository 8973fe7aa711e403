// A goal in a family's or a professional's words in, the offers that go with it out, each with the topics by which it fits. Knows no
// page. Goals are sentences: what says nothing of what is wanted, and names that no offer has, is left out before anything is sought.
import { fold, words } from "./folding.js";

const PHRASE = 6; // what a lay phrase of a topic is worth that stands whole in the goal
const SAID = [0, 3, 7, 9]; // what stands in goals about a topic, by how many words it has
const ENDING = /(?:en|er|es|em|e|n|s|t)$/;
const TOPICS = 3; // topics that one goal is about, at most
const NEAR = 0.45; // a topic counts when it has this share of the best one's score
const BY_TOPIC = 1; // what the topic of an offer counts beside its own words
const OWN = 0.35;
const FAINT = 0.3; // an offer counts when it has this share of the best one's score

const set = (text) => new Set(text.split(" ").filter(Boolean));

export class Goals {
  // `offers` with the full part of their index; `file` as generator/search/case_data.py writes it.
  constructor(offers, file) {
    this.offers = offers;
    this.index = offers.index;
    this.file = file;
    const empty = set(file.empty);
    const stop = this.index.stop;
    this.tells = (word) => word.length > 2 && !stop.has(word) && !empty.has(word) && !empty.has(word.replace(ENDING, ""));
    const kind = this.index.kinds.findIndex(({ id }) => id === "topic");
    this.topics = new Map();
    for (let id = 0; id < this.index.size; id++) {
      if (this.index.kind[id] !== kind) continue;
      const topic = this.index.url(id).split("/").at(-2);
      if (file.topics[topic]) this.topics.set(id, topic);
    }
  }

  // Entry → score, over the words that tell something and the lay phrases that stand in the goal.
  scores(goal) {
    const asked = words(goal).map(fold);
    const found = new Map();
    const add = (id, score) => found.set(id, (found.get(id) ?? 0) + score);
    for (const word of new Set(asked)) {
      if (!this.tells(word)) continue;
      const looked = this.index.look(word);
      if (looked.how !== "same" && looked.how !== "part") continue;
      const telling = Math.log(1 + this.index.size / (looked.ids.length + 1));
      for (const id of looked.ids) add(id, telling * looked.scores[id]);
    }
    const said = ` ${asked.join(" ")} `;
    for (const [phrase, row] of this.index.phrases) {
      if (!said.includes(phrase)) continue;
      const pairs = this.index.ofRow[row];
      for (let at = 0; at < pairs.length; at += 2) add(pairs[at], PHRASE * pairs[at + 1]);
    }
    for (const [id, topic] of this.topics) {
      const phrases = this.file.topics[topic][1].map((phrase) => phrase.split(" ")).filter((all) => all.every((start) => asked.some((word) => word.startsWith(start))));
      const most = Math.max(0, ...phrases.map((all) => SAID[Math.min(all.length, SAID.length - 1)]));
      if (most) add(id, most);
    }
    return found;
  }

  // {topics: [id …], places: Map(place → {score, topics, asked})}; `asked` is the kind of help that the goal itself names.
  read(goal) {
    const scores = this.scores(goal);
    const ranked = [...this.topics].flatMap(([id, topic]) => scores.has(id) ? [[topic, scores.get(id)]] : []).sort((one, other) => other[1] - one[1]);
    const best = ranked[0]?.[1] ?? 0;
    const topics = ranked.filter(([, score]) => score >= NEAR * best).slice(0, TOPICS);
    const places = new Map();
    const bits = this.offers.facets.get("thema");
    let most = 0;
    for (let place = 0; place < this.offers.size; place++) {
      const own = scores.get(this.offers.entries[place]) ?? 0;
      const fitting = topics.filter(([topic]) => bits?.get(topic)?.bits.has(place));
      const score = OWN * own + BY_TOPIC * Math.max(0, ...fitting.map(([, score]) => score));
      if (!score) continue;
      places.set(place, { score, topics: fitting.map(([topic]) => topic) });
      most = Math.max(most, score);
    }
    for (const [place, { score }] of places) if (score < FAINT * most) places.delete(place);
    const said = ` ${words(goal).map(fold).join(" ")} `;
    const asked = this.file.aids.filter(([, , names]) => names.some((name) => name && said.includes(` ${name} `))).map(([kind]) => kind);
    return { topics: topics.map(([topic]) => topic), places, asked };
  }
}
