// A breath between two pieces of work, so that what somebody taps meanwhile is answered at once.
export const pause = () => new Promise((done) => setTimeout(done));

const LONG = 25; // ms of work after which others have their turn

// For work that yields: a breath where the last one is long ago.
export function breathing() {
  let begun = performance.now();
  return function* () {
    if (performance.now() - begun < LONG) return;
    yield;
    begun = performance.now();
  };
}

// Does work that yields.
export async function inPieces(work) {
  for (const _ of work) await pause();
}
