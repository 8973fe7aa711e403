// A goal in a family's or a professional's words in, the offers that go with it out, each with the topics by which it fits. Knows no
// page. Goals are sentences: what says nothing of what is wanted, and names that no offer has, is left out before anything is sought.
import { fold, words } from "./folding.js";
import { People } from "./goal_people.js";

const WORD = 0.594; // what a word of the search counts for a topic, beside a phrase that is said in goals
const LESS = 0.75; // what each further word of a phrase counts, of the one before
const MORE = 0.35; // what a further phrase of the same topic adds, of its own weight
const PHRASE = 2; // what a lay phrase of a topic is worth that stands whole in the goal: it was made for the search box, and says less than one from goals
const ENDING = /(?:en|er|es|em|e|n|s|t)$/;
const TOPICS = 3; // topics that one goal is about, at most
const NEAR = 0.6; // a topic counts when it has this share of the best one's score
const LEAST = 2.2; // and at least so much: what says less says nothing
const BESIDE = 0.55; // what a topic counts for an offer that is about another one of the same life situation first, or about a joy
const APART = 0.4; // and for one that is about something else: a group for the bereaved is nothing for who expects a baby
const NAMED = 1.6; // a word in an offer's name, beside one in its line
const TEXT = 0.8; // what the words of an offer count beside its topics
const SAME = 1.5; // what it adds that an offer's name and a goal speak of the same condition
const RARE = 6; // offers that a word may stand in to tell them from others
const ALONE = 7; // and how much they must say where no topic was heard
const UNSAID = 0.7; // what an offer counts for people who say who they are, where nobody does
const FAINT = 0.5; // an offer counts when it has more than this share of the best
const RIGHT = 0.3; // a claim of its own is named from this share on
const MAYBE = 0.3; // a topic may be meant from this share of the best one's score on
const OFFERED = 2; // topics that may be meant besides, at most
export const SURE = 0.85; // and is shown at once from this share on
const PART = 6; // letters from which on a piece of a longer word tells what is meant: „hält“ is no „Unterhalt“
const INSIDE = 5; // letters of a beginning that may stand inside of a longer word: „Lieblingssport“
const WIDE = 5; // words between which those of a phrase belong together
const FAR = 0.6; // and what they count where they stand further from each other
const TURN = 3; // words that side by side are a turn of phrase
const FILLING = 0.2; // what a part of a phrase counts that is a small word, beside one that tells something
const EMPTY = 0.5; // and one that stands in many goals
const BYTHEWAY = 0.5; // what a word counts that says why or when
const SHORT = 4; // a beginning of so few letters is a word of its own: „uni“ is in no „Uniform“
const INFLECTED = /^(?:e|en|er|es|em|ern|n|s|t|st|te|ten|et|est)?$/;
const STEM = 5; // letters by which words of one stem are told
const OVER = 4; // words before the name of a help that may say that it is over

const set = (text) => new Set(text.split(" ").filter(Boolean));

// „gesungen“, „aufgeräumt“, „einzukaufen“ without what a verb has before its stem there.
const bare = (word) => /^(?:an|auf|aus|ein|ab|mit|vor|zu|nach|um|los|raus|rein|hin|weg)?(?:ge|zu)(\p{L}{4,})$/u.exec(word)?.[1];

const beginnings = (text, longest) => Array.from({ length: Math.min(text.length, longest) }, (_, at) => text.slice(0, at + 1));

export class Goals {
  // `offers` with the title part of their index; `file` as generator/subjects/casework/page_case_file.py writes it, `columns` unpacked.
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
    this.adverbs = set(file.turns.adverbs ?? "");
    this.small = set(file.turns.small ?? "");
    this.aside = set(file.turns.aside ?? "");
    this.joining = set(file.turns.joining ?? "");
    this.kin = new Map(Object.entries(file.kin));
    this.verbs = new Map(Object.entries(file.verbs));
    this.prefixes = set(file.turns.prefixes ?? "");
    // Where something is to be is no word for what: „in der Birkenkoppel“.
    this.areas = new Map([...offers.choices.facets.get("gebiet") ?? []].map(([id, { label }]) => [fold(label), id]));
    this.tells = (word) => word.length > 2 && !stop.has(word) && !this.areas.has(word) && !empty.has(word) && !empty.has(word.replace(ENDING, ""));
    this.people = new People(file.people, (word, start) => this.starts(word, start));
    const kind = this.index.kinds.findIndex(({ id }) => id === "topic");
    this.topics = new Map();
    for (let id = 0; id < this.index.size; id++) {
      if (this.index.kind[id] !== kind) continue;
      const topic = this.index.url(id).split("/").at(-2);
      if (file.topics[topic]) this.topics.set(id, topic);
    }
    this.weigh();
  }

  // How much each part of a phrase tells: one that goes with few topics says more than one that goes with many.
  weigh() {
    const of = new Map();
    const about = [...[...this.topics.values()].map((topic) => this.file.topics[topic][2]), ...Object.values(this.file.kinds)];
    const beside = [...Object.values(this.file.groups), ...this.file.conditions.map(([, , said]) => said)];
    this.longest = Math.max(...[...about, ...beside].flat().flatMap((phrase) => phrase.split(" ").map((part) => part.length)));
    for (const phrases of about) {
      for (const part of new Set(phrases.flatMap((phrase) => phrase.split(" ")))) of.set(part, (of.get(part) ?? 0) + 1);
    }
    this.tellings = new Map([...of].map(([part, count]) => [part, Math.log(1 + this.topics.size / count) * (this.small.has(part) ? FILLING : this.tells(part) ? 1 : EMPTY)]));
  }

  // How much a phrase tells that stands at `at`: the sum of its parts, each by how much of the word it is, and by whether that word stands
  // where the wish is or beside it („obwohl …“, „weil …“).
  telling(phrase, at, asked, aside) {
    const places = [...at];
    const tells = phrase.split(" ").map((part, nth) => this.tellings.get(part) * (aside.has(places[nth]) ? BYTHEWAY : 1) * (0.7 + 0.3 * Math.min(1, part.length / (asked[places[nth]] ?? part).length)));
    const sum = tells.sort((one, other) => other - one).reduce((all, one, nth) => all + one * LESS ** nth, 0);
    const apart = Math.max(...places) - Math.min(...places);
    // A turn of phrase says something though none of its words does: „Zeit für sich“.
    return Math.max(sum * (apart > WIDE ? FAR : 1), tells.length >= TURN && apart < tells.length ? LEAST : 0);
  }

  // Places of words that say why, when or in spite of what, up to the next comma.
  asides(goal) {
    const found = new Set();
    let at = 0;
    for (const part of goal.split(/[,;.!?]/u)) {
      const list = words(part).map(fold);
      const start = list.findIndex((word, nth) => this.aside.has(word) && nth < 2);
      list.forEach((_word, nth) => { if (start >= 0 && nth > start) found.add(at + nth); });
      at += list.length;
    }
    return found;
  }

  // The forms under which a word may be known: as said, without what a verb has before it, as its stem („geschrien“: „schrei“), as what
  // families call each other.
  forms(word) {
    if (!this.formsOf.has(word)) {
      const stem = bare(word);
      this.formsOf.set(word, [word, stem, this.verbs.get(word), stem && this.verbs.get(stem), this.kin.get(word)].filter(Boolean));
    }
    return this.formsOf.get(word);
  }

  formsOf = new Map();

  // Whether a word begins so, in one of its forms; of few letters it has to be all of it but an ending.
  starts(word, start) {
    return this.forms(word).some((form) => form.startsWith(start) && (start.length > SHORT || INFLECTED.test(form.slice(start.length))));
  }

  // The same, or the end of it is a word that does: „Grundschule“ is a „Schule“, „verkaufen“ no „kaufen“.
  begins(word, start) {
    if (this.starts(word, start)) return true;
    if (start.length < INSIDE) return false;
    const at = word.indexOf(start, 3);
    return at > 0 && !this.prefixes.has(word.slice(0, at)) && INFLECTED.test(word.slice(at + start.length));
  }

  // Beginning → places of the words of what was said that begin so, up to the length of the longest part of a phrase.
  begun(asked) {
    if (!this.begunIn.has(asked)) {
      const found = new Map();
      asked.forEach((word, at) => {
        const starts = new Set(this.forms(word).flatMap((form) => beginnings(form, this.longest)));
        for (let from = 3; from < word.length; from++) for (const start of beginnings(word.slice(from), this.longest)) starts.add(start);
        for (const start of starts) if (this.begins(word, start)) found.set(start, [...found.get(start) ?? [], at]);
      });
      this.begunIn.set(asked, found);
    }
    return this.begunIn.get(asked);
  }

  begunIn = new WeakMap();

  // Where each part of a phrase begins a word of what was said; null unless all of them do. What begins with a small word is said in this
  // order: „nicht mehr allein“, and not „allein, und das nicht mehr“.
  heard(asked, phrase) {
    const begun = this.begun(asked);
    const parts = phrase.split(" ");
    if (!parts.every((part) => begun.has(part))) return null;
    const find = (part, from = 0) => begun.get(part).find((at) => at >= from) ?? -1;
    if (parts.length > 1 && this.small.has(parts[0])) {
      for (let at = find(parts[0]); at >= 0; at = find(parts[0], at + 1)) {
        const places = [at];
        for (const part of parts.slice(1)) places.push(places.at(-1) < 0 ? -1 : find(part, places.at(-1) + 1));
        if (!places.includes(-1) && places.at(-1) - at < parts.length + 2) return new Set(places);
      }
      return null;
    }
    return new Set(parts.map((part) => find(part)));
  }

  // Topic → how much the phrases about it that were said tell. What is part of a longer phrase says nothing of its own: „Kontakt zum
  // Vater“ is no contact with neighbours.
  said(asked, aside = new Set()) {
    const heard = [...this.topics].flatMap(([id, topic]) => this.file.topics[topic][2].flatMap((phrase) => {
      const at = this.heard(asked, phrase);
      return at ? { id, at, phrase, tells: this.telling(phrase, at, asked, aside) } : [];
    }));
    const found = new Map();
    // A longer beginning of the same word knows better: who asks for a „Geburtstag“ expects no „Geburt“.
    const better = (one, other) => other.id !== one.id && [...one.at].every((place) => other.at.has(place))
      && (other.at.size > one.at.size || (other.at.size === 1 && other.phrase.length > one.phrase.length + 1 && other.phrase.startsWith(one.phrase)));
    for (const one of heard.sort((first, second) => second.tells - first.tells)) {
      const { id, at, tells } = one;
      if (heard.some((other) => better(one, other))) continue;
      const before = found.get(id);
      if (!before) found.set(id, { tells, at: new Set(at), length: at.size });
      else if ([...at].some((place) => !before.at.has(place))) {
        before.tells += MORE * tells;
        for (const place of at) before.at.add(place);
      }
    }
    return found;
  }

  // Entry → score, over the words that tell something and the lay phrases that stand in the goal.
  scores(asked, said) {
    const found = new Map();
    const add = (id, score) => found.set(id, (found.get(id) ?? 0) + score);
    for (const word of new Set(asked)) {
      if (!this.tells(word)) continue;
      const looked = this.index.look(word);
      if (looked.how !== "same" && (looked.how !== "part" || word.length < PART)) continue;
      const telling = Math.log(1 + this.index.size / (looked.ids.length + 1));
      for (const id of looked.ids) add(id, WORD * telling * looked.scores[id]);
    }
    const text = ` ${this.index.typed(asked.join(" ")).join(" ")} `;
    // Lay phrases of the search that hold each other are one: „auf eigenen Beinen“, „eigenen Beinen“.
    const lay = new Map();
    for (const [phrase, row] of this.index.phrases) {
      if (!text.includes(phrase)) continue;
      const pairs = this.index.ofRow[row];
      for (let at = 0; at < pairs.length; at += 2) lay.set(pairs[at], Math.max(lay.get(pairs[at]) ?? 0, PHRASE * pairs[at + 1]));
    }
    for (const [id, score] of lay) add(id, score);
    for (const [id, { tells }] of said) add(id, tells);
    return found;
  }

  // The topics of a goal with their scores, the best first. Whoever wants two things in one sentence wants both.
  about(goal, who = this.people.read(words(goal).map(fold))) {
    const asked = words(goal).map(fold);
    const aside = this.asides(goal);
    const said = this.said(asked, aside);
    const scores = this.scores(asked, said);
    for (const [id, topic] of this.topics) if (scores.has(id)) scores.set(id, scores.get(id) * this.people.concerns(who, this.file.topics[topic][3]));
    const there = new Set([...this.topics].filter(([, topic]) => this.offers.facets.get("thema")?.get(topic)?.bits.places().some((place) => this.possible(place, asked, who))).map(([id]) => id));
    for (const id of this.topics.keys()) if (!there.has(id)) scores.delete(id);
    const most = (found) => Math.max(0, ...[...this.topics.keys()].map((id) => found.get(id) ?? 0));
    const best = most(scores);
    // A comma parts no wishes: „mit jemandem reden, der nicht meine Mutter ist“.
    const clauses = goal.split(/[;.!?]/u).flatMap((part) => {
      const all = words(part).map(fold);
      const ends = [...all.keys()].filter((at) => this.joining.has(all[at]));
      return [...ends, all.length].map((end, nth) => all.slice(nth ? ends[nth - 1] + 1 : 0, end));
    });
    for (const clause of clauses) {
      const named = this.said(clause);
      const own = this.scores(clause, named);
      for (const id of named.keys()) if (there.has(id) && own.get(id) >= NEAR * most(own)) scores.set(id, Math.max(scores.get(id) ?? 0, 0.85 * best * own.get(id) / most(own)));
    }
    // Where a goal says in several words what it is about, words that merely occur in other topics say nothing.
    const clear = said.size > 0;
    const ranked = [...this.topics].flatMap(([id, topic]) => scores.has(id) && (!clear || said.has(id)) ? [[topic, scores.get(id)]] : []).sort((one, other) => other[1] - one[1]);
    const kinds = new Map(Object.entries(this.file.kinds).flatMap(([kind, phrases]) => {
      const tells = Math.max(0, ...phrases.flatMap((phrase) => {
        const at = this.heard(asked, phrase);
        return at ? this.telling(phrase, at, asked, aside) : [];
      }));
      return tells ? [[kind, tells]] : [];
    }));
    const top = Math.max(best, ...kinds.values());
    // Where violence is what a goal is about, a youth club is no idea for what stands beside it.
    const alone = ranked.length > 0 && this.grave(ranked[0][0]);
    return { heard: ranked, kinds: new Map([...kinds].filter(([, tells]) => tells >= NEAR * top)), topics: ranked.filter(([topic]) => !alone || this.grave(topic)).filter(([, score]) => score >= NEAR * top && score >= LEAST).slice(0, TOPICS) };
  }

  // Whether most offers about a topic are there to protect.
  grave(topic) {
    const about = this.offers.facets.get("thema")?.get(topic)?.bits.places().filter((place) => this.first(place) === topic) ?? [];
    return about.filter((place) => this.protects(place)).length * 2 > about.length;
  }

  shelf(place) {
    return this.columns.shelf.texts[this.columns.shelf.places[place]];
  }

  protects(place) {
    return this.shelf(place) === "protection";
  }

  // Whether an office decides on it: no word of its text makes it an idea.
  decided(place) {
    return this.shelf(place) === "hze";
  }

  kind(place) {
    return this.columns.kind.texts[this.columns.kind.places[place]];
  }

  // What an offer is about first.
  first(place) {
    return this.columns.topic.texts[this.columns.topic.places[place]];
  }

  share(topic, first) {
    if (topic === first) return 1;
    return this.joys.has(first) || this.file.topics[first]?.[1] === this.file.topics[topic][1] ? BESIDE : APART;
  }

  // Stem → {offers: place → weight, tells}: the words of names and, once they are there, of the one line under each.
  get texts() {
    if (this.lines === this.offers.lines.size && this.stems) return this.stems;
    this.lines = this.offers.lines.size;
    this.stems = new Map();
    this.titled = this.offers.entries.map((entry, place) => [place, words(this.index.titles[entry]).map((word) => this.stem(fold(word)))]);
    for (let place = 0; place < this.offers.size; place++) {
      const put = (text, weight) => {
        for (const word of words(text).map(fold)) {
          if (!this.tells(word) || word.length < 4) continue;
          const stem = this.stem(word);
          if (!this.stems.has(stem)) this.stems.set(stem, new Map());
          const of = this.stems.get(stem);
          of.set(place, Math.max(of.get(place) ?? 0, weight));
        }
      };
      put(this.index.titles[this.offers.entries[place]], NAMED);
      put(this.offers.lines.get(place) ?? "", 1);
    }
    return this.stems;
  }

  stem(word) {
    const form = this.verbs.get(word) ?? bare(word) ?? word;
    return form.length > STEM ? form.replace(/(?:ungen|ung|innen|enden|ende|ten|te|en|er|es|em|e|n|s|t|st)$/, "") : form;
  }

  // Offer → how much of a goal stands in its name and line, by how rare the words are.
  // A word that names the topic itself says nothing of which offer is meant.
  worded(asked, topics) {
    const found = new Map();
    const names = topics.map(([topic]) => fold(this.file.topics[topic][0]));
    const stems = new Set(asked.filter((word) => word.length > 3 && this.tells(word)).map((word) => this.stem(word)));
    for (const stem of stems) {
      if (names.some((name) => name.includes(stem))) continue;
      const own = new Map(this.texts.get(stem));
      for (const [place, title] of this.titled) if (title.some((word) => word.length > stem.length + 2 && (word.endsWith(stem) || word.startsWith(stem)))) own.set(place, NAMED);
      if (!own.size) continue;
      if (own.size > RARE) continue;
      const tells = Math.log(this.offers.size / own.size);
      for (const [place, weight] of own) found.set(place, (found.get(place) ?? 0) + weight * tells);
    }
    return found;
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

  // What an offer's name says of its people („Autismus“): null where it says nothing, otherwise whether the goal says the same. A circle for
  // parents of autistic children is nothing for whoever speaks of another condition, or of none.
  condition(place, asked) {
    const title = words(this.index.titles[this.offers.entries[place]]).map(fold);
    const about = (topic) => !topic || this.offers.facets.get("thema")?.get(topic)?.bits.has(place);
    const signs = this.file.conditions.filter(([sign, topic]) => title.some((word) => word.startsWith(sign)) && about(topic));
    return signs.length ? signs.every(([, , said]) => said.some((phrase) => this.heard(asked, phrase))) : null;
  }

  suits(place, who) {
    const { texts, places } = this.columns.own;
    const span = texts[places[place]];
    const own = span ? span.split("-").map((months) => months ? Number(months) : null) : null;
    const children = this.offers.file.ages[this.offers.ageOf[place]];
    return this.people.suits(who, this.groups(place), own, children);
  }

  groups(place) {
    return this.columns.of.texts[this.columns.of.places[place]].split(" ").filter(Boolean);
  }

  // Newcomers, single parents, people with a disability say so: what is for them as well comes behind what is for all, where nobody does.
  unsaid(place, asked) {
    const own = this.groups(place).filter((group) => this.file.groups[group]);
    return own.length > 0 && !own.some((group) => this.file.groups[group].some((phrase) => this.heard(asked, phrase)));
  }

  // Whether an offer may be suggested at all for this goal.
  possible(place, asked, who) {
    return this.offers.listed.has(place) && (this.protects(place) || (this.meant(place, asked) && this.condition(place, asked) !== false && this.suits(place, who) > 0));
  }

  // What was heard, as somebody corrected it: `chosen` says of a topic whether it is meant.
  corrected(topics, chosen) {
    const added = [...chosen].flatMap(([topic, on]) => on && !topics.some(([one]) => one === topic) ? [[topic, topics[0]?.[1] ?? LEAST]] : []);
    return [...topics.filter(([topic]) => chosen.get(topic) !== false), ...added];
  }

  // {topics: [id …], maybe: [id …], places: Map(place → {score, topics, sure: whether it is shown at once}), areas: [id …], asked}; `topics` are those
  // that the goal is heard to be about and `maybe` those that it may be about besides, whatever was chosen; `asked` are kinds of help that
  // the goal itself names; `others`, [[place, item] …], would be shown at once if nobody had said an age. `ages` are [low, high] in months of the children, `chosen` a Map of topics to whether they are meant.
  read(goal, ages = [], chosen = new Map()) {
    const found = this.weighed(goal, ages, chosen);
    if (!ages.length) return found;
    // How old the children are says nothing of what is for grown-ups: that stays as it would be had nobody said it.
    const plain = this.weighed(goal, [], chosen);
    const { young } = this.people.read(words(goal).map(fold), ages); // who may be speaking: then it stands behind
    const missing = [...plain.places].filter(([place]) => !found.places.has(place));
    const kept = missing.filter(([place]) => this.ageless(place)).map(([place, item]) => [place, { ...item, sure: item.sure && !young }]);
    const topics = [...found.topics, ...kept.flatMap(([, item]) => item.topics).filter((topic) => plain.topics.includes(topic))];
    return { ...found, topics: [...new Set(topics)], places: new Map([...found.places, ...kept]), others: missing.filter(([, { sure }]) => sure) };
  }

  // Whether the age of a child says nothing of an offer.
  ageless(place) {
    return !this.offers.file.ages[this.offers.ageOf[place]];
  }

  weighed(goal, ages, chosen) {
    const folded = words(goal).map(fold);
    const who = this.people.read(folded, ages);
    const { heard, topics: meant, kinds } = this.about(goal, who);
    const topics = this.corrected(meant, chosen);
    const maybe = heard.filter(([topic, score]) => score >= MAYBE * heard[0][1] && !meant.some(([one]) => one === topic)).slice(0, OFFERED);
    const text = this.worded(folded, topics);
    const bits = this.offers.facets.get("thema");
    const places = new Map();
    let most = 0;
    for (let place = 0; place < this.offers.size; place++) {
      const protects = this.protects(place);
      if (!protects && !this.possible(place, folded, who)) continue;
      // What protects is left out for nothing else that a goal says.
      const fitting = (protects ? heard : topics).filter(([topic]) => bits?.get(topic)?.bits.has(place));
      // Nobody tells of danger to have an office place a child.
      if (this.decided(place) && fitting.length && fitting.every(([one]) => this.grave(one))) continue;
      const kind = kinds.get(this.kind(place)) ?? 0;
      const topic = Math.max(0, ...fitting.map(([one, score]) => score * this.share(one, this.first(place))));
      const about = Math.max(kind, topic) + MORE * Math.min(kind, topic);
      const worded = TEXT * (this.decided(place) ? 0 : text.get(place) ?? 0) + (this.condition(place, folded) ? SAME : 0);
      // Where nothing says what a goal is about, the words of the offers have to do, when they say a good deal.
      if (!about && worded < ALONE) continue;
      const score = (about + worded) * (protects ? 1 : this.suits(place, who) * (this.unsaid(place, folded) ? UNSAID : 1));
      if (!score) continue;
      places.set(place, { score, topics: fitting.map(([topic]) => topic) });
      if (!["protection", "claim"].includes(this.shelf(place))) most = Math.max(most, score);
    }
    for (const [place, item] of places) {
      item.sure = this.protects(place) || item.score > SURE * most;
      if (item.score <= (this.shelf(place) === "claim" ? RIGHT : FAINT) * most && !this.protects(place)) places.delete(place);
    }
    const capitals = /\s\p{Lu}/u.test(goal);
    const nouns = words(goal).map((word, nth) => capitals && word === word.toLowerCase() && this.adverbs.has(folded[nth]) ? "" : folded[nth]);
    const asked = this.file.aids.filter(([, , called]) => called.some((name) => this.wanted(nouns, name.split(" ")))).map(([kind]) => kind);
    return { topics: meant.map(([topic]) => topic), maybe: maybe.map(([topic]) => topic), places, areas: folded.flatMap((word) => this.areas.get(word) ?? []), asked };
  }
}
