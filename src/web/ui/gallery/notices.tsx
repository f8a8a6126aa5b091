import { useEffect, useState } from 'react';
import { CloudOff } from 'lucide-react';
import { Banner } from '../banner.tsx';
import { Button } from '../button.tsx';
import { createToasts } from '../create-toasts.ts';
import { Dialog } from '../dialog.tsx';
import { EmptyState } from '../empty-state.tsx';
import { ErrorState } from '../error-state.tsx';
import { Ficha } from '../ficha.tsx';
import { LoadingState } from '../loading-state.tsx';
import { Select } from '../select.tsx';
import { ToastRegion } from '../toast-region.tsx';
import styles from './gallery.module.css';
import { Group } from './group.tsx';

const toasts = createToasts();

export function Notices() {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    toasts.show({ message: 'Tiquete C-053 finalizado.', action: { label: 'Deshacer', onPress: () => undefined } });
  }, []);
  return (
    <>
      <Group title="Avisos" isBare>
        <Banner
          title="Sin conexión"
          icon={<CloudOff size={16} aria-hidden />}
          aside={
            <>
              Próximo intento en 20 s<Button size="small">Reintentar ahora</Button>
            </>
          }
        >
          con la central desde las 10:31.
        </Banner>
        <ToastRegion toasts={toasts} />
        <div className={styles.row}>
          <Ficha code="R-034" size={20} />
          <Ficha code="R-034" size={26} />
          <Ficha code="R-034" size={40} />
          <Ficha code="R-034" size={56} />
        </div>
      </Group>
      <Group title="Vacío, cargando, error" isBare>
        <div className={styles.sheet}>
          <EmptyState title="Nadie en espera">Cuando llegue un turno de sus servicios, aparecerá aquí.</EmptyState>
        </div>
        <div className={styles.sheet}>
          <LoadingState />
        </div>
        <div className={styles.sheet}>
          <ErrorState title="No se pudo cargar el histórico" onRetry={() => undefined}>
            El servidor no respondió. Código 7F2A.
          </ErrorState>
        </div>
        <Button onPress={() => setIsOpen(true)}>Finalizar ticket</Button>
        <Dialog
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          title="Finalizar ticket R-034"
          aside={<Button variant="dangerOutlined">Descartar</Button>}
          footer={
            <>
              <Button>Seguir atendiendo</Button>
              <Button variant="primary">Finalizar ticket R-034</Button>
            </>
          }
        >
          <p>Falta un campo obligatorio.</p>
          <Select
            label="Resultado"
            requirement="obligatorio"
            placeholder="Elija un resultado"
            options={[{ value: 'done', label: 'Resuelto' }]}
            value={null}
            onChange={() => undefined}
          />
        </Dialog>
      </Group>
    </>
  );
}
