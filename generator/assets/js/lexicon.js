/* The words of an index, found by how they are written, by parts, and through slips. */

import { oneEdit } from "./folding.js";
import { ENDING, FORM, PART } from "./weights.js";

const ENDINGS = /(?:innen|ten|est|en|ern|er|es|em|et|te|st|e|n|s|t|т|а|и|ы|lar|ler)$/;

/* Word forms, each with the group of its stem. */
export class Lexicon {
  constructor(forms, groups, spelling) {
    this.forms = forms;
    this.groups = groups;
    this.spelling = spelling;
    this.text = `\n${forms.join("\n")}\n`;
    this.starts = new Int32Array(forms.length);
    this.place = new Map();
    for (let i = 0, at = 1; i < forms.length; at += forms[i++].length + 1) {
      this.starts[i] = at;
      this.place.set(forms[i], i);
    }
  }

  at(position) {
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /* Forms that begin with a word, and such as hold it (`inside`). */
  within(word, found, factor, inside = true) {
    if (word.length > 1) {
      const from = `\n${word}`;
      for (let at = this.text.indexOf(from); at >= 0; at = this.text.indexOf(from, at + 1)) {
        const i = this.at(at + 1), { length } = this.forms[i];
        const close = length - word.length < ENDING && word.length > ENDING;
        found(i, factor * (close ? FORM : PART + (FORM - PART) * word.length / length));
      }
    }
    if (word.length < 3 || !inside) return;
    for (let at = this.text.indexOf(word, 1); at >= 0; at = this.text.indexOf(word, at + 1)) {
      const i = this.at(at), before = at - this.starts[i];
      if (before < 2) continue;
      const last = this.forms[i].length - before - word.length < ENDING;
      found(i, factor * (last ? PART : PART * PART));
    }
  }

  /* The word itself, and without an ending, which is handed out. */
  same(word, found) {
    const i = this.place.get(word);
    if (i !== undefined) found(i, 1);
    for (let length = word.length - 1; length > ENDING && length >= word.length - ENDING; length--) {
      const shorter = this.place.get(word.slice(0, length));
      if (shorter === undefined || word.slice(length).replace(ENDINGS, "")) continue;
      found(shorter, FORM);
      return this.forms[shorter];
    }
    return null;
  }

  /* What sounds alike: forschuss, Vorschuss. */
  alike(word) {
    if (!this.heard) {
      this.heard = new Map();
      for (const form of this.forms) if (form.length > 2) this.heard.set(sound(form), form);
    }
    const heard = sound(word);
    return heard.length > 2 ? this.heard.get(heard) : undefined; /* qqqqq is no KKG */
  }

  /* What sounds alike; else one slip of the finger, two in long words. */
  near(word, found) {
    const alike = this.alike(word), hits = [[], []];
    if (alike) return found(this.place.get(alike), PART);
    this.forms.forEach((form, i) => {
      const more = form.length - word.length, like = form[0] === word[0];
      if (form.length > 3 && more > -2 && more < 2 && oneEdit(word, form)) hits[0].push(i);
      else if (like && more > -3 && more < 3 && word.length > 7
        && (form[1] === word[1] || form[2] === word[1]) && edits(word, form) < 3) hits[1].push(i);
    });
    const best = hits.find((one) => one.length) ?? [];
    for (const i of best) found(i, PART);
  }

  /* Schuldenberatung is Schulden and Beratung. */
  parts(word, depth = 2) {
    for (let cut = word.length - 4; cut > 3; cut--) {
      const left = this.known(word.slice(0, cut));
      if (!left) continue;
      const rest = word.slice(cut);
      const right = this.known(rest) ? [rest] : depth && this.parts(rest, depth - 1);
      if (right) return [left, ...right];
    }
    return null;
  }

  /* Words, each followed by its parts. */
  withParts(words) {
    return words.flatMap((word) => [word, ...this.parts(word) ?? []]);
  }

  /* The longest known beginning and end of a word: Ferienprogramm. */
  pieces(word) {
    let start = null, end = null;
    for (let length = word.length - 1; !start && length >= Math.max(4, word.length / 3); length--) {
      const piece = word.slice(0, length);
      if (this.known(piece) || length > 4 && this.begins(piece, word)) start = piece;
    }
    for (let length = word.length - 3; !end && length >= Math.max(5, word.length / 3); length--) {
      end = this.known(word.slice(-length));
    }
    return [start, end];
  }

  /* Whether other words begin with a piece of this one. */
  begins(piece, word) {
    const from = `\n${piece}`;
    let at = this.text.indexOf(from);
    while (at >= 0 && this.text.startsWith(word, at + 1)) at = this.text.indexOf(from, at + 1);
    return at >= 0;
  }

  /* The long word of which it is a slip. */
  slip(word) {
    return word.length > 8 && !/\d/.test(word) ? this.forms.find((form) => oneEdit(word, form)) : null;
  }

  known(word) {
    if (this.place.has(word)) return word;
    const bare = word.replace(/(?:es|en|s|n)$/, "");
    return bare.length > 3 && this.place.has(bare) ? bare : null;
  }
}

/* Many write what they hear. */
const SOUNDS = [[/j/g, "i"], [/sch/g, "ß"], [/ch/g, "x"], [/ph|v/g, "f"], [/ck|c|q/g, "k"], [/t[sz]/g, "z"],
  [/dt|th|d$/g, "t"], [/b/g, "p"], [/d/g, "t"], [/g/g, "k"], [/y|ie/g, "i"], [/(.)h/g, "$1"], [/(.)\1+/g, "$1"]];
export const sound = (word) => SOUNDS.reduce((heard, [from, to]) => heard.replace(from, to), word);

function edits(a, b) {
  let last = null, row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (last && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], last[j - 2] + 1);
    }
    last = row;
    row = next;
  }
  return row[b.length];
}
