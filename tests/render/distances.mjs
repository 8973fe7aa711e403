/* Runs what cards say of distances: from metres to texts. `cards.js` looks for the page's words and its language. */
globalThis.window = { addEventListener() {} };
globalThis.document = { getElementById: () => null, querySelectorAll: () => [], addEventListener() {}, documentElement: { lang: "de" } };
const { onFootText } = await import("./cards.js");

export const start = () => (metres) => metres.map(onFootText);
