// A goal in a family's or a professional's words in, the offers that go with it out, each with the topics by which it fits. Knows no
// page. Goals are sentences: what says nothing of what is wanted, and names that no offer has, is left out before anything is sought.
import { fold, words } from "./folding.js";

const PHRASE = 6; // what a lay phrase of a topic is worth that stands whole in the goal
const SAID = [0, 3, 7, 9]; // what stands in goals about a topic, by how many words it has
const ENDING = /(?:en|er|es|em|e|n|s|t)$/;
const TOPICS = 3; // topics that one goal is about, at most
const NEAR = 0.45; // a topic counts when it has this share of the best one's score
const BESIDE = 0.6; // what a topic counts for an offer that is about another one of the same life situation first, or about a joy
const APART = 0.5; // and for one that is about something else: a group for the bereaved is nothing for who expects a baby
const NAMED = [6, 3]; // a word of the goal begins a word of the offer's name, or is inside of one
const FAINT = 0.52; // an offer counts when it has more than this share of what one could have
const PART = 6; // letters from which on a piece of a longer word tells what is meant: „hält“ is no „Unterhalt“
const OVER = 2; // words before the name of a help that may say that it is over

const set = (text) => new Set(text.split(" ").filter(Boolean));

export class Goals {
  // `offers` with the title part of their index; `file` as generator/search/case_data.py writes it, `columns` unpacked.
  constructor(offers, file, columns) {
    this.columns = columns;
    this.offers = offers;
    this.index = offers.index;
    this.file = file;
    const empty = set(file.empty);
    const stop = this.index.stop;
    this.joys = new Set(file.strengths);
    this.over = set(file.turns.over ?? "");
    this.becoming = set(file.turns.becoming ?? "");
    this.joining = set(file.turns.joining ?? "");
    this.kin = new Map(Object.entries(file.kin));
    // Where something is to be is no word for what: „in der Birkenkoppel“.
    this.areas = new Map([...offers.choices.facets.get("gebiet") ?? []].map(([id, { label }]) => [fold(label), id]));
    this.tells = (word) => word.length > 2 && !stop.has(word) && !this.areas.has(word) && !empty.has(word) && !empty.has(word.replace(ENDING, ""));
    const kind = this.index.kinds.findIndex(({ id }) => id === "topic");
    this.topics = new Map();
    for (let id = 0; id < this.index.size; id++) {
      if (this.index.kind[id] !== kind) continue;
      const topic = this.index.url(id).split("/").at(-2);
      if (file.topics[topic]) this.topics.set(id, topic);
    }
  }

  // Where each part of a phrase begins a word of what was said, or the word for somebody of the family; null unless all of them do.
  heard(asked, phrase) {
    const at = phrase.split(" ").map((start) => asked.findIndex((word) => word.startsWith(start) || this.kin.get(word)?.startsWith(start)));
    return at.includes(-1) ? null : new Set(at);
  }

  // Topic → how many words of a phrase about it were said. What is part of a longer phrase says nothing of its own: „Kontakt zum
  // Vater“ is no contact with neighbours.
  said(asked) {
    const heard = [...this.topics].flatMap(([id, topic]) => this.file.topics[topic][2].flatMap((phrase) => this.heard(asked, phrase) ?? []).map((at) => ({ id, at })));
    const found = new Map();
    for (const { id, at } of heard) {
      if (heard.some((other) => other.id !== id && other.at.size > at.size && [...at].every((place) => other.at.has(place)))) continue;
      found.set(id, Math.max(found.get(id) ?? 0, at.size));
    }
    return found;
  }

  // Entry → score, over the words that tell something and the lay phrases that stand in the goal.
  scores(asked) {
    const found = new Map();
    const add = (id, score) => found.set(id, (found.get(id) ?? 0) + score);
    for (const word of new Set(asked)) {
      if (!this.tells(word)) continue;
      const looked = this.index.look(word);
      if (looked.how !== "same" && (looked.how !== "part" || word.length < PART)) continue;
      const telling = Math.log(1 + this.index.size / (looked.ids.length + 1));
      for (const id of looked.ids) add(id, telling * looked.scores[id]);
    }
    const text = ` ${asked.join(" ")} `;
    for (const [phrase, row] of this.index.phrases) {
      if (!text.includes(phrase)) continue;
      const pairs = this.index.ofRow[row];
      for (let at = 0; at < pairs.length; at += 2) add(pairs[at], PHRASE * pairs[at + 1]);
    }
    for (const [id, length] of this.said(asked)) add(id, SAID[Math.min(length, SAID.length - 1)]);
    return found;
  }

  // The topics of a goal with their scores, the best first. Whoever wants two things in one sentence wants both.
  about(goal) {
    const asked = words(goal).map(fold);
    const scores = this.scores(asked);
    const most = (found) => Math.max(0, ...[...this.topics.keys()].map((id) => found.get(id) ?? 0));
    const best = most(scores);
    // A comma parts no wishes: „mit jemandem reden, der nicht meine Mutter ist“.
    const clauses = goal.split(/[;.!?]/u).flatMap((part) => {
      const all = words(part).map(fold);
      const ends = [...all.keys()].filter((at) => this.joining.has(all[at]));
      return [...ends, all.length].map((end, nth) => all.slice(nth ? ends[nth - 1] + 1 : 0, end));
    });
    for (const clause of clauses) {
      const said = this.said(clause);
      const own = this.scores(clause);
      for (const id of said.keys()) if (own.get(id) >= NEAR * most(own)) scores.set(id, Math.max(scores.get(id) ?? 0, best * own.get(id) / most(own)));
    }
    // Where a goal says in several words what it is about, words that merely occur in other topics say nothing.
    const said = new Map([...clauses.map((clause) => this.said(clause)), this.said(asked)].flatMap((found) => [...found]));
    const clear = Math.max(0, ...said.values()) > 1;
    const ranked = [...this.topics].flatMap(([id, topic]) => scores.has(id) && (!clear || said.has(id)) ? [[topic, scores.get(id)]] : []).sort((one, other) => other[1] - one[1]);
    return { scores, topics: ranked.filter(([, score]) => score >= NEAR * best).slice(0, TOPICS) };
  }

  // What an offer is about first.
  first(place) {
    return this.columns.topic.texts[this.columns.topic.places[place]];
  }

  share(topic, first) {
    if (topic === first) return 1;
    return this.joys.has(first) || this.file.topics[first]?.[1] === this.file.topics[topic][1] ? BESIDE : APART;
  }

  // How much of a goal stands in an offer's name; endings don't count, „Schwimmen lernen“ is what „sie schwimmt“ asks for.
  named(entry, stems) {
    const title = ` ${this.index.folded[entry]}`;
    return Math.max(0, ...stems.map((stem) => title.includes(` ${stem}`) ? NAMED[0] : title.includes(stem) ? NAMED[1] : 0));
  }

  // Whether a goal names a help, and says neither that it is over („nach dem Heim“) nor that somebody wants to give it („Pflegemutter werden“).
  wanted(said, name) {
    const at = said.findIndex((_word, start) => name.every((part, nth) => said[start + nth] === part));
    return at >= 0 && !said.slice(Math.max(0, at - OVER), at).some((word) => this.over.has(word)) && !this.becoming.has(said[at + name.length]);
  }

  // Whether an offer is for everybody, or for people of whom the goal says that they are meant: for volunteers, for foster families.
  meant(place, asked) {
    const groups = this.columns.only.texts[this.columns.only.places[place]];
    return !groups || groups.split(" ").some((group) => this.file.groups[group]?.some((phrase) => this.heard(asked, phrase)));
  }

  // {topics: [id …], places: Map(place → {score, topics}), areas: [id …], asked}; `asked` are kinds of help that the goal itself names.
  read(goal) {
    const { scores, topics } = this.about(goal);
    const folded = words(goal).map(fold);
    const stems = folded.filter((word) => word.length > 3 && this.tells(word)).map((word) => word.length > 5 ? word.replace(ENDING, "") : word);
    const bits = this.offers.facets.get("thema");
    // A word that names the topic itself says nothing of which offer is meant.
    const names = topics.map(([topic]) => fold(this.file.topics[topic][0]));
    const telling = stems.filter((stem) => !names.some((name) => name.includes(stem)));
    const places = new Map();
    let most = 0;
    for (let place = 0; place < this.offers.size; place++) {
      const entry = this.offers.entries[place];
      if (!this.meant(place, folded)) continue;
      const fitting = topics.filter(([topic]) => bits?.get(topic)?.bits.has(place));
      const about = Math.max(0, ...fitting.map(([topic, score]) => score * this.share(topic, this.first(place))));
      // Where nothing says what a goal is about, the words of the offers have to do.
      const score = topics.length ? about && about + this.named(entry, stems) : scores.get(entry) ?? 0;
      if (!score) continue;
      places.set(place, { score, topics: fitting.map(([topic]) => topic) });
      most = Math.max(most, topics.length ? about + this.named(entry, telling) : score);
    }
    for (const [place, { score }] of places) if (score <= FAINT * most) places.delete(place);
    const asked = this.file.aids.filter(([, , called]) => called.some((name) => this.wanted(folded, name.split(" ")))).map(([kind]) => kind);
    return { topics: topics.map(([topic]) => topic), places, areas: folded.flatMap((word) => this.areas.get(word) ?? []), asked };
  }
}
