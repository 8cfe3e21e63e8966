// Builds the app into ../static: app.js with what every page needs, a chunk for each view, the map library apart.
import { build } from "esbuild";
import { rm } from "node:fs/promises";

const out = "../static";
for (const old of ["app.js", "chunks"]) await rm(`${out}/${old}`, { recursive: true, force: true });
const shared = { bundle: true, minify: true, format: "esm", target: "es2020", charset: "utf8", legalComments: "none" };
await build({
  ...shared,
  entryPoints: { app: "src/main.ts" },
  outdir: out,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  loader: { ".json": "json" },
});
