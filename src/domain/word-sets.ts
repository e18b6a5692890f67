/** What an inbound word asks for. */
export type InboundWord = 'stop' | 'start' | 'help';

/** The words of one language, by what they ask for. Case, accents, width and punctuation around them do not count. */
export type WordSet = Readonly<Record<InboundWord, readonly string[]>>;

/**
 * The reviewed table of words, by language (BCP 47). STOP, START, HELP and INFO are in every set that is written in
 * Latin letters, since messages in all of these languages tell people to reply with them.
 *
 * What belongs in here: a stop word is one that people are told to reply with, or that can hardly mean anything else when
 * it is all that somebody writes. A start word has to ask for messages: a mere yes in another language answers some
 * question or other. `yes` is here only because Twilio lifts its own block for it.
 */
export const WORD_SETS = {
  en: {
    stop: [
      'stop',
      'stopall',
      'stop all',
      'unsubscribe',
      'cancel',
      'end',
      'quit',
      'revoke',
      'optout',
      'opt-out',
      'opt out',
    ],
    start: ['start', 'unstop', 'yes'],
    help: ['help', 'info'],
  },
  es: {
    stop: [
      'stop',
      'parar',
      'alto',
      'baja',
      'darme de baja',
      'cancelar',
      'cancelar suscripción',
      'detener',
      'desuscribir',
    ],
    start: ['start', 'alta', 'iniciar', 'reanudar', 'suscribir'],
    help: ['help', 'info', 'ayuda', 'información'],
  },
  fr: {
    stop: [
      'stop',
      'arrêt',
      'arrête',
      'arrêter',
      'arrêtez',
      'désabonner',
      'désabonnement',
      'désinscrire',
      'désinscription',
    ],
    start: ['start', 'réabonner', 'réinscrire', 'reprendre'],
    help: ['help', 'info', 'aide'],
  },
  de: {
    stop: ['stop', 'stopp', 'abmelden', 'abmeldung', 'abbestellen', 'austragen', 'kündigen'],
    start: ['start', 'anmelden', 'wieder anmelden'],
    help: ['help', 'info', 'hilfe'],
  },
  pt: {
    stop: ['stop', 'parar', 'sair', 'cancelar', 'cancelar inscrição', 'descadastrar', 'descadastro'],
    start: ['start', 'iniciar', 'retomar', 'reativar'],
    help: ['help', 'info', 'ajuda', 'informação'],
  },
  'zh-Hans': {
    stop: ['stop', 'td', '退订', '取消订阅', '停止', '停止接收', '拒收'],
    start: ['start', '订阅', '重新订阅', '恢复订阅'],
    help: ['help', 'info', '帮助'],
  },
  'zh-Hant': {
    stop: ['stop', '退訂', '取消訂閱', '停止', '停止接收', '拒收'],
    start: ['start', '訂閱', '重新訂閱', '恢復訂閱'],
    help: ['help', 'info', '幫助', '說明'],
  },
  ja: {
    stop: ['stop', 'ストップ', '停止', '配信停止', '配信解除', '登録解除', '購読解除'],
    start: ['start', 'スタート', '再開', '配信再開', '配信開始'],
    help: ['help', 'info', 'ヘルプ'],
  },
} as const satisfies Readonly<Record<string, WordSet>>;

export type WordSetName = keyof typeof WORD_SETS;
export const WORD_SET_NAMES = Object.keys(WORD_SETS) as WordSetName[];

/**
 * The words that Twilio itself obeys and answers on phone numbers, unless Advanced Opt-Out changes them.
 * Sources: https://help.twilio.com/articles/223134027, https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 */
export const TWILIO_DEFAULT_WORDS: WordSet = {
  stop: ['stop', 'unsubscribe', 'end', 'quit', 'stopall', 'revoke', 'optout', 'cancel'],
  start: ['start', 'unstop', 'yes'],
  help: ['help', 'info'],
};
