/* The words of a query in, the filters that they name out: an age, a language, a day, a part of the town, no cost. */

import { ageIn } from "./ages.js";
import { fold, words } from "./folding.js";
import { ENDING } from "./weights.js";

export const TODAY = /^(?:heute?|today|tonight)$/, OPEN = /^(?:offen|geoffnet|auf|open)$/;
const weekdayText = (day) => day.toLocaleDateString(globalThis.document?.documentElement.lang ?? "de",
  { weekday: "long" });

export class Facets {
  /* `holders` gives the entries of a row of concepts, or those that the filter names itself; several filters have a
     list of `shared` ones beside. They are unpacked when a query names the filter. */
  constructor(rows, holders, shared) {
    this.rows = rows.map(([label, said, row, held, list]) => {
      let own, all; const theirs = () => own ??= new Set(holders(held ?? row));
      return { label, row, shared: list !== null && list !== undefined,
        forms: said.split(";").map((form) => words(form).map(fold)), here: (id) => theirs().has(id),
        holds: (id) => (all ??= new Set([...theirs(), ...shared(list)])).has(id) };
    });
  }

  /* [{label, months, places, whole, holds}]: `places` are those of the words that said it, `whole` of several that say
     nothing else, `months` an age. `meant` gives the rows of concepts for a word of another language, `fits` whether an
     entry is for an age. Who types nothing but an area or a language isn't filtering. */
  read(typed, { clock, meant, fits, empty }) {
    const found = [], taken = new Set();
    const take = (facet, places) => {
      found.push({ ...facet, places });
      for (const at of places) taken.add(at);
    };
    const age = ageIn(typed, clock);
    if (age) take({ label: "", shared: true, ...age, holds: (id) => fits(id, age) }, age.places);
    const spoken = typed, today = fold(weekdayText(new Date()));
    typed = typed.map((word) => TODAY.test(word) ? today : word);
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
      const now = spoken.find((word, at) => places.includes(at) && TODAY.test(word));
      if (places.length || whole.length) take({ ...facet, whole, label: now ? `${now} (${facet.label})` : facet.label },
        [...new Set([...places, ...whole])]);
    }
    const more = typed.some((word, at) => !taken.has(at) && !empty(word));
    return more || age || found.length > 1 || found.some(({ shared }) => !shared) ? found : [];
  }
}

/* türkische, montags */
function same(word, form) {
  return word === form || form.length > 4 && word.length - form.length <= ENDING && word.startsWith(form);
}

/* What was typed, without the words at some places. */
export function without(query, places) {
  return words(query).filter((_, at) => !places.includes(at)).join(" ");
}
