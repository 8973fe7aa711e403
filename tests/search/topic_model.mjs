/* Runs the browser's model of topics on words. */
import { TopicModel } from "./topic_model.js";

export const start = ({ part }) => {
  const model = new TopicModel(part);
  return ({ texts }) => texts.map((words) => model.read(words));
};
