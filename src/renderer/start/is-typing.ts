/** Whether the agent is writing in this element: then nothing may take the keyboard away from it. */
export function isTyping(element: Element | null = document.activeElement): boolean {
  return (
    element !== null &&
    element.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, [contenteditable=true]')
  );
}

/** Whether the agent is writing in the workspace itself: what is before them stays before them. */
export function isWriting(): boolean {
  return isTyping() && document.activeElement?.closest('main') != null;
}
