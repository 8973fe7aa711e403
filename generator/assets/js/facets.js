/* The words of a query in, the filters that they name out: an age, a language, a part of the town, no cost, a time. */

import { ageIn } from "./ages.js";
import { fold, words } from "./folding.js";
import { verdictOf } from "./verdicts.js";
import { ENDING } from "./weights.js";

const once = (make) => {
  let made;
  return () => made ??= make();
};

export class Facets {
  /* `holders` gives the entries of a row of concepts, or those that the filter names itself; `lists` those that several
     filters share, each [heading, entries]. They are unpacked when a query names the filter. */
  constructor(rows, holders, lists) {
    this.rows = rows.map(([label, said, row, held, shared, also, unsaid, alone]) => {
      const set = (list) => once(() => new Set(typeof list === "number" ? lists(list)[1] : []));
      const own = once(() => new Set(holders(held ?? row))), beside = set(shared), silent = set(unsaid);
      const nearly = once(() => also.map((list) => [lists(list)[0], set(list)()]));
      const heading = (id) => nearly().find(([, ids]) => ids.has(id))?.[0];
      return { label, row, alone, isArea: !alone && shared !== null,
        forms: said.split(";").map((form) => words(form).map(fold)),
        heading, here: (id) => own().has(id),
        verdict: (id) => verdictOf(own().has(id) || beside().has(id), heading(id), silent().has(id)) };
    });
  }

  /* [{label, months, places, whole, verdict, heading: of what fits nearly}]: `places` are those of the words that
     said it, `whole` of several that
     say nothing else, `months` an age. `meant` gives the rows of concepts for a word of another language, `age` the
     verdict of an age; `time` is the filter by a time that was named. Who types nothing but an area or a language
     isn't filtering. */
  read(typed, { clock, meant, age: aged, time, empty }) {
    const found = [], taken = new Set();
    const take = (facet, places) => {
      found.push({ ...facet, places });
      for (const at of places) taken.add(at);
    };
    if (time) {
      const places = [...typed.keys()].filter((at) => time.said.has(typed[at]));
      take({ ...time, whole: places }, places);
    }
    const age = ageIn(typed, clock);
    if (age) take({ label: "", ...age, verdict: (id) => aged(id, age) }, age.places);
    const rows = typed.map((word, at) => taken.has(at) ? [] : meant(word));
    for (const facet of this.rows) {
      const places = [], whole = [];
      typed.forEach((word, at) => {
        if (rows[at].includes(facet.row)) places.push(at);
        else for (const form of facet.forms) {
          if (form.every((one, nth) => !taken.has(at + nth) && same(typed[at + nth] ?? "", one))) {
            (form[1] ? whole : places).push(...form.map((_, nth) => at + nth));
          }
        }
      });
      if (places.length || whole.length) take({ ...facet, whole }, [...new Set([...places, ...whole])]);
    }
    const more = typed.some((word, at) => !taken.has(at) && !empty(word));
    return more || age || time || found.length > 1 || found.some(({ alone }) => alone) ? found : [];
  }
}

/* What was typed, without the words that name a filter. */
export const without = (index, query, { said }) => words(query).filter((word) =>
  !said.has(fold(word)) && !index.typed(word).some((one) => said.has(one))).join(" ");

/* türkische */
function same(word, form) {
  return word === form || form.length > 4 && word.length - form.length <= ENDING && word.startsWith(form);
}
