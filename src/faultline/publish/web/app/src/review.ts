// Turns keys into answers: the letter on a button presses it. Keys typed into a field, or with a modifier, stay what
// they are; WCAG 2.1.4 asks that single keys can be left unused: nothing here needs them.

export function review(question: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !(event.target instanceof Element)) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const found = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
      (one) => one.dataset["key"] === event.key.toLowerCase(),
    );
    if (!found) return;
    event.preventDefault();
    press(question, found);
  });
}

function press(question: HTMLElement, found: HTMLElement): void {
  if (found instanceof HTMLDetailsElement) {
    found.open = true;
    found.querySelector("select")?.focus();
    return;
  }
  const name = question.querySelector<HTMLInputElement>('form.answers input[name="by"]');
  if (found.closest("form.answers") && name && !name.value.trim()) {
    name.focus(); // a decision without an author is refused: ask for the name first
    return;
  }
  (found.querySelector("button") ?? found).click();
}
