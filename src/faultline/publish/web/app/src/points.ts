// Columns of incidents as the server sends them, and what of them a period holds. Invariant: an incident of unknown day
// falls in no period; one that may have fallen in it counts.

export interface Spot {
  readonly id: string;
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly radius_km: number;
  readonly drawn: boolean;
  readonly hull: ReadonlyArray<readonly [number, number]>;
  readonly front?: number; // -1: on none
}

export interface Points {
  readonly spots: readonly Spot[];
  readonly place: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly killed: Int32Array; // -1: no figure
}

interface Sent {
  readonly spots: readonly Spot[];
  readonly places: readonly number[];
  readonly first: ReadonlyArray<number | null>;
  readonly last: ReadonlyArray<number | null>;
  readonly killed: ReadonlyArray<number | null>;
}

export interface Tally {
  readonly incidents: Int32Array; // by spot
  readonly killed: Int32Array;
  readonly silent: Int32Array; // incidents without a figure
  unplaced: number;
}

const EVER = 2 ** 30;

export async function rowsOf<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const { rows } = (await answer.json()) as { rows: T[] };
  const [row] = rows;
  if (row === undefined) throw new Error(`${address}: no row`);
  return row;
}

export async function fetchPoints(address: string): Promise<Points> {
  const sent = await rowsOf<Sent>(address);
  const unknown = (n: number): boolean => sent.first[n] === null && sent.last[n] === null;
  return {
    spots: sent.spots,
    place: Int32Array.from(sent.places),
    first: Int32Array.from(sent.first, (day, n) => (unknown(n) ? EVER : (day ?? -EVER))),
    last: Int32Array.from(sent.last, (day, n) => (unknown(n) ? -EVER : (day ?? EVER))),
    killed: Int32Array.from(sent.killed, (count) => count ?? -1),
  };
}

// Both ends are inclusive days since 1970; null for all incidents, those of unknown day included.
export function tally(points: Points, period: readonly [number, number] | null): Tally {
  const size = points.spots.length;
  const found = { incidents: new Int32Array(size), killed: new Int32Array(size), silent: new Int32Array(size), unplaced: 0 };
  const { place, first, last, killed } = points;
  const [low, high] = period ?? [-EVER, EVER];
  for (let n = 0; n < place.length; n += 1) {
    if (period && (first[n]! > high || last[n]! < low)) continue;
    const at = place[n]!;
    if (at < 0 || !points.spots[at]!.drawn) {
      found.unplaced += 1;
      continue;
    }
    found.incidents[at]! += 1;
    if (killed[n]! < 0) found.silent[at]! += 1;
    else found.killed[at]! += killed[n]!;
  }
  return found;
}

export function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}
