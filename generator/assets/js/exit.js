// Leaving quickly, after the pattern of GOV.UK: the bar's link works without this script. With it the content vanishes,
// what we keep on the device is cleared, and another page takes this one's place; so does Shift, pressed three times.
import { bar as barBack } from "./back.js";
import { element } from "./element.js";
import { stored } from "./storage.js";
import { _ } from "./words.js";

const TIMES = 3;
const PAUSE = 5000; // ms in which the next press must follow
const PATIENCE = 300; // ms that clearing may take; nothing is to be seen meanwhile
const OURS = "nahraum";
const bar = document.querySelector("[data-exit]");
const root = new URL("../../../", import.meta.url).href;
let way = null; // {link, status}: the link that leads away, and what is said to a screen reader

function empty() {
  document.body.replaceChildren(element("p", { role: "alert", class: "nr-page" }, _("Einen Moment …")));
}

function clearStorage(storage) {
  for (const key of Object.keys(storage)) if (key.startsWith(`${OURS}.`)) storage.removeItem(key);
}

// What can't be reached (storage forbidden, no secure address) was never written either.
async function clear() {
  for (const kind of ["localStorage", "sessionStorage"]) stored(kind, clearStorage);
  await Promise.allSettled([clearCaches(), clearWorkers()]);
}

async function clearCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`${OURS}-`)).map((name) => caches.delete(name)));
}

async function clearWorkers() {
  const found = await navigator.serviceWorker.getRegistrations();
  await Promise.all(found.filter(({ scope }) => scope.startsWith(root)).map((one) => one.unregister()));
}

export async function leave(target) {
  barBack();
  empty();
  await Promise.race([clear(), new Promise((done) => setTimeout(done, PATIENCE))]);
  // By this site.js knows which pages are of before, and where they lead. A number tells one leave from the next.
  stored("sessionStorage", (storage) => storage.setItem(`${OURS}.left`, `${Math.random()} ${target}`));
  location.replace(target);
}

function countShift() {
  let presses = 0, timer;
  const forget = () => {
    presses = 0;
    way.status.textContent = "";
  };
  document.addEventListener("keydown", (event) => {
    // Shift held down repeats, and a Shift that writes a capital or moves the focus back is none of ours.
    // Where the way out has gone with its box, Shift leads nowhere.
    if (event.repeat || !way.link.isConnected) return;
    if (event.key !== "Shift") {
      presses = 0;
      return;
    }
    clearTimeout(timer);
    presses += 1;
    if (presses === TIMES) {
      forget();
      leave(way.link.href);
      return;
    }
    way.status.textContent = presses === 1
      ? _("Noch zweimal die Umschalttaste, dann verlassen Sie die Seite.")
      : _("Noch einmal die Umschalttaste, dann verlassen Sie die Seite.");
    timer = setTimeout(forget, PAUSE);
  });
}

// Makes a link leave at once, and Shift pressed three times with it.
export function guard(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
  const status = element("span", { class: "nr-vh", role: "status" });
  link.after(status);
  if (!way) countShift();
  way = { link, status };
}

if (bar) guard(bar);
