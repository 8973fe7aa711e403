// The page of the own list: shows it, prints it, hands it on as a link or text. The ids stand in the fragment of an
// address, which browsers never send; blocks hold all offers, so no server learns which are wanted.
import { adding } from "./adding.js";
import "./back.js";
import { hidden, plain } from "./controls.js";
import { copied } from "./copying.js";
import { download } from "./download.js";
import { element } from "./element.js";
import { address, blockOf, language, loadBlock, notice, telephone, terms } from "./entries.js";
import { json } from "./loading.js";
import { drawing } from "./qr.js";
import { keep, MOST, remembered, valid } from "./remember.js";
import { statusAfter } from "./status.js";
import { _ } from "./words.js";

const mount = document.getElementById("merkliste");
const part = (name) => mount.querySelector(`[data-list-${name}]`);
const status = part("status");
const said = statusAfter(part("copy").closest(".nr-actions"));
const facts = () => [_("Wann"), _("Wo"), _("Kosten"), _("Für wen"), _("Anmeldung"), _("Sprachen"),
  _("Mitbringen"), _("Plätze")];
document.querySelector("[data-without-script]").remove();
let turn = 0; // of what is drawn: what was asked for earlier may come later
let shown = { ids: [], entries: new Map(), shared: false };

async function entriesOf(ids) {
  const found = new Map();
  const loaded = await Promise.all(ids.map((id) => loadBlock("", blockOf(id, Number(mount.dataset.blocks)))));
  ids.forEach((id, place) => Object.hasOwn(loaded[place], id) && found.set(id, loaded[place][id]));
  return found;
}

function phone(entry) {
  return entry.p
    ? element("p", { class: "nr-kept__phone" }, element("a", { href: telephone(entry.p) }, entry.p)) : null;
}

const linkTo = (id, name) => element("a", { href: address(id, mount.dataset.home) }, name);
const item = (id, entry, ...said) => element("li", { class: "nr-kept__item", "data-id": id },
  element("h2", language(entry), linkTo(id, entry.n)), ...said, shown.shared ? null : removing(id, entry));

function offered(id, entry) {
  return item(id, entry, element("p", language(entry), entry.s), notice(entry, _("Hinweis")), phone(entry),
    terms(entry, facts()));
}

// What ended stays on the list until it is taken off, and says what came after it; on paper it is no more.
function gone(id, entry) {
  const after = entry.s ? [_("So geht es weiter:"), " ", linkTo(entry.s, entry.sn)] : [];
  return item(id, entry, element("p", { class: "nr-kept__notice" },
    element("strong", {}, _("Dieses Angebot gibt es nicht mehr.")),
    entry.u ? ` ${_("Es endete am {date}.", { date: entry.u })}` : "", " ", ...after));
}

function removing(id, entry) {
  return plain(() => remove(id, entry), _("Entfernen"), hidden(` ${entry.n}`));
}

function code(id, entry) {
  return mount.querySelector("[name=qr]").checked
    ? drawing(address(id, mount.dataset.root), _("QR-Code zu: {name}", { name: entry.n })) : null;
}

function table() {
  const codes = mount.querySelector("[name=qr]").checked;
  const heads = [_("Angebot"), _("Telefon"), _("Wann"), _("Wo"), _("Gut zu wissen"), ...(codes ? [_("Seite")] : [])];
  const rows = [...shown.entries].map(([id, entry]) => {
    const [when, where, cost, whom, access, languages, bring, places] = entry.f;
    const brought = bring && `${_("Mitbringen")}: ${bring}`;
    return element(
      "tr", {},
      element("th", { scope: "row", ...language(entry) }, entry.n), element("td", { class: "nr-ltr" }, entry.p ?? ""),
      element("td", {}, when, notice(entry, _("Hinweis"))), element("td", {}, where),
      element("td", {}, [cost, whom, access, languages, places, brought].filter(Boolean).join(" · ")),
      codes ? element("td", {}, code(id, entry)) : null,
    );
  });
  return element(
    "table", {},
    element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows),
  );
}

function sheet([id, entry]) {
  return element(
    "article", { class: "nr-sheet" },
    element("h2", language(entry), entry.n),
    element("p", language(entry), entry.s),
    notice(entry, _("Hinweis")),
    phone(entry),
    terms(entry, facts()),
    element("p", {}, entry.m ?? ""),
    element("div", { class: "nr-sheet__code" }, code(id, entry),
      element("p", { class: "nr-ltr" }, address(id, mount.dataset.root))),
    entry.c ? element("p", {}, _("Geprüft am {date}", { date: entry.c })) : null,
  );
}

// What goes on paper is made when the list or a choice changes, so that printing from the browser's menu works as well.
function layOut() {
  const form = mount.querySelector("[name=form]:checked").value;
  document.documentElement.dataset.handout = form;
  part("paper").replaceChildren(...(form === "table" ? [table()] : [...shown.entries].map(sheet)));
}

// The list as somebody pastes it into a mail: each offer with what a sheet says of it.
function asText() {
  return [...shown.entries].map(([id, entry]) => [
    entry.n,
    entry.s,
    entry.a && `${_("Hinweis")}: ${entry.a}`,
    entry.p && `${_("Telefon")}: ${entry.p}`,
    entry.m && `${_("E-Mail")}: ${entry.m}`,
    ...facts().map((term, place) => entry.f[place] && `${term}: ${entry.f[place]}`),
    address(id, mount.dataset.root),
    entry.c && _("Geprüft am {date}", { date: entry.c }),
  ].filter(Boolean).join("\n")).join("\n\n");
}

// Below the buttons, and in view: on a phone they stand one below the other.
function tell(words) {
  said.textContent = words;
  said.scrollIntoView({ block: "nearest" });
}

async function copyText() {
  part("text").replaceChildren();
  const text = asText();
  if (await copied(text)) return tell(_("Der Text ist kopiert."));
  const looks = { class: "nr-input", rows: "8", readonly: true, dir: "auto", "aria-label": _("Die Liste als Text") };
  const field = element("textarea", looks);
  field.value = text;
  part("text").append(field);
  select(field, _("Der Text ist markiert. Kopieren Sie ihn mit der Tastatur oder über das Menü."));
}

async function copyLink() {
  if (await copied(part("link").value)) return tell(_("Der Link ist kopiert."));
  select(part("link"), _("Der Link ist markiert. Kopieren Sie ihn mit der Tastatur oder über das Menü."));
}

function select(field, words) {
  tell(words);
  field.focus();
  field.select();
}

async function saveContacts() {
  let cards;
  try {
    cards = await json("kontakte.json");
  } catch (error) {
    console.error(error);
    tell(_("Die Liste konnte nicht geladen werden. Sind Sie mit dem Internet verbunden?"));
    return;
  }
  download("kontakte.vcf", [...shown.entries.keys()].map((id) => cards[id] ?? ""), "text/vcard;charset=utf-8");
  tell(_("Gespeichert als {name}, auf diesem Gerät.", { name: "kontakte.vcf" }));
}

const count = (number) => number === 1 ? _("1 Angebot") : _("{n} Angebote", { n: number });

function say(...words) {
  status.replaceChildren(...words);
}

async function draw(message = "") {
  turn += 1;
  const mine = turn;
  const asked = valid(location.hash.slice(1).split(/,|%2c/i));
  const own = remembered();
  const shared = asked.length > 0 && (asked.length !== own.length || asked.some((id) => !own.includes(id)));
  const ids = shared ? asked : own;
  mount.hidden = false;
  let entries, ended;
  try {
    entries = await entriesOf(ids);
    ended = entries.size < ids.length ? await json("beendet.json") : {};
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    say(_("Die Liste konnte nicht geladen werden. Sind Sie mit dem Internet verbunden?"));
    return;
  }
  if (mine !== turn) return;
  shown = { ids, entries, shared };
  const over = ids.filter((id) => !entries.has(id) && Object.hasOwn(ended, id));
  const full = entries.size + over.length > 0;
  part("full").hidden = !full;
  part("empty").hidden = full;
  part("handout").hidden = !entries.size;
  part("shared").hidden = !shared || !full;
  part("clear").hidden = part("add").hidden = shared;
  const items = [...entries].map(([id, entry]) => offered(id, entry));
  part("entries").replaceChildren(...items, ...over.map((id) => gone(id, ended[id])));
  const fragment = `#${[...entries.keys()].join(",")}`;
  part("link").value = full ? location.href.split("#")[0] + fragment : "";
  part("text").replaceChildren();
  for (const other of mount.querySelectorAll("[data-list-language]")) {
    other.href = other.href.split("#")[0] + fragment;
  }
  if (entries.size) layOut();
  const lost = ids.length - entries.size - over.length;
  const missing = lost === 1
    ? _("Ein Angebot aus der Liste ist hier nicht zu sehen.")
    : _("{n} Angebote aus der Liste sind hier nicht zu sehen.", { n: lost });
  say(message || (full ? count(entries.size + over.length) : ""), lost ? ` ${missing}` : "");
}

// Tells whether it is on the list now; the entry follows.
function add({ id, name }) {
  const own = remembered();
  if (own.length >= MOST) {
    say(_("Ihre Merkliste ist voll. Löschen Sie erst etwas."));
    return false;
  }
  if (!keep([...own, id])) {
    say(_("Ihr Browser erlaubt das nicht. Schreiben Sie sich die Nummer auf."));
    return false;
  }
  if (location.hash) history.replaceState(history.state, "", location.pathname);
  draw(_("Steht jetzt auf der Liste: {name}", { name }));
  return true;
}

async function remove(id, entry) {
  keep(remembered().filter((other) => other !== id));
  // The fragment would bring the entry back.
  if (location.hash) history.replaceState(history.state, "", location.pathname);
  await draw(_("Entfernt: {name}", { name: entry.n }));
  status.focus();
}

async function clear() {
  const before = remembered();
  keep([]);
  if (location.hash) history.replaceState(history.state, "", location.pathname);
  await draw(_("Ihre Merkliste ist gelöscht."));
  const undo = () => {
    keep(before);
    draw(_("Ihre Merkliste ist wieder da."));
  };
  status.append(" ", plain(undo, _("Rückgängig")));
  status.focus();
}

async function adopt() {
  const kept = keep([...remembered(), ...shown.entries.keys()]);
  if (!kept) {
    say(_("Ihr Browser erlaubt das nicht. Drucken Sie die Liste aus."));
    return;
  }
  history.replaceState(history.state, "", location.pathname);
  await draw(_("Die Liste ist jetzt auf diesem Gerät gespeichert."));
  status.focus();
}

adding(part("add"), { held: remembered, add, say });
part("print").addEventListener("click", () => window.print());
part("copy").addEventListener("click", copyLink);
part("copy-text").addEventListener("click", copyText);
part("contacts").addEventListener("click", saveContacts);
part("clear").addEventListener("click", clear);
part("adopt").addEventListener("click", adopt);
mount.addEventListener("change", layOut);
window.addEventListener("hashchange", () => draw());
window.addEventListener("storage", () => draw());
draw();
