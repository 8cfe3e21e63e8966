// Turns a period into a line: how many claims lie inside it, by kind, and two links: read them, look closer. The
// numbers come from the API, so that they equal the list behind the link.

export interface Period {
  first: number;
  last: number;
}

export interface Reading {
  readonly form: HTMLFormElement;
  readonly readout: HTMLElement;
  readonly months: readonly string[];
  readonly period: Period;
}

interface Counted {
  readonly value: string;
  readonly claims: number;
}

const PAUSE = 150; // milliseconds without a movement before the numbers are asked for
let waiting: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;

export function readOut(seen: Reading): void {
  const first = seen.months[seen.period.first] ?? "";
  const last = seen.months[seen.period.last] ?? "";
  fill(seen.form, { first_day: `${first}-01`, last_day: lastDay(last) });
  const within = asked(seen.form, { within: "1" });
  const read = link("Read the claims", `/claims?${within}`);
  const numbers = element("span", "…");
  seen.readout.replaceChildren(
    element("strong", first === last ? first : `${first} to ${last}`),
    read,
    link("Look closer", `${seen.form.getAttribute("action") ?? "/timeline"}?${asked(seen.form, {})}`),
    numbers,
  );
  clearTimeout(waiting);
  asking?.abort();
  waiting = setTimeout(() => void count(within, read, numbers), PAUSE);
}

async function count(question: string, read: HTMLElement, numbers: HTMLElement): Promise<void> {
  asking = new AbortController();
  try {
    const answer = await fetch(`/api/counts?by=kind&${question}`, { signal: asking.signal });
    const { rows } = (await answer.json()) as { rows: Counted[] };
    const total = rows.reduce((sum, row) => sum + row.claims, 0);
    read.textContent = `Read ${total.toLocaleString("en")} ${total === 1 ? "claim" : "claims"}`;
    numbers.textContent = rows.map((row) => `${row.value} ${row.claims.toLocaleString("en")}`).join(", ");
  } catch {
    numbers.textContent = ""; // moved on, or the server is gone: the links still say where to look
  }
}

function fill(form: HTMLFormElement, days: Record<string, string>): void {
  for (const [name, value] of Object.entries(days)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

function asked(form: HTMLFormElement, more: Record<string, string>): string {
  const question = new URLSearchParams(more);
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) question.append(name, value);
  return question.toString();
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
