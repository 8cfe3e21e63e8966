// Enhances pages that already read as HTML. Invariant: texts go in as text nodes, addresses through URL; nothing is
// ever parsed as markup.

import { brush } from "./brush";
import { reading } from "./reading";
import { review } from "./review";
import { tracks } from "./tracks";
import { trustWorker } from "./trusted";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-brush]")) brush(form);
for (const article of document.querySelectorAll<HTMLElement>(".reading")) reading(article);
for (const question of document.querySelectorAll<HTMLElement>("[data-review]")) review(question);
for (const one of document.querySelectorAll<HTMLElement>("[data-tracks]")) tracks(one);

const box = document.querySelector<HTMLElement>("[data-map]");
if (box) {
  trustWorker();
  void import("./map").then(({ map }) => map(box));
}
// Work that is not done: look again. Without this script a page does the same by itself.
// Whoever goes elsewhere meanwhile is not called back.
if (document.querySelector("[data-again]")) {
  const again = setTimeout(() => location.reload(), 2000);
  addEventListener("beforeunload", () => clearTimeout(again));
}

const net = document.querySelector<HTMLElement>("[data-network]");
if (net) void import("./network").then(({ network }) => network(net));
