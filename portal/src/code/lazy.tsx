// The editor is loaded when a text is first looked at.
import { type ComponentProps, lazy, Suspense } from 'react'
import { Waiting } from '../ui/state.tsx'

const LazyText = lazy(() => import('./text-view.tsx'))
const LazyDiff = lazy(() => import('./diff-view.tsx'))
const LazyEdit = lazy(() => import('./edit-view.tsx'))

export function TextView(props: ComponentProps<typeof LazyText>) {
  return (
    <Suspense fallback={<Waiting rows={6} />}>
      <LazyText {...props} />
    </Suspense>
  )
}

export function DiffView(props: ComponentProps<typeof LazyDiff>) {
  return (
    <Suspense fallback={<Waiting rows={6} />}>
      <LazyDiff {...props} />
    </Suspense>
  )
}

export function EditView(props: ComponentProps<typeof LazyEdit>) {
  return (
    <Suspense fallback={<Waiting rows={6} />}>
      <LazyEdit {...props} />
    </Suspense>
  )
}
