// The workspace before a case conference. Nothing of it is kept, sent, or put into an address, a title or the history; leaving asks,
// and one tap forgets all. The first question is danger: unless it is answered with no, there is no ladder.
import { Form } from "./case_form.js";
import { today } from "./case_hints.js";
import { Ideas } from "./case_ideas.js";
import { Ladder } from "./case_ladder.js";
import { Package } from "./case_package.js";
import { loadDanger, show } from "./danger_box.js";
import { element } from "./element.js";
import { json, loadLines, loadOffers } from "./offers.js";
import { _ } from "./words.js";

class Workspace {
  constructor(mount) {
    this.mount = mount;
    this.settings = mount.dataset;
    const part = (name) => mount.querySelector(`[data-case-${name}]`);
    Object.assign(this, { question: part("danger"), protect: part("protect"), work: part("work"), bar: part("bar"), status: part("status"), warning: part("warning"), switches: part("switches"), part });
    this.data = JSON.parse(document.getElementById("nr-case").textContent);
    this.flat = false;
    this.family = false;
    this.form = new Form(part("form"), this.settings, { changed: (ideas) => this.changed(ideas) });
    this.box = element("div", { hidden: true });
    this.back = element("p", { hidden: true }, element("button", { type: "button", class: "nr-button nr-button--quiet", onclick: () => this.ask() }, _("Zurück zur ersten Frage: Gefahr?")));
    this.warning.append(this.box, this.back);
  }

  start() {
    this.mount.querySelector("[data-without-script]").remove();
    this.question.hidden = this.bar.hidden = false;
    this.answer("");
    this.question.addEventListener("change", ({ target }) => this.answer(target.value));
    this.question.addEventListener("submit", (event) => event.preventDefault());
    this.part("claim").addEventListener("click", () => this.lead("anspruch"));
    this.part("to-package").addEventListener("click", () => this.lead("paket"));
    this.part("forget").addEventListener("click", () => this.forget());
    for (const tick of this.ticks()) tick.addEventListener("change", () => this.pack && (this.pack.layOut(), this.counted()));
    this.switches.append(
      this.toggle(_("Normaleres zuerst"), true, (on) => { this.flat = !on; }),
      this.toggle(_("Ansicht für die Familie"), false, (on) => {
        this.family = on;
        this.mount.dataset.view = on ? "family" : "team";
      }));
    window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    window.addEventListener("pagehide", () => this.forget(false)); // Back finds an empty desk
    document.addEventListener("nahraum:leave", () => this.forget(false));
  }

  ticks() {
    return [...this.mount.querySelectorAll("[name=prompt]")];
  }

  toggle(text, pressed, set) {
    const button = element("button", { type: "button", class: "nr-chip", "aria-pressed": String(pressed), onclick: () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      set(on);
      this.draw();
    } }, text);
    return button;
  }

  get dirty() {
    return !this.form.empty || Boolean(this.pack && !this.pack.empty) || this.ticks().some(({ checked }) => checked);
  }

  // Yes and unsure hide the ladder and show what to do; before an answer there is neither.
  answer(value) {
    this.protect.hidden = value !== "yes" && value !== "unsure";
    this.work.hidden = value !== "no";
    this.part("to-package").hidden = value !== "no";
    if (value === "no") this.load();
  }

  ask() {
    const input = this.question.querySelector("input");
    this.family = false;
    this.mount.dataset.view = "team";
    this.switches.lastElementChild.setAttribute("aria-pressed", "false");
    this.question.scrollIntoView({ block: "start" });
    input.focus();
  }

  // Jumps without an address, so that nothing stands in the history.
  lead(id) {
    const title = document.getElementById(id);
    title.scrollIntoView({ block: "start" });
    title.focus({ preventScroll: true });
  }

  async load() {
    if (this.ladder || this.loading) return;
    this.loading = true;
    this.say(_("Die Angebote werden geladen …"));
    const { list, index, language, file } = this.settings;
    try {
      const [offers, about] = await Promise.all([loadOffers(list, index, language), json(file)]);
      this.danger = await loadDanger(index, language);
      this.ladder = new Ladder(offers, about);
      this.form.ready(this.ladder);
      this.pack = new Package(this.part("package"), this.ladder, this.data, {
        case_: () => this.form.value, ticks: () => this.ticks(), changed: () => this.draw(), say: (text) => this.say(text),
      });
      this.pack.told = () => this.counted();
      this.ideas = new Ideas(this.part("ladder"), this.ladder, { taken: (id) => this.pack.taken.has(id), take: (id) => this.pack.take(id), claim: () => this.lead("anspruch"), enjoy: () => this.form.pick("topics", this.ladder.file.strengths) });
      this.draw();
      await loadLines(offers, this.settings.lines, () => this.ideas.fillLines());
    } catch (error) {
      console.error(error);
      this.say(_("Die Angebote laden gerade nicht. Bitte versuchen Sie es noch einmal."));
    }
    this.loading = false;
  }

  // `ideas` tells whether what was changed changes them; a will doesn't.
  changed(ideas) {
    if (ideas) this.draw();
    if (this.pack?.kind === "team") this.pack.layOut();
  }

  draw() {
    if (!this.ladder) return;
    const asked = this.form.value;
    const grave = this.recognised(asked);
    const something = asked.goals.length || asked.topics.length || asked.aids.length;
    const kept = (places) => grave && this.danger ? this.danger.ordered(places, grave) : places;
    const found = something ? this.ladder.find({ ...asked, kept }) : null;
    this.pack.asked = new Set(found ? found.aids.map(({ place }) => this.ladder.about(place, "kind")) : []);
    this.ideas.draw(found, { flat: this.flat, family: this.family, grave: Boolean(grave) });
    this.warn(grave);
    const count = found ? found.aids.length + found.claims.length + found.all.length : 0;
    if (!found) this.say(this.family ? _("Schreiben Sie auf, was anders sein soll.") : _("Schreiben Sie ein Ziel oder wählen Sie ein Thema. Dann stehen hier Ideen."));
    else this.say(count ? count === 1 ? _("1 Idee") : _("{n} Ideen", { n: count }) : _("Dazu ist nichts eingetragen. Das heißt nicht, dass es nichts gibt: Fragen Sie im Team und im Sozialraum."));
  }

  // Who writes of danger sees the numbers, and the way back to the first question. A goal says what is to end: that is there today.
  recognised({ goals, topics, will }) {
    if (!this.danger) return null;
    const said = [...goals, will].filter(Boolean).flatMap((text) => [text, today(text, this.ladder.file.turns)]);
    return said.map((text) => this.danger.recognise(text)).find(Boolean) ?? this.danger.about(topics);
  }

  warn(grave) {
    show(this.box, this.danger, this.family ? null : grave, { root: this.settings.root, help: this.settings.help, safe: this.settings.safe }, false);
    this.back.hidden = !grave || this.family;
  }

  counted() {
    const count = this.pack?.count ?? 0;
    this.part("to-package").querySelector(".nr-button__text").textContent = count ? _("Paket ({n})", { n: count }) : _("Paket");
  }

  say(text) {
    this.status.textContent = text;
  }

  forget(told = true) {
    for (const tick of this.ticks()) tick.checked = false;
    for (const input of this.question.querySelectorAll("input")) input.checked = false;
    if (this.ladder) {
      this.form.reset();
      this.pack.clear();
      this.ideas.clear();
      this.warn(null);
    } else this.form.will.value = "";
    this.family = this.flat = false;
    this.mount.dataset.view = "team";
    [...this.switches.children].forEach((button, nth) => button.setAttribute("aria-pressed", String(nth === 0)));
    this.answer("");
    if (!told) return;
    this.gone ??= element("p", { class: "nr-status nr-screen", role: "status" });
    this.question.after(this.gone);
    this.gone.textContent = _("Alles ist vergessen.");
    this.ask();
  }
}

const mount = document.querySelector("[data-case]");
if (mount) new Workspace(mount).start();
