/**
 * What runs in the desk's page in place of an agent: signs in and takes the seat that is preset as soon as each form is there,
 * and says when things are on the screen. It is given to the page as text, so that it names nothing from outside.
 */
export function quickAgent({ password, rows }: { password: string; rows: number }): void {
  const said = new Set<string>();
  const say = (what: string): void => {
    if (said.has(what)) return;
    said.add(what);
    // The frame after the next one begins once this one has been drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => console.info(`bench ${what}`)));
  };
  const fill = (input: HTMLInputElement, text: string): void => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const submit = (step: string, form: HTMLFormElement): void => {
    if (said.has(step)) return;
    say(step);
    setTimeout(() => form.requestSubmit());
  };
  const look = (): void => {
    const secret = document.querySelector<HTMLInputElement>('input[autocomplete=current-password]');
    const form = document.querySelector('form');
    if (form && secret && !said.has('form') && document.querySelector<HTMLInputElement>('input[type=email]')?.value) {
      fill(secret, password);
      submit('form', form);
    } else if (form && !secret && form.querySelector('button[type=submit]:not([disabled])')) submit('seat', form);
    const list = document.querySelector('[role=list][aria-label="Turnos en espera"]');
    const codes = [...(list?.querySelectorAll('[role=listitem]') ?? [])].map(
      (row) => /[A-Z]-\d{3,}/.exec(row.textContent)?.[0],
    );
    if (codes.filter(Boolean).length >= rows) say(`list ${codes.slice(0, rows).join(' ')}`);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
}
