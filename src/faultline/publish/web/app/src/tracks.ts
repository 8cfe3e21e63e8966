// Redraws the tracks of the timeline for a period: their drawings count in days, so that only the window moves.

import { lastDay, type Period } from "./brush";
import { dayNumber } from "./points";

export function tracks(box: HTMLElement): void {
  const drawings = [...box.querySelectorAll<SVGSVGElement>("svg.bars")];
  const whole = drawings[0]?.getAttribute("viewBox") ?? "";
  document.addEventListener("period", (event) => {
    const { first, last, whole: all } = (event as CustomEvent<Period>).detail;
    const from = dayNumber(`${first}-01`);
    const window = all ? whole : `${from} 0 ${dayNumber(lastDay(last)) - from + 1} 20`;
    for (const drawing of drawings) drawing.setAttribute("viewBox", window);
    box.dispatchEvent(new CustomEvent("redrawn"));
  });
}
