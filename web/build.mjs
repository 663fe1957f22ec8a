// Writes the page into api/supportable_api/web: index.html, which is looked up anew at each visit, and assets/, whose
// names hold a digest of their content, so that a browser may keep them for good.
//
//   node build.mjs                 into the package
//   node build.mjs --into FOLDER   somewhere else; a test compares that with what the package holds
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const asked = process.argv.indexOf("--into");
const into = asked > 0 ? resolve(process.argv[asked + 1]) : join(here, "../api/supportable_api/web");
const assets = join(into, "assets");

await rm(into, { recursive: true, force: true });
await mkdir(assets, { recursive: true });

const made = await build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.tsx", style: "src/styles/page.css" },
  outdir: assets,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".woff2": "file" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const outputs = Object.entries(made.metafile.outputs).map(([path, of]) => [relative(into, join(here, path)), of]);
const named = (entry) => outputs.find(([, of]) => of.entryPoint === entry)[0];
const script = named("src/main.tsx");

// What the first view needs is asked for at once, not link by link: what main imports, and the editor's chunk.
const eager = new Set();
const follow = (path) => {
  const of = outputs.find(([name]) => name === path)?.[1];
  for (const { path: next, kind } of of?.imports ?? []) {
    const name = relative(into, join(here, next));
    if (kind === "import-statement" && !eager.has(name)) {
      eager.add(name);
      follow(name);
    }
  }
};
follow(script);
const editor = outputs.find(([, of]) => of.entryPoint === "src/workbench/editor.ts");
if (editor) {
  eager.add(editor[0]);
  follow(editor[0]);
}

const icon = await readFile(join(here, "src/icon.svg"));
const iconName = `assets/icon-${createHash("sha256").update(icon).digest("hex").slice(0, 8).toUpperCase()}.svg`;
await writeFile(join(into, iconName), icon);

const page = (await readFile(join(here, "src/index.html"), "utf8"))
  .replace("{{icon}}", iconName)
  .replace("{{style}}", named("src/styles/page.css"))
  .replace("{{script}}", script)
  .replace("{{preload}}", [...eager].sort().map((name) => `<link rel="modulepreload" href="${name}">`).join("\n  "));
await writeFile(join(into, "index.html"), page);
await writeFile(join(into, "LICENSES.txt"), await licences());

// What is bundled asks that its licence go with it.
async function licences() {
  const packages = new Set();
  for (const path of Object.keys(made.metafile.inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) packages.add(found[1]);
  }
  const texts = [];
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? await readFile(join(folder, file), "utf8") : `${about.license}\n`;
    texts.push(`${name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}
