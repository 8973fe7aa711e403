// Cyrillic words, and such typed in Latin letters for want of others, in; how both are heard out: „муж“ and „muzh“ are one.
// What is written in several ways (я: ya, ja, ia) becomes the same, so letters are lost; nothing of it is shown.

const LETTERS = {
  а: "a", б: "b", в: "v", г: "g", ґ: "g", д: "d", е: "e", є: "e", ё: "e", э: "e", ж: "z", з: "z", и: "i", й: "i", і: "i", ї: "i", ы: "i", к: "k", л: "l", м: "m", н: "n", о: "o",
  п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "c", ч: "c", ш: "w", щ: "w", ь: "", ъ: "", ю: "iu", я: "ia",
};
const TYPED = [[/['’`]/g, ""], [/w/g, "v"], [/shch|sch|sh/g, "w"], [/ch|ts|tz/g, "c"], [/zh/g, "z"], [/kh|x/g, "h"], [/[yj]/g, "i"], [/io/g, "e"]];
const BOTH = [[/ie/g, "e"], [/(\p{L})\1+/gu, "$1"]];

const changed = (text, changes) => changes.reduce((sum, [from, to]) => sum.replace(from, to), text);

export const heard = (text) => changed(/\p{Script=Cyrillic}/u.test(text) ? text.replace(/\p{Script=Cyrillic}/gu, (letter) => LETTERS[letter] ?? "") : changed(text, TYPED), BOTH);
