// Enhances pages that already read as HTML. Invariant: texts go in as text nodes, addresses through URL; nothing is
// ever parsed as markup.

import { brush } from "./brush";
import { reading } from "./reading";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-brush]")) brush(form);
for (const article of document.querySelectorAll<HTMLElement>(".reading")) reading(article);
