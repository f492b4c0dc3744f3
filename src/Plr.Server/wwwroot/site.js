// Every page works without this, but for passkeys; it makes the design system's parts more comfortable.
import { initAll } from './govuk-frontend.min.js'
import { offerPasskeys } from './passkey.js'

initAll()
offerPasskeys()
