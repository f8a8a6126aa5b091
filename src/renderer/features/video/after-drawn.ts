/** A hidden window draws nothing and hears no frame: there is nothing to wait for, then. */
const LOOK_MS = 250;

/** Calls `then` once what is on the screen's list by now has been drawn: in the frame after the next one. */
export function afterDrawn(then: () => void): void {
  let isCalled = false;
  const call = (): void => {
    clearInterval(look);
    if (isCalled) return;
    isCalled = true;
    then();
  };
  const look = setInterval(() => document.hidden && call(), LOOK_MS);
  requestAnimationFrame(() => requestAnimationFrame(call));
}
