// The workspace before a case conference: its first question, what protects, and what forgets. Nothing of it is kept,
// sent, or put into an address, a title or the history; leaving asks, and one tap forgets all. Unless danger is
// answered with no, there is no ladder: the rest (case_desk.js) is loaded then.
import { bar } from "./back.js";
import { _ } from "./words.js";

class Workspace {
  constructor(mount) {
    this.mount = mount;
    this.part = (name) => mount.querySelector(`[data-case-${name}]`);
    this.question = this.part("danger");
    this.desk = null;
  }

  start() {
    this.mount.querySelector("[data-without-script]").remove();
    this.question.hidden = false;
    this.answer("");
    this.question.addEventListener("change", ({ target }) => this.answer(target.value));
    this.question.addEventListener("submit", (event) => event.preventDefault());
    for (const [name, id] of [["claim", "anspruch"], ["to-package", "paket"], ["count", "ideen"]]) {
      this.part(name).addEventListener("click", () => this.lead(id));
    }
    this.part("forget").addEventListener("click", () => this.forget());
    window.addEventListener("beforeunload", (event) => this.desk?.dirty && event.preventDefault());
    bar(); // Back finds an empty desk
  }

  // Before an answer nothing else stands there. Yes and unsure hide the ladder and show what to do.
  answer(value) {
    this.mount.dataset.answer = value;
    this.part("protect").hidden = value !== "yes" && value !== "unsure";
    this.part("work").hidden = this.part("to-package").hidden = this.part("count").hidden = value !== "no";
    for (const part of this.mount.querySelectorAll("[data-case-later]")) part.hidden = !value;
    if (value === "no") this.open();
  }

  async open() {
    try {
      const { Desk } = await import("./case_desk.js");
      this.desk ??= new Desk(this.mount, { ask: () => this.ask(), danger: () => this.protect() });
      await this.desk.load();
    } catch (error) {
      console.error(error);
      this.part("status").textContent = _("Die Angebote laden gerade nicht. Laden Sie die Seite neu.");
    }
  }

  // Back to the first question.
  ask() {
    this.desk?.view(false);
    this.question.scrollIntoView({ block: "start" });
    this.question.querySelector("input").focus();
  }

  // Somebody found out on the way that there is danger.
  protect() {
    this.question.querySelector("[value=unsure]").checked = true;
    this.answer("unsure");
    this.lead("schutz");
  }

  // Jumps without an address, so that nothing stands in the history.
  lead(id) {
    const title = document.getElementById(id);
    title.scrollIntoView({ block: "start" });
    title.focus({ preventScroll: true });
  }

  forget() {
    for (const input of this.question.querySelectorAll("input")) input.checked = false;
    this.desk?.forget();
    this.answer("");
    this.part("gone").textContent = _("Alles ist vergessen.");
    this.ask();
  }
}

const mount = document.querySelector("[data-case]");
if (mount) new Workspace(mount).start();
