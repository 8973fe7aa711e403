// The workspace's questions: what is written is text for the sheet, all else is chosen. Nothing leaves these fields.
import { AddressField } from "./address.js";
import { ageText, TAPPED, WAYS } from "./case_needs.js";
import { button, quiet, small } from "./controls.js";
import { element } from "./element.js";
import { _ } from "./words.js";

const SUBJECTS = 8; // of a situation
const OLDEST = 26; // years
const pressed = (chip) => chip.getAttribute("aria-pressed") === "true";
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
    this.part("form").addEventListener("submit", (event) => event.preventDefault());
    this.build();
  }

  build() {
    const { choices } = this.ladder.offers;
    this.chips = { topics: [], ages: [], groups: [], aids: [], needs: [] };
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
        this.picker("ages", _("Alter"), ages.map((age) => [age, ageText(age)]), picked), this.language,
        this.picker("groups", _("Für wen vor allem"), labels("fuer"), picked), this.area,
        this.picker("aids", _("Gewünschte Hilfe"), this.ladder.file.aids, picked),
        ...this.settings.streets ? [this.street()] : []),
      picked,
      element("div", { class: "nr-chips", role: "group", "aria-label": _("Was muss passen?") }, ...tap(TAPPED())),
      element("div", { class: "nr-chips", role: "group", "aria-label": _("Zugang") }, self, office, ...wait));
  }

  chip(name, id, label, after = () => {}) {
    const turn = () => {
      press(chip, !pressed(chip));
      after(pressed(chip));
      this.changed();
    };
    const chip = button("nr-chip", turn, label);
    chip.dataset.value = id;
    press(chip, false);
    this.chips[name].push(chip);
    return chip;
  }

  // Life situations in the site's order, joy first, with their subjects below; violence stands apart, and asks first.
  situations(choices) {
    const options = choices.offered("thema");
    const heads = options.filter(([, { depth }]) => !depth);
    const rank = ([id]) => choices.grave.has(id) ? 2 : this.ladder.file.first.includes(id) ? 0 : 1;
    heads.sort((one, other) => rank(one) - rank(other));
    const groups = [];
    const chips = heads.map(([id, { label }]) => {
      const from = options.findIndex(([other]) => other === id) + 1;
      const end = options.findIndex(([, { depth }], at) => at >= from && !depth);
      const below = options.slice(from, end < 0 ? undefined : end).slice(0, SUBJECTS);
      const subjects = below.map(([topic, said]) => this.chip("topics", topic, said.label));
      const chosen = element("div", { class: "nr-chips" }, ...subjects);
      const looks = { class: "nr-case__subjects", role: "group", "aria-label": label, hidden: true };
      const group = element("div", looks, chosen);
      groups.push(group);
      const asking = choices.grave.has(id) ? this.safety(chosen) : null;
      const chip = this.chip("topics", id, label, (on) => {
        group.hidden = !on;
        for (const subject of subjects) press(subject, false);
        if (asking) chosen.hidden = !(asking.hidden = false);
      });
      if (asking) {
        group.prepend(asking);
        chip.classList.add("nr-chip--apart");
        for (const part of [chip, group]) part.dataset.caseTeam = "";
      }
      return Object.assign(chip, { subjects, asking });
    });
    return [element("div", { class: "nr-chips", role: "group", "aria-labelledby": "worum" }, ...chips), ...groups];
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
          this.chips[name] = this.chips[name].filter((other) => other !== chip);
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
  street() {
    const box = element("div", {});
    const fold = element("details", { class: "nr-more" }, element("summary", {}, _("Über die Straße finden")), box);
    fold.addEventListener("toggle", () => {
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
      const promise = small(_("Die Straße wird zum Sozialraum und dann vergessen."));
      if (!box.firstChild) box.append(this.address.element, promise);
    });
    return fold;
  }

  reset() {
    for (const field of this.written) field.value = "";
    this.address?.clear();
    this.address = null;
    this.build();
  }

  values(name) {
    return this.chips[name].filter(pressed).map(({ dataset }) => dataset.value);
  }

  // A situation stands for all its subjects until one is chosen; violence for none before it is said to be safe.
  get topics() {
    const open = ({ subjects = [], asking }) => !subjects.some(pressed) && (!asking || asking.hidden);
    return this.chips.topics.filter((chip) => pressed(chip) && open(chip)).map(({ dataset }) => dataset.value);
  }

  get value() {
    const [will, goals] = this.written.map(({ value }) => value.trim());
    return {
      will,
      goals: goals.split("\n").map((line) => line.trim()).filter(Boolean),
      topics: this.topics,
      area: this.area.value,
      language: this.language.value,
      ages: this.values("ages"),
      groups: this.values("groups"),
      aids: this.values("aids"),
      needs: this.values("needs"),
    };
  }

  get empty() {
    return Object.values(this.value).every(({ length }) => !length) && !this.chips.topics.some(pressed);
  }
}
