// The form of the directory's filters (templates/parts/filter.html): fills in the choices there are, tells what was
// chosen, and shows it.
import { ageText } from "./age_text.js";
import { button, hidden } from "./controls.js";
import { countText, numberText } from "./cards.js";
import { element } from "./element.js";
import { months, NOW } from "./filters.js";
import { dateOf } from "./hours.js";
import { dateText } from "./open.js";
import { nameOf } from "./when.js";
import { _ } from "./words.js";

// Filters of the trade: their fold is open where one of them is chosen.
const TRADE = ["art", "recht", "vermittlung", "ebene", "platz", "foerderung"];
const FRONT = ["thema", "gebiet"]; // lists in sight
// What the search leads to and the form doesn't offer.
const SAID = () => ({ morgen: _("morgen"), wochenende: _("dieses Wochenende"), vormittag: _("vormittags"),
  nachmittag: _("nachmittags"), abend: _("abends") });
const NARROW = matchMedia("(max-width: 47.99em)"); // there the further filters fill the screen

const MONTHS = [...Array(13).keys(), 18], YEARS = [...Array(28).keys()].slice(2);
const AGES = ["schwanger", ...MONTHS.map((age) => `${age}m`), ...YEARS.map(String)];

export class FilterForm {
  // `form` stands in the page; somebody may be writing into it.
  constructor(choices, on, settings, form) {
    Object.assign(this, { choices, on, settings, form });
    for (const part of form.querySelectorAll("[data-part]")) this[part.dataset.part] = part;
    this.order = document.getElementById("ordnung");
    this.orders = this.order.querySelector("select");
    this.named = []; // filters that the words sought name
    this.here = null;
    this.turn = 0;
    this.first = [...NOW, ...choices.shelf("first")]; // their chips are always in sight
    this.fill();
    this.listen();
    for (const part of [this.order, ...form.querySelectorAll("[inert]")]) part.inert = false;
  }

  // Each place gets its choices; one without any is out of sight.
  fill() {
    const { form } = this, timed = this.choices.knows(dateOf());
    for (const part of form.querySelectorAll("[data-timed]")) part.hidden = !timed;
    Object.assign(this.date, { min: dateOf(), max: this.choices.last });
    for (const place of form.querySelectorAll("fieldset:is([data-shelf], [data-facet])")) {
      const { shelf, facet } = place.dataset;
      place.append(...(shelf ? this.choices.shelf(shelf) : [facet]).flatMap((name) => this.boxes(name)));
      place.hidden = !place.querySelector("label");
    }
    this.selects = [...form.querySelectorAll("select[data-facet]")];
    const ages = AGES.map((value) => element("option", { value }, this.label("alter", [value])));
    document.getElementById("filter-alter").append(...ages);
    for (const select of this.selects) {
      select.append(...this.options(select.dataset.facet));
      select.parentElement.hidden = !select[1];
    }
    this.fold.hidden = !this.fold.querySelector(":scope > :not(summary, [hidden])");
    this.chosable = [...form.querySelectorAll("[data-value]")];
  }

  boxes(name) {
    return this.choices.offered(name).map(([value, { label }]) => element("label", { class: "nr-choice" },
      element("input", { type: "checkbox", "data-name": name, "data-value": value }),
      element("span", {}, label, " ", element("span", { class: "nr-chip__count" }))));
  }

  options(name) {
    return this.choices.offered(name).map(([value, { label, depth }]) => {
      const words = "\u2003".repeat(depth) + label;
      return element("option", { value, "data-name": name, "data-value": value, "data-words": words }, words);
    });
  }

  listen() {
    const { form } = this;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", ({ target }) => {
      const chip = target.closest(".nr-chip[data-value]");
      if (chip) this.toggle(chip, chip.getAttribute("aria-pressed") !== "true");
    });
    form.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") this.toggle(target, target.checked);
      const { facet } = target.dataset;
      if (facet) this.on.change(facet, new Set(target.value ? [target.value] : []));
    });
    const presses = {
      nearChip: () => this.openNear(this.nearBox.hidden), own: () => this.locate(),
      mapButton: () => this.on.map(this.mapButton), clearing: () => { this.on.reset(); this.focus(); },
      shutting: () => this.sheet.close(), apply: () => { this.sheet.close(); this.on.applied(); },
      clearingSheet: () => this.on.reset(),
    };
    for (const [name, press] of Object.entries(presses)) this[name].addEventListener("click", press);
    const changes = {
      date: () => this.pickDate(), orders: () => this.sendOrder(),
      near: () => this.here ? this.on.place(this.here, Number(this.near.value)) : this.hint(),
    };
    for (const [name, change] of Object.entries(changes)) this[name].addEventListener("change", change);
    this.word.addEventListener("input", () => this.on.typed(this.word.value));
    this.more.addEventListener("toggle", () => this.opened());
    this.sheet.addEventListener("close", () => this.shut());
    this.addressFold?.addEventListener("toggle", () => this.openAddress(), { once: true });
  }

  // On a phone the further filters fill the screen, and the way back says how many offers wait there.
  opened() {
    if (this.more.open && NARROW.matches && !this.sheet.open) {
      if ("sought" in this.form.dataset) this.sheetBody.append(this.chips, this.nearBox, this.front);
      this.sheetBody.append(this.panel);
      this.sheet.showModal();
    }
    if (this.result) this.showCounts();
    this.on.opened();
  }

  shut() {
    this.more.parentElement.before(this.chips, this.nearBox, this.front);
    this.more.append(this.panel);
    this.more.open = false;
  }

  // While a word is sought a phone's filters stand behind „Mehr Filter“: what it finds is above the keyboard.
  seek(word, orders) {
    this.form.toggleAttribute("data-sought", Boolean(word));
    if (word) this.clearing.hidden = false;
    this.showOrder(orders);
    const field = this.word.parentElement;
    if (word && NARROW.matches && field.getBoundingClientRect().top > 0) field.scrollIntoView({ block: "start" });
  }

  sendOrder() {
    if (this.orders.value === "nah" && !this.here) this.askWhere();
    this.on.order(this.orders.value);
  }

  showOrder({ order, orders }) {
    const label = { treffer: _("beste Treffer zuerst"), gebiet: _("aus dem Gebiet zuerst"), offen: _("offene zuerst"),
      nah: _("nächste zuerst"), name: _("von A bis Z") };
    this.orders.replaceChildren(...orders.map((value) => element("option", { value }, label[value])));
    this.orders.value = order;
  }

  focus() {
    this.word.focus();
  }

  clear() {
    this.word.value = "";
    this.named = [];
    this.forget();
  }

  // No place any more from which distances are measured.
  forget() {
    this.near.value = "";
    this.here = this.from = null;
    this.dropPosition();
    this.address?.clear();
  }

  toggle({ dataset: { name, value } }, on) {
    const values = new Set(this.chosen.get(name));
    if (on) values.add(value);
    else values.delete(value);
    this.on.change(name, values);
  }

  openTrade() {
    this.more.open = this.fold.open = true;
    this.fold.scrollIntoView({ block: "center" });
  }

  // One date at a time; the other choices of a day stay.
  pickDate() {
    const others = [...this.chosen.get("tag") ?? []].filter((value) => !/^\d/.test(value));
    const { value: date, validity } = this.date;
    this.on.change("tag", new Set(date && validity.valid ? [...others, date] : others));
  }

  openNear(open) {
    this.nearBox.hidden = !open;
    this.nearChip.setAttribute("aria-expanded", String(open));
  }

  // The nearest first: from where has to be said.
  askWhere() {
    this.openNear(true);
    this.hint();
    this.own.focus();
  }

  hint() {
    this.hereText.textContent = _("Von wo aus? Wählen Sie „Mein Standort“ oder geben Sie eine Adresse ein.");
  }

  measure(point, from, text) {
    this.here = point;
    this.from = from;
    this.hereText.textContent = this.told = text;
    this.on.place(point, Number(this.near.value));
  }

  // A position that was asked for before, and hasn't come, is asked for no more; of one that is there it is still told.
  dropPosition() {
    this.turn += 1;
    this.hereText.textContent = this.here ? this.told : "";
  }

  async locate() {
    this.address?.drop();
    this.dropPosition();
    const { turn } = this;
    this.hereText.textContent = _("Ihr Standort wird gesucht …");
    try {
      const { ownPosition } = await import("./position.js");
      if (turn !== this.turn) return;
      const { point } = await ownPosition();
      if (turn === this.turn) this.measure(point, _("Mein Standort"), _("Entfernungen von Ihrem Standort."));
    } catch (error) {
      if (turn === this.turn) {
        this.hereText.textContent =
          error.told ?? _("Der Standort lässt sich gerade nicht bestimmen. Geben Sie die Straße ein.");
      }
    }
  }

  async openAddress() {
    const { AddressField } = await import("./address.js");
    this.address = new AddressField(this.settings, {
      chosen: ({ label, point }) =>
        point ? this.measure(point, label, _("Entfernungen von: {place}.", { place: label })) : null,
      cleared: () => this.dropPosition(),
    });
    this.addressBox.replaceChildren(this.address.element);
  }

  // A filter's choices in words: „Schulden“, „Montag oder Dienstag“, „4 Jahre“.
  label(name, values) {
    const words = values.map((value) => {
      if (value === "schwanger") return _("schwanger");
      if (name === "alter") return ageText(months(value), value.endsWith("m"));
      const chip = this.chosable.find(({ dataset }) => dataset.name === name && dataset.value === value);
      const written = chip?.dataset.label ?? this.choices.facets.get(name)?.get(value)?.label;
      return written ?? SAID()[value] ?? dateText(Date.parse(value));
    });
    return words.join(` ${_("oder")} `);
  }

  show(chosen, result, any) {
    this.chosen = chosen;
    this.result = result;
    if (TRADE.some((name) => chosen.has(name))) this.fold.open = true;
    for (const input of this.chosable) {
      const on = chosen.get(input.dataset.name)?.has(input.dataset.value) ?? false;
      if (input.type === "checkbox") input.checked = on;
      else if (input.type === "button") input.setAttribute("aria-pressed", String(on));
    }
    for (const select of this.selects) {
      const name = select.dataset.facet, [value = ""] = chosen.get(name) ?? [];
      select.value = value;
      if (select.selectedIndex < 0) select.add(new Option(this.label(name, [value]), value, true, true)); // an old link
    }
    const date = [...chosen.get("tag") ?? []].find((value) => /^\d/.test(value)) ?? "";
    if (document.activeElement !== this.date) this.date.value = date;
    this.clearing.hidden = !any;
    this.nearChip.setAttribute("aria-pressed", String(Boolean(this.here)));
    this.showOrder(result);
    if (result.count !== undefined) {
      const n = numberText(result.count);
      const some = result.count === 1 ? _("1 Angebot zeigen") : _("{n} Angebote zeigen", { n });
      this.apply.textContent = result.count === 0 ? _("Dazu passt gerade nichts") : some;
      if (this.sheet.open) this.counted.textContent = countText(result.count);
    }
    this.showPicked();
    this.showCounts();
  }

  // Whatever no chip shows stays in sight when „Mehr Filter“ is closed, and stands on paper.
  showPicked() {
    const unseen = [...this.chosen].filter(([name]) => !this.first.includes(name));
    const isDate = (name, values) => name === "tag" && [...values].every((value) => value === this.date.value);
    const further = unseen.filter(([name, values]) => !FRONT.includes(name) && !isDate(name, values));
    this.number.textContent = further.length ? `(${further.length})` : "";
    this.picked.replaceChildren(
      ...unseen.map(([name, values]) => this.removable(this.label(name, [...values]), () => {
        this.on.change(name, new Set());
        (this.picked.querySelector("button") ?? this.more.querySelector("summary")).focus();
      })),
      ...this.here ? [this.pickedPlace()] : [],
      ...this.named.map((named) => this.pickedWord(named)));
    this.picked.hidden = !this.picked.childElementCount;
  }

  removable(label, remove) {
    const words = element("span", {}, hidden(`${_("Filter entfernen:")} `), label);
    return element("li", {}, button("nr-chip nr-filter__remove", remove, words));
  }

  pickedPlace() {
    const place = this.from, distance = this.near.selectedOptions[0].textContent;
    const label = this.near.value ? _("{distance} von: {place}", { distance, place }) : _("von: {place}", { place });
    return this.removable(label, () => {
      this.forget();
      this.on.place(null, 0);
      this.nearChip.focus();
    });
  }

  // A filter that words of the search name: without it these words go.
  pickedWord(named) {
    return this.removable(nameOf(named), () => {
      this.word.value = named.rest;
      this.word.focus();
      this.on.typed(this.word.value);
    });
  }

  // A count beside every choice that can be seen; those behind „Mehr Filter“ follow when it is opened.
  showCounts() {
    for (const input of this.chosable) {
      const { name, value, words } = input.dataset;
      if (!this.more.open && ![...FRONT, ...this.first].includes(name)) continue;
      const count = this.result.counts(name, value);
      const said = count === null ? "" : numberText(count);
      const choice = input.closest("option, .nr-chip, .nr-choice");
      const place = choice.querySelector(".nr-chip__count") ?? choice;
      const text = words === undefined ? said : said ? `${words} (${said})` : words;
      if (place.textContent !== text) place.textContent = text;
      choice.hidden = count === 0 && !this.chosen.get(name)?.has(value);
    }
  }
}
