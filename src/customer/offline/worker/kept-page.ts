/** A page waits this long for the server before the kept one stands in. */
const PATIENCE_MS = 5_000;
const FILES = /\/assets\/[\w.-]+/g;
/** Rarer letters: loaded by a page that shows them, too large to keep on every phone. */
const NOT_KEPT = /-latin-ext-/;

export interface KeptPageParts {
  /** URL of the page, without query and fragment. */
  address: string;
  openCache: () => Promise<Pick<Cache, 'match' | 'put' | 'delete' | 'keys'>>;
  fetchFrom: (request: Request | string) => Promise<Response>;
}

/**
 * One page and the static files that it names, kept together: the page enters the cache after all of its files, and
 * files of an earlier version leave it afterwards, so that what is kept always opens. No answer with data is ever
 * kept.
 */
export function createKeptPage({ address, openCache, fetchFrom }: KeptPageParts) {
  const keep = async (page: Response): Promise<void> => {
    if (!page.ok) throw new Error(`the page was answered with ${page.status}`);
    const cache = await openCache();
    const html = await page.clone().text();
    const known = await cache.match(address);
    if (known && (await known.text()) === html) return;

    const keepFile = async (url: string): Promise<Response> => {
      const kept = await cache.match(url);
      if (kept) return kept;
      const file = await fetchFrom(url);
      if (!file.ok) throw new Error(`${url} was answered with ${file.status}`);
      await cache.put(url, file.clone());
      return file;
    };
    const keepFiles = async (urls: string[]): Promise<string[]> => {
      const files = await Promise.all(urls.map(keepFile));
      const styles = files.filter((_, place) => urls[place]?.endsWith('.css'));
      const further = (await Promise.all(styles.map((sheet) => sheet.text()))).flatMap(filesIn);
      return further.length === 0 ? urls : [...urls, ...(await keepFiles(further))];
    };
    const files = await keepFiles(filesIn(html));
    await cache.put(address, page);

    const wanted = new Set([address, ...files]);
    const old = (await cache.keys()).filter(({ url }) => !wanted.has(url));
    await Promise.all(old.map((request) => cache.delete(request)));
  };

  const filesIn = (text: string): string[] =>
    [...new Set(text.match(FILES))].filter((path) => !NOT_KEPT.test(path)).map((path) => new URL(path, address).href);

  return {
    /** Keeps the page as the server has it now. Rejects, with all as before, when that fails. */
    keep: async (): Promise<void> => keep(await fetchFrom(address)),
    /**
     * The page from the server, else the kept one: when the server cannot be reached, does not answer in time or is
     * out of order. `later` is given what goes on after the answer.
     */
    load: async (request: Request, later: (work: Promise<unknown>) => void): Promise<Response> => {
      const answer = fetchFrom(request);
      // What fails leaves the page that is kept.
      later(answer.then((page) => keep(page.clone())).catch(() => undefined));
      const kept = await (await openCache()).match(address);
      if (!kept) return answer;
      const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
      const page = await Promise.race([answer.catch(() => null), patience]);
      return page === null || page.status >= 500 ? kept : page;
    },
    /** A file whose name holds a hash of its content. */
    file: async (request: Request): Promise<Response> =>
      (await (await openCache()).match(request.url)) ?? fetchFrom(request),
  };
}
