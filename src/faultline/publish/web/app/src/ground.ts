// The ground of the map: the outlines of countries in the colours of the page, and where to look first.

import type { StyleSpecification } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Points } from "./points";

export function bounds(points: Points): [number, number, number, number] {
  const drawn = points.spots.filter((spot) => spot.drawn);
  if (!drawn.length) return [-20, -20, 40, 40];
  const [lons, lats] = [drawn.map((spot) => spot.longitude), drawn.map((spot) => spot.latitude)];
  return [trimmed(lons, 0.02), trimmed(lats, 0.02), trimmed(lons, 0.98), trimmed(lats, 0.98)];
}

// A few places far away must not shrink the country to a dot: reach for them by hand.
function trimmed(values: number[], share: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const at = Math.round(share * (ordered.length - 1));
  return ordered[at]! + (share < 0.5 ? -0.4 : 0.4);
}

export function style(world: Topology): StyleSpecification {
  const countries = world.objects["countries"] as GeometryCollection;
  const colours = getComputedStyle(document.documentElement);
  const colour = (name: string): string => colours.getPropertyValue(name).trim();
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: feature(world, countries) },
      borders: { type: "geojson", data: mesh(world, countries) },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--paper") } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("--edge"), "line-width": 0.8 } },
    ],
  };
}
