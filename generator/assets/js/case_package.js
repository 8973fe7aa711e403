// The package of ideas: what was taken, and what becomes of it. A saved file holds ids of offers and of ticked questions and nothing
// else; protection stands in no file and on no handout.
import { blockOf, loadBlock } from "./entries.js";
import { element } from "./element.js";
import { card, handout, teamSheet } from "./case_paper.js";
import { RUNGS } from "./case_ladder.js";
import { rungText } from "./case_ideas.js";
import { _ } from "./words.js";

const FORMAT = "nahraum-ideen";
const NAME = "merkzettel.json"; // says nothing of a case
const LONGEST = 65536; // characters of a file that may be opened
const MOST = 60;
const SHELVES = ["aids", "claim", ...RUNGS, "protection"];

// What a file holds: {offers, prompts}, each a list of ids; null where it is none of ours.
export function read(text) {
  if (text.length > LONGEST) return null;
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  if (file?.format !== FORMAT || file.version !== 1) return null;
  const ids = (list) => Array.isArray(list) ? [...new Set(list)].filter((id) => typeof id === "string" && /^[a-z0-9-]{1,100}$/.test(id)).slice(0, MOST) : [];
  return { offers: ids(file.offers), prompts: ids(file.prompts) };
}

export const written = (offers, prompts) => `${JSON.stringify({ format: FORMAT, version: 1, offers, prompts }, null, 1)}\n`;

export class Package {
  // `case_` gives {will, goals} when a sheet is made; `ticks` are the questions on the page; `changed` is called when offers
  // change, `told` when anything does.
  constructor(mount, ladder, data, { case_, ticks, changed, told, say }) {
    Object.assign(this, { mount, ladder, data, case_, ticks, changed, told, say });
    this.placeOf = new Map(Array.from({ length: ladder.offers.size }, (_none, place) => [ladder.offers.idOf(place), place]));
    this.own = element("textarea", { class: "nr-input", id: "fall-eigene", rows: "2", maxlength: "600", spellcheck: "false", autocomplete: "off", writingsuggestions: "false", "aria-describedby": "fall-eigene-hinweis", oninput: () => this.layOut() });
    this.build();
    this.clear();
  }

  build() {
    const choice = (value, label, checked) => element("label", { class: "nr-choice" }, element("input", { type: "radio", name: "paper", value, checked, onchange: () => this.layOut() }), ` ${label}`);
    const { internal, languages } = this.data;
    const options = Object.entries(languages).map(([lang, { name }]) => element("option", { value: lang, lang }, name));
    this.language = element("select", { class: "nr-input", id: "fall-sprache", autocomplete: "off", onchange: () => this.layOut() }, ...options);
    this.language.value = document.documentElement.lang;
    this.young = element("input", { type: "checkbox", autocomplete: "off", onchange: () => this.layOut() });
    this.safe = element("select", { class: "nr-input", id: "fall-sicher", autocomplete: "off", onchange: () => this.layOut() },
      element("option", { value: "" }, _("bitte fragen")), element("option", { value: "no" }, _("nein oder unsicher")), element("option", { value: "yes" }, _("ja")));
    this.forHandout = element("div", { class: "nr-case__pair" }, element("div", { class: "nr-field" }, element("label", { for: "fall-sprache" }, _("Sprache des Handzettels")), this.language),
      element("label", { class: "nr-choice" }, this.young, ` ${_("für einen jungen Menschen (du)")}`), element("p", { class: "nr-small" }, _("Ein Handzettel ist für einen Menschen. Drucken Sie für Mutter, Vater und Kind je einen.")));
    this.forCard = element("div", {}, element("div", { class: "nr-field" }, element("label", { for: "fall-sicher" }, _("Ist es sicher, das mitzunehmen?")), this.safe),
      element("p", { class: "nr-small" }, _("Bei „nein“ sagen Sie die Nummer mündlich und fragen, wann und wie die Familie sicher erreichbar ist. Auf der Karte stehen nur Nummern.")));
    this.paper = element("div", { class: "nr-case__paper", "data-case-paper": "", tabindex: "-1" });
    this.list = element("div", { class: "nr-screen" });
    this.papers = element("fieldset", { class: "nr-fieldset nr-case__papers" }, element("legend", {}, _("Aufs Papier")), choice("team", _("Blatt fürs Team"), true),
      ...internal ? [] : [choice("handout", _("Handzettel für die Familie")), choice("card", _("Neutrale Karte mit Nummern"))]);
    this.print = element("button", { type: "button", class: "nr-button", onclick: () => this.toPaper() }, _("Drucken"));
    this.file = element("input", { type: "file", class: "nr-vh", id: "fall-datei", accept: ".json,application/json", onchange: () => this.open() });
    this.mount.replaceChildren(this.list,
      element("div", { class: "nr-field nr-screen" }, element("label", { for: "fall-eigene" }, _("Weitere Ideen, eine in jeder Zeile")),
        element("span", { class: "nr-field__hint", id: "fall-eigene-hinweis" }, _("Stehen auf Blatt und Handzettel, nicht in der gespeicherten Datei.")), this.own),
      element("div", { class: "nr-case__out nr-screen" }, this.papers, this.forHandout, this.forCard,
        internal ? element("p", { class: "nr-small" }, _("Den Handzettel drucken Sie auf der öffentlichen Seite: Speichern Sie hier und öffnen Sie die Datei dort.")) : null,
        element("div", { class: "nr-actions" }, this.print,
          element("button", { type: "button", class: "nr-button nr-button--quiet", onclick: () => this.save() }, _("Speichern")),
          element("label", { class: "nr-button nr-button--quiet nr-case__open", for: "fall-datei" }, _("Datei öffnen")), this.file),
        element("p", { class: "nr-small" }, _("Die Datei enthält nur Angebote und angekreuzte Fragen. Wille, Ziele, Alter und Straße stehen nie darin, Schutz auch nicht."))),
      this.paper);
  }

  clear() {
    this.taken = new Set();
    this.own.value = "";
    this.safe.value = "";
    this.young.checked = false;
    this.file.value = "";
    this.language.value = document.documentElement.lang;
    this.papers.querySelector("input").checked = true;
    this.draw();
  }

  get empty() {
    return !this.taken.size && !this.own.value.trim() && !this.prompts.length;
  }

  get count() {
    return this.taken.size + this.prompts.length + this.ideas.length;
  }

  get prompts() {
    return this.ticks().filter(({ checked }) => checked).map(({ value }) => value);
  }

  get ideas() {
    return this.own.value.split("\n").map((line) => line.trim()).filter(Boolean);
  }

  take(id) {
    if (this.taken.has(id)) this.taken.delete(id);
    else this.taken.add(id);
    this.draw();
    return this.taken.has(id);
  }

  shelf(id) {
    const place = this.placeOf.get(id);
    if (this.asked?.has(this.ladder.about(place, "kind"))) return "aids";
    return this.ladder.about(place, "shelf");
  }

  // [[shelf, [id …]] …] in the order of the ladder, what stands outside of it first.
  groups() {
    return SHELVES.map((shelf) => [shelf, [...this.taken].filter((id) => this.shelf(id) === shelf)]).filter(([, ids]) => ids.length);
  }

  draw() {
    const name = (shelf) => ({ aids: _("Gewünscht oder schon da"), claim: _("Eigener Anspruch"), protection: _("Schutz und Krisenhilfe") })[shelf] ?? rungText(shelf)[0];
    const entry = (id) => {
      const { title } = this.ladder.offers.offer(this.placeOf.get(id));
      return element("li", {}, element("span", {}, title), " ", element("button", { type: "button", class: "nr-button nr-button--plain", onclick: () => {
        this.take(id);
        this.changed();
        (this.list.querySelector("button") ?? this.print).focus();
      } }, _("Entfernen"), element("span", { class: "nr-vh" }, ` ${title}`)));
    };
    const groups = this.groups();
    this.list.replaceChildren(groups.length ? element("div", { class: "nr-case__taken" }, ...groups.map(([shelf, ids]) => element("section", {}, element("h3", {}, name(shelf)), element("ul", {}, ...ids.map(entry)))))
      : element("p", {}, _("Noch leer. Nehmen Sie oben Ideen ins Paket.")));
    this.layOut();
  }

  get kind() {
    return this.papers.querySelector("input:checked").value;
  }

  // The paper is laid out whenever something changes, so that the browser's own menu prints it as well.
  async layOut() {
    this.told();
    const { kind } = this;
    this.forHandout.hidden = kind !== "handout";
    this.forCard.hidden = kind !== "card";
    const turn = this.turn = (this.turn ?? 0) + 1;
    let made;
    try {
      made = kind === "team" ? this.team() : kind === "handout" ? await this.forFamily() : this.neutral();
    } catch (error) {
      console.error(error);
      made = element("p", {}, _("Die Angaben laden gerade nicht. Versuchen Sie es noch einmal."));
    }
    if (turn === this.turn) this.paper.replaceChildren(...made ? [made] : []);
    this.print.disabled = !made;
  }

  team() {
    const about = (id) => {
      const place = this.placeOf.get(id);
      const column = (name) => this.ladder.about(place, name);
      const { title, where, hours } = this.ladder.offers.offer(place);
      const refer = column("refer");
      return { title, phone: column("phone"), facts: [where, hours, column("way"), refer && `${_("Anmelden kann")}: ${refer}`, column("waiting"), column("languages"), column("checked") && `${_("Geprüft")}: ${column("checked")}`] };
    };
    const groups = new Map();
    for (const tick of this.ticks()) if (tick.checked) groups.set(tick.dataset.group, [...groups.get(tick.dataset.group) ?? [], tick.parentElement.textContent.trim()]);
    return teamSheet(this.case_(), { prompts: [...groups], own: this.ideas, groups: this.groups().map(([shelf, ids]) => [shelf, ids.map(about)]) });
  }

  // All blocks are asked for, so that no request tells which offers are wanted.
  async forFamily() {
    const lang = this.language.value;
    const told = this.data.languages[lang];
    const blocks = await Promise.all(Array.from({ length: this.data.blocks }, (_none, block) => loadBlock(told.folder, block)));
    const order = this.groups().filter(([shelf]) => shelf !== "protection").flatMap(([, ids]) => ids);
    const entries = order.filter((id) => this.ladder.about(this.placeOf.get(id), "kept")).map((id) => [id, blocks[blockOf(id, blocks.length)][id]]).filter(([, entry]) => entry);
    return handout(entries, { told, lang, young: this.young.checked, prompts: this.prompts, own: this.ideas });
  }

  neutral() {
    if (this.safe.value !== "yes") return null;
    const numbers = [...this.taken].filter((id) => !this.ladder.about(this.placeOf.get(id), "kept")).map((id) => this.ladder.about(this.placeOf.get(id), "phone")).filter(Boolean);
    return card([...new Set(numbers)], this.data.languages[document.documentElement.lang]);
  }

  async toPaper() {
    await this.layOut();
    window.print();
  }

  save() {
    const offers = [...this.taken].filter((id) => this.ladder.about(this.placeOf.get(id), "kept"));
    const link = element("a", { href: URL.createObjectURL(new Blob([written(offers, this.prompts)], { type: "application/json" })), download: NAME });
    link.click();
    URL.revokeObjectURL(link.href);
    this.say(_("Gespeichert als {name}, auf diesem Gerät.", { name: NAME }));
  }

  async open() {
    const [chosen] = this.file.files;
    if (!chosen) return;
    const file = chosen.size <= LONGEST ? read(await chosen.text()) : null;
    this.file.value = "";
    if (!file) return this.say(_("Diese Datei ist kein gespeichertes Paket."));
    const known = file.offers.filter((id) => this.placeOf.has(id));
    for (const id of known) this.taken.add(id);
    for (const tick of this.ticks()) tick.checked ||= file.prompts.includes(tick.value);
    this.draw();
    this.changed();
    const lost = file.offers.length - known.length;
    this.say(lost ? _("Geöffnet. So viele Angebote gibt es nicht mehr: {n}.", { n: lost }) : _("Geöffnet."));
  }
}
