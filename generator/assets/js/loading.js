/* Files of the site in, their content out; and the parts of a search index that come when titles know too little: always both, one after the other, so that no request
   tells what was typed or in which language. */

import { inPieces } from "./pause.js";

const coming = new WeakMap();

/* Asked for anew each time, whatever the browser still has: scripts of today read no file of yesterday. */
export async function json(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
}

/* Adds the next part of an index, once for all who ask meanwhile. */
export function nextPart(index, folder, language) {
  if (!coming.has(index)) coming.set(index, load(index, folder, language).finally(() => coming.delete(index)));
  return coming.get(index);
}

async function load(index, folder, language) {
  const [part, { TopicModel }] = await Promise.all([json(`${folder}${index.missing[0]}.${language}.json`), import("./topic_model.js")]);
  await inPieces(index.adding(part, TopicModel));
}
