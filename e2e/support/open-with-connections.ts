import type { Page } from '@playwright/test';
import type { Office } from './office.ts';

declare global {
  interface Window {
    /** All connections of the page, oldest first. */
    connections: RTCPeerConnection[];
  }
}

/** A page that keeps its connections where the test finds them. */
export async function openWithConnections(
  office: Office,
  url: string,
  size: { width?: number; height?: number } = {},
): Promise<Page> {
  const page = await office.openPage('about:blank', size);
  await page.addInitScript(() => {
    window.connections = [];
    const { RTCPeerConnection: Native } = window;
    window.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.connections.push(this);
      }
    };
  });
  await page.goto(url);
  return page;
}
