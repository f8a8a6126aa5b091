import { createKeptPage } from './kept-page.ts';

declare const self: ServiceWorkerGlobalScope;

// One page, one scope: this script serves each page under a registration of its own.
const { scope } = self.registration;
const page = createKeptPage({
  address: scope,
  openCache: () => caches.open(scope),
  fetchFrom: (request) => fetch(request),
});

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([page.keep(), self.skipWaiting()]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === new URL(scope).pathname) {
    event.respondWith(page.load(request, (work) => event.waitUntil(work)));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(page.file(request));
  }
});
