/** Stands alone on a page whose script could not be read: the texts, and the language chosen, would have come with it. */
export function offerReload(): void {
  const button = document.createElement('button');
  button.textContent = 'Volver a cargar · Recarregar · Reload';
  button.addEventListener('click', () => location.reload());
  document.querySelector('#root')?.replaceChildren(button);
}
