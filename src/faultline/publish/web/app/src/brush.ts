// Turns a drag over the lanes, or arrow keys on its two handles, into a period: what it holds, and the way to its
// sentences. Both ends are inclusive months.

import { readOut, type Period } from "./readout";

const SVG = "http://www.w3.org/2000/svg";
const SLACK = 4; // drawing units that a click may wander before it is a drag

interface Scale {
  readonly months: readonly string[];
  readonly left: number;
  readonly step: number;
  readonly height: number;
}

export function brush(drawing: SVGSVGElement): void {
  const scale = scaleOf(drawing);
  const form = document.querySelector<HTMLFormElement>("form[data-period]");
  const readout = document.querySelector<HTMLElement>("[data-readout]");
  if (!form || !readout || scale.months.length < 2) return;
  drawing.setAttribute("role", "group"); // it now holds two sliders
  const period: Period = { first: 0, last: scale.months.length - 1 };
  const band = make(drawing, "rect", "brush", scale.height);
  const handles = [make(drawing, "rect", "handle", scale.height), make(drawing, "rect", "handle", scale.height)] as const;

  const put = (): void => {
    const from = scale.left + period.first * scale.step;
    const to = scale.left + (period.last + 1) * scale.step;
    place(band, from, to - from);
    band.classList.toggle("whole", period.first === 0 && period.last === scale.months.length - 1);
    place(handles[0], from - 3, 5);
    place(handles[1], to - 2, 5);
    label(handles[0], "First month", scale, period.first);
    label(handles[1], "Last month", scale, period.last);
  };
  const draw = (): void => {
    put();
    readOut({ form, readout, months: scale.months, period });
  };
  handles[0].addEventListener("keydown", (event) => {
    period.first = moved(event, period.first, 0, period.last);
    draw();
  });
  handles[1].addEventListener("keydown", (event) => {
    period.last = moved(event, period.last, period.first, scale.months.length - 1);
    draw();
  });
  onDrag(drawing, (from, to) => {
    const [a, b] = [monthAt(scale, from), monthAt(scale, to)];
    [period.first, period.last] = a <= b ? [a, b] : [b, a];
    draw();
  });
  put();
}

function onDrag(drawing: SVGSVGElement, select: (from: number, to: number) => void): void {
  let from: number | null = null;
  let dragged = false;
  const at = (event: PointerEvent): number => {
    const box = drawing.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * drawing.viewBox.baseVal.width;
  };
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button === 0) [from, dragged] = [at(event), false];
  });
  window.addEventListener("pointermove", (event) => {
    if (from === null || Math.abs(at(event) - from) < SLACK) return;
    dragged = true;
    select(from, at(event));
  });
  window.addEventListener("pointerup", () => {
    from = null;
    setTimeout(() => (dragged = false)); // after the click that ends a drag
  });
  // A drag that begins or ends on a bar must not follow its link, nor drag the link itself.
  drawing.addEventListener("click", (event) => dragged && event.preventDefault());
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
}

function moved(event: KeyboardEvent, at: number, low: number, high: number): number {
  const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -12, PageUp: 12, Home: -1e6, End: 1e6 };
  const step = by[event.key];
  if (step === undefined) return at;
  event.preventDefault();
  return Math.min(high, Math.max(low, at + step));
}

function scaleOf(drawing: SVGSVGElement): Scale {
  const { months = "", left = "0", step = "1" } = drawing.dataset;
  const height = drawing.viewBox.baseVal.height;
  return { months: months.split(" ").filter(Boolean), left: Number(left), step: Number(step), height };
}

function monthAt(scale: Scale, x: number): number {
  const found = Math.floor((x - scale.left) / scale.step);
  return Math.min(scale.months.length - 1, Math.max(0, found));
}

function make(drawing: SVGSVGElement, tag: "rect", name: string, height: number): SVGRectElement {
  const element = document.createElementNS(SVG, tag);
  element.setAttribute("class", name);
  element.setAttribute("height", String(height));
  drawing.append(element);
  return element;
}

function place(element: SVGRectElement, x: number, width: number): void {
  element.setAttribute("x", x.toFixed(1));
  element.setAttribute("width", Math.max(1, width).toFixed(1));
}

function label(handle: SVGRectElement, name: string, scale: Scale, at: number): void {
  const said: Record<string, string> = {
    role: "slider",
    tabindex: "0",
    "aria-label": name,
    "aria-valuemin": "0",
    "aria-valuemax": String(scale.months.length - 1),
    "aria-valuenow": String(at),
    "aria-valuetext": scale.months[at] ?? "",
  };
  for (const [attribute, value] of Object.entries(said)) handle.setAttribute(attribute, value);
}
