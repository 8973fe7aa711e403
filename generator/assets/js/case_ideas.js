// Ideas that were found in, the ladder on the page out: what was chosen, claims and protection outside of it, then rung by rung. No idea
// is a link: what one looks at here stands in no history.
import { numberText } from "./cards.js";
import { element } from "./element.js";
import { _ } from "./words.js";

const FIRST = 3; // ideas of a rung that are shown at once, of those that fit best

export const rungText = (layer) => ({
  everyday: [_("Alltag und Nachbarschaft"), _("Vereine, Treffs, Patenschaften, Gärten, Selbsthilfe")],
  regular: [_("Regelsysteme"), _("Kita, Schule, Ganztag, Gesundheitswesen")],
  infrastructure: [_("Infrastruktur"), _("Offene Jugendarbeit, Familienzentrum, Beratung ohne Gang zum Amt")],
  hze: [_("Hilfen zur Erziehung und andere Einzelhilfen"), _("Hilfen, über die das Jugendamt mit der Familie entscheidet")],
})[layer];

export class Ideas {
  // `taken` tells whether an offer is in the package, `take` puts it there or takes it out; `claim` leads to the claim to help,
  // `enjoy` adds what is a joy to what is sought; `violence` are the topics about it.
  constructor(mount, ladder, { taken, take, claim, enjoy, violence }) {
    Object.assign(this, { mount, ladder, taken, take, claim, enjoy, violence });
    this.opened = new Set();
  }

  clear() {
    this.opened.clear();
    this.mount.replaceChildren();
  }

  // `found` as Ladder.find gives it; `flat` is the order by how well an idea fits, `family` the view for the family in the room, in which
  // stands what may be handed out, what they chose and what is their right, and nothing of violence. Gives how many ideas there are.
  draw(found, { flat, family, grave }) {
    if (!found) {
      this.mount.replaceChildren();
      return 0;
    }
    this.family = family;
    this.sought = found.topics.length + found.all.length > 0;
    if (family) found = this.forFamily(found, grave);
    const parts = [];
    if (found.aids.length) parts.push(this.section("aids", family ? _("Das haben Sie sich gewünscht") : _("Gewünscht oder schon da"), found.aids, family ? "" : _("Was die Familie wählt, steht vorn (§ 5 SGB VIII).")));
    if (found.claims.length) parts.push(this.claims(found.claims, found.clear));
    if (found.protection.length && !family) parts.push(this.protection(found.protection, grave));
    if (family) parts.push(this.section("all", _("Das könnte passen"), found.rungs.flatMap(([, items]) => items), "", found.rest));
    else if (flat) parts.push(this.section("all", _("Was am besten passt"), found.all, _("Nach dem, was am besten passt, gleich auf welcher Ebene."), found.rest));
    else parts.push(element("ol", { class: "nr-ladder" }, ...found.rungs.map(([layer, items]) => this.rung(layer, items, found))));
    this.mount.replaceChildren(...parts);
    return found.aids.length + found.claims.length + found.all.length;
  }

  forFamily(found, grave) {
    const kept = (items) => items.filter(({ place }) => this.ladder.about(place, "kept"));
    const own = (items) => grave ? kept(items) : items.filter(({ topics }) => !topics.some((topic) => this.violence.has(topic)));
    const rest = new Map([...found.rest].map(([layer, items]) => [layer, kept(items)]));
    return { ...found, aids: own(found.aids), claims: own(found.claims), all: kept(found.all), rungs: found.rungs.map(([layer, items]) => [layer, kept(items)]), rest };
  }

  protection(items, grave) {
    return element("details", { class: "nr-more nr-case__aside", open: grave },
      element("summary", {}, _("Schutz und Krisenhilfe: {n}", { n: numberText(items.length) })),
      element("p", { class: "nr-small" }, _("Steht nie hinter anderem und nie auf dem Handzettel.")), this.list("protection", items));
  }

  // What one has a claim to is named in any case; it takes more room where nothing for everybody fits as well.
  claims(items, clear) {
    const { offers } = this.ladder;
    const names = items.slice(0, FIRST).map(({ place }) => [offers.offer(place).title, this.family ? "" : this.ladder.about(place, "basis")].filter(Boolean).join(", "));
    return element("details", { class: "nr-more nr-case__aside", open: clear },
      element("summary", {}, element("span", {}, `${this.family ? _("Darauf können Sie ein Recht haben") : _("Eigener Anspruch")}: ${names.join(" · ")}`)),
      this.family ? null : element("p", { class: "nr-small" }, _("Steht neben der Leiter: Kein Angebot ersetzt ihn.")), this.list("claims", items));
  }

  section(id, title, items, says, rest) {
    return element("section", { class: "nr-case__group" }, element("h3", {}, title), says ? element("p", { class: "nr-small" }, says) : null,
      ...this.listed(id, items, rest ? [...rest.values()].flat() : []));
  }

  // What fits but is for others is counted beside what is shown; with the family in the room it isn't named.
  listed(id, items, rest, list = () => this.list(id, items)) {
    if (!items.length) return this.nothing(id, rest);
    const others = this.family ? [] : rest.filter(({ score, sure }) => score && sure);
    if (!others.length) return [list()];
    return [list(), element("p", { class: "nr-small" }, _("Weiteres, was dazu passt, ist für ein anderes Alter oder einen anderen Sozialraum.")), this.opener(`${id}-others`, others)];
  }

  // That nothing fits is no claim that nothing is there: what is recorded all the same opens by a press.
  nothing(id, items) {
    if (!items.length) return [element("p", {}, _("Dazu ist hier nichts eingetragen."))];
    // Where no goal was understood, nothing is known to fit or not.
    const says = this.sought ? [element("p", {}, items.some(({ score }) => score) ? _("Was dazu passt, ist für ein anderes Alter oder einen anderen Sozialraum.") : _("Zu diesen Zielen und Themen passt hier nichts."))] : [];
    return [...says, this.opener(`${id}-rest`, items)];
  }

  // What is recorded all the same, in a list that a press opens.
  opener(key, items) {
    const whole = () => this.list(key, items);
    if (this.opened.has(key)) return whole();
    const button = element("button", { type: "button", class: "nr-button nr-button--plain", onclick: () => {
      this.opened.add(key);
      const list = whole();
      button.replaceWith(list);
      list.querySelector(".nr-idea__take").focus();
    } }, items.length === 1 ? _("Eingetragen ist trotzdem 1 Angebot: zeigen") : _("Eingetragen sind trotzdem {n} Angebote: alle zeigen", { n: numberText(items.length) }));
    return button;
  }

  // Where neighbours meet stands below what fits, whatever is sought.
  neighbours(open) {
    const all = open.map((item) => ({ ...item, sure: true }));
    return [element("p", { class: "nr-small" }, _("Hier im Sozialraum kommen alle einfach vorbei:")), this.list("open", all)];
  }

  rung(layer, items, found) {
    const [name, says] = rungText(layer);
    const first = layer === "everyday";
    const folded = layer === "hze" && found.folded;
    const list = () => folded ? element("details", { class: "nr-more nr-case__aside", open: this.opened.has(`${layer}-`), ontoggle: ({ target }) => this.opened[target.open ? "add" : "delete"](`${layer}-`) },
      element("summary", {}, items.length === 1 ? _("1 Idee") : _("{n} Ideen", { n: numberText(items.length) })), this.list(layer, items)) : this.list(layer, items);
    return element("li", { class: "nr-rung" }, element("h3", {}, name), element("p", { class: "nr-small" }, says),
      ...this.listed(layer, items, found.rest.get(layer), list),
      ...first && found.open.length ? this.neighbours(found.open) : [],
      first && !items.length ? element("button", { type: "button", class: "nr-button nr-button--plain", onclick: this.enjoy }, _("Zeigen, was Freude macht: {topics}", { topics: this.ladder.file.strengths.map((id) => this.ladder.topic(id)).join(", ") })) : null,
      layer === "hze" ? element("button", { type: "button", class: "nr-button nr-button--plain", onclick: this.claim }, _("Anspruch, Antrag und Wahlrecht")) : null);
  }

  list(id, items) {
    const shown = this.opened.has(id) ? items : items.filter(({ sure }) => sure).slice(0, FIRST);
    const box = element("div", {}, element("ul", { class: "nr-ideas" }, ...shown.map((item) => this.idea(item))));
    const rest = items.length - shown.length;
    if (rest) box.append(element("button", { type: "button", class: "nr-button nr-button--plain", onclick: () => {
      this.opened.add(id);
      const whole = this.list(id, items);
      box.replaceWith(whole);
      whole.querySelectorAll(".nr-idea__take")[shown.length]?.focus();
    } }, _("{n} weitere zeigen", { n: numberText(rest) })));
    return box;
  }

  // Why an idea fits: the goals it was found for and their topics, the language, the area.
  why(item) {
    const topics = item.topics.slice(0, 2).map((topic) => this.ladder.topic(topic));
    const goals = item.goals.length && !this.family ? _("Ziel {n}", { n: item.goals.join(", ") }) : "";
    const parts = [[goals, topics.join(", ")].filter(Boolean).join(": ")];
    if (item.asked) parts.push(_("gewünscht"));
    if (item.spoken) parts.push(_("in der Sprache der Familie"));
    if (item.interpreted) parts.push(_("Übersetzung auf Nachfrage"));
    if (item.circle >= 0) parts.push([_("im Sozialraum"), _("für die ganze Stadt"), _("woanders, ohne Angabe für wen")][item.circle]);
    return parts.filter(Boolean).join(" · ");
  }

  facts(place) {
    const about = (column) => this.ladder.about(place, column);
    const { where, cost, hours, status, waiting } = this.ladder.offers.offer(place);
    const rows = [[_("Wo"), where], [_("Wann"), hours], [_("Kosten"), cost], [_("Für wen"), about("whom")], [_("Zugang"), about("way")], [_("Sprachen"), about("languages")]];
    if (!this.family) {
      rows.push([_("Anmelden kann"), about("refer")], [_("Warten"), waiting || (about("open") ? "" : _("nicht angegeben"))], [_("Art"), [about("kind_name"), about("basis")].filter(Boolean).join(", ")],
        [_("Geprüft"), about("checked") || _("noch nie")]);
    }
    if (status) rows.unshift([_("Zustand"), status]);
    return rows.filter(([, text]) => text);
  }

  idea(item) {
    const { place } = item;
    const offer = this.ladder.offers.offer(place);
    const foreign = offer.language ? { lang: offer.language, dir: "auto" } : {};
    const phone = this.ladder.about(place, "phone");
    const inside = this.taken(offer.id);
    const button = element("button", { type: "button", class: "nr-button nr-button--quiet nr-idea__take", "aria-pressed": String(inside), onclick: () => {
      const now = this.take(offer.id, place);
      button.setAttribute("aria-pressed", String(now));
      button.firstChild.textContent = now ? _("Im Paket") : _("Ins Paket");
    } }, inside ? _("Im Paket") : _("Ins Paket"), element("span", { class: "nr-vh" }, `: ${offer.title}`));
    const facts = element("dl", { class: "nr-idea__facts" });
    for (const [term, text] of this.facts(place)) facts.append(element("div", {}, element("dt", {}, term), element("dd", {}, text)));
    return element("li", { class: "nr-idea", "data-offer": offer.id },
      element("div", { class: "nr-idea__head" }, element("h4", foreign, offer.title), button),
      element("p", { class: "nr-idea__line", "data-place": place, ...foreign }, this.ladder.offers.lines.get(place) ?? ""),
      this.why(item) ? element("p", { class: "nr-idea__why" }, element("span", { class: "nr-muted" }, `${_("Passt, weil")}: `), this.why(item)) : null,
      facts,
      phone ? element("p", { class: "nr-idea__phone" }, element("bdi", { dir: "ltr" }, phone)) : null);
  }

  // The one line under each name comes later than the ideas.
  fillLines() {
    for (const line of this.mount.querySelectorAll("[data-place]")) line.textContent = this.ladder.offers.lines.get(Number(line.dataset.place)) ?? "";
  }
}
