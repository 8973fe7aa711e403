// Reads a page aloud by a voice that lies on the device: nothing goes anywhere, and without a voice there is no button.
// Pages for people in danger have none. Whoever leaves the page, or looks at something else, hears no more of it.
const button = document.querySelector("[data-aloud]");
const label = button?.lastElementChild.textContent;
const speech = window.speechSynthesis;
const LEFT_OUT = "nav, form, button, svg, script, .nr-actions, .nr-screen, .nr-chip, .nr-card, .nr-numbers, .nr-vh, "
  + "[hidden], details:not([open]) > :not(summary)";
let reading = [];

const tongue = (lang) => lang.toLowerCase().split(/[-_]/)[0];

function voiceOf(lang) {
  const there = speech.getVoices().filter((voice) => voice.localService && tongue(voice.lang) === tongue(lang));
  return there.find((voice) => voice.default) ?? there[0];
}

const inLine = (element) => /^(inline|contents)/.test(getComputedStyle(element).display);
const blockOf = (element) => inLine(element) ? blockOf(element.parentElement) : element;

// What stands in one block and one language is read in one breath; what no voice here can say is left out.
function utterances() {
  const pieces = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: element } = texts.currentNode, text = data.replace(/\u00ad/g, "").trim();
    if (!text || !element.offsetParent || element.closest(LEFT_OUT)) continue;
    const block = blockOf(element), { lang } = element.closest("[lang]"), last = pieces.at(-1);
    if (last?.block === block && last.lang === lang) last.text += ` ${text}`;
    else pieces.push({ block, lang, text });
  }
  const said = ({ text }, voice) => Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang });
  return pieces.filter(({ lang }) => voiceOf(lang)).map((piece) => said(piece, voiceOf(piece.lang)));
}

function show(now) {
  reading = now;
  button.lastElementChild.textContent = now.length ? button.dataset.aloud : label;
}

function silence() {
  if (!reading.length) return;
  show([]);
  speech.cancel();
}

function read() {
  show(utterances());
  for (const one of reading) {
    one.onend = () => one === reading.at(-1) && silence();
    speech.speak(one);
  }
}

if (button && speech) {
  speech.onvoiceschanged = () => { button.hidden = !voiceOf(document.documentElement.lang); };
  speech.onvoiceschanged(); // Many browsers find their voices later.
  button.addEventListener("click", () => reading.length ? silence() : read());
  window.addEventListener("pagehide", silence);
  document.addEventListener("visibilitychange", () => document.hidden && silence());
}
