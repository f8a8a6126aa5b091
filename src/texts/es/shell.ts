/** The frame of the window in Electron: tray, notices and dialogs of the system. */
export const shell = {
  signedOut: 'Sin ingresar',
  tray: {
    tooltip: 'Ventanilla: {{state}}',
    noLine: 'Sin conexión',
    state: 'Estado',
    show: 'Mostrar',
    updateNow: 'Actualizar y reiniciar',
    updateAfterTicket: 'Actualizar al terminar el turno',
    updatePlanned: 'Se actualizará al terminar el turno',
    quit: 'Salir',
    hintTitle: 'Ventanilla sigue abierta',
    hint: 'Cerrar la ventana la deja en la bandeja del sistema. Para cerrarla del todo, elija Salir.',
  },
  call: 'Nuevo turno {{code}}',
  external: {
    title: 'Este enlace sale de Ventanilla',
    stay: 'Quedarse aquí',
    open: 'Abrir {{place}}',
  },
  quit: {
    title: 'Hay una atención en curso: {{code}}',
    detail: 'Si sale, la atención sigue a su nombre hasta que usted vuelva o supervisión la libere.',
    stay: 'Seguir atendiendo',
    leave: 'Salir de todos modos',
  },
  key: {
    title: 'No se puede leer la clave de este equipo',
    changed: 'Los datos se guardaron con el llavero {{before}} y ahora el sistema ofrece {{now}}. Nada se ha borrado.',
    unreadable: 'El llavero del sistema no devuelve la clave con que se guardaron los datos. Nada se ha borrado.',
    advice: 'Si continúa sin guardar, podrá atender con conexión y nada quedará en este equipo al salir.',
    quit: 'Salir',
    withoutStore: 'Continuar sin guardar',
    startOver: 'Crear una clave nueva',
    startOverTitle: 'Crear una clave nueva',
    startOverDetail:
      'Lo que estaba por enviar queda apartado en este equipo y no se enviará, salvo que se recupere la clave anterior.',
    back: 'Volver',
  },
  start: { title: 'Ventanilla no pudo iniciar' },
} as const;
