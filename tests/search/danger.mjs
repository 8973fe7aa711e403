/* From a town's two files of danger to what its own scripts find in queries, whom the box of each situation shows at moments, and what
   its button shows. */
import { Danger } from "./danger.js";
import { timesOn } from "./hours.js";

const shown = ({ name, phone, url, local }, answered) => ({ name: name ?? null, phone: phone ?? null, url: url ?? null, local: Boolean(local), answered });

export const start = ({ first, later }) => {
  const danger = new Danger(first);
  for (const _ of danger.adding(later));
  const answers = {
    queries: (queries) => queries.map((query) => danger.recognise(query, "de")),
    firsts: (queries) => queries.map((query) => danger.box(danger.recognise(query, "de")).open[0].called[0].phone),
    topics: (topics) => danger.about(topics),
    boxes: ({ situations, moments }) => situations.map((ids) => moments.map((moment) => {
      const now = new Date(moment), row = ({ situation, need, lines }) => [situation ?? need, lines.map((line) => shown(line, danger.answers(line, now)))];
      const { quiet, open, folded } = danger.box({ situations: [ids].flat() }, now);
      return { quiet, open: open.map(row), folded: folded.map(row) };
    })),
    professionals: (situations) => danger.forProfessionals({ situations }).map(([name, lines]) => [name, lines.map(({ name: called, phone, deputies }) => [called, phone, deputies ?? []])]),
    about: (situations) => danger.offersAbout({ situations }),
    apart: ({ situations, ids }) => danger.apart(ids, { situations }),
    hours: (dates) => first.lines.map((line) => line.always ? "always" : dates.map((date) => line.hours ? timesOn(line.hours, date) : [])),
  };
  return ({ ask, given }) => answers[ask](given);
};
