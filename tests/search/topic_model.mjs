/* Runs the browser's model of topics on words. */
import { numbers } from "./matching.js";
import { TopicModel } from "./topic_model.js";

export const start = ({ part }) => {
  const model = new TopicModel(part, numbers);
  return ({ texts }) => texts.map((words) => model.read(words));
};
