// Faults of FHIRPath expressions (hl7.org/fhirpath): of their syntax, of their meaning against the model, and of their evaluation.
// `at` is `line:column` in the expression, both counted from 1.
import type { FaultSpec } from './spec.ts'

const syntax = { category: 'incorrect', issue: 'structure' } as const
const semantic = { category: 'incorrect', issue: 'invalid' } as const
const execution = { category: 'unprocessable', issue: 'processing' } as const
const limit = { category: 'too-large', issue: 'too-costly' } as const

export const fhirpathFaults = {
  'fhirpath.unexpected': { ...syntax, zh: '此处不应出现 {found}', en: '{found} does not belong here' },
  'fhirpath.expected': { ...syntax, zh: '应为 {expected}，实际是 {found}', en: '{expected} is expected, not {found}' },
  'fhirpath.unfinished': { ...syntax, zh: '表达式在此处中断', en: 'The expression ends here, unfinished' },
  'fhirpath.string-unfinished': {
    ...syntax,
    zh: '字符串或标识符没有结束的引号',
    en: 'A string or delimited identifier has no closing quote',
  },
  'fhirpath.comment-unfinished': { ...syntax, zh: '注释没有结束', en: 'A comment is not closed' },
  'fhirpath.literal-invalid': { ...syntax, zh: '无效的字面量 {found}', en: 'Not a valid literal: {found}' },
  'fhirpath.too-long': { ...limit, zh: '表达式超过 {max} 个字符', en: 'The expression is longer than {max} characters' },
  'fhirpath.too-deep': { ...limit, zh: '表达式嵌套超过 {max} 层', en: 'The expression is nested deeper than {max} levels' },
  'fhirpath.function-unknown': { ...semantic, zh: '没有函数 {name}()', en: 'There is no function {name}()' },
  'fhirpath.argument-count': {
    ...semantic,
    zh: '函数 {name}() 不接受 {count} 个参数',
    en: 'The function {name}() does not take {count} arguments',
  },
  'fhirpath.argument-not-constant': {
    ...semantic,
    zh: '函数 {name}() 的名称参数必须是字符串字面量',
    en: 'The name argument of {name}() must be a string literal',
  },
  'fhirpath.type-unknown': { ...semantic, zh: '没有类型 {name}', en: 'There is no type {name}' },
  'fhirpath.type-expected': { ...semantic, zh: '{name}() 的参数应为类型名', en: 'The argument of {name}() must be the name of a type' },
  'fhirpath.element-unknown': { ...semantic, zh: '{type} 没有元素 {name}', en: '{type} has no element {name}' },
  'fhirpath.element-choice': {
    ...semantic,
    zh: 'FHIRPath 中没有 {name}：请写作 {instead}',
    en: 'FHIRPath has no {name}: write {instead}',
  },
  'fhirpath.context-type': {
    ...semantic,
    zh: '表达式以 {name} 开头，但上下文是 {type}',
    en: 'The expression starts with {name} but the context is {type}',
  },
  'fhirpath.order-undefined': {
    ...semantic,
    zh: '{name} 用于没有确定顺序的集合',
    en: '{name} is used on a collection whose order is not defined',
  },
  'fhirpath.variable-unknown': { ...semantic, zh: '没有变量 %{name}', en: 'There is no variable %{name}' },
  'fhirpath.variable-exists': { ...semantic, zh: '变量 %{name} 已经存在', en: 'The variable %{name} exists already' },
  'fhirpath.total-outside': { ...semantic, zh: '$total 只能在 aggregate() 中使用', en: '$total is known inside aggregate() only' },
  'fhirpath.input-type': { ...execution, zh: '{name} 不能用于 {type}', en: '{name} cannot be used on {type}' },
  'fhirpath.argument-type': { ...execution, zh: '{name} 的参数不能是 {type}', en: '{name} does not take {type} as an argument' },
  'fhirpath.operand-type': {
    ...execution,
    zh: '运算符 {name} 不能用于 {left} 和 {right}',
    en: 'The operator {name} cannot be used on {left} and {right}',
  },
  'fhirpath.single-expected': {
    ...execution,
    zh: '{name} 需要单个值，实际有 {count} 个',
    en: '{name} needs a single item, but there are {count}',
    hint: { zh: '用 first()、where() 或 select() 选出单个值', en: 'Choose one with first(), where() or select()' },
  },
  'fhirpath.argument-value': { ...execution, zh: '{name} 的参数 {value} 无效', en: 'The argument {value} of {name} is not valid' },
  'fhirpath.result-range': { ...execution, zh: '{name} 的结果超出范围', en: 'The result of {name} is out of range' },
  'fhirpath.modifier-unexpected': {
    ...execution,
    zh: '存在未列出的修饰扩展 {url}',
    en: 'There is a modifier extension that was not named: {url}',
  },
  'fhirpath.structure-unknown': { ...execution, zh: '无法解析结构定义 {url}', en: 'The structure definition {url} cannot be resolved' },
  'fhirpath.value-set-unknown': { ...execution, zh: '无法解析值集 {url}', en: 'The value set {url} cannot be resolved' },
  'fhirpath.code-system-unknown': {
    ...execution,
    zh: '无法判断代码系统 {system} 中的层级',
    en: 'The hierarchy of code system {system} is not known',
  },
  'fhirpath.regex-invalid': {
    ...execution,
    zh: '无效的正则表达式 {pattern}：{found}',
    en: 'Not a valid regular expression: {pattern} ({found})',
  },
  'fhirpath.regex-too-large': { ...limit, zh: '正则表达式过于复杂：{pattern}', en: 'The regular expression is too complex: {pattern}' },
  'fhirpath.text-too-long': { ...limit, zh: '计算得到的文本超过 {max} 个字符', en: 'A computed text is longer than {max} characters' },
  'fhirpath.data-too-deep': { ...limit, zh: '数据嵌套超过 {max} 层', en: 'The data are nested deeper than {max} levels' },
  'fhirpath.too-many-contexts': {
    ...limit,
    zh: '上下文表达式得到的项超过 {max} 个',
    en: 'The context expression yields more than {max} items',
  },
  'fhirpath.answer-too-large': { ...limit, zh: '结果超过 {max} 个字符', en: 'The results are longer than {max} characters' },
  'fhirpath.steps': { ...limit, zh: '计算超过 {max} 步', en: 'The evaluation took more than {max} steps' },
} satisfies Record<string, FaultSpec>
