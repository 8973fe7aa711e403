// Taking the site along: after a click the files of the packs are kept in a cache of our own and a service worker is
// registered. Nothing is stored before, and one tap removes everything.
import { element } from "./element.js";
import { _ } from "./words.js";

const root = new URL("../../../", import.meta.url).href;
const NAME = `nahraum-offline ${new URL(root).pathname}`;
const COMING = `${NAME} neu`; // what is on its way: a pack is taken whole or not at all
const mount = document.getElementById("mitnehmen");
const part = (name) => mount.querySelector(`[data-offline-${name}]`);
const status = part("status");
let stop = new AbortController(); // ends what is being taken along
let going = null; // and until then it goes on
const able = "caches" in window && "serviceWorker" in navigator;

const megabytes = (bytes) => (bytes / 1e6).toLocaleString(document.documentElement.lang,
  { maximumFractionDigits: 1, minimumFractionDigits: 1 });

// Everything of this site on the device, half taken packs of a closed window included.
const ours = async () => (await caches.keys()).filter((name) => name === NAME || name.startsWith(`${NAME} `));

// Packs that are on the device; asking creates nothing.
async function packs() {
  if (!(await caches.has(NAME))) return [];
  const cache = await caches.open(NAME);
  const found = (await cache.keys()).filter(({ url }) => url.endsWith("/offline.json"));
  return Promise.all(found.map(async (request) => (await cache.match(request)).json()));
}

async function show(message = "") {
  const kept = await packs();
  part("kept").hidden = (await ours()).length === 0;
  part("names").replaceChildren(...kept.map(({ name, files, bytes }) => element("li", {},
    _("{name}: {n} Dateien, {size} MB", { name, n: files.length, size: megabytes(bytes) }))));
  if (message) status.textContent = message;
}

async function fetched(url) {
  const answer = await fetch(url, { cache: "no-cache", signal: stop.signal });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

async function take(address) {
  const url = new URL(address, location.href).href;
  const list = await fetched(url);
  const { files, version } = await list.clone().json();
  const coming = await caches.open(COMING);
  try {
    let done = 0;
    for (const file of files) {
      await coming.put(root + file, await fetched(root + file));
      done += 1;
      if (done % 10 === 0) part("progress").textContent = _("{done} von {all} Dateien", { done, all: files.length });
    }
    const cache = await caches.open(NAME);
    for (const request of await coming.keys()) await cache.put(request, await coming.match(request));
    // The list comes last: a pack is there when all its files are.
    await cache.put(url, list);
    if (version) await cache.put(`${root}offline-version`, new Response(version));
  } finally {
    await caches.delete(COMING);
    part("progress").textContent = "";
  }
}

async function start() {
  const button = part("take");
  button.disabled = true;
  stop = new AbortController();
  status.textContent = _("Einen Moment, die Seiten werden gespeichert …");
  try {
    await take(mount.dataset.pack);
    const area = part("area")?.value;
    if (area) await take(area);
    await navigator.serviceWorker.register(`${root}sw.js`, { scope: root, updateViaCache: "none" });
    await show(_("Fertig. Diese Seiten gehen jetzt auch ohne Netz."));
  } catch (error) {
    if (!stop.signal.aborted) {
      console.error(error);
      await show(_("Das hat nicht geklappt. Vielleicht ist das Netz zu schwach oder der Speicher voll."));
    }
  }
  button.disabled = false;
}

const empty = async () => Promise.all((await ours()).map((name) => caches.delete(name)));

// At once, and again when what is on its way has ended, or it would be there afterwards.
async function remove() {
  stop.abort();
  await empty();
  await going;
  await empty();
  const found = await navigator.serviceWorker.getRegistrations();
  await Promise.all(found.filter(({ scope }) => scope === root).map((one) => one.unregister()));
  await show(_("Alles ist von diesem Gerät gelöscht."));
  part("take").focus();
}

mount.hidden = false;
document.querySelector("[data-without-script]").remove();
if (able) {
  part("form").hidden = false;
  const area = part("area");
  const wanted = area && [...area.options].find((option) => `#${option.id}` === location.hash);
  if (wanted) area.value = wanted.value;
  part("take").addEventListener("click", () => { going = start().catch(console.error); });
  part("remove").addEventListener("click", remove);
  show();
} else {
  status.textContent = _("Ihr Browser kann diese Seiten nicht mitnehmen.");
}
