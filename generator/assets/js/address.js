// Street and house number in, the areas of that address out: a combobox after the ARIA pattern over the shipped
// register. Nothing of it is sent or stored.
import { button, labelled, quiet } from "./controls.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { once } from "./once.js";
import { numbersText, Register, splitAddress } from "./streets.js";
import { _ } from "./words.js";

let made = 0;
const unlisted = () => _("Diese Straße steht nicht im Verzeichnis.");

export const loadAreas = ({ areas }) => once(areas, () => json(areas));
export const loadRegister = async ({ streets }) => {
  const file = await once(streets, () => json(streets));
  return file.register ??= new Register(file);
};

// House numbers of parts in words: „Nr. 1–71 ungerade, ab 80“.
function partsText(parts) {
  const all = parts.map((part) => {
    const side = { odd: ` ${_("ungerade")}`, even: ` ${_("gerade")}`, all: "" }[part.parity];
    const numbers = numbersText(part);
    if (!numbers) return side.trim() || _("alle Nummern");
    if (part.high === null) return _("ab {number}", { number: numbers.replace("–", "") }) + side;
    return numbers + side;
  });
  return _("Nr. {numbers}", { numbers: [...new Set(all)].join(", ") });
}

// The middle of the parts that have a point, null where none has.
function middle(parts) {
  const points = parts.map(({ point }) => point).filter(Boolean);
  if (!points.length) return null;
  return [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
}

export class AddressField {
  // `settings` are the addresses of both files; `chosen({label, point, areas})` gets the area of every geography.
  constructor(settings, { chosen, cleared = () => {} }) {
    this.settings = settings;
    this.chosen = chosen;
    this.cleared = cleared;
    this.options = [];
    this.active = -1;
    // of what was typed, asked for or cleared: an answer to an earlier one comes too late
    this.turn = 0;
    this.build(`strasse-${++made}`);
    this.listen();
  }

  build(id) {
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": `${id}-liste` };
    const typing = { class: "nr-input", type: "text", autocomplete: "off" };
    this.street = element("input", { id, ...typing, ...combobox, autocorrect: "off", spellcheck: "false",
      enterkeyhint: "next" });
    this.number = element("input", { id: `${id}-nummer`, ...typing, autocapitalize: "none", enterkeyhint: "search" });
    const list = { class: "nr-finder__list", id: `${id}-liste`, role: "listbox",
      "aria-label": _("Straßen"), hidden: true };
    this.list = element("ul", list);
    this.ask = element("div", { class: "nr-finder__ask" });
    this.status = element("p", { class: "nr-small", role: "status" });
    const street = labelled(_("Straße"), this.street);
    street.append(this.list);
    street.classList.add("nr-finder__street");
    const number = labelled(_("Hausnummer"), this.number);
    number.classList.add("nr-finder__number");
    const find = button("nr-button", () => this.submit(), _("Finden"));
    const fields = element("div", { class: "nr-finder__fields" }, street, number, find);
    this.element = element("div", { class: "nr-finder__address" }, fields, this.status, this.ask);
  }

  listen() {
    this.street.addEventListener("focus", () => this.register().catch(() => {}), { once: true });
    this.street.addEventListener("input", (event) => event.isComposing || this.typed());
    this.street.addEventListener("keydown", (event) => this.key(event));
    this.street.addEventListener("blur", () => this.close());
    this.number.addEventListener("input", () => this.drop());
    this.number.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[data-place]");
      if (option) this.take(Number(option.dataset.place));
    });
  }

  register() {
    return loadRegister(this.settings);
  }

  // What was asked for before, and hasn't been answered, is asked for no more.
  drop() {
    this.turn += 1;
    return this.turn;
  }

  async typed() {
    const turn = this.drop();
    this.ask.replaceChildren();
    const { street } = splitAddress(this.street.value);
    try {
      const register = await this.register();
      // Who has left the field meanwhile wants no list over what is below it.
      if (turn !== this.turn || document.activeElement !== this.street) return;
      this.show(register, register.suggest(street));
    } catch (error) {
      console.error(error);
      this.status.textContent = _("Das Straßenverzeichnis lädt gerade nicht.");
    }
  }

  show(register, places) {
    this.options = places.map((place, nth) => {
      const option = { role: "option", id: `${this.list.id}-${nth}`, "aria-selected": "false", "data-place": place };
      return element("li", option, register.names[place]);
    });
    this.list.replaceChildren(...this.options);
    this.point(-1);
    this.open(this.options.length > 0);
    const missing = this.street.value.trim().length > 2 && !places.length;
    this.status.textContent = missing ? unlisted() : "";
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden && this.options.length) this.open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point((this.active + 1 + step + last + 2) % (last + 2) - 1);
    } else if (event.key === "Escape") {
      if (this.list.hidden && !this.street.value) return;
      event.preventDefault();
      if (this.list.hidden) this.clear();
      else this.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.active >= 0) this.take(Number(this.options[this.active].dataset.place));
      else this.submit();
    }
  }

  point(nth) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = nth;
    const option = this.options[nth];
    if (!option) return this.street.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.street.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  open(yes) {
    this.list.hidden = !yes;
    this.street.setAttribute("aria-expanded", String(yes));
  }

  close() {
    this.open(false);
    this.point(-1);
  }

  clear() {
    this.drop();
    for (const input of [this.street, this.number]) input.value = "";
    this.status.textContent = "";
    this.ask.replaceChildren();
    this.options = [];
    this.list.replaceChildren();
    this.close();
  }

  // A street of the list: a number that was typed behind the name moves to its own field.
  async take(place) {
    const register = await this.register();
    const { number } = splitAddress(this.street.value);
    this.street.value = register.names[place];
    if (number) this.number.value = number;
    this.close();
    if (this.number.value || !this.ambiguous(register, place)) await this.submit();
    else this.number.focus();
  }

  ambiguous(register, place) {
    return [...register.match(place, "").values()].some(({ spaces }) => spaces.length > 1);
  }

  async submit() {
    const turn = this.drop();
    this.close();
    this.ask.replaceChildren();
    this.cleared();
    const typed = splitAddress(this.street.value);
    if (!typed.street) {
      this.status.textContent = _("Geben Sie zuerst Ihre Straße ein.");
      this.street.focus();
      return;
    }
    let register, areas;
    try {
      [register, areas] = await Promise.all([this.register(), loadAreas(this.settings)]);
    } catch (error) {
      console.error(error);
      this.status.textContent = _("Das Straßenverzeichnis lädt gerade nicht.");
      return;
    }
    if (turn !== this.turn) return;
    let place = register.named(typed.street);
    if (place < 0) {
      const near = register.suggest(typed.street);
      if (near.length !== 1) {
        this.show(register, near);
        this.status.textContent = near.length ? _("Welche Straße meinen Sie?") : unlisted();
        this.street.focus();
        return;
      }
      place = near[0];
    }
    this.street.value = register.names[place];
    if (typed.number) this.number.value = typed.number;
    this.decide(register, areas, place, this.number.value);
  }

  // Where the register leaves it open, the person is asked and nobody guesses.
  decide(register, areas, place, number) {
    const matches = register.match(place, number);
    const first = areas.geographies.find((id) => matches.has(id));
    const { parts, spaces, known } = matches.get(first);
    const street = register.names[place];
    this.status.textContent = "";
    const label = known && number.trim() ? `${street} ${number.trim()}` : street;
    const isUnknown = number.trim() && !known;
    if (spaces.length === 1) {
      if (isUnknown) {
        this.status.textContent = _("Diese Hausnummer steht nicht im Verzeichnis. "
          + "Die ganze Straße liegt in einem Gebiet.");
      }
      return this.finish(label, parts, spaces[0], matches, first);
    }
    if (isUnknown) this.status.textContent = _("Diese Hausnummer steht nicht im Verzeichnis. Wo wohnen Sie?");
    else if (known) this.status.textContent = _("Diese Hausnummer kann in mehreren Gebieten liegen. Wo wohnen Sie?");
    else this.status.textContent = _("{street} liegt in mehreren Gebieten. Wo wohnen Sie?", { street });
    const postcodesOf = (some) => [...new Set(some.map(({ postcode }) => postcode))];
    this.ask.replaceChildren(element("ul", { class: "nr-finder__choices" }, ...spaces.map((space) => {
      const own = parts.filter((part) => part.space === space);
      const postcodes = postcodesOf(parts).length > 1 ? postcodesOf(own).join(", ") : "";
      const note = [partsText(own), postcodes].filter(Boolean).join(" · ");
      const press = () => {
        this.ask.replaceChildren();
        this.status.textContent = "";
        this.finish(street, own, space, matches, first);
      };
      const beside = element("span", { class: "nr-button__note" }, note);
      const words = element("span", { class: "nr-button__text" }, areas.areas[space].name, beside);
      return element("li", {}, quiet(press, words));
    })));
    this.ask.querySelector("button").focus();
  }

  finish(label, parts, space, matches, first) {
    const found = new Map([...matches].map(([geography, { spaces }]) => [geography, spaces]));
    found.set(first, [space]);
    this.chosen({ label, point: middle(parts), areas: found });
  }
}
