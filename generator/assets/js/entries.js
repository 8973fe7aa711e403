// The entries of the own list (generator/render/data_files/offline_packs.py): blocks that hold all offers which may be
// handed on, so that a server never learns which of them somebody wants.
import { element } from "./element.js";
import { json } from "./loading.js";
import { once } from "./once.js";

// The block that holds an offer; offline_packs.py puts it into the same one.
export function blockOf(id, blocks) {
  let number = 0;
  for (const letter of id) number = (number * 31 + letter.codePointAt(0)) % 65521;
  return number % blocks;
}

export function loadBlock(folder, block) {
  const address = `${folder}eintraege-${block}.json`;
  return once(address, () => json(address));
}

export const address = (id, root) => `${root}angebote/${id}/`;
export const telephone = (number) => `tel:${number.replace(/[^\d+]/g, "").replace(/^0(?!800|0)(?=\d{7})/, "+49")}`;
export const language = (entry) => (entry.l ? { lang: entry.l, dir: "auto" } : {});

// What is different at the moment: somebody who is sent there must know.
export function notice(entry, term) {
  return entry.a ? element("p", { class: "nr-kept__notice", ...language(entry) },
    element("strong", {}, `${term}: `), entry.a) : null;
}

// What is known of an offer, by the names of its facts in order.
export function terms(entry, names) {
  const list = element("dl", { class: "nr-kept__facts" });
  names.forEach((term, place) => {
    if (entry.f[place]) list.append(element("dt", {}, term), element("dd", {}, entry.f[place]));
  });
  return list;
}
