/* Runs the browser's models of topics on words: each text twice, as it is typed and as the site's language knows it. No word is one of the site's. */
import { TopicModel } from "./topic_model.js";

const nothing = { empty: () => false, lexicon: { place: new Map() }, spoken: { look: () => null } };

export const start = ({ parts }) => {
  const model = parts.reduce((known, part) => new TopicModel(part, known), undefined);
  return ({ texts }) => texts.map((words) => {
    const said = model.hear(nothing, words);
    return { topics: model.read(said, words), strange: Boolean(said.strange) };
  });
};
