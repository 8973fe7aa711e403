// The workspace's questions: will, goals, where and for whom. What is typed stays in these fields; whoever wants it asks for it.
import { AddressField } from "./address.js";
import { hints } from "./case_hints.js";
import { BANDS } from "./case_ladder.js";
import { element } from "./element.js";
import { _ } from "./words.js";

const GOALS = 3;
const TYPING = 350; // ms without a key before ideas follow
const bandText = (id) => ({ schwanger: _("Schwangerschaft"), "18-26": _("18 bis 26") })[id] ?? _("{low} bis {high}", { low: id.split("-")[0], high: id.split("-")[1] });
const PERSONAL = _("Das klingt nach einer Angabe, an der man jemanden erkennt. Lassen Sie sie weg.");
const SAFE = { autocomplete: "off", spellcheck: "false", autocorrect: "off", autocapitalize: "sentences", writingsuggestions: "false" };

// Below a free field stands when something in it may tell who somebody is; `turns` gives what hints() needs, once it is there.
export function careful(input, turns) {
  const place = element("div", { class: "nr-case__hints", "aria-live": "polite" });
  const look = () => {
    const told = turns() && hints(input.value, turns()).personal;
    if (told !== Boolean(place.firstChild)) place.replaceChildren(...told ? [element("p", { class: "nr-small" }, PERSONAL)] : []);
  };
  let typing;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(look, TYPING);
  });
  input.after(place);
  return look;
}

let made = 0;
const field = (label, control, ...more) => {
  control.id ||= `fall-${++made}`;
  return element("div", { class: "nr-field" }, element("label", { for: control.id }, label), control, ...more);
};

export class Form {
  constructor(mount, settings, { changed }) {
    this.mount = mount;
    this.settings = settings;
    this.changed = changed;
    this.will = mount.querySelector("[data-case-will]");
    this.goals = mount.querySelector("[data-case-goals]");
    this.where = mount.querySelector("[data-case-where]");
    this.will.setAttribute("writingsuggestions", "false");
    this.will.addEventListener("input", () => this.later());
    this.look = careful(this.will, () => this.turns);
    mount.addEventListener("submit", (event) => event.preventDefault());
    this.picked = { topics: new Set(), aids: new Set() };
    this.pickers = {};
  }

  // `ladder` knows areas, languages, topics and kinds of help.
  ready(ladder) {
    this.turns = ladder.file.turns;
    this.choices = ladder.offers.choices;
    this.aids = ladder.file.aids;
    this.build();
    this.look();
  }

  reset() {
    clearTimeout(this.typing);
    this.will.value = "";
    this.look();
    if (!this.choices) return;
    this.address?.clear();
    this.build();
  }

  // The questions that need the offers; what was written while they were on their way stays.
  build() {
    this.picked = { topics: new Set(), aids: new Set() };
    this.list = element("div", { class: "nr-case__goals" });
    this.entered = [];
    this.more = element("button", { type: "button", class: "nr-button nr-button--plain", onclick: () => this.addGoal().focus() }, _("Weiteres Ziel"));
    this.goals.replaceChildren(this.list, this.more);
    this.addGoal();
    this.where.replaceChildren(...this.questions());
  }

  // What follows from typing follows when it pauses.
  later(first = () => {}) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      first();
      this.changed();
    }, TYPING);
  }

  addGoal() {
    const nth = this.entered.length + 1;
    const said = element("div", { class: "nr-case__hints", "aria-live": "polite" });
    const chips = element("div", { class: "nr-chips", role: "group", "aria-labelledby": `fall-worum-${nth}` });
    const about = element("div", { hidden: true, "data-case-team": "", "data-case-heard": "" },
      element("p", { class: "nr-small", id: `fall-worum-${nth}` }, _("Geht es darum? Tippen Sie an, was fehlt oder nicht stimmt.")), chips);
    const goal = { about, chips, meant: new Map() };
    const input = goal.input = element("input", { class: "nr-input", type: "text", maxlength: "200", ...SAFE, oninput: () => this.later(() => {
      if (!input.value.trim()) goal.meant.clear();
      this.hint(input, said);
    }) });
    this.entered.push(goal);
    this.list.append(field(_("Ziel {n}", { n: nth }), input, said, about));
    this.more.hidden = nth >= GOALS;
    return input;
  }

  // Below each goal stand the topics that were heard in it, [[[id, name, whether it counts] …] …] in the order of the goals: a tap corrects.
  heard(lists) {
    const given = this.given;
    for (const goal of this.entered) this.show(goal, lists[given.indexOf(goal)] ?? []);
  }

  show({ about, chips, meant }, topics) {
    about.hidden = !topics.length;
    const there = [...chips.children];
    const same = there.length === topics.length && topics.every(([id], nth) => there[nth].dataset.topic === id);
    if (!same) chips.replaceChildren(...topics.map(([id, name]) => element("button", { type: "button", class: "nr-chip", "data-topic": id, onclick: ({ currentTarget }) => {
      meant.set(id, currentTarget.getAttribute("aria-pressed") !== "true");
      this.changed();
    } }, name)));
    topics.forEach(([, , on], nth) => chips.children[nth].setAttribute("aria-pressed", String(on)));
  }

  get given() {
    return this.entered.filter(({ input }) => input.value.trim());
  }

  hint(input, place) {
    const found = hints(input.value, this.turns);
    const told = [];
    if (found.personal) told.push(PERSONAL);
    if (found.about) told.push(_("„{who} soll …“ ist noch kein Ziel der Familie. Was wollen Sie dafür tun, und was will {who}?", { who: found.about }));
    if (found.against) told.push(_("Sagen Sie, was stattdessen da sein soll. Ein Ziel ist ein guter Zustand, den man sehen kann."));
    if (place.textContent !== told.join("")) place.replaceChildren(...told.map((text) => element("p", { class: "nr-small" }, text)));
  }

  questions() {
    const blank = (text) => element("option", { value: "" }, text);
    const options = (facet, skip = "") => this.choices.offered(facet).filter(([value]) => value !== skip).map(([value, { label, depth }]) => element("option", { value }, "\u2003".repeat(depth) + label));
    const send = () => this.changed();
    this.area = element("select", { class: "nr-input", onchange: send, autocomplete: "off" }, blank(_("ganze Stadt")), ...options("gebiet", "stadt"));
    this.language = element("select", { class: "nr-input", onchange: send, autocomplete: "off" }, blank(_("egal")), ...options("sprache"));
    this.bands = element("div", { class: "nr-chips", role: "group", "aria-label": _("Alter der Kinder") }, ...BANDS.map(([id]) => this.band(id)));
    const parts = [field(_("Sozialraum"), this.area)];
    if (this.settings.streets) parts.push(this.street());
    return [...parts,
      element("p", { class: "nr-ways-label" }, _("Alter der Kinder")), this.bands,
      field(_("Sprache der Familie"), this.language),
      this.picker("topics", _("Thema dazunehmen"), options("thema")),
      this.picker("aids", _("Hilfe, die die Familie wünscht oder schon hat"), this.aids.map(([kind, name]) => element("option", { value: kind }, name)))];
  }

  band(id) {
    const button = element("button", { type: "button", class: "nr-chip", "aria-pressed": "false", "data-band": id, onclick: () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      this.changed();
    } }, bandText(id));
    return button;
  }

  // A street becomes its area, and is gone.
  street() {
    const box = element("div", {});
    const fold = element("details", { class: "nr-more" }, element("summary", {}, _("Über die Straße finden")), box);
    fold.addEventListener("toggle", () => {
      this.address ??= new AddressField(this.settings, { chosen: ({ areas }) => {
        const id = [...areas.values()].flat().find((space) => [...this.area.options].some(({ value }) => value === space));
        this.address.clear();
        fold.open = false;
        if (!id) return;
        this.area.value = id;
        this.area.focus();
        this.changed();
      } });
      if (!box.firstChild) box.append(this.address.element, element("p", { class: "nr-small" }, _("Die Straße wird zum Sozialraum und dann vergessen.")));
    });
    return fold;
  }

  picker(name, label, options) {
    const chips = element("div", { class: "nr-chips" });
    const select = element("select", { class: "nr-input", autocomplete: "off", onchange: () => {
      const { value } = select;
      select.value = "";
      if (value) this.pick(name, [value]);
    } }, element("option", { value: "" }, _("bitte wählen")), ...options);
    this.pickers[name] = { select, chips };
    return element("div", {}, field(label, select), chips);
  }

  // What is chosen from a list stands below it and can be taken out again.
  pick(name, values) {
    const { select, chips } = this.pickers[name];
    for (const value of values) {
      const option = [...select.options].find((one) => one.value === value);
      if (!option || this.picked[name].has(value)) continue;
      this.picked[name].add(value);
      const chip = element("button", { type: "button", class: "nr-chip", onclick: () => {
        this.picked[name].delete(value);
        chip.remove();
        select.focus();
        this.changed();
      } }, element("span", { class: "nr-vh" }, `${_("Entfernen")}: `), option.textContent.trim(), element("span", { "aria-hidden": "true" }, " ×"));
      chips.append(chip);
    }
    this.changed();
  }

  get value() {
    return {
      goals: this.given.map(({ input }) => input.value.trim()),
      meant: this.given.map(({ meant }) => meant),
      will: this.will.value.trim(),
      area: this.area.value,
      bands: [...this.bands.children].filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.band),
      languages: this.language.value ? [this.language.value] : [],
      topics: [...this.picked.topics],
      aids: [...this.picked.aids],
    };
  }

  get empty() {
    if (!this.list) return true;
    const { goals, will, area, bands, languages, topics, aids } = this.value;
    return ![goals, bands, languages, topics, aids].some((all) => all.length) && !will && !area;
  }
}
