/* Makes every <form data-search> of a page (templates/search.html) search the site's own index.
   What is typed stays in the input: it reaches no address, no title, no history and no storage. */

import { answerOf, FAILED } from "./answer.js";
import { bar } from "./back.js";
import { Combobox } from "./combobox.js";
import { loadDanger, moveUp, recognised, show, spoken } from "./danger_box.js";
import { element } from "./element.js";
import { without } from "./facets.js";
import { tellHelpers } from "./elsewhere.js";
import { added, grouped } from "./hit_groups.js";
import { isOpenOn } from "./hours.js";
import { json, knowing } from "./loading.js";
import { Index, shownOf } from "./matching.js";
import { FEW } from "./weights.js";
import { nameOf, timeIn } from "./when.js";
import { endings } from "./word_endings.js";

const PAUSE = 400; /* ms without a key before further parts are loaded, and before a screen reader hears the count */
const MANY = FEW * 8; /* hits that nobody looks through */
const NARROW = matchMedia("(max-width: 45em)");

/* When an offer is there on one of the days that were asked for, else whether it is open now, by its place in the
   index, where offers stand first in the order of the directory. What is sensitive is never told to be open. A `guest`
   reads neither hours nor names of days in German. */
async function openStates(address, index, guest) {
  const [{ dayInWords, inWords }, file] = await Promise.all([import("./open.js"), json(address)]);
  index.tell(file, new Date());
  const { hours, hoursOf } = index.times;
  return (id, dates) => {
    const schedule = hours[hoursOf[id]], text = file.words[hoursOf[id]];
    const then = schedule && dates.map((date) => isOpenOn(schedule, date) && dayInWords(schedule, date)).find(Boolean);
    if (then) return { text: then };
    const state = schedule && inWords(schedule);
    if (guest) return state?.state === "ask" ? null : state;
    return state || (text ? { text } : null);
  };
}

class Search extends Combobox {
  constructor(form) {
    super(form.querySelector("input"), form.querySelector("[role=listbox]"));
    this.form = form;
    this.texts = form.dataset;
    this.status = form.querySelector("[role=status]");
    for (const name of [
      "popup", "alike", "absent", "claim", "elsewhere", "similar", "perhaps", "missed", "filters", "endings",
      "said", "now",
    ]) {
      this[name] = form.querySelector(`[data-search-${name}]`);
    }
    this.box = form.querySelector("[data-search-danger]");
    this.numbers = [...this.absent.querySelectorAll("[data-search-number]")];
    this.stateOf = () => null;
    this.doors = [...form.querySelectorAll("[data-search-door]")];
    this.opened = new Set(); /* kinds of which all hits are shown */
    this.answer = null; /* to what was asked last */
    this.asked = 0;
    this.input.addEventListener("focus", () => {
      this.index().catch(() => {});
      this.lexicon();
    }, { once: true });
    this.input.addEventListener("input", (event) => event.isComposing || this.typed());
    this.input.addEventListener("compositionend", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("focusin", ({ target }) => this.popup.contains(target) || target.form || this.close());
    form.addEventListener("focusout", ({ relatedTarget }) =>
      relatedTarget && !form.contains(relatedTarget) && this.close());
    document.addEventListener("pointerdown", ({ target }) => form.contains(target) || this.close());
    this.box.addEventListener("keydown", (event) => this.stepped(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    if (this.input.value) this.typed();
  }

  /* What is typed, without its last word. */
  begun() {
    const typed = this.input.value;
    const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [""];
    return typed.slice(0, typed.lastIndexOf(words.pop()));
  }

  write(text) {
    this.input.value = text;
    this.input.focus();
    this.typed();
  }

  /* What is loaded with any first letter says nothing of what is looked for. */
  states(index) {
    if (!this.texts.hours) return null;
    return this.loading ??= openStates(this.texts.hours, index, Boolean(this.texts.german)).then((stateOf) => {
      this.stateOf = stateOf;
      if (this.options.length) this.redraw();
    }, console.error);
  }

  index() {
    const { index: folder, words, shown } = this.texts;
    return this.loaded ??= Promise.all([json(`${folder}title.${words}.json`).then(Index.inPieces),
      shown && json(`${folder}shown.${shown}.json`)]).then(([index, part]) => {
      for (const row of index.facets.rows) row.label = part?.filters[row.label] ?? row.label;
      return Object.assign(index, part && shownOf(part));
    }).catch((error) => {
      this.loaded = null;
      throw error;
    });
  }

  lexicon() {
    return loadDanger(this.texts.index, this.texts.language);
  }

  typed() {
    this.opened.clear();
    this.ask();
  }

  /* Enter asks nothing new: what is shown stays as it is. */
  submitted(event) {
    event.preventDefault();
    if (!this.input.value.trim()) location.assign(this.texts.offers);
    else if (this.popup.hidden || this.query !== this.input.value.trim()) this.ask();
  }

  /* Shows what the part of the index that is there knows surely; further ones are loaded after a pause, always. */
  async ask() {
    const turn = ++this.asked;
    const query = this.input.value.trim();
    this.query = query;
    this.shut = false;
    this.groups = this.drawn = null;
    clearTimeout(this.pause);
    if (!query) return this.clear();
    /* Who is in danger sees the numbers before any hit, also where the index can't be loaded. */
    const danger = await this.lexicon();
    if (turn !== this.asked) return;
    this.warn(danger, query);
    this.wait();
    let index;
    const tell = (surely) => {
      const result = index.search(query);
      if (surely || result.known) this.show(index, result, surely);
      else if (!this.groups) this.draw(index, [], []);
    };
    try {
      index = await this.index();
      if (turn !== this.asked) return;
      const hours = this.states(index);
      if (timeIn(query)) await hours;
      if (turn !== this.asked) return;
      const rest = () => new Promise((resolve) => { this.pause = setTimeout(resolve, PAUSE); });
      for await (const all of knowing(index, danger, query, this.texts, rest)) {
        if (turn !== this.asked) return;
        this.warn(danger, query);
        tell(all);
        if (!all && index.missing.length < 2) this.wait();
      }
    } catch (error) {
      if (turn !== this.asked) return;
      console.error(error);
      await danger?.further();
      this.warn(danger, query);
      if (index) tell(true); /* what the parts know that are there */
      if (this.options.length) return;
      this.answer = FAILED;
      this.say(this.texts.failed);
    }
  }

  /* Numbers stand there before anything is found. */
  warn(danger, query) {
    const before = this.found;
    Object.assign(this, recognised(danger, query, this.texts.language));
    this.now.hidden = Boolean(this.found);
    this.answer = answerOf(query, this, null, null, this.meant);
    const other = this.found && this.answer.alone && (({ detail }) => {
      this.meant = this.query;
      if (!detail) this.input.focus(); /* a key pressed it: from there the hits are reached */
      this.ask();
    });
    show(this.box, this.danger, this.found, { ...this.texts, exit: this.texts.wayOut, other, field: this.input });
    if (!this.answer.alone) return;
    this.shut &&= before; /* numbers that nobody has seen yet are shown */
    this.open();
  }

  show(index, result, final) {
    const answer = this.answer = answerOf(this.query, this, index, result, this.meant);
    const { alone, facets, missed, alike } = answer;
    /* that there is none is said when everything is there */
    if (!final && ["no", "perhaps"].includes(answer.kind)) answer.kind = "hits";
    this.asks = facets.flatMap(({ dates = [] }) => dates);
    const now = grouped(index, answer, this.input.value);
    const found = this.groups = this.groups ? added(this.groups, now) : now;
    /* what stays the same when a further part has come is left alone: a finger may be on it */
    const drawn = JSON.stringify(found);
    if (drawn !== this.drawn) this.draw(index, found, facets);
    this.drawn = drawn;
    this.redraw = () => {
      this.drawn = null;
      this.show(index, result, final);
    };
    this.tell(index, answer, final);
    this.missed.hidden = !missed.length || ["no", "perhaps"].includes(answer.kind);
    this.missed.textContent = this.texts.missed.replace("{filter}", missed.map(nameOf).join("“, „"));
    this.offer(this.alike, final ? alike : [],
      (word) => this.write(this.input.value.replace(word.typed, word.text)));
    this.offer(this.endings, alone ? [] : endings(index, this.input.value).map((text) => ({ text })),
      ({ text }) => this.write(this.begun() + text));
    this.lead(index, answer, result).catch(console.error);
    this.open();
    const count = found.filter(({ rung }) => rung.open).reduce((sum, { ids }) => sum + ids.length, 0);
    const help = this.found ? `${spoken(this.danger, this.found)} ` : "";
    if (answer.kind === "no") this.say(this.texts.none);
    else if (final && !found.length) this.say(answer.kind === "mute" ? this.texts.unheard : help);
    else if (found.length) this.say(help + (count > MANY ? this.texts.many : this.texts.found.replace("{n}", count)));
    if (!this.alike.hidden) this.sayToo(this.alike.firstChild.textContent.trim(), alike.map(({ text }) => text));
  }

  /* Where it leads besides its hits: filters to take away, a page in its language, lists; loaded for everybody. */
  async lead(index, answer, result) {
    const { languageOf, leading, nounOf, removing } = await import("./said.js");
    if (answer !== this.answer) return;
    const { elsewhere, facets } = answer;
    const typed = this.input.value, filters = facets.map((facet) => ({ parts: removing(facet), facet }));
    this.offer(this.filters, filters, ({ facet }) => this.write(without(index, this.input.value, facet)), "filter");
    const language = languageOf(typed, index, elsewhere), nouns = index.nouns?.[language];
    this.welcome(language, (id) => nounOf(nouns?.[id], typed));
    this.open();
    const { links, only } = answer.alone ? { links: [] } : await leading(typed, index, result, this.texts);
    /* What a further part of the index has shown meanwhile leads by itself. */
    if (answer !== this.answer) return;
    this.said.hidden = !links.length;
    this.said.replaceChildren(...links.map(({ text, href }) => element("a", { href }, text)));
    if (only) {
      this.options = [];
      this.list.replaceChildren();
      for (const line of [this.filters, this.alike, this.absent, this.perhaps, this.endings]) line.hidden = true;
      this.say("");
    }
    this.open();
    if (!only) this.sayToo(`${this.filters.ariaLabel}:`, facets.map(nameOf));
    this.sayToo("", links.map(({ text }) => text));
  }

  /* A first page in the language that is typed, or where it is spoken; offers lead to their pages in it, and that
     nothing is there is said in it. Who is in danger is led to its numbers, or nowhere. */
  welcome(language, nounOf) {
    let root = this.texts.root;
    for (const door of this.doors) {
      const link = door.firstElementChild;
      link.dataset.home ??= link.getAttribute("href");
      const there = this.found ? link.dataset.help : link.dataset.home, typed = door.dataset.searchDoor === language;
      if (there) link.href = there;
      door.hidden = !there || !typed;
      if (typed && link.dataset.help) root = link.dataset.home;
    }
    for (const said of this.absent.querySelectorAll("[data-search-nothing]")) {
      said.hidden = this.claim.hidden || said.dataset.searchNothing !== language;
    }
    for (const row of this.elsewhere.children) {
      const noun = nounOf(row.dataset.entry);
      if (noun && !row.querySelector("b")) row.prepend(element("b", { lang: language, dir: "auto" }, noun), " – ");
    }
    /* each offer has a page in the languages that have pages at all */
    for (const option of this.options) if (option.dataset.offer) option.href = root + option.dataset.offer;
  }

  /* What stands beside the hits is said behind them. */
  sayToo(name, shown) {
    if (shown.length) this.say([this.told?.replace(/\.$/, ""),
      `${name} ${shown.join(", ")}`.trim()].filter(Boolean).join(". "));
  }

  /* That nothing here is about it stands before what is alike, behind what perhaps fits; who helps also above hits,
     where they say more of it. */
  tell(index, { kind, elsewhere }, final) {
    const no = kind === "no", perhaps = kind === "perhaps";
    this.absent.hidden = !no && !perhaps && !(final && elsewhere.length);
    this.claim.hidden = !no;
    for (const number of this.numbers) number.hidden = !no && !perhaps;
    this.similar.hidden = !no || !this.options.length;
    this.perhaps.hidden = !perhaps;
    this.list[perhaps ? "after" : "before"](this.absent);
    tellHelpers(this.elsewhere, elsewhere.map((id) => index.entry(id)), this.texts.root);
  }

  /* What waits stands behind a button that says why; weak hits behind one. */
  draw(index, found, facets) {
    const active = this.options[this.active]?.dataset.entry, first = new Set(), parts = [], waiting = new Map();
    this.options = [];
    let last = null;
    for (const group of found) {
      const { rung, kind, ids } = group, key = rung.weak ? "weak" : rung.key;
      if (!rung.open && !this.opened.has(key)) {
        const button = waiting.get(key) ?? { ...rung, count: 0 };
        waiting.set(key, { ...button, count: button.count + ids.length });
        continue;
      }
      const why = rung.heading || rung.unsaid && this.unsaid(facets);
      if (why && rung.key !== last) parts.push(element("div", { class: "nr-search__kind", role: "presentation" }, why));
      last = rung.key;
      const again = first.has(kind), all = found.filter((one) => one.kind === kind && one.rung.open === rung.open)
        .reduce((sum, one) => sum + one.ids.length, 0);
      first.add(kind);
      parts.push(this.group(index, rung.open ? group : { ...group, few: ids.length }, all, again));
    }
    for (const [key, { heading, unsaid, weak, count }] of waiting) {
      const why = !weak && (heading || unsaid && this.unsaid(facets));
      parts.push(this.more(key, this.texts.others.replace("{n}", count) + (why ? `: ${why}` : "")));
    }
    this.list.replaceChildren(...parts);
    this.point(active ? this.options.findIndex(({ dataset }) => dataset.entry === active) : -1);
  }

  unsaid(facets) {
    return this.texts.unsaid.replace("{filter}", facets.map(nameOf).join(", "));
  }

  more(key, text) {
    const more = element("div", { role: "option", id: this.nextId(), "aria-selected": "false",
      class: "nr-search__more", "data-more": key }, text);
    this.options.push(more);
    return more;
  }

  /* Words in a row, of which one can be taken. */
  offer(row, found, take, name = "word") {
    row.hidden = !found.length;
    row.querySelectorAll("button").forEach((button) => button.remove());
    row.append(...found.map((word) => element("button", { type: "button", class: `nr-search__${name}`,
      lang: word.parts ? null : this.texts.words, onclick: () => take(word) }, ...word.parts ?? [word.text])));
  }

  /* Of a kind that goes on after others the number was said before, and the heading says so. */
  group(index, { kind, ids, few }, all, again) {
    const { id: name, label } = index.kinds[kind];
    const heading = `${this.list.id}-${name}${again ? "-again" : ""}`;
    const shown = ids.slice(0, this.opened.has(String(kind)) ? ids.length : few);
    const group = element("div", { role: "group", "aria-labelledby": heading, class: "nr-search__group" });
    const number = again ? [] : [" ", element("span", { class: "nr-search__count" }, `(${all})`)];
    group.append(element("div", { id: heading, class: "nr-search__kind", role: "presentation" },
      again ? this.texts.again.replace("{kind}", label) : label, ...number));
    for (const id of shown) {
      if (index.grave.has(id)) bar();
      group.append(this.option(index.entry(id)));
    }
    if (shown.length < ids.length) {
      group.append(this.more(kind, this.texts.more.replace("{n}", all).replace("{kind}", label)));
    }
    return group;
  }

  option({ id, kind, lead, title, url, subtitle, facts, language }) {
    const link = element("a", { role: "option", id: this.nextId(), "aria-selected": "false", tabindex: "-1",
      class: "nr-search__option", href: this.texts.root + url, "data-entry": id,
      "data-offer": kind.id === "offer" ? url : null });
    for (const [text, lang] of [[lead], [title, language], [subtitle, language]]) {
      if (text) link.append(element("span", { class: link.firstChild ? "nr-search__line" : "nr-search__title", lang,
        dir: "auto" }, text));
    }
    const state = this.stateOf(id, this.asks);
    /* from a first page everything but offers leads to German pages */
    if (this.texts.german && kind.id !== "offer") facts = [...facts, this.texts.german];
    const open = state ? [element("span", { class: "nr-open", "data-state": state.state }, state.text)] : [];
    if (facts.length || state) link.append(element("span", { class: "nr-search__facts" }, ...open, facts.join(" · ")));
    this.options.push(link);
    return link;
  }

  nextId() {
    return `${this.list.id}-${this.options.length}`;
  }

  clicked(event) {
    const more = event.target.closest("[data-more]");
    if (!more) return;
    const place = this.options.indexOf(more);
    this.opened.add(more.dataset.more);
    this.redraw();
    this.point(place);
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) {
        this.shut = false;
        this.open();
        if (!this.options.length && !this.found || event.altKey) return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      /* the numbers stand before the first hit */
      if (step > 0 && this.active < 0 && this.found) return this.stops()[0].focus();
      this.step(step);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault(); /* the button „Suchen“ opens none */
      this.options[this.active].click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.popup.hidden) this.clear();
      else this.close();
    } else if (this.active >= 0 && (event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      this.point(event.key === "Home" ? 0 : this.options.length - 1);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.point(-1);
    }
  }

  /* The numbers and titles of the box that are in view; the way out stands before them. */
  stops() {
    return [...this.box.querySelectorAll("li a, summary, p a, button")].filter((stop) =>
      stop.offsetParent && !stop.closest("details:not([open]) > :not(summary)"));
  }

  /* From number to number, and behind the last one to the hits. */
  stepped(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = this.stops(), next = stops.indexOf(document.activeElement) + step;
    if (stops[next]) return stops[next].focus();
    this.input.focus();
    if (step > 0 && this.options.length) this.point(0);
  }

  open() {
    if (this.shut) return; /* somebody closed what was asked last: no later part opens it again */
    const hits = this.options.length > 0;
    if (this.popup.hidden && NARROW.matches) requestAnimationFrame(() => moveUp(this.popup)); /* above the keyboard */
    const leads = !this.said.hidden || this.doors.some((door) => !door.hidden);
    this.popup.hidden = !hits && !leads && ["hits", "failed"].includes(this.answer?.kind ?? "hits");
    this.expand(hits);
  }

  close() {
    this.shut ||= !this.popup.hidden;
    this.popup.hidden = true;
    this.expand(false);
    this.point(-1);
  }

  clear() {
    this.asked++;
    this.input.value = "";
    this.found = this.answer = null;
    show(this.box, this.danger, null, this.texts, false);
    this.options = [];
    for (const line of [this.said, ...this.doors]) line.hidden = true;
    this.list.replaceChildren();
    this.close();
    this.say("");
  }

  /* Heard and seen only where the index takes long; no number waits for it. */
  wait() {
    this.say(this.found ? spoken(this.danger, this.found) : this.texts.loading);
  }

  say(text) {
    this.told = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { this.status.textContent = text; }, text ? PAUSE : 0);
  }
}

for (const form of document.querySelectorAll("form[data-search]")) new Search(form);
