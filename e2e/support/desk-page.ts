import { expect, type Locator, type Page } from '@playwright/test';

/** What an agent sees and does at the desk, by the names on screen. */
export class DeskPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get tickets(): Locator {
    return this.page.getByRole('region', { name: 'Tickets', exact: true });
  }

  get attention(): Locator {
    return this.page.getByRole('region', { name: 'Atención', exact: true });
  }

  get customer(): Locator {
    return this.page.getByRole('region', { name: 'Cliente', exact: true });
  }

  get waiting(): Locator {
    return this.page.getByRole('list', { name: 'Turnos en espera' });
  }

  get held(): Locator {
    return this.page.getByRole('list', { name: 'En atención' });
  }

  get timeline(): Locator {
    return this.attention.getByRole('list', { name: 'Cronología' });
  }

  get offline(): Locator {
    return this.page.getByRole('status', { name: 'Sin conexión' });
  }

  get refused(): Locator {
    return this.page.getByRole('region', { name: 'No enviado' });
  }

  row(code: string): Locator {
    return this.waiting.getByRole('listitem').filter({ hasText: code });
  }

  heldRow(code: string): Locator {
    return this.held.getByRole('listitem').filter({ hasText: code });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  combobox(name: string): Locator {
    return this.page.getByRole('combobox', { name, exact: true });
  }

  dialog(title: string): Locator {
    return this.page.getByRole('dialog', { name: title, exact: true });
  }

  async fillSignIn(email: string, password: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Correo' }).fill(email);
    await this.page.getByRole('textbox', { name: 'Contraseña' }).fill(password);
    await this.button('Ingresar').click();
  }

  /** Signs in and takes the seat that is preset: the agent's branch and the first free module. */
  async signIn(email: string, password: string): Promise<void> {
    await this.fillSignIn(email, password);
    await this.takeSeat();
  }

  async takeSeat(): Promise<void> {
    await expect(this.combobox('Módulo')).toBeVisible();
    await this.button('Ingresar').click();
    await expect(this.waiting).toBeVisible();
  }

  /** In place of the one-time password of a new account. */
  async changePassword(current: string, next: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Contraseña actual' }).fill(current);
    await this.page.getByRole('textbox', { name: 'Contraseña nueva', exact: true }).fill(next);
    await this.page.getByRole('textbox', { name: 'Repita la contraseña nueva' }).fill(next);
    await this.button('Cambiar contraseña').click();
  }

  /** Under a video it lies behind a tab. */
  async showTimeline(): Promise<void> {
    await this.attention.getByRole('tab', { name: 'Cronología' }).click();
  }

  async choose(control: string, option: string): Promise<void> {
    await this.combobox(control).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async showTab(name: string): Promise<void> {
    await this.tickets.getByRole('tab', { name, exact: true }).click();
  }

  /** What is in attention in the branch. */
  async showHeld(): Promise<void> {
    await this.showTab('Atendiendo');
    await this.showTab('En atención');
    await expect(this.held).toBeVisible();
  }

  async expectState(state: string): Promise<void> {
    await expect(this.combobox('Estado')).toContainText(state);
  }

  async setManual(isManual: boolean): Promise<void> {
    const manual = this.page.getByRole('switch', { name: 'Atención manual' });
    if ((await manual.isChecked()) !== isManual) await manual.click({ force: true });
    await expect(manual).toBeChecked({ checked: isManual });
  }

  /** By hand: calls the ticket of this row and begins to attend it. */
  async attend(code: string): Promise<void> {
    await this.row(code).getByRole('button', { name: 'Atender' }).click();
    await expect(this.attention.getByText('Llamando').first()).toBeVisible();
    await this.attention.getByRole('button', { name: 'Atender', exact: true }).click();
    await expect(this.attention.getByRole('button', { name: 'Finalizar ticket' })).toBeVisible();
  }

  async finish(): Promise<void> {
    await this.attention.getByRole('button', { name: 'Finalizar ticket' }).click();
    await expect(this.attention.getByRole('button', { name: 'Finalizar ticket' })).toHaveCount(0);
  }

  async writeNote(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Nota del tiquete' }).fill(text);
    await this.button('Agregar nota').click();
    await expect(this.timeline).toContainText(text);
  }

  async noShow(then: 'Cancelar ticket' | 'Reencolar ticket'): Promise<void> {
    await this.button('No se presenta').click();
    await this.page.getByRole('menuitem', { name: then }).click();
  }

  /** The wire is whole again: presses "Reintentar ahora", if the desk has not come back by itself already. */
  async comesBack(): Promise<void> {
    await this.button('Reintentar ahora').evaluateAll((buttons: HTMLElement[]) =>
      buttons.forEach((each) => each.click()),
    );
    await expect(this.offline).toHaveCount(0);
  }

  async signOut(): Promise<void> {
    await this.userMenu('Cerrar sesión');
    await this.dialog('Cerrar sesión').getByRole('button', { name: 'Cerrar sesión' }).click();
    await expect(this.page.getByRole('textbox', { name: 'Correo' })).toBeVisible();
  }

  async userMenu(item: string): Promise<void> {
    await this.button('Usuario').click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
}
