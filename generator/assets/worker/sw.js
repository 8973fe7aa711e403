// The service worker for use without a network. It exists only on devices whose owner asked for it (assets/js/offline.js
// fills the cache and registers it) and answers from the network first, so nobody reads old opening hours while online.
const VERSION = "%VERSION%"; // of the files that everybody who takes the site along has; new bytes here make browsers update
const SCOPE = self.registration.scope;
const NAME = `nahraum-offline ${new URL(SCOPE).pathname}`;
const STAMP = `${SCOPE}offline-version`;
const SLOW = 5000; // ms after which a page that was taken along is shown instead of waiting on

const bare = (url) => url.split(/[?#]/)[0];

async function refresh() {
  if (!(await caches.has(NAME))) return;
  const cache = await caches.open(NAME);
  const stamp = await cache.match(STAMP);
  if (stamp && (await stamp.text()) === VERSION) return;
  const packs = (await cache.keys()).map(({ url }) => url).filter((url) => /\/offline\.json$/.test(url) && !/\/sozialraeume\//.test(url));
  for (const pack of packs) {
    const answer = await fetch(pack, { cache: "no-cache" });
    if (!answer.ok) continue;
    await cache.put(pack, answer.clone());
    for (const file of (await answer.json()).files) {
      const fresh = await fetch(SCOPE + file, { cache: "no-cache" });
      if (fresh.ok) await cache.put(SCOPE + file, fresh);
    }
  }
  await cache.put(STAMP, new Response(VERSION));
}

async function fromNetwork(request, key, cache, kept) {
  const fresh = await fetch(request);
  if (kept && fresh.ok && fresh.type === "basic") await cache.put(key, fresh.clone());
  if (kept && fresh.status === 404) await cache.delete(key);
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
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), refresh().catch((error) => console.info("nahraum:", error.message))])));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(SCOPE)) event.respondWith(answer(event.request));
});
