// A breath between two pieces of work, so that what somebody taps meanwhile is answered at once.
export const pause = () => new Promise((done) => setTimeout(done));
