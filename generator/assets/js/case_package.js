// The package of ideas: what was taken is kept in a file and printed as team sheet, handout or card. A file holds ids
// of offers and of ticked questions, nothing else; protection stands in no file and on no handout.
import { blockOf, loadBlock } from "./entries.js";
import { hidden, plain, small } from "./controls.js";
import { download } from "./download.js";
import { element } from "./element.js";
import { card, handout, shelfText, teamSheet } from "./case_paper.js";
import { RUNGS } from "./case_ladder.js";
import { _ } from "./words.js";

const FORMAT = "nahraum-ideen";
const NAME = "merkzettel.json"; // says nothing of a case
const LONGEST = 65536; // characters of a file that may be opened
const MOST = 60;
// on no sheet that is about a family; the number of a safe place stands on the neutral card
const UNPRINTED = ["safe", "off"];
const SHELVES = ["aids", "claim", ...RUNGS, "protection", ...UNPRINTED];

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
  const isId = (id) => typeof id === "string" && /^[a-z0-9-]{1,100}$/.test(id);
  const ids = (list) => Array.isArray(list) ? [...new Set(list)].filter(isId).slice(0, MOST) : [];
  return { offers: ids(file.offers), prompts: ids(file.prompts) };
}

export const written =
  (offers, prompts) => `${JSON.stringify({ format: FORMAT, version: 1, offers, prompts }, null, 1)}\n`;

export class Package {
  constructor(mount, desk) {
    this.desk = desk;
    this.ladder = desk.ladder;
    this.data = desk.data;
    this.placeOf = new Map(Array.from({ length: this.ladder.offers.size },
      (_none, place) => [this.ladder.offers.idOf(place), place]));
    for (const part of mount.querySelectorAll("[data-package]")) this[part.dataset.package] = part;
    mount.addEventListener("input", ({ target }) => target === this.file ? this.open() : this.layOut());
    this.print.addEventListener("click", () => this.toPaper());
    this.saving.addEventListener("click", () => this.save());
    this.clear();
  }

  clear() {
    this.taken = new Set();
    this.off = () => false;
    this.own.value = "";
    this.safe.value = "";
    this.young.checked = false;
    this.file.value = "";
    this.family = this.papers.hidden = false;
    this.spoken = null;
    this.speak("");
    this.papers.querySelector("input").checked = true;
    this.draw();
  }

  // Paper is in the family's language where the site knows it.
  speak(tag) {
    if (tag === this.spoken) return;
    this.spoken = tag;
    const known = tag in this.data.languages;
    this.language.value = known ? tag : document.documentElement.lang;
    this.foreign.hidden = !tag || known;
  }

  // With the family in the room there is their handout and no other paper, and nothing that isn't for them.
  view(family) {
    if (family === this.family) return;
    this.family = this.papers.hidden = family;
    if (family) this.papers.querySelector("[value=handout]").checked = true;
    this.draw();
  }

  // `fits` tells whether an offer may be suggested now: once there is violence, no talks with both sides at one table.
  suits(fits) {
    const off = (id) => !fits(this.placeOf.get(id));
    const changed = [...this.taken].some((id) => off(id) !== this.off(id));
    this.off = off;
    if (changed) this.draw();
  }

  get count() {
    return this.taken.size + this.prompts.length + this.ideas.length;
  }

  // How many the view shows: a number in the bar tells nobody in the room of what is out of sight.
  get shown() {
    return this.family ? this.handedOut().length + this.prompts.length + this.harmless.length : this.count;
  }

  get prompts() {
    return this.desk.ticks().filter(({ checked }) => checked).map(({ value }) => value);
  }

  // What the family could do itself, by kind of resource: [[kind, [text …]] …].
  get noted() {
    const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
    const beside = this.desk.notes().map((note) => [note.dataset.group, lines(note.value)]);
    return [...beside, [_("Weitere Ideen"), lines(this.own.value)]].filter(([, texts]) => texts.length);
  }

  get ideas() {
    return this.noted.flatMap(([, texts]) => texts);
  }

  // Ideas that may be handed out.
  get harmless() {
    return this.ideas.filter((text) => !this.desk.grave(text));
  }

  // Whether an offer may stand in a file: what protects may not, whoever wrote the file.
  kept(id) {
    return this.placeOf.has(id) && this.ladder.offers.kept.has(this.placeOf.get(id));
  }

  take(id) {
    if (this.taken.has(id)) this.taken.delete(id);
    else this.taken.add(id);
    this.draw();
    return this.taken.has(id);
  }

  shelf(id) {
    const place = this.placeOf.get(id);
    if (this.off(id)) return "off";
    if (this.ladder.about(place, "safe")) return "safe";
    if (this.asked?.has(this.ladder.about(place, "kind"))) return "aids";
    return this.ladder.about(place, "shelf");
  }

  // [[shelf, [id …]] …] in the order of the ladder, what stands outside of it first.
  groups() {
    return SHELVES.map((shelf) => [shelf, [...this.taken].filter((id) => this.shelf(id) === shelf)])
      .filter(([, ids]) => ids.length);
  }

  draw() {
    const entry = (id) => {
      const title = this.ladder.title(this.placeOf.get(id));
      const remove = () => {
        this.take(id);
        this.desk.draw();
        this.desk.tell(_("Nicht mehr im Paket: {title}", { title }));
        (this.list.querySelector("button") ?? this.print).focus();
      };
      return element("li", {}, element("span", {}, title), " ", plain(remove, _("Entfernen"), hidden(` ${title}`)));
    };
    const section = ([shelf, ids]) => element("section", {},
      this.family ? null : element("h3", {}, shelfText(shelf)), element("ul", {}, ...ids.map(entry)));
    const groups = this.family ? [["", this.handedOut()]].filter(([, ids]) => ids.length) : this.groups();
    this.list.replaceChildren(groups.length
      ? element("div", { class: "nr-case__taken" }, ...groups.map(section))
      : element("p", {}, _("Noch leer. Nehmen Sie oben Ideen ins Paket.")));
    this.layOut();
  }

  get kind() {
    return this.papers.querySelector("input:checked").value;
  }

  // Laid out whenever something changes, so that the browser's menu prints it too. Tells whether nothing changed since.
  async layOut() {
    this.desk.counted();
    const { kind } = this;
    this.forLanguage.hidden = kind === "team";
    this.forHandout.hidden = kind !== "handout";
    this.forCard.hidden = kind !== "card";
    const turn = this.turn = (this.turn ?? 0) + 1;
    // A handout waits for its entries; who prints meanwhile mustn't have the sheet with will and goals in hand.
    if (kind !== this.laid) this.paper.replaceChildren();
    this.paper.setAttribute("aria-busy", "true");
    let made;
    try {
      made = kind === "team" ? this.team() : kind === "handout" ? await this.forFamily() : this.neutral();
    } catch (error) {
      console.error(error);
      made = element("p", {}, _("Die Angaben laden gerade nicht. Versuchen Sie es noch einmal."));
    }
    if (turn !== this.turn) return false;
    this.laid = kind;
    this.paper.replaceChildren(made ?? this.blank(kind));
    this.paper.removeAttribute("aria-busy");
    this.print.disabled = !made;
    return true;
  }

  // What is missing stands in place of the paper, on print as well. It tells nothing of what the card is for.
  blank(kind) {
    if (kind !== "card") {
      return small(_("Noch steht nichts darauf: Nehmen Sie Ideen ins Paket, oder kreuzen Sie Fragen an."));
    }
    return small(this.safe.value === "no"
      ? _("Von diesem Blatt wird nichts gedruckt.")
      : _("Noch steht nichts darauf: Beantworten Sie erst die Frage über dem Knopf „Drucken“."));
  }

  team() {
    const about = (id) => {
      const place = this.placeOf.get(id);
      const column = (name) => this.ladder.about(place, name);
      const { title, where, hours, status, waiting } = this.ladder.offers.offer(place);
      const told = (name, label) => column(name) && `${label}: ${column(name)}`;
      const facts = [status, column("whom"), where, hours, column("way"), told("refer", _("Anmelden kann")), waiting,
        column("languages"), told("checked", _("Geprüft")), !this.kept(id) && _("nicht mitgeben")];
      return { title, phone: column("phone"), facts };
    };
    const own = new Map();
    const add = (kind, name, texts) => own.set(kind,
      { ...own.get(kind), [name]: [...own.get(kind)?.[name] ?? [], ...texts] });
    for (const tick of this.desk.ticks()) {
      if (tick.checked) add(tick.dataset.group, "prompts", [tick.parentElement.textContent.trim()]);
    }
    for (const [kind, texts] of this.noted) add(kind, "ideas", texts);
    return teamSheet(this.desk.form.value,
      { own: [...own], groups: this.printed.map(([shelf, ids]) => [shelf, ids.map(about)]) });
  }

  get printed() {
    return this.groups().filter(([shelf]) => !UNPRINTED.includes(shelf));
  }

  // What a family may take home, in the order of the ladder: no protection, and nothing that isn't good for them now.
  handedOut() {
    return this.printed.flatMap(([shelf, ids]) => shelf === "protection" ? [] : ids.filter((id) => this.kept(id)));
  }

  // All blocks are asked for, so that no request tells which offers are wanted.
  async forFamily() {
    const lang = this.language.value;
    const told = this.data.languages[lang];
    const blocks = await Promise.all(Array.from({ length: this.data.blocks },
      (_none, block) => loadBlock(told.folder, block)));
    const own = this.harmless;
    const ids = this.handedOut();
    this.held.hidden = own.length === this.ideas.length && ids.length === this.taken.size;
    const entries = ids.map((id) => [id, blocks[blockOf(id, blocks.length)][id]]).filter(([, entry]) => entry);
    // A sheet with nothing but its title is none to hand out.
    if (!entries.length && !own.length && !this.prompts.length) return null;
    return handout(entries, { told, lang, young: this.young.checked, prompts: this.prompts, own });
  }

  neutral() {
    if (this.safe.value !== "yes") return null;
    const phone = (id) => this.ladder.about(this.placeOf.get(id), "phone");
    const numbers = [...this.taken].filter((id) => !this.kept(id)).map(phone).filter(Boolean);
    const lang = this.language.value;
    return card([...new Set(numbers)], { told: this.data.languages[lang], lang });
  }

  async toPaper() {
    // Whoever chose another paper meanwhile, or forgot all, isn't handed that.
    if (await this.layOut()) window.print();
  }

  save() {
    const offers = [...this.taken].filter((id) => this.kept(id));
    download(NAME, [written(offers, this.prompts)], "application/json");
    this.desk.say(_("Gespeichert als {name}, auf diesem Gerät.", { name: NAME }));
  }

  async open() {
    const [chosen] = this.file.files;
    if (!chosen) return;
    const file = chosen.size <= LONGEST ? read(await chosen.text()) : null;
    // Forgotten, or another one, while it was read.
    if (this.file.files[0] !== chosen) return;
    this.file.value = "";
    if (!file) return this.desk.say(_("Diese Datei ist kein gespeichertes Paket."));
    const known = file.offers.filter((id) => this.kept(id));
    for (const id of known) this.taken.add(id);
    for (const tick of this.desk.ticks()) tick.checked ||= file.prompts.includes(tick.value);
    this.draw();
    this.desk.draw();
    const lost = file.offers.length - known.length;
    this.desk.say(lost ? _("Geöffnet. So viele Angebote gibt es hier nicht: {n}.", { n: lost }) : _("Geöffnet."));
  }
}
