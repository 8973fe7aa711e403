/* From {file, queries, moments} to what the site's own script finds and shows first, for each moment and query. */
import { Danger } from "./danger.js";
import { stateAt } from "./hours.js";

export const start = () => ({ file, queries, moments }) => {
  const danger = new Danger(file);
  const answer = (query, now) => {
    const found = danger.recognise(query);
    if (!found) return null;
    const lines = danger.lines(found, now);
    return {
      ...found,
      shown: lines.map(({ name, phone, url }) => url ? name : phone),
      open: lines.map((line) => Boolean(line.always) || (line.hours ? stateAt(line.hours, now).open === true : Boolean(line.url))),
      ordered: danger.ordered(file.hits ?? [], found),
    };
  };
  return moments.map((moment) => queries.map((query) => answer(query, new Date(moment))));
};
