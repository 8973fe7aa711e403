// What the browser keeps for a site or a tab. It can be forbidden, or full: then nothing comes back.
export function stored(kind, work) {
  try {
    return work(window[kind]);
  } catch (error) {
    console.info("nahraum: no storage", error.name);
    return null;
  }
}
