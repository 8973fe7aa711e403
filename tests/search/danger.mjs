/* Reads {file, queries, moment} from stdin and writes for each query what the site's own script finds and shows first. */
import { readFileSync } from "node:fs";
import { Danger } from "./danger.js";
import { stateAt } from "./hours.js";

const { file, queries, moment } = JSON.parse(readFileSync(0, "utf8"));
const danger = new Danger(file);
const now = new Date(moment);
process.stdout.write(JSON.stringify(queries.map((query) => {
  const found = danger.recognise(query);
  if (!found) return null;
  const lines = danger.lines(found, now);
  return {
    ...found,
    shown: lines.map(({ name, phone, url }) => url ? name : phone),
    open: lines.map((line) => Boolean(line.always) || (line.hours ? stateAt(line.hours, now).open === true : Boolean(line.url))),
    ordered: danger.ordered(file.hits ?? [], found),
  };
})));
