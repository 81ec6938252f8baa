/** Redraws wait while a pointer is down. Otherwise a click could land on another node. */

/** @type {(() => void)[] | null} work to do on release; null while no pointer is down */
let waiting = null;

addEventListener("pointerdown", () => (waiting ??= []), true);
for (const end of ["pointerup", "pointercancel", "dragend"])
  addEventListener(end, () => setTimeout(release), true); // after the click
addEventListener("blur", ({ target }) => target === window && release());

/**
 * Run now, or after the pointer's release, in order.
 * @param {() => unknown} work
 */
export function afterPointerRelease(work) {
  if (waiting) waiting.push(work);
  else work();
}

function release() {
  const queued = waiting ?? [];
  waiting = null;
  for (const work of queued) work();
}
