/* Runs the browser's search on index files: reads {title, full, queries} from stdin, writes the hits of each query. */
import { readFileSync } from "node:fs";
import { Index } from "./matching.js";
import { fold, slug, words } from "./folding.js";

const given = JSON.parse(readFileSync(0, "utf8"));
const answer = {};
if (given.texts) answer.texts = given.texts.map((text) => ({ text, fold: fold(text), words: words(text), slug: slug(text) }));
if (given.title) {
  const index = new Index(given.title);
  const all = () => given.queries.map((query) => index.search(query));
  answer.title = all();
  answer.urls = index.titles.map((_, id) => index.url(id));
  answer.entries = given.titles_only ? [] : index.titles.map((_, id) => index.entry(id));
  if (given.full) {
    index.add(given.full);
    answer.full = all();
    answer.forms = index.lexicon.forms;
    answer.spelling = index.lexicon.forms.map((_, i) => index.lexicon.spelling(i));
  }
}
process.stdout.write(JSON.stringify(answer));
