/** A file that is dropped beside the place for it would have the browser leave the desk for that file. */
export function holdDroppedFiles(): void {
  for (const type of ['dragover', 'drop'] as const) {
    window.addEventListener(type, (event) => {
      // Words that are dragged may go into any field.
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
  }
}
