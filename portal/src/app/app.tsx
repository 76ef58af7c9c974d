// Providers around the router: words, theme, questions to the server.
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enLocale from 'antd/locale/en_US'
import zhLocale from 'antd/locale/zh_CN'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router/dom'
import { Problem } from '../api/client.ts'
import { openWords } from '../i18n/index.ts'
import './app.css'
import { router } from './router.tsx'
import { themeOf } from './theme.ts'

/** A session that has ended: who is signed in is asked anew, which leads to the sign-in page and back here. */
function onRefusal(problem: Error): void {
  if (problem instanceof Problem && problem.status === 401) void queries.resetQueries({ queryKey: ['/api/session'] })
}

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (problem, { queryKey }) => queryKey[0] !== '/api/session' && onRefusal(problem) }),
  mutationCache: new MutationCache({ onError: onRefusal }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      // What the server refused it will refuse again; only a lost connection is worth a second try.
      retry: (count, problem) => count < 2 && problem instanceof Problem && (problem.status === 0 || problem.status === 503),
    },
  },
})

export function App() {
  const [ready, setReady] = useState(false)
  useEffect(() => void openWords().then(() => setReady(true)), [])
  return ready ? <Spoken /> : null
}

function Spoken() {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      theme={themeOf(i18n.language)}
      locale={i18n.language === 'en' ? enLocale : zhLocale}
      componentSize="small"
      button={{ autoInsertSpace: false }}
    >
      <AntApp style={{ height: '100%' }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
