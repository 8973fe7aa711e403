/* Written text in, words in the one spelling under which a search compares them out. generator/search/word_forms.py
   does the same when the index is built; tests/search/vectors.json holds the two together. */

const APOSTROPHES = /['’‘ʼ`´′]/g;
const LETTERS = {
  "ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ",
  "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const GERMAN = { "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d",
  "æ": "ae", "œ": "oe" };

export function fold(text) {
  text = text.replace(APOSTROPHES, "");
  if (!/^[\x00-\x7f]*$/.test(text)) text = text.normalize("NFKD");
  text = text.toLowerCase().replace(/(^|[^aeq\u0308])ue/g, "$1u").replace(/([ao])e/g, "$1");
  if (/^[a-z0-9 ]*$/.test(text)) return text;
  return text.replace(LETTER, (letter) => LETTERS[letter]).replace(/\p{Mn}/gu, "");
}

export function words(text) {
  return text.replace(APOSTROPHES, "").normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) || [];
}

export function slug(text) {
  return text.normalize("NFC").toLowerCase().replace(/[äöüßıłøđæœ]/g, (letter) => GERMAN[letter])
    .normalize("NFKD").replace(/\p{Mn}/gu, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/* One letter more, less, other, or two neighbours exchanged (Damerau 1964). */
export function oneEdit(a, b) {
  if (a.length > b.length) [a, b] = [b, a];
  if (b.length - a.length > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (a.length < b.length) return a.slice(i) === b.slice(i + 1);
  if (a.slice(i + 1) === b.slice(i + 1)) return true;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}

/* Every first one of a flat list of pairs. */
export const idsIn = (pairs) => pairs.filter((_, at) => at % 2 === 0);
