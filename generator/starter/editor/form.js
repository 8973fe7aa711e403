// Geschrieben von „nahraum schema --cms“: wie das Formular Einträge liest und schreibt. Jeder Wert bleibt der Text, der dasteht (01067, yes, 3.50).
const ONE_TEXT = <<one_text>>; // was zwei Formen hat, ist im Formular ein Text: „kostenlos“ oder {amount: 3.50}
const FAILSAFE = { schema: jsyaml.FAILSAFE_SCHEMA };

const isEmpty = (value) => value === "" || value === null || value === undefined;

function inOneLine(value) {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([name, inner]) => `${name}: ${inOneLine(inner)}`).join(", ")}}`;
  return /^[\w.ÄÖÜäöüß€-][\w. ÄÖÜäöüß€-]*$/.test(value) ? value : JSON.stringify(value);
}

function asWritten(text) {
  if (!/^[[{]/.test(text)) return text;
  try {
    return jsyaml.load(text, FAILSAFE);
  } catch (error) {
    if (error instanceof jsyaml.YAMLException) return text; // „nahraum check“ erklärt es
    throw error;
  }
}

function changed(record, change) {
  for (const path of ONE_TEXT) {
    const holder = path.slice(0, -1).reduce((group, name) => group?.[name], record);
    const name = path.at(-1);
    if (!isEmpty(holder?.[name])) holder[name] = change(holder[name]);
  }
  return record;
}

// 3.1.2027 takes a browser for the first of March.
function withDates(value) {
  if (typeof value === "string") return value.replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, (_, day, month, year) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  if (Array.isArray(value)) return value.map(withDates);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withDates(inner)]));
}

function fromFile(text) {
  const record = withDates(jsyaml.load(text, FAILSAFE));
  if (record.for === "all") record.for = ["all"];
  return changed(record, (value) => (typeof value === "string" ? value : inOneLine(value)));
}

function toFile(form) {
  const record = JSON.parse(JSON.stringify(form, (_, value) => (isEmpty(value) ? undefined : value)));
  if (record.for?.includes("all")) record.for = "all";
  return jsyaml.dump(changed(record, asWritten), { ...FAILSAFE, lineWidth: -1, noRefs: true });
}

// Its own words Sveltia asks of another host, again and again where that is forbidden: they lie beside this file.
const elsewhere = window.fetch;
const WORDS = /^https:\/\/unpkg\.com\/.*\/locales\/.*\.json$/;
window.fetch = (address, options) => elsewhere(WORDS.test(address) ? "de.json" : address, options);

// Stands before Sveltia's script, so that this is heard before Sveltia begins.
addEventListener("DOMContentLoaded", () => CMS.registerCustomFormat("nahraum", "yml", { fromFile, toFile }));
