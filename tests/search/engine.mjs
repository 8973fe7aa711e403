/* Runs the browser's search on index files: from {title, full, queries} to the hits of each query; where there is a full part and no titles are asked for, to those of the full index alone. */
import { Index } from "./matching.js";
import { fold, slug, words } from "./folding.js";

export const start = () => (given) => {
  const answer = {};
  if (given.texts) answer.texts = given.texts.map((text) => ({ text, fold: fold(text), words: words(text), slug: slug(text) }));
  if (given.title) {
    const index = new Index(given.title);
    const all = () => given.queries.map((query) => index.search(query));
    if (!given.full_only) answer.title = all();
    answer.urls = index.titles.map((_, id) => index.url(id));
    answer.entries = given.full_only ? [] : index.titles.map((_, id) => index.entry(id));
    if (given.full) {
      index.add(given.full);
      answer.full = all();
      answer.forms = index.lexicon.forms;
      answer.spelling = index.lexicon.forms.map((_, i) => index.lexicon.spelling(i));
    }
  }
  return answer;
};
