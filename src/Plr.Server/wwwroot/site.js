// Every page works without this; it only makes the design system's parts more comfortable.
import { initAll } from './govuk-frontend.min.js'

initAll()
