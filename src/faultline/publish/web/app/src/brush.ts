// Turns a drag over the months under the head of a page, or arrow keys on its two handles, into a period. Both ends are
// inclusive months. A view that redraws at once hears "period"; the address and every link follow when the hand rests.

export interface Period {
  readonly first: string; // YYYY-MM, inclusive
  readonly last: string;
  readonly whole: boolean;
  readonly done: boolean; // whether the hand has come to rest
}

const PAUSE = 250; // milliseconds without a key after which the hand rests

interface Strip {
  readonly form: HTMLFormElement;
  readonly track: HTMLElement;
  readonly bars: ReadonlyArray<readonly [number, SVGRectElement]>;
  readonly months: readonly string[];
  readonly counts: readonly number[];
  readonly handles: readonly [HTMLButtonElement, HTMLButtonElement];
}

export function brush(form: HTMLFormElement): void {
  const drawing = form.querySelector<SVGSVGElement>("svg.strip");
  const track = form.querySelector<HTMLElement>(".track");
  if (!drawing || !track) return;
  const [begin = "", end = ""] = (drawing.dataset["months"] ?? "").split(" ");
  const months = between(begin, end);
  if (months.length < 2) return;
  const counts = (drawing.dataset["counts"] ?? "").split(" ").map(Number);
  const names = (drawing.dataset["labels"] ?? "|").split("|");
  const bars = [...drawing.querySelectorAll("rect")].map(
    (bar) => [Math.floor(Number(bar.getAttribute("x"))), bar] as const,
  );
  const handles = [handle(track, names[0] ?? ""), handle(track, names[1] ?? "")] as const;
  const strip: Strip = { form, track, bars, months, counts, handles };
  const at = { first: Number(drawing.dataset["first"]), last: Number(drawing.dataset["last"]) };
  for (const year of form.querySelectorAll<HTMLElement>("[data-at]")) year.style.left = `${year.dataset["at"]}%`;
  show(strip, at.first, at.last);

  const move = (first: number, last: number, done: boolean): void => {
    [at.first, at.last] = [first, last];
    show(strip, first, last);
    tell(strip, first, last, done);
  };
  const rest = paused(() => tell(strip, at.first, at.last, true));
  const key = (first: number, last: number): void => {
    move(first, last, false);
    rest.soon();
  };
  drag(strip, drawing, (a, b, done) => move(Math.min(a, b), Math.max(a, b), done));
  handles[0].addEventListener("keydown", (event) => {
    const to = stepped(event, at.first, 0, at.last);
    if (to !== undefined) key(to, at.last);
  });
  handles[1].addEventListener("keydown", (event) => {
    const to = stepped(event, at.last, at.first, months.length - 1);
    if (to !== undefined) key(at.first, to);
  });
  for (const one of handles) one.addEventListener("blur", rest.now);
  pull(strip, 0, (to, done) => move(Math.min(to, at.last), at.last, done));
  pull(strip, 1, (to, done) => move(at.first, Math.max(to, at.first), done));
}

// Keys come one after another: `then` is called once they pause, or at once when the hand goes elsewhere.
function paused(then: () => void): { soon: () => void; now: () => void } {
  let waiting = 0;
  const now = (): void => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = 0;
    then();
  };
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = window.setTimeout(now, PAUSE);
  };
  return { soon, now };
}

function show(strip: Strip, first: number, last: number): void {
  for (const [month, bar] of strip.bars) bar.classList.toggle("in", month >= first && month <= last);
  const share = (n: number): string => `${((100 * n) / strip.months.length).toFixed(3)}%`;
  strip.handles[0].style.left = share(first);
  strip.handles[1].style.left = share(last + 1);
  for (const [which, value] of [[0, first], [1, last]] as const) {
    strip.handles[which].setAttribute("aria-valuenow", String(value));
    strip.handles[which].setAttribute("aria-valuemax", String(strip.months.length - 1));
    strip.handles[which].setAttribute("aria-valuetext", strip.months[value] ?? "");
  }
}

function tell(strip: Strip, first: number, last: number, done: boolean): void {
  const [from = "", to = ""] = [strip.months[first], strip.months[last]];
  const whole = first === 0 && last === strip.months.length - 1;
  fill(strip.form, { first_day: whole ? "" : `${from}-01`, last_day: whole ? "" : lastDay(to) });
  const inside = strip.counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
  const said = strip.form.querySelector("[data-period]");
  if (said) said.textContent = `${from} – ${to}: ${inside.toLocaleString(document.documentElement.lang)}`;
  const period: Period = { first: from, last: to, whole, done };
  document.dispatchEvent(new CustomEvent<Period>("period", { detail: period }));
  if (done) follow(strip.form);
}

// The links to other views carry the period; a view that redraws itself also puts it into its own address.
function follow(form: HTMLFormElement): void {
  const days: Record<string, string> = {};
  for (const name of ["first_day", "last_day"]) days[name] = field(form, name)?.value ?? "";
  const changed = (address: string): string => {
    const url = new URL(address, location.href);
    for (const [name, day] of Object.entries(days)) {
      if (day) url.searchParams.set(name, day);
      else url.searchParams.delete(name);
    }
    return url.pathname + url.search + url.hash;
  };
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-state]")) link.href = changed(link.href);
  if (document.querySelector("[data-live]")) history.replaceState(null, "", changed(location.href));
}

function drag(
  strip: Strip,
  drawing: SVGSVGElement,
  select: (from: number, to: number, done: boolean) => void,
): void {
  let from: number | null = null;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = monthAt(strip, event);
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (from !== null) select(from, monthAt(strip, event), false);
  });
  drawing.addEventListener("pointerup", (event) => {
    if (from !== null) select(from, monthAt(strip, event), true);
    from = null;
  });
}

function pull(strip: Strip, which: 0 | 1, put: (month: number, done: boolean) => void): void {
  const grip = strip.handles[which];
  let held = false;
  grip.addEventListener("pointerdown", (event) => {
    held = event.button === 0;
    if (held) grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => held && put(monthAt(strip, event), false));
  grip.addEventListener("pointerup", (event) => {
    if (held) put(monthAt(strip, event), true);
    held = false;
  });
}

function stepped(event: KeyboardEvent, at: number, low: number, high: number): number | undefined {
  const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -12, PageUp: 12, Home: -1e6, End: 1e6 };
  const step = by[event.key];
  if (step === undefined) return undefined;
  event.preventDefault();
  return Math.min(high, Math.max(low, at + step));
}

function monthAt(strip: Strip, event: PointerEvent): number {
  const box = strip.track.getBoundingClientRect();
  const found = Math.floor(((event.clientX - box.left) / box.width) * strip.months.length);
  return Math.min(strip.months.length - 1, Math.max(0, found));
}

function handle(track: HTMLElement, name: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "handle";
  for (const [key, value] of Object.entries({ role: "slider", "aria-label": name, "aria-valuemin": "0" }))
    made.setAttribute(key, value);
  track.append(made);
  return made;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : null;
}

function fill(form: HTMLFormElement, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const input = field(form, name);
    if (input) input.value = value;
  }
}

function between(first: string, last: string): string[] {
  const found: string[] = [];
  for (let [year = 0, month = 0] = first.split("-").map(Number); ; month === 12 ? ((year += 1), (month = 1)) : (month += 1)) {
    const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    if (name > last || found.length > 5000) return found;
    found.push(name);
  }
}

export function lastDay(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year ?? 1, number ?? 1, 0)).toISOString().slice(0, 10);
}
