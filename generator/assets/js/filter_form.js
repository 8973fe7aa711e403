// The form of the directory's filters: a few chips first, the rest behind „Mehr Filter“. Tells what was chosen.
import { button, hidden, labelled, plain, quiet, small } from "./controls.js";
import { countText, numberText } from "./cards.js";
import { element } from "./element.js";
import { DAYS, months, NOW, TIMES } from "./filters.js";
import { dateOf } from "./hours.js";
import { without } from "./facets.js";
import { dateText } from "./open.js";
import { _ } from "./words.js";

// Filters of the trade: their fold is open where one of them is chosen.
const TRADE = ["art", "recht", "vermittlung", "ebene", "platz", "foerderung"];
const NEAR = [500, 1000, 2000, 5000, 10000];
// there the further filters fill the screen
const NARROW = matchMedia("(max-width: 47.99em)");
let made = 0;

function opening(made, id) {
  made.setAttribute("aria-expanded", "false");
  made.setAttribute("aria-controls", id);
  return made;
}

// Labels of choices that aren't in the file.
function fixedLabel(name, value) {
  return {
    offen: _("jetzt offen"), heute: _("heute offen"), mo: _("Montag"), di: _("Dienstag"), mi: _("Mittwoch"),
    do: _("Donnerstag"), fr: _("Freitag"), sa: _("Samstag"), so: _("Sonntag"),
    morgen: _("morgen"), wochenende: _("dieses Wochenende"),
    vormittag: _("vormittags"), nachmittag: _("nachmittags"), abend: _("abends"),
  }[name === "tag" || name === "zeit" ? value : name];
}

// A filter's choices in words: „Schulden“, „Montag oder Dienstag“, „4 Jahre“.
export function choiceLabel(choices, name, values) {
  const words = values.map((value) => {
    if (name === "alter") {
      const age = months(value);
      if (age < 0) return _("schwanger");
      return value.endsWith("m") ? _("{n} Monate alt", { n: age }) : _("{n} Jahre alt", { n: age / 12 });
    }
    const written = fixedLabel(name, value) ?? choices.facets.get(name)?.get(value)?.label;
    const label = written ?? (name === "tag" ? dateText(Date.parse(value)) : value);
    const title = { stufen: _("ohne Stufen"), wc: _("Toilette für Rollstühle") }[name];
    return title ? `${title}: ${label}` : label;
  });
  return words.join(` ${_("oder")} `);
}

export class FilterForm {
  // `word` is the field that stands in the page (templates/parts/filter.html); somebody may be writing into it.
  constructor(choices, on, settings, word) {
    this.word = word;
    this.choices = choices;
    this.on = on;
    this.settings = settings;
    // [element, filter, value]
    this.counters = [];
    // [input, filter, value]
    this.inputs = [];
    this.selects = new Map();
    // filters that the words sought name
    this.named = [];
    this.here = null;
    // their chips are always in sight
    this.first = [...NOW, ...choices.shelf("first")];
    this.build();
  }

  build() {
    this.word.addEventListener("input", () => this.on.typed(this.word.value));
    const timed = this.choices.knows(dateOf());
    this.nearBox = this.distance();
    const near = () => this.openNear(this.nearBox.hidden);
    this.nearChip = opening(button("nr-chip", near, element("span", {}, _("in der Nähe"))), this.nearBox.id);
    this.chips = element("div", { class: "nr-chips", role: "group", "aria-label": _("Schnelle Auswahl") },
      ...timed ? NOW.map((name) => this.chip(name, "1")) : [], this.nearChip, ...this.shelf("first", "chip"));
    this.front = element("div", { class: "nr-filter__front" },
      timed ? this.day() : null, this.select("sprache", _("Sprache"), _("alle Sprachen")), this.age());
    this.number = element("span", { class: "nr-chip__count" });
    this.panelBox = this.panel();
    this.more = element("details", { class: "nr-more nr-filter__more" },
      element("summary", {}, element("span", {}, _("Mehr Filter")), " ", this.number), this.panelBox);
    this.more.addEventListener("toggle", () => this.opened());
    this.buildSheet();
    this.buildOrder();
    this.picked = element("ul", { class: "nr-chips nr-filter__picked", "aria-label": _("Gewählte Filter") });
    this.clearing = plain(() => { this.on.reset(); this.focus(); }, _("Alles zurücksetzen"));
    this.mapButton = opening(quiet(({ currentTarget }) => this.on.map(currentTarget), _("Karte")), "karte");
    const looks = { class: "nr-filter__form", role: "search", "aria-label": _("Angebote filtern"),
      autocomplete: "off" };
    this.element = element("form", { ...looks, onsubmit: (event) => event.preventDefault() },
      this.word.parentElement,
      this.chips, this.nearBox, this.front,
      element("div", { class: "nr-filter__bar" }, this.more, this.mapButton),
      this.picked, this.clearing, this.sheet);
  }

  // On a phone the further filters fill the screen, and the way back says how many offers wait there.
  buildSheet() {
    const close = () => this.sheet.close();
    this.apply = button("nr-button", () => { close(); this.on.applied(); }, _("Angebote zeigen"));
    this.counted = element("p", { class: "nr-vh", role: "status" });
    this.sheetBody = element("div", { class: "nr-filter__body" });
    this.sheet = element("dialog", { class: "nr-filter__sheet", "aria-labelledby": "filter-titel" },
      element("div", { class: "nr-filter__head" }, element("h2", { id: "filter-titel" }, _("Mehr Filter")),
        plain(close, _("Schließen"))),
      this.sheetBody,
      element("div", { class: "nr-filter__foot" }, this.apply,
        plain(() => this.on.reset(), _("Zurücksetzen")), this.counted));
    this.sheet.addEventListener("close", () => {
      this.more.parentElement.before(this.chips, this.nearBox, this.front);
      this.more.append(this.panelBox);
      this.more.open = false;
    });
  }

  opened() {
    if (this.more.open && NARROW.matches && !this.sheet.open) {
      if ("sought" in this.element.dataset) this.sheetBody.append(this.chips, this.nearBox, this.front);
      this.sheetBody.append(this.panelBox);
      this.sheet.showModal();
    }
    if (this.result) this.showCounts();
    this.on.opened();
  }

  // While a word is sought a phone's filters stand behind „Mehr Filter“: what it finds is above the keyboard.
  seek(word) {
    this.element.toggleAttribute("data-sought", Boolean(word));
    const field = this.word.parentElement;
    if (word && NARROW.matches && field.getBoundingClientRect().top > 0) field.scrollIntoView({ block: "start" });
  }

  // The order of the list is said, and changed where it is said.
  buildOrder() {
    const send = ({ target }) => {
      if (target.value === "nah" && !this.here) this.askWhere();
      this.on.order(target.value);
    };
    this.orders = element("select", { class: "nr-input", id: "reihenfolge", onchange: send });
    const label = element("label", { for: "reihenfolge" }, _("Reihenfolge:"));
    this.order = element("p", { class: "nr-filter__order nr-screen" }, label, this.orders);
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

  chip(name, value, label = fixedLabel(name, value)) {
    const count = element("span", { class: "nr-chip__count" });
    const press = () => this.toggle(name, value, chip.getAttribute("aria-pressed") !== "true");
    const chip = button("nr-chip", press, element("span", {}, label), " ", count);
    this.inputs.push([chip, name, value]);
    this.counters.push([count, name, value]);
    return chip;
  }

  choice(name, value, label) {
    const count = element("span", { class: "nr-chip__count" });
    const input = element("input", { type: "checkbox",
      onchange: ({ target }) => this.toggle(name, value, target.checked) });
    this.inputs.push([input, name, value]);
    this.counters.push([count, name, value]);
    return element("label", { class: "nr-choice" }, input, element("span", {}, label, " ", count));
  }

  toggle(name, value, on) {
    const values = new Set(this.chosen.get(name));
    if (on) values.add(value);
    else values.delete(value);
    this.on.change(name, values);
  }

  // --- the panel -------------------------------------------------------------------------------------------------

  panel() {
    return element("div", { class: "nr-filter__panel" },
      this.select("thema", _("Thema"), _("alle Themen")),
      this.select("gebiet", _("Gebiet"), _("ganze Stadt und alle Gebiete")),
      this.group(_("Verständigung"), ...this.shelf("language")),
      this.when(), this.select("fuer", _("Vor allem für"), _("alle Menschen")),
      this.group(_("Was Ihnen wichtig ist"), ...this.shelf("access")),
      this.group(_("Vor Ort oder aus der Ferne"), ...this.parts("form")),
      this.group(_("Ohne Stufen"), ...this.parts("stufen")),
      this.group(_("Toilette für Rollstühle"), ...this.parts("wc")),
      this.group(_("Mehr zur Barrierefreiheit"), ...this.parts("merkmal")),
      this.trade());
  }

  // What professionals ask for, folded away from families.
  trade() {
    const there = [
      this.select("art", _("Art des Angebots"), _("alle Arten")), this.select("recht", _("Rechtsgrundlage"), _("alle")),
      this.select("vermittlung", _("Wer vermitteln darf"), _("alle Stellen")),
      this.group(_("Ebene"), ...this.parts("ebene")), this.group(_("Plätze"), ...this.parts("platz")),
      this.group(_("Förderung"), ...this.parts("foerderung")),
    ].filter(Boolean);
    this.fold = element("details", { class: "nr-more nr-filter__trade" },
      element("summary", {}, _("Für Fachkräfte")), ...there);
    return there.length ? this.fold : null;
  }

  openTrade() {
    this.more.open = this.fold.open = true;
    this.fold.scrollIntoView({ block: "center" });
  }

  group(title, ...parts) {
    const there = parts.filter(Boolean);
    return there.length ? element("fieldset", { class: "nr-fieldset" }, element("legend", {}, title), ...there) : null;
  }

  shelf(name, as = "choice") {
    return this.choices.shelf(name).flatMap((filter) => this.parts(filter, as));
  }

  parts(name, as = "choice") {
    return [...this.choices.facets.get(name) ?? []].map(([value, { label }]) => this[as](name, value, label));
  }

  select(name, title, all) {
    const options = this.choices.offered(name);
    if (!options.length) return null;
    const onchange = ({ target }) => this.on.change(name, new Set(target.value ? [target.value] : []));
    const select = element("select", { class: "nr-input", id: `filter-${name}`, onchange },
      element("option", { value: "" }, all),
      ...options.map(([value, { label, depth }]) => {
        const words = "\u2003".repeat(depth) + label, option = element("option", { value }, words);
        this.counters.push([option, name, value, words]);
        return option;
      }));
    this.selects.set(name, select);
    return labelled(title, select);
  }

  age() {
    const send = () => {
      const unborn = this.unit.value === "schwanger";
      const value = unborn ? "schwanger" : this.years.value && `${Number(this.years.value)}${this.unit.value}`;
      this.years.disabled = unborn;
      this.on.change("alter", new Set(value && months(value) !== null ? [value] : []), "replace");
    };
    const number = { type: "number", min: "0", max: "27", inputmode: "numeric" };
    this.years = element("input", { class: "nr-input", id: "filter-alter", ...number, oninput: send });
    this.unit = element("select", { class: "nr-input", "aria-label": _("Jahre oder Monate"), onchange: send },
      element("option", { value: "" }, _("Jahre")), element("option", { value: "m" }, _("Monate")),
      element("option", { value: "schwanger" }, _("noch nicht geboren")));
    const field = labelled(_("Alter des Kindes"), this.years);
    field.append(element("div", { class: "nr-filter__pair" }, this.years, this.unit));
    return field;
  }

  when() {
    const short = { mo: _("Mo"), di: _("Di"), mi: _("Mi"), do: _("Do"), fr: _("Fr"), sa: _("Sa"), so: _("So") };
    const day = (value) => {
      const chip = this.chip("tag", value, short[value]);
      const seen = element("span", { "aria-hidden": "true" }, short[value]);
      chip.querySelector("span").replaceChildren(seen, hidden(fixedLabel("tag", value)));
      return chip;
    };
    if (!this.choices.knows(dateOf())) return null;
    return this.group(_("Tag und Uhrzeit"),
      element("div", { class: "nr-chips" }, this.chip("tag", "morgen"), this.chip("tag", "wochenende")),
      small(_("an einem Wochentag:")),
      element("div", { class: "nr-chips" }, ...DAYS.map(day)),
      element("div", { class: "nr-chips" }, ...Object.keys(TIMES).map((value) => this.chip("zeit", value))));
  }

  day() {
    const known = { type: "date", min: dateOf(), max: this.choices.last };
    const onchange = ({ target }) => this.pickDate(target.value);
    this.date = element("input", { class: "nr-input", id: "filter-tag", ...known, onchange });
    return labelled(_("An welchem Tag?"), this.date);
  }

  // One date at a time; the other choices of a day stay.
  pickDate(date) {
    const others = [...this.chosen.get("tag") ?? []].filter((value) => !/^\d/.test(value));
    this.on.change("tag", new Set(date && this.date.validity.valid ? [...others, date] : others));
  }

  distance() {
    const send = () => this.here ? this.on.place(this.here, Number(this.near.value)) : this.hint();
    this.turn = 0;
    const upTo = (metres) => metres < 1000 ? _("bis {n} m", { n: metres }) : _("bis {n} km", { n: metres / 1000 });
    this.near = element("select", { class: "nr-input", id: `filter-nah-${++made}`, onchange: send },
      element("option", { value: "" }, _("egal wie weit")),
      ...NEAR.map((metres) => element("option", { value: metres }, upTo(metres))));
    this.hereText = element("p", { class: "nr-small", role: "status" });
    const own = quiet(() => this.locate(), _("Mein Standort"));
    const address = element("div", { class: "nr-filter__address" });
    const fold = element("details", { class: "nr-more" }, element("summary", {}, _("Adresse eingeben")), address);
    const other = this.settings.streets ? fold : null;
    fold.addEventListener("toggle", () => this.openAddress(address), { once: true });
    const box = this.group(_("Von wo aus?"), own, other, this.hereText,
      labelled(_("Umkreis"), this.near), small(_("Standort und Adresse bleiben auf Ihrem Gerät.")));
    Object.assign(box, { id: "filter-naehe", hidden: true });
    box.classList.add("nr-filter__near");
    return box;
  }

  openNear(open) {
    this.nearBox.hidden = !open;
    this.nearChip.setAttribute("aria-expanded", String(open));
  }

  // The nearest first: from where has to be said.
  askWhere() {
    this.openNear(true);
    this.hint();
    this.nearBox.querySelector("button").focus();
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
    const { ownPosition } = await import("./position.js");
    if (turn !== this.turn) return;
    this.hereText.textContent = _("Ihr Standort wird gesucht …");
    try {
      const { point } = await ownPosition();
      if (turn === this.turn) this.measure(point, _("Mein Standort"), _("Entfernungen von Ihrem Standort."));
    } catch (error) {
      if (turn === this.turn) this.hereText.textContent = error.message;
    }
  }

  async openAddress(box) {
    const { AddressField } = await import("./address.js");
    this.address = new AddressField(this.settings, {
      chosen: ({ label, point }) =>
        point ? this.measure(point, label, _("Entfernungen von: {place}.", { place: label })) : null,
      cleared: () => this.dropPosition(),
    });
    box.replaceChildren(this.address.element);
  }

  // --- what is chosen --------------------------------------------------------------------------------------------

  show(chosen, result, any) {
    this.chosen = chosen;
    this.result = result;
    if (TRADE.some((name) => chosen.has(name))) this.fold.open = true;
    for (const [input, name, value] of this.inputs) {
      const on = chosen.get(name)?.has(value) ?? false;
      if (input.type === "checkbox") input.checked = on;
      else input.setAttribute("aria-pressed", String(on));
    }
    for (const [name, select] of this.selects) select.value = [...chosen.get(name) ?? []][0] ?? "";
    const age = [...chosen.get("alter") ?? []][0];
    if (age !== undefined || document.activeElement !== this.years) this.showAge(age);
    const date = [...chosen.get("tag") ?? []].find((value) => /^\d/.test(value)) ?? "";
    if (this.date && document.activeElement !== this.date) this.date.value = date;
    this.clearing.hidden = !any;
    this.nearChip.setAttribute("aria-pressed", String(Boolean(this.here)));
    this.showOrder(result);
    if (result.count !== undefined) {
      const n = numberText(result.count);
      const some = result.count === 1 ? _("1 Angebot zeigen") : _("{n} Angebote zeigen", { n });
      this.apply.textContent = result.count === 0 ? _("Dazu passt gerade nichts") : some;
      if (this.sheet.open) this.counted.textContent = countText(result.count);
    }
    this.showPicked(result);
    this.showCounts();
  }

  showAge(age) {
    if (age === undefined) {
      this.years.value = "";
      if (this.unit.value === "schwanger") this.unit.value = "";
    } else if (age === "schwanger") {
      this.unit.value = age;
    } else {
      this.unit.value = age.endsWith("m") ? "m" : "";
      this.years.value = Number.parseInt(age, 10);
    }
    this.years.disabled = this.unit.value === "schwanger";
    this.years.max = this.unit.value === "m" ? "36" : "27";
  }

  // Whatever no chip shows stays in sight when „Mehr Filter“ is closed, and stands on paper.
  showPicked(result) {
    const unseen = [...this.chosen].filter(([name]) => !this.first.includes(name));
    const isDate = (name, values) =>
      name === "tag" && this.date && [...values].every((value) => value === this.date.value);
    const further = unseen.filter(([name, values]) => !["sprache", "alter"].includes(name) && !isDate(name, values));
    this.number.textContent = further.length ? `(${further.length})` : "";
    this.picked.replaceChildren(
      ...unseen.map(([name, values]) => this.removable(choiceLabel(this.choices, name, [...values]), () => {
        this.on.change(name, new Set());
        (this.picked.querySelector("button") ?? this.more.querySelector("summary")).focus();
      })),
      ...this.here ? [this.pickedPlace()] : [],
      ...this.named.map((named) => this.pickedWord(named)),
      ...result.seen ? [this.removable(_("nur was auf der Karte zu sehen ist"), () => this.on.window(false))] : []);
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
  pickedWord({ label, months: age, places }) {
    const years = () => choiceLabel(this.choices, "alter", [age % 12 ? `${age}m` : String(age / 12)]);
    return this.removable(label || years(), () => {
      this.word.value = without(this.word.value, places);
      this.word.focus();
      this.on.typed(this.word.value);
    });
  }

  // A count beside every choice that can be seen; those behind „Mehr Filter“ follow when it is opened.
  showCounts() {
    for (const [place, name, value, label] of this.counters) {
      if (!this.more.open && name !== "sprache" && !this.first.includes(name)) continue;
      const count = this.result.counts(name, value);
      const said = count === null ? "" : numberText(count);
      const text = label === undefined ? said : said ? `${label} (${said})` : label;
      if (place.textContent !== text) place.textContent = text;
      const choice = label === undefined ? place.closest(".nr-chip, .nr-choice") : place;
      choice.hidden = count === 0 && !this.chosen.get(name)?.has(value);
    }
  }
}
