// The service worker for use without a network. It exists only on devices whose owner asked for it (assets/js/offline.js
// fills the cache and registers it) and answers from the network first, so nobody reads old opening hours while online.
const VERSION = "%VERSION%"; // of the files that everybody who takes the site along has; new bytes here make browsers update
const SCOPE = self.registration.scope;
const NAME = `nahraum-offline ${new URL(SCOPE).pathname}`;
const STAMP = `${SCOPE}offline-version`;
const COMING = `${NAME} ${VERSION}`; // the files of this version until all are there; an older version stays whole meanwhile
const SLOW = 5000; // ms after which a page that was taken along is shown instead of waiting on
const SCRIPTS = /\/(?:skripte|suche)-[0-9a-f]{16}\//; // folders whose names change with what is in them

const bare = (url) => url.split(/[?#]/)[0];
const version = async (cache) => (await cache.match(STAMP))?.text();

// Fetches what isn't there yet, so the next try goes on where this one broke off.
async function keep(cache, url) {
  const there = await cache.match(url);
  if (there) return there;
  const fresh = await fetch(url, { cache: "no-cache" });
  if (!fresh.ok) throw new Error(`${url}: ${fresh.status}`);
  await cache.put(url, fresh.clone());
  return fresh;
}

// The files of the first packs, which belong to a version and change with it, all at once.
const firstPacks = async (cache) => (await cache.keys()).map(({ url }) => url).filter((url) => /\/offline\.json$/.test(url) && !/\/sozialraeume\//.test(url));
async function ofVersion(cache) {
  const files = new Set();
  for (const pack of await firstPacks(cache)) for (const file of (await (await cache.match(pack)).json()).files) files.add(SCOPE + file);
  return files;
}

async function refresh() {
  for (const name of await caches.keys()) if (name.startsWith(`${NAME} `) && name !== COMING) await caches.delete(name);
  if (!(await caches.has(NAME))) return;
  const cache = await caches.open(NAME);
  if ((await version(cache)) === VERSION) return;
  const coming = await caches.open(COMING);
  if ((await version(coming)) !== VERSION) {
    for (const pack of await firstPacks(cache)) for (const file of (await (await keep(coming, pack)).json()).files) await keep(coming, SCOPE + file);
    await coming.put(STAMP, new Response(VERSION));
  }
  const before = await ofVersion(cache);
  // Everything is here: from now on a kill only means that the rest is put in place at the next start. Whoever has removed
  // everything meanwhile has removed this cache too, and what is put into it is nowhere.
  for (const request of await coming.keys()) if (request.url !== STAMP) await cache.put(request, await coming.match(request));
  await cache.put(STAMP, new Response(VERSION));
  await dropScripts(cache, before);
  await caches.delete(COMING);
}

// Scripts stay for the pages of this version and of the one before: that of an area may still be its.
async function dropScripts(cache, before) {
  const now = await ofVersion(cache);
  for (const { url } of await cache.keys()) if (SCRIPTS.test(url) && !before.has(url) && !now.has(url)) await cache.delete(url);
}

// Once for each start of the worker, and browsers stop it soon after its last page.
let tried = null;
const tryOnce = () => (tried ??= refresh().catch(async (error) => {
  console.info("nahraum:", error.message);
  if (!(await caches.has(NAME))) await caches.delete(COMING);
}));

// A page of an area is renewed when it is visited, past what the browser itself keeps. Styles never are: the browser may
// still hold an old one under an address with an old `?v=`.
async function fromNetwork(request, key, cache, kept) {
  if (!kept || request.mode !== "navigate" || (await ofVersion(cache)).has(key)) return fetch(request);
  const fresh = await fetch(request, { cache: "no-cache" });
  if (fresh.ok && fresh.type === "basic") await cache.put(key, fresh.clone());
  if (fresh.status === 404) await cache.delete(key);
  return fresh;
}

// A page that isn't there gets the one that says what is, in the language of its tree.
async function instead(cache, key) {
  const first = key.slice(SCOPE.length).split("/")[0];
  return (await cache.match(`${SCOPE}${first}/offline/`)) ?? (await cache.match(`${SCOPE}offline/`)) ?? (await cache.keys().then(async (all) => {
    const other = all.find(({ url }) => url.endsWith("/offline/"));
    return other && cache.match(other);
  })) ?? Response.error();
}

async function answer(request) {
  const key = bare(request.url);
  const cache = await caches.open(NAME);
  const kept = await cache.match(key);
  if (!kept && request.mode !== "navigate") return fetch(request);
  // A script that is kept belongs to the page that asks for it, also where the server has it no more.
  if (kept && SCRIPTS.test(key)) return kept;
  const asked = fromNetwork(request, key, cache, kept);
  try {
    if (!kept) return await asked;
    const late = new Promise((done) => setTimeout(done, SLOW, null));
    return (await Promise.race([asked, late])) ?? kept;
  } catch (error) {
    console.info("nahraum: no network", error.name);
    return kept ?? instead(cache, key);
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), tryOnce()])));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.waitUntil(tryOnce());
  if (event.request.method === "GET" && event.request.url.startsWith(SCOPE)) event.respondWith(answer(event.request));
});
