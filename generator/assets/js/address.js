// Street and house number (templates/macros/address.html) in, the areas of that address out, by the shipped register.
// Nothing of it is sent or stored.
import { quiet } from "./controls.js";
import { element } from "./element.js";
import { json } from "./loading.js";
import { once } from "./once.js";
import { numbersText, Register, splitAddress } from "./streets.js";
import { _ } from "./words.js";

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
    const made = document.getElementById("adressfeld").content.firstElementChild.cloneNode(true);
    Object.assign(this, { settings, chosen, cleared, element: made });
    for (const part of made.querySelectorAll("[data-part]")) this[part.dataset.part] = part;
    // of what was typed, asked for or cleared: an answer to an earlier one comes too late
    this.turn = 0;
    this.street.addEventListener("focus", () => loadRegister(settings).catch(() => {}), { once: true });
    this.street.addEventListener("input", (event) => event.isComposing || this.typed());
    this.number.addEventListener("input", () => this.drop());
    this.find.addEventListener("click", () => this.submit());
    made.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.target.localName !== "input") return;
      event.preventDefault();
      this.submit();
    });
  }

  // What was asked for before, and hasn't been answered, is asked for no more.
  drop() {
    this.turn += 1;
    this.ask.replaceChildren();
    return this.turn;
  }

  // Register and areas; nothing, and that is said, where they can't be had.
  async load() {
    try {
      return await Promise.all([loadRegister(this.settings), loadAreas(this.settings)]);
    } catch (error) {
      console.error(error);
      this.status.textContent = _("Das Straßenverzeichnis lädt gerade nicht.");
      return [];
    }
  }

  // What may be meant, as [what a tap does, words …] each.
  offer(choices) {
    this.ask.replaceChildren(element("ul", { class: "nr-finder__choices" },
      ...choices.map(([press, ...words]) => element("li", {}, quiet(press, ...words)))));
  }

  async typed() {
    const turn = this.drop();
    this.status.textContent = "";
    const [register] = await this.load();
    // Who has left the field meanwhile wants nothing to move.
    if (!register || turn !== this.turn || document.activeElement !== this.street) return;
    const typed = this.street.value.trim(), found = register.suggest(splitAddress(typed).street);
    if (typed.length > 2 || found.length) this.suggest(register, found);
  }

  suggest(register, places) {
    this.offer(places.map((place) => [() => this.take(register, place), register.names[place]]));
    this.status.textContent = places.length ? _("Welche Straße meinen Sie?")
      : _("Diese Straße steht nicht im Verzeichnis.");
  }

  clear() {
    this.drop();
    for (const input of [this.street, this.number]) input.value = "";
    this.status.textContent = "";
  }

  // A street that was offered: a number that was typed behind the name moves to its own field.
  take(register, place) {
    const { number } = splitAddress(this.street.value);
    this.street.value = register.names[place];
    if (number) this.number.value = number;
    const isOpen = [...register.match(place, "").values()].some(({ spaces }) => spaces.length > 1);
    if (this.number.value || !isOpen) return this.submit();
    this.drop();
    this.status.textContent = "";
    this.number.focus();
  }

  async submit() {
    const turn = this.drop();
    this.cleared();
    const typed = splitAddress(this.street.value);
    if (!typed.street) {
      this.status.textContent = _("Geben Sie zuerst Ihre Straße ein.");
      this.street.focus();
      return;
    }
    const [register, areas] = await this.load();
    if (!register || turn !== this.turn) return;
    const exact = register.named(typed.street), near = exact < 0 ? register.suggest(typed.street) : [exact];
    if (near.length !== 1) {
      this.suggest(register, near);
      this.street.focus();
      return;
    }
    this.street.value = register.names[near[0]];
    if (typed.number) this.number.value = typed.number;
    this.decide(register, areas, near[0], this.number.value.trim());
  }

  // Where the register leaves it open, the person is asked and nobody guesses.
  decide(register, areas, place, number) {
    const matches = register.match(place, number);
    const first = areas.geographies.find((id) => matches.has(id));
    const { parts, spaces, known } = matches.get(first);
    const street = register.names[place], isUnknown = number && !known;
    const finish = (label, some, space) => {
      const found = new Map([...matches].map(([geography, match]) => [geography, match.spaces]));
      this.chosen({ label, point: middle(some), areas: found.set(first, [space]) });
    };
    if (spaces.length === 1) {
      this.status.textContent = isUnknown
        ? _("Diese Hausnummer steht nicht im Verzeichnis. Die ganze Straße liegt in einem Gebiet.") : "";
      return finish(known ? `${street} ${number}` : street, parts, spaces[0]);
    }
    if (isUnknown) this.status.textContent = _("Diese Hausnummer steht nicht im Verzeichnis. Wo wohnen Sie?");
    else if (known) this.status.textContent = _("Diese Hausnummer kann in mehreren Gebieten liegen. Wo wohnen Sie?");
    else this.status.textContent = _("{street} liegt in mehreren Gebieten. Wo wohnen Sie?", { street });
    const postcodesOf = (some) => [...new Set(some.map(({ postcode }) => postcode))];
    this.offer(spaces.map((space) => {
      const own = parts.filter((part) => part.space === space);
      const postcodes = postcodesOf(parts).length > 1 ? postcodesOf(own).join(", ") : "";
      const beside = element("span", { class: "nr-button__note" },
        [partsText(own), postcodes].filter(Boolean).join(" · "));
      const press = () => {
        this.drop();
        this.status.textContent = "";
        finish(street, own, space);
      };
      return [press, element("span", { class: "nr-button__text" }, areas.areas[space].name, beside)];
    }));
    this.ask.querySelector("button").focus();
  }
}
