/**
 * Lets this page open without the line too: a service worker for its own address keeps its static files, and nothing
 * else. What it shows it still asks the server itself, so it says "sin conexión" and comes back as it always does.
 */
export function keepPage(): void {
  // Browsers give none to a page that came neither by TLS nor from this machine.
  if (!('serviceWorker' in navigator)) return;
  // After the page: it is of use only at the next start.
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/service-worker.js', { scope: location.pathname }).catch(() => {
      // A browser told to store nothing, or a line that was lost meanwhile: the next start tries again.
    });
  });
}
