import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Packages that workflow code may import values from: anything else would break determinism or the bundle. */
const workflowImportLaw = {
  'no-restricted-imports': 'off',
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: '^(?!(\\.{1,2}/|@temporalio/(workflow|common)$|ms$))',
          message:
            'Workflows import values only from @temporalio/workflow, @temporalio/common, src/domain and themselves.',
          allowTypeImports: true,
        },
        {
          regex: '^\\.{1,2}/(.*/)?(src/(?!domain/)|activities)',
          message: 'Workflows see src/domain as values, activities and everything else as types only.',
          allowTypeImports: true,
        },
      ],
    },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      curly: 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['workflows/**/*.ts'], rules: workflowImportLaw },
  // On unions of literals, as tests have them, its answer depends on the order in which files are checked.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-unnecessary-type-assertion': 'off' } },
  { files: ['**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable' }, parserOptions: { projectService: false } },
  },
);
