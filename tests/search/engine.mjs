/* Runs the browser's search on index files: from {title, full, tongues, queries} to the hits of each query. Who starts it with {title, full, tongues, danger} asks the full index
   alone, gives nothing but queries, and gets hits as pages show them: ordered for who is in danger, by kind, those behind "all" at the end. */
import { Danger } from "./danger.js";
import { grouped } from "./hit_groups.js";
import { Index } from "./matching.js";
import { fold, slug, words } from "./folding.js";
import { TopicModel } from "./topic_model.js";

export const start = (known) => {
  if (!known?.title) return answered;
  const index = new Index(known.title);
  add(index, known);
  const danger = new Danger(known.danger);
  const shown = (query) => {
    const found = danger.recognise(query), result = index.search(query, !found);
    const no = !found && (result.no || !result.ids.length);
    const groups = grouped(index, danger.kept(result.ids, found), found ? null : { query, about: result.about, house: result.house });
    return { ids: [...groups.flatMap(({ ids, few }) => ids.slice(0, few)), ...groups.flatMap(({ ids, few }) => ids.slice(few))], no, danger: Boolean(found), elsewhere: result.elsewhere };
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
