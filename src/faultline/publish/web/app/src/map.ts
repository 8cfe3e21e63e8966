// Draws incidents, control and restrictions over the outlines of countries. The library holds the ground and the hand
// that moves it; what is known is drawn on a canvas above it, place by place, so that a hundred thousand incidents cost
// no more than their places.

import { Map as Ground, setWorkerUrl } from "maplibre-gl";
import type { Topology } from "topojson-specification";
import { lastDay, type Period } from "./brush";
import { bounds, style } from "./ground";
import { drawFronts, hulls } from "./fronts";
import { disc, projected, Stamps, type Look, type Projected } from "./pen";
import { dayNumber, fetchPoints, rowsOf, tally, type Points, type Spot, type Tally } from "./points";
import { Sheet } from "./sheet";

interface Strip {
  readonly name: string;
  readonly spot: Spot | null;
  readonly holder: readonly number[];
  readonly probability: readonly number[];
  readonly age: ReadonlyArray<number | null>;
}

interface InForce {
  readonly kind: string;
  readonly name: string;
  readonly spot: Spot | null;
  readonly first: number;
  readonly last: number | null;
  readonly confirmed: number | null;
}

interface Held {
  readonly months: readonly number[];
  readonly holders: readonly string[];
  readonly control: readonly Strip[];
  readonly restrictions: readonly InForce[];
}

type Words = Readonly<Record<string, string>>;
type Layer = "incidents" | "control" | "force" | "fronts";

const OLD = 182; // days after which control rests on old reports
const SILENT = 365; // days after which an open restriction is no longer drawn
// As many as .h-0 to .h-11 of the timeline, in the same order: two parties of one map share no colour.
const HOLDERS = ["control", "event", "relation", "threat", "talk", "quantity", "allegation", "assessment", "restriction", "ink", "moot", "prediction"];

class View {
  private readonly sheet: Sheet;
  private readonly shown: Record<Layer, boolean> = { incidents: true, control: true, force: true, fronts: false };
  private readonly colours: CSSStyleDeclaration;
  private readonly widest: readonly number[]; // places, the least finely known first
  private places: Projected | null = null; // until the ground moves
  private stamps = new Stamps(1);
  private read: Record<string, string> = {}; // colours of one drawing
  private period: readonly [number, number] | null = null;
  private counted: Tally;
  private waiting = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly ground: Ground,
    private readonly points: Points,
    private readonly held: Held,
    private readonly words: Words,
  ) {
    this.colours = getComputedStyle(document.documentElement);
    this.counted = tally(points, null);
    this.widest = points.spots.map((_, n) => n).sort((a, b) => points.spots[b]!.radius_km - points.spots[a]!.radius_km);
    this.sheet = new Sheet(ground);
    for (const what of ["move", "resize"] as const)
      ground.on(what, () => {
        this.places = null;
        this.sheet.moved();
        this.draw(); // in the frame of the ground
      });
    ground.on("idle", () => {
      this.sheet.rested();
      this.draw();
    });
    for (const input of box.querySelectorAll<HTMLInputElement>("[data-layer]"))
      input.addEventListener("change", () => {
        this.shown[input.dataset["layer"] as Layer] = input.checked;
        this.draw();
      });
    ground.on("mousemove", (event) => this.tell(this.near(event.point.x, event.point.y)));
    ground.on("mouseout", () => this.tell(-1));
    ground.on("click", (event) => this.open(this.near(event.point.x, event.point.y)));
    this.legend();
  }

  choose(period: readonly [number, number] | null): void {
    this.period = period;
    this.counted = tally(this.points, period);
    this.soon();
  }

  // At most one drawing a frame, however many moves the hand makes.
  private soon(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
      this.box.dispatchEvent(new CustomEvent("redrawn"));
    });
  }

  draw(): void {
    const { clientWidth: width, clientHeight: height } = this.ground.getContainer();
    const pen = this.sheet.pen();
    if (!pen) return;
    if (this.stamps.ratio !== this.sheet.ratio) this.stamps = new Stamps(this.sheet.ratio);
    this.read = {};
    const places = (this.places ??= projected(this.ground, this.points.spots));
    if (this.shown.fronts) drawFronts(pen, hulls(this.points.spots, this.counted, places), this.colour("--threat"));
    if (this.shown.control) this.control(pen, false);
    if (this.shown.incidents) this.incidents(pen, width, height);
    if (this.shown.force) this.force(pen);
    if (this.shown.control) this.control(pen, true);
  }

  private incidents(pen: CanvasRenderingContext2D, width: number, height: number): void {
    const places = (this.places ??= projected(this.ground, this.points.spots));
    const { spots } = this.points;
    const [event, paper] = [this.colour("--event"), this.colour("--paper")];
    const reach: Look = { name: "reach", fill: event, stroke: event, filled: 0.09, stroked: 0.55 };
    const dotted: Look = { name: "dot", fill: event, stroke: paper, filled: 0.72, stroked: 1 };
    const counts = this.counted.incidents;
    const order = this.widest.filter((n) => counts[n]! > 0 && inside(places, n, width, height));
    for (const n of order) {
      const radius = places.reach[n]!;
      if (spots[n]!.hull.length) this.region(pen, spots[n]!, event);
      else if (radius > MOST_STAMPED) disc(pen, places.x[n]!, places.y[n]!, radius, reach);
      else if (radius > dot(counts[n]!)) this.stamps.stamp(pen, places.x[n]!, places.y[n]!, radius, reach);
    }
    for (const n of order) {
      const [x, y] = [places.x[n]!, places.y[n]!];
      if (!spots[n]!.hull.length) this.stamps.stamp(pen, x, y, dot(counts[n]!), dotted);
      else {
        // a dot in the middle of a region would say where
        pen.font = "600 12px system-ui, sans-serif";
        const count = String(counts[n]!);
        this.label(pen, count, x - pen.measureText(count).width / 2, y + 4);
      }
    }
  }

  // The places known in a region.
  private region(pen: CanvasRenderingContext2D, spot: Spot, colour: string): void {
    this.outline(pen, spot.hull);
    pen.setLineDash([5, 4]);
    pen.globalAlpha = 0.04;
    pen.fillStyle = colour;
    pen.fill();
    pen.globalAlpha = 0.55;
    pen.lineWidth = 1;
    pen.strokeStyle = colour;
    pen.stroke();
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  outline(pen: CanvasRenderingContext2D, hull: ReadonlyArray<readonly [number, number]>): void {
    pen.beginPath();
    hull.forEach(([lon, lat], n) => {
      const { x, y } = this.ground.project([lon, lat]);
      if (n) pen.lineTo(x, y);
      else pen.moveTo(x, y);
    });
    pen.closePath();
  }

  // The squares lie under the incidents, the names above them.
  private control(pen: CanvasRenderingContext2D, names: boolean): void {
    const month = this.month();
    pen.font = "600 12px system-ui, sans-serif";
    for (const strip of this.held.control) {
      const holder = strip.holder[month] ?? -1;
      if (!strip.spot || holder < 0) continue;
      const [x, y] = this.at(strip.spot);
      if (names) {
        this.label(pen, strip.name, x + 16, y + 4);
        continue;
      }
      const age = strip.age[month] ?? null;
      pen.strokeStyle = pen.fillStyle = this.holder(holder);
      pen.globalAlpha = 0.15 + 0.8 * (strip.probability[month] ?? 0);
      pen.fillRect(x - 11, y - 11, 22, 22);
      pen.globalAlpha = 1;
      pen.lineWidth = 2;
      pen.setLineDash(age === null || age > OLD ? [3, 2] : []);
      pen.strokeRect(x - 11, y - 11, 22, 22);
      pen.setLineDash([]);
    }
  }

  private force(pen: CanvasRenderingContext2D): void {
    const day = this.day();
    pen.strokeStyle = this.colour("--restriction");
    pen.fillStyle = this.colour("--paper");
    pen.lineWidth = 2;
    for (const one of this.held.restrictions) {
      if (!one.spot?.drawn || one.first > day || until(one) < day) continue;
      const [x, y] = this.at(one.spot);
      pen.beginPath();
      pen.moveTo(x, y - 28);
      pen.lineTo(x + 8, y - 14);
      pen.lineTo(x - 8, y - 14);
      pen.closePath();
      pen.fill();
      pen.stroke();
    }
  }

  private label(pen: CanvasRenderingContext2D, text: string, x: number, y: number): void {
    pen.lineWidth = 3;
    pen.strokeStyle = this.colour("--paper");
    pen.strokeText(text, x, y);
    pen.fillStyle = this.colour("--ink");
    pen.fillText(text, x, y);
  }

  private near(x: number, y: number): number {
    let [best, least] = [-1, 24];
    const places = (this.places ??= projected(this.ground, this.points.spots));
    this.points.spots.forEach((_, n) => {
      if (!this.counted.incidents[n]) return;
      const apart = Math.hypot(places.x[n]! - x, places.y[n]! - y) - dot(this.counted.incidents[n]!);
      if (apart < least) [best, least] = [n, apart];
    });
    return best;
  }

  private tell(n: number): void {
    const tip = this.box.querySelector<HTMLElement>(".maptip");
    if (!tip) return;
    tip.hidden = n < 0;
    this.ground.getCanvasContainer().style.cursor = n < 0 ? "" : "pointer";
    if (n < 0) return;
    const spot = this.points.spots[n]!;
    const parts = [`${this.counted.incidents[n]} ${this.words["incidents"]}`];
    if (this.counted.killed[n]) parts.push(`${this.words["killed"]}: ${this.counted.killed[n]}`);
    if (this.counted.silent[n]) parts.push(`${this.words["silent"]}: ${this.counted.silent[n]}`);
    tip.textContent = `${spot.name} · ${parts.join(" · ")}${this.holds(spot)}`;
  }

  private holds(spot: Spot): string {
    const month = this.month();
    const strip = this.held.control.find((one) => one.spot?.id === spot.id);
    const holder = strip?.holder[month] ?? -1;
    if (!strip || holder < 0) return "";
    const age = strip.age[month];
    const old = age === null || age === undefined ? "" : `, ${(this.words["age"] ?? "").replace("{0}", String(age))}`;
    const sure = (strip.probability[month] ?? 0).toFixed(2);
    return ` · ${this.words["held"]} ${this.party(holder)} (${this.words["probability"]} ${sure}${old})`;
  }

  // A party has the name that the case gives it; that nobody holds a place is said in the language of the page.
  private party(holder: number): string {
    const name = this.held.holders[holder] ?? "";
    return this.words[name] ?? name;
  }

  private open(n: number): void {
    if (n < 0) return;
    const url = new URL(this.box.dataset["to"] ?? "/incidents", location.href);
    const now = new URL(location.href);
    for (const name of ["first_day", "last_day"]) {
      const day = now.searchParams.get(name);
      if (day) url.searchParams.set(name, day);
      else url.searchParams.delete(name);
    }
    url.searchParams.set("place", this.points.spots[n]!.id);
    location.assign(url);
  }

  private legend(): void {
    const place = document.querySelector("[data-maplegend]");
    const used = new Set(this.held.control.flatMap((strip) => strip.holder).filter((holder) => holder >= 0));
    for (const holder of [...used].sort((a, b) => a - b)) {
      const [key, square] = [document.createElement("span"), document.createElement("i")];
      square.style.background = this.holder(holder);
      key.append(square, this.party(holder));
      place?.append(key);
    }
    place?.append(this.words["outlines"] ?? "");
  }

  private day(): number {
    return this.period ? this.period[1] : (this.held.months.at(-1) ?? 0);
  }

  private month(): number {
    const day = this.day();
    const found = this.held.months.findIndex((end) => end >= day);
    return found < 0 ? this.held.months.length - 1 : found;
  }

  private at(spot: Spot): readonly [number, number] {
    const { x, y } = this.ground.project([spot.longitude, spot.latitude]);
    return [x, y];
  }

  private holder(n: number): string {
    return this.colour(`--${HOLDERS[n % HOLDERS.length]!}`);
  }

  private colour(name: string): string {
    return (this.read[name] ??= this.colours.getPropertyValue(name).trim());
  }
}

const MOST_STAMPED = 40; // pixels of a radius up to which a disc is stamped: a larger picture is no quicker to copy
const inside = (at: Projected, n: number, width: number, height: number): boolean => {
  const far = at.reach[n]! + 30;
  return at.x[n]! > -far && at.y[n]! > -far && at.x[n]! < width + far && at.y[n]! < height + far;
};
const dot = (incidents: number): number => Math.min(26, 2 + 1.6 * Math.sqrt(incidents));
const until = (one: InForce): number => one.last ?? (one.confirmed ?? one.first) + SILENT;

export async function map(box: HTMLElement): Promise<void> {
  const words = JSON.parse(box.dataset["words"] ?? "{}") as Words;
  const container = box.querySelector<HTMLElement>(".mapview");
  if (!container) return;
  try {
    const [points, held, world] = await Promise.all([
      fetchPoints(box.dataset["points"] ?? ""),
      rowsOf<Held>(box.dataset["ground"] ?? ""),
      fetch("/static/world.json").then((answer) => answer.json() as Promise<Topology>),
    ]);
    setWorkerUrl("/static/map-worker.js");
    const ground = new Ground({
      container,
      style: style(world),
      bounds: bounds(points),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fitBoundsOptions: { padding: 40, maxZoom: 9 },
    });
    ground.touchZoomRotate.disableRotation();
    reachable(container, ground);
    const view = new View(box, ground, points, held, words);
    for (const button of box.querySelectorAll<HTMLButtonElement>("[data-zoom]"))
      button.addEventListener("click", () => ground.zoomTo(ground.getZoom() + Number(button.dataset["zoom"])));
    listen(view);
    ground.once("idle", () => box.setAttribute("data-drawn", ""));
  } catch (error) {
    container.textContent = words["failed"] ?? String(error);
    box.setAttribute("data-failed", String(error));
  }
}

// One stop of the tabulator, on what hears the keys that move the ground: the ground's own canvas is hidden at rest.
function reachable(container: HTMLElement, ground: Ground): void {
  for (const name of ["role", "aria-label", "tabindex"]) {
    ground.getCanvasContainer().setAttribute(name, container.getAttribute(name) ?? "");
    container.removeAttribute(name);
  }
  ground.getCanvas().tabIndex = -1;
}

function listen(view: View): void {
  const asked = new URL(location.href).searchParams;
  const [from, to] = [asked.get("first_day"), asked.get("last_day")];
  if (from || to) view.choose([from ? dayNumber(from) : -(2 ** 29), to ? dayNumber(to) : 2 ** 29]);
  document.addEventListener("period", (event) => {
    const { first, last, whole } = (event as CustomEvent<Period>).detail;
    view.choose(whole ? null : [dayNumber(`${first}-01`), dayNumber(lastDay(last))]);
  });
}
