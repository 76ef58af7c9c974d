// Addresses and the pages behind them; each page is loaded when it is first opened.
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { createBrowserRouter, Navigate, useLocation } from 'react-router'
import { Problem } from '../api/client.ts'
import { useRights, useSession } from '../api/session.ts'
import { LoginPage } from '../features/login/login-page.tsx'
import { Empty, ProblemView, Waiting } from '../ui/state.tsx'
import { CrashView } from './crash.tsx'
import { homeOf } from './navigation.tsx'
import { Shell } from './shell.tsx'

const DashboardPage = lazy(() => import('../features/dashboard/dashboard-page.tsx'))
const MessagesPage = lazy(() => import('../features/messages/messages-page.tsx'))
const MessagePage = lazy(() => import('../features/message/message-page.tsx'))
const IdentityPage = lazy(() => import('../features/identity/identity-page.tsx'))
const TerminologyPage = lazy(() => import('../features/terminology/terminology-page.tsx'))
const RatingPage = lazy(() => import('../features/rating/rating-page.tsx'))
const PatientsPage = lazy(() => import('../features/patients/patients-page.tsx'))
const ChartPage = lazy(() => import('../features/chart/chart-page.tsx'))
const DocumentsPage = lazy(() => import('../features/documents/documents-page.tsx'))
const DocumentPage = lazy(() => import('../features/documents/document-page.tsx'))
const AccountsPage = lazy(() => import('../features/accounts/accounts-page.tsx'))
const AuditPage = lazy(() => import('../features/audit/audit-page.tsx'))
const ValidatePage = lazy(() => import('../features/validate/validate-page.tsx'))
const MappingPage = lazy(() => import('../features/mapping/mapping-page.tsx'))
const ChannelsPage = lazy(() => import('../features/channels/channels-page.tsx'))
const ResourcePage = lazy(() => import('../features/resource/resource-page.tsx'))

export const router = createBrowserRouter([
  { path: '/login', element: <LoginPage />, errorElement: <CrashView /> },
  {
    path: '/',
    element: <SignedIn />,
    errorElement: <CrashView />,
    children: [
      { index: true, element: <Home /> },
      { path: 'dashboard', element: <Guarded right="dashboard.read" page={<DashboardPage />} /> },
      { path: 'messages', element: <Guarded right="messages.read" page={<MessagesPage />} /> },
      { path: 'messages/:id', element: <Guarded right="messages.read" page={<MessagePage />} /> },
      { path: 'channels', element: <Guarded right="channels.read" page={<ChannelsPage />} /> },
      { path: 'mapping', element: <Guarded right="mappings.preview" page={<MappingPage />} /> },
      { path: 'validate', element: <Guarded page={<ValidatePage />} /> },
      { path: 'identity', element: <Guarded right="identity.review" page={<IdentityPage />} /> },
      { path: 'terminology', element: <Guarded right="terminology.read" page={<TerminologyPage />} /> },
      { path: 'rating', element: <Guarded right="rating.read" page={<RatingPage />} /> },
      { path: 'patients', element: <Guarded right="patients.read" page={<PatientsPage />} /> },
      { path: 'patients/:tenant/:id', element: <Guarded right="patients.read" page={<ChartPage />} /> },
      { path: 'documents', element: <Guarded right="documents.read" page={<DocumentsPage />} /> },
      { path: 'documents/:tenant/:id', element: <Guarded right="documents.read" page={<DocumentPage />} /> },
      { path: 'accounts', element: <Guarded right="admin" page={<AccountsPage />} /> },
      { path: 'audit', element: <Guarded right="audit.read" page={<AuditPage />} /> },
      { path: 'resources/:tenant/:type/:id', element: <Guarded page={<ResourcePage />} /> },
      { path: '*', element: <NotFound /> },
    ],
  },
])

/** Everything but the sign-in needs somebody signed in; afterwards the address that was asked for opens. */
function SignedIn() {
  const session = useSession()
  const { pathname, search } = useLocation()
  if (session.data) return <Shell />
  if (session.error?.status === 401) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  return session.error ? <ProblemView problem={session.error} onRetry={() => void session.refetch()} /> : <Waiting />
}

function Home() {
  const home = homeOf(useRights())
  return home ? <Navigate to={home} replace /> : <ProblemView problem={new Problem(403)} />
}

/** Without a right of its own a page leaves the decision to the server. */
function Guarded({ right, page }: { readonly right?: string; readonly page: ReactNode }) {
  const may = useRights()
  if (right !== undefined && !may(right)) return <ProblemView problem={new Problem(403, { title: right })} />
  return <Suspense fallback={<Waiting rows={8} />}>{page}</Suspense>
}

function NotFound() {
  const { t } = useTranslation()
  return <Empty words={t('app.notFound')} />
}
