// Enhances pages that already read as HTML. Invariant: texts go in as text nodes, addresses through URLSearchParams;
// nothing is ever parsed as markup.

import { brush } from "./brush";
import { reading } from "./reading";

for (const drawing of document.querySelectorAll<SVGSVGElement>("svg.lanes[data-months]")) brush(drawing);
for (const article of document.querySelectorAll<HTMLElement>(".reading")) reading(article);
