/* Runs the browser's evaluator: reads [{schedule, at: [moment], on: [[date, from, to]]}] from stdin, writes what it says. */
import { readFileSync } from "node:fs";
import { isOpenOn, stateAt, timesOn } from "./hours.js";

const rows = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(rows.map(({ schedule, at = [], on = [], times = [] }) => ({
  at: at.map((moment) => stateAt(schedule, new Date(moment))),
  on: on.map(([date, from, to]) => isOpenOn(schedule, date, from, to)),
  times: times.map((date) => timesOn(schedule, date)),
}))));
