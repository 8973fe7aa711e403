// A word in Arabic or Cyrillic letters in, how it is typed in Latin ones out („zawji“, „jozi“, „zhena“): each letter in
// the ways named, and after Arabic ones the short vowels that Arabic doesn't write. Digits stand for letters that Latin
// lacks: 3, 7, 5, 2, 9, 6, 8.

const ways = (text) => Object.fromEntries(text.split(" ").map((letter) => [letter[0], letter.slice(2).split(",")]));
const ARABIC = ways("ا=a,e,i,2 ب=b,p ت=t ث=th,t,s ج=j,g,dj ح=h,7 خ=kh,5,x,7 د=d ذ=d,z,th ر=r ز=z س=s ش=sh,ch ص=s,9 "
  + "ض=d,9 ط=t,6 ظ=z,d,th ع=3,a,e,i, غ=gh,8,g ف=f,v ق=q,9,2,k,g ك=k,c ل=l م=m ن=n ه=h, و=w,o,u,v ي=y,i,e,2");
const CYRILLIC = ways("а=a б=b в=v,w г=g,h ґ=g д=d е=e,ye,je,ie,yo,jo,io є=e,ye,je,ie,yie ж=zh,j,z з=z и=i,y,j "
  + "і=i ы=y,i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh,h,x ц=ts,c ч=ch,c ш=sh,s щ=sh,shch,sch "
  + "э=e ю=yu,ju,iu,u я=ya,ja,ia");
const SHORT = "(?:[aeiou]|ou|ee|ei|ay)?";
const ARTICLE = "(?:[wbfl]?[aei]?l ?)?"; // el, bil, wal …, joined or apart, before every word
const BEFORE = "[abefiklmntuwy]{0,3}"; // what a * stands for: bi-, kay-, tat-
const AFTER = "[aeiou]{0,2}(?:(?:n|h|m|k|t|w|y|sh|ch)[aeiou]{0,2}){0,2}"; // and -ni, -hom, -ouha, -atch
const ENDING = "[a-z]*";

const lettersOf = (said) => /[\u0621-\u064a]/.test(said) ? ARABIC : CYRILLIC;
const withoutArticle = (word) => word.replace(/^ال(?=..)/, "");

// The ways of all typed letters: where they don't stand in their order it doesn't sound so, which is quicker to see.
export function waysOf(said) {
  return [...said.split(" ").map(withoutArticle).join("")].map((letter) => lettersOf(said)[letter])
    .filter((ways) => ways && !ways.includes(""));
}

export function inOrder(all, text) {
  let at = 0;
  return all.every((ways) => {
    at = Math.min(...ways.map((way) => text.includes(way, at) ? text.indexOf(way, at) + way.length : Infinity));
    return at < Infinity;
  });
}

export function sound(said) {
  const spelling = lettersOf(said) === ARABIC ? said.split(" ").map(arabic).join(" ") : spelled(said, CYRILLIC, ENDING);
  return new RegExp(` ${spelling}(?= )`);
}

function arabic(word) {
  const bare = withoutArticle(word);
  return (bare.startsWith("*") ? BEFORE : ARTICLE) + spelled(bare.replace(/^[*]/, ""), ARABIC, AFTER, SHORT);
}

function spelled(said, letters, rest, after = "") {
  const signs = { "*": rest, " ": " " };
  const written = (letter) => letter in letters ? `(?:${letters[letter].join("|")}){1,2}${after}` : "";
  return [...said].map((letter) => signs[letter] ?? written(letter)).join("");
}
