import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** `/openapi.json` and `/docs`, made of what the routes that come after say of themselves. */
export async function docsRoutes(app: FastifyInstance, options: { version: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ventanilla', version: options.version },
      servers: [{ url: '/' }],
      tags: [
        { name: 'customers', description: 'Kiosks, integrators, booking sites' },
        { name: 'desk', description: 'Workstations of agents' },
        { name: 'health', description: 'Probes' },
      ],
      components: {
        securitySchemes: {
          deviceToken: { type: 'http', scheme: 'bearer', description: 'Token of a kiosk or an integration' },
          session: { type: 'http', scheme: 'bearer', description: 'Token of a session' },
          deskKey: { type: 'apiKey', in: 'header', name: 'X-Device', description: '<id>.<secret> of the desk' },
          desk: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Device <id>.<secret>' },
          guest: { type: 'apiKey', in: 'cookie', name: '__Host-guest', description: 'Of a browser that has entered' },
        },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { persistAuthorization: false, validatorUrl: null },
    // Swagger's own page writes styles into its elements.
    transformStaticCSP: (header) => header.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
  });
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => reply.send(app.swagger()));
}
