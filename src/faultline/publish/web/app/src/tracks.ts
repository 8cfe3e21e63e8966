// Redraws the tracks of the timeline for a period: their drawings count in days, so that only the window moves, and the
// years or months over them with it.

import { lastDay, type Period } from "./brush";
import { dayNumber } from "./points";

const SVG = "http://www.w3.org/2000/svg";
const MOST = 12; // marks; axis.py does the same for the page as it comes
const MONTHS = 36; // from so many months on years are marked

export function tracks(box: HTMLElement): void {
  const drawings = [...box.querySelectorAll<SVGSVGElement>("svg.bars")];
  const axes = [...box.querySelectorAll<SVGSVGElement>("svg.axis-ticks")];
  const whole = drawings[0]?.getAttribute("viewBox") ?? "";
  const marked = axes.map((axis) => [...axis.childNodes]);
  document.addEventListener("period", (event) => {
    const { first, last, whole: all } = (event as CustomEvent<Period>).detail;
    const from = dayNumber(`${first}-01`);
    const width = dayNumber(lastDay(last)) - from + 1;
    for (const drawing of drawings) drawing.setAttribute("viewBox", all ? whole : `${from} 0 ${width} 20`);
    axes.forEach((axis, n) => axis.replaceChildren(...(all ? marked[n]! : marks(first, last, from, width))));
    box.dispatchEvent(new CustomEvent("redrawn"));
  });
}

function marks(first: string, last: string, from: number, width: number): SVGElement[] {
  const [begin, end] = [index(first), index(last)];
  const byYear = end - begin + 1 > MONTHS;
  const found: number[] = [];
  for (let month = begin; month <= end; month += 1) if (!byYear || month % 12 === 0) found.push(month);
  const step = Math.ceil(found.length / MOST) || 1;
  return found.filter((_, n) => n % step === 0).flatMap((month) => mark(month, byYear, from, width));
}

function mark(month: number, byYear: boolean, from: number, width: number): SVGElement[] {
  const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
  const day = new Date(Date.UTC(year, number - 1, 1));
  const at = `${((100 * (dayNumber(day.toISOString().slice(0, 10)) - from)) / width).toFixed(2)}%`;
  const line = made("line", { x1: at, x2: at, y1: "0", y2: "16" });
  const text = made("text", { x: at, y: "12", dx: "3" });
  const named = { month: "short", year: "numeric", timeZone: "UTC" } as const;
  text.textContent = byYear ? String(year) : day.toLocaleDateString(document.documentElement.lang, named);
  return [line, text];
}

function made(name: string, given: Readonly<Record<string, string>>): SVGElement {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) one.setAttribute(key, value);
  return one;
}

function index(month: string): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return year * 12 + number - 1;
}
