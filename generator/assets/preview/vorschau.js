// The version of the preview that is shown in; the page anew as soon as there is another one.
const shown = document.currentScript.dataset.version;

const ask = () => fetch(`/-/version?${shown}`, { cache: "no-store" })
  .then((answer) => answer.text())
  .then((now) => (now === shown ? ask() : location.reload()))
  .catch(() => setTimeout(ask, 2000));

ask();
