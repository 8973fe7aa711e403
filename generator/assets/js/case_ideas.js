// Ideas that were found in, the ladder on the page out. No idea is a link: what one looks at here stands in no history.
import { numberText } from "./cards.js";
import { TAPPED } from "./case_needs.js";
import { button as press, hidden, plain, small } from "./controls.js";
import { element } from "./element.js";
import { _ } from "./words.js";

const FIRST = 7; // ideas that are shown at once
const ALL = "all";

const fits = ({ against, chosen }) => chosen || !against.length;

export const rungText = (layer) => ({
  everyday: _("Alltag und Nachbarschaft"), regular: _("Regelsysteme"), infrastructure: _("Infrastruktur"),
  hze: _("Hilfen zur Erziehung und andere Einzelhilfen"), grown: _("Für die Erwachsenen"),
})[layer];

export class Ideas {
  // `pack` holds what was taken, `violence` are topics, `again` draws once more.
  constructor(mount, ladder, pack, violence, again) {
    Object.assign(this, { mount, ladder, pack, violence, again });
    this.opened = new Set();
  }

  // Other ideas begin with the first ones again.
  few() {
    this.opened.delete(ALL);
  }

  clear() {
    this.opened.clear();
    this.mount.replaceChildren();
  }

  // `found` as Ladder.find gives it. With the `family` in the room stands there what may be handed out, what they chose
  // and what is their right, nothing of violence. Gives how many there are, and how many don't say that they are for
  // the area. `told` stands once above the list, and not at each idea that says nothing of the `language`.
  draw(found, { family, grave, told, language }) {
    Object.assign(this, { family, told, language });
    const seen = found && family ? this.forFamily(found, grave) : found;
    this.mount.replaceChildren(...seen ? this.parts(seen, grave) : []);
    const shown = seen ? [...seen.aids, ...seen.claims, ...seen.protection,
      ...seen.rungs.flatMap(([, items]) => items)] : [];
    const fitting = shown.filter(fits);
    return { count: fitting.length, vague: fitting.filter(({ vague }) => vague).length,
      others: shown.length - fitting.length };
  }

  // What doesn't fit says why and stays, below what does.
  parts({ aids, claims, protection, rungs, open }, grave) {
    const parts = [];
    const groups = [
      ["aids", this.family ? _("Das haben Sie sich gewünscht") : _("Gewünscht oder schon da (§ 5 SGB VIII)"), aids],
      ["protection", _("Schutz und Krisenhilfe: nie auf dem Handzettel"), protection],
      ...rungs.map(([layer, items]) => [layer, this.family ? "" : rungText(layer), items]),
    ].map(([id, title, items]) => [id, title, items.filter(fits)]).filter(([, , items]) => items.length);
    const others = [...claims, ...protection, ...rungs.flatMap(([, items]) => items)].filter((item) => !fits(item));
    const folds = [["others", _("Passt nicht ganz: {n}", { n: numberText(others.length) }), others],
      ["open", _("Wo man im Quartier einfach hinkommt: {n}", { n: numberText(open.length) }), open]];
    const first = this.first(groups), rest = groups.reduce((sum, [, , some]) => sum + some.length, -first.size);
    return [
      ...this.told.map((line) => small(line)),
      ...this.claims(claims.filter(fits)),
      ...groups.map(([, title, items]) => [title, items.filter((item) => first.has(item)), items])
        .filter(([, shown]) => shown.length).map((group) => this.rung(...group)),
      ...rest ? [this.more(rest)] : [],
      ...folds.filter(([, , items]) => items.length).map((fold) => this.fold(...fold)),
    ];
  }

  // What is in sight: all that a family chose, then the next one of each group in turn; or everything.
  first(groups) {
    if (this.opened.has(ALL)) return new Set(groups.flatMap(([, , items]) => items));
    const found = new Set(groups.flatMap(([id, , items]) => id === "aids" ? items : []));
    for (let nth = 0; nth < FIRST; nth++) {
      for (const [, , items] of groups) if (items[nth] && found.size < FIRST) found.add(items[nth]);
    }
    return found;
  }

  rung(title, shown, items) {
    const part = shown.length < items.length ? _("{n} von {all}", { n: shown.length, all: items.length }) : "";
    const heading = title ? [element("h3", {}, title, " ", element("small", {}, part))] : [];
    return element("section", { class: "nr-rung" }, ...heading, this.list(shown));
  }

  more(rest) {
    const ids = () => [...this.mount.querySelectorAll("[data-offer]")];
    return plain(() => {
      const seen = new Set(ids().map(({ dataset }) => dataset.offer));
      this.opened.add(ALL);
      this.again();
      ids().find(({ dataset }) => !seen.has(dataset.offer))?.querySelector(".nr-idea__take").focus();
    }, _("{n} weitere zeigen", { n: numberText(rest) }));
  }

  forFamily(found, grave) {
    const kept = (items) => items.filter((item) => this.ladder.offers.kept.has(item.place) && fits(item));
    const own = (items) =>
      grave ? kept(items) : items.filter(({ topics }) => !topics.some((topic) => this.violence.has(topic)));
    return {
      aids: own(found.aids), claims: own(found.claims), protection: [], open: kept(found.open),
      rungs: [["all", found.rungs.flatMap(([, items]) => kept(items))]],
    };
  }

  // What one has a claim to is named, whatever else there is.
  claims(items) {
    if (!items.length) return [];
    const about = ({ place }) => this.family ? "" : this.ladder.about(place, "basis");
    const names = items.map((item) => [this.ladder.title(item.place), about(item)].filter(Boolean).join(", "));
    const title = this.family ? _("Darauf können Sie ein Recht haben") : _("Eigener Anspruch, steht neben der Leiter");
    return [this.fold("claims", `${title}: ${names.join(" · ")}`, items)];
  }

  fold(id, title, items) {
    return element("details", { class: "nr-more", open: this.opened.has(id), ontoggle: ({ target }) => {
      this.opened[target.open ? "add" : "delete"](id);
    } }, element("summary", {}, element("span", {}, title)), this.list(items));
  }

  list(items) {
    return element("ul", { class: "nr-ideas" }, ...items.map((item) => this.idea(item)));
  }

  // What tells whether it fits: subjects, for whom, when, how one gets in, and the answer to each need.
  why({ place, topics, met, unsaid, against }) {
    const { hours } = this.ladder.offers.offer(place);
    const safe = this.ladder.about(place, "safe");
    const about = (column) => this.ladder.about(place, column);
    const told = [topics.map((topic) => this.ladder.topic(topic)).join(", "), about("whom"), safe ? "" : hours,
      safe || met.includes(TAPPED().offen) ? "" : about("way"), ...met];
    const open = unsaid.filter((need) => need !== this.language);
    const parts = [...told, ...open.map((need) => _("{need}: nicht gesagt", { need }))].filter(Boolean);
    return [parts.join(" · "), ...against.flatMap((text) => [" · ", element("strong", {}, text)])];
  }

  facts(place) {
    const about = (column) => this.ladder.about(place, column);
    const { where, cost, waiting } = this.ladder.offers.offer(place);
    const rows = [[_("Wo"), where], [_("Kosten"), cost], [_("Sprachen"), about("languages")]];
    if (!this.family) {
      rows.push([_("Anmelden kann"), about("refer")], [_("Warten"), waiting],
        [_("Art"), [this.ladder.kind(place), about("basis")].filter(Boolean).join(", ")],
        [_("Geprüft"), about("checked") || _("noch nie")]);
    }
    return element("dl", { class: "nr-idea__facts" }, ...rows.filter(([, text]) => text)
      .map(([term, text]) => element("div", {}, element("dt", {}, term), element("dd", {}, text))));
  }

  idea(item) {
    const { place } = item;
    const { id, language, status } = this.ladder.offers.offer(place);
    const title = this.ladder.title(place), phone = this.ladder.about(place, "phone");
    const foreign = language ? { lang: language, dir: "auto" } : {};
    const button = press("nr-button nr-button--quiet nr-idea__take", () => {
      const now = this.pack.take(id);
      button.setAttribute("aria-pressed", String(now));
      button.firstChild.textContent = now ? _("Im Paket") : _("Ins Paket");
    }, this.pack.taken.has(id) ? _("Im Paket") : _("Ins Paket"), hidden(`: ${title}`));
    button.setAttribute("aria-pressed", String(this.pack.taken.has(id)));
    const heading = element("h4", foreign, title);
    const badge = status ? element("span", { class: "nr-badge" }, status) : null;
    const head = this.ladder.about(place, "safe") ? heading : element("details", { class: "nr-more" },
      element("summary", {}, heading, badge),
      element("p", { "data-place": place, ...foreign }, this.ladder.offers.lines.get(place) ?? ""), this.facts(place));
    return element("li", { class: "nr-idea", "data-offer": id },
      element("div", { class: "nr-idea__head" }, head, button),
      element("p", { class: "nr-idea__why" }, ...this.why(item),
        phone ? element("bdi", { dir: "ltr", class: "nr-idea__phone" }, phone) : null));
  }

  // The one line under each name comes later than the ideas.
  fillLines() {
    const { lines } = this.ladder.offers;
    for (const line of this.mount.querySelectorAll("[data-place]")) {
      line.textContent = lines.get(Number(line.dataset.place)) ?? "";
    }
  }
}
