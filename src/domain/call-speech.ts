import { type KeyAnswer } from './call-event';

/** What a call says to a person. */
export interface CallSpeech {
  /** Personal. */
  readonly text: string;
  /** BCP 47, as Twilio's `<Say>` takes it: `en-US`. */
  readonly language: string;
  /** One of Twilio's voices; Twilio's own choice when absent. */
  readonly voice?: string;
  /** How often the text is spoken, from 1. */
  readonly repeat: number;
}

/** What the voice menu says, in one language. */
export interface MenuPhrases {
  /** The language in which the phrases are to be spoken. */
  readonly language: string;
  readonly offers: Readonly<Record<KeyAnswer, string>>;
  readonly thanks: Readonly<Record<KeyAnswer, string>>;
  /** Before and after somebody was dialled in vain. */
  readonly connecting: string;
  readonly unreachable: string;
  readonly wrongKey: string;
  readonly goodbye: string;
}

const ENGLISH: MenuPhrases = {
  language: 'en-US',
  offers: {
    acknowledge: 'Press 1 to acknowledge.',
    opt_out: 'Press 2 if you do not want such calls.',
    person: 'Press 9 to speak to a person.',
  },
  thanks: {
    acknowledge: 'Thank you. Your answer has been noted.',
    opt_out: 'You will not be called again.',
    person: 'Somebody will take care of you.',
  },
  connecting: 'You are being connected.',
  unreachable: 'Nobody can be reached at the moment.',
  wrongKey: 'That key has no meaning here.',
  goodbye: 'Goodbye.',
};

const PHRASES: Readonly<Record<string, MenuPhrases>> = {
  en: ENGLISH,
  de: {
    language: 'de-DE',
    offers: {
      acknowledge: 'Drücken Sie die 1, um zu bestätigen.',
      opt_out: 'Drücken Sie die 2, wenn Sie solche Anrufe nicht wünschen.',
      person: 'Drücken Sie die 9, um mit einem Menschen zu sprechen.',
    },
    thanks: {
      acknowledge: 'Danke. Ihre Antwort ist notiert.',
      opt_out: 'Sie werden nicht mehr angerufen.',
      person: 'Es kümmert sich gleich jemand um Sie.',
    },
    connecting: 'Sie werden verbunden.',
    unreachable: 'Zurzeit ist niemand zu erreichen.',
    wrongKey: 'Diese Taste ist hier nicht belegt.',
    goodbye: 'Auf Wiederhören.',
  },
  es: {
    language: 'es-ES',
    offers: {
      acknowledge: 'Pulse 1 para confirmar.',
      opt_out: 'Pulse 2 si no desea recibir estas llamadas.',
      person: 'Pulse 9 para hablar con una persona.',
    },
    thanks: {
      acknowledge: 'Gracias. Hemos anotado su respuesta.',
      opt_out: 'No volveremos a llamarle.',
      person: 'Una persona le atenderá.',
    },
    connecting: 'Le ponemos en comunicación.',
    unreachable: 'En este momento no hay nadie disponible.',
    wrongKey: 'Esa tecla no tiene ninguna función.',
    goodbye: 'Adiós.',
  },
  fr: {
    language: 'fr-FR',
    offers: {
      acknowledge: 'Appuyez sur 1 pour confirmer.',
      opt_out: 'Appuyez sur 2 si vous ne souhaitez plus de tels appels.',
      person: 'Appuyez sur 9 pour parler à une personne.',
    },
    thanks: {
      acknowledge: 'Merci. Votre réponse est enregistrée.',
      opt_out: 'Nous ne vous appellerons plus.',
      person: "Quelqu'un va s'occuper de vous.",
    },
    connecting: 'Nous vous mettons en relation.',
    unreachable: "Personne n'est joignable pour le moment.",
    wrongKey: "Cette touche n'a pas de fonction ici.",
    goodbye: 'Au revoir.',
  },
};

/**
 * The menu's words for a language: in a variant that posthorn knows they are spoken in the variant, in a language that it does not
 * know they are English, and spoken so.
 * @param language BCP 47
 */
export function menuPhrases(language: string): MenuPhrases {
  const known = PHRASES[language.split('-', 1)[0]?.toLowerCase() ?? ''];
  return known === undefined ? ENGLISH : { ...known, language };
}
