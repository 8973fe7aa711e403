// The switch that ends use without a network: browsers that have a service worker of this site fetch this file in its
// place, and it removes what was kept and itself. It stays on the server, because some come back only after months.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const kept = `nahraum-offline ${new URL(self.registration.scope).pathname}`;
  await Promise.all((await caches.keys()).filter((name) => name === kept || name.startsWith(`${kept} `)).map((name) => caches.delete(name)));
  await self.registration.unregister();
})()));
