/* A query in, what no hit can answer out: the area of a street, young people's own page, a language. */

import { ageIn, isYoung, STREET } from "./ages.js";
import { element } from "./element.js";
import { fold, words } from "./folding.js";
import { nameOf } from "./when.js";
import { _ } from "./words.js";

export { languageOf, nounOf } from "./doors.js";

/* The areas of a street that is named, of the division that people know: [{text, href, whole: whether nothing else
   is}]. The register stays on this device. */
async function areasOf(query, index, { streets, areas }) {
  const typed = words(query), folded = typed.map(fold);
  const last = folded.findIndex((word) => STREET.test(word));
  if (!streets || last < 0) return [];
  const { loadAreas, loadRegister } = await import("./address.js");
  const [register, known] = await Promise.all([loadRegister({ streets }), loadAreas({ areas })]);
  for (let first = Math.max(0, last - 3) /* words of a name before its last */; first <= last; first++) {
    const place = register.named(typed.slice(first, last + 1).join(" "));
    if (place < 0) continue;
    const number = /^\d/.test(typed[last + 1] ?? "")
      ? typed[last + 1] + (/^[a-z]$/i.test(typed[last + 2] ?? "") ? typed[last + 2] : "") : "";
    const whole = typed.every((word, at) => at >= first && at <= last || at > last && number.includes(word)
      || index.empty(folded[at]));
    const matches = register.match(place, number), geography = known.geographies.find((id) => matches.has(id));
    const street = `${register.names[place]} ${number}`.trim(), base = new URL(areas, document.baseURI);
    return (matches.get(geography)?.spaces ?? []).map((space) => {
      const { name, url } = known.areas[space];
      const text = _("{street} liegt hier: {area}", { street, area: name });
      return { text, href: new URL(`../${url}`, base).href, whole };
    });
  }
  return [];
}

/* Where what was typed leads besides its hits: [{text, href, whole}]; and whether it leads there `only`: what is spelt
   like an address isn't one of a hit. */
export async function leading(query, index, result, settings) {
  const typed = words(query).map(fold);
  const young = settings.youth && isYoung(typed, ageIn(typed, index.clock))
    ? [{ text: _("Für dich: 12 bis 21"), href: settings.youth }] : [];
  const links = [...young, ...await areasOf(query, index, settings)];
  return { links, only: result.kind !== "hits" && links.some(({ whole }) => whole) };
}

/* What the button says that takes a filter away. */
export function removing(facet) {
  const [about, sign] = [element("span", { class: "nr-vh" }, `${_("Filter entfernen:")} `),
    element("span", { "aria-hidden": "true" }, " ×")];
  return [about, nameOf(facet), sign];
}
