/* What was typed in, entries out, the best first, and whether one of them is an answer: the query is read, each entry
   scored by its words, put in order, and then asked whether it says enough. */

import { fold, idsIn, words } from "./folding.js";
import { readQuery } from "./query.js";
import { AGAINST, FITS, NEARLY, shielded, UNSAID } from "./verdicts.js";
import { BEHIND, CALLED, FAINT, FEW, FIRST, FORM, LAY, LITTLE, NAME, PART, PHRASE, SAID, SPEECH, SURE,
  TITLE } from "./weights.js";

/* Weights in, a score below 1 out: a second mention says less than the first. */
export const saying = (weight) => weight / (weight + 2 * NAME);
const SAYS = saying(LAY) / SAID; /* of what a title says: people call it so */

/* {ids: the best first, rungs: of them by how well they fit, [{key, ids, heading, unsaid, weak, open}], all:
   how many have every word, kind: of answer, elsewhere: who helps, facets: filters, missed: those that nothing fits,
   about: the topic that is likeliest meant, known: surely, alike}. What contradicts a filter that somebody named
   is no hit. */
export function search(index, typed) {
  const asked = readQuery(index, typed), scores = scored(index, asked), { kind } = index, { ids, sum, count } = scores;
  const beside = index.model?.lift(index, asked, scores) ?? (() => 1), isOffer = (id) => kind[id] === index.offer;
  if (!asked.asked.length && asked.named.length)
    ids.push(...[...kind.keys()].filter((id) => isOffer(id) && !index.guarded.has(id)));
  const found = [...new Set(ids)].filter((id) => !index.absent.has(id)), { must } = asked;
  const offers = found.filter((id) => isOffer(id) && count[id] === must), strong = loud(index, asked, scores, offers);
  const free = offers.filter((id) => !index.guarded.has(id)), top = Math.max(0, ...free.map((id) => sum[id]));
  const query = keeping(asked, free.filter((id) => strong(id) && sum[id] >= PART * top));
  const { age, named: facets } = query;
  const verdict = verdicts(index, facets);
  const aged = (id) => age ? index.fit(id, age.months, age.own) : 1, full = (id) => count[id] === must && aged(id) > 0;
  /* what is open to people of an area stands behind what is there, and what is no offer behind those that fit; an age
     fits all of it */
  const chips = facets.filter(({ label }) => label);
  const outside = (id) => chips.length > 0 && !(isOffer(id) && chips.every(({ isArea, here }) => !isArea || here(id)));
  const { unasked, theirs, others } = whom(index, query, scores);
  const fit = (id) => aged(id) * beside(id) * (unasked.has(id) || !query.asked.length && !index.leisure.has(id)
    || outside(id) ? BEHIND : kind[id] === index.topic ? LITTLE : 1);
  const left = found.filter((id) => verdict(id) < AGAINST), all = left.filter(full).length;
  const last = (id) => others(id) || aged(id) > 0 && aged(id) < 1;
  const ranked = ordered(index, query, scores, { left, all, fit, theirs, last });
  const home = onlyHouse(index, query), may = (id) => aged(id) >= 1 && !others(id);
  const fitting = (id) => may(id) && (home.includes(id) || verdict(id) < UNSAID);
  const right = (id) => fitting(id) && saysAll(index, id, query, scores);
  /* an answer is among the first */
  const answer = query.few && !ranked.slice(0, FIRST).some(right)
    ? left.filter(right).sort((one, other) => sum[other] - sum[one]).slice(0, 1) : [];
  const first = [...new Set([...home, ...answer])];
  const isWeak = (id) => !first.includes(id) && (last(id) || !(full(id) && strong(id)));
  const said = (id) => home.includes(id) ? FITS : verdict(id);
  const rungs = rungsOf([...new Set([...first, ...ranked])],
    { isWeak, isOffer, verdict: said, resting: index.resting, facets, sum });
  const hits = rungs.flatMap((rung) => rung.ids), about = index.model?.topic(index, query, scores);
  return { ids: hits, rungs, all, facets, missed: asked.named.filter((one) => !facets.includes(one)), about,
    known: isKnown(index, query, all), alike: alike(index, typed, query),
    ...answered(index, query, scores, hits.slice(0, FIRST), fitting, about, may) };
}

/* Whether an entry says all about as loudly as the best of the offers that have every word, and of few words each where
   one does. */
function loud(index, query, scores, offers) {
  const { own, sum } = scores, most = (of) => Math.max(0, ...offers.map((id) => of[id]));
  const [loudest, top] = [most(own), most(sum)], says = (id) => saysAll(index, id, query, scores);
  const is = (id) => own[id] >= SAYS * loudest && own[id] > 0 || sum[id] >= PART * top;
  return query.few && offers.some((id) => is(id) && says(id)) ? (id) => is(id) && says(id) : is;
}

/* The query without the filters that none of these offers fits, beside those that one fits. */
function keeping(query, offers) {
  const named = [];
  for (const facet of query.named) {
    if (offers.some((id) => [...named, facet].every((one) => one.verdict(id) < UNSAID))) named.push(facet);
  }
  return { ...query, named, age: named.find(({ months }) => months !== undefined) };
}

/* What an entry says to all filters: an offer what it says itself, a topic that one of its offers fits, another nothing
   but where it is. */
function verdicts(index, facets) {
  const { kind } = index, said = (id) => Math.max(FITS, ...facets.map((facet) => facet.verdict(id)));
  const of = (id) => shielded(said(id), index.guarded.has(id));
  const any = (id) => index.ofRow.some((pairs) => pairs.includes(id)
    && idsIn(pairs).some((one) => kind[one] === index.offer && of(one) === FITS));
  const asks = facets.some(({ months, isArea }) => months === undefined && !isArea);
  return (id) => kind[id] === index.offer ? of(id)
    : !asks || kind[id] === index.topic && (index.guarded.has(id) || any(id)) ? FITS : UNSAID;
}

/* Hits in their order, what says all loudly before what doesn't, each by what it says to the filters. `open` are the
   first of them and what nearly fits, where the loudest offer does. A paused offer never leads. */
function rungsOf(hits, { isWeak, isOffer, verdict, resting, facets, sum }) {
  const rungs = new Map(), offers = hits.filter(isOffer);
  const loudest = offers.reduce((best, id) => sum[id] > sum[best] ? id : best, offers[0]);
  for (const id of hits) {
    const said = verdict(id), near = said === NEARLY ? facets.filter((one) => one.verdict(id) === NEARLY) : [];
    const heading = near.map((one) => one.heading(id)).join(", "), key = `${Number(isWeak(id))}${said}${heading}`;
    if (!rungs.has(key)) rungs.set(key, { key, ids: [], heading, unsaid: said === UNSAID, weak: isWeak(id) });
    rungs.get(key).ids.push(id);
  }
  return [...rungs.values()].sort((one, other) => one.key < other.key ? -1 : 1).map(({ ids, ...rung }, nth) => ({
    ...rung, open: !nth || rung.heading && ids.includes(loudest),
    ids: [false, true].flatMap((rests) => ids.filter((id) => resting.has(id) === rests)) }));
}

/* The lay phrases that were typed, each with the row that it leads to. */
function phrasesIn(index, { spoken, named }) {
  const said = ` ${spoken.join(" ")} `,
    groups = new Set(index.lexicon.withParts(spoken).flatMap((word) => index.groupsOf(word)));
  return [...groups, ""].flatMap((group) => index.phrasesOf.get(group) ?? []).filter(([phrase, row, telling, apart]) =>
    !named.some((one) => one.row === row)
    && (said.includes(phrase) || apart && telling.every((group) => groups.has(group))));
}

/* What words and lay phrases say of each entry: the `sum` of scores, how much it `had` of the words and says of its
   `own`, the `count` of those it must have; and the phrases. */
function scored(index, query) {
  const { asked, must, whole } = query, phrases = phrasesIn(index, query), ids = [], phrased = [];
  const [sum, had, own, led, count] = Array.from({ length: 5 }, () => new Float64Array(index.size));
  for (const { word, found, needed, counts, rarity, weight } of asked) {
    /* beside a phrase, too, what is said beside nearly everything is no need of its own */
    const share = needed && phrases.length && index.faint.has(word) ? FAINT * weight : weight;
    for (const id of found.ids) {
      const score = found.scores[id], says = score / (found.quality ?? 1);
      if (!had[id]) ids.push(id);
      if (needed) count[id]++;
      sum[id] += share * score;
      if (counts && found.how !== "piece" && says >= SAID / 2) own[id] += rarity * Math.min(1, says / SAID);
      had[id] += weight * (1 + Math.min(1, score / SAID)) / 2;
    }
  }
  /* to what is grave a word led that is so itself; then its own name counts, too */
  for (const id of ids.filter((one) => index.guarded.has(one))) {
    for (const { word, found, needed, weight } of asked) {
      if (found.scores[id] || !` ${index.folded[id]}`.includes(` ${word}`)) continue;
      if (needed) count[id]++;
      sum[id] += weight * saying(TITLE);
      had[id] += weight;
    }
  }
  for (const [, row, telling] of phrases) {
    const pairs = index.ofRow[row], says = (group) => !telling.length || telling.includes(group);
    phrased.push({ row, says, ids: new Set(idsIn(pairs)) });
    const within = asked.filter((one) => index.groupsOf(meant(one)).some((group) => telling.includes(group)));
    const share = (what) => within.reduce((all, one) => all + one[what], 0);
    /* as a whole, also by words that alone say little */
    const cover = telling.length && whole ? Math.max(PART, Math.sqrt(share("weight") / whole)) : 1;
    for (let at = 0; at < pairs.length; at += 2) {
      const id = pairs[at], here = cover * PHRASE * (whole || 1) * pairs[at + 1];
      if (!had[id]) ids.push(id);
      count[id] = must;
      had[id] = Math.max(had[id], cover * whole);
      own[id] = Math.max(own[id], share("rarity"));
      /* the best of the phrases counts, the others a little */
      sum[id] += here - (1 - FAINT) * Math.min(here, led[id]);
      led[id] = Math.max(led[id], here);
    }
  }
  return { ids, sum, had, own, count, phrased };
}

const meant = ({ word, found }) => fold(found.meant ?? word);

/* Who is named: entries for whom nobody asked, those for who was named (`theirs`), and for `others`. In danger „mein
   Mann“ is mostly not who asks. */
function whom(index, query, scores) {
  const { said, typed, spoken, few } = query, rows = typed.flatMap((word) => index.meant(word)),
    says = (start) => spoken.some((one) => one.startsWith(start));
  const isSaid = (list) => list.some((one) => one.every(says));
  const unasked = new Set(index.onlyFor.flatMap(([of, ids, list]) =>
    of.some((row) => rows.includes(row)) || isSaid(list) ? [] : ids));
  const named = [...said.foreign ? rows : [],
    ...index.lexicon.withParts(spoken).flatMap((word) => [...index.peopleOf(word)])];
  const among = new Set([...named, ...scores.phrased.map(({ row }) => row),
    ...index.onlyFor.flatMap(([of, , list]) => isSaid(list) ? of : [])]);
  return { unasked,
    theirs: (id) => few && index.whomOf(id).some((row) => index.people.get(row) && named.includes(row))
      && saysAll(index, id, query, scores),
    others: (id) => named.length > 0 && index.whomOf(id).length > 0
      && index.whomOf(id).every((row) => index.people.get(row) && !among.has(row)) };
}

/* Those with every word first, then by scores; what is called so gains. */
function ordered(index, { age, rest, core, asked, must, whole }, { sum, had, count },
  { left, all, fit, theirs, last }) {
  const { folded, kind } = index, phrase = core.join(" "), keys = [];
  const several = asked.length > 1 || core.length > 2;
  const untitled = core.length === 1 && !folded.includes(phrase);
  for (const id of left) {
    const title = folded[id], term = kind[id] === index.term;
    const called = several && (` ${title} `.includes(` ${phrase} `)
      || title.includes(" ") && ` ${phrase} `.includes(` ${title} `));
    const fitting = fit(id), complete = called || count[id] === must && fitting > 0;
    if (!complete && (all > 4 || had[id] < SURE * whole)) continue;
    const head = core.length === 1 && !age && index.houses.has(kind[id]) && title.split(" ", 1)[0].endsWith(phrase);
    const gains = called || head || title === phrase || untitled && index.answering.has(`${phrase} ${id}`);
    const score = fitting * (gains ? CALLED : 1) * (whole ? sum[id] * (had[id] / whole) ** 2 : 1 + sum[id]);
    /* terms come behind what helps; what is called just so before what has it in its name, but for a single word of a
       sentence */
    const just = title === phrase && (core.length > 1 || rest.length < SPEECH);
    const tier = last(id) ? 0 : (complete && theirs(id) ? 1 : 0) + (complete ? 2 : 0)
      + (term ? 0 : 1) + (complete && !term && just ? 1 : 0);
    keys.push([tier, Math.round(1000 * score), id]);
  }
  return keys.sort((one, other) => other[0] - one[0] || other[1] - one[1] || one[2] - other[2]).map(([, , id]) => id);
}

/* [The house that says the only telling word loudest], whatever day is named: its page knows when it is open. */
function onlyHouse(index, { asked }) {
  const [one, ...more] = asked.filter(({ tells }) => tells);
  if (one?.found.how !== "same" || more.length) return [];
  const { ids, scores } = one.found, loud = (id, other) => scores[other] - scores[id];
  const [loudest] = ids.filter((id) => !index.absent.has(id)).sort(loud);
  return index.houses.has(index.kind[loudest]) ? [loudest] : [];
}

/* Whether no further part of the index can know better: each word is known as it is written, and titles know enough
   of what one or two words ask for, or all texts are there. */
function isKnown({ missing }, { asked, rest }, all) {
  const short = rest.length < SPEECH && all >= FEW;
  return asked.length > 0 && asked.every(({ found }) => found.how === "same") && (short || missing.length < 2);
}

/* What is written on the site nearly as a word that was typed. */
function alike(index, typed, { asked }) {
  const found = asked.map(({ word, found }) =>
    ({ typed: words(typed).find((one) => fold(one) === word), text: found.meant }));
  return found.filter(({ typed, text }) => typed && text && index.shown.has(fold(text)));
}

/* Which kind of answer it is, and who helps with it `elsewhere`. An answer `fits` whom, when and where is named, and
   says each of few words that tells, of a sentence so much that it is no guess. In another language the likeliest topic
   is one, unless what isn't here says some of it. What isn't here and says more takes an answer's place, unless a house
   says all, or of few words an offer each; of a sentence also by a noun that no answer says. */
function answered(index, query, scores, best, fits, about, may) {
  const { asked, few, said, loud } = query, telling = asked.filter((one) => one.telling);
  if (!asked.length) return { kind: "hits", elsewhere: [] };
  const strength = (id) => scores.own[id] / loud, most = (ids) => Math.max(0, ...ids.map(strength));
  const elsewhere = [...new Set(scores.ids)].filter((id) => index.absent.has(id) && strength(id)).sort((one, other) =>
    strength(other) - strength(one) || one - other);
  const fitting = best.filter(fits), known = telling.filter(({ found }) => found.how !== "none");
  const all = (id, list) => list.every((one) => says(index, id, one, scores.phrased));
  const likely = said.strange && !elsewhere.length
    && (fitting.includes(about) || known.length > 1 && fitting.some((id) => all(id, known)));
  const unsaid = (one) => one.found.how === "same" && elsewhere.some((id) => one.found.scores[id])
    && !fitting.some((id) => all(id, [one]));
  const isHouse = index.houses.has(index.kind[fitting[0]]) && all(fitting[0], telling);
  /* where no word tells nothing is missed */
  const answer = likely || isHouse || fitting.length && !telling.length || (few
    ? fitting.some((id) => saysAll(index, id, query, scores)) : most(fitting) >= SURE && !telling.some(unsaid));
  const other = most(elsewhere), tie = other === most(best), wide = tie && asked.every(({ found }) => found.spoken);
  /* above hits stands what says the nouns louder, or as much in another language; no verb decides between them */
  const nouns = (id) => telling.reduce((sum, { found }) => sum + (found.how === "same" ? found.scores[id] : 0), 0);
  const rows = elsewhere.filter((id) => index.kind[id] !== index.topic);
  const above = rows.filter((id) => !isHouse
    && (tie && said.foreign && strength(id) === other || best.every((one) => nouns(id) > nouns(one))));
  if (answer && (isHouse || !other || other <= most(best) && !wide))
    return { kind: "hits", elsewhere: above.slice(0, FIRST) };
  /* no „Kein Eintrag“ stands above what has every word, and a topic that is merely empty denies nothing of it */
  if (few && fitting.some((id) => saysAll(index, id, query, scores) && all(id, asked.filter(({ tells }) => tells))))
    return { kind: "hits", elsewhere: rows.slice(0, FIRST) };
  const enough = !elsewhere.length ? (id) => scores.count[id] === query.must
    : few ? (id) => strength(id) > other && telling.some((one) => all(id, [one]))
      : (id) => strength(id) >= SURE && elsewhere.every((one) => index.kind[one] === index.topic);
  return { kind: best.some((id) => may(id) && strength(id) && enough(id)) ? "perhaps" : "no",
    elsewhere: (elsewhere.length ? elsewhere : byParts(index, asked)).slice(0, FIRST) };
}

/* Who says the beginning or the end of a word („Tennisverein“), or a word of whose noun it is („podatek“). It leads on,
   and is never why there is a no. */
function byParts(index, asked) {
  const telling = asked.filter(({ tells }) => tells);
  const parts = telling.flatMap(({ word }) => index.lexicon.pieces(word)).filter(Boolean).flatMap((part) => {
    const { ids, scores } = index.look(part);
    return ids.filter((id) => scores[id] >= SAID / 2);
  });
  const spoken = telling.flatMap(({ word }) => index.meant(word)).flatMap((row) => idsIn(index.ofRow[row]));
  return [...new Set([...parts, ...spoken])].filter((id) => index.absent.has(id));
}

/* Whether an entry says each of few words that tells, and half of it louder than a place that is merely named. */
function saysAll(index, id, { asked, loud }, { own, phrased }) {
  const telling = asked.filter((one) => one.telling);
  return !telling.length || 2 * own[id] > loud && telling.every((one) => says(index, id, one, phrased));
}

/* Whether an entry says a word: its title and texts, its topics and kind and what people call them, all parts of the
   word, or for whom it is. */
function says(index, id, { word, found }, phrased) {
  const { sayers, people } = index.readers(found, word);
  if (sayers.has(id) || index.inTitle(id, word) || phrased.some((phrase) =>
    phrase.ids.has(id) && index.groupsOf(meant({ word, found })).some(phrase.says))) return true;
  const parts = index.lexicon.parts(word)?.filter((part) => !index.faint.has(part)) ?? [];
  if (parts.length && parts.every((part) => says(index, id, { word: part, found: index.look(part) }, []))) return true;
  const whom = index.whomOf(id);
  return people.size > 0 && index.kind[id] === index.offer && (!whom.length || whom.some((row) => people.has(row)));
}
