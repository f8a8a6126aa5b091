import { useState } from 'react';
import { NotebookPen, Ticket } from 'lucide-react';
import { Chip } from '../chip.tsx';
import { Initials } from '../initials.tsx';
import { LongList } from '../long-list/long-list.tsx';
import { Panel } from '../panel.tsx';
import { StatusGlyph } from '../status-glyph.tsx';
import { StatusWord } from '../status-word.tsx';
import { Tabs } from '../tabs.tsx';
import { Timeline } from '../timeline.tsx';
import styles from './gallery.module.css';
import { Group } from './group.tsx';

const COUNT = 100_000;

export function Lists() {
  const [tab, setTab] = useState<'waiting' | 'attending' | 'paused' | 'outOfHours'>('waiting');
  const [line, setLine] = useState<'personal' | 'products' | 'ticket'>('personal');
  const [current, setCurrent] = useState('C-1');
  return (
    <>
      <Group title="Fila de tiquete, 100.000 filas">
        <div className={styles.list}>
          <LongList
            label="Turnos en espera"
            count={COUNT}
            rowHeight={71}
            keyAt={(index) => `C-${index}`}
            indexOf={(key) => Number(key.slice(2))}
            currentKey={current}
            onOpen={setCurrent}
            renderRow={(index) => (
              <div className={styles.ticket}>
                <Ticket size={16} aria-hidden />
                <strong>Jorge Luis Cárdenas</strong>
                <span>{index} min</span>
                <p>
                  <strong>C-{index}</strong> · Turno · Caja
                </p>
                <p>CC •••3210</p>
                {index % 3 === 0 ? <StatusWord status="calling">Llamando</StatusWord> : <Chip>Sin contacto</Chip>}
              </div>
            )}
          />
        </div>
      </Group>
      <Group title="Pestañas" isBare>
        <div className={styles.sheet}>
          <div className={styles.tabs}>
            <Tabs
              label="Estados"
              variant="status"
              selected={tab}
              onSelect={setTab}
              items={[
                { id: 'waiting', status: 'waiting', label: 'Esperando', count: '6', content: 'Esperando' },
                { id: 'attending', status: 'attending', label: 'Atendiendo', count: '3', content: 'Atendiendo' },
                { id: 'paused', status: 'paused', label: 'Pausado', count: '1', content: 'Pausado' },
                { id: 'outOfHours', status: 'outOfHours', label: 'Fuera de horario', count: '2', content: 'Fuera' },
              ]}
            />
          </div>
        </div>
        <div className={styles.sheet}>
          <div className={styles.tabs}>
            <Tabs
              label="Cliente"
              selected={line}
              onSelect={setLine}
              items={[
                { id: 'personal', label: 'Personal', content: <Initials name="María Ospina" /> },
                { id: 'products', label: 'Productos', count: '3', content: 'Productos' },
                { id: 'ticket', label: 'Ticket', content: 'Ticket' },
              ]}
            />
          </div>
        </div>
      </Group>
      <Group title="Cronología" isBare>
        <Panel title="Cronología" subtitle="del tiquete" aside="2 elegidos">
          <Timeline
            label="Cronología"
            entries={[
              {
                id: '1',
                hour: '10:44',
                glyph: <NotebookPen />,
                fact: (
                  <>
                    <strong>Ana Morales</strong> agregó una nota
                  </>
                ),
                detail: '“Trae factura impresa y comprobante de pago de junio.”',
                isPending: true,
              },
              {
                id: '2',
                hour: '10:42',
                glyph: <StatusGlyph status="attending" />,
                fact: 'Atención iniciada en Módulo 2',
                detail: 'Estado: Atendiendo',
              },
              {
                id: '3',
                hour: '10:42',
                glyph: <StatusGlyph status="calling" />,
                fact: 'Llamada en pantalla y por voz',
              },
              { id: '4', hour: '22/07', glyph: <Ticket />, fact: 'Turno tomado en el quiosco' },
            ]}
          />
        </Panel>
      </Group>
    </>
  );
}
