/** Lint rules of this repository's own, loaded by .oxlintrc.json. Each is proven by a failing file in test/lint.test.ts. */
const { dirname, relative, resolve, sep } = require('node:path');

const { judgeImport } = require('./import-rules');

const fromRoot = (context, path) => relative(context.cwd, path).split(sep).join('/');

/** An import counts as types only when every name in it is marked so: then the compiler drops it. */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers ?? [];
  return specifiers.length > 0 && specifiers.every((specifier) => (specifier.importKind ?? specifier.exportKind) === 'type');
}

function checkImport(context, node, { source, typeOnly }) {
  if (typeof source?.value !== 'string') return;
  const from = fromRoot(context, context.filename);
  const isOurs = source.value.startsWith('.');
  const to = isOurs ? fromRoot(context, resolve(dirname(context.filename), source.value)) : undefined;
  const message = judgeImport({ from, to, source: source.value, typeOnly });
  if (message !== null) context.report({ node: source, message });
}

const isRequire = ({ callee }) =>
  (callee.type === 'Identifier' && callee.name === 'require') ||
  (callee.type === 'MemberExpression' && callee.object.name === 'require' && callee.property.name === 'resolve');

const importRules = {
  create(context) {
    const check = (node) => checkImport(context, node, { source: node.source, typeOnly: isTypeOnly(node) });
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: (node) => checkImport(context, node, { source: node.source, typeOnly: false }),
      TSImportType: (node) => checkImport(context, node, { source: node.source, typeOnly: true }),
      TSImportEqualsDeclaration: (node) =>
        checkImport(context, node, { source: node.moduleReference.expression, typeOnly: node.importKind === 'type' }),
      CallExpression: (node) => {
        if (isRequire(node)) checkImport(context, node, { source: node.arguments[0], typeOnly: false });
      },
    };
  },
};

const noExportStar = {
  create(context) {
    const message = 'Cannot export everything of a module: what is public would no longer be written down; name each export';
    return { ExportAllDeclaration: (node) => context.report({ node, message }) };
  },
};

const noEnum = {
  create(context) {
    const message = 'Cannot use an enum: it is code, not a type; use a union of strings or an "as const" object';
    return { TSEnumDeclaration: (node) => context.report({ node, message }) };
  },
};

const noJestMock = {
  create(context) {
    const banned = new Set(['mock', 'doMock', 'unstable_mockModule', 'setMock', 'createMockFromModule']);
    return {
      CallExpression: (node) => {
        const { callee } = node;
        if (callee.type !== 'MemberExpression' || callee.object.name !== 'jest' || !banned.has(callee.property.name)) return;
        const message = `Cannot use jest.${callee.property.name}: a mocked module proves nothing about the real one; use a fake passed in as a parameter`;
        context.report({ node, message });
      },
    };
  },
};

const MUTABLE = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);

/** What is empty at first is there to be filled. */
const isToBeFilled = (init) =>
  (init?.type === 'ArrayExpression' && init.elements.length === 0) || (init?.type === 'ObjectExpression' && init.properties.length === 0);

/** Only its type tells a set that is never changed. */
const isDeclaredReadonly = ({ id }) => String(id.typeAnnotation?.typeAnnotation?.typeName?.name).startsWith('Readonly');

const noSharedState = {
  create(context) {
    const message =
      'Cannot keep state in a module of workflows: all workflows of a process share it, and a replay would find what others left; keep it in the run, or declare it Readonly';
    const check = ({ kind, declarations }) => {
      for (const declared of declarations) {
        const { init } = declared;
        const isMutable = init?.type === 'NewExpression' && MUTABLE.has(init.callee.name) && !isDeclaredReadonly(declared);
        if (kind === 'let' || isMutable || isToBeFilled(init)) context.report({ node: declared, message });
      }
    };
    return {
      Program: ({ body }) => {
        for (const statement of body) {
          const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
          if (declaration?.type === 'VariableDeclaration') check(declaration);
        }
      },
    };
  },
};

module.exports = {
  meta: { name: 'troupe' },
  rules: {
    'import-rules': importRules,
    'no-export-star': noExportStar,
    'no-enum': noEnum,
    'no-jest-mock': noJestMock,
    'no-shared-state': noSharedState,
  },
};
