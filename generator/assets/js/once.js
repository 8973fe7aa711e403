// What was asked for once isn't asked for again, unless it could not be had.
const loaded = new Map();

export function once(key, make) {
  if (!loaded.has(key)) {
    const loading = make();
    loading.catch(() => loaded.delete(key));
    loaded.set(key, loading);
  }
  return loaded.get(key);
}
