// Builds the app into ../static: app.js with what every page needs, a chunk for each view, the map library apart with
// its worker, and the outlines of countries.
import { build } from "esbuild";
import { copyFile, rm } from "node:fs/promises";

const out = "../static";
for (const old of ["app.js", "chunks"]) await rm(`${out}/${old}`, { recursive: true, force: true });
const shared = { bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none" };
await build({
  ...shared,
  entryPoints: { app: "src/main.ts", maplibre: "maplibre-gl" },
  outdir: out,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
});
await build({
  ...shared,
  entryPoints: { "map-worker": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs" },
  outdir: out,
});
await copyFile("node_modules/world-atlas/countries-50m.json", `${out}/world.json`);
