/** Terms that the demo's agents send in a video. */
export const demoTerms = [
  {
    slug: 'contratacion',
    title: 'Contratación de servicio',
    language: 'es',
    service: 'asesoria-virtual',
    isRequired: true,
    text: `Contrato de prestación del servicio de internet y telefonía de Demo Telecom.

1. Objeto. Demo Telecom presta el servicio en la dirección que usted indicó durante esta atención, con la velocidad y el precio del plan que el asesor le leyó.

2. Vigencia. El contrato empieza el día de la instalación y es por tiempo indefinido. Usted puede terminarlo cuando quiera, sin multa, avisando con diez días.

3. Pago. La factura llega cada mes al correo que usted dio. El pago vence quince días después de la fecha de la factura.

4. Instalación. Un técnico identificado visita la dirección en el horario acordado. Los equipos son de Demo Telecom y se devuelven al terminar el contrato.

5. Reclamos. Puede presentar un reclamo por esta videollamada, en cualquier sucursal o por teléfono, y recibe respuesta en quince días hábiles.

6. Retracto. Tiene cinco días hábiles desde hoy para arrepentirse de esta contratación y recibir la devolución de todo lo pagado.

Al elegir "Acepto" usted declara que leyó este texto y que contrata el servicio en estas condiciones.`,
  },
  {
    slug: 'datos-personales',
    title: 'Tratamiento de datos personales',
    language: 'es',
    isRequired: false,
    text: `Autorización para el tratamiento de datos personales (Ley 1581 de 2012).

Demo Telecom es responsable del tratamiento de los datos que usted entrega en esta atención: nombre, documento, teléfono, correo y dirección.

Para qué se usan: para atender su solicitud, prestar el servicio contratado, facturarlo y responder sus reclamos. Si lo autoriza, también para contarle de otros servicios.

Sus derechos: conocer, actualizar y corregir sus datos, pedir prueba de esta autorización, retirarla en cualquier momento y presentar quejas ante la Superintendencia de Industria y Comercio.

Retirar esta autorización es tan fácil como darla: use el botón "Retirar mi aceptación" de esta página o de su comprobante, o pídalo en cualquier sucursal.

La autorización es voluntaria. Si no acepta, la atención continúa.`,
  },
];
