// Makes what browsers load of the scripts: the scripts of a page as one file, what several of these files share, and parts that come later.
// In (JSON): the folder of the sources, and for the file of each page the scripts that it runs, in order. Out (JSON): texts by file name.
// Ends with an error where a page would run a module twice, or where a file takes from another what that hasn't.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const TARGET = ["chrome100", "firefox100", "ios15.4", "safari15.4"]; // docs/browsers.md
// A page with one of these loads parts later that need modules which it has already: these modules stand in files of their own.
// The file of every other page is whole.
const SHARING = new Set(["case.js", "directory.js", "finder.js", "search.js", "who.js"]);
const SHARED = {
  "core.js": ["words.js", "element.js", "storage.js", "back.js", "hours.js", "open.js"],
  "find.js": ["loading.js", "folding.js", "weights.js", "ages.js", "facets.js", "lexicon.js", "spoken.js", "query.js", "ranking.js", "matching.js", "danger_box.js", "pause.js", "elsewhere.js"],
  "found.js": ["once.js", "bits.js", "cards.js", "offers.js"],
};
const WHOLE = new Set(["map-frame.js"]); // parts that whole pages load later
// What a page may run twice: each run keeps nothing, or nothing that another needs.
const TWICE = new Set(["words.js", "element.js", "storage.js", "combobox.js", "controls.js", "copying.js", "download.js", "once.js", "shape.js"]);
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

const { folder, pages } = JSON.parse(readFileSync(0, "utf-8"));
const sources = readdirSync(folder).filter((name) => name.endsWith(".js"));
const holders = new Map(Object.entries(SHARED).flatMap(([file, names]) => names.map((name) => [name, file])));
for (const source of sources) {
  for (const [, name] of readFileSync(join(folder, source), "utf-8").matchAll(/import\("\.\/([\w-]+\.js)"\)/g)) {
    if (!holders.has(name)) holders.set(name, name);
  }
}

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

const running = (names) => names.map((name) => `import "./${name}";`).join("\n");
const giving = (names) => names.map((name) => `export * from "./${name}";`).join("\n");

await make("site.js", running(["site.js"]), true, "iife");
for (const [file, scripts] of Object.entries(pages)) await make(file, running(scripts), !scripts.some((name) => SHARING.has(name)));
for (const [file, names] of Object.entries(SHARED)) await make(file, giving(names), false);
for (const [name, holder] of holders) if (name === holder) await make(name, giving([name]), WHOLE.has(name));

function reached(file, found = new Set()) {
  found.add(file);
  for (const path of made[file].imports) {
    const name = path.replace("./", "");
    if (name in made && !found.has(name)) reached(name, found);
  }
  return found;
}

for (const page of Object.keys(pages)) {
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
