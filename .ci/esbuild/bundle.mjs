// Makes what browsers load of the scripts: a file for each kind of pages, what several of these share, and what comes later.
// In (JSON): the folder of the sources, and by file the families of pages that load it, each with the scripts that it runs, in order.
// Out (JSON): texts by file name. Ends with an error where a page would run a module twice, or where a file takes from another what that hasn't.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const TARGET = ["chrome100", "firefox100", "ios15.4", "safari15.4"]; // docs/browsers.md
// These load later what needs modules that they have already: such modules stand in files of their own. Every other file is whole.
const SHARING = new Set(["home.js", "directory.js", "people.js"]);
const SHARED = {
  "find.js": ["words.js", "element.js", "storage.js", "back.js", "exit.js", "hours.js", "open.js", "loading.js", "folding.js", "weights.js", "ages.js", "age_text.js", "verdicts.js", "when.js", "facets.js", "lexicon.js", "spoken.js", "query.js", "ranking.js", "matching.js", "answer.js", "danger_box.js", "pause.js", "elsewhere.js"],
  "found.js": ["once.js", "bits.js", "cards.js", "offers.js"],
  "danger.js": ["danger.js"],
  "later.js": ["said.js", "topic_model.js"],
  "address.js": ["address.js", "position.js"],
  "case.js": ["case_desk.js"],
  "map.js": ["map-frame.js", "directory-map.js"],
};
const WHOLE = new Set(["map.js"]); // what whole files load later
// What a page may run twice: each run keeps nothing, or nothing that another needs.
const TWICE = new Set(["age_text.js", "words.js", "element.js", "storage.js", "combobox.js", "controls.js", "copying.js", "download.js", "once.js", "pause.js", "shape.js"]);
const OPTIONS = {
  banner: { js: "/* Nahraum, EUPL-1.2 */" },
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
  metafile: true,
  minify: true,
  nodePaths: [join(import.meta.dirname, "node_modules")],
  target: TARGET,
  write: false,
};

const { folder, bundles } = JSON.parse(readFileSync(0, "utf-8"));
const holders = new Map(Object.entries(SHARED).flatMap(([file, names]) => names.map((name) => [name, file])));

// Says for each import whether another file holds the module. A whole file takes only from others what comes later.
function byFile(file, whole) {
  return {
    name: "by file",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\// }, ({ path, kind }) => {
        const name = path.slice(2);
        const holder = whole && kind !== "dynamic-import" ? file : (holders.get(name) ?? file);
        return holder === file ? { path: join(folder, name) } : { path: `./${holder}`, external: true };
      });
    },
  };
}

const made = {};

async function make(file, contents, whole, format = "esm") {
  const stdin = { contents, resolveDir: folder, sourcefile: "-" };
  const { metafile, outputFiles } = await build({ ...OPTIONS, absWorkingDir: folder, format, stdin, plugins: [byFile(file, whole)] });
  const [{ exports, imports }] = Object.values(metafile.outputs);
  const modules = Object.keys(metafile.inputs).filter((name) => name !== "-");
  made[file] = { text: outputFiles[0].text, exports, imports: imports.map(({ path }) => path), modules };
}

// A page runs the scripts of its family alone: of the others in its file nothing begins.
// What it shares begins as it is loaded.
function running(families, whole) {
  const own = (scripts) => scripts.filter((name) => whole || !holders.has(name));
  const runs = Object.entries(families).map(([family, scripts]) =>
    `"${family}": () => { ${own(scripts).map((name) => `require("./${name}");`).join(" ")} }`);
  return `({ ${runs.join(", ")} })[document.documentElement.dataset.nrFamily]();`;
}

const giving = (names) => names.map((name) => `export * from "./${name}";`).join("\n");

await make("site.js", 'import "./site.js";', true, "iife");
for (const [file, families] of Object.entries(bundles)) await make(file, running(families, !SHARING.has(file)), !SHARING.has(file));
for (const [file, names] of Object.entries(SHARED)) await make(file, giving(names), WHOLE.has(file));

function reached(file, found = new Set()) {
  found.add(file);
  for (const path of made[file].imports) {
    const name = path.replace("./", "");
    if (name in made && !found.has(name)) reached(name, found);
  }
  return found;
}

for (const page of Object.keys(bundles)) {
  const modules = [...reached(page)].flatMap((file) => made[file].modules).filter((name) => !TWICE.has(name));
  const twice = modules.filter((name, place) => modules.indexOf(name) !== place);
  if (twice.length) throw new Error(`${page} runs twice: ${twice}`);
}

for (const [file, { text }] of Object.entries(made)) {
  for (const [, names, from] of text.matchAll(/import\{([^}]*)\}from"\.\/([\w-]+\.js)"/g)) {
    const missing = names.split(",").map((name) => name.split(" as ")[0]).filter((name) => !made[from].exports.includes(name));
    if (missing.length) throw new Error(`${file} takes from ${from} what that hasn't: ${missing}`);
  }
}

process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(made).map(([file, { text }]) => [file, text]))));
