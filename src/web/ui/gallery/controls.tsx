import { useState } from 'react';
import { CornerDownRight, Ellipsis, Megaphone, Settings2, UserX, ChevronDown } from 'lucide-react';
import { AgentState } from '../../../protocol/agent-status.ts';
import { AgentStateGlyph } from '../agent-state-glyph.tsx';
import { Button } from '../button.tsx';
import { Checkbox } from '../checkbox.tsx';
import { Chip } from '../chip.tsx';
import { IconButton } from '../icon-button.tsx';
import { Initials } from '../initials.tsx';
import { MenuButton } from '../menu-button.tsx';
import { Select, type SelectOption } from '../select.tsx';
import type { Status } from '../status-glyph.tsx';
import { Switch } from '../switch.tsx';
import { TextArea } from '../text-area.tsx';
import { TextField } from '../text-field.tsx';
import styles from './gallery.module.css';
import { Group } from './group.tsx';

const STATUSES: [Status, string, string][] = [
  ['waiting', 'Esperando', 'reloj, naranja'],
  ['calling', 'Llamando', 'triángulo, amarillo'],
  ['attending', 'Atendiendo', 'globo lleno, verde'],
  ['paused', 'Pausado', 'dos barras, celeste'],
  ['outOfHours', 'Fuera de horario', 'luna, rojo'],
  ['offline', 'Fuera de línea', 'cuadro vacío, gris'],
];

const WORDS: Record<AgentState, string> = {
  online: 'En línea',
  offline: 'Fuera de línea',
  resting: 'Descansando',
  lunch: 'Almorzando',
  documenting: 'Documentando',
};
const STATES: SelectOption<AgentState>[] = AgentState.options.map((state, index) => ({
  value: state,
  label: WORDS[state],
  glyph: <AgentStateGlyph state={state} />,
  shortcut: `Control+${index + 1}`,
}));

export function Controls() {
  const [state, setState] = useState<AgentState>('online');
  const [next, setNext] = useState<AgentState>('lunch');
  const [type, setType] = useState<'CC' | 'CE' | null>(null);
  const [isManual, setIsManual] = useState(true);
  return (
    <>
      <Group title="Estados: forma, palabra y color">
        <div className={styles.states}>
          {STATUSES.map(([status, word, shape]) => [
            <Chip key={word} status={status}>
              {word}
            </Chip>,
            <span key={shape}>{shape}</span>,
          ])}
        </div>
      </Group>
      <Group title="Botones">
        <div className={styles.row}>
          <Button variant="primary" shortcut="F2">
            Atender
          </Button>
          <Button>Transferir</Button>
          <Button variant="quiet">Ver todas</Button>
        </div>
        <div className={styles.row}>
          <Button variant="dangerOutlined">Cancelar ticket</Button>
          <Button variant="danger">Terminar atención</Button>
          <Button isDisabled>Guardar</Button>
        </div>
        <div className={styles.row}>
          <Button>Con foco</Button>
          <Button size="small">Tomar</Button>
          <IconButton label="Más acciones" variant="outlined">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
          <Button variant="primary" size="large">
            Entrar a Módulo 2
          </Button>
        </div>
        <div className={styles.row}>
          <Button size="large" icon={<Megaphone size={18} aria-hidden />} figure="12 s" unavailable="Espere 12 s">
            Llamar nuevamente
          </Button>
          <MenuButton
            trigger={
              <Button
                variant="dangerOutlined"
                size="large"
                icon={<UserX size={18} aria-hidden />}
                trailingIcon={<ChevronDown size={16} aria-hidden />}
              >
                No se presenta
              </Button>
            }
            entries={[
              { id: 'cancel', label: 'Cancelar ticket', isDanger: true },
              { id: 'requeue', label: 'Reencolar ticket', shortcut: 'F9' },
              {
                id: 'settings',
                label: 'Configuración',
                icon: <Settings2 size={16} />,
                unavailable: 'Requiere conexión',
              },
            ]}
            onAction={() => undefined}
          />
        </div>
      </Group>
      <Group title="Campos">
        <div className={styles.fields}>
          <TextField label="Nombre" defaultValue="María Fernanda" />
          <TextField label="Teléfono" defaultValue="+57 310 555 0142" />
          <TextField label="Identificación" defaultValue="52.418.9O3" error="Use solo números." />
          <TextField label="Sucursal" value="Sucursal Centro" isReadOnly />
          <Select
            label="Tipificación"
            requirement="obligatoria para finalizar"
            placeholder="Elija una"
            options={[
              { value: 'CC', label: 'Reclamo por facturación', detail: 'la más usada' },
              { value: 'CE', label: 'Ajuste' },
            ]}
            value={type}
            onChange={setType}
          />
          <TextField label="Buscar" isLabelHidden placeholder="Nombre o número de documento" />
        </div>
        <div className={styles.row}>
          <Checkbox defaultSelected>Factura con error</Checkbox>
          <Checkbox>Cambio de plan</Checkbox>
          <Checkbox isDisabled>Corte indebido</Checkbox>
        </div>
        <TextArea label="Nota del tiquete" placeholder="Escriba una nota; quedará en la cronología" />
      </Group>
      <Group title="Control de estado y Siguiente estado" isBare>
        <div className={styles.frame} data-surface="frame">
          <div className={styles.bar}>
            <Select variant="bar" label="Estado" options={STATES} value={state} onChange={setState} figure="00:41" />
            <Select
              variant="bar"
              label="Siguiente estado"
              options={STATES}
              value={next}
              onChange={setNext}
              glyph={<CornerDownRight size={16} />}
              foot="Se aplicará al finalizar R-034."
            />
          </div>
        </div>
        <div className={styles.frame} data-surface="frame">
          <Chip status="signal">DEMO</Chip>
          <TextField label="Correo" isLabelHidden placeholder="Correo" />
          <Switch
            label="Atención manual"
            state={isManual ? 'Activada' : 'Desactivada'}
            isSelected={isManual}
            onChange={setIsManual}
          />
          <Initials name="Ana Morales" size={32} isPortrait />
        </div>
      </Group>
    </>
  );
}
