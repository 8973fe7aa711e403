/* Searches, and tells how often each word was looked for among all forms of other languages. */
import { Index } from "./matching.js";
import { Spoken } from "./spoken.js";
import { TopicModel } from "./topic_model.js";

const { find } = Spoken.prototype, looked = [];
Spoken.prototype.find = function (word) {
  looked.push(word);
  return find.call(this, word);
};

export const start = ({ title, full, tongues }) => {
  const index = new Index(title);
  for (const part of [full, tongues]) index.add(part, TopicModel);
  return ({ query }) => {
    looked.length = 0;
    index.search(query);
    return looked;
  };
};
