/** The test in the place of the renderer: what the page sees of the desk, and what it asks. */
interface Desk {
  post: (frame: unknown) => void;
  listen: (take: (frame: Frame) => void) => () => void;
}
interface Frame {
  t: string;
  id?: number;
  name?: string;
  fact?: unknown;
  output?: unknown;
  error?: { code: string };
}

export class PlayedPage {
  readonly frames: Frame[] = [];
  readonly desk: Desk;
  readonly stopListening: () => void;
  readonly #waiting = new Map<number, (frame: Frame) => void>();
  readonly #watching = new Set<() => void>();
  #lastId = 0;

  constructor(world: Record<string, unknown>) {
    this.desk = world['desk'] as Desk;
    this.stopListening = this.desk.listen((frame) => {
      this.frames.push(frame);
      if (frame.id !== undefined) this.#waiting.get(frame.id)?.(frame);
      for (const watcher of this.#watching) watcher();
    });
  }

  /** What a call is answered: its output, or the code of its refusal. */
  async call(name: string, input: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answered = new Promise<Frame>((resolve) => this.#waiting.set(id, resolve));
    this.desk.post({ t: 'call', id, name, input });
    const frame = await answered;
    return frame.t === 'failure' ? frame.error?.code : frame.output;
  }

  /** The latest fact of a name, told already or still to come, of which `holds` is true. */
  async fact(name: string, holds: (fact: never) => boolean = () => true): Promise<unknown> {
    const latest = (): Frame | undefined => this.frames.findLast((frame) => frame.t === 'fact' && frame.name === name);
    const isThere = (): boolean => {
      const frame = latest();
      return frame !== undefined && holds(frame.fact as never);
    };
    if (!isThere()) {
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          if (isThere() && this.#watching.delete(watcher)) resolve();
        };
        this.#watching.add(watcher);
      });
    }
    return latest()?.fact;
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.call('session.signIn', { email, password });
    const { seats } = (await this.fact(
      'session.changed',
      ({ state }: { state: string }) => state === 'choosingSeat',
    )) as {
      seats: { branchId: string; modules: { id: string }[] }[];
    };
    const [seat] = seats;
    await this.call('session.takeSeat', { branchId: seat?.branchId, moduleId: seat?.modules[0]?.id });
    await this.fact('session.changed', ({ state }: { state: string }) => state === 'working');
  }
}
