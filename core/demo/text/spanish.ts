import type { LanguageSource } from './language.ts';

export const spanish: LanguageSource = {
  key: 'es',
  months: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  date: 'D de M',
  greeting: '[Hola {first}|Buenos días {first}|Buenas tardes]:',
  closing: '[Saludos|Un saludo|Saludos cordiales|Gracias y un abrazo],\n{rep}',
  aside:
    '[Estoy de viaje hasta el {date}.|Perdón por la demora.|Pongo en copia a {colleague}.|Intenté llamarle antes.|Buen fin de semana.|Desde el {date} me sustituye {colleague}.]',
  reply: 'RE: ',
  topics: {
    introduction: {
      turns: [
        {
          as: 'email_out',
          subject: '[Menos paradas|Monitorización de equipos] en {account}',
          body: '[He leído que|Me cuentan que] {account} [amplía en {city}|tiene varias plantas|se está modernizando]. [Empresas como {reference}|Otras del sector, como {reference},] [ven una avería días antes con {product}.|controlan la temperatura sin hacer rondas con {product}.] [¿Tendría veinte minutos el {date}?|¿Se lo enseño el {laterDate}?]',
        },
        {
          as: 'call_out',
          subject: 'Primera llamada a {contact}',
          body: '[Buena conversación con {first}.|Diez minutos con {first}.] [Pierden unas {hours} horas al mes por paradas.|Las lecturas se anotan todavía en papel.] [Reunión el {date}.|Prometí documentación para el {date}.]',
          outcome: 'Interesado, reunión el {date}',
        },
      ],
    },
    discovery: {
      turns: [
        {
          as: 'meeting',
          subject: 'Necesidades de {account}',
          body: 'Visita con {first} y {colleague}. {sites} plantas, unos {units} puntos de medida. [La alarma suena en portería.|La auditoría debe cerrarse antes del {laterDate}.|Tiran demasiados lotes.] [Oferta prometida para el {date}.|Siguiente paso: demostración.]',
          outcome: 'Oferta prometida para el {date}',
        },
      ],
    },
    demonstration: {
      turns: [
        {
          as: 'meeting',
          subject: 'Demostración de {product}',
          body: '[Demostración en una cámara en marcha.|Con sus propios datos de {pastMonth}.] [A {first} le gustó la cadena de alarmas.|{colleague} pide informes por turno.] [Quieren probar {units} sensores.|Falta hablar del precio.]',
          outcome: '[Positiva|Piden una prueba]',
        },
      ],
    },
    pricing: {
      turns: [
        {
          as: 'email_in',
          subject: '[Su oferta|Precio de {product}]',
          body: '[Gracias por la propuesta.|Revisamos la oferta con {colleague}.] [{amount} es más de lo previsto.|Con {amount} no paso de {colleague}.] [¿Qué pueden hacer con {units} sensores?|¿Y con un contrato de tres años?] Necesitamos respuesta antes del {date}.',
        },
        {
          as: 'email_out',
          body: '[Como prometí, nuestra respuesta:|He hablado con dirección:] [por {units} sensores damos un {discount} %.|a tres años la cuota baja un {discount} %.] [El total queda en {reduced}.|Serían {reduced}.] Válido hasta el {laterDate}.',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[Así nos vale.|{colleague} está de acuerdo.|Perfecto.] [Envíe la versión final por {reduced}.|El pedido llega antes del {laterDate}.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Lo siento, sigue siendo caro.|Ni con {reduced} llegamos.] [{colleague} no pasará de lo del año pasado.|La otra oferta está muy por debajo.]',
        },
      ],
    },
    integration: {
      turns: [
        {
          as: 'email_in',
          subject: '[Conexión con {system}|¿Cuánto tarda la integración?]',
          body: '[Nuestro departamento técnico pregunta|{colleague} quiere saber] cómo {product} [se conecta con {system}|manda las alarmas a {system}] y [cuánto tarda.|cuántos días de nuestra gente cuesta.]',
        },
        {
          as: 'email_out',
          body: 'Adjunto el plan [prometido|del que hablamos]: {weeks} semanas en total, {days} días de su parte. [No hay que abrir nada en el cortafuegos.|{reference} usa la misma conexión.] ¿Empezamos el {laterDate}?',
        },
      ],
      good: [
        {
          as: 'email_in',
          body: '[El departamento técnico da el visto bueno.|{colleague} no tiene reparos.] [{weeks} semanas está bien.|Empezamos el {laterDate}.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Sistemas dice que no este año.|La integración es el problema.] [Antes cambiamos {system}.|Nadie tiene {days} días libres.]',
        },
      ],
    },
    competitor: {
      turns: [
        {
          as: 'note',
          subject: '{competitor} en {account}',
          body: '[{first} dejó caer que {competitor} también ofrece.|{competitor} está un {discount} % por debajo.] [Su punto débil: no tienen cadena de alarmas.|Hay que traer pronto una referencia.]',
        },
      ],
      good: [
        {
          as: 'call_in',
          subject: 'Comparación',
          body: '{first}: [la visita a {reference} convenció.|{competitor} no supo contestar sobre {system}.] Vamos por delante.',
          outcome: 'Por delante de {competitor}',
        },
      ],
      bad: [
        {
          as: 'call_in',
          subject: '{competitor}',
          body: '{first} es claro: {competitor} va por delante. [Regalan los equipos.|Es el precio.|Tienen un socio en {city}.]',
          outcome: 'Detrás de {competitor}',
        },
      ],
    },
    won: {
      turns: [
        {
          as: 'email_in',
          subject: '[Pedido|Firmado]',
          body: '[Adjunto el contrato firmado.|Aquí va el pedido por {amount}.] [La prueba lo decidió.|Con ganas de trabajar juntos.|Confirme la fecha, por favor.]',
        },
      ],
    },
    lost: {
      turns: [
        {
          as: 'email_in',
          subject: 'Nuestra decisión',
          body: '[Quería decírselo yo:|No es buena noticia:] [no seguimos con {product}.|elegimos otra oferta.] [Gracias por el esfuerzo.|Hablemos en {month}.]',
        },
      ],
    },
    complaint: {
      turns: [
        {
          as: 'email_in',
          subject: '[Reclamación|No llegó la alarma]',
          body: '[Esto no puede seguir así.|Estoy muy molesto.] [El {date} falló la cámara y no hubo alarma.|{days} falsas alarmas en una semana.|Su soporte no contesta desde hace {days} días.] Espero su llamada hoy.',
        },
      ],
      good: [
        {
          as: 'email_out',
          body: '[Como prometí, la causa:|Le debíamos una explicación:] [una actualización borró los límites.|la pasarela perdió la hora.] [Está corregido y probado.|El próximo mes corre de nuestra cuenta.]',
        },
      ],
      bad: [
        {
          as: 'email_in',
          body: '[Ha vuelto a pasar.|Lo prometieron para el {date} y nada.] [Buscamos alternativas.|{colleague} quiere rescindir.]',
        },
      ],
    },
    renewal: {
      turns: [
        {
          as: 'email_out',
          subject: 'Renovación de {product}',
          body: 'Su contrato termina el {laterDate}. [¿Le envío la renovación por {amount}?|Propongo {years} años más al mismo precio.]',
        },
      ],
      good: [
        {
          as: 'call_in',
          subject: 'Renovación',
          body: '{first} renueva [por {years} años.|y añade {units} sensores.] Papeles antes del {date}.',
          outcome: 'Renovado',
        },
      ],
      bad: [
        {
          as: 'call_in',
          subject: 'Renovación en duda',
          body: '{first} [quiere comparar antes con {competitor}.|debe ahorrar un {discount} % en todo.]',
          outcome: 'Renovación en peligro',
        },
      ],
    },
    checkIn: {
      turns: [
        {
          as: 'call_out',
          subject: '[Llamada breve|Seguimiento]',
          body: '[Charla corta con {first}.|{first} entre dos reuniones.] [Nada urgente.|Ocupado con la auditoría del {date}.|Nueva planta en {city} para {month}.] [Llamar en {weeks} semanas.|Nos vemos en la feria de {month}.]',
          outcome: '[Llamar en {month}|]',
        },
        {
          as: 'email_in',
          subject: '[Una pregunta|Ficha técnica]',
          body: '[¿Me manda la ficha de {otherProduct}?|¿Quién lleva {city}?|¿{product} sirve para exteriores?] [No corre prisa.|Antes del {date}, si puede.]',
        },
        {
          as: 'note',
          subject: 'Sobre {contact}',
          body: '{first} [está ahora en {city}.|vuelve de vacaciones el {date}.|prefiere que le llamen antes de las nueve.] [Preguntar por la auditoría.|Mencionar {otherProduct}.|]',
        },
      ],
    },
  },
};
