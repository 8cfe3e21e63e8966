// What the map draws with: places projected once for each position of the ground, and dots stamped from small pictures.
// Invariant: a move of the brush projects nothing and reads no style.

import type { Map as Ground } from "maplibre-gl";
import type { Spot } from "./points";

export interface Projected {
  readonly x: Float32Array; // pixels from the left of the canvas
  readonly y: Float32Array;
  readonly reach: Float32Array; // pixels of the radius within which a place is known
}

export function projected(ground: Ground, spots: readonly Spot[]): Projected {
  const found = { x: new Float32Array(spots.length), y: new Float32Array(spots.length), reach: new Float32Array(spots.length) };
  spots.forEach((spot, n) => {
    const at = ground.project([spot.longitude, spot.latitude]);
    const north = ground.project([spot.longitude, Math.min(85, spot.latitude + spot.radius_km / 111.2)]);
    [found.x[n], found.y[n], found.reach[n]] = [at.x, at.y, Math.max(2, Math.abs(north.y - at.y))];
  });
  return found;
}

// Pictures of discs by their radius in half pixels: to stamp one costs a tenth of drawing an arc. A picture lies on whole
// pixels of the screen, where it is copied without being sampled anew.
export class Stamps {
  private readonly made = new Map<string, ImageBitmap>();

  constructor(readonly ratio: number) {} // pixels of the screen for one of the page

  stamp(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, look: Look): void {
    const size = Math.max(1, Math.round(radius * 2)) / 2;
    const picture = this.picture(size, look);
    const [half, side] = [picture.width / 2, picture.width / this.ratio];
    const whole = (at: number): number => Math.round(at * this.ratio - half) / this.ratio;
    pen.drawImage(picture, whole(x), whole(y), side, side);
  }

  private picture(radius: number, look: Look): ImageBitmap {
    const key = `${look.name} ${radius}`;
    const known = this.made.get(key);
    if (known) return known;
    const side = Math.ceil(2 * (radius + 2) * this.ratio);
    const canvas = new OffscreenCanvas(side, side);
    const pen = canvas.getContext("2d", { willReadFrequently: true })!;
    pen.scale(this.ratio, this.ratio);
    disc(pen, side / this.ratio / 2, side / this.ratio / 2, radius, look);
    const made = canvas.transferToImageBitmap();
    this.made.set(key, made);
    return made;
  }
}

export interface Look {
  readonly name: string;
  readonly fill: string;
  readonly stroke: string;
  readonly filled: number; // opacity
  readonly stroked: number;
}

export function disc(pen: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, x: number, y: number, radius: number, look: Look): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.globalAlpha = look.filled;
  pen.fillStyle = look.fill;
  pen.fill();
  pen.globalAlpha = look.stroked;
  pen.lineWidth = 1;
  pen.strokeStyle = look.stroke;
  pen.stroke();
  pen.globalAlpha = 1;
}
