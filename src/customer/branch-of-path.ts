/** The branch's slug in `/kiosk/:branch` and `/display/:branch`; empty when there is none. */
export function branchOfPath(path: string): string {
  const slug = path.split('/')[2] ?? '';
  try {
    return decodeURIComponent(slug);
  } catch {
    return '';
  }
}
