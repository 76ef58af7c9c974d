// The looks of the portal in one place: dense by default, calm colours, and never a meaning by colour alone.
import type { ThemeConfig } from 'antd'

export const colours = {
  ink: '#1d2733',
  faint: '#66727f',
  line: '#e1e6ec',
  ground: '#f3f5f8',
  panel: '#ffffff',
  brand: '#14508c',
  good: '#1f7a4d',
  warn: '#a85b00',
  bad: '#c0271d',
  critical: '#a30d33',
  quiet: '#8a95a1',
} as const

export const fontFamily =
  "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC',system-ui,-apple-system,'Segoe UI',sans-serif"

/** Quotes and dashes of Chinese fonts are as wide as a character: English takes a Latin font first. */
const latinFamily = `'Segoe UI',Roboto,'Helvetica Neue','Noto Sans','Liberation Sans',Arial,${fontFamily}`

export function themeOf(language: string): ThemeConfig {
  return language === 'en' ? { ...theme, token: { ...theme.token, fontFamily: latinFamily } } : theme
}

const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.brand,
    colorInfo: colours.brand,
    colorSuccess: colours.good,
    colorWarning: colours.warn,
    colorError: colours.bad,
    colorText: colours.ink,
    colorTextSecondary: colours.faint,
    colorBorderSecondary: colours.line,
    colorBgLayout: colours.ground,
    borderRadius: 4,
    fontSize: 13,
    fontFamily,
    controlHeight: 28,
    controlHeightSM: 24,
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
  },
  components: {
    Table: {
      cellPaddingBlock: 4,
      cellPaddingInline: 8,
      cellPaddingBlockSM: 3,
      cellPaddingInlineSM: 8,
      headerBg: '#f6f8fa',
      headerSplitColor: 'transparent',
    },
    Card: { headerHeight: 36, headerHeightSM: 34, bodyPadding: 12, bodyPaddingSM: 10 },
    Tabs: { horizontalMargin: '0 0 8px 0', cardPaddingSM: '3px 10px' },
    Menu: { itemHeight: 34, darkItemBg: '#10263d', darkSubMenuItemBg: '#10263d', darkItemSelectedBg: '#1d5c9e' },
    Descriptions: { itemPaddingBottom: 4 },
  },
}
