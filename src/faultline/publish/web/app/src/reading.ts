// Turns hovering and focus into light: a claim's words and card together, a slot's words in the text.

export function reading(article: HTMLElement): void {
  const cards = [...article.querySelectorAll<HTMLElement>("[data-claim]")];
  const pieces = [...article.querySelectorAll<HTMLElement>("[data-over]")];
  const clear = (): void => {
    for (const lit of article.querySelectorAll(".lit, .slot-lit")) lit.classList.remove("lit", "slot-lit");
  };
  const light = (claims: readonly string[]): void => {
    clear();
    for (const card of cards) card.classList.toggle("lit", claims.includes(card.dataset["claim"] ?? ""));
    for (const piece of pieces) piece.classList.toggle("lit", over(piece).some((claim) => claims.includes(claim)));
  };
  const lightSlot = (row: HTMLElement): void => {
    const [start, end] = [Number(row.dataset["start"]), Number(row.dataset["end"])];
    for (const piece of pieces) {
      const inside = Number(piece.dataset["start"]) >= start && Number(piece.dataset["end"]) <= end;
      piece.classList.toggle("slot-lit", inside);
    }
  };
  const show = (event: Event): void => {
    const at = event.target instanceof Element ? event.target : null;
    const card = at?.closest<HTMLElement>("[data-claim]");
    const piece = at?.closest<HTMLElement>("[data-over]");
    if (card) light([card.dataset["claim"] ?? ""]);
    else if (piece) light(over(piece));
    else clear();
    const slot = at?.closest<HTMLElement>("[data-slot]");
    if (slot) lightSlot(slot);
  };
  for (const row of article.querySelectorAll<HTMLElement>("[data-slot]")) row.tabIndex = 0;
  article.addEventListener("pointerover", show);
  article.addEventListener("focusin", show);
  article.addEventListener("pointerleave", clear);
}

function over(piece: HTMLElement): string[] {
  return (piece.dataset["over"] ?? "").split(" ").filter((claim) => claim !== "");
}
