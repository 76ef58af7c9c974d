// Words of the portal: zh-CN first, en complete; keys are typed by the zh words, so a missing one fails the check.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en/index.ts'
import { zh } from './zh/index.ts'

export type Language = 'zh-CN' | 'en'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof zh }
    returnNull: false
  }
}

const storageKey = 'huilian.language'

export function storedLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN'
}

export async function openWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: storedLanguage(),
    fallbackLng: false,
    ns: ['words'],
    defaultNS: 'words',
    resources: { 'zh-CN': { words: zh }, en: { words: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    // A key that only the code knows is a bug of the portal: it is reported as one.
    missingKeyHandler: (_languages, _namespace, key) => reportError(new Error(`no words for ${key}`)),
  })
  document.documentElement.lang = storedLanguage()
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

/** A word of a group whose members the server names: its translation where there is one, else the code itself. */
export function termOf(group: string, code: string): string {
  const key = `${group}.${code}`
  return code !== '' && i18next.exists(key) ? String(i18next.t(key as never)) : code
}
