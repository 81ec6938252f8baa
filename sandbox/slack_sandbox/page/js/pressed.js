/** Between the press and the release of a pointer nothing is redrawn: the click would find another node. */

/** @type {(() => void)[] | null} what waits for the release; null while nothing is pressed */
let waiting = null;

addEventListener("pointerdown", () => (waiting ??= []), true);
for (const end of ["pointerup", "pointercancel", "dragend"])
  addEventListener(end, () => setTimeout(release), true); // the click comes before
addEventListener("blur", ({ target }) => target === window && release());

/**
 * Now, or after the release; in the order in which it was asked for.
 * @param {() => unknown} work
 */
export function whenReleased(work) {
  if (waiting) waiting.push(work);
  else work();
}

function release() {
  const due = waiting ?? [];
  waiting = null;
  for (const work of due) work();
}
