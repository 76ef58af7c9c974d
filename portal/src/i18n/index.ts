// Words of the portal: zh-CN first, en complete; keys are typed by the zh words, so a missing one fails the check.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { zh } from './zh/index.ts'

export type Language = 'zh-CN' | 'en'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof zh }
    returnNull: false
  }
}

/** A browser loads the words of its own language only. */
const words = {
  'zh-CN': () => import('./zh/index.ts').then(module => module.zh),
  en: () => import('./en/index.ts').then(module => module.en),
} as const

const storageKey = 'huilian.language'

export function storedLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN'
}

export async function openWords(): Promise<void> {
  const language = storedLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['words'],
    defaultNS: 'words',
    resources: { [language]: { words: await words[language]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    // A key that only the code knows is a bug of the portal: it is reported as one.
    missingKeyHandler: (_languages, _namespace, key) => reportError(new Error(`no words for ${key}`)),
  })
  document.documentElement.lang = language
}

export async function speak(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'words', await words[language]())
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

/** A word of a group whose members the server names: its translation where there is one, else the code itself. */
export function termOf(group: string, code: string): string {
  const key = `${group}.${code}`
  return code !== '' && i18next.exists(key) ? String(i18next.t(key as never)) : code
}

/** All words of such a group, by code. */
export function termsOf(group: string): Readonly<Record<string, string>> {
  return i18next.t(group as never, { returnObjects: true } as never) as unknown as Readonly<Record<string, string>>
}

export function hasTerm(group: string, code: string): boolean {
  return code !== '' && i18next.exists(`${group}.${code}`)
}
