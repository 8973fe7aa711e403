// The own list: ids of offers, kept on this device and only after a click; its page (list.js) reads it. „Merken“ exists
// only where an offer may be remembered: pages and cards about violence have none.
import { element } from "./element.js";
import { statusAfter } from "./status.js";
import { stored } from "./storage.js";
import { _ } from "./words.js";

const KEY = "nahraum.list";
const ID = /^[a-z0-9-]{1,100}$/;
const MOST = 60;

export const valid = (ids) => [...new Set(ids)].filter((id) => ID.test(id)).slice(0, MOST);

// Where nothing can be kept there is no list, and whoever asked is told so.
export const remembered =
  () => stored("localStorage", (storage) => valid((storage.getItem(KEY) ?? "").split(","))) ?? [];

export function keep(ids) {
  const kept = valid(ids);
  return stored("localStorage", (storage) => {
    if (kept.length) storage.setItem(KEY, kept.join(","));
    else storage.removeItem(KEY);
    return true;
  });
}

function show(button) {
  const inside = remembered().includes(button.dataset.remember);
  button.setAttribute("aria-pressed", String(inside));
  button.querySelector(".nr-button__text").textContent = inside ? _("Gemerkt") : _("Merken");
}

function press(button, status) {
  const id = button.dataset.remember, before = remembered(), inside = before.includes(id);
  const after = inside ? before.filter((other) => other !== id) : [...before, id];
  if (after.length > MOST) status.textContent = _("Ihre Merkliste ist voll. Löschen Sie erst etwas.");
  else if (!keep(after)) status.textContent = _("Ihr Browser erlaubt das nicht. Schreiben Sie sich die Nummer auf.");
  else if (inside) status.textContent = _("Nicht mehr auf Ihrer Merkliste.");
  else status.replaceChildren(_("Gemerkt, nur auf diesem Gerät."), " ", linkTo(button.dataset.list, after.length));
  show(button);
}

function equip(button, status) {
  button.addEventListener("click", () => press(button, status));
  show(button);
}

const linkTo = (list, count) => element("a", { href: list }, _("Merkliste ansehen ({n})", { n: count }));

// A list of cards (`data-remembered`: where the own list is) has one status for all its buttons, which stays in sight:
// who collects several sees how many there are, and the way to the paper.
class Cards {
  constructor(list) {
    this.address = list.dataset.remembered;
    this.list = list;
    this.status = statusAfter(list);
    this.status.classList.add("nr-keeping");
    this.add();
    this.tell();
  }

  tell() {
    const count = remembered().length;
    this.status.replaceChildren(...(count ? [linkTo(this.address, count)] : []));
  }

  // Cards that came since get their button.
  add() {
    for (const card of this.list.querySelectorAll("[data-keep]")) {
      if (card.querySelector("[data-remember]")) continue;
      const title = card.querySelector(".nr-card__title a");
      const held = { "data-remember": card.dataset.id, "data-list": this.address };
      const button = element("button", { type: "button", class: "nr-keep", ...held },
        element("span", { class: "nr-button__text" }),
        element("span", { class: "nr-vh", lang: title.lang || null }, ` ${title.textContent}`));
      const facts = card.querySelector(".nr-facts");
      if (facts) facts.append(element("li", { class: "nr-card__keep" }, button));
      else card.append(button);
      equip(button, this.status);
    }
  }
}

export const lists = [...document.querySelectorAll("[data-remembered]")].map((list) => new Cards(list));
for (const button of document.querySelectorAll(".nr-button[data-remember]")) {
  button.hidden = false;
  equip(button, statusAfter(button.closest(".nr-actions") ?? button));
}
// Another tab may change the list, and Back may bring an old page.
for (const sign of ["storage", "pageshow"]) {
  window.addEventListener(sign, () => {
    document.querySelectorAll("[data-remember]").forEach(show);
    lists.forEach((list) => list.tell());
  });
}
