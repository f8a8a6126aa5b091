import { createRandom, type Random } from './random.ts';

/** Frequent first, as in the civil registers of Latin America: the place in the list is the rank of Zipf's law. */
const FIRST_NAMES =
  `María José Luis Juan Carlos Ana Jorge Rosa Pedro Miguel Jesús Manuel Carmen Francisco Víctor Julio Martha
Daniel Luz Diego Andrés Sandra Alejandro Patricia Fernando Claudia David Ricardo Gloria Roberto Sofía Eduardo Paola Javier Laura
Óscar Diana Sergio Adriana Raúl Valentina Camila Héctor Mónica Santiago Andrea Gabriel Verónica Mario Natalia Ángel Isabel César
Lucía Rubén Elena Hugo Teresa Iván Silvia Nelson Yolanda Wilson Beatriz Édgar Marcela Gustavo Margarita Álvaro Liliana Jaime
Carolina Felipe Blanca Sebastián Rocío Nicolás Esperanza Mateo Pilar Emilio Inés Joaquín Mercedes Ramón Catalina Tomás Graciela
Rodrigo Juana Ignacio Consuelo Martín Elsa Cristian Norma Wilmer Yesenia Ximena Íngrid Úrsula Ñusta`.split(/\s+/);

const SURNAMES =
  `González Rodríguez Gómez Fernández López García Martínez Pérez Sánchez Díaz Torres Ramírez Flores Rojas Vargas
Morales Castillo Gutiérrez Herrera Jiménez Ruiz Moreno Muñoz Hernández Romero Álvarez Suárez Ortiz Castro Mendoza Silva Quispe
Mamani Reyes Cruz Ramos Medina Rivera Aguilar Vásquez Chávez Núñez Acosta Peña Salazar Cárdenas Guerrero Molina Valencia Delgado
Contreras Vega Soto Sandoval Ríos Ortega Mejía Cabrera Fuentes Navarro León Espinoza Parra Figueroa Campos Benítez Ibáñez Zambrano
Cordero Ávila Lozano Huamán Escobar Bravo Paredes Miranda Cortés Osorio Ayala Zúñiga Villanueva Peralta Páez Arias Duarte Ponce
Quintero Maldonado Cáceres Giraldo Palacios Farías Pineda Bustamante Arévalo Ñañez Yáñez Barrios Henríquez Echeverría Ugarte Llanos`.split(
    /\s+/,
  );

const RARE = 4_000;
const STARTS = 'Be Ca Chi Do Fa Gua Hui La Ma Ñi Pe Que Ro Sa Te U Va Ya Za Al'.split(' ');
const MIDDLES = 'ra lí ca no mu ñe re ta gui so'.split(' ');
const ENDS = 'ga rri ndo lla ta no ncha rte zo mbo ez ay ique án ura era ili ona uz ado'.split(' ');

export interface Person {
  firstName: string;
  lastName: string;
}

/**
 * People whose names are as uneven as people's: by Zipf's law over some hundred frequent names with a long tail of rare
 * surnames, half of them with a second first name. The same seed gives the same people.
 */
export function createPeople(seed: number): () => Person {
  const random = createRandom(seed);
  const rare = Array.from({ length: RARE }, () => pick(random, STARTS) + pick(random, MIDDLES) + pick(random, ENDS));
  const firstName = zipf(random, FIRST_NAMES);
  const surname = zipf(random, [...SURNAMES, ...rare]);
  return () => ({
    firstName: random() < 0.5 ? `${firstName()} ${firstName()}` : firstName(),
    lastName: `${surname()} ${surname()}`,
  });
}

function pick(random: Random, from: readonly string[]): string {
  return from[Math.floor(random() * from.length)] ?? '';
}

function zipf(random: Random, from: readonly string[]): () => string {
  const sums = new Float64Array(from.length);
  from.forEach((_, index) => (sums[index] = (sums[index - 1] ?? 0) + 1 / (index + 1)));
  const whole = sums.at(-1) ?? 0;
  return () => {
    const wanted = random() * whole;
    let low = 0;
    let high = from.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return from[low] ?? '';
  };
}
