/* Files of the site in, their content out; and what comes when the titles of a search index know too little of a query:
   the full part always, the words and the danger of other languages where the browser or a word is of one, so that no
   request tells more than that. */

import { inPieces } from "./pause.js";

const coming = new WeakMap();

/* Asked for anew each time, whatever the browser still has: scripts of today read no file of yesterday. Only what lies
   in a folder with the name of its digest stays the same. */
export async function json(address) {
  const answer = await fetch(address, { cache: /suche-\w{16}\//.test(address) ? "default" : "no-cache" });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
}

/* Yields whether nothing more is to come: at once, after `rest` (not while somebody types), and after each part. */
export async function* knowing(index, danger, query, { index: folder }, rest) {
  const { language } = index, away = navigator.language.split("-")[0] !== language.split("-")[0];
  const strange = (text) => away || !index.isOwn(text),
    enough = () => index.complete || index.missing[0] === "tongues" && !strange(query);
  if (strange(query.slice(0, query.lastIndexOf(" ") + 1))) await danger?.further();
  yield false;
  if (!enough()) await rest();
  if (strange(query)) await danger?.further();
  yield enough();
  while (!enough()) {
    await nextPart(index, folder, language);
    yield enough();
  }
}

/* Adds the next part of an index, once for all who ask meanwhile. */
function nextPart(index, folder, language) {
  if (!coming.has(index)) coming.set(index, load(index, folder, language).finally(() => coming.delete(index)));
  return coming.get(index);
}

async function load(index, folder, language) {
  const [part, { TopicModel }] =
    await Promise.all([json(`${folder}${index.missing[0]}.${language}.json`), import("./topic_model.js")]);
  await inPieces(index.adding(part, TopicModel));
}
