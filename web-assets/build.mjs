// Writes the style sheet and the script that the server embeds. The results are committed; CI runs this and fails on a difference.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const here = path => fileURLToPath(new URL(path, import.meta.url))
const target = here('../src/Plr.Server/wwwroot/')

mkdirSync(target, { recursive: true })
const { css } = compile(here('site.scss'), { style: 'compressed', loadPaths: [here('node_modules')], quietDeps: true, charset: false })
writeFileSync(`${target}site.css`, `${css}\n`)
copyFileSync(here('node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js'), `${target}govuk-frontend.min.js`)
