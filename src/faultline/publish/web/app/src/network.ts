// Draws who is tied to whom: nodes pushed apart, ties by kind. The place of a node means nothing; the layout starts from
// the order of the list and holds no chance, so that two visits look alike.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { lastDay, type Period } from "./brush";

interface Tie {
  readonly actor: string;
  readonly actor_name: string;
  readonly kind: string;
  readonly other: string;
  readonly other_name: string;
  readonly days: { readonly first_day: string | null; readonly last_day: string | null };
}

interface Node extends SimulationNodeDatum {
  readonly id: string;
  readonly name: string;
  ties: number;
}

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [1100, 620];
const MOST = 60; // nodes; those with most ties stay

export async function network(box: HTMLElement): Promise<void> {
  const drawing = box.querySelector("svg");
  const answer = await fetch(box.dataset["ties"] ?? "");
  if (!drawing || !answer.ok) return;
  const { rows } = (await answer.json()) as { rows: Tie[] };
  const nodes = nodesOf(rows);
  const kept = rows.filter((tie) => nodes.has(tie.actor) && nodes.has(tie.other));
  settle([...nodes.values()], kept);
  const lines = kept.map((tie) => draw(drawing, tie, nodes));
  const names = [...nodes.values()].map((node) => label(box, node));
  drawing.append(...names);
  makeRoom(names);
  document.addEventListener("period", (event) => {
    const { first, last, whole } = (event as CustomEvent<Period>).detail;
    kept.forEach((tie, n) => {
      const over = (tie.days.last_day ?? "9999") < `${first}-01` || (tie.days.first_day ?? "") > lastDay(last);
      lines[n]!.classList.toggle("out", !whole && over);
    });
  });
  box.setAttribute("data-drawn", "");
}

function nodesOf(ties: readonly Tie[]): Map<string, Node> {
  const found = new Map<string, Node>();
  const count = (id: string, name: string): void => {
    const node = found.get(id) ?? { id, name, ties: 0 };
    node.ties += 1;
    found.set(id, node);
  };
  for (const tie of ties) {
    count(tie.actor, tie.actor_name);
    count(tie.other, tie.other_name);
  }
  const ranked = [...found.values()].sort((a, b) => b.ties - a.ties || a.id.localeCompare(b.id));
  return new Map(ranked.slice(0, MOST).map((node) => [node.id, node]));
}

function settle(nodes: Node[], ties: readonly Tie[]): void {
  const links = ties.map((tie) => ({ source: tie.actor, target: tie.other }));
  forceSimulation(nodes)
    .force("link", forceLink<Node, { source: string | Node; target: string | Node }>(links).id((node) => node.id).distance(70))
    .force("apart", forceManyBody().strength(-420))
    .force("room", forceCollide(34))
    .force("x", forceX(WIDTH / 2).strength(0.06))
    .force("y", forceY(HEIGHT / 2).strength(0.11))
    .stop()
    .tick(300);
  for (const node of nodes) {
    node.x = Math.min(WIDTH - 175, Math.max(20, node.x ?? 0));
    node.y = Math.min(HEIGHT - 14, Math.max(14, node.y ?? 0));
  }
}

function draw(drawing: Element, tie: Tie, nodes: ReadonlyMap<string, Node>): SVGLineElement {
  const line = document.createElementNS(SVG, "line");
  const [from, to] = [nodes.get(tie.actor)!, nodes.get(tie.other)!];
  const ends: Record<string, number | undefined> = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  for (const [name, value] of Object.entries(ends)) line.setAttribute(name, (value ?? 0).toFixed(1));
  line.setAttribute("class", `tie t-${tie.kind}`);
  const title = document.createElementNS(SVG, "title");
  title.textContent = `${tie.actor_name}: ${tie.kind} → ${tie.other_name}`;
  line.append(title);
  drawing.append(line);
  return line;
}

function label(box: HTMLElement, node: Node): SVGAElement {
  const to = new URL(box.dataset["to"] ?? "/actors", location.href);
  to.pathname += `/${encodeURIComponent(node.id)}`;
  const link = document.createElementNS(SVG, "a");
  link.setAttribute("href", to.pathname + to.search);
  const dot = document.createElementNS(SVG, "circle");
  const at: Record<string, number> = { cx: node.x ?? 0, cy: node.y ?? 0, r: 3 + Math.sqrt(node.ties) };
  for (const [name, value] of Object.entries(at)) dot.setAttribute(name, value.toFixed(1));
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("x", ((node.x ?? 0) + 9).toFixed(1));
  text.setAttribute("y", ((node.y ?? 0) + 4).toFixed(1));
  text.textContent = node.name.length > 26 ? `${node.name.slice(0, 25)}…` : node.name;
  const title = document.createElementNS(SVG, "title");
  title.textContent = node.name;
  link.append(title, dot, text);
  return link;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Puts each name beside, over or under its dot, those with most ties first; one that finds no room shows when pointed at. */
function makeRoom(names: readonly SVGAElement[]): void {
  const dots = names.map((name) => name.querySelector("circle")!.getBBox());
  const taken: Box[] = [];
  names.forEach((name, n) => {
    const text = name.querySelector("text")!;
    const own = dots[n]!;
    const at = text.getBBox();
    const free = places(own, at).find((spot) => inside(spot) && ![...taken, ...dots].some((one) => one !== own && meet(one, spot)));
    if (free) {
      taken.push(free);
      text.setAttribute("x", free.x.toFixed(1));
      text.setAttribute("y", (free.y + Number(text.getAttribute("y")) - at.y).toFixed(1));
    }
    name.classList.toggle("spare", !free);
  });
}

function places(dot: Box, { width, height }: Box): Box[] {
  const [middle, beside] = [dot.x + (dot.width - width) / 2, dot.y + (dot.height - height) / 2];
  return [
    { x: dot.x + dot.width + 3, y: beside, width, height },
    { x: dot.x - width - 3, y: beside, width, height },
    { x: middle, y: dot.y - height - 1, width, height },
    { x: middle, y: dot.y + dot.height + 1, width, height },
  ];
}

function inside({ x, y, width, height }: Box): boolean {
  return x >= 0 && y >= 0 && x + width <= WIDTH && y + height <= HEIGHT;
}

function meet(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height
  );
}
