// What the map draws on: a sheet above the ground while the ground moves; while it rests, one that holds the ground's picture
// too, and the ground is hidden. Invariant: both show the same. Where a page is composed in software, each layer as large as
// the map costs as much as all else on the page.

import type { Map as Ground } from "maplibre-gl";

export class Sheet {
  private readonly sheet = layer();
  private rest: ImageData | null = null; // the ground's picture. As a canvas it would be one of the graphics side

  constructor(private readonly ground: Ground) {
    ground.getCanvasContainer().append(this.sheet);
  }

  // Pixels of the screen for one of the page.
  get ratio(): number {
    return window.devicePixelRatio || 1;
  }

  // Of one drawing: nothing on it but the ground.
  pen(): CanvasRenderingContext2D | null {
    const ground = this.ground.getCanvas();
    ground.style.visibility = this.rest ? "hidden" : "";
    const pen = fitted(this.sheet, ground);
    if (this.rest) pen?.putImageData(this.rest, 0, 0);
    else pen?.clearRect(0, 0, ground.width, ground.height);
    pen?.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    return pen;
  }

  moved(): void {
    this.rest = null;
  }

  // Called while the ground's drawing is at hand: it is gone once the browser has shown it.
  rested(): void {
    const ground = this.ground.getCanvas();
    const pen = fitted(layer(), ground);
    pen?.drawImage(ground, 0, 0);
    this.rest = pen?.getImageData(0, 0, ground.width, ground.height) ?? null;
  }
}

function layer(): HTMLCanvasElement {
  const made = document.createElement("canvas");
  made.className = "maplayer";
  return made;
}

// A canvas in memory: where the page is drawn in software, one on the graphics side takes ten times as long.
function fitted(canvas: HTMLCanvasElement, like: HTMLCanvasElement): CanvasRenderingContext2D | null {
  if (canvas.width !== like.width || canvas.height !== like.height) [canvas.width, canvas.height] = [like.width, like.height];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen?.setTransform(1, 0, 0, 1, 0, 0);
  return pen;
}
