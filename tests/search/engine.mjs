/* Runs the browser's search on index files: from {title, full, tongues, queries} to the hits of each query. Who starts it with {title, full, tongues, danger, danger_later} asks
   the full index alone, gives nothing but queries, and gets what pages show: offers in the box of danger, hits by kind, those behind "all" at the end. */
import { answerOf } from "./answer.js";
import { Danger } from "./danger.js";
import { grouped } from "./hit_groups.js";
import { Index } from "./matching.js";
import { fold, slug, words } from "./folding.js";
import { TopicModel } from "./topic_model.js";
import { nameOf } from "./when.js";

const MOMENT = new Date("2026-11-20T10:00:00"); /* a Friday: who answers then stands before others in the box */

export const start = (known) => {
  if (!known?.title) return answered;
  const index = new Index(known.title);
  add(index, known);
  if (known.hours) index.tell(known.hours, MOMENT);
  const danger = new Danger(known.danger);
  if (known.danger_later) for (const _ of danger.adding(known.danger_later));
  const places = new Map(index.titles.flatMap((title, id) => [[index.url(id), id], [title, id]]));
  const inBox = ({ open, folded }) => [...open, ...folded].flatMap(({ lines }) => lines).map(({ url, name }) => places.get(url) ?? places.get(name)).filter((id) => id !== undefined);
  const shown = (query) => {
    const found = danger.recognise(query), result = index.search(query);
    const answer = answerOf(query, { danger, found }, index, found ? { ...result, ids: [] } : result, query);
    const groups = grouped(index, answer, query);
    const hits = [...groups.flatMap(({ ids, few }) => ids.slice(0, few)), ...groups.flatMap(({ ids, few }) => ids.slice(few))];
    const open = groups.filter(({ rung }) => rung.open).reduce((sum, { ids }) => sum + ids.length, 0);
    const boxed = found ? inBox(danger.box(found, MOMENT)) : [];
    return { ids: [...new Set([...boxed, ...hits])], hits, kind: answer.kind, elsewhere: result.elsewhere, open, chips: answer.facets.map(nameOf), missed: answer.missed.map(nameOf) };
  };
  return ({ queries }) => ({ full: queries.map(shown) });
};

function add(index, { full, tongues }) {
  for (const part of [full, tongues]) index.add(part, TopicModel);
}

function answered(given) {
  const answer = {};
  if (given.texts) answer.texts = given.texts.map((text) => ({ text, fold: fold(text), words: words(text), slug: slug(text) }));
  if (given.title) {
    const index = new Index(given.title);
    const all = () => given.queries.map((query) => index.search(query));
    answer.title = all();
    answer.urls = index.titles.map((_, id) => index.url(id));
    answer.entries = index.titles.map((_, id) => index.entry(id));
    if (given.full) {
      add(index, given);
      answer.full = all();
      answer.forms = index.lexicon.forms;
      answer.spelling = index.lexicon.forms.map((_, i) => index.lexicon.spelling(i));
    }
  }
  if (given.looks) answer.pieces = given.looks.map((each) => inPieces(given, each));
  return answer;
}

/* Read by a clock that each look at puts on by so many milliseconds: after how many pieces others had their turn, and what is found. */
function inPieces({ title, queries }, each) {
  const { now } = performance;
  let at = 0, breaths = 0;
  Object.defineProperty(performance, "now", { value: () => at += each, configurable: true });
  const index = new Index(title, true);
  for (const _ of index.reading) breaths++;
  Object.defineProperty(performance, "now", { value: now, configurable: true });
  return { breaths, ids: queries.map((query) => index.search(query).ids) };
}
