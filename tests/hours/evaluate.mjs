/* Runs the browser's evaluator: from [{schedule, at: [moment], on: [[date, from, to]]}] to what it says. */
import { isOpenOn, stateAt, timesOn } from "./hours.js";

export const start = () => (rows) => rows.map(({ schedule, at = [], on = [], times = [] }) => ({
  at: at.map((moment) => stateAt(schedule, new Date(moment))),
  on: on.map(([date, from, to]) => isOpenOn(schedule, date, from, to)),
  times: times.map((date) => timesOn(schedule, date)),
}));
