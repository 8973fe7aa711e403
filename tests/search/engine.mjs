/* Runs the browser's search on index files: from {title, full, queries} to the hits of each query. Who starts it with {title, full} asks the full index alone,
   and gives nothing but queries. */
import { Index } from "./matching.js";
import { fold, slug, words } from "./folding.js";

export const start = (known) => {
  if (!known?.title) return answered;
  const index = new Index(known.title);
  index.add(known.full);
  return ({ queries }) => ({ full: queries.map((query) => index.search(query)) });
};

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
      index.add(given.full);
      answer.full = all();
      answer.forms = index.lexicon.forms;
      answer.spelling = index.lexicon.forms.map((_, i) => index.lexicon.spelling(i));
    }
  }
  return answer;
}
