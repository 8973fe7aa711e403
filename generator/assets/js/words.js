// The words of scripts: a German text in, the text in the page's language out, with its values put in.
// The page carries the translations in a data block; a German page has none and needs none.
const block = globalThis.document?.getElementById("nr-words"); // tests in Node have none
const words = block ? JSON.parse(block.textContent) : {};

export function _(message, values = {}) {
  return (words[message] ?? message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
