import js from "@eslint/js";
import globals from "globals";

const addons = ["school_ejournal", "school_ejournal_portal", "school_ejournal_reports"];

export default [
    {ignores: ["**/static/lib/**"]},
    {
        ...js.configs.recommended,
        files: addons.map((addon) => `${addon}/static/**/*.js`),
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly", owl: "readonly", luxon: "readonly"},
        },
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules: {
            ...js.configs.recommended.rules,
            "accessor-pairs": "error",
            "array-callback-return": "error",
            curly: "error",
            "dot-notation": "error",
            eqeqeq: "error",
            "no-alert": "error",
            "no-console": "error",
            "no-else-return": "error",
            "no-eval": "error",
            "no-implicit-coercion": "error",
            "no-shadow": "error",
            "no-unused-vars": ["error", {argsIgnorePattern: "^_"}],
            "no-use-before-define": ["error", {functions: false}],
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
        },
    },
];
