// Scripts on stdin ({name: text}), what the lowest browsers don't know of them out: [[name, line, what]].
//
// Syntax is read by acorn, in the edition of ECMAScript that those browsers nearly have; what is called, made and selected is looked up in MDN's
// tables. A name is let pass that any object has had long enough, or that scripts give to something of their own.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(new URL("../../.ci/browsers/package.json", import.meta.url));
const acorn = require("acorn");
const tables = require("@mdn/browser-compat-data");

const LOWEST = { chrome: 100, chrome_android: 100, firefox: 100, safari: 15.4, safari_ios: 15.4 };
const EDITION = 2022; // Safari 15.4 lacks two things of it
const LOOKBEHIND = /\(\?<[=!]/;
const SELECTING = new Set(["querySelector", "querySelectorAll", "matches", "closest"]);

// --- tables ---------------------------------------------------------------------------------------------------------------------------

const number = (version) => Number.parseFloat(String(version).replace("≤", ""));

function hasSince(statement, lowest) {
  const plain = statement.version_added && !statement.flags && !statement.prefix && !statement.alternative_name;
  return plain && number(statement.version_added) <= lowest && !(number(statement.version_removed) <= lowest);
}

function everywhere({ support }) {
  return Object.entries(LOWEST).every(([browser, lowest]) => [support[browser] ?? []].flat().some((statement) => hasSince(statement, lowest)));
}

// By name whether any object that has it has had it long enough.
const known = new Map();
function learn(branch) {
  for (const [key, entry] of Object.entries(branch)) {
    const name = key.replace(/_static$/, "");
    if (key === "__compat" || name.includes("_")) continue;
    if (entry.__compat) known.set(name, known.get(name) || everywhere(entry.__compat));
    learn(entry);
  }
}
learn(tables.api);
learn(tables.javascript.builtins);

// --- scripts --------------------------------------------------------------------------------------------------------------------------

function* nodes(node) {
  if (Array.isArray(node)) for (const one of node) yield* nodes(one);
  if (!node?.type) return;
  yield node;
  for (const key of Object.keys(node)) if (key !== "loc") yield* nodes(node[key]);
}

const NAMING = { MethodDefinition: "key", PropertyDefinition: "key", Property: "key", FunctionDeclaration: "id", ClassDeclaration: "id", VariableDeclarator: "id", ImportSpecifier: "local" };
const namesOf = (tree) => [...nodes(tree)].map((node) => node[NAMING[node.type]]?.name).filter(Boolean);

function* selectors({ arguments: [asked] }) {
  for (const { value } of nodes(asked)) {
    for (const [, name] of String(value?.cooked ?? value ?? "").matchAll(/:{1,2}([a-z-]+)/g)) {
      const entry = tables.css.selectors[name];
      if (!entry || !everywhere(entry.__compat)) yield `:${name}`;
    }
  }
}

function* called(node, own) {
  const name = node.callee.property?.name ?? node.callee.name;
  if (known.get(name) === false && !own.has(name)) yield name;
  if (SELECTING.has(name)) yield* selectors(node);
}

const FOUND = {
  StaticBlock: () => ["static block"],
  Literal: ({ regex, value }) => LOOKBEHIND.test(regex?.pattern ?? value) ? ["lookbehind"] : [],
  TemplateElement: ({ value }) => LOOKBEHIND.test(value.raw) ? ["lookbehind"] : [],
  CallExpression: called,
  NewExpression: called,
};

const read = (script) => {
  try {
    return { tree: acorn.parse(script, { ecmaVersion: EDITION, locations: true, sourceType: "module" }), found: [] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { tree: null, found: [[error.loc.line, error.message]] };
  }
};

const scripts = Object.entries(JSON.parse(await text(process.stdin))).map(([name, script]) => ({ name, ...read(script) }));
const own = new Set(scripts.flatMap(({ tree }) => namesOf(tree)));
for (const { tree, found } of scripts) {
  for (const node of nodes(tree)) for (const what of FOUND[node.type]?.(node, own) ?? []) found.push([node.loc.start.line, what]);
}
console.log(JSON.stringify(scripts.flatMap(({ name, found }) => found.map((one) => [name, ...one]))));
