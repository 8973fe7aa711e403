/* Runs the browser's models of topics on words: each text twice, as it is typed and as the site's language knows it. */
import { TopicModel } from "./topic_model.js";

export const start = ({ parts }) => {
  const model = new TopicModel(parts);
  return ({ texts }) => texts.map((words) => ({ topics: model.read(words, words), foreign: model.foreign(words) }));
};
