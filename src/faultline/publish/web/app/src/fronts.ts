// Draws fronts: the places of a period that lie together, inside the hull of their points on the screen. A front of one or
// two places is a ring or a capsule around them, for two points have no area.

import type { Projected } from "./pen";
import type { Spot, Tally } from "./points";

type Point = readonly [number, number];
const MARGIN = 16; // pixels around the outermost places

export function hulls(spots: readonly Spot[], counted: Tally, at: Projected): Point[][] {
  const fronts = new Map<number, Point[]>();
  spots.forEach((spot, n) => {
    const front = spot.front ?? -1;
    if (front < 0 || !counted.incidents[n]) return;
    fronts.set(front, [...(fronts.get(front) ?? []), [at.x[n]!, at.y[n]!]]);
  });
  return [...fronts.values()].map(hull);
}

// A thick round line around the hull without its inside: the outline keeps its distance from every place.
export function drawFronts(pen: CanvasRenderingContext2D, found: readonly Point[][], colour: string): void {
  const layer = document.createElement("canvas");
  [layer.width, layer.height] = [pen.canvas.width, pen.canvas.height];
  const over = layer.getContext("2d", { willReadFrequently: true });
  if (!over) return;
  over.setTransform(pen.getTransform());
  over.lineJoin = over.lineCap = "round";
  for (const [width, style] of [[2 * MARGIN + 3, colour], [2 * MARGIN, "#000"]] as const) {
    over.globalCompositeOperation = width > 2 * MARGIN ? "source-over" : "destination-out";
    over.strokeStyle = over.fillStyle = style;
    over.lineWidth = width;
    for (const points of found) trace(over, points);
  }
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.globalAlpha = 0.9;
  pen.drawImage(layer, 0, 0);
  pen.restore();
}

function trace(pen: CanvasRenderingContext2D, points: readonly Point[]): void {
  pen.beginPath();
  points.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  if (points.length === 1) pen.lineTo(points[0]![0] + 0.01, points[0]![1]);
  pen.closePath();
  pen.fill();
  pen.stroke();
}

// Andrew 1979, doi 10.1016/0020-0190(79)90072-3.
function hull(points: readonly Point[]): Point[] {
  const ordered = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (ordered.length < 3) return ordered;
  return [...chain(ordered), ...chain(ordered.reverse())];
}

function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length > 1 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
