// Turns a period and the bars in it into a line of counts with two links: read the sentences, look closer.

export interface Bar {
  readonly month: string;
  readonly kind: string;
  readonly count: number;
}

export interface Period {
  first: number;
  last: number;
}

export interface Reading {
  readonly form: HTMLFormElement;
  readonly readout: HTMLElement;
  readonly bars: readonly Bar[];
  readonly months: readonly string[];
  readonly period: Period;
}

export function readOut(seen: Reading): void {
  const first = seen.months[seen.period.first] ?? "";
  const last = seen.months[seen.period.last] ?? "";
  const byKind = new Map<string, number>();
  let total = 0;
  for (const bar of seen.bars) {
    if (bar.month < first || bar.month > last) continue;
    total += bar.count;
    byKind.set(bar.kind, (byKind.get(bar.kind) ?? 0) + bar.count);
  }
  const days = { first_day: `${first}-01`, last_day: lastDay(last) };
  for (const [name, value] of Object.entries(days)) {
    const field = seen.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  const parts = [...byKind].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${kind} ${count.toLocaleString("en")}`);
  seen.readout.replaceChildren(
    element("strong", first === last ? first : `${first} to ${last}`),
    link(`Read ${total.toLocaleString("en")} ${total === 1 ? "claim" : "claims"}`, asked(seen.form, "/claims")),
    link("Look closer", asked(seen.form, seen.form.getAttribute("action") ?? "/timeline")),
    element("span", parts.join(", ")),
  );
}

function asked(form: HTMLFormElement, path: string): string {
  const question = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) question.append(name, value);
  return `${path}?${question}`;
}

function lastDay(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year ?? 1, number ?? 1, 0)).toISOString().slice(0, 10);
}

function element(tag: "strong" | "span", text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function link(text: string, to: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.textContent = text;
  made.href = to;
  return made;
}
