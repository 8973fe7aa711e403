// The page of the own list: shows it, prints it, hands it on as a link or text. The ids stand in the fragment of an
// address, which browsers never send; blocks hold all offers, so no server learns which are wanted.
import "./back.js";
import { hidden, plain } from "./controls.js";
import { copyField } from "./copied_field.js";
import { element } from "./element.js";
import { address, blockOf, language, loadBlock, notice, telephone, terms } from "./entries.js";
import { json } from "./loading.js";
import { drawing } from "./qr.js";
import { keep, remembered, valid } from "./remember.js";
import { statusAfter } from "./status.js";
import { _ } from "./words.js";

const mount = document.getElementById("merkliste");
const part = (name) => mount.querySelector(`[data-list-${name}]`);
const status = part("status");
const said = statusAfter(part("copy").closest(".nr-actions"));
const facts = () => [_("Wann"), _("Wo"), _("Kosten"), _("Für wen"), _("Anmeldung"), _("Sprachen"),
  _("Mitbringen"), _("Plätze")];
const checked = ({ c: date }) => date && _("Geprüft am {date}", { date });
document.querySelector("[data-without-script]").remove();
let turn = 0; // of what is drawn: what was asked for earlier may come later
let shown = { entries: new Map(), shared: false };

async function entriesOf(ids) {
  const found = new Map();
  const loaded = await Promise.all(ids.map((id) => loadBlock("", blockOf(id, Number(mount.dataset.blocks)))));
  ids.forEach((id, place) => Object.hasOwn(loaded[place], id) && found.set(id, loaded[place][id]));
  return found;
}

const linkTo = (id, name) => element("a", { href: address(id, mount.dataset.home) }, name);
const item = (id, entry, ...said) => element("li", { class: "nr-kept__item", "data-id": id },
  element("h2", language(entry), linkTo(id, entry.n)), ...said,
  shown.shared ? null : plain(() => remove(id, entry), _("Entfernen"), hidden(` ${entry.n}`)));

function offered(id, entry) {
  const there = address(id, mount.dataset.root);
  return item(id, entry, element("p", language(entry), entry.s), notice(entry, _("Hinweis")),
    entry.p ? element("p", { class: "nr-kept__phone" }, element("a", { href: telephone(entry.p) }, entry.p)) : null,
    terms(entry, facts()),
    element("div", { class: "nr-kept__paper" }, element("p", {}, entry.m ?? ""),
      drawing(there, _("QR-Code zu: {name}", { name: entry.n })), element("p", { class: "nr-ltr" }, there),
      element("p", {}, checked(entry) ?? "")));
}

// What ended stays on the list until it is taken off, and says what came after it; on paper it is no more.
function gone(id, entry) {
  const after = entry.s ? [_("So geht es weiter:"), " ", linkTo(entry.s, entry.sn)] : [];
  const over = item(id, entry, element("p", { class: "nr-kept__notice" },
    element("strong", {}, _("Dieses Angebot gibt es nicht mehr.")),
    entry.u ? ` ${_("Es endete am {date}.", { date: entry.u })}` : "", " ", ...after));
  over.classList.add("nr-screen");
  return over;
}

// The list as somebody pastes it into a mail: each offer with what paper says of it.
function asText() {
  return [...shown.entries].map(([id, entry]) => [
    entry.n,
    entry.s,
    entry.a && `${_("Hinweis")}: ${entry.a}`,
    entry.p && `${_("Telefon")}: ${entry.p}`,
    entry.m && `${_("E-Mail")}: ${entry.m}`,
    ...facts().map((term, place) => entry.f[place] && `${term}: ${entry.f[place]}`),
    address(id, mount.dataset.root),
    checked(entry),
  ].filter(Boolean).join("\n")).join("\n\n");
}

// What is said stands below the buttons, and in view: on a phone they stand one below the other.
async function copy(field, told) {
  await copyField(field, said, told);
  said.scrollIntoView({ block: "nearest" });
}

const count = (number) => number === 1 ? _("1 Angebot") : _("{n} Angebote", { n: number });
const say = (...words) => status.replaceChildren(...words);

async function draw(message = "") {
  turn += 1;
  const mine = turn;
  const asked = valid(location.hash.slice(1).split(/,|%2c/i));
  const own = remembered();
  const shared = asked.length > 0 && (asked.length !== own.length || asked.some((id) => !own.includes(id)));
  let ids = shared ? asked : own;
  mount.hidden = false;
  let entries, ended;
  try {
    entries = await entriesOf(ids);
    ended = entries.size < ids.length ? await json("beendet.json") : {};
    // What was renamed is kept under its new address.
    const led = valid(ids.map((id) => ended[id]?.r ?? id));
    if (mine === turn && led.some((id) => !ids.includes(id))) {
      if (!shared) keep(led);
      [ids, entries] = [led, await entriesOf(led)];
    }
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    say(_("Die Liste konnte nicht geladen werden. Sind Sie mit dem Internet verbunden?"));
    return;
  }
  if (mine !== turn) return;
  shown = { entries, shared };
  const over = ids.filter((id) => !entries.has(id) && Object.hasOwn(ended, id));
  const full = entries.size + over.length > 0;
  part("full").hidden = !full;
  part("empty").hidden = full;
  part("handout").hidden = !entries.size;
  part("shared").hidden = !shared || !full;
  part("clear").hidden = shared;
  const items = [...entries].map(([id, entry]) => offered(id, entry));
  part("entries").replaceChildren(...items, ...over.map((id) => gone(id, ended[id])));
  const fragment = `#${[...entries.keys()].join(",")}`;
  part("link").value = full ? location.href.split("#")[0] + fragment : "";
  part("text").hidden = true;
  for (const other of mount.querySelectorAll("[data-list-language]")) {
    other.href = other.href.split("#")[0] + fragment;
  }
  const lost = ids.length - entries.size - over.length;
  const missing = _("Von der Liste hier nicht zu sehen: {n}.", { n: lost });
  say(message || (full ? count(entries.size + over.length) : ""), lost ? ` ${missing}` : "");
}

// Keeps other offers than before, which the fragment would bring back.
async function change(ids, message) {
  if (!keep(ids)) return say(_("Ihr Browser erlaubt das nicht. Drucken Sie die Liste aus."));
  if (location.hash) history.replaceState(history.state, "", location.pathname);
  await draw(message);
  status.focus();
}

const remove = (id, entry) =>
  change(remembered().filter((other) => other !== id), _("Entfernt: {name}", { name: entry.n }));

async function clear() {
  const before = remembered();
  await change([], _("Ihre Merkliste ist gelöscht."));
  status.append(" ", plain(() => change(before, _("Ihre Merkliste ist wieder da.")), _("Rückgängig")));
}

part("print").addEventListener("click", () => window.print());
part("copy").addEventListener("click", () => copy(part("link"), _("Der Link ist kopiert.")));
part("copy-text").addEventListener("click", () => {
  part("text").value = asText();
  copy(part("text"), _("Der Text ist kopiert."));
});
part("clear").addEventListener("click", clear);
part("adopt").addEventListener("click", () =>
  change([...remembered(), ...shown.entries.keys()], _("Die Liste ist jetzt auf diesem Gerät gespeichert.")));
window.addEventListener("hashchange", () => draw());
window.addEventListener("storage", () => draw());
draw();
