// Words in, how they sound out: Arabic, Persian, Ukrainian and Russian phrases are heard in Latin letters too, as both are brought to the same
// few letters, of Arabic ones the consonants alone. What people write in several ways (kh/7/h, ch/sh, v/w) is one letter.

// What is written, and for what it stands; in this order, and what isn't named stays.
const table = (text) => text.split(" ").map((pair) => pair.split("="));
const ARABIC = table("ب=b پ=b ت=t ط=t ث=t ج=j چ=C ح=h ه=h خ=X د=d ذ=d ض=d ظ=d ر=r ز=z ژ=j س=s ص=s ش=C غ=G ف=f ق=k ك=k گ=k ل=l م=m ن=n");
const CHAT = table("tch=C sch=C ch=C sh=C kh=X gh=G th=t dh=d dj=j zh=j 5=X 8=G 7=h 6=t 9=k p=b q=k c=k x=X");
const CYRILLIC = table("а=a б=b в=v г=h ґ=h д=d е=e є=ie ж=z з=z и=i і=i ы=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=c ч=c ш=s щ=s э=e ю=iu я=ia");
const TYPED = table("shch=s sch=s sh=s zh=z kh=h ch=c ts=c tz=c x=h w=v g=h j=i y=i");

const spelled = (text, letters) => letters.reduce((said, [from, to]) => said.replaceAll(from, to), text);
const once = (text) => text.replace(/([^ ])\1+/g, "$1");
// Only consonants, and a long i that ends a word: „jozi“ and „jeddi“ tell who.
const consonants = (text) => once(text.replace(/h\b/g, "").replace(/[iy]\b/g, "I").replace(/[^a-zA-Z ]|[aeiouvwy]/g, ""));
const vowels = (text) => once(text.replace(/[^a-z ]/g, "").replace(/ie/g, "e").replace(/io/g, "o"));

export const READINGS = [
  { script: /[а-яєіїґ]/, own: (text) => vowels(spelled(text, CYRILLIC)), typed: (text) => vowels(spelled(text, TYPED)) },
];
