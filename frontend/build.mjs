// Builds what the pages load, with hashed names, and the manifest that the template tags read.
// Needs only what package-lock.json pins; writes nothing outside static/built.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const source = resolve(here, "../src/groundplan");
const target = join(source, "web/static/built");
// Built aside and put in place whole, so that a server never finds half of it.
const built = join(here, `node_modules/.built-${process.pid}`);
const palette = JSON.parse(await readFile(join(source, "charts/palette.json"), "utf8"));

// The palette is one JSON file for pages, charts and slides; Sass sees it as a module.
const paletteModule = {
  canonicalize: (address) => (address === "palette" ? new URL("palette:") : null),
  load: () => {
    const map = (theme) =>
      Object.entries(palette[theme]).map(([name, value]) => `"${name}": ${value}`).join(", ");
    return { contents: `$light: (${map("light")});\n$dark: (${map("dark")});`, syntax: "scss" };
  },
};

function style(file) {
  const path = join(here, "styles", file);
  const options = {
    url: pathToFileURL(path),
    importers: [paletteModule],
    loadPaths: [join(here, "styles"), join(here, "node_modules")],
    // Bootstrap 5 is written with the older module system; its warnings are not ours to mend.
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  };
  return sass.compile(path, options).css;
}

const sassPlugin = {
  name: "sass",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      contents: style(path.slice(join(here, "styles").length + 1)),
      loader: "css",
      resolveDir: here,
    }));
  },
};

const islands = (await readdir(join(here, "islands"))).filter((name) => /^[a-z]+\.ts$/.test(name));
const sheets = (await readdir(join(here, "styles"))).filter((name) => /^[a-z]+\.scss$/.test(name));
await mkdir(built, { recursive: true });
const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: [
    ...islands.map((name) => `islands/${name}`),
    ...sheets.map((name) => `styles/${name}`),
  ],
  outdir: built,
  outbase: here,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "shared-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16.4"],
  minify: true,
  legalComments: "linked",
  loader: { ".woff2": "file" },
  metafile: true,
  plugins: [sassPlugin],
  logLevel: "warning",
});

const files = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (!output.entryPoint) continue;
  const name = output.entryPoint.replace(/^.*\//, "").replace(/\.scss$/, ".css").replace(/\.ts$/, ".js");
  files[name] = path.replace(/^.*\//, "");
}

const mark = await readFile(join(here, "mark.svg"));
files["mark.svg"] = `mark-${createHash("sha256").update(mark).digest("hex").slice(0, 8)}.svg`;
await writeFile(join(built, files["mark.svg"]), mark);

const icons = {};
for (const name of JSON.parse(await readFile(join(here, "icons.json"), "utf8"))) {
  const file = join(here, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  const shapes = (await readFile(file, "utf8")).match(/<(?:path|circle|rect|line)\b[^>]*>/g) ?? [];
  icons[name] = shapes
    .filter((shape) => !shape.includes('stroke="none"'))
    .map((shape) => shape.replace(/\s*\/>$/, "/>"))
    .join("");
}
await writeFile(join(built, "icons.json"), JSON.stringify(icons));

for (const name of await readdir(built)) {
  if (!/\.(?:css|js|svg)$/.test(name)) continue;
  const content = await readFile(join(built, name));
  await writeFile(join(built, `${name}.gz`), gzipSync(content, { level: 9 }));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await writeFile(join(built, `${name}.br`), brotliCompressSync(content, quality));
}
await writeFile(join(built, "manifest.json"), `${JSON.stringify(files, null, 2)}\n`);

const old = `${built}-old`;
await mkdir(target, { recursive: true });
await rename(target, old);
await rename(built, target);
await rm(old, { recursive: true });
