/* Reads {file, queries, moment} from stdin and writes for each query what the site's own script finds and shows first. */
import { readFileSync } from "node:fs";
import { Danger } from "./danger.js";

const { file, queries, moment } = JSON.parse(readFileSync(0, "utf8"));
const danger = new Danger(file);
process.stdout.write(JSON.stringify(queries.map((query) => {
  const found = danger.recognise(query);
  return found && { ...found, lines: danger.lines(found, new Date(moment)).map(({ name, phone }) => phone || name) };
})));
