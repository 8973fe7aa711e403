// Street and house number (templates/macros/address.html) in, the areas of that address out, by the shipped register.
// Nothing of it is sent or stored.
import { Combobox } from "./combobox.js";
import { quiet } from "./controls.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { once } from "./once.js";
import { numbersText, Register, splitAddress } from "./streets.js";
import { _ } from "./words.js";

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

export class AddressField extends Combobox {
  // `settings` are the addresses of both files; `chosen({label, point, areas})` gets the area of every geography.
  constructor(settings, { chosen, cleared = () => {} }) {
    const made = document.getElementById("adressfeld").content.firstElementChild.cloneNode(true);
    super(made.querySelector("input"), made.querySelector("ul"));
    Object.assign(this, { settings, chosen, cleared, element: made });
    for (const part of made.querySelectorAll("[data-part]")) this[part.dataset.part] = part;
    // of what was typed, asked for or cleared: an answer to an earlier one comes too late
    this.turn = 0;
    this.listen();
  }

  listen() {
    this.input.addEventListener("focus", () => this.register().catch(() => {}), { once: true });
    this.input.addEventListener("input", (event) => event.isComposing || this.typed());
    this.input.addEventListener("blur", () => this.close());
    this.number.addEventListener("input", () => this.drop());
    this.number.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.find.addEventListener("click", () => this.submit());
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
    const { street } = splitAddress(this.input.value);
    try {
      const register = await this.register();
      // Who has left the field meanwhile wants no list over what is below it.
      if (turn !== this.turn || document.activeElement !== this.input) return;
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
    this.expand(this.options.length > 0);
    const missing = this.input.value.trim().length > 2 && !places.length;
    this.status.textContent = missing ? unlisted() : "";
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden && this.options.length) this.expand(true);
      this.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      if (this.list.hidden && !this.input.value) return;
      event.preventDefault();
      if (this.list.hidden) this.clear();
      else this.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.active >= 0) this.take(Number(this.options[this.active].dataset.place));
      else this.submit();
    }
  }

  close() {
    this.expand(false);
    this.point(-1);
  }

  clear() {
    this.drop();
    for (const input of [this.input, this.number]) input.value = "";
    this.status.textContent = "";
    this.ask.replaceChildren();
    this.options = [];
    this.list.replaceChildren();
    this.close();
  }

  // A street of the list: a number that was typed behind the name moves to its own field.
  async take(place) {
    const register = await this.register();
    const { number } = splitAddress(this.input.value);
    this.input.value = register.names[place];
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
    const typed = splitAddress(this.input.value);
    if (!typed.street) {
      this.status.textContent = _("Geben Sie zuerst Ihre Straße ein.");
      this.input.focus();
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
        this.input.focus();
        return;
      }
      place = near[0];
    }
    this.input.value = register.names[place];
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
