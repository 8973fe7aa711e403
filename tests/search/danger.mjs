/* Reads {file, queries, moments} from stdin and writes for each moment and query what the site's own script finds and shows first. */
import { readFileSync } from "node:fs";
import { Danger } from "./danger.js";
import { stateAt } from "./hours.js";

const { file, queries, moments } = JSON.parse(readFileSync(0, "utf8"));
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
process.stdout.write(JSON.stringify(moments.map((moment) => queries.map((query) => answer(query, new Date(moment))))));
