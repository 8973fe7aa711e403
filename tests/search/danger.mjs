/* From a town's two files of danger to what its own scripts find in queries, whom the box of each situation shows at moments, and which of
   the ids are left under it. */
import { Danger } from "./danger.js";
import { timesOn } from "./hours.js";

const shown = ({ name, phone, url }, answered) => ({ name, phone: phone ?? null, url: url ?? null, answered });

export const start = ({ first, later }) => {
  const danger = new Danger(first);
  danger.add(later);
  const answers = {
    queries: (queries) => queries.map((query) => danger.recognise(query, "de")),
    firsts: (queries) => queries.map((query) => danger.box(danger.recognise(query, "de")).first[0].phone),
    topics: (topics) => danger.about(topics),
    boxes: ({ situations, moments }) => situations.map((id) => moments.map((moment) => {
      const now = new Date(moment), lines = (found) => found.map((line) => shown(line, danger.answers(line, now)));
      const { quiet, first: at, needs } = danger.box({ situations: [id].flat() }, now);
      return { quiet, first: lines(at), needs: needs.map(([need, found]) => [need, lines(found)]) };
    })),
    kept: ({ situations, alone, ids, no }) => danger.kept(ids, situations && { situations, alone }, no),
    apart: ({ situations, ids }) => danger.apart(ids, { situations }),
    hours: (dates) => first.lines.map((line) => line.always ? "always" : dates.map((date) => line.hours ? timesOn(line.hours, date) : [])),
  };
  return ({ ask, given }) => answers[ask](given);
};
