// What isn't here in, the line that says who helps out: a row of elsewhere.yml, or the page of a topic without offers.
import { element } from "./element.js";

// Fills the list of who helps, in a block of templates/macros/nothing.html.
export function tellHelpers(list, entries, root) {
  list.hidden = !entries.length;
  list.replaceChildren(...entries.map((entry) => helper(entry, root)));
}

function helper({ id, kind, title, url, subtitle, facts, language }, root) {
  const there = kind.id === "elsewhere" ? { href: url, rel: "noreferrer external" } : { href: root + url };
  const name = url ? element("a", there, title) : element("strong", {}, title);
  const tel = (fact) =>
    element("a", { href: `tel:${fact.replace(/[^\d+]/g, "")}` }, element("bdi", { dir: "ltr" }, fact));
  return element("li", { "data-entry": id, lang: language || null, dir: "auto" },
    name, subtitle ? `: ${subtitle} ` : " ", ...facts.flatMap((fact, nth) => [nth ? fact : tel(fact), " "]));
}
