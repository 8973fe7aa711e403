// The workspace's questions: what is written is text for the sheet, all else is chosen. Nothing leaves these fields.
import { AddressField } from "./address.js";
import { ageText, TAPPED, WAYS } from "./case_needs.js";
import { button, quiet } from "./controls.js";
import { element } from "./element.js";
import { _ } from "./words.js";

const SUBJECTS = 8; // of a situation
const OLDEST = 26; // years
const isPressed = (chip) => chip.getAttribute("aria-pressed") === "true";
const press = (chip, on) => chip.setAttribute("aria-pressed", String(on));

export class Form {
  // `ladder` knows what there is to choose; `danger` leads to what protects.
  constructor(mount, settings, ladder, { changed, wrote, danger }) {
    this.settings = settings;
    this.ladder = ladder;
    this.changed = changed;
    this.danger = danger;
    this.part = (name) => mount.querySelector(`[data-case-${name}]`);
    this.written = [this.part("will"), this.part("goals")];
    for (const field of this.written) field.addEventListener("input", wrote);
    this.form = this.part("form");
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.part("street")?.addEventListener("toggle", ({ target }) => this.findStreet(target));
    this.build();
  }

  build() {
    const { choices } = this.ladder.offers;
    this.part("topics").replaceChildren(...this.situations(choices));
    const indented = ([id, { label, depth }]) => [id, "\u2003".repeat(depth) + label];
    const labels = (facet) => choices.offered(facet).map(indented);
    const ages = ["schwanger", ...Array.from({ length: OLDEST + 1 }, (_none, year) => String(year))];
    this.area = this.select(_("Sozialraum"), _("ganze Stadt"), labels("gebiet").filter(([id]) => id !== "stadt"));
    this.language = this.select(_("Sprache"), _("Sprache: egal"), labels("sprache"));
    const picked = element("div", { class: "nr-chips", role: "group", "aria-label": _("Gewählt") });
    const tap = (words) => Object.entries(words).map(([id, label]) => this.chip("needs", id, label));
    const [self, office, ...wait] = tap(WAYS());
    self.addEventListener("click", () => press(office, false));
    office.addEventListener("click", () => press(self, false));
    this.part("needs").replaceChildren(
      element("div", { class: "nr-case__selects" },
        this.picker("ages", _("Alter der Kinder"), ages.map((age) => [age, ageText(age)]), picked), this.language,
        this.picker("groups", _("Für wen vor allem"), labels("fuer"), picked), this.area,
        this.picker("aids", _("Gewünschte Hilfe"), this.ladder.file.aids, picked)),
      picked,
      element("div", { class: "nr-chips", role: "group", "aria-label": _("Was muss passen?") }, ...tap(TAPPED())),
      element("div", { class: "nr-chips", role: "group", "aria-label": _("Zugang") }, self, office, ...wait));
  }

  chip(name, value, label, after = () => {}) {
    const turn = ({ currentTarget }) => {
      press(currentTarget, !isPressed(currentTarget));
      after(isPressed(currentTarget));
      this.changed();
    };
    const chip = button("nr-chip", turn, label);
    Object.assign(chip.dataset, { name, value });
    press(chip, false);
    return chip;
  }

  // Life situations in the site's order, joy first, with their subjects below; violence stands apart, and asks first.
  situations(choices) {
    const heads = [];
    for (const [id, { label, depth }] of choices.offered("thema")) {
      if (depth) heads.at(-1).below.push([id, label]);
      else heads.push({ id, label, below: [], grave: choices.grave.has(id) });
    }
    const rank = ({ id, grave }) => grave ? 2 : this.ladder.file.first.includes(id) ? 0 : 1;
    heads.sort((one, other) => rank(one) - rank(other));
    const chips = heads.map(({ id, label, below, grave }) => {
      const subjects = element("div", { class: "nr-chips" },
        ...below.slice(0, SUBJECTS).map(([topic, text]) => this.chip("topics", topic, text)));
      const asking = grave ? this.safety(subjects) : null, team = grave ? { "data-case-team": true } : {};
      const group = element("div",
        { class: "nr-case__subjects", role: "group", "aria-label": label, hidden: true, ...team }, asking, subjects);
      const chip = this.chip("topics", id, label, (on) => {
        group.hidden = !on;
        for (const subject of subjects.children) press(subject, false);
        if (asking) subjects.hidden = !(asking.hidden = false);
      });
      if (grave) chip.classList.add("nr-chip--apart");
      if (grave) chip.dataset.caseTeam = "";
      return Object.assign(chip, { group });
    });
    return [element("div", { class: "nr-chips", role: "group", "aria-labelledby": "worum" }, ...chips),
      ...chips.map(({ group }) => group)];
  }

  // Before subjects of violence can be chosen somebody says that nobody is in danger now.
  safety(subjects) {
    const goOn = () => {
      question.hidden = !(subjects.hidden = false);
      subjects.querySelector("button").focus();
      this.changed();
    };
    const question = element("div", { class: "nr-case__safety" },
      element("p", {}, _("Ist gerade jemand in Gefahr, oder sind Sie unsicher?")),
      quiet(this.danger, _("Ja oder unsicher")), quiet(goOn, _("Nein, im Moment sicher")));
    return question;
  }

  select(label, none, options, onchange = this.changed) {
    return element("select", { class: "nr-input", "aria-label": label, autocomplete: "off", onchange },
      ...[["", none], ...options].map(([value, text]) => element("option", { value }, text)));
  }

  // What is chosen from a list becomes a chip, which takes it out again.
  picker(name, label, options, place) {
    const choose = () => {
      const [option] = select.selectedOptions;
      select.value = "";
      if (option.value && !this.values(name).includes(option.value)) {
        const chip = this.chip(name, option.value, option.textContent.trim(), () => {
          chip.remove();
          select.focus();
        });
        press(chip, true);
        place.append(chip);
      }
      this.changed();
    };
    const select = this.select(label, label, options, choose);
    return select;
  }

  // A street becomes its area, and is gone.
  findStreet(fold) {
    this.address ??= new AddressField(this.settings, { chosen: ({ areas }) => {
      const offered = [...this.area.options].map(({ value }) => value);
      const id = [...areas.values()].flat().find((space) => offered.includes(space));
      this.address.clear();
      fold.open = false;
      if (!id) return;
      this.area.value = id;
      this.area.focus();
      this.changed();
    } });
    fold.querySelector("div").append(this.address.element);
  }

  reset() {
    for (const field of this.written) field.value = "";
    this.address?.clear();
    this.build();
  }

  pressed(name) {
    return [...this.form.querySelectorAll(`[data-name=${name}][aria-pressed=true]`)];
  }

  values(name) {
    return this.pressed(name).map(({ dataset }) => dataset.value);
  }

  // A situation stands for all its subjects until one is chosen; violence for none before it is said to be safe.
  get topics() {
    const isOpen = ({ group }) => !group?.querySelector("[aria-pressed=true], .nr-case__safety:not([hidden])");
    return this.pressed("topics").filter(isOpen).map(({ dataset }) => dataset.value);
  }

  // Situations of whose subjects nobody has chosen one, by their names.
  get unspecific() {
    return this.pressed("topics").filter(({ group }) => group?.querySelector("[data-name]")
      && !group.querySelector("[aria-pressed=true], .nr-case__safety:not([hidden])")).map((chip) => chip.textContent);
  }

  get value() {
    const [will, goals] = this.written.map(({ value }) => value.trim());
    const chosen = Object.fromEntries(["ages", "groups", "aids", "needs"].map((name) => [name, this.values(name)]));
    return {
      will,
      goals: goals.split("\n").map((line) => line.trim()).filter(Boolean),
      topics: this.topics,
      area: this.area.value,
      language: this.language.value,
      ...chosen,
    };
  }

  get empty() {
    return Object.values(this.value).every(({ length }) => !length) && !this.pressed("topics").length;
  }
}
